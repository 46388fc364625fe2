//! The notice of the intended penalty.

use super::{DEFEND, stake};
use crate::{
    app::{self, App},
    error::AppError,
    store::{self, law::RunsOn},
    usecase,
    work::Begun,
};
use liangxin_domain::{
    actor::Actor,
    canonical::Canonical,
    cases::case::Notice,
    event::Event,
    id::{CaseId, CommandId},
    law::{clock::Due, effect::ClockEffect},
    policy::{Action, Facts, permit},
};

/// Notes that the notice reached the merchant; five working days for a statement begin.
pub async fn serve_notice(
    app: &App,
    actor: &Actor,
    id: CommandId,
    case: CaseId,
) -> Result<(), AppError> {
    let content = Canonical::of("ServeNotice").field("case", case);
    let command = app::command(id, "ServeNotice", case.uuid(), &content);
    let Begun::Fresh(work) = app.begin(actor, &command).await? else {
        return Ok(());
    };
    let found = store::cases::get(&work, actor, case).await?;
    let permit = permit(
        actor,
        Action::ServeNotice,
        Facts::at(actor, &found.division, stake(actor, &found)),
    )?;
    let answer_until = match usecase::law::would_end(app, &work, DEFEND, work.today()).await? {
        Due::On { moved, .. } => Some(moved),
        Due::CalendarMissing { .. } | Due::Paused { .. } => None,
    };
    let changed = found.serve_notice(
        &permit,
        Notice {
            served_at: work.now(),
            answer_until,
        },
    )?;
    store::cases::save(&work, &changed).await?;
    let defend = ClockEffect::Start {
        rule: DEFEND,
        opened_on: work.today(),
    };
    usecase::law::apply(app, &work, RunsOn::Case(case), &[defend]).await?;
    app.record(&work, Event::NoticeServed { case });
    work.commit().await
}
