//! How merchants and instruments are loaded, permitted and written.

use crate::{
    app::App,
    error::AppError,
    store,
    usecase::{office, step::Kept},
    work::Work,
};
use liangxin_domain::{
    actor::Actor,
    id::{InstrumentId, MerchantId},
    merchants::{command, instrument::Instrument, ledger, merchant::Merchant},
    policy::{Facts, Stake},
    ratings::badge::VoidedBy,
    refusal::{Code, Refusal},
};

impl Kept for Merchant {
    type Id = MerchantId;

    async fn load(_: &App, work: &Work, actor: &Actor, id: MerchantId) -> Result<Self, AppError> {
        store::merchants::get_within(work, actor, id).await
    }

    async fn facts(&self, work: &Work, actor: &Actor) -> Result<Facts, AppError> {
        office::facts(work, actor, &self.division, Stake::None).await
    }

    async fn setting(
        &self,
        app: &App,
        work: &Work,
        command: &command::Command,
    ) -> Result<command::Setting, AppError> {
        let (other, division) = match command {
            command::Command::MoveMerchant { premises } => {
                (premises.market, Some(premises.division))
            }
            command::Command::SucceedMerchant { successor, .. } => (Some(*successor), None),
            _ => (None, None),
        };
        let other = match other {
            Some(other) => store::merchants::find(work, other).await?,
            None => None,
        };
        Ok(command::Setting {
            today: work.today(),
            is_division_known: division
                .is_none_or(|division| app.law.divisions.find(division).is_some()),
            other,
        })
    }

    async fn save(&self, work: &Work) -> Result<(), AppError> {
        if self.ended.is_some() {
            store::badges::revoke(work, self.id, VoidedBy::Closed).await?;
        }
        store::merchants::save_merchant(work, self).await
    }
}

impl Kept for Instrument {
    type Id = InstrumentId;

    async fn load(_: &App, work: &Work, actor: &Actor, id: InstrumentId) -> Result<Self, AppError> {
        let found = store::merchants::get_instrument(work, id).await?;
        // To an office elsewhere it is as if there were none; what could not be read is said as it is.
        match store::merchants::get_within(work, actor, found.merchant).await {
            Ok(_) => Ok(found),
            Err(AppError::Refused(_)) => {
                Err(Refusal::on(Code::InstrumentUnknown, "instrumentId").into())
            }
            Err(other) => Err(other),
        }
    }

    async fn facts(&self, work: &Work, actor: &Actor) -> Result<Facts, AppError> {
        let merchant = store::merchants::get(work, self.merchant).await?;
        office::facts(work, actor, &merchant.division, Stake::None).await
    }

    async fn setting(
        &self,
        _: &App,
        work: &Work,
        command: &ledger::Command,
    ) -> Result<ledger::Setting, AppError> {
        let to = match command {
            ledger::Command::MoveInstrument { to } => store::merchants::find(work, *to).await?,
            _ => None,
        };
        Ok(ledger::Setting {
            today: work.today(),
            to,
        })
    }

    async fn save(&self, work: &Work) -> Result<(), AppError> {
        store::merchants::save_instrument(work, self).await
    }
}
