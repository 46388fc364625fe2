//! When time bars the penalty of a case.

use super::kept::report_of;
use crate::{app::App, error::AppError, work::Work};
use liangxin_domain::{
    cases::{
        case::Case,
        command::Command,
        limit::{LIMIT, LIMIT_OF_HARM, Limits},
    },
    law::calendar::shanghai_date,
};

/// For the steps that charge something, or spare it because time bars it. The bureau found the matter on the day that
/// the case tells, else when the report behind it came, at the latest when it was filed.
pub(super) async fn limits(
    app: &App,
    work: &Work,
    (case, command): (&Case, &Command),
) -> Result<Option<Limits>, AppError> {
    let is_asked = matches!(
        command,
        Command::ProposePenalty { .. }
            | Command::ProposeNoPenalty { .. }
            | Command::IssueNotice
            | Command::DecideCase { .. }
            | Command::CloseCase { .. }
    );
    if !is_asked {
        return Ok(None);
    }
    let told = &case.basis.told;
    let found_on = match (told.found_on, report_of(work, case).await?) {
        (Some(day), _) => day,
        (None, Some(report)) => report.received_on(),
        (None, None) => shanghai_date(case.filed_at),
    };
    let rule = |id| {
        let rule = app.law.deadlines.rule_on(id, work.today());
        rule.cloned()
            .map_err(|e| AppError::internal("find a rule", e))
    };
    Ok(Some(Limits {
        conduct_on: told.conduct_on,
        found_on,
        ordinary: rule(LIMIT)?,
        harmful: rule(LIMIT_OF_HARM)?,
    }))
}
