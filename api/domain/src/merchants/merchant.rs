//! Operators under supervision.

use crate::{
    id::MerchantId, merchants::code::MerchantCode, place::Position, places::division::DivisionCode,
    ratings::indicator::Venue, text::Line,
};
use chrono::NaiveDate;

/// An operator: a stall, a shop, a filling station, the organiser of a market.
#[derive(Debug, Clone, PartialEq)]
pub struct Merchant {
    /// Its id.
    pub id: MerchantId,
    /// The code on its wall.
    pub code: MerchantCode,
    /// What kind of venue it is; decides which indicators count.
    pub venue: Venue,
    /// Name in Chinese.
    pub name_zh: String,
    /// Name in English.
    pub name_en: String,
    /// Unified social credit code (统一社会信用代码), if it has one.
    pub credit_code: Option<String>,
    /// The division where it does business.
    pub division: DivisionCode,
    /// Street address.
    pub address: String,
    /// Where it is.
    pub position: Option<Position>,
    /// The market whose organiser let it in.
    pub market: Option<MerchantId>,
    /// Its number inside the market.
    pub stall_no: Option<String>,
    /// When it opened.
    pub opened_on: NaiveDate,
    /// When it signed the integrity commitment (诚信计量自我承诺).
    pub commitment_signed_on: Option<NaiveDate>,
    /// Until when the commitment holds.
    pub commitment_valid_to: Option<NaiveDate>,
    /// How it ended, if it does no business any more.
    pub ended: Option<Ended>,
    /// Counts the changes.
    pub version: i32,
}

/// How a merchant ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ended {
    /// Since when it does no business.
    pub on: NaiveDate,
    /// Why, as far as it is known.
    pub reason: Option<Line>,
    /// Who does business in its place.
    pub successor: Option<MerchantId>,
}

impl Merchant {
    /// Whether a signed commitment holds on a day.
    #[must_use]
    pub fn is_committed(&self, on: NaiveDate) -> bool {
        self.commitment_signed_on.is_some_and(|signed| signed <= on)
            && self.commitment_valid_to.is_none_or(|until| on <= until)
    }
}
