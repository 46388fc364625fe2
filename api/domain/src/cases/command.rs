//! What can be asked of a case. A case and the report behind it move by two steps: what the case decides
//! closes the report, and a report that is closed otherwise ends the case.

pub use super::setting::Setting;

use super::{
    charge::Penalty,
    decide::{Further, Ruling},
    ending::{ChangeKind, ChangedBy, Left},
    execution::RemedyKind,
    file::{AuditKind, NoPenaltyGround, SuspensionCause},
    recusal::RecusalGround,
    referral::Transfer,
    service::Delivery,
};
use crate::{
    commands,
    id::UserId,
    law::violation::ViolationCode,
    money::Fen,
    reports::state::Receiver,
    text::{Line, Narrative, Reason},
};
use chrono::{DateTime, NaiveDate, Utc};

commands! {
    /// What can be asked of a case.
    Command:

    /// Order a correction before the decision.
    OrderCorrection {
        /// The violation that was seen.
        violation: ViolationCode,
        /// What must be put right.
        correction: Narrative,
        /// Until when.
        correct_by: NaiveDate,
        /// What follows if it is missed.
        consequence: Narrative,
    } => ProposePenalty;
    /// Let the investigation wait.
    SuspendCase {
        /// Why.
        cause: SuspensionCause,
        /// In what words.
        reason: Reason,
    } => LeadCase;
    /// Let it go on.
    ResumeCase => LeadCase;
    /// Give more time for the decision.
    ExtendCase {
        /// Why.
        reason: Reason,
        /// By how much, once the head's days were given: the heads fix it together. What is not said is left out here and
        /// below, so that commands of before it could be said have their digest still.
        #[serde(skip_serializing_if = "Option::is_none")]
        further: Option<Further>,
    } => LeadCase;
    /// Ask that somebody steps back (Administrative Penalty Law, article 43).
    AskRecusal {
        /// Who.
        of: UserId,
        /// Why.
        ground: RecusalGround,
        /// In what words.
        words: Narrative,
        /// The signed paper of the party, where an officer notes it.
        proof: Option<Line>,
    } => AskRecusal;
    /// Rule on such a request (Order 2, article 4).
    RuleOnRecusal {
        /// About whom.
        of: UserId,
        /// Whether that person steps back.
        grant: bool,
        /// Why, or why not.
        reason: Reason,
        /// The heads who decided together, where it is about one of them.
        attendees: Vec<Line>,
    } => LeadCase;
    /// Let others investigate.
    ReplaceTeam {
        /// Who does from now on.
        officers: Vec<UserId>,
        /// Why.
        reason: Reason,
    } => LeadCase;
    /// Write the final report with the intended penalty.
    ProposePenalty {
        /// The penalty.
        penalty: Penalty,
        /// What makes the case weighty.
        weighty: Option<Reason>,
        /// What came out since a notice that announced less.
        new_facts: Option<Reason>,
    } => ProposePenalty;
    /// Write the final report that proposes no penalty.
    ProposeNoPenalty {
        /// Why.
        ground: NoPenaltyGround,
        /// What shows it.
        reason: Reason,
        /// The day in China on which somebody saw that it was put right.
        #[serde(skip_serializing_if = "Option::is_none")]
        corrected_on: Option<NaiveDate>,
    } => ProposePenalty;
    /// Audit: pass, or send back.
    AuditCase {
        /// Of which kind.
        kind: AuditKind,
        /// In what words.
        opinion: Reason,
        /// What is missing; nothing to pass.
        missing: Option<Narrative>,
        /// What qualifies the auditor, for a legal audit (Order 2, articles 50 and 51): the number of the legal qualification,
        /// or since when the person audits who did so before it was asked for.
        #[serde(skip_serializing_if = "Option::is_none")]
        qualification: Option<Line>,
    } => AuditCase;
    /// Write the notice of the intended penalty.
    IssueNotice => InformParty;
    /// Note that the notice reached the party; the days for an answer begin.
    ServeNotice {
        /// How.
        delivery: Delivery,
    } => InformParty;
    /// What the party says.
    AnswerNotice {
        /// A statement or defence; without one it is a waiver.
        statement: Option<Narrative>,
        /// The signed paper, where an officer notes it.
        proof: Option<Line>,
        /// The day on which it arrived, where an officer notes it; nothing for today.
        arrived_on: Option<NaiveDate>,
    } => AnswerNotice;
    /// The party asks to be heard.
    RequestHearing {
        /// In what words.
        words: Option<Narrative>,
        /// The signed paper, where an officer notes it.
        proof: Option<Line>,
        /// The day on which it arrived, where an officer notes it; nothing for today.
        arrived_on: Option<NaiveDate>,
    } => AnswerNotice;
    /// Tell the party when and where it is heard.
    AnnounceHearing {
        /// When the hearing is held.
        at: DateTime<Utc>,
        /// Where.
        place: Line,
        /// Who leads it.
        chair: UserId,
    } => InformParty;
    /// Write the record of the hearing.
    HoldHearing {
        /// What was said.
        record: Narrative,
        /// What the chair proposes.
        opinion: Reason,
    } => HoldHearing;
    /// Note what the heads said together.
    RecordConference {
        /// Who took part.
        attendees: Vec<Line>,
        /// What was said.
        record: Narrative,
        /// What they came to.
        opinion: Reason,
    } => DecideCase;
    /// Decide.
    DecideCase {
        /// How.
        ruling: Ruling,
    } => DecideCase;
    /// Note that the decision reached the party.
    ServeDecision {
        /// How.
        delivery: Delivery,
    } => InformParty;
    /// Give more time to pay.
    AllowInstalments {
        /// The last day.
        until: NaiveDate,
        /// Why.
        reason: Reason,
    } => LeadCase;
    /// Note money that came in.
    RecordFinePayment {
        /// How much.
        sum: Fen,
        /// On which day.
        paid_on: NaiveDate,
        /// The number of the receipt.
        receipt: Line,
    } => CarryOutDecision;
    /// Note whether the correction was made.
    CheckCorrection {
        /// What an order of before the decision was about; nothing for what the decision orders.
        #[serde(skip_serializing_if = "Option::is_none")]
        violation: Option<ViolationCode>,
        /// On which day.
        on: NaiveDate,
        /// Whether it was.
        is_made: bool,
        /// What was found.
        found: Narrative,
    } => CarryOutDecision;
    /// Note that a review or a suit against the decision runs, or from when to when it ran.
    NoteRemedy {
        /// Which of both.
        kind: RemedyKind,
        /// Who has it.
        body: Line,
        /// The number that it has there.
        document: Line,
        /// Its first day.
        from: NaiveDate,
        /// Its last day; nothing while it runs.
        until: Option<NaiveDate>,
    } => CarryOutDecision;
    /// Remind the party that it owes money.
    RemindParty => InformParty;
    /// Ask the court to enforce.
    ApplyToCourt {
        /// The court.
        court: Line,
        /// On what grounds.
        grounds: Reason,
    } => LeadCase;
    /// Close it, carried out.
    FinishCase {
        /// Why, if it is not carried out.
        in_spite: Option<Reason>,
    } => DecideCase;
    /// Note that the papers of a penalty on the spot came to the office.
    FilePapers => CarryOutDecision;
    /// Put it into the archive.
    ArchiveCase => CarryOutDecision;
    /// Ask that the decision is shown no more (Order 107).
    RepairCredit {
        /// The promise that the party signed.
        promise: Line,
        /// What shows that everything is done.
        proof: Line,
    } => RepairCredit;
    /// Take that up, or ask once for more.
    AcceptRepair {
        /// What is missing; nothing to take it up.
        missing: Option<Narrative>,
    } => AcceptRepair;
    /// Decide on it.
    DecideRepair {
        /// Whether the display ends.
        grant: bool,
        /// Why, or why not.
        reason: Reason,
    } => DecideRepair;
    /// Take more time for that.
    ExtendRepair {
        /// Why.
        reason: Reason,
    } => DecideRepair;
    /// Undo a repair that was got by lying.
    UndoRepair {
        /// What was false, and what shows it.
        reason: Reason,
    } => DecideRepair;
    /// Note what a review, a court or the bureau itself made of the decision.
    ChangeDecision {
        /// What.
        kind: ChangeKind,
        /// Who.
        by: ChangedBy,
        /// What that is called.
        body: Line,
        /// The number of its paper.
        document: Line,
        /// The day of its paper.
        on: NaiveDate,
        /// What is left of its sums.
        left: Left,
        /// Why.
        reason: Reason,
    } => DecideCase;
    /// Report a suspected crime to the head (Order 310, article 5).
    ReportCrime {
        /// What happened that may be a crime.
        facts: Narrative,
        /// The written report of the officers.
        report: Narrative,
    } => ReportCrime;
    /// Decide whether it goes to the police.
    DecideReferral {
        /// Whether it does.
        refer: bool,
        /// Why, or why not.
        reason: Reason,
    } => DecideReferral;
    /// Hand it over to the police.
    HandOver {
        /// To which police, by which letter, with what.
        transfer: Transfer,
    } => KeepReferral;
    /// Note whether the police took it up.
    NotePoliceAnswer {
        /// Whether they did.
        accepted: bool,
        /// The number of their notice.
        document: Line,
        /// The day on which it arrived.
        on: NaiveDate,
    } => KeepReferral;
    /// Ask the police to look at their refusal again.
    AskReview {
        /// Why.
        reason: Reason,
    } => DecideReferral;
    /// Hand the goods over to the police.
    HandOverGoods {
        /// What they are.
        list: Narrative,
    } => KeepReferral;
    /// Note what the prosecution or the court said about criminal liability.
    NoteLiability {
        /// Whether somebody was held liable.
        is_liable: bool,
        /// The number of the paper that says so.
        document: Line,
        /// The day of that paper.
        on: NaiveDate,
    } => KeepReferral;
    /// Note that the police gave the case back; it goes on.
    ReturnFromPolice {
        /// The number of their letter.
        document: Line,
        /// The day on which it arrived.
        on: NaiveDate,
        /// Why.
        reason: Reason,
    } => KeepReferral;
    /// End it without a penalty, with its report.
    CloseCase {
        /// Why.
        reason: Narrative,
    } => DecideCase;
    /// End it, wherever it stands before a decision, because the party is gone, with its report.
    TerminateCase {
        /// The paper that shows it.
        proof: Line,
        /// How, and that nobody has its rights and duties.
        reason: Narrative,
    } => DecideCase;
    /// End it because it went to somebody else, with its report.
    TransferCase {
        /// What kind of receiver.
        to: Receiver,
        /// Which one.
        receiver: Line,
        /// Why.
        reason: Narrative,
    } => TransferReport;
}
