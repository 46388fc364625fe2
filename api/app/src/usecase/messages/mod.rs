//! Questions to a reporter, answers, and more photos.

mod kept;

use crate::{
    app::App,
    caller::Caller,
    error::AppError,
    naming,
    usecase::{reports, step},
    work::Begun,
};
use liangxin_domain::{
    actor::Actor,
    id::{CommandId, ReportId},
    privacy::conversation::{Command, Conversation},
};

/// Whoever shows the receipt code answers or adds photos; answers who that is, and the report.
pub async fn say(
    app: &App,
    caller: &Caller,
    write: CommandId,
    (code, said): (&str, Command),
) -> Result<(Actor, ReportId), AppError> {
    let (report, reporter) = reports::reporter_of(app, caller, code).await?;
    let named = app.named(write, report.uuid(), &said)?;
    if let Begun::Fresh(work) = app.begin(&reporter.actor, &named).await? {
        step::within::<Conversation>(app, &work, report, of(report, said)).await?;
        work.commit().await?;
    }
    Ok((reporter.actor, report))
}

/// What is said, under the id that it has among what was said about the report.
fn of(report: ReportId, said: Command) -> Command {
    match said {
        Command::AnswerQuestion {
            message,
            question,
            text,
        } => Command::AnswerQuestion {
            message: naming::of_message(report, message),
            question,
            text,
        },
        said @ (Command::AskReporter { .. } | Command::AddReportPhotos { .. }) => said,
    }
}
