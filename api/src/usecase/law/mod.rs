//! Statutory periods: the one place that applies what a transition does to them.

use crate::{
    app::App,
    error::AppError,
    store::{self, law::RunsOn},
    work::Work,
};
use liangxin_domain::{
    id::ClockId,
    law::{clock::Clock, effect::ClockEffect},
};

/// Applies effects in their order, inside the same transaction.
pub(crate) async fn apply(
    app: &App,
    work: &Work,
    on: RunsOn,
    effects: &[ClockEffect],
) -> Result<(), AppError> {
    for effect in effects {
        match effect {
            ClockEffect::Start { rule, opened_on } => {
                let rule = app.law.deadlines.rule_on(rule, *opened_on);
                let rule = rule.map_err(|e| AppError::internal("find a period", e))?;
                let clock = Clock::start(rule, *opened_on, &app.law.calendar);
                let id = ClockId::new(app.ids.uuid(work.now()));
                store::law::insert_clock(work, id, on, &clock).await?;
            }
            ClockEffect::Satisfy { rule, on: day } | ClockEffect::Lapse { rule, on: day } => {
                store::law::satisfy(work, on, rule, *day).await?;
            }
            ClockEffect::Pause { .. }
            | ClockEffect::Resume { .. }
            | ClockEffect::Extend { .. }
            | ClockEffect::Restart { .. } => {}
        }
    }
    Ok(())
}
