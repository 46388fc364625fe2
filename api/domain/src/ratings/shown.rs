//! Which grades everybody may see, by the day and by where the merchant does business: `law/grades-shown.toml`. It
//! refuses to know what a grade rests on; the facts are public whether the letter is or not.

use chrono::NaiveDate;
use serde::Deserialize;

use super::grade::Grade;
use super::indicator::Venue;
use crate::law::edition::{self, Dated, LawError};
use crate::law::file::LawFile;
use crate::law::provenance::Provenance;
use crate::merchants::merchant::Merchant;
use crate::places::division::DivisionCode;

const FILE: &str = "grades-shown.toml";

words! {
    /// Where a merchant does business.
    pub enum Place {
        /// In a market, or as its organiser.
        Market,
        /// Anywhere else.
        Elsewhere,
    }
}

impl Place {
    /// Where that merchant does.
    #[must_use]
    pub const fn of(merchant: &Merchant) -> Self {
        match (merchant.venue, merchant.market) {
            (Venue::MarketOrganiser | Venue::Stall, _) | (_, Some(_)) => Self::Market,
            _ => Self::Elsewhere,
        }
    }
}

/// One edition of one rule.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ShownRow {
    /// Stable id; successive editions share it.
    pub id: String,
    /// Where it holds.
    pub place: Place,
    /// In which division alone; in the whole country without it.
    pub division: Option<DivisionCode>,
    /// The grades that everybody may see.
    pub grades: Vec<Grade>,
    /// The instrument, by its Chinese title.
    pub instrument: String,
    /// Its edition.
    pub edition: String,
    /// The article.
    pub article: String,
    /// The first day on which it applies.
    pub valid_from: NaiveDate,
    /// The last day; open while in force.
    pub valid_to: Option<NaiveDate>,
    /// How well it is known.
    pub provenance: Provenance,
}

impl Dated for ShownRow {
    fn id(&self) -> &str {
        &self.id
    }

    fn valid_from(&self) -> NaiveDate {
        self.valid_from
    }

    fn valid_to(&self) -> Option<NaiveDate> {
        self.valid_to
    }
}

/// All editions of all of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShownGrades(Vec<ShownRow>);

impl ShownGrades {
    /// The rows this build carries.
    pub fn embedded() -> Result<Self, LawError> {
        Self::parse(include_str!("../../law/grades-shown.toml"))
    }

    /// Reads a file of the same shape as the embedded one.
    pub fn parse(text: &str) -> Result<Self, LawError> {
        let mut file = LawFile::parse(FILE, text)?;
        let rows: Vec<ShownRow> = file.take_rows("shown")?;
        file.finish()?;
        edition::check_editions(FILE, &rows)?;
        Ok(Self(rows))
    }

    /// Whether everybody may see that grade of a merchant on a day.
    #[must_use]
    pub fn is_public(&self, grade: Grade, merchant: &Merchant, on: NaiveDate) -> bool {
        let place = Place::of(merchant);
        let covers = |row: &ShownRow| {
            row.division
                .is_none_or(|division| division.contains(&merchant.division))
        };
        self.0.iter().any(|row| {
            row.place == place && row.applies_on(on) && covers(row) && row.grades.contains(&grade)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{id::MerchantId, merchants::code::MerchantCode};
    use strum::IntoEnumIterator as _;
    use uuid::Uuid;

    fn at(venue: Venue, market: Option<MerchantId>) -> Merchant {
        Merchant {
            id: MerchantId::new(Uuid::nil()),
            code: MerchantCode::parse("0123456789").unwrap(),
            venue,
            name_zh: String::new(),
            name_en: String::new(),
            credit_code: None,
            division: "430103".parse().unwrap(),
            address: String::new(),
            position: None,
            market,
            stall_no: None,
            opened_on: day("2020-01-01"),
            commitment_signed_on: None,
            commitment_valid_to: None,
            ended: None,
            version: 1,
        }
    }

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn shown(rows: &ShownGrades, merchant: &Merchant) -> Vec<String> {
        let on = day("2026-11-28");
        let public = Grade::iter().filter(|grade| rows.is_public(*grade, merchant, on));
        public.map(|grade| grade.to_string()).collect()
    }

    #[test]
    fn outside_markets_only_positive_grades_are_public() {
        let rows = ShownGrades::embedded().unwrap();
        let all = ["AAA", "AA", "A", "B", "C", "D", "N"];
        let market = Some(MerchantId::new(Uuid::nil()));
        for merchant in [
            at(Venue::Stall, None),
            at(Venue::MarketOrganiser, None),
            at(Venue::Shop, market),
        ] {
            assert_eq!(shown(&rows, &merchant), all);
        }
        let shop = shown(&rows, &at(Venue::Shop, None));
        assert_eq!(shop, ["AAA", "AA", "A", "N"]);
    }

    #[test]
    fn a_row_of_a_place_allows_more_there_and_nowhere_else() {
        let local = "[[shown]]\nid = \"GS-CHANGSHA\"\nplace = \"elsewhere\"\ndivision = \"430100\"\n\
            grades = [\"B\", \"C\"]\ninstrument = \"样例\"\nedition = \"样例\"\narticle = \"样例\"\n\
            valid_from = \"2026-11-01\"\nprovenance = \"unverified\"\n";
        let text = format!("{}\n{local}", include_str!("../../law/grades-shown.toml"));
        let rows = ShownGrades::parse(&text).unwrap();
        let shop = at(Venue::Shop, None);
        assert_eq!(shown(&rows, &shop), ["AAA", "AA", "A", "B", "C", "N"]);
        let elsewhere = Merchant {
            division: "430203".parse().unwrap(),
            ..shop.clone()
        };
        assert_eq!(shown(&rows, &elsewhere), ["AAA", "AA", "A", "N"]);
        assert!(!rows.is_public(Grade::B, &shop, day("2026-10-31")));
    }
}
