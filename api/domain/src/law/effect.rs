//! What a transition does to statutory clocks.
//!
//! State machines never touch clocks themselves: they answer with these, in order, and one place
//! applies them inside the same transaction. So a machine stays pure, and a test can hold every
//! path of it against the clocks that must exist.

use super::clock::PauseCause;
use crate::id::UserId;
use chrono::NaiveDate;

/// One thing that happens to the clock of one deadline rule on one subject (a report, a complaint,
/// a case, a reward, a dispute).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ClockEffect {
    /// The period opens on that day, which is not counted. A running clock of the same rule on the
    /// same subject is refused, not doubled.
    Start {
        /// The deadline rule, such as `C-ACCEPT`.
        rule: &'static str,
        /// The opening day in China.
        opened_on: NaiveDate,
    },
    /// The period opens on that day and ends on the one that the bureau set, as the rule leaves it
    /// to the bureau (a request to prove one's identity, a request that a mediator steps back).
    StartUntil {
        /// The deadline rule, such as `C-IDPROOF`.
        rule: &'static str,
        /// The opening day in China.
        opened_on: NaiveDate,
        /// The last day, as set.
        until: NaiveDate,
    },
    /// The duty was done. The first day counts; done again later, it was still done then.
    Satisfy {
        /// The deadline rule.
        rule: &'static str,
        /// The day in China.
        on: NaiveDate,
    },
    /// Time stops counting after that day (testing, appraisal: Order 121, article 22; Order 2,
    /// article 18).
    Pause {
        /// The deadline rule.
        rule: &'static str,
        /// Why.
        cause: PauseCause,
        /// The first day that is not counted.
        on: NaiveDate,
    },
    /// Time counts again from that day on.
    Resume {
        /// The deadline rule.
        rule: &'static str,
        /// The first day that counts again.
        on: NaiveDate,
    },
    /// Days that are known beforehand not to count, such as those of a public notice; what else stops the count may
    /// lie over them.
    Except {
        /// The deadline rule.
        rule: &'static str,
        /// Why.
        cause: PauseCause,
        /// The first day that is not counted.
        from: NaiveDate,
        /// The first day that counts again.
        until: NaiveDate,
    },
    /// Somebody who may has extended the period by what its rule allows.
    Extend {
        /// The deadline rule.
        rule: &'static str,
        /// Who extended it.
        by: UserId,
        /// The day in China.
        on: NaiveDate,
    },
    /// The heads together have extended it once more, by a length that they fixed.
    ExtendBy {
        /// The deadline rule.
        rule: &'static str,
        /// The head who noted it.
        by: UserId,
        /// The day in China.
        on: NaiveDate,
        /// How many units of the period.
        length: u32,
    },
    /// The period begins anew (a supplementary report: Order 121, article 35); the old end is kept.
    Restart {
        /// The deadline rule.
        rule: &'static str,
        /// The new opening day.
        opened_on: NaiveDate,
    },
    /// The duty fell away before it was done (the complaint was withdrawn, the mediation ended): the
    /// clock stops without being satisfied, and stays late if it was.
    Lapse {
        /// The deadline rule.
        rule: &'static str,
        /// The day in China.
        on: NaiveDate,
    },
}

impl ClockEffect {
    /// The deadline rule that it is about.
    #[must_use]
    pub const fn rule(&self) -> &'static str {
        match self {
            Self::Start { rule, .. }
            | Self::StartUntil { rule, .. }
            | Self::Satisfy { rule, .. }
            | Self::Pause { rule, .. }
            | Self::Resume { rule, .. }
            | Self::Except { rule, .. }
            | Self::Extend { rule, .. }
            | Self::ExtendBy { rule, .. }
            | Self::Restart { rule, .. }
            | Self::Lapse { rule, .. } => rule,
        }
    }
}
