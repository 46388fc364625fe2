//! A reward and its life. States carry what the steps before them produced, so that a reward file
//! shows at each moment who found what on which grounds.
//!
//! Source of the states: 国市监稽规〔2021〕4号; articles 15 to 19 on telling, claiming and objecting
//! are known from memory, the separation of the persons is our proposal. The steps are in the
//! modules below, one for each part of the way.

mod base;
mod claim;
mod contest;
mod decide;
mod end;
mod grade;
mod pay;
mod payee;
mod screen;
mod step;
#[cfg(test)]
mod tests;
mod view;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

pub use claim::{Approval, Claim, Proof};
pub use contest::{Upheld, Voided};
pub use pay::{Handed, Payment};
pub use payee::{PayeeCheck, PayeeFinding};
pub use step::{Lead, Setting, TermsOf};

use super::award::{Award, Grading, Others};
use super::eligibility::{Checked, Ruled};
use super::screening::{MajorFinding, Screening};
use super::taken::Rests;
use crate::id::{CaseId, ReportId, RewardId, UserId};
use crate::places::division::DivisionCode;
use crate::refusal::{Code, Refusal};
use crate::text::{Line, Narrative};

/// The bureau tells an eligible reporter.
pub const TELL: &str = "RW-TELL";
/// The reporter applies.
pub const APPLY: &str = "RW-APPLY";
/// The reporter claims; an extension lengthens this clock.
pub const CLAIM: &str = "RW-CLAIM";
/// The reporter objects to the sum.
pub const OBJECT: &str = "RW-OBJECT";

/// An eligible reporter was told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Eligible {
    /// The check.
    pub checked: Checked,
    /// The last day to apply; unknown while the calendar lacks the year.
    pub apply_by: Option<NaiveDate>,
}

/// The reporter applied.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Application {
    /// What the reporter was told.
    pub eligible: Eligible,
    /// When the reporter applied.
    pub at: DateTime<Utc>,
}

/// One reported fact against what was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FactMatch {
    /// What was reported.
    pub reported: Narrative,
    /// What was found of it; nothing if nothing was.
    pub found: Option<Narrative>,
}

/// A grade with its sum.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Graded {
    /// The application.
    pub application: Application,
    /// What was asked for.
    pub grading: Grading,
    /// What of the decision rests on the reported facts; not kept before, when all sums were typed.
    #[serde(default, skip_serializing_if = "Rests::is_all")]
    pub rests: Rests,
    /// What was reported against what was found.
    pub facts: Vec<FactMatch>,
    /// Why this grade, and why an adjustment.
    pub reason: Narrative,
    /// What others had been awarded for the case by then.
    pub others: Others,
    /// The scheme whose terms were applied.
    pub terms_of: String,
    /// The sum.
    pub award: Award,
    /// Who graded.
    pub by: UserId,
    /// When the grade was given.
    pub at: DateTime<Utc>,
}

/// The finance department's consent, a paper from outside.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Consent {
    /// Its number.
    pub number: Line,
    /// Who gave it.
    pub authority: Line,
    /// Its date.
    pub dated: NaiveDate,
    /// SHA-256 of the scanned paper, 64 hexadecimal digits.
    pub sha256: String,
    /// Who recorded it.
    pub by: UserId,
    /// When the consent was noted here; `dated` is the day on its paper.
    pub at: DateTime<Utc>,
}

/// A decided reward.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// The grade.
    pub graded: Graded,
    /// The consent, where one was needed.
    pub consent: Option<Consent>,
    /// In what words.
    pub opinion: Narrative,
    /// Who decided.
    pub by: UserId,
    /// When it was decided.
    pub at: DateTime<Utc>,
}

/// The reporter knows the decision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// The decision.
    pub decision: Decision,
    /// When the reporter was told, or told again after a review.
    pub at: DateTime<Utc>,
    /// The last day to claim.
    pub claim_by: Option<NaiveDate>,
    /// The last day to object.
    pub object_by: Option<NaiveDate>,
    /// The extension of the claim, if there was one.
    pub extension: Option<Extension>,
    /// The review, if there was one.
    pub review: Option<Review>,
    /// The last claim that was none, if there was one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub voided: Option<Voided>,
}

/// The time to claim was extended for a good reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Extension {
    /// The reason.
    pub reason: Narrative,
    /// Who extended it.
    pub by: UserId,
    /// When it was extended.
    pub at: DateTime<Utc>,
}

/// The reporter objects to the sum.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Objection {
    /// In the reporter's words.
    pub words: Narrative,
    /// When the reporter objected.
    pub at: DateTime<Utc>,
}

/// What became of an objection.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Review {
    /// The objection.
    pub objection: Objection,
    /// The sum before.
    pub before: Award,
    /// In what words.
    pub opinion: Narrative,
    /// Who reviewed.
    pub by: UserId,
    /// When the objection was decided.
    pub at: DateTime<Utc>,
}

/// A reward that was taken back, with how to appeal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TakenBack {
    /// Why.
    pub reason: Narrative,
    /// Where and until when one may appeal.
    pub appeal: Narrative,
    /// Who decided it.
    pub by: UserId,
    /// When it was taken back.
    pub at: DateTime<Utc>,
    /// The check of the payee that it follows from, if it does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub payee_check: Option<PayeeCheck>,
}

/// How far a reward has come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RewardState {
    /// In scope, or a head has to say; nobody has checked the reporter yet.
    Screening,
    /// A head said that it is in scope; nobody has checked the reporter yet.
    InScope(Ruled),
    /// The scheme does not reward this; with a head's ruling where the law data could not tell.
    NotInScope(Option<Ruled>),
    /// The reporter may not have it.
    Ineligible(Checked),
    /// The reporter was told that a reward may be asked for.
    NotifiedEligible(Eligible),
    /// Nobody asked in time.
    Lapsed(Eligible, DateTime<Utc>),
    /// The reporter asked.
    Applied(Application),
    /// A reward officer graded it.
    Graded(Box<Graded>),
    /// The finance department has to agree; with its consent once it came.
    FinancePending(Box<Graded>, Option<Consent>),
    /// The head decided.
    Decided(Box<Decision>),
    /// The reporter was told.
    NotifiedDecision(Box<Told>),
    /// The reporter objected.
    UnderReview(Box<Told>, Objection),
    /// Somebody claimed in person; a second person has to approve it.
    ClaimRecorded(Box<Told>, Claim),
    /// The reporter claimed.
    Claimed(Box<Told>, Claim),
    /// The reporter says that the payee is somebody else; a second person has to answer.
    ClaimContested(Box<Told>, Claim, Objection),
    /// Nobody claimed in time, without a good reason.
    Forfeited(Box<Told>, DateTime<Utc>),
    /// Paid.
    Paid(Box<Told>, Claim, Payment),
    /// Paid, and asked back for fraud.
    Recovering(Box<Told>, Payment, TakenBack),
    /// Paid back.
    Recovered(Box<Told>, TakenBack, Payment),
    /// Taken back before payment.
    Revoked(Box<Decision>, TakenBack),
    /// Taken back before it was decided, because the decision of its case was taken away; with the check, once made.
    Withdrawn(Option<Checked>, TakenBack),
}

words! {
    /// How far a reward has come.
    pub enum RewardStateKind as "RewardState" {
        /// In scope, or a head has to say; nobody has checked the reporter yet.
        Screening,
        /// The scheme does not reward this.
        NotInScope,
        /// The reporter may not have it.
        Ineligible,
        /// The reporter was told that a reward may be asked for.
        NotifiedEligible,
        /// Nobody asked in time.
        Lapsed,
        /// The reporter asked.
        Applied,
        /// Graded; the head has to decide.
        Graded,
        /// The finance department has to agree.
        FinancePending,
        /// Decided; the reporter is not told yet.
        Decided,
        /// The reporter was told.
        NotifiedDecision,
        /// The reporter objected.
        UnderReview,
        /// Somebody claimed in person; a second person has to approve it.
        ClaimRecorded,
        /// The reporter claimed.
        Claimed,
        /// The reporter says that the payee is somebody else; a second person has to answer.
        ClaimContested,
        /// Nobody claimed in time.
        Forfeited,
        /// Paid.
        Paid,
        /// Paid, and asked back for fraud.
        Recovering,
        /// Paid back.
        Recovered,
        /// Taken back before payment.
        Revoked,
    }
}

impl RewardStateKind {
    /// Whether nobody has to move it any more.
    #[must_use]
    pub const fn is_over(self) -> bool {
        matches!(
            self,
            Self::NotInScope
                | Self::Ineligible
                | Self::Lapsed
                | Self::Forfeited
                | Self::Paid
                | Self::Recovered
                | Self::Revoked
        )
    }
}

/// A reward.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reward {
    /// Its id.
    pub id: RewardId,
    /// The report.
    pub report: ReportId,
    /// The case that was decided on its facts.
    pub case: CaseId,
    /// Where it is handled.
    pub division: DivisionCode,
    /// The day of the decision on the case, or of the criminal liability of one that the police
    /// got. It picks the edition of the scheme.
    pub case_decided_on: NaiveDate,
    /// What made the violation major besides money, on the word of who screened.
    pub major_facts: Vec<MajorFinding>,
    /// What screening said.
    pub screening: Screening,
    /// Who screened.
    pub screened_by: UserId,
    /// When it was screened.
    pub screened_at: DateTime<Utc>,
    /// How far it has come.
    pub state: RewardState,
    /// Counts the changes.
    pub version: i32,
}

/// A window that is over cannot be used; while the calendar lacks the year nobody can say so.
fn within(today: NaiveDate, last: Option<NaiveDate>) -> Result<(), Refusal> {
    match last {
        Some(last) if today > last => {
            Err(Refusal::of(Code::RewardWindowOver).with(last.to_string()))
        }
        _ => Ok(()),
    }
}
