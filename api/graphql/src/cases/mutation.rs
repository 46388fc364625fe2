//! The steps of a case, in the order of the law.

use super::{
    input::{
        AllowInstalmentsInput, AnnounceHearingInput, AnswerNoticeInput, ApplyToCourtInput,
        ArchiveCaseInput, AuditCaseInput, ChangeDecisionInput, CheckCorrectionInput,
        CloseCaseInput, DecideCaseInput, ExtendCaseInput, FileCaseInput, FinishCaseInput,
        HoldHearingInput, IssueNoticeInput, NoteRemedyInput, OrderCorrectionInput,
        ProposeNoPenaltyInput, ProposePenaltyInput, RecordConferenceInput, RecordFinePaymentInput,
        RemindPartyInput, RequestHearingInput, ResumeCaseInput, ServeDecisionInput,
        ServeNoticeInput, SuspendCaseInput, TerminateCaseInput, TransferCaseInput,
    },
    penalty_input::{attendees, fine, lower_fines, proposal, sum, violation},
    types::CasePayload,
};
use crate::{context::Known as _, problem::Outcome};
use async_graphql::{Context, Object};
use liangxin_app::{error::AppError, usecase::cases};
use liangxin_domain::{
    cases::{
        case::Case,
        command::Command,
        decide::{Further, Ruling},
        ending::Left,
    },
    id::UserId,
    refusal::{Code, Refusal},
    text::{Line, Narrative, Reason},
};

/// How a case comes to be.
#[derive(Default)]
pub struct CaseFilingMutation;

#[Object(name = "CaseFilingsMutation")]
impl CaseFilingMutation {
    /// Files a case: on a closed visit whose evidence is complete, or without one on facts that are told.
    async fn file_case(
        &self,
        ctx: &Context<'_>,
        input: FileCaseInput,
    ) -> Result<CasePayload, AppError> {
        let outcome = async {
            let filing = input.parse()?;
            let case = filing.case;
            let caller = ctx.caller()?;
            let written = Box::pin(cases::file(ctx.app()?, caller, filing)).await?;
            Ok(Outcome::of((caller.actor.clone(), case), written))
        };
        CasePayload::of(ctx, outcome.await).await
    }
}

/// Days and those who fixed them belong together.
fn further(input: &ExtendCaseInput) -> Result<Option<Further>, Refusal> {
    match input.days {
        Some(days) => Ok(Some(Further {
            days,
            attendees: attendees(&input.attendees)?,
        })),
        None if input.attendees.is_empty() => Ok(None),
        None => Err(Refusal::on(Code::FieldRequired, "days")),
    }
}

fn left(input: &ChangeDecisionInput) -> Result<Left, Refusal> {
    let read = |text: Option<&str>, field| text.map(|text| sum(text, field)).transpose();
    Ok(Left {
        fine: input.fine_yuan.map(fine).transpose()?,
        gains: read(input.gains_yuan.as_deref(), "gainsYuan")?,
        goods: read(input.goods_yuan.as_deref(), "goodsYuan")?,
    })
}

/// Nobody waives by an empty field.
fn answer(input: &AnswerNoticeInput) -> Result<Command, Refusal> {
    let statement = Narrative::parse_optional(input.statement.as_deref(), "statement")?;
    match (&statement, input.waives) {
        (None, false) => return Err(Refusal::on(Code::FieldRequired, "statement")),
        (Some(_), true) => return Err(Refusal::on(Code::FieldFormat, "waives")),
        _ => {}
    }
    Ok(Command::AnswerNotice {
        statement,
        proof: Line::parse_optional(input.proof.as_deref(), "proof")?,
        arrived_on: input.arrived_on,
    })
}

steps! {
    /// The writes up to the decision.
    CaseMutation("CasesMutation") moves Case, answers CasePayload;

    /// Orders a correction before the decision.
    order_correction(input: OrderCorrectionInput) => input.parse()?;
    /// Lets the investigation wait; the period for the decision does not run meanwhile.
    suspend_case(input: SuspendCaseInput) => Command::SuspendCase {
        cause: input.cause,
        reason: Reason::parse(&input.reason, "reason")?,
    };
    /// Lets the investigation go on.
    resume_case(_: ResumeCaseInput) => Command::ResumeCase;
    /// Gives more time for the decision: once by the head, and once more by the heads together.
    extend_case(input: ExtendCaseInput) => Command::ExtendCase {
        reason: Reason::parse(&input.reason, "reason")?,
        further: further(&input)?,
    };
    /// Writes the final report with the intended penalty. Another one replaces it, and needs its own audit and notice.
    propose_penalty(input: ProposePenaltyInput) => proposal(input)?;
    /// Writes the final report that proposes no penalty.
    propose_no_penalty(input: ProposeNoPenaltyInput) => Command::ProposeNoPenalty {
        ground: input.ground,
        reason: Reason::parse(&input.reason, "reason")?,
        corrected_on: input.corrected_on,
    };
    /// Audits a case: passes it, or sends it back. Whoever investigated it may not.
    audit_case(input: AuditCaseInput) => Command::AuditCase {
        kind: input.kind,
        opinion: Reason::parse(&input.opinion, "opinion")?,
        missing: Narrative::parse_telling_optional(input.missing.as_deref(), "missing")?,
        qualification: Line::parse_optional(input.qualification.as_deref(), "qualification")?,
    };
    /// Writes the notice of the intended penalty.
    issue_notice(_: IssueNoticeInput) => Command::IssueNotice;
    /// Notes that the notice reached the merchant; five working days for an answer begin.
    serve_notice(input: ServeNoticeInput) => Command::ServeNotice {
        delivery: input.delivery.parse()?,
    };
    /// The merchant's answer to the notice: a statement, as often as there is something to say, or a signed waiver.
    answer_notice(input: AnswerNoticeInput) => answer(&input)?;
    /// The merchant asks to be heard, where the notice offers it.
    request_hearing(input: RequestHearingInput) => Command::RequestHearing {
        words: Narrative::parse_optional(input.words.as_deref(), "words")?,
        proof: Line::parse_optional(input.proof.as_deref(), "proof")?,
        arrived_on: input.arrived_on,
    };
    /// Tells the merchant when and where it is heard, and by whom.
    announce_hearing(input: AnnounceHearingInput) => Command::AnnounceHearing {
        at: input.at.0,
        place: Line::parse(&input.place, "place")?,
        chair: UserId::new(input.chair_id),
    };
    /// Writes the record of a hearing; its chair alone.
    hold_hearing(input: HoldHearingInput) => Command::HoldHearing {
        record: Narrative::parse_telling(&input.record, "record")?,
        opinion: Reason::parse(&input.opinion, "opinion")?,
    };
}

steps! {
    /// The decision and what comes after it.
    CaseEndMutation("CaseEndsMutation") moves Case, answers CasePayload;

    /// Notes what the heads said together.
    record_conference(input: RecordConferenceInput) => Command::RecordConference {
        attendees: attendees(&input.attendees)?,
        record: Narrative::parse_telling(&input.record, "record")?,
        opinion: Reason::parse(&input.opinion, "opinion")?,
    };
    /// Decides a case: as it was announced, or lighter.
    decide_case(input: DecideCaseInput) => Command::DecideCase {
        ruling: Ruling {
            fines: lower_fines(input.fines)?,
            correct_by: input.correct_by,
            defence_review: Reason::parse_optional(input.defence_review.as_deref(), "defenceReview")?,
            provincial_approval: Line::parse_optional(input.provincial_approval.as_deref(), "provincialApproval")?,
            suit: input.suit,
        },
    };
    /// Notes that the decision reached the merchant: it is public from then on, and the days for paying begin.
    serve_decision(input: ServeDecisionInput) => Command::ServeDecision {
        delivery: input.delivery.parse()?,
    };
    /// Gives the merchant more time to pay.
    allow_instalments(input: AllowInstalmentsInput) => Command::AllowInstalments {
        until: input.until,
        reason: Reason::parse(&input.reason, "reason")?,
    };
    /// Notes money that came in for a fine.
    record_fine_payment(input: RecordFinePaymentInput) => Command::RecordFinePayment {
        sum: sum(&input.sum_yuan, "sumYuan")?,
        paid_on: input.paid_on,
        receipt: Line::parse(&input.receipt, "receipt")?,
    };
    /// Notes whether the correction was made: what the decision orders, or an order of before it that was served.
    check_correction(input: CheckCorrectionInput) => Command::CheckCorrection {
        violation: input.violation.as_deref().map(violation).transpose()?,
        on: input.on,
        is_made: input.is_made,
        found: Narrative::parse_telling(&input.found, "found")?,
    };
    /// Notes that a review or a suit against the decision runs, or from when to when it ran: its days bear no late fee, and while
    /// one runs the court is not asked.
    note_remedy(input: NoteRemedyInput) => Command::NoteRemedy {
        kind: input.kind,
        body: Line::parse(&input.body, "body")?,
        document: Line::parse(&input.document, "document")?,
        from: input.from,
        until: input.until,
    };
    /// Reminds the merchant that it owes money, before the court is asked.
    remind_party(_: RemindPartyInput) => Command::RemindParty;
    /// Asks the court to enforce.
    apply_to_court(input: ApplyToCourtInput) => Command::ApplyToCourt {
        court: Line::parse(&input.court, "court")?,
        grounds: Reason::parse(&input.grounds, "grounds")?,
    };
    /// Closes a case that is carried out, or that cannot be, with a reason.
    finish_case(input: FinishCaseInput) => Command::FinishCase {
        in_spite: Reason::parse_optional(input.in_spite.as_deref(), "inSpite")?,
    };
    /// Puts a case that is over into the archive, with the catalogue of its papers.
    archive_case(_: ArchiveCaseInput) => Command::ArchiveCase;
    /// Notes what a review, a court or the bureau itself made of the decision. Each change stays in the file.
    change_decision(input: ChangeDecisionInput) => Command::ChangeDecision {
        kind: input.kind,
        by: input.by,
        body: Line::parse(&input.body, "body")?,
        document: Line::parse(&input.document, "document")?,
        on: input.on,
        left: left(&input)?,
        reason: Reason::parse(&input.reason, "reason")?,
    };
    /// Ends a case without a penalty, with the report behind it; its final report has to propose it and pass its audit.
    close_case(input: CloseCaseInput) => Command::CloseCase {
        reason: Narrative::parse_telling(&input.reason, "reason")?,
    };
    /// Ends the investigation of a case whose party is gone, wherever it stands before a decision, with the report behind it.
    /// The register has to say that the merchant ended.
    terminate_case(input: TerminateCaseInput) => Command::TerminateCase {
        proof: Line::parse(&input.proof, "proof")?,
        reason: Narrative::parse_telling(&input.reason, "reason")?,
    };
    /// Hands a case to somebody else, with the report behind it.
    transfer_case(input: TransferCaseInput) => Command::TransferCase {
        to: input.to,
        receiver: Line::parse(&input.receiver, "receiver")?,
        reason: Narrative::parse_telling(&input.reason, "reason")?,
    };
}
