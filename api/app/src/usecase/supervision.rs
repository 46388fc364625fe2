//! A superior's inspection. Whoever sits above an office reads what lies there and decides nothing; that a matter was opened
//! from above is an event, so that the office below and the auditors know who looked (行政执法监督条例).

use crate::{app::App, caller::Caller, error::AppError, usecase::office};
use liangxin_domain::{
    accounts::role::Role,
    actor::Actor,
    event::Event,
    places::division::DivisionCode,
    policy::{Place, Stake},
};

/// Who reads for an office. An inspector reads what he was sent on, which is no look from above.
const READERS: [Role; 6] = [
    Role::Supervisor,
    Role::Head,
    Role::IntakeOfficer,
    Role::CaseOfficer,
    Role::LegalAuditor,
    Role::RewardOfficer,
];

/// Notes that a matter was opened, if whoever did sits above the office that has it.
pub async fn opened(
    app: &App,
    caller: &Caller,
    division: &DivisionCode,
    event: Event,
) -> Result<(), AppError> {
    let actor = &caller.actor;
    if !looks_from_above(app, actor, division).await? {
        return Ok(());
    }
    let work = app.work(actor).await?;
    app.record(&work, event);
    work.commit().await
}

/// Whether somebody who opens a matter of this office sits above it and looks to supervise.
pub(super) async fn looks_from_above(
    app: &App,
    actor: &Actor,
    division: &DivisionCode,
) -> Result<bool, AppError> {
    if !READERS.iter().any(|role| actor.is(*role)) {
        return Ok(false);
    }
    let facts = office::facts(&app.db, actor, division, Stake::None).await?;
    Ok(facts.place == Place::Below)
}
