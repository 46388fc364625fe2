//! Judging a measurement: a dry run.

use crate::{app::App, caller::Caller, error::AppError, store};
use liangxin_domain::{
    inspections::judging,
    law::calendar::shanghai_date,
    metrology::{judgement::Judgement, measurement::Measurement},
};

/// Judges a measurement without keeping anything.
pub async fn judge(
    app: &App,
    caller: &Caller,
    measurement: Measurement,
) -> Result<Judgement, AppError> {
    caller.actor.signed_in()?;
    let register =
        store::standards::list_named(&app.db, &caller.actor, &measurement.standards()).await?;
    let today = shanghai_date(app.now());
    Ok(judging::judgement(
        measurement,
        today,
        &app.law.rules,
        &register,
    )?)
}
