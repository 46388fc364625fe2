//! What can be asked of a report, and what a step on it needs to know.

use super::{
    report::Report,
    resemblance::Resemblance,
    state::{NotFiledGround, Receiver},
};
use crate::{
    commands,
    id::{CaseId, DisputeId, MerchantId, ReportId},
    inspections::visit::Team,
    law::clock::PauseCause,
    places::{custody::Receiving, division::DivisionCode},
    refusal::{Code, Refusal},
    text::{Line, Narrative},
};
use chrono::{DateTime, NaiveDate, Utc};

commands! {
    /// What makes a report that nobody sends.
    NewLead:

    /// Put a lead on record that came to light without a report and without a visit (Order 2, article 18).
    OpenLead {
        /// Whom it is about.
        merchant: MerchantId,
        /// When it was found, or what was handed over received; today if not said.
        found_on: Option<NaiveDate>,
        /// What it says, and where it came from.
        words: Narrative,
    } => VerifyReport;
}

commands! {
    /// What can be asked of a report.
    Command:

    /// Begin to verify the lead (Order 121, article 35; Order 2, article 18).
    AcceptReport => AcceptReport;
    /// Tell the reporter where to go: the bureau is not competent (Order 121, article 34).
    ReplyNotCompetent {
        /// Who is.
        competent: Line,
        /// Why this one is not.
        reason: Narrative,
    } => SortReport;
    /// The same reporter, facts and party as before (Order 121, article 35).
    MarkDuplicate {
        /// The earlier report.
        earlier: ReportId,
        /// What makes the facts the same.
        sameness: Narrative,
    } => SortReport;
    /// New facts of the same reporter go into an earlier report (Order 121, article 35).
    MergeReport {
        /// The earlier report.
        into: ReportId,
        /// What is new.
        new_facts: Narrative,
    } => SortReport;
    /// Put a report of another reporter about the same matter beside it.
    LinkReports {
        /// The other report.
        other: ReportId,
    } => VerifyReport;
    /// More time for the verification (Order 2, article 18).
    ExtendVerification {
        /// Why.
        reason: Narrative,
    } => ExtendVerification;
    /// A sample goes to a testing body, goods to a right holder (Order 2, article 18).
    PauseForTesting {
        /// Which of the two.
        cause: PauseCause,
        /// Who has it.
        body: Line,
        /// What.
        sample: Line,
    } => VerifyReport;
    /// The answer came back.
    ResumeVerification {
        /// What it says.
        result: Narrative,
    } => VerifyReport;
    /// Propose not to file a case (Order 2, articles 19 and 20).
    ProposeNotFiling {
        /// On which ground.
        ground: NotFiledGround,
        /// Why.
        reason: Narrative,
    } => VerifyReport;
    /// Approve the proposal.
    DeclineFiling => DeclineFiling;
    /// The case goes to somebody else (Order 2, articles 15 to 17).
    TransferReport {
        /// What kind of receiver.
        to: Receiver,
        /// Which one.
        receiver: Line,
        /// Why.
        reason: Narrative,
    } => TransferReport;
    /// The case ends without a penalty (Order 2, article 60).
    CloseWithoutPenalty {
        /// Why.
        reason: Narrative,
    } => DecideCase;
    /// Tell the reporter the outcome, as a special law demands (form 10).
    TellOutcome {
        /// The outcome.
        result: Narrative,
        /// The article that demands it.
        article: Line,
    } => VerifyReport;
    /// Note that the reporter withdrew. Verification goes on ex officio.
    WithdrawReport {
        /// Why, if said.
        words: Option<Narrative>,
    } => WithdrawReport;
    /// Send it to the competent lower unit (Order 121, article 41).
    DispatchReport {
        /// The division of that unit.
        to: DivisionCode,
        /// Why it is competent.
        basis: Narrative,
    } => SortReport;
    /// Give it back to the unit that it came from (Order 121, article 41).
    ReturnReport {
        /// Why.
        reason: Narrative,
    } => SortReport;
    /// Say that another unit is competent (Order 121, article 33).
    RaiseCompetenceDispute {
        /// The new dispute.
        dispute: DisputeId,
        /// The division of the other unit.
        other: DivisionCode,
        /// Why.
        reason: Narrative,
    } => DisputeCompetence;
    /// A case is filed on it (Order 2, articles 18 and 19).
    FileCase {
        /// The case.
        case: CaseId,
        /// Who investigates: two or more.
        officers: Team,
    } => FileCase;
    /// Its case is investigated: the first final report is there.
    OpenCase => ProposePenalty;
    /// Its case was decided with a penalty (Order 2, article 60).
    ClosePenalty => DecideCase;
    /// What a visit found was punished on the spot (Order 2, article 66).
    CloseOnTheSpot {
        /// The case.
        case: CaseId,
    } => PunishOnTheSpot;
    /// Its case ended because the party is gone (Order 2, article 47).
    CloseTerminated {
        /// Why.
        reason: Narrative,
    } => DecideCase;
}

/// An earlier report beside a later one.
#[derive(Debug, Clone, PartialEq)]
pub struct Earlier {
    /// The earlier report.
    pub report: Report,
    /// How the later one resembles it.
    pub resemblance: Resemblance,
}

/// What else a step on a report needs to know.
#[derive(Debug, Clone, PartialEq)]
pub struct Setting {
    /// The moment.
    pub now: DateTime<Utc>,
    /// The unit that has the report before the step.
    pub unit: DivisionCode,
    /// The division that the officer sits in.
    pub seat: Option<DivisionCode>,
    /// Whether the unit that the command names can take the report in.
    pub receiving: Receiving,
    /// Whether the decision of its case was annulled, for a case that is filed anew.
    pub is_annulled: bool,
    /// The last day of the verification; nothing while a calendar is missing.
    pub verify_until: Option<NaiveDate>,
    /// The other report that the command names.
    pub earlier: Option<Earlier>,
}

impl Setting {
    /// The other report that the command names.
    pub fn earlier(&self) -> Result<&Earlier, Refusal> {
        let earlier = self.earlier.as_ref();
        earlier.ok_or(Refusal::of(Code::NotFound))
    }
}
