//! Cases: filing, proposing, auditing, giving notice, hearing the merchant, deciding.

mod answer;
mod audit;
mod decide;
mod file;
pub(crate) mod papers;
mod propose;
mod serve_notice;

pub use answer::{Reply, answer};
pub use audit::audit;
pub use decide::decide;
pub use file::{Filing, file};
pub use propose::{Draft, propose};
pub use serve_notice::serve_notice;

use crate::{app::App, error::AppError};
use chrono::NaiveDate;
use liangxin_domain::{
    actor::Actor,
    cases::case::Case,
    law::violation::{Violation, ViolationCode},
    policy::Stake,
    refusal::{Code, Refusal},
};

/// The period for deciding a case: Order 2, article 64.
pub(crate) const DECIDE: &str = "P-DECIDE";
/// The period for a statement and defence: Order 2, article 57.
const DEFEND: &str = "P-DEFEND";

/// What an actor has to do with a case.
pub(crate) fn stake(actor: &Actor, case: &Case) -> Stake {
    match actor.user() {
        Some(user) if case.is_investigated_by(user) => Stake::Investigator,
        _ if actor.merchant() == Some(case.merchant) => Stake::Own,
        _ => Stake::None,
    }
}

/// The violation as the law stood on the day of the conduct.
fn violation_on<'a>(
    app: &'a App,
    code: &ViolationCode,
    day: NaiveDate,
) -> Result<&'a Violation, AppError> {
    app.law
        .violations
        .get_on(code, day)
        .map_err(|_| Refusal::on(Code::ViolationUnknown, "violation").into())
}
