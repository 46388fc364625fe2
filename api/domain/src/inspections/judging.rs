//! The verdict on a measurement, as it may be kept: not of the future, and made with standards that a
//! bureau keeps.

use super::standard::ReferenceStandard;
use crate::{
    metrology::{
        judgement::Judgement, measurement::Measurement, refusal::JudgeError, rules::RuleSet,
        standard::Standard,
    },
    refusal::{Code, Refusal},
};
use chrono::NaiveDate;

/// Judges a measurement; `register` holds the standards of the numbers that it names.
pub fn judgement(
    measurement: Measurement,
    today: NaiveDate,
    rules: &RuleSet,
    register: &[ReferenceStandard],
) -> Result<Judgement, Refusal> {
    if measurement.day() > today {
        return Err(Refusal::on(Code::TimeInFuture, "measurement"));
    }
    let judged = Judgement::of(rules, measurement).map_err(|error| refusal(&error))?;
    for standard in judged.measurement.standards() {
        check_registered(standard, register)?;
    }
    Ok(judged)
}

/// Every standard has to be on the register of the bureau with the certificate that the phone names:
/// a verdict by a standard that nobody keeps would not stand.
fn check_registered(named: &Standard, register: &[ReferenceStandard]) -> Result<(), Refusal> {
    let mut numbered = register
        .iter()
        .filter(|known| known.serial == named.serial.as_str())
        .peekable();
    if numbered.peek().is_none() {
        return Err(Refusal::on(Code::StandardUnknown, "measurement"));
    }
    let is_the_named = numbered.any(|known| {
        known.certificate_no == named.certificate.as_str() && known.valid_until == named.valid_until
    });
    if is_the_named {
        Ok(())
    } else {
        Err(Refusal::on(Code::StandardDiffers, "measurement"))
    }
}

fn refusal(error: &JudgeError) -> Refusal {
    let code = match error {
        JudgeError::NoEdition(_) => Code::NoRuleEdition,
        _ => Code::MeasurementInput,
    };
    Refusal::on(code, "measurement").within(error.code(), error.field())
}
