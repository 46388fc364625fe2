//! A computed grade as anybody may have it: a row of the open data, from which the grade of any day is
//! computed again. It says which merchant by the address of its page and in which county, and nothing of persons.

use chrono::NaiveDate;
use serde::Serialize;

use super::capped::Facts;
use super::grade::Grade;
use crate::places::division::DivisionCode;

/// One computation. It holds from its day on until the next one of the same merchant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OpenGrade {
    /// The page of the merchant, without the name of the server.
    pub page: String,
    /// The county.
    pub division: DivisionCode,
    /// The day for which it was computed.
    pub as_of: NaiveDate,
    /// The version of the formula.
    pub formula: String,
    /// The grade; none where not everybody may see it.
    pub grade: Option<Grade>,
    /// Points of 100 with one decimal; none without a grade, and while not assessed.
    pub points: Option<String>,
    /// What it was computed from; none of a grade from before this was kept.
    pub facts: Option<Facts>,
}
