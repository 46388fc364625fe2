//! Arriving on site.

use super::stake;
use crate::{
    app::{self, App},
    error::AppError,
    store,
    work::Begun,
};
use chrono::{DateTime, Utc};
use liangxin_domain::{
    actor::Actor,
    canonical::Canonical,
    event::Event,
    id::{CommandId, VisitId},
    place::Position,
    policy::{Action, Facts, permit},
};

/// An arrival as the phone noted it.
#[derive(Debug, Clone, Copy)]
pub struct Arrival {
    /// The visit.
    pub visit: VisitId,
    /// When, by the phone's clock.
    pub at: DateTime<Utc>,
    /// Where.
    pub position: Position,
}

/// Notes that an inspector arrived.
pub async fn check_in(
    app: &App,
    actor: &Actor,
    id: CommandId,
    arrival: Arrival,
) -> Result<(), AppError> {
    let Arrival {
        visit,
        at,
        position,
    } = arrival;
    let content = Canonical::of("CheckIn")
        .field("visit", visit)
        .field("at", at.timestamp_millis())
        .field("latitude", position.latitude)
        .field("longitude", position.longitude)
        .optional("accuracy", position.accuracy_m);
    let command = app::command(id, "CheckIn", visit.uuid(), &content);
    let Begun::Fresh(work) = app.begin(actor, &command).await? else {
        return Ok(());
    };
    let found = store::inspections::get(&work, actor, visit).await?;
    let permit = permit(
        actor,
        Action::CheckIn,
        Facts::at(actor, &found.division, stake(actor, &found)),
    )?;
    let report = found.report;
    let changed = found.check_in(&permit, at, position, work.now())?;
    store::inspections::save(&work, &changed).await?;
    app.record(&work, Event::VisitCheckedIn { visit, report });
    work.commit().await
}
