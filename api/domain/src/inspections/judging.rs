//! The verdict on a measurement, as it may be kept: not of the future, and made with standards that a
//! bureau keeps or whose keeper is named. What is kept with a visit says besides what the check was made
//! with and which instrument was tested.

use super::{
    occurred::{Occurred, TimeMark},
    standard::ReferenceStandard,
};
use crate::{
    merchants::instrument::Instrument,
    metrology::{
        document::Document,
        judgement::Judgement,
        measurement::Measurement,
        refusal::JudgeError,
        rules::{Part, RuleSet},
        standard::Standard,
    },
    refusal::{Code, Refusal},
};
use chrono::NaiveDate;

/// Judges a measurement; `register` holds the standards of the numbers that it names.
pub fn judgement(
    measured: Document,
    today: NaiveDate,
    rules: &RuleSet,
    register: &[ReferenceStandard],
) -> Result<Judgement, Refusal> {
    if measured.measurement.day() > today {
        return Err(Refusal::on(Code::TimeInFuture, "measurement"));
    }
    let judged = Judgement::of(rules, measured).map_err(|error| refusal(&error))?;
    for standard in judged.measurement.standards() {
        check_registered(standard, register)?;
    }
    Ok(judged)
}

/// A measurement on its day: what has the day of its phone's clock has the one on which it was, where that clock is wrong or of
/// another zone. Says too where the verdict is another one by an end of the time in which it was, and where the measurement
/// tells a day on which nobody was there: the day picks the rule, and is no one's to choose.
pub(super) fn dated(
    mut document: Document,
    occurred: &Occurred,
    rules: &RuleSet,
) -> (Document, Option<TimeMark>) {
    let measured = &document.measurement;
    // Its day is the one that the package tells, whenever somebody looked.
    if matches!(measured, Measurement::NetContentLabel(_)) {
        return (document, None);
    }
    let told = measured.day();
    let day = match occurred.shows(told) {
        true => occurred.day(),
        false => told,
    };
    let outcome = |day| {
        let judged = Judgement::of(rules, measured.clone().made_on(day));
        judged.ok().map(|judged| judged.verdict.outcome)
    };
    let [first, last] = occurred.days();
    let is_other = |end| end != day && outcome(end) != outcome(day);
    let mark = match day < first {
        true => Some(TimeMark::DayDoubted),
        false => (is_other(first) || is_other(last)).then_some(TimeMark::DayDecides),
    };
    document.measurement = document.measurement.made_on(day);
    (document, mark)
}

/// A verdict of a visit becomes evidence: what was tested stands on the merchant's ledger as what it is,
/// and what the check was made with has a name (Order 66, article 6; JJF 1070).
pub(super) fn check_named(
    judged: &Judgement,
    instrument: Option<&Instrument>,
) -> Result<(), Refusal> {
    match (judged.measurement.tested(), instrument) {
        (Some(_), None) => {
            return Err(Refusal::on(Code::FieldRequired, "instrumentId"));
        }
        (Some(tested), Some(known)) if !tested.may_be(known.kind) => {
            return Err(Refusal::on(Code::InstrumentOtherKind, "instrumentId"));
        }
        _ => {}
    }
    if judged.verdict.lacks(Part::CheckInstrument) {
        return Err(Refusal::on(Code::CheckInstrumentRequired, "measurement"));
    }
    Ok(())
}

/// Every standard has to be on the register of the bureau with the certificate that the phone names,
/// or say who else keeps it: a verdict by a standard that nobody keeps would not stand. A number that
/// is on the register is the bureau's, whoever is said to keep it.
fn check_registered(named: &Standard, register: &[ReferenceStandard]) -> Result<(), Refusal> {
    let mut numbered = register
        .iter()
        .filter(|known| known.serial == named.serial.as_str())
        .peekable();
    if numbered.peek().is_none() {
        if named.keeper.is_some() {
            return Ok(());
        }
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
