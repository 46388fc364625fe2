//! What the steps of a case take.

use super::penalty_input::{ChargeInput, DeliveryInput, LowerFineInput, SanctionInput, violation};
use crate::moment::Moment;
use async_graphql::InputObject;
use chrono::NaiveDate;
use liangxin_app::usecase::cases::Filing;
use liangxin_domain::{
    cases::{
        basis::BasisKind,
        charge::Tier,
        command::Command,
        decide::SuitPeriod,
        ending::{ChangeKind, ChangedBy},
        execution::RemedyKind,
        file::{AuditKind, NoPenaltyGround, SuspensionCause},
    },
    id::{CaseId, MerchantId, ReportId, UserId, VisitId},
    limits::OFFICERS,
    refusal::{Code, Refusal},
    reports::state::Receiver,
    text::{Line, Narrative, Reason},
};
use uuid::Uuid;

/// File a case: on a closed visit, or without one on a lead, a transfer or the bureau's own discovery.
#[derive(InputObject)]
pub(super) struct FileCaseInput {
    /// Made by the client; names the case and this write.
    id: Uuid,
    /// The visit that failed.
    visit_id: Option<Uuid>,
    /// How the bureau came to know; a visit says it by itself.
    basis: Option<BasisKind>,
    /// The report of a lead that a mediation brought up or an officer put on record, where nobody visited.
    report_id: Option<Uuid>,
    /// The party, where no visit names it.
    merchant_id: Option<Uuid>,
    /// The day of the conduct, where no visit and no report tells it.
    conduct_on: Option<NaiveDate>,
    /// The day on which the bureau found the matter, or received what was handed over; today if not said, and no other one unless
    /// it comes in the place of an annulled case: what was found before is put on record (`openLead`) and filed on its report. Not
    /// read where a visit or a report brought it up.
    found_on: Option<NaiveDate>,
    /// The facts, where no visit recorded them: 5 to 4,000 characters.
    facts: Option<String>,
    /// The annulled case of the same party in whose place it comes, where nobody visited and no report says it: `P-FILE` does
    /// not run again, and a heavier penalty needs new facts.
    in_place_of_id: Option<Uuid>,
    /// Who handed the matter over, and the number of the letter. At most 120 characters.
    from: Option<String>,
    /// Why it is filed although no finding fails, promised photos are missing, or the visit has no photo at all.
    in_spite: Option<String>,
    /// Two or more certified officers.
    investigator_ids: Vec<Uuid>,
}

impl FileCaseInput {
    pub(super) fn parse(self) -> Result<Filing, Refusal> {
        if self.investigator_ids.len() > OFFICERS {
            return Err(
                Refusal::on(Code::FieldTooLong, "investigatorIds").with(OFFICERS.to_string())
            );
        }
        Ok(Filing {
            case: CaseId::parse(self.id, "id")?,
            basis: self.basis,
            visit: self.visit_id.map(VisitId::new),
            report: self.report_id.map(ReportId::new),
            merchant: self.merchant_id.map(MerchantId::new),
            conduct_on: self.conduct_on,
            found_on: self.found_on,
            facts: Narrative::parse_telling_optional(self.facts.as_deref(), "facts")?,
            in_place_of: self.in_place_of_id.map(CaseId::new),
            from: Line::parse_optional(self.from.as_deref(), "from")?,
            in_spite: Reason::parse_optional(self.in_spite.as_deref(), "inSpite")?,
            investigators: self.investigator_ids.into_iter().map(UserId::new).collect(),
        })
    }
}

step_inputs! {
    case_id "The case.", id "Made by the client; names this write.";

    /// Order a correction before the decision.
    OrderCorrectionInput {
        /// The violation that was seen.
        violation: String,
        /// What must be put right: 5 to 4,000 characters.
        correction: String,
        /// Until when.
        correct_by: NaiveDate,
        /// What follows if it is missed: 5 to 4,000 characters.
        consequence: String,
    }

    /// Let the investigation wait.
    SuspendCaseInput {
        /// Why.
        cause: SuspensionCause,
        /// In what words: 5 to 4,000 characters.
        reason: String,
    }

    /// Let the investigation go on.
    ResumeCaseInput {}

    /// Give more time for the decision.
    ExtendCaseInput {
        /// Why: 5 to 4,000 characters.
        reason: String,
        /// By how many calendar days, once the thirty of the head were given: the heads fix it together. 1 to 365.
        days: Option<u32>,
        /// Who of the heads took part in that, by name: two at least.
        #[graphql(default)]
        attendees: Vec<String>,
    }

    /// Propose a penalty.
    ProposePenaltyInput {
        /// What for. At most 20.
        charges: Vec<ChargeInput>,
        /// What follows besides fines and the correction.
        sanction: Option<SanctionInput>,
        /// How heavy within its range.
        tier: Tier,
        /// Why so heavy: 5 to 4,000 characters.
        tier_reason: String,
        /// What the merchant must put right: 5 to 4,000 characters.
        correction: String,
        /// Until when.
        correct_by: NaiveDate,
        /// What makes the case weighty: of major public interest, or entangled. The legal audit and the decision of the
        /// heads together follow from it.
        weighty: Option<String>,
        /// What came out since a notice that announced less.
        new_facts: Option<String>,
    }

    /// Propose to impose no penalty.
    ProposeNoPenaltyInput {
        /// Why.
        ground: NoPenaltyGround,
        /// What shows it: 5 to 4,000 characters.
        reason: String,
        /// The day on which somebody saw that it was put right; required for what is slight or the first offence.
        corrected_on: Option<NaiveDate>,
    }

    /// Audit a case.
    AuditCaseInput {
        /// The case audit, or the legal audit.
        kind: AuditKind,
        /// The auditor's opinion: 5 to 4,000 characters.
        opinion: String,
        /// What is missing, in 5 to 4,000 characters: the file goes back. Leave it out to pass.
        missing: Option<String>,
        /// What qualifies the auditor, required for a legal audit: the number of the legal qualification, or since when whoever
        /// audited before it was asked for does so. At most 120 characters.
        qualification: Option<String>,
    }

    /// Write the notice of the intended penalty.
    IssueNoticeInput {}

    /// Note that the notice reached the merchant.
    ServeNoticeInput {
        /// How.
        delivery: DeliveryInput,
    }

    /// Answer the notice.
    AnswerNoticeInput {
        /// A statement or defence. At most 4,000 characters.
        statement: Option<String>,
        /// Whether the merchant waives a statement, a defence and a hearing instead, and with them the wait.
        #[graphql(default)]
        waives: bool,
        /// The signed paper, where an officer notes what came on paper. At most 120 characters.
        proof: Option<String>,
        /// The day on which that arrived; today if not said.
        arrived_on: Option<NaiveDate>,
    }

    /// Ask to be heard.
    RequestHearingInput {
        /// In what words. At most 4,000 characters.
        words: Option<String>,
        /// The signed paper, where an officer notes what came on paper. At most 120 characters.
        proof: Option<String>,
        /// The day on which that arrived; today if not said.
        arrived_on: Option<NaiveDate>,
    }

    /// Announce a hearing.
    AnnounceHearingInput {
        /// When it is held: after seven working days.
        at: Moment,
        /// Where. At most 120 characters.
        place: String,
        /// Who leads it; nobody who investigated.
        chair_id: Uuid,
    }

    /// Write the record of a hearing.
    HoldHearingInput {
        /// What was said; that the party stayed away is said here too. 5 to 4,000 characters.
        record: String,
        /// What the chair proposes: 5 to 4,000 characters.
        opinion: String,
    }

    /// Note what the heads said together.
    RecordConferenceInput {
        /// Who took part, by name: two or more.
        attendees: Vec<String>,
        /// What was said: 5 to 4,000 characters.
        record: String,
        /// What they came to: 5 to 4,000 characters.
        opinion: String,
    }

    /// Decide a case as it was announced, or lighter.
    DecideCaseInput {
        /// The fines that are lower than announced.
        #[graphql(default)]
        fines: Vec<LowerFineInput>,
        /// A later last day for the correction.
        correct_by: Option<NaiveDate>,
        /// The answer to the merchant's statements, if there were any: 5 to 4,000 characters.
        defence_review: Option<String>,
        /// The approval of the province, where a fine needs one. At most 120 characters.
        provincial_approval: Option<String>,
        /// Which period for suit the decision tells; six months if not said.
        #[graphql(default)]
        suit: SuitPeriod,
    }

    /// Note that the decision reached the merchant.
    ServeDecisionInput {
        /// How.
        delivery: DeliveryInput,
    }

    /// Give the merchant more time to pay.
    AllowInstalmentsInput {
        /// The last day.
        until: NaiveDate,
        /// Why: 5 to 4,000 characters.
        reason: String,
    }

    /// Note money that came in.
    RecordFinePaymentInput {
        /// How much in yuan, with at most two decimals.
        sum_yuan: String,
        /// On which day.
        paid_on: NaiveDate,
        /// The number of the receipt. At most 120 characters.
        receipt: String,
    }

    /// Note whether the correction was made.
    CheckCorrectionInput {
        /// What an order of before the decision was about; leave it out for what the decision orders.
        violation: Option<String>,
        /// On which day somebody looked.
        on: NaiveDate,
        /// Whether it was made.
        is_made: bool,
        /// What was found: 5 to 4,000 characters.
        found: String,
    }

    /// Note that a review or a suit against the decision runs, or from when to when it ran: its days bear no late fee.
    NoteRemedyInput {
        /// Which of both.
        kind: RemedyKind,
        /// Who has it. At most 120 characters.
        body: String,
        /// The number that it has there; a later note of the same number takes the place of the earlier one. At most 120
        /// characters.
        document: String,
        /// Its first day.
        from: NaiveDate,
        /// Its last day; leave it out while it runs.
        until: Option<NaiveDate>,
    }

    /// Remind the merchant that it owes money.
    RemindPartyInput {}

    /// Ask the court to enforce.
    ApplyToCourtInput {
        /// The court. At most 120 characters.
        court: String,
        /// On what grounds: 5 to 4,000 characters.
        grounds: String,
    }

    /// Close a case that is carried out.
    FinishCaseInput {
        /// Why, if it is not carried out: 5 to 4,000 characters.
        in_spite: Option<String>,
    }

    /// Put a closed case into the archive.
    ArchiveCaseInput {}

    /// Note what a review, a court or the bureau itself made of the decision.
    ChangeDecisionInput {
        /// What.
        kind: ChangeKind,
        /// Who: the bureau itself, a reviewing body or a court. The paper tells what may be done against the change where it is
        /// the bureau's own.
        by: ChangedBy,
        /// What that is called. At most 120 characters.
        body: String,
        /// The number of its paper. At most 120 characters.
        document: String,
        /// The day of its paper.
        on: NaiveDate,
        /// What is left of the fine, in whole yuan; leave it out where it stays.
        fine_yuan: Option<i64>,
        /// What is left of the confiscated gains in yuan, with at most two decimals; leave it out where they stay.
        gains_yuan: Option<String>,
        /// What is left of the worth of the confiscated things, likewise.
        goods_yuan: Option<String>,
        /// Why: 5 to 4,000 characters.
        reason: String,
    }

    /// End a case without a penalty, with the report behind it.
    CloseCaseInput {
        /// Why: 5 to 4,000 characters.
        reason: String,
    }

    /// End the investigation of a case whose party is gone, with the report behind it.
    TerminateCaseInput {
        /// The paper that shows it: a death certificate, the notice that a company was struck off. At most 120 characters.
        proof: String,
        /// How, and that nobody has its rights and duties: 5 to 4,000 characters.
        reason: String,
    }

    /// Hand a case to somebody else, with the report behind it.
    TransferCaseInput {
        /// What kind of receiver.
        to: Receiver,
        /// Which one. At most 120 characters.
        receiver: String,
        /// Why: 5 to 4,000 characters.
        reason: String,
    }
}

impl OrderCorrectionInput {
    pub(crate) fn parse(self) -> Result<Command, Refusal> {
        Ok(Command::OrderCorrection {
            violation: violation(&self.violation)?,
            correction: Narrative::parse_telling(&self.correction, "correction")?,
            correct_by: self.correct_by,
            consequence: Narrative::parse_telling(&self.consequence, "consequence")?,
        })
    }
}
