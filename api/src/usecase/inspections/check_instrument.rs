//! Recording an instrument's mark and seal.

use super::stake;
use crate::{
    app::{self, App},
    error::AppError,
    store,
    work::Begun,
};
use chrono::NaiveDate;
use liangxin_domain::{
    actor::Actor,
    canonical::Canonical,
    event::Event,
    id::{CommandId, InstrumentId, VisitId},
    inspections::visit::{InstrumentCheck, Seal},
    metrology::verification,
    policy::{Action, Facts, permit},
    text::Line,
};

/// What an inspector saw on an instrument.
#[derive(Debug, Clone)]
pub struct Check {
    /// The visit.
    pub visit: VisitId,
    /// The instrument on the ledger.
    pub instrument: InstrumentId,
    /// The last day on the mark.
    pub mark_valid_until: Option<NaiveDate>,
    /// The seal.
    pub seal: Seal,
    /// A note.
    pub note: Option<Line>,
}

/// Notes the state of a verification mark and seal, and what follows for today.
pub async fn check_instrument(
    app: &App,
    actor: &Actor,
    id: CommandId,
    check: Check,
) -> Result<(), AppError> {
    let Check {
        visit,
        instrument,
        mark_valid_until,
        seal,
        note,
    } = check;
    let content = Canonical::of("CheckInstrument")
        .field("visit", visit)
        .field("instrument", instrument)
        .optional("mark_valid_until", mark_valid_until)
        .field("seal", seal)
        .optional("note", note.as_ref());
    let command = app::command(id, "CheckInstrument", visit.uuid(), &content);
    let Begun::Fresh(work) = app.begin(actor, &command).await? else {
        return Ok(());
    };
    let found = store::inspections::get(&work, actor, visit).await?;
    let permit = permit(
        actor,
        Action::RecordFinding,
        Facts::at(actor, &found.division, stake(actor, &found)),
    )?;
    let by = found.record(&permit)?;
    store::merchants::get_instrument(&work, found.merchant, instrument).await?;
    let status = verification::status(mark_valid_until, work.today());
    let seen = InstrumentCheck {
        instrument,
        mark_valid_until,
        seal,
        note,
        status,
    };
    store::measurements::insert_check(&work, id.uuid(), visit, &seen, by).await?;
    app.record(&work, Event::InstrumentChecked { visit });
    work.commit().await
}
