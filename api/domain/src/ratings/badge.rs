//! The badge (诚信计量标志): what stands signed in the square code on a door, a counter or a web page, and by what anybody
//! sees that it is no good. It names a merchant's code, a grade and a fact, never a person. It refuses to know keys: who
//! signed it is asked before.

use std::fmt;

use chrono::{DateTime, NaiveDate, SecondsFormat, Utc};
use serde::{Deserialize, Serialize};

use super::grade::Grade;
use crate::merchants::code::MerchantCode;

/// The form of the list of badges that are void.
pub const REVOKED_FORM: &str = "liangxin-revoked-1";

words! {
    /// The worst fact that is open, as a page says it first.
    pub enum OpenFact {
        /// A penalty that everybody may see.
        Penalty,
        /// An instrument in use whose verification is over.
        OverdueInstrument,
        /// A correction that was not made in time.
        OverdueCorrection,
    }

    /// Why the badges of before are void.
    pub enum VoidedBy {
        /// The grade is worse since.
        WorseGrade,
        /// A penalty was decided since.
        Decision,
        /// The merchant does no business any more.
        Closed,
    }
}

/// What a badge says. Its names are short, because it has to fit into a square code on a counter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Badge {
    /// The merchant's code.
    #[serde(rename = "m", with = "code")]
    pub merchant: MerchantCode,
    /// The grade.
    #[serde(rename = "g")]
    pub grade: Grade,
    /// The worst open fact; none while no fault is open.
    #[serde(rename = "f", default, skip_serializing_if = "Option::is_none")]
    pub fact: Option<OpenFact>,
    /// Since when it says so, in seconds since 1970.
    #[serde(rename = "d", with = "chrono::serde::ts_seconds")]
    pub since: DateTime<Utc>,
    /// The version of the formula.
    #[serde(rename = "v")]
    pub formula: String,
    /// The last day on which it may be shown.
    #[serde(rename = "e")]
    pub until: NaiveDate,
}

/// Badges of a merchant that are void.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Revocation {
    /// The merchant's code.
    #[serde(rename = "m", with = "code")]
    pub merchant: MerchantCode,
    /// All that were made before this moment, in seconds since 1970.
    #[serde(rename = "b", with = "chrono::serde::ts_seconds")]
    pub before: DateTime<Utc>,
    /// Why.
    #[serde(rename = "w")]
    pub why: VoidedBy,
}

/// The list of badges that are void.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Revoked {
    /// [`REVOKED_FORM`].
    pub form: String,
    /// When the list was made.
    #[serde(with = "chrono::serde::ts_seconds")]
    pub at: DateTime<Utc>,
    /// What is on it.
    pub revoked: Vec<Revocation>,
}

/// Why a badge that was signed is no good where it hangs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Doubt {
    /// It is the badge of another merchant.
    OtherMerchant {
        /// Whose it is.
        of: MerchantCode,
    },
    /// Its last day is over.
    Stale {
        /// The last day.
        until: NaiveDate,
    },
    /// It was made void.
    Revoked {
        /// When it was made void.
        at: DateTime<Utc>,
        /// Why.
        why: VoidedBy,
    },
}

impl fmt::Display for Doubt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OtherMerchant { of } => {
                write!(f, "it was copied: it is the badge of the merchant {of}")
            }
            Self::Stale { until } => write!(f, "it is stale: it was good until {until}"),
            Self::Revoked { at, why } => {
                let at = at.to_rfc3339_opts(SecondsFormat::Secs, true);
                let why = match why {
                    VoidedBy::WorseGrade => "the grade is worse since",
                    VoidedBy::Decision => "a penalty was decided since",
                    VoidedBy::Closed => "the merchant does no business any more",
                };
                write!(f, "it was revoked on {at}: {why}")
            }
        }
    }
}

impl std::error::Error for Doubt {}

impl Badge {
    /// Refuses a badge that hangs at another merchant, is over, or was made void. Without the code of the wall on
    /// which it hangs it cannot be told from a copy: whoever reads it compares the code.
    pub fn check(
        &self,
        hangs_at: Option<&MerchantCode>,
        today: NaiveDate,
        revoked: Option<&Revoked>,
    ) -> Result<(), Doubt> {
        if hangs_at.is_some_and(|code| *code != self.merchant) {
            let of = self.merchant.clone();
            return Err(Doubt::OtherMerchant { of });
        }
        let mut lists = revoked.into_iter().flat_map(|list| &list.revoked);
        let voided = |it: &&Revocation| it.merchant == self.merchant && self.since < it.before;
        if let Some(found) = lists.find(voided) {
            let (at, why) = (found.before, found.why);
            return Err(Doubt::Revoked { at, why });
        }
        if today > self.until {
            return Err(Doubt::Stale { until: self.until });
        }
        Ok(())
    }
}

/// A merchant's code as text.
mod code {
    use super::MerchantCode;
    use serde::{Deserialize as _, Deserializer, Serializer, de::Error as _};

    pub(super) fn serialize<S: Serializer>(code: &MerchantCode, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(code.as_str())
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        from: D,
    ) -> Result<MerchantCode, D::Error> {
        let text = String::deserialize(from)?;
        MerchantCode::parse(&text).map_err(|_| D::Error::custom("it is no code of a merchant"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(seconds, 0).unwrap()
    }

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn code(text: &str) -> MerchantCode {
        MerchantCode::parse(text).unwrap()
    }

    fn badge() -> Badge {
        Badge {
            merchant: code("0123456789"),
            grade: Grade::C,
            fact: Some(OpenFact::Penalty),
            since: at(1_795_000_000),
            formula: "2027-1".to_owned(),
            until: day("2027-11-30"),
        }
    }

    fn revoked(merchant: &str, before: i64) -> Revoked {
        Revoked {
            form: REVOKED_FORM.to_owned(),
            at: at(1_795_100_000),
            revoked: vec![Revocation {
                merchant: code(merchant),
                before: at(before),
                why: VoidedBy::Decision,
            }],
        }
    }

    #[test]
    fn a_badge_is_short_and_reads_back() {
        let text = serde_json::to_string(&badge()).unwrap();
        assert_eq!(
            text,
            "{\"m\":\"0123456789\",\"g\":\"C\",\"f\":\"penalty\",\"d\":1795000000,\"v\":\"2027-1\",\"e\":\"2027-11-30\"}"
        );
        assert_eq!(serde_json::from_str::<Badge>(&text).unwrap(), badge());
        let clean = Badge {
            fact: None,
            ..badge()
        };
        let text = serde_json::to_string(&clean).unwrap();
        assert_eq!(serde_json::from_str::<Badge>(&text).unwrap(), clean);
    }

    #[test]
    fn a_badge_is_good_through_its_last_day_where_it_belongs() {
        let good = |hangs: Option<&str>, today| {
            let hangs = hangs.map(code);
            badge().check(hangs.as_ref(), day(today), None)
        };
        assert_eq!(good(Some("0123456789"), "2027-11-30"), Ok(()));
        assert_eq!(good(None, "2026-12-01"), Ok(()));
        let until = day("2027-11-30");
        assert_eq!(good(None, "2027-12-01"), Err(Doubt::Stale { until }));
        let of = code("0123456789");
        let copied = good(Some("0123456788"), "2026-12-01");
        assert_eq!(copied, Err(Doubt::OtherMerchant { of }));
    }

    #[test]
    fn what_was_made_before_is_void_and_what_is_made_since_is_good() {
        let today = day("2026-12-01");
        let checked = |list: &Revoked| badge().check(None, today, Some(list));
        let (at, why) = (at(1_795_000_001), VoidedBy::Decision);
        let voided = checked(&revoked("0123456789", 1_795_000_001));
        assert_eq!(voided, Err(Doubt::Revoked { at, why }));
        assert_eq!(checked(&revoked("0123456789", 1_795_000_000)), Ok(()));
        assert_eq!(checked(&revoked("0123456788", 1_795_000_001)), Ok(()));
    }
}
