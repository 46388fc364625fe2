//! Judging a measurement: a dry run.

use crate::{app::App, caller::Caller, error::AppError, store};
use liangxin_domain::{
    inspections::judging,
    law::calendar::shanghai_date,
    metrology::{document::Document, judgement::Judgement},
};

/// Judges a measurement without keeping anything.
pub async fn judge(app: &App, caller: &Caller, measured: Document) -> Result<Judgement, AppError> {
    caller.actor.signed_in()?;
    let named = measured.measurement.standards();
    let register = store::standards::list_named(&app.db, &caller.actor, &named).await?;
    let today = shanghai_date(app.now());
    Ok(judging::judgement(
        measured,
        today,
        &app.law.rules,
        &register,
    )?)
}
