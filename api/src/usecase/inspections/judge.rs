//! Judging a measurement by the rules in force, to keep the verdict or only to know it.

use crate::{app::App, error::AppError, store, work::Source};
use chrono::NaiveDate;
use liangxin_domain::{
    actor::Actor,
    law::calendar::shanghai_date,
    metrology::{
        judgement::Judgement, measurement::Measurement, refusal::JudgeError, rules::RuleSet,
        standard::Standard,
    },
    refusal::{Code, Refusal},
};
use std::collections::BTreeSet;

/// Judges a measurement without keeping anything.
pub async fn judge(
    app: &App,
    actor: &Actor,
    measurement: Measurement,
) -> Result<Judgement, AppError> {
    actor.signed_in()?;
    let today = shanghai_date(app.now());
    judge_on(&app.law.rules, &app.db, actor, (measurement, today)).await
}

/// Judges a measurement that is not of the future and was made with standards on the register.
pub(super) async fn judge_on(
    rules: &RuleSet,
    source: &impl Source,
    actor: &Actor,
    (measurement, today): (Measurement, NaiveDate),
) -> Result<Judgement, AppError> {
    if measurement.day() > today {
        return Err(Refusal::on(Code::TimeInFuture, "measurement").into());
    }
    // Judged first: what the rules refuse is bounded by them, and asks nothing of the database.
    let judged = Judgement::of(rules, measurement).map_err(|error| refusal(&error))?;
    require_registered(source, actor, &judged.measurement.standards()).await?;
    Ok(judged)
}

/// Every standard has to be on the register of the bureau with the certificate that the phone names:
/// a verdict by a standard that nobody keeps would not stand.
async fn require_registered(
    source: &impl Source,
    actor: &Actor,
    named: &[&Standard],
) -> Result<(), AppError> {
    let serials: BTreeSet<&str> = named.iter().map(|one| one.serial.as_str()).collect();
    let known = store::standards::list_numbered(source, actor, &serials).await?;
    for one in named {
        let mut numbered = known
            .iter()
            .filter(|known| known.serial == one.serial.as_str())
            .peekable();
        if numbered.peek().is_none() {
            return Err(Refusal::on(Code::StandardUnknown, "measurement").into());
        }
        let is_the_named = numbered.any(|known| {
            known.certificate_no == one.certificate.as_str() && known.valid_until == one.valid_until
        });
        if !is_the_named {
            return Err(Refusal::on(Code::StandardDiffers, "measurement").into());
        }
    }
    Ok(())
}

fn refusal(error: &JudgeError) -> Refusal {
    let code = match error {
        JudgeError::NoEdition(_) => Code::NoRuleEdition,
        _ => Code::MeasurementInput,
    };
    let detail = match error.field() {
        Some(field) => format!("{} ({field})", error.code()),
        None => error.code().to_owned(),
    };
    Refusal::on(code, "measurement").with(detail)
}
