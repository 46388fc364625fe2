//! Rules of a penalty case that are neither a period nor a sum: what the heads decide together, and what being late
//! with a fine costs.
//!
//! The rows are `law/case-rules.toml`. Papers repeat the late fee in words, which a test holds against the rows.

use chrono::NaiveDate;
use serde::Deserialize;

use super::edition::{self, Dated, LawError};
use super::file::LawFile;
use super::provenance::Provenance;

const FILE: &str = "case-rules.toml";
/// What being late with a fine costs: Order 2, article 75.
const LATE: &str = "P-LATE";
/// What the heads decide together: Order 2, articles 50 and 60.
const COLLECTIVE: &str = "P-COLLECTIVE";

words! {
    /// Why the heads decide a penalty together.
    pub enum Gravity {
        /// Its final report says that it is of major public interest, or entangled.
        Weighty,
        /// A hearing was held on it.
        Heard,
    }
}

/// One edition of the rule on what the heads decide together.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CollectiveRule {
    /// Stable id; successive editions share it.
    pub id: String,
    /// Which cases, by what makes them so.
    pub cases: Vec<Gravity>,
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

impl Dated for CollectiveRule {
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

/// What being late with a fine costs, in percent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LateFee {
    /// Of what is unpaid of the fine, for each day after the last one for paying.
    pub percent_a_day: i64,
    /// Of the fine, and not more altogether.
    pub most_percent: i64,
}

/// One edition of the rule on that.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LateFeeRule {
    /// Stable id; successive editions share it.
    pub id: String,
    /// As in [`LateFee::percent_a_day`].
    pub percent_a_day: i64,
    /// As in [`LateFee::most_percent`].
    pub most_percent: i64,
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

impl Dated for LateFeeRule {
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

impl LateFeeRule {
    fn check(&self) -> Result<(), LawError> {
        if (1..=100).contains(&self.percent_a_day) && (1..=1000).contains(&self.most_percent) {
            return Ok(());
        }
        Err(LawError::Invalid {
            file: FILE,
            row: self.id.clone(),
            reason: "percent_a_day or most_percent is no share".to_owned(),
        })
    }
}

/// All editions of these rules.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseRules {
    collective: Vec<CollectiveRule>,
    late_fees: Vec<LateFeeRule>,
}

impl CaseRules {
    /// The rules this build carries.
    pub fn embedded() -> Result<Self, LawError> {
        Self::parse(include_str!("../../law/case-rules.toml"))
    }

    /// Reads a file of the same shape as the embedded one.
    pub fn parse(text: &str) -> Result<Self, LawError> {
        let mut file = LawFile::parse(FILE, text)?;
        let collective: Vec<CollectiveRule> = file.take_rows("collective")?;
        let late_fees: Vec<LateFeeRule> = file.take_rows("late_fee")?;
        file.finish()?;
        late_fees.iter().try_for_each(LateFeeRule::check)?;
        edition::check_editions(FILE, &late_fees)?;
        edition::check_editions(FILE, &collective)?;
        Ok(Self {
            collective,
            late_fees,
        })
    }

    /// Which penalty cases the heads decide together on that day. A day without a row is an error: that nobody has to
    /// be asked would be a guess.
    pub fn collective_on(&self, day: NaiveDate) -> Result<&[Gravity], LawError> {
        let row = edition::get_on(&self.collective, COLLECTIVE, day)?;
        Ok(&row.cases)
    }

    /// What being late with a fine of that day costs; nothing where no row says it, for nobody owes what no law says.
    #[must_use]
    pub fn late_fee_on(&self, decided_on: NaiveDate) -> Option<LateFee> {
        let row = edition::get_on(&self.late_fees, LATE, decided_on).ok()?;
        Some(LateFee {
            percent_a_day: row.percent_a_day,
            most_percent: row.most_percent,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::notices::{form::Forms, paper::Paper};

    /// A share as papers say it, in Chinese and in English.
    type Words = (i64, &'static str, &'static str);

    const DAILY: [Words; 1] = [(
        3,
        "每日按罚款数额的百分之三加处罚款",
        "three percent of it more a day",
    )];
    const AT_MOST: [Words; 1] = [(
        100,
        "加处罚款的数额不超过罚款的数额",
        "at most as much as the fine",
    )];

    fn said(words: &[Words], percent: i64) -> (&'static str, &'static str) {
        let found = words.iter().find(|(of, ..)| *of == percent);
        let (_, zh, en) = found.expect("no words for that share");
        (zh, en)
    }

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn the_day_of_the_decision_picks_what_being_late_costs() {
        let text = include_str!("../../law/case-rules.toml");
        let until = "valid_from = \"2022-11-01\"\nvalid_to = \"2026-11-30\"";
        let old = text.replace("valid_from = \"2022-11-01\"", until);
        let (_, row) = text.split_once("[[late_fee]]").unwrap();
        let new = row
            .replace("2022-11-01", "2026-12-01")
            .replace("percent_a_day = 3", "percent_a_day = 2");
        let both = CaseRules::parse(&format!("{old}\n[[late_fee]]{new}")).unwrap();
        let daily = |on| both.late_fee_on(day(on)).map(|fee| fee.percent_a_day);
        assert_eq!(daily("2026-11-30"), Some(3));
        assert_eq!(daily("2026-12-01"), Some(2));
        assert_eq!(daily("2022-10-31"), None);
    }

    #[test]
    fn the_heads_decide_together_what_is_weighty_and_what_was_heard() {
        let rules = CaseRules::embedded().unwrap();
        let found = rules.collective_on(day("2026-11-30")).unwrap();
        assert_eq!(found, [Gravity::Weighty, Gravity::Heard]);
        assert!(rules.collective_on(day("2022-10-31")).is_err());
    }

    #[test]
    fn what_is_no_share_of_a_fine_is_refused() {
        let text = include_str!("../../law/case-rules.toml");
        for (right, wrong) in [
            ("percent_a_day = 3", "percent_a_day = 0"),
            ("percent_a_day = 3", "percent_a_day = 101"),
            ("most_percent = 100", "most_percent = -1"),
        ] {
            assert!(text.contains(right));
            let wrong = text.replace(right, wrong);
            assert!(CaseRules::parse(&wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn each_decision_says_the_late_fee_of_its_days() {
        let (rules, forms) = (CaseRules::embedded().unwrap(), Forms::embedded().unwrap());
        let decisions = [Paper::PenaltyDecision, Paper::OnTheSpotDecision];
        let begins: Vec<_> = rules.late_fees.iter().map(|rule| rule.valid_from).collect();
        for form in forms.iter().filter(|form| decisions.contains(&form.paper)) {
            let within = begins.iter().filter(|day| form.applies_on(**day));
            for day in within.chain([&form.valid_from]) {
                let fee = rules.late_fee_on(*day).unwrap();
                for (zh, en) in [
                    said(&DAILY, fee.percent_a_day),
                    said(&AT_MOST, fee.most_percent),
                ] {
                    let paper = form.paper;
                    assert!(form.text_zh.iter().any(|it| it.contains(zh)), "{paper}");
                    assert!(form.text_en.iter().any(|it| it.contains(en)), "{paper}");
                }
            }
        }
    }
}
