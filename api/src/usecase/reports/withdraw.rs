//! A reporter withdraws.

use super::step::{self, Asked};
use crate::{app::App, error::AppError, store};
use liangxin_domain::{
    actor::Actor,
    event::Event,
    policy::{Action, Facts, Stake, permit},
    reports::record::{Record, RecordKind},
    text::Narrative,
};

/// Notes that the reporter withdrew. Verification goes on: it is no longer the reporter's affair
/// but the bureau's (procedures, section 1.7; how well that is known: from memory).
pub async fn withdraw(
    app: &App,
    reporter: &Actor,
    asked: Asked,
    words: Option<Narrative>,
) -> Result<(), AppError> {
    let begun = step::begin(app, reporter, asked, "WithdrawReport", |content| {
        content.optional("words", words.as_ref())
    });
    let Some((work, report)) = begun.await? else {
        return Ok(());
    };
    permit(
        reporter,
        Action::WithdrawReport,
        Facts::placeless(Stake::Own),
    )?;
    let before = store::reports::list_records(&work, report.id).await?;
    if before
        .iter()
        .any(|record| record.kind == RecordKind::Withdrawal)
    {
        return Ok(());
    }
    let record = Record {
        words,
        ..Record::of(RecordKind::Withdrawal, None, work.now())
    };
    step::note(app, &work, report.id, &record).await?;
    step::end(
        app,
        work,
        Event::ReportWithdrawn {
            report: asked.report,
        },
    )
    .await
}
