//! The register of merchants and their instruments.

mod kept;

use crate::{
    app::App,
    caller::Caller,
    error::AppError,
    store,
    usecase::{office, step::Written},
    work::{Begun, Work},
};
use liangxin_domain::{
    event::Event,
    id::{CommandId, InstrumentId, MerchantId},
    merchants::{
        code::MerchantCode,
        command::NewMerchant,
        ledger::{NewInstrument, Plate},
        merchant::Merchant,
    },
    policy::{Action, Stake, permit},
    refusal::{Code, Refusal},
};

/// Puts a merchant on the register; its id names the write too, its code for the wall is made here.
pub async fn open(
    app: &App,
    caller: &Caller,
    id: MerchantId,
    new: NewMerchant,
) -> Result<Written, AppError> {
    let named = app.named(CommandId::new(id.uuid()), id.uuid(), &new)?;
    let Begun::Fresh(work) = app.begin(&caller.actor, &named).await? else {
        return Ok(Written::Before);
    };
    let NewMerchant::OpenMerchant {
        name_zh,
        name_en,
        venue,
        credit_code,
        premises,
        opened_on,
    } = new;
    let facts = office::facts(&work, &caller.actor, &premises.division, Stake::None).await?;
    permit(&caller.actor, Action::KeepRegister, facts)?;
    let market = match premises.market {
        Some(market) => Some(store::merchants::get(&work, market).await?),
        None => None,
    };
    let is_division_known = app.law.divisions.find(premises.division).is_some();
    premises.check(is_division_known, market.as_ref())?;
    if opened_on > work.today() {
        return Err(Refusal::on(Code::TimeInFuture, "openedOn").into());
    }
    let merchant = Merchant {
        id,
        code: MerchantCode::from_random(app.ids.bytes()),
        venue,
        name_zh: name_zh.to_string(),
        name_en: name_en.to_string(),
        credit_code: credit_code.map(|code| code.to_string()),
        division: premises.division,
        address: premises.address.to_string(),
        position: premises.position,
        market: premises.market,
        stall_no: premises.stall_no.map(|number| number.to_string()),
        opened_on,
        commitment_signed_on: None,
        commitment_valid_to: None,
        ended: None,
        version: 1,
    };
    store::merchants::insert_merchant(&work, &merchant).await?;
    app.record(&work, Event::MerchantOpened { merchant: id });
    work.commit().await?;
    Ok(Written::Now)
}

/// Puts an instrument on a merchant's ledger; its id names the write too.
pub async fn add_instrument(
    app: &App,
    caller: &Caller,
    id: InstrumentId,
    new: NewInstrument,
) -> Result<Written, AppError> {
    let named = app.named(CommandId::new(id.uuid()), id.uuid(), &new)?;
    let Begun::Fresh(work) = app.begin(&caller.actor, &named).await? else {
        return Ok(Written::Before);
    };
    let NewInstrument::AddInstrument {
        merchant,
        plate,
        certificate,
    } = new;
    let merchant = store::merchants::get_within(&work, &caller.actor, merchant).await?;
    let facts = office::facts(&work, &caller.actor, &merchant.division, Stake::None).await?;
    permit(&caller.actor, Action::KeepRegister, facts)?;
    merchant.is_open("merchantId")?;
    plate.check()?;
    if is_listed(&work, &plate).await? {
        return Err(Refusal::of(Code::InstrumentKnown).into());
    }
    let mut instrument = plate.on_ledger(id, merchant.id);
    if let Some(certificate) = certificate {
        certificate.check(work.today())?;
        instrument = instrument.certified(certificate);
    }
    store::merchants::add_instrument(&work, &instrument).await?;
    app.record(
        &work,
        Event::InstrumentAdded {
            instrument: id,
            merchant: merchant.id,
        },
    );
    work.commit().await?;
    Ok(Written::Now)
}

/// Whether an instrument of that kind, model and number is in use on some ledger.
pub(crate) async fn is_listed(work: &Work, plate: &Plate) -> Result<bool, AppError> {
    store::merchants::is_in_use(work, plate).await
}
