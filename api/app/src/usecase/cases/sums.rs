//! The sums and rules of the law that decide how a case goes, and how its decision is shown.

use crate::{
    app::{App, Law},
    error::AppError,
};
use chrono::NaiveDate;
use liangxin_domain::{
    cases::{case::Case, charge::Charge, display::Display},
    law::{
        calendar::shanghai_date,
        case_rule::Gravity,
        threshold::{Amount, Person, ThresholdKind},
    },
    metrology::verdict::Words,
    money::Fen,
    places::division::DivisionCode,
};

/// Nobody keeps yet whether a party is a person or an organisation, so the lower sum counts: rather a
/// hearing too many, and rather an ordinary case than one on the spot.
pub(super) fn lower(
    app: &App,
    today: NaiveDate,
    (division, kind): (DivisionCode, ThresholdKind),
) -> Option<Fen> {
    [Person::Natural, Person::Organisation]
        .into_iter()
        .filter_map(|person| threshold(app, today, division, (kind, person)))
        .map(|(_, sum)| sum)
        .min()
}

pub(super) fn provincial_from(
    app: &App,
    today: NaiveDate,
    division: DivisionCode,
) -> Option<(String, Fen)> {
    let asked = (ThresholdKind::ProvincialDecision, Person::Any);
    threshold(app, today, division, asked)
}

/// Which penalties the heads decide together on a day.
pub(super) fn collective(app: &App, day: NaiveDate) -> Result<Vec<Gravity>, AppError> {
    let found = app.law.case_rules.collective_on(day);
    let found = found.map_err(|e| AppError::internal("find a rule", e))?;
    Ok(found.to_vec())
}

fn threshold(
    app: &App,
    today: NaiveDate,
    division: DivisionCode,
    asked: (ThresholdKind, Person),
) -> Option<(String, Fen)> {
    let found = app.law.thresholds.get_on(asked, Some(division), today);
    let found = found.ok()?;
    match found.amount {
        Amount::Known(sum) => Some((found.instrument.clone(), sum)),
        Amount::Unknown { .. } => None,
    }
}

/// How the decision of a case is shown; nothing without one that stands, or where the law of its day has no
/// rows: what nobody can say is not shown.
#[must_use]
pub fn display(app: &App, case: &Case) -> Option<Display> {
    let decision = case.file.decision.as_ref()?;
    let decided_on = shanghai_date(decision.made.at);
    let asked = (case.division, ThresholdKind::LightPenalty);
    let light_up_to = lower(app, decided_on, asked);
    let shown = case.display(&app.law.deadlines, light_up_to);
    shown.unwrap_or_default()
}

/// The conduct of a charge as the law stood on its day. A row may be gone since.
#[must_use]
pub fn conduct(law: &Law, case: &Case, charge: &Charge) -> Words {
    let conduct_on = case.basis.told.conduct_on;
    let row = law.violations.get_on(&charge.violation, conduct_on).ok();
    let row = row.or_else(|| {
        law.violations
            .iter()
            .find(|row| row.code == charge.violation)
    });
    match row {
        Some(row) => Words::new(row.conduct_zh.clone(), row.conduct_en.clone()),
        None => Words::new(charge.violation.to_string(), charge.violation.to_string()),
    }
}
