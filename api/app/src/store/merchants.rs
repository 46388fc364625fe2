//! The register of merchants and their instruments. Public: it holds operators, no persons.

use crate::{
    error::AppError,
    store::row::{position, word},
    work::Source,
};
use liangxin_domain::{
    id::{InstrumentId, MerchantId},
    merchants::{code::MerchantCode, instrument::Instrument, merchant::Merchant},
    refusal::{Code, Refusal},
};
use liangxin_entity::{instrument, merchant};
use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, EntityTrait as _, PaginatorTrait as _, QueryFilter as _,
    QueryOrder as _, QuerySelect as _,
};
use std::collections::HashMap;

/// Adds a merchant to the register.
pub async fn insert_merchant(source: &impl Source, found: &Merchant) -> Result<(), AppError> {
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
    } = found.clone();
    let row = merchant::ActiveModel {
        id: Set(id.uuid()),
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
    };
    merchant::Entity::insert(row)
        .exec_without_returning(source.connection())
        .await?;
    Ok(())
}

/// Adds an instrument to a merchant's ledger.
pub async fn insert_instrument(source: &impl Source, found: &Instrument) -> Result<(), AppError> {
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
    } = found.clone();
    let row = instrument::ActiveModel {
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
    };
    instrument::Entity::insert(row)
        .exec_without_returning(source.connection())
        .await?;
    Ok(())
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

/// A merchant, or the refusal that it is not on the register.
pub async fn get(source: &impl Source, id: MerchantId) -> Result<Merchant, AppError> {
    merchant::Entity::find_by_id(id.uuid())
        .one(source.connection())
        .await?
        .map(read)
        .transpose()?
        .ok_or_else(|| Refusal::on(Code::MerchantUnknown, "merchantId").into())
}

/// Several merchants at once.
pub async fn list_by_ids(
    source: &impl Source,
    ids: &[MerchantId],
) -> Result<HashMap<MerchantId, Merchant>, AppError> {
    merchant::Entity::find()
        .filter(merchant::Column::Id.is_in(ids.iter().map(|id| id.uuid())))
        .all(source.connection())
        .await?
        .into_iter()
        .map(|row| read(row).map(|merchant| (merchant.id, merchant)))
        .collect()
}

/// Merchants by the beginning of their public code or a part of their name; at most `most`.
pub async fn list(source: &impl Source, most: u64) -> Result<Vec<Merchant>, AppError> {
    merchant::Entity::find()
        .order_by_asc(merchant::Column::Code)
        .limit(most)
        .all(source.connection())
        .await?
        .into_iter()
        .map(read)
        .collect()
}

/// How many merchants are on the register.
pub async fn count(source: &impl Source) -> Result<u64, AppError> {
    Ok(merchant::Entity::find().count(source.connection()).await?)
}

/// The instruments on a merchant's ledger.
pub async fn instruments_of(
    source: &impl Source,
    merchant: MerchantId,
) -> Result<Vec<Instrument>, AppError> {
    instrument::Entity::find()
        .filter(instrument::Column::MerchantId.eq(merchant.uuid()))
        .order_by_asc(instrument::Column::Id)
        .all(source.connection())
        .await?
        .into_iter()
        .map(read_instrument)
        .collect()
}

/// An instrument on a merchant's ledger.
pub async fn find_instrument(
    source: &impl Source,
    merchant: MerchantId,
    id: InstrumentId,
) -> Result<Option<Instrument>, AppError> {
    instrument::Entity::find_by_id(id.uuid())
        .filter(instrument::Column::MerchantId.eq(merchant.uuid()))
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
    })
}
