//! What is recorded beside the states: a referral to the police, leads found in mediation.

use crate::{
    id::{ReportId, UserId},
    text::{Line, Narrative},
};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// Conduct of article 42 (staged purchase, swapping, forging, extortion) was handed to the police.
/// The complaint goes on; it may then end on TERM_6, by people and not by itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PoliceReferral {
    /// Which police.
    pub police: Line,
    /// What was seen.
    pub conduct: Narrative,
    /// The head who referred it.
    pub by: UserId,
    /// When it was handed to the police.
    pub at: DateTime<Utc>,
}

words! {
    /// What became of a lead found while mediating.
    pub enum LeadOutcome as "LeadOutcome" {
        /// It goes into a case.
        Filed,
        /// It does not.
        NotFiled,
    }
}

/// A lead that was verified.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LeadSettled {
    /// What became of it.
    pub outcome: LeadOutcome,
    /// Why.
    pub words: Narrative,
    /// The head who decided.
    pub by: UserId,
    /// When the lead was settled.
    pub at: DateTime<Utc>,
}

/// A lead found while mediating (article 27). It opens a report of its own, which keeps its period and says what becomes of
/// it. Mediation never stands in for a penalty.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lead {
    /// What was found.
    pub words: Narrative,
    /// Who found it.
    pub by: UserId,
    /// When the lead was found.
    pub at: DateTime<Utc>,
    /// The report that it opened; those of before that was so have none, and are settled with their complaint.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub report: Option<ReportId>,
    /// What became of one without a report.
    pub settled: Option<LeadSettled>,
}

/// Everything beside the states.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SideRecords {
    /// The referral, if there was one.
    pub police: Option<PoliceReferral>,
    /// The leads.
    pub leads: Vec<Lead>,
}

impl SideRecords {
    /// The lead whose period runs on the complaint itself.
    pub(super) fn open_lead(&mut self) -> Option<&mut Lead> {
        let mut leads = self.leads.iter_mut();
        leads.find(|lead| lead.report.is_none() && lead.settled.is_none())
    }
}
