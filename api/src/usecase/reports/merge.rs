//! Joining new facts to an earlier report.

use super::{
    papers,
    step::{self, Asked},
};
use crate::{
    app::App,
    error::AppError,
    store::{self, law::RunsOn},
    usecase::law,
};
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
        machine::{self, Command, Earlier},
        record::{Record, RecordKind},
    },
    text::Narrative,
};

/// New facts of the same reporter go into an earlier report, whose period begins anew on the day on
/// which they were received (Order 121, article 35).
pub async fn merge(
    app: &App,
    actor: &Actor,
    asked: Asked,
    (into, new_facts): (ReportId, Narrative),
) -> Result<(), AppError> {
    let begun = step::begin(app, actor, asked, "MergeReport", |content| {
        content.field("into", into).field("new_facts", &new_facts)
    });
    let Some((work, report)) = begun.await? else {
        return Ok(());
    };
    let permit = step::allow(&work, actor, &report, Action::SortReport).await?;
    let pair = store::reports::find_pair(&work, actor, report.id, (into, "intoId")).await?;
    let target = pair.earlier;
    let received_on = report.received_on();
    let written = papers::on_file(&report)
        .say(MatterField::EarlierReport, target.number.as_str())
        .say(MatterField::NewFacts, new_facts.as_str())
        .say(MatterField::ClockFrom, Said::Day(received_on))
        .say(OpenField::RecordedOn, Said::Day(work.today()));
    let command = Command::Merge {
        into: Earlier {
            report: into,
            state: target.state.clone(),
            resemblance: pair.resemblance,
        },
        new_facts: new_facts.clone(),
    };
    let (report, step) = step::take(app, &work, (report, command), &permit).await?;
    let restart = machine::restarted_by(&target.state, received_on)?;
    law::apply(app, &work, RunsOn::Report(into), &restart).await?;
    // Counts as a change of the target, so that nobody decides on it without the new facts.
    store::reports::save(&work, &target).await?;
    for (of, other) in [(report.id, into), (into, report.id)] {
        let record = Record {
            other: Some(other),
            words: Some(new_facts.clone()),
            ..Record::of(RecordKind::Merge, actor.user(), work.now())
        };
        step::note(app, &work, of, &record).await?;
    }
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
