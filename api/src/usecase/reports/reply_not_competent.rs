//! Telling a reporter where to go.

use super::{
    papers,
    step::{self, Asked},
};
use crate::{app::App, error::AppError};
use liangxin_domain::{
    actor::Actor,
    event::Event,
    notices::{field::OpenField, paper::Paper, said::Said},
    policy::Action,
    reports::machine::Command,
    text::{Line, Narrative},
};

/// The reporter is told which bureau is competent, and goes there directly (Order 121, article 34).
pub async fn reply_not_competent(
    app: &App,
    actor: &Actor,
    asked: Asked,
    (competent, reason): (Line, Narrative),
) -> Result<(), AppError> {
    let begun = step::begin(app, actor, asked, "ReplyNotCompetent", |content| {
        content
            .field("competent", &competent)
            .field("reason", &reason)
    });
    let Some((work, report)) = begun.await? else {
        return Ok(());
    };
    let permit = step::allow(&work, actor, &report, Action::SortReport).await?;
    let written = papers::to_reporter(&report)
        .say(OpenField::Reason, reason.as_str())
        .say(OpenField::CompetentBureau, competent.as_str())
        .say(OpenField::DecidedOn, Said::Day(work.today()));
    let command = Command::ReplyNotCompetent { competent };
    let (report, _) = step::take(app, &work, (report, command), &permit).await?;
    papers::issue(
        app,
        &work,
        &report,
        Paper::CompetenceReply,
        written.finish(),
    )
    .await?;
    step::end(
        app,
        work,
        Event::ReportNotCompetent {
            report: asked.report,
        },
    )
    .await
}
