//! The register of merchants and their instruments. Public: it holds operators, no persons.

use crate::{
    error::AppError,
    store::{
        queue::seats,
        row::{insert_new, list_each, meet, position, read_each, word},
    },
    work::{Source, Touched, Work},
};
use liangxin_domain::{
    actor::Actor,
    id::{InstrumentId, MerchantId},
    merchants::{
        code::MerchantCode,
        instrument::Instrument,
        ledger::Plate,
        merchant::{Ended, Merchant},
    },
    refusal::{Code, Refusal},
    text::{Line, fold_name},
};
use liangxin_entity::{instrument, merchant};
use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, EntityTrait as _, PaginatorTrait as _, QueryFilter as _,
    QueryOrder as _, QuerySelect as _,
};
use std::collections::HashMap;
use uuid::Uuid;

/// Adds a merchant to the register.
pub async fn insert_merchant(source: &impl Source, found: &Merchant) -> Result<(), AppError> {
    insert_new(source, row(found)).await
}

/// Saves a changed merchant; somebody else's change in between is `STALE`.
pub async fn save_merchant(work: &Work, changed: &Merchant) -> Result<(), AppError> {
    let mut row = row(changed);
    row.version = Set(changed.version + 1);
    let update = merchant::Entity::update_many()
        .set(row)
        .filter(merchant::Column::Id.eq(changed.id.uuid()))
        .filter(merchant::Column::Version.eq(changed.version));
    work.touch(Touched::Merchant(changed.id));
    meet(work, update, Code::Stale).await
}

/// Adds an instrument to the ledger of a merchant that may be visited.
pub async fn add_instrument(work: &Work, new: &Instrument) -> Result<(), AppError> {
    work.touch(Touched::Instrument(new.id, new.merchant));
    insert_instrument(work, new).await
}

/// Adds an instrument to the ledger of a merchant to whom nobody was sent yet.
pub async fn insert_instrument(source: &impl Source, found: &Instrument) -> Result<(), AppError> {
    insert_new(source, instrument_row(found)).await
}

/// Saves a changed instrument; somebody else's change in between is `STALE`.
pub async fn save_instrument(work: &Work, changed: &Instrument) -> Result<(), AppError> {
    let former = get_instrument(work, changed.id).await?.merchant;
    for merchant in [former, changed.merchant] {
        work.touch(Touched::Instrument(changed.id, merchant));
    }
    let mut row = instrument_row(changed);
    row.version = Set(changed.version + 1);
    let update = instrument::Entity::update_many()
        .set(row)
        .filter(instrument::Column::Id.eq(changed.id.uuid()))
        .filter(instrument::Column::Version.eq(changed.version));
    meet(work, update, Code::Stale).await
}

fn row(found: &Merchant) -> merchant::ActiveModel {
    let Merchant {
        id,
        code,
        venue,
        name_zh,
        name_en,
        credit_code,
        division,
        address,
        position,
        market,
        stall_no,
        opened_on,
        commitment_signed_on,
        commitment_valid_to,
        ended,
        version,
    } = found.clone();
    let (ended_on, end_reason, successor) = match ended {
        None => (None, None, None),
        Some(Ended {
            on,
            reason,
            successor,
        }) => (Some(on), reason, successor),
    };
    let (city, province) = seats(division);
    merchant::ActiveModel {
        id: Set(id.uuid()),
        name_key: Set(Some(fold_name(&name_zh))),
        city: Set(city),
        province: Set(province),
        code: Set(code.to_string()),
        venue: Set(venue.to_string()),
        name_zh: Set(name_zh),
        name_en: Set(name_en),
        credit_code: Set(credit_code),
        division: Set(division.to_string()),
        address: Set(address),
        latitude: Set(position.map(|p| p.latitude)),
        longitude: Set(position.map(|p| p.longitude)),
        market_id: Set(market.map(|market| market.uuid())),
        stall_no: Set(stall_no),
        opened_on: Set(opened_on),
        commitment_signed_on: Set(commitment_signed_on),
        commitment_valid_to: Set(commitment_valid_to),
        ended_on: Set(ended_on),
        end_reason: Set(end_reason.map(|reason| reason.to_string())),
        successor_id: Set(successor.map(|merchant| merchant.uuid())),
        version: Set(version),
    }
}

fn instrument_row(found: &Instrument) -> instrument::ActiveModel {
    let Instrument {
        id,
        merchant,
        kind,
        model,
        serial,
        accuracy_class,
        e_g,
        max_g,
        verified_on,
        valid_until,
        certificate_no,
        retired,
        version,
    } = found.clone();
    let (retired_on, retire_reason) = retired.unzip();
    instrument::ActiveModel {
        id: Set(id.uuid()),
        merchant_id: Set(merchant.uuid()),
        kind: Set(kind.to_string()),
        model: Set(model),
        serial: Set(serial),
        accuracy_class: Set(accuracy_class),
        e_g: Set(e_g),
        max_g: Set(max_g),
        verified_on: Set(verified_on),
        valid_until: Set(valid_until),
        certificate_no: Set(certificate_no),
        retired_on: Set(retired_on),
        retire_reason: Set(retire_reason.map(|reason| reason.to_string())),
        version: Set(version),
    }
}

/// The merchant behind the code on a wall.
pub async fn find_by_code(
    source: &impl Source,
    code: &MerchantCode,
) -> Result<Option<Merchant>, AppError> {
    merchant::Entity::find()
        .filter(merchant::Column::Code.eq(code.as_str()))
        .one(source.connection())
        .await?
        .map(read)
        .transpose()
}

/// A merchant, if it is on the register.
pub async fn find(source: &impl Source, id: MerchantId) -> Result<Option<Merchant>, AppError> {
    let row = merchant::Entity::find_by_id(id.uuid())
        .one(source.connection())
        .await?;
    row.map(read).transpose()
}

/// A merchant, or the refusal that it is not on the register.
pub async fn get(source: &impl Source, id: MerchantId) -> Result<Merchant, AppError> {
    find(source, id)
        .await?
        .ok_or_else(|| Refusal::on(Code::MerchantUnknown, "merchantId").into())
}

/// A merchant of the actor's division or below, or the refusal that it is not on the register: to an office elsewhere it
/// is as if there were none.
pub async fn get_within(
    source: &impl Source,
    actor: &Actor,
    id: MerchantId,
) -> Result<Merchant, AppError> {
    let found = get(source, id).await?;
    match actor.division() {
        Some(seat) if seat.contains(&found.division) => Ok(found),
        _ => Err(Refusal::on(Code::MerchantUnknown, "merchantId").into()),
    }
}

/// Several merchants at once.
pub async fn list_by_ids(
    source: &impl Source,
    ids: &[MerchantId],
) -> Result<HashMap<MerchantId, Merchant>, AppError> {
    let them =
        merchant::Entity::find().filter(merchant::Column::Id.is_in(ids.iter().map(|id| id.uuid())));
    let merchants = read_each(list_each(source, them).await?, read)?;
    Ok(merchants
        .into_iter()
        .map(|merchant| (merchant.id, merchant))
        .collect())
}

/// The first merchants by their public code; at most `most`.
pub async fn list(source: &impl Source, most: u64) -> Result<Vec<Merchant>, AppError> {
    let first = merchant::Entity::find()
        .order_by_asc(merchant::Column::Code)
        .limit(most);
    read_each(list_each(source, first).await?, read)
}

/// Merchants that have not ended, behind one, by id: their ids alone, so that none of them hides the others.
pub async fn list_open_after(
    source: &impl Source,
    after: Option<MerchantId>,
    most: u64,
) -> Result<Vec<MerchantId>, AppError> {
    let mut select = merchant::Entity::find()
        .select_only()
        .column(merchant::Column::Id)
        .filter(merchant::Column::EndedOn.is_null());
    if let Some(after) = after {
        select = select.filter(merchant::Column::Id.gt(after.uuid()));
    }
    let ids: Vec<Uuid> = select
        .order_by_asc(merchant::Column::Id)
        .limit(most)
        .into_tuple()
        .all(source.connection())
        .await?;
    Ok(ids.into_iter().map(MerchantId::new).collect())
}

/// How many merchants are on the register.
pub async fn count(source: &impl Source) -> Result<u64, AppError> {
    Ok(merchant::Entity::find().count(source.connection()).await?)
}

/// Whether an instrument of that kind, model and number is in use on whatever ledger.
pub async fn is_in_use(source: &impl Source, plate: &Plate) -> Result<bool, AppError> {
    let found = instrument::Entity::find()
        .filter(instrument::Column::Serial.eq(plate.serial.as_str()))
        .filter(instrument::Column::Model.eq(plate.model.as_str()))
        .filter(instrument::Column::Kind.eq(plate.kind.to_string()))
        .filter(instrument::Column::RetiredOn.is_null())
        .limit(1)
        .one(source.connection())
        .await?;
    Ok(found.is_some())
}

/// An instrument, or the refusal that it is on no ledger.
pub async fn get_instrument(
    source: &impl Source,
    id: InstrumentId,
) -> Result<Instrument, AppError> {
    let row = instrument::Entity::find_by_id(id.uuid())
        .one(source.connection())
        .await?;
    let found = row.map(read_instrument).transpose()?;
    Ok(found.ok_or_else(|| Refusal::on(Code::InstrumentUnknown, "instrumentId"))?)
}

/// Several instruments at once, in use or not.
pub async fn list_instruments(
    source: &impl Source,
    ids: &[InstrumentId],
) -> Result<HashMap<InstrumentId, Instrument>, AppError> {
    let ids = ids.iter().map(|id| id.uuid());
    let them = instrument::Entity::find().filter(instrument::Column::Id.is_in(ids));
    let found = read_each(list_each(source, them).await?, read_instrument)?;
    Ok(found.into_iter().map(|one| (one.id, one)).collect())
}

/// The instruments on a merchant's ledger that are in use.
pub async fn instruments_of(
    source: &impl Source,
    merchant: MerchantId,
) -> Result<Vec<Instrument>, AppError> {
    let used = instrument::Entity::find()
        .filter(instrument::Column::MerchantId.eq(merchant.uuid()))
        .filter(instrument::Column::RetiredOn.is_null())
        .order_by_asc(instrument::Column::Id);
    read_each(list_each(source, used).await?, read_instrument)
}

/// The instruments that merchants use, by merchant.
pub async fn instruments_of_all(
    source: &impl Source,
    merchants: &[MerchantId],
) -> Result<HashMap<MerchantId, Vec<Instrument>>, AppError> {
    let rows = instrument::Entity::find()
        .filter(
            instrument::Column::MerchantId.is_in(merchants.iter().map(|merchant| merchant.uuid())),
        )
        .filter(instrument::Column::RetiredOn.is_null())
        .order_by_asc(instrument::Column::Id)
        .all(source.connection())
        .await?;
    let mut found: HashMap<_, Vec<_>> = HashMap::new();
    for row in rows {
        let instrument = read_instrument(row)?;
        found
            .entry(instrument.merchant)
            .or_default()
            .push(instrument);
    }
    Ok(found)
}

/// An instrument on a merchant's ledger.
pub async fn find_instrument(
    source: &impl Source,
    merchant: MerchantId,
    id: InstrumentId,
) -> Result<Option<Instrument>, AppError> {
    instrument::Entity::find_by_id(id.uuid())
        .filter(instrument::Column::MerchantId.eq(merchant.uuid()))
        .filter(instrument::Column::RetiredOn.is_null())
        .one(source.connection())
        .await?
        .map(read_instrument)
        .transpose()
}

pub(super) fn read(row: merchant::Model) -> Result<Merchant, AppError> {
    Ok(Merchant {
        id: MerchantId::new(row.id),
        code: MerchantCode::parse(&row.code).map_err(|_| AppError::damaged("merchant", "code"))?,
        venue: word(&row.venue, "merchant", "venue")?,
        name_zh: row.name_zh,
        name_en: row.name_en,
        credit_code: row.credit_code,
        division: word(&row.division, "merchant", "division")?,
        address: row.address,
        position: position(row.latitude, row.longitude, None),
        market: row.market_id.map(MerchantId::new),
        stall_no: row.stall_no,
        opened_on: row.opened_on,
        commitment_signed_on: row.commitment_signed_on,
        commitment_valid_to: row.commitment_valid_to,
        ended: row.ended_on.map(|on| Ended {
            on,
            reason: row.end_reason.map(Line::stored),
            successor: row.successor_id.map(MerchantId::new),
        }),
        version: row.version,
    })
}

pub(super) fn read_instrument(row: instrument::Model) -> Result<Instrument, AppError> {
    Ok(Instrument {
        id: InstrumentId::new(row.id),
        merchant: MerchantId::new(row.merchant_id),
        kind: word(&row.kind, "instrument", "kind")?,
        model: row.model,
        serial: row.serial,
        accuracy_class: row.accuracy_class,
        e_g: row.e_g,
        max_g: row.max_g,
        verified_on: row.verified_on,
        valid_until: row.valid_until,
        certificate_no: row.certificate_no,
        retired: row.retired_on.map(|on| {
            let reason = row.retire_reason.unwrap_or_default();
            (on, Line::stored(reason))
        }),
        version: row.version,
    })
}
