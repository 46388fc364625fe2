//! The merchant's answer to the notice.

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
    cases::case::Answer,
    event::Event,
    id::{CaseId, CommandId},
    law::effect::ClockEffect,
    policy::{Action, Facts, permit},
    text::Narrative,
};

/// What the merchant says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reply {
    /// Waives a statement and a hearing.
    NoObjection,
    /// States a defence.
    Defence(Narrative),
}

/// Takes the merchant's answer.
pub async fn answer(
    app: &App,
    actor: &Actor,
    id: CommandId,
    (case, reply): (CaseId, Reply),
) -> Result<(), AppError> {
    let content = Canonical::of("AnswerNotice").field("case", case);
    let content = match &reply {
        Reply::NoObjection => content,
        Reply::Defence(words) => content.field("defence", words),
    };
    let command = app::command(id, "AnswerNotice", case.uuid(), &content);
    let Begun::Fresh(work) = app.begin(actor, &command).await? else {
        return Ok(());
    };
    let found = store::cases::get(&work, actor, case).await?;
    let permit = permit(
        actor,
        Action::AnswerNotice,
        Facts::at(actor, &found.division, stake(actor, &found)),
    )?;
    let at = work.now();
    let answer = match reply {
        Reply::NoObjection => Answer::NoObjection { at },
        Reply::Defence(words) => Answer::Defence { words, at },
    };
    let changed = found.answer(&permit, answer)?;
    store::cases::save(&work, &changed).await?;
    let answered = ClockEffect::Satisfy {
        rule: DEFEND,
        on: work.today(),
    };
    usecase::law::apply(app, &work, RunsOn::Case(case), &[answered]).await?;
    app.record(&work, Event::NoticeAnswered { case });
    work.commit().await
}
