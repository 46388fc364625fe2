//! Formula 2027-1.

mod caps;
mod examples;
mod properties;
mod rows;

use std::sync::LazyLock;

use chrono::{Days, Months, NaiveDate};
use uuid::Uuid;

use super::*;
use crate::id::{CaseId, FindingId, InstrumentId, MerchantId};
use crate::merchants::{code::MerchantCode, merchant::Merchant};
use crate::metrology::verdict::Words;
use crate::money::Fen;
use crate::ratings::indicator::Venue;

/// Read once: the properties assess many times.
fn formula() -> &'static CappedFormula {
    static FORMULA: LazyLock<CappedFormula> = LazyLock::new(|| CappedFormula::embedded().unwrap());
    &FORMULA
}

const TODAY: NaiveDate = NaiveDate::from_ymd_opt(2026, 11, 28).unwrap();

fn months_ago(months: u32) -> NaiveDate {
    TODAY.checked_sub_months(Months::new(months)).unwrap()
}

fn days_ago(days: u64) -> NaiveDate {
    TODAY.checked_sub_days(Days::new(days)).unwrap()
}

/// Everything that a record borrows.
#[derive(Debug, Clone)]
struct Stand {
    merchant: Merchant,
    instruments: Vec<InUse>,
    tests: Vec<Test>,
    penalties: Vec<PenaltyFact>,
}

impl Stand {
    /// A merchant known for years, with a commitment and one verified instrument, on which somebody looked at the
    /// seal, the display and, where one is asked for, the record of self-checks, without a fault.
    fn clean(venue: Venue) -> Self {
        let merchant = Merchant {
            id: MerchantId::new(Uuid::nil()),
            code: MerchantCode::parse("0123456789").unwrap(),
            venue,
            name_zh: String::new(),
            name_en: String::new(),
            credit_code: None,
            division: "430103".parse().unwrap(),
            address: String::new(),
            position: None,
            market: None,
            stall_no: None,
            opened_on: months_ago(120),
            commitment_signed_on: Some(months_ago(30)),
            commitment_valid_to: None,
            ended: None,
            version: 1,
        };
        let stand = Self {
            merchant,
            instruments: Vec::new(),
            tests: Vec::new(),
            penalties: Vec::new(),
        };
        stand.instruments(1, months_ago(0).checked_add_months(Months::new(6)).unwrap())
    }

    /// A stall.
    fn stall() -> Self {
        Self::clean(Venue::Stall)
    }

    /// So many more instruments that are verified until a day.
    fn instruments(mut self, count: u32, last: NaiveDate) -> Self {
        for _ in 0..count {
            self.instruments.push(InUse {
                id: InstrumentId::new(Uuid::nil()),
                name: Words::new("电子计价秤", "Price-computing scale"),
                is_on_file: true,
                validity: Validity::Until(last),
            });
        }
        self
    }

    fn test(mut self, indicator: &str, passed: bool, found_on: NaiveDate) -> Self {
        self.tests.push(Test {
            id: FindingId::new(Uuid::nil()),
            indicator: indicator.parse().unwrap(),
            passed,
            times: None,
            found_on,
        });
        self
    }

    /// So many passed tests of the quantity, one a day up to a day.
    fn passes(self, count: u64, last: NaiveDate) -> Self {
        (0..count).fold(self, |stand, back| {
            stand.test("B1", true, last.checked_sub_days(Days::new(back)).unwrap())
        })
    }

    /// A look at the seal and at the display, without a fault.
    fn looked_at(self, on: NaiveDate) -> Self {
        self.test("B3", true, on).test("B5", true, on)
    }

    /// A test of the quantity that was short by so many times the tolerance.
    fn short(self, times: u32, on: NaiveDate) -> Self {
        let mut stand = self.test("B1", false, on);
        stand.tests.last_mut().unwrap().times = Some(times);
        stand
    }

    /// A penalty that was served on a day and put right at once.
    fn fined(mut self, violation: &str, yuan: i64, on: NaiveDate) -> Self {
        let number = u128::try_from(self.penalties.len()).unwrap();
        self.penalties.push(PenaltyFact {
            case: CaseId::new(Uuid::from_u128(number)),
            served_on: on,
            charges: vec![Charged {
                violation: violation.parse().unwrap(),
                is_grave: false,
            }],
            is_warning_alone: false,
            fine: Fen::from_yuan(yuan).unwrap(),
            correct_by: on.checked_add_days(Days::new(15)).unwrap(),
            corrected_on: Some(on),
            repaired_on: None,
            found: Words::new("少秤140克（应为2.8公斤）", "140 g short of 2.8 kg"),
            shown_until: on.checked_add_months(Months::new(12)),
        });
        self
    }

    fn assess(&self, on: NaiveDate) -> Assessment {
        let record = Record {
            merchant: &self.merchant,
            instruments: &self.instruments,
            tests: &self.tests,
            penalties: &self.penalties,
        };
        assess(formula(), &record, on).unwrap()
    }

    fn today(&self) -> Assessment {
        self.assess(TODAY)
    }
}

/// The grade and the tenths of points.
fn of(assessment: &Assessment) -> (String, Option<i64>) {
    let score = &assessment.score;
    (score.grade.to_string(), score.points_tenths)
}

/// What bounds the grade, in English.
fn bounds(assessment: &Assessment) -> Vec<String> {
    let reasons = assessment.score.reasons.iter();
    reasons
        .filter(|reason| reason.indicator.is_none())
        .map(|reason| reason.en.clone())
        .collect()
}
