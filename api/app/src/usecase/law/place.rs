//! Where a thing stands in the lists of work: by the first day on which the office has to have done something.

use crate::{
    app::{App, sha256},
    error::AppError,
    store::{self, law::RunsOn, queue::QueueState},
    work::Work,
};
use chrono::NaiveDate;
use liangxin_domain::law::deadline::Bearer;
use uuid::{Builder, Uuid};

/// Puts a thing and its open periods to their places, after its state or its periods have changed. Without a standing it
/// keeps the one that it has. What the office still owes on a thing that is over, such as publishing a decision, keeps it among the
/// dated ones.
pub(crate) async fn place(
    app: &App,
    work: &Work,
    on: RunsOn,
    standing: Option<QueueState>,
) -> Result<(), AppError> {
    let ends = store::queue::ends(work, on).await?;
    let day = ends
        .into_iter()
        .filter(|(rule, started_on, _)| bears(app, rule, *started_on) == Bearer::Office)
        .map(|(.., end)| end)
        .min();
    store::queue::place(work, on, standing, day).await?;
    store::clock_turns::place(work, on, key_of).await
}

/// What tells a period from others of its day in a list. Its own id holds the moment at which it began, which would tell
/// what came in one letter.
fn key_of(clock: Uuid) -> Uuid {
    let digest = sha256(clock.as_bytes());
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&digest.bytes()[..16]);
    Builder::from_random_bytes(bytes).into_uuid()
}

/// Whose duty a period by a rule is. Where the row of the rule is gone, the office's: rather one look too many.
pub(super) fn bears(app: &App, rule: &str, started_on: NaiveDate) -> Bearer {
    app.law
        .deadlines
        .rule_on(rule, started_on)
        .map(|rule| rule.bearer)
        .unwrap_or_default()
}
