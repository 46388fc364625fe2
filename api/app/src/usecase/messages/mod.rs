//! Questions to a reporter, answers, and more photos.

mod kept;

use crate::{
    app::App,
    caller::Caller,
    error::AppError,
    usecase::{reports, step},
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
    step::take::<Conversation>(app, &reporter, write, report, said).await?;
    Ok((reporter.actor, report))
}
