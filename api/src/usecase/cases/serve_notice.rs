//! The notice of the intended penalty.

use super::{DEFEND, stake};
use crate::{
    app::{self, App},
    error::AppError,
    store::{self, law::RunsOn},
    work::Begun,
};
use liangxin_domain::{
    actor::Actor,
    canonical::Canonical,
    cases::case::Notice,
    event::Event,
    id::{CaseId, ClockId, CommandId},
    law::clock::{Clock, Due},
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
    let rule = app.law.deadlines.rule_on(DEFEND, work.today());
    let rule = rule.map_err(|e| AppError::internal("find the period for a defence", e))?;
    let clock = Clock::start(rule, work.today(), &app.law.calendar);
    let answer_until = match clock.due {
        Due::On { moved, .. } => Some(moved),
        Due::CalendarMissing { .. } => None,
    };
    let changed = found.serve_notice(
        &permit,
        Notice {
            served_at: work.now(),
            answer_until,
        },
    )?;
    store::cases::save(&work, &changed).await?;
    store::law::insert_clock(
        &work,
        ClockId::new(app.ids.uuid(work.now())),
        RunsOn::Case(case),
        &clock,
    )
    .await?;
    app.record(&work, Event::NoticeServed { case });
    work.commit().await
}
