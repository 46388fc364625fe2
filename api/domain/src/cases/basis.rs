//! What a case was opened on (Order 2, articles 17 to 19).

use crate::{
    accounts::interest::Party,
    id::{CaseId, MerchantId, ReportId, VisitId},
    text::{Line, Narrative, Reason},
};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

words! {
    /// How a bureau came to know of the matter.
    pub enum BasisKind as "CaseBasis" {
        /// Somebody reported it; a visit looked at it.
        Report,
        /// A visit of the bureau's own: by a plan, a draw, again, or on its round.
        Visit,
        /// A mediation brought it up (Order 121, article 27).
        Lead,
        /// Another agency or bureau handed it over.
        TransferIn,
        /// The bureau found it out by itself, without a visit.
        OwnDiscovery,
    }
}

/// What a case was opened on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Basis {
    /// How the bureau came to know.
    pub kind: BasisKind,
    /// The visit that found it, if there was one.
    pub visit: Option<VisitId>,
    /// The report behind it, if there is one.
    pub report: Option<ReportId>,
    /// The rest.
    pub told: Told,
}

impl Basis {
    /// Whom a case on this is about, and since when: from what happened on, or from the day of its filing if that was earlier.
    #[must_use]
    pub fn party(&self, merchant: MerchantId, filed_on: NaiveDate) -> Party {
        Party {
            merchant,
            since: self.told.conduct_on.min(filed_on),
        }
    }
}

/// What is told of the matter when the case is opened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// The day of the conduct in China: its law applies.
    pub conduct_on: NaiveDate,
    /// The day on which the bureau found the lead, or received what was handed over; nothing where a report counts the days
    /// from it, also that of what a visit found, for a penalty on the spot, and in cases of before it was kept.
    #[serde(default)]
    pub found_on: Option<NaiveDate>,
    /// The facts, where no visit recorded them.
    pub facts: Option<Narrative>,
    /// Who handed the matter over, and the number of the letter.
    pub from: Option<Line>,
    /// Why the head opens the case although evidence is missing or no finding fails.
    pub in_spite: Option<Reason>,
    /// The case on the same visit or report, or of the same matter where there is none, in whose place it comes, because the
    /// decision of that one was annulled.
    #[serde(default)]
    pub in_place_of: Option<CaseId>,
}
