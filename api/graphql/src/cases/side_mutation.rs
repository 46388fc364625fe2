//! The steps beside a case: a referral to the police, a penalty on the spot, credit repair.

use super::{
    side_input::{
        AcceptRepairInput, AskReviewInput, DecideReferralInput, DecideRepairInput,
        ExtendRepairInput, FilePapersInput, HandOverGoodsInput, HandOverInput, NoteLiabilityInput,
        NotePoliceAnswerInput, PunishOnTheSpotInput, RepairCreditInput, ReportCrimeInput,
        ReturnFromPoliceInput, UndoRepairInput,
    },
    types::CasePayload,
};
use crate::{context::Known as _, problem::Outcome};
use async_graphql::{Context, Object};
use liangxin_app::{error::AppError, usecase::cases};
use liangxin_domain::{
    cases::{case::Case, command::Command},
    text::{Line, Narrative, Reason},
};

/// How a case comes to be that is decided at once.
#[derive(Default)]
pub struct OnTheSpotMutation;

#[Object(name = "OnTheSpotMutation")]
impl OnTheSpotMutation {
    /// Imposes a small penalty on the spot: two certified officers, plain facts, the decision handed over at once.
    async fn punish_on_the_spot(
        &self,
        ctx: &Context<'_>,
        input: PunishOnTheSpotInput,
    ) -> Result<CasePayload, AppError> {
        let outcome = async {
            let imposed = input.parse()?;
            let case = imposed.case;
            let caller = ctx.caller()?;
            let written = cases::punish(ctx.app()?, caller, imposed).await?;
            Ok(Outcome::of((caller.actor.clone(), case), written))
        };
        CasePayload::of(ctx, outcome.await).await
    }
}

steps! {
    /// The writes beside a case.
    CaseSideMutation("CaseSidesMutation") moves Case, answers CasePayload;

    /// Notes that the papers of a penalty on the spot came to the office.
    file_papers(_: FilePapersInput) => Command::FilePapers;
    /// Reports a suspected crime to the head, in writing.
    report_crime(input: ReportCrimeInput) => Command::ReportCrime {
        facts: Narrative::parse_telling(&input.facts, "facts")?,
        report: Narrative::parse_telling(&input.report, "report")?,
    };
    /// Decides whether a suspected crime goes to the police.
    decide_referral(input: DecideReferralInput) => Command::DecideReferral {
        refer: input.refer,
        reason: Reason::parse(&input.reason, "reason")?,
    };
    /// Hands a suspected crime over to the police, with its five enclosures.
    hand_over(input: HandOverInput) => Command::HandOver {
        transfer: input.parse()?,
    };
    /// Notes whether the police took it up; if so, the case waits for them.
    note_police_answer(input: NotePoliceAnswerInput) => Command::NotePoliceAnswer {
        accepted: input.accepted,
        document: Line::parse(&input.document, "document")?,
        on: input.on,
    };
    /// Asks the police to look at their refusal again, once.
    ask_review(input: AskReviewInput) => Command::AskReview {
        reason: Reason::parse(&input.reason, "reason")?,
    };
    /// Hands the goods over to the police.
    hand_over_goods(input: HandOverGoodsInput) => Command::HandOverGoods {
        list: Narrative::parse_telling(&input.list, "list")?,
    };
    /// Notes what the prosecution or the court said about criminal liability.
    note_liability(input: NoteLiabilityInput) => Command::NoteLiability {
        is_liable: input.is_liable,
        document: Line::parse(&input.document, "document")?,
        on: input.on,
    };
    /// Notes that the police gave the case back; it goes on.
    return_from_police(input: ReturnFromPoliceInput) => Command::ReturnFromPolice {
        document: Line::parse(&input.document, "document")?,
        on: input.on,
        reason: Reason::parse(&input.reason, "reason")?,
    };
    /// The merchant asks that its decision is shown no more.
    repair_credit(input: RepairCreditInput) => Command::RepairCredit {
        promise: Line::parse(&input.promise, "promise")?,
        proof: Line::parse(&input.proof, "proof")?,
    };
    /// Takes such an application up, or asks once for more.
    accept_repair(input: AcceptRepairInput) => Command::AcceptRepair {
        missing: Narrative::parse_telling_optional(input.missing.as_deref(), "missing")?,
    };
    /// Takes more time for the decision on such an application, once.
    extend_repair(input: ExtendRepairInput) => Command::ExtendRepair {
        reason: Reason::parse(&input.reason, "reason")?,
    };
    /// Decides whether the display of a decision ends.
    decide_repair(input: DecideRepairInput) => Command::DecideRepair {
        grant: input.grant,
        reason: Reason::parse(&input.reason, "reason")?,
    };
    /// Undoes a repair that was got by lying: the decision is shown anew, for three years from today, and nobody asks again
    /// meanwhile.
    undo_repair(input: UndoRepairInput) => Command::UndoRepair {
        reason: Reason::parse(&input.reason, "reason")?,
    };
}
