//! The audit of a case by somebody who did not investigate it.

use super::stake;
use crate::{
    app::{self, App},
    error::AppError,
    store,
    work::Begun,
};
use liangxin_domain::{
    actor::Actor,
    canonical::Canonical,
    event::Event,
    id::{CaseId, CommandId},
    policy::{Action, Facts, permit},
    text::Narrative,
};

/// Passes a case's audit with an opinion.
pub async fn audit(
    app: &App,
    actor: &Actor,
    id: CommandId,
    (case, opinion): (CaseId, Narrative),
) -> Result<(), AppError> {
    let content = Canonical::of("AuditCase")
        .field("case", case)
        .field("opinion", &opinion);
    let command = app::command(id, "AuditCase", case.uuid(), &content);
    let Begun::Fresh(work) = app.begin(actor, &command).await? else {
        return Ok(());
    };
    let found = store::cases::get(&work, actor, case).await?;
    let permit = permit(
        actor,
        Action::AuditCase,
        Facts::at(actor, &found.division, stake(actor, &found)),
    )?;
    let changed = found.audit(&permit, opinion, work.now())?;
    store::cases::save(&work, &changed).await?;
    app.record(&work, Event::CaseAudited { case });
    work.commit().await
}
