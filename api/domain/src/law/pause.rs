//! Days that do not count, and why.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

words! {
    /// Why time does not count.
    pub enum PauseCause as "PauseCause" {
        /// A sample is being tested, inspected, quarantined or appraised.
        Testing,
        /// A right holder identifies goods.
        Identification,
        /// A hearing is held.
        Hearing,
        /// A head suspended the case.
        Suspension,
        /// A paper is served by public notice.
        PublicNotice,
        /// Buyers are paid back what they were charged too much, as it was ordered.
        Refund,
    }
}

/// Days that do not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Pause {
    /// Why.
    pub cause: PauseCause,
    /// The first day that is not counted.
    pub from: NaiveDate,
    /// The first day that counts again; open while it lasts.
    pub until: Option<NaiveDate>,
}

impl Pause {
    /// Whether that day is not counted.
    #[must_use]
    pub fn covers(&self, date: NaiveDate) -> bool {
        self.from <= date && self.until.is_none_or(|until| date < until)
    }
}
