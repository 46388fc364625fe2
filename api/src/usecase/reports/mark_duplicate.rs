//! Marking a report as a double.

use super::{
    papers,
    step::{self, Asked},
};
use crate::{app::App, error::AppError, store};
use liangxin_domain::{
    actor::Actor,
    event::Event,
    id::ReportId,
    notices::{
        field::{MatterField, OpenField},
        said::Said,
    },
    policy::Action,
    reports::{
        machine::{Command, Earlier},
        record::{Record, RecordKind},
    },
    text::Narrative,
};

/// An officer finds that the same reporter said the same of the same party before; the log keeps
/// why (Order 121, article 35).
pub async fn mark_duplicate(
    app: &App,
    actor: &Actor,
    asked: Asked,
    (earlier, sameness): (ReportId, Narrative),
) -> Result<(), AppError> {
    let begun = step::begin(app, actor, asked, "MarkDuplicate", |content| {
        content
            .field("earlier", earlier)
            .field("sameness", &sameness)
    });
    let Some((work, report)) = begun.await? else {
        return Ok(());
    };
    let permit = step::allow(&work, actor, &report, Action::SortReport).await?;
    let pair = store::reports::find_pair(&work, actor, report.id, (earlier, "earlierId")).await?;
    let written = papers::on_file(&report)
        .say(MatterField::EarlierReport, pair.earlier.number.as_str())
        .say(MatterField::Sameness, sameness.as_str())
        .say(OpenField::RecordedOn, Said::Day(work.today()));
    let command = Command::MarkDuplicate(Earlier {
        report: earlier,
        state: pair.earlier.state,
        resemblance: pair.resemblance,
    });
    let (report, step) = step::take(app, &work, (report, command), &permit).await?;
    let record = Record {
        other: Some(earlier),
        words: Some(sameness),
        ..Record::of(RecordKind::Duplicate, actor.user(), work.now())
    };
    step::note(app, &work, report.id, &record).await?;
    papers::issue(app, &work, &report, step.paper, written.finish()).await?;
    step::end(
        app,
        work,
        Event::ReportMerged {
            report: asked.report,
        },
    )
    .await
}
