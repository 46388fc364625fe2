//! Rules of visits to merchants: how often in a year inspectors are sent to one, and what is exempt from that.
//!
//! The rows are `law/visit-rules.toml`.

use chrono::{DateTime, Datelike as _, NaiveDate, Utc};
use serde::Deserialize;

use super::calendar::{shanghai_date, shanghai_start_of};
use super::edition::{self, Dated, LawError};
use super::file::LawFile;
use super::provenance::Provenance;
use crate::inspections::origin::OriginKind;
use crate::refusal::{Code, Refusal};

const FILE: &str = "visit-rules.toml";
/// How often in a year inspectors are sent to one merchant.
const FREQUENCY: &str = "V-FREQUENCY";

/// One edition of the rule on how often inspectors are sent to one merchant.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FrequencyRule {
    /// Stable id; successive editions share it.
    pub id: String,
    /// As many visits in a calendar year.
    pub most: u32,
    /// Why inspectors are sent where the visit is neither counted nor kept back.
    pub exempt: Vec<OriginKind>,
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

impl Dated for FrequencyRule {
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

impl FrequencyRule {
    /// Whether a visit is neither counted nor kept back, because something leads there.
    #[must_use]
    pub fn exempts(&self, origin: OriginKind) -> bool {
        self.exempt.contains(&origin)
    }

    /// Refuses one visit more than a year has; `sent` are those of the year that count.
    pub fn check(&self, origin: OriginKind, sent: u64) -> Result<(), Refusal> {
        if self.exempts(origin) || sent < u64::from(self.most) {
            return Ok(());
        }
        Err(Refusal::on(Code::VisitLimit, "merchantId").with(self.most.to_string()))
    }
}

/// The moment at which the year of a moment began in China: visits count from there on.
#[must_use]
pub fn year_of(moment: DateTime<Utc>) -> DateTime<Utc> {
    let day = shanghai_date(moment);
    shanghai_start_of(day.with_ordinal(1).unwrap_or(day))
}

/// All editions of these rules.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VisitRules {
    frequencies: Vec<FrequencyRule>,
}

impl VisitRules {
    /// The rules this build carries.
    pub fn embedded() -> Result<Self, LawError> {
        Self::parse(include_str!("../../law/visit-rules.toml"))
    }

    /// Reads a file of the same shape as the embedded one.
    pub fn parse(text: &str) -> Result<Self, LawError> {
        let mut file = LawFile::parse(FILE, text)?;
        let frequencies: Vec<FrequencyRule> = file.take_rows("frequency")?;
        file.finish()?;
        if let Some(none) = frequencies.iter().find(|rule| rule.most == 0) {
            return Err(LawError::Invalid {
                file: FILE,
                row: none.id.clone(),
                reason: "most is no number of visits".to_owned(),
            });
        }
        edition::check_editions(FILE, &frequencies)?;
        Ok(Self { frequencies })
    }

    /// How often inspectors are sent to one merchant in the year of that day; nothing where no row says it, for nobody is
    /// kept back by what no rule says.
    #[must_use]
    pub fn frequency_on(&self, day: NaiveDate) -> Option<&FrequencyRule> {
        edition::get_on(&self.frequencies, FREQUENCY, day).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = include_str!("../../law/visit-rules.toml");

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn what_something_leads_to_is_never_kept_back_and_the_rest_up_to_the_number() {
        let rules = VisitRules::embedded().unwrap();
        let rule = rules.frequency_on(day("2026-11-30")).unwrap();
        assert_eq!(rule.provenance, Provenance::Proposal);
        for origin in [OriginKind::Report, OriginKind::Lead, OriginKind::CaseAgain] {
            assert_eq!(rule.check(origin, 1_000), Ok(()), "{origin}");
        }
        for origin in [OriginKind::Plan, OriginKind::Draw, OriginKind::Patrol] {
            assert_eq!(rule.check(origin, u64::from(rule.most) - 1), Ok(()));
            let refused = rule.check(origin, u64::from(rule.most)).unwrap_err();
            assert_eq!(refused.code, Code::VisitLimit, "{origin}");
            assert_eq!(refused.detail, Some(rule.most.to_string()));
        }
    }

    #[test]
    fn the_day_of_the_dispatch_picks_the_row_and_a_day_without_one_keeps_nobody_back() {
        let until = "valid_from = \"2025-01-01\"\nvalid_to = \"2026-12-31\"";
        let old = TEXT.replace("valid_from = \"2025-01-01\"", until);
        let (_, row) = TEXT.split_once("[[frequency]]").unwrap();
        let new = row
            .replace("2025-01-01", "2027-01-01")
            .replace("most = 4", "most = 2");
        let both = VisitRules::parse(&format!("{old}\n[[frequency]]{new}")).unwrap();
        let most = |on| both.frequency_on(day(on)).map(|rule| rule.most);
        assert_eq!(most("2026-12-31"), Some(4));
        assert_eq!(most("2027-01-01"), Some(2));
        assert_eq!(most("2024-12-31"), None);
    }

    #[test]
    fn a_year_begins_when_it_does_in_china() {
        let at = |text: &str| text.parse::<DateTime<Utc>>().unwrap();
        let year = at("2026-12-31T16:00:00Z");
        assert_eq!(
            year_of(at("2026-12-31T15:59:59Z")),
            at("2025-12-31T16:00:00Z")
        );
        assert_eq!(year_of(year), year);
        assert_eq!(year_of(at("2027-12-31T15:59:59Z")), year);
    }

    #[test]
    fn what_is_no_number_and_no_reason_of_a_visit_is_refused() {
        for (right, wrong) in [
            ("most = 4", "most = 0"),
            ("most = 4", "most = -1"),
            ("\"lead\"", "\"rumour\""),
        ] {
            assert!(TEXT.contains(right));
            let wrong = TEXT.replace(right, wrong);
            assert!(VisitRules::parse(&wrong).is_err(), "{wrong}");
        }
    }
}
