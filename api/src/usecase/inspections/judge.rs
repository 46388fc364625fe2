//! Judging a measurement by the rules in force, to keep the verdict or only to know it.

use crate::{app::App, error::AppError, store, work::Source};
use chrono::NaiveDate;
use liangxin_domain::{
    actor::Actor,
    law::calendar::shanghai_date,
    metrology::{
        measurement::Measurement, refusal::JudgeError, rules::RuleSet, standard::Standard,
        verdict::Verdict,
    },
    refusal::{Code, Refusal},
};

/// Judges a measurement without keeping anything.
pub async fn judge(
    app: &App,
    actor: &Actor,
    measurement: &Measurement,
) -> Result<Verdict, AppError> {
    actor.signed_in()?;
    let today = shanghai_date(app.now());
    verdict_on(&app.law.rules, &app.db, actor, (measurement, today)).await
}

/// The verdict on a measurement that is not of the future and was made with standards on the register.
pub(super) async fn verdict_on(
    rules: &RuleSet,
    source: &impl Source,
    actor: &Actor,
    (measurement, today): (&Measurement, NaiveDate),
) -> Result<Verdict, AppError> {
    if measurement.day() > today {
        return Err(Refusal::on(Code::TimeInFuture, "measurement").into());
    }
    for standard in measurement.standards() {
        registered(source, actor, standard).await?;
    }
    let verdict = measurement.judge(rules);
    Ok(verdict.map_err(|error| refusal(&error))?)
}

/// A standard has to be on the register of the bureau with the certificate that the phone names: a
/// verdict by a standard that nobody keeps would not stand.
async fn registered(source: &impl Source, actor: &Actor, named: &Standard) -> Result<(), AppError> {
    let numbered = store::standards::list_numbered(source, actor, named.serial.as_str()).await?;
    if numbered.is_empty() {
        return Err(Refusal::on(Code::StandardUnknown, "measurement").into());
    }
    let is_the_named = numbered.iter().any(|known| {
        known.certificate_no == named.certificate.as_str() && known.valid_until == named.valid_until
    });
    if is_the_named {
        Ok(())
    } else {
        Err(Refusal::on(Code::StandardDiffers, "measurement").into())
    }
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
