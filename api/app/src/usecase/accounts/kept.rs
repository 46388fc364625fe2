//! How an account is loaded, permitted and written.

use super::password::end_devices;
use crate::{
    app::App,
    error::AppError,
    store,
    usecase::step::Kept,
    work::{Source, Work},
};
use liangxin_domain::{
    accounts::account::{Account, Command, Setting, Workplace},
    actor::{Actor, Seat},
    id::UserId,
    places::division::DivisionCode,
    policy::{Action, Facts, Permit, Stake, permit},
    refusal::{Code, Refusal},
    step::Command as _,
};

/// An account, disabled ones too, that lies where the actor sees.
pub(super) async fn find(
    source: &impl Source,
    actor: &Actor,
    id: UserId,
) -> Result<Account, AppError> {
    let unknown = || Refusal::on(Code::NotFound, "userId");
    let division = actor.division().ok_or_else(unknown)?;
    let found = store::accounts::find_within(source, id, *division).await?;
    Ok(found.ok_or_else(unknown)?)
}

/// The division in which a seat lies.
pub(super) async fn place(source: &impl Source, seat: &Seat) -> Result<DivisionCode, AppError> {
    match seat {
        Seat::Bureau { division, .. } => Ok(*division),
        Seat::Merchant(merchant) => Ok(store::merchants::get(source, *merchant).await?.division),
    }
}

/// The seat at a workplace, if the actor may do this there.
pub(super) async fn seat_at(
    source: &impl Source,
    actor: &Actor,
    (action, at): (Action, Workplace),
) -> Result<(Seat, Permit), AppError> {
    let seat = match at {
        Workplace::Bureau(division) => {
            let bureau = store::places::find_bureau(source, division).await?;
            let bureau = bureau.ok_or_else(|| Refusal::on(Code::DivisionUnknown, "division"))?;
            Seat::Bureau { bureau, division }
        }
        Workplace::Merchant(merchant) => {
            Seat::Merchant(store::merchants::get(source, merchant).await?.id)
        }
    };
    let place = place(source, &seat).await?;
    let facts = Facts::at(actor, (&place, &place), Stake::None);
    let permit = permit(actor, action, facts)?;
    Ok((seat, permit))
}

impl Kept for Account {
    type Id = UserId;

    async fn load(_: &App, work: &Work, actor: &Actor, id: UserId) -> Result<Self, AppError> {
        store::accounts::lock(work, id).await?;
        find(work, actor, id).await
    }

    async fn facts(&self, work: &Work, actor: &Actor) -> Result<Facts, AppError> {
        let stake = match actor.user() == Some(self.id) {
            true => Stake::Own,
            false => Stake::None,
        };
        let place = place(work, &self.seat).await?;
        Ok(Facts::at(actor, (&place, &place), stake))
    }

    async fn setting(&self, _: &App, work: &Work, command: &Command) -> Result<Setting, AppError> {
        let mut setting = Setting {
            now: work.now(),
            destination: None,
        };
        if let Command::MoveAccount { to } = command {
            let (seat, _) = seat_at(work, work.actor(), (command.action(), *to)).await?;
            setting.destination = Some(seat);
        }
        Ok(setting)
    }

    async fn save(&self, work: &Work) -> Result<(), AppError> {
        store::accounts::save(work, self).await
    }

    /// What an account brings to an end with a step: devices and codes do not outlive the access.
    async fn follow(
        &self,
        app: &App,
        work: &Work,
        _: (&Permit, &Setting),
        command: &Command,
    ) -> Result<(), AppError> {
        match command {
            Command::DisableAccount => {
                end_devices(app, work, self.id, None).await?;
                store::password_codes::forget(work, self.id).await
            }
            Command::RemoveSecondFactor => store::second_factors::forget(work, self.id).await,
            _ => Ok(()),
        }
    }
}
