//! Numbers on paper: by kind, division and year, one after the other, without a gap and without a double.

use crate::{
    error::AppError,
    work::{Source as _, Work},
};
use chrono::Datelike as _;
use liangxin_domain::places::division::DivisionCode;
use liangxin_entity::{complaint, paper_number, report};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait as _, EntityTrait as _, ExprTrait as _, PaginatorTrait as _, QueryFilter as _,
    sea_query::{Expr, OnConflict},
};

/// What is numbered. The word begins the number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Series {
    /// Reports (举报).
    Report,
    /// Complaints (投诉).
    Complaint,
    /// Cases (案件).
    Case,
    /// Papers of cases and visits (文书).
    Paper,
    /// Papers of complaints (投诉文书). Apart from those of reports: what is filed in one letter would have numbers that follow
    /// one another.
    ComplaintPaper,
    /// Papers of reports (举报文书).
    ReportPaper,
    /// Files that finance pays by (付款).
    Payment,
}

impl Series {
    /// The word that begins its numbers.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Report => "JB",
            Self::Complaint => "TS",
            Self::Case => "AJ",
            Self::Paper => "WS",
            Self::ComplaintPaper => "TSWS",
            Self::ReportPaper => "JBWS",
            Self::Payment => "FK",
        }
    }
}

/// The next place in a series of a division and year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// Of what.
    pub series: Series,
    /// Of which division.
    pub division: DivisionCode,
    /// Of which year in China.
    pub year: i32,
    /// Which place it is; the first is 1.
    pub last: i64,
}

impl Place {
    /// The number on paper that shows `shown`.
    #[must_use]
    pub fn number(&self, shown: i64) -> String {
        let (word, division, year) = (self.series.word(), self.division, self.year);
        format!("{word}-{division}-{year}-{shown:06}")
    }
}

/// The next number of a series, such as `AJ-430103-2026-000123`: word, division, year in China, and the number in it.
pub async fn next(work: &Work, series: Series, division: DivisionCode) -> Result<String, AppError> {
    let place = take(work, series, division).await?;
    Ok(place.number(place.last))
}

/// Takes the next place. Whoever takes one holds the series of that division until the work ends; what is rolled back leaves no gap.
pub async fn take(work: &Work, series: Series, division: DivisionCode) -> Result<Place, AppError> {
    let (word, year) = (series.word(), work.today().year());
    let first = paper_number::ActiveModel {
        series: Set(word.to_owned()),
        division: Set(division.to_string()),
        year: Set(year),
        last: Set(1),
    };
    let last = (paper_number::Entity, paper_number::Column::Last);
    let taken = paper_number::Entity::insert(first)
        .on_conflict(
            OnConflict::columns([
                paper_number::Column::Series,
                paper_number::Column::Division,
                paper_number::Column::Year,
            ])
            .value(paper_number::Column::Last, Expr::col(last).add(1))
            .to_owned(),
        )
        .exec_with_returning(work.connection())
        .await?;
    Ok(Place {
        series,
        division,
        year,
        last: taken.last,
    })
}

/// Whether a report or a complaint has that number.
pub async fn is_given(work: &Work, number: &str) -> Result<bool, AppError> {
    let report = report::Entity::find().filter(report::Column::Number.eq(number));
    let complaint = complaint::Entity::find().filter(complaint::Column::Number.eq(number));
    let given = report.count(work.connection()).await? + complaint.count(work.connection()).await?;
    Ok(given > 0)
}
