//! Giving a verification more time.

use super::{
    papers,
    step::{self, Asked},
};
use crate::{app::App, error::AppError, store, work::Work};
use chrono::NaiveDate;
use liangxin_domain::{
    actor::Actor,
    event::Event,
    id::ReportId,
    law::clock::Due,
    notices::{
        field::{MatterField, OpenField},
        said::Said,
    },
    policy::Action,
    reports::machine::{Command, VERIFY},
    text::Narrative,
};

/// A head who did not work on the lead extends its verification, with a reason and before the
/// period ends (Order 2, article 18).
pub async fn extend(
    app: &App,
    actor: &Actor,
    asked: Asked,
    reason: Narrative,
) -> Result<(), AppError> {
    let begun = step::begin(app, actor, asked, "ExtendVerification", |content| {
        content.field("reason", &reason)
    });
    let Some((work, report)) = begun.await? else {
        return Ok(());
    };
    let permit = step::allow(&work, actor, &report, Action::ExtendVerification).await?;
    let command = Command::Extend {
        reason: reason.clone(),
        last_day: last_day(&work, report.id).await?,
    };
    let (report, step) = step::take(app, &work, (report, command), &permit).await?;
    let approver = step::name_of(&work, permit.person(Action::ExtendVerification)?).await?;
    // While the calendar lacks the year nobody can write down until when; the clock says so itself.
    let until = last_day(&work, report.id).await?;
    let written = papers::on_file(&report)
        .say(OpenField::Reason, reason.as_str())
        .say_if(MatterField::Until, until)
        .say(OpenField::ApprovedBy, approver)
        .say(OpenField::DecidedOn, Said::Day(work.today()));
    papers::issue(app, &work, &report, step.paper, written.finish()).await?;
    step::end(
        app,
        work,
        Event::VerificationExtended {
            report: asked.report,
        },
    )
    .await
}

/// The last day of the verification, if it can be known.
async fn last_day(work: &Work, report: ReportId) -> Result<Option<NaiveDate>, AppError> {
    let mut clocks = store::law::clocks_of_reports(work, &[report]).await?;
    let clocks = clocks.remove(&report).unwrap_or_default();
    let due = clocks
        .iter()
        .rev()
        .find(|clock| clock.rule_id == VERIFY)
        .map(|clock| clock.due);
    Ok(match due {
        Some(Due::On { moved, .. }) => Some(moved),
        _ => None,
    })
}
