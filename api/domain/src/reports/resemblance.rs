//! How two reports resemble each other, and which factors make an officer look twice.
//!
//! Nothing here decides anything: the system suggests, an officer marks (Order 121, article 35).

use crate::{
    id::{MerchantId, ReportId},
    text::fold_name,
};
use chrono::{DateTime, TimeDelta, Utc};

/// How far apart two accounts of one event may lie. Our choice; no rule says it.
const SAME_EVENT: TimeDelta = TimeDelta::hours(24);

/// What is compared. Who reports is not among it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Traits {
    /// The report.
    pub report: ReportId,
    /// The earlier report whose receipt code the reporter showed with this one.
    pub follows: Option<ReportId>,
    /// The merchant, if known.
    pub merchant: Option<MerchantId>,
    /// Who is reported, in the reporter's words.
    pub party: String,
    /// The goods.
    pub goods: String,
    /// When it happened.
    pub occurred_at: DateTime<Utc>,
}

/// Whether one thing is the same in both.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sameness {
    /// It is.
    Same,
    /// It is not.
    Different,
    /// Nobody can tell: a reporter who shows no earlier code is nobody's double.
    Unknown,
}

/// How a later report resembles an earlier one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Resemblance {
    /// The reporter.
    pub reporter: Sameness,
    /// The party.
    pub party: Sameness,
    /// The goods and the day; whether the facts are really the same an officer judges.
    pub facts: Sameness,
}

words! {
    /// What the system suggests.
    pub enum Suggestion as "Suggestion" {
        /// Looks like a double: same reporter, party and facts.
        Duplicate,
        /// Looks like new facts of the same reporter.
        Merge,
        /// Looks like the same matter from somebody else: link, never merge.
        Link,
    }
}

impl Resemblance {
    /// Compares a later report with an earlier one.
    #[must_use]
    pub fn of(later: &Traits, earlier: &Traits) -> Self {
        let shown = |a: &Traits, b: &Traits| a.follows == Some(b.report);
        let follow_one = later.follows.is_some() && later.follows == earlier.follows;
        let reporter = match shown(later, earlier) || shown(earlier, later) || follow_one {
            true => Sameness::Same,
            false => Sameness::Unknown,
        };
        let party = match (later.merchant, earlier.merchant) {
            (Some(a), Some(b)) if a == b => Sameness::Same,
            (Some(_), Some(_)) => Sameness::Different,
            _ if fold_name(&later.party) == fold_name(&earlier.party) => Sameness::Same,
            _ => Sameness::Unknown,
        };
        let same_goods = fold_name(&later.goods) == fold_name(&earlier.goods);
        let same_time = (later.occurred_at - earlier.occurred_at).abs() <= SAME_EVENT;
        let facts = if same_goods && same_time {
            Sameness::Same
        } else {
            Sameness::Different
        };
        Self {
            reporter,
            party,
            facts,
        }
    }

    /// What to suggest, if anything.
    #[must_use]
    pub fn suggests(self) -> Option<Suggestion> {
        match (self.reporter, self.party, self.facts) {
            (Sameness::Same, Sameness::Same, Sameness::Same) => Some(Suggestion::Duplicate),
            (Sameness::Same, Sameness::Same, _) => Some(Suggestion::Merge),
            (_, Sameness::Same, Sameness::Same) => Some(Suggestion::Link),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn traits(n: u128) -> Traits {
        Traits {
            report: ReportId::new(Uuid::from_u128(n)),
            follows: None,
            merchant: None,
            party: "吴记鲜肉 17号".to_owned(),
            goods: "五花肉".to_owned(),
            occurred_at: DateTime::from_timestamp(1_795_000_000, 0).unwrap(),
        }
    }

    #[test]
    fn a_reporter_who_shows_no_code_is_nobodys_double() {
        let resemblance = Resemblance::of(&traits(2), &traits(1));
        assert_eq!(resemblance.reporter, Sameness::Unknown);
        assert_eq!(resemblance.suggests(), Some(Suggestion::Link));
    }

    #[test]
    fn a_receipt_that_is_shown_again_makes_the_same_reporter() {
        let mut later = traits(2);
        later.follows = Some(traits(1).report);
        assert_eq!(
            Resemblance::of(&later, &traits(1)).suggests(),
            Some(Suggestion::Duplicate)
        );
        later.goods = "排骨".to_owned();
        assert_eq!(
            Resemblance::of(&later, &traits(1)).suggests(),
            Some(Suggestion::Merge)
        );
    }

    #[test]
    fn a_party_is_the_same_by_its_folded_name_or_by_its_entry() {
        let mut later = traits(2);
        later.party = "吴记鲜肉（１７号）".to_owned();
        assert_eq!(Resemblance::of(&later, &traits(1)).party, Sameness::Same);
        later.merchant = Some(MerchantId::new(Uuid::from_u128(9)));
        let mut earlier = traits(1);
        earlier.merchant = Some(MerchantId::new(Uuid::from_u128(8)));
        assert_eq!(Resemblance::of(&later, &earlier).party, Sameness::Different);
        assert_eq!(Resemblance::of(&later, &earlier).suggests(), None);
    }
}
