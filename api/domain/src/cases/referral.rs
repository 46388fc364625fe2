//! The referral of a suspected crime to the police (State Council Order 310 of 2001, amended by Order 730
//! of 2020): two officers report it in writing, the head decides, it is handed over with its enclosures, the
//! police answer, a refusal may be reviewed once, and the goods follow. It needs no proposal and goes on
//! beside the case, whether that goes on or ends.
//!
//! A penalty does not take the place of a referral, so that nothing is decided while one is open; once the
//! police have taken it the case waits until they give it back. What Order 2, article 64 leaves out of the
//! count does not name that time: `P-DECIDE` runs on, unless the head suspends the case because another
//! decision has to come first (article 46).

mod steps;
#[cfg(test)]
mod tests;

use super::file::File;
use crate::{
    inspections::visit::Team,
    refusal::{Code, Refusal},
    reports::state::Mark,
    text::{Line, Narrative, Reason},
};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// The period for the head's decision on a referral: Order 310, article 5.
pub const REFERRAL: &str = "PR-DECIDE";
/// The period for handing it over: Order 310, article 5.
pub const HAND_OVER: &str = "PR-HANDOVER";
/// The period for the answer of the police: Order 310.
pub const ANSWER: &str = "PR-ANSWER";
/// The period for asking the police for a review: Order 310.
pub const REVIEW: &str = "PR-REVIEW";
/// The period for handing the goods over: Order 310.
pub const GOODS: &str = "PR-GOODS";

words! {
    /// How far a referral to the police has come.
    pub enum ReferralState as "ReferralState" {
        /// Two officers reported a suspected crime; the head has to decide.
        Reported,
        /// The head decided that it does not go to the police.
        Declined,
        /// The head decided that it goes; it has to be handed over.
        Approved,
        /// The police have it and have to answer.
        HandedOver,
        /// The police will not take it up.
        Refused,
        /// The police are asked to look at their refusal again.
        UnderReview,
        /// The police took it up: the case waits.
        Accepted,
        /// The police gave it back: the case goes on.
        Returned,
    }
}

/// The written report on a suspected crime (article 5).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CrimeReport {
    /// What happened that may be a crime.
    pub facts: Narrative,
    /// What the officers verified, and what they propose.
    pub report: Narrative,
    /// The officers: the team of the case.
    pub officers: Team,
    /// Who sent it to the head, and when.
    pub made: Mark,
}

/// What the head decided (article 5); a refusal stays in the file with its reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReferralDecision {
    /// Whether it goes to the police.
    pub refer: bool,
    /// Why, or why not.
    pub reason: Reason,
    /// The head, and when.
    pub made: Mark,
}

/// What goes to the police beside the letter and the report of the officers, which is in the file already (article 6). Of each
/// it is said what there is, or that there is none, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Enclosures {
    /// The list of the goods.
    pub goods: Narrative,
    /// The reports of tests or appraisals.
    pub tests: Narrative,
    /// Other material on the suspected crime.
    pub others: Narrative,
}

/// With what it is handed over (article 6).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Transfer {
    /// Which police.
    pub to: Line,
    /// The number of the letter.
    pub document: Line,
    /// What goes with the letter.
    pub enclosures: Enclosures,
}

/// That the police got it, with its five enclosures (article 6).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HandedOver {
    /// Which police.
    pub to: Line,
    /// The number of the letter.
    pub document: Line,
    /// What went with the letter; of older ones it was not kept.
    pub enclosures: Option<Enclosures>,
    /// Who handed it over, and when.
    pub made: Mark,
}

/// What the police answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PoliceAnswer {
    /// Whether they took it up.
    pub accepted: bool,
    /// The number of their notice.
    pub document: Line,
    /// The day on which it arrived.
    pub on: NaiveDate,
    /// The last day for asking for a review of a refusal; unknown while the calendar lacks the year.
    pub until: Option<NaiveDate>,
    /// Who noted it, and when.
    pub noted: Mark,
}

/// That the police are asked to look at their refusal again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReviewRequest {
    /// Why.
    pub reason: Reason,
    /// The head who asked, and when.
    pub made: Mark,
}

/// That the goods of the case went to the police.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GoodsHandedOver {
    /// What they are.
    pub list: Narrative,
    /// Who handed them over, and when.
    pub made: Mark,
}

/// What the prosecution or the court said about criminal liability.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LiabilityNote {
    /// Whether somebody was held liable.
    pub is_liable: bool,
    /// The number of the paper that says so.
    pub document: Line,
    /// The day of that paper.
    pub on: NaiveDate,
    /// Who noted it, and when.
    pub noted: Mark,
}

/// That the police gave the case back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PoliceReturn {
    /// The number of their letter.
    pub document: Line,
    /// The day on which it arrived.
    pub on: NaiveDate,
    /// Why.
    pub reason: Reason,
    /// Who noted it, and when.
    pub noted: Mark,
}

/// One referral and what came of it. A new one begins when the one before is over; that stays in the file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Referral {
    /// The report of the officers.
    pub reported: CrimeReport,
    /// What the head decided.
    pub decided: Option<ReferralDecision>,
    /// That the police got it.
    pub handed_over: Option<HandedOver>,
    /// What the police answered; after a review once more.
    pub answers: Vec<PoliceAnswer>,
    /// That a refusal is to be looked at again.
    pub review: Option<ReviewRequest>,
    /// That the goods followed.
    pub goods: Option<GoodsHandedOver>,
    /// What became of it; the last one counts.
    pub liability: Vec<LiabilityNote>,
    /// That the police gave it back.
    pub returned: Option<PoliceReturn>,
}

impl Referral {
    fn of(reported: CrimeReport) -> Self {
        Self {
            reported,
            decided: None,
            handed_over: None,
            answers: Vec::new(),
            review: None,
            goods: None,
            liability: Vec::new(),
            returned: None,
        }
    }

    /// How far it has come.
    #[must_use]
    pub fn state(&self) -> ReferralState {
        if self.returned.is_some() {
            return ReferralState::Returned;
        }
        match (self.answers.last(), &self.review) {
            (Some(last), _) if last.accepted => ReferralState::Accepted,
            (Some(_), Some(_)) if self.answers.len() == 1 => ReferralState::UnderReview,
            (Some(_), _) => ReferralState::Refused,
            (None, _) => self.before_answer(),
        }
    }

    fn before_answer(&self) -> ReferralState {
        match (&self.decided, &self.handed_over) {
            (_, Some(_)) => ReferralState::HandedOver,
            (Some(decided), None) if decided.refer => ReferralState::Approved,
            (Some(_), None) => ReferralState::Declined,
            (None, None) => ReferralState::Reported,
        }
    }

    /// Whether somebody has to say something before the bureau may decide for itself.
    #[must_use]
    pub fn is_open(&self) -> bool {
        match self.state() {
            ReferralState::Reported
            | ReferralState::Approved
            | ReferralState::HandedOver
            | ReferralState::UnderReview => true,
            ReferralState::Declined
            | ReferralState::Refused
            | ReferralState::Accepted
            | ReferralState::Returned => false,
        }
    }

    fn is_in(&self, states: &[ReferralState]) -> Result<(), Refusal> {
        let state = self.state();
        if states.contains(&state) {
            return Ok(());
        }
        Err(Refusal::of(Code::WrongState).with(state.to_string()))
    }

    /// The day on which the police took it up.
    fn accepted_on(&self) -> Option<NaiveDate> {
        let last = self.answers.last().filter(|last| last.accepted);
        last.map(|last| last.on)
    }
}

impl File {
    /// The newest referral to the police.
    #[must_use]
    pub fn referral(&self) -> Option<&Referral> {
        self.referrals.last()
    }

    /// Whether the police took the case up and have not given it back.
    #[must_use]
    pub fn is_with_police(&self) -> bool {
        let state = self.referral().map(Referral::state);
        state == Some(ReferralState::Accepted)
    }

    /// The day on which somebody was held criminally liable, as far as it is on record.
    #[must_use]
    pub fn liable_on(&self) -> Option<NaiveDate> {
        let last = self
            .referrals
            .iter()
            .filter_map(|referral| referral.liability.last());
        last.filter(|note| note.is_liable).map(|note| note.on).max()
    }

    /// Whether the right to a review of a refusal is not used yet, and did not end with what came after the
    /// refusal: the case was decided here, or ended.
    pub(super) fn may_ask_review(&self) -> bool {
        let decided = self.decision.as_ref().map(|decision| decision.made.at);
        let over_at = decided.or_else(|| self.ending.map(|ending| ending.made.at));
        self.referral().is_some_and(|referral| {
            let said = referral.answers.last();
            let is_last = said.is_some_and(|said| over_at.is_none_or(|over| over < said.noted.at));
            referral.state() == ReferralState::Refused && referral.review.is_none() && is_last
        })
    }
}
