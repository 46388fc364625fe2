//! Telling a reporter the outcome.

use super::{
    papers,
    step::{self, Asked},
};
use crate::{app::App, error::AppError};
use liangxin_domain::{
    actor::Actor,
    event::Event,
    notices::{
        field::{MatterField, OpenField},
        paper::Paper,
        said::Said,
    },
    policy::Action,
    refusal::{Code, Refusal},
    reports::record::{Record, RecordKind},
    text::{Line, Narrative},
};

/// Form 10: the outcome, citing the law that demands to tell it. Order 121, article 36, knows no
/// duty of its own, so that without such an article nothing is told this way.
pub async fn tell_outcome(
    app: &App,
    actor: &Actor,
    asked: Asked,
    (result, article): (Narrative, Line),
) -> Result<(), AppError> {
    let begun = step::begin(app, actor, asked, "TellOutcome", |content| {
        content.field("result", &result).field("article", &article)
    });
    let Some((work, report)) = begun.await? else {
        return Ok(());
    };
    step::allow(&work, actor, &report, Action::VerifyReport)
        .await?
        .person(Action::VerifyReport)?;
    if !report.state.has_outcome() {
        return Err(Refusal::of(Code::NoOutcomeYet).into());
    }
    let written = papers::to_reporter(&report)
        .say(OpenField::Result, result.as_str())
        .say(MatterField::DemandingArticle, article.as_str())
        .say(OpenField::DecidedOn, Said::Day(work.today()));
    papers::issue(app, &work, &report, Paper::ReportOutcome, written.finish()).await?;
    let record = Record {
        words: Some(result),
        article: Some(article),
        ..Record::of(RecordKind::Outcome, actor.user(), work.now())
    };
    step::note(app, &work, report.id, &record).await?;
    step::end(
        app,
        work,
        Event::OutcomeTold {
            report: asked.report,
        },
    )
    .await
}
