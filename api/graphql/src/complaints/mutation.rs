//! Filing a complaint, and everything that is done to it: one line a step.

use super::{
    input::FileComplaintInput,
    mediation_input::{
        AnnounceSessionInput, ConsentToMediationInput, DecideRecusalInput, EntrustMediationInput,
        HoldSessionInput, MediationStepInput, RecordAgreementInput, RecordTestResultInput,
        ReportLeadInput, RequestRecusalInput, SendForTestingInput, SettleLeadInput,
        WithdrawPublicationConsentInput,
    },
    mutation_input::{
        AssignComplaintInput, ComplaintStepInput, DispatchComplaintInput, NoteSideToldInput,
        ProposeRefusalInput, ProposeTerminationInput, ReferToPoliceInput,
        RequestIdentityProofInput, TerminateMediationInput, WithdrawComplaintInput,
    },
    types::{ComplaintPayload, FileComplaintPayload},
};
use crate::{
    context::Known as _,
    receipts::{ComeBackPayload, StopMailPayload},
};
use async_graphql::{Context, Object};
use chrono::NaiveDate;
use liangxin_app::{
    caller::Caller,
    error::AppError,
    store,
    usecase::{complaints, correspondence},
};
use liangxin_domain::{
    complaints::{
        command::Command,
        complaint::Complaint,
        consent::{RepresentedConsent, Way},
        ground::{RefusalReason, TerminationReason},
    },
    id::UserId,
    limits::MEDIATORS,
    merchants::code::MerchantCode,
    privacy::correspondence::Correspondence,
    refusal::{Code, Refusal},
    text::{Line, Narrative},
};

/// How a complaint comes in.
#[derive(Default)]
pub struct ComplaintFilingMutation;

#[Object(name = "ComplaintFilingsMutation")]
impl ComplaintFilingMutation {
    /// Files a complaint. No account is needed; a real identity is.
    async fn file_complaint(
        &self,
        ctx: &Context<'_>,
        input: FileComplaintInput,
    ) -> Result<FileComplaintPayload, AppError> {
        let outcome = async {
            let app = ctx.app()?;
            let merchant = match input.merchant_code() {
                None => None,
                Some(code) => {
                    let unknown =
                        || AppError::from(Refusal::on(Code::MerchantUnknown, "merchantCode"));
                    let code = MerchantCode::parse(code).map_err(|_| unknown())?;
                    let found = store::merchants::find_by_code(&app.db, &code).await?;
                    Some(found.ok_or_else(unknown)?.id)
                }
            };
            complaints::file(app, ctx.caller()?, input.parse(merchant)?).await
        };
        FileComplaintPayload::of(ctx, outcome.await).await
    }

    /// Comes back to a complaint with its receipt code: the first time after filing shows the code once
    /// more, because codes get lost on the first screen.
    async fn come_back_to_complaint(
        &self,
        ctx: &Context<'_>,
        #[graphql(secret)] receipt_code: String,
    ) -> Result<ComeBackPayload, AppError> {
        let outcome =
            async { complaints::come_back(ctx.app()?, ctx.caller()?, &receipt_code).await };
        ComeBackPayload::of(ctx, outcome.await).await
    }

    /// Withdraws the consent to mail about a complaint with its receipt code: the address that was left is deleted.
    async fn stop_complaint_mail(
        &self,
        ctx: &Context<'_>,
        #[graphql(secret)] receipt_code: String,
    ) -> Result<StopMailPayload, AppError> {
        let outcome = async {
            let (app, caller) = (ctx.app()?, ctx.caller()?);
            let found = complaints::complainant_of(app, caller, &receipt_code).await;
            let (complaint, complainant) = found?;
            correspondence::stop(app, &complainant, Correspondence::Complaint(complaint)).await
        };
        StopMailPayload::of(ctx, outcome.await)
    }
}

steps! {
    /// The writes of this noun that decide.
    ComplaintMutation("ComplaintsMutation") moves Complaint, answers ComplaintPayload;

    /// Sends a complaint to the competent unit (form 3).
    dispatch_complaint(input: DispatchComplaintInput) => Command::DispatchComplaint {
        to: input.division.parse().map_err(|_| Refusal::on(Code::DivisionUnknown, "division"))?,
    };
    /// The competent unit signs for a dispatched complaint.
    take_in_complaint(_: ComplaintStepInput) => Command::TakeInComplaint;
    /// Gives a complaint back to the unit that sent it, for want of competence.
    return_complaint(_: ComplaintStepInput) => Command::ReturnComplaint;
    /// Names who handles a complaint.
    assign_complaint(input: AssignComplaintInput) => Command::AssignComplaint {
        handler: UserId::new(input.handler_id),
    };
    /// Asks the complainant to prove the identity (form 4).
    request_identity_proof(input: RequestIdentityProofInput) => Command::RequestIdentityProof {
        until: input.until,
    };
    /// Notes that the identity was proved.
    prove_identity(_: ComplaintStepInput) => Command::ProveIdentity;
    /// Proposes to refuse; a head decides.
    propose_refusal(input: ProposeRefusalInput) => Command::ProposeRefusal {
        reason: RefusalReason {
            ground: input.ground,
            words: Narrative::parse(&input.reason, "reason")?,
            citation: Line::parse_optional(input.citation.as_deref(), "citation")?,
        },
    };
    /// Refuses a complaint as proposed (form 6). Whoever proposed it may not.
    approve_refusal(_: ComplaintStepInput) => Command::ApproveRefusal;
    /// Accepts a complaint (form 5).
    accept_complaint(_: ComplaintStepInput) => Command::AcceptComplaint;
    /// Takes a complaint back before acceptance: the complainant by receipt code, or the handler who writes it down.
    withdraw_complaint(input: WithdrawComplaintInput) => Command::WithdrawComplaint {
        words: Narrative::parse_optional(input.reason.as_deref(), "reason")?,
        represented: represented(input.represented_consent_on, input.represented_consent_way),
    };
    /// Proposes to terminate the mediation; a head decides.
    propose_termination(input: ProposeTerminationInput) => Command::ProposeTermination {
        reason: TerminationReason {
            ground: input.ground,
            words: Narrative::parse_optional(input.reason.as_deref(), "reason")?,
            citation: Line::parse_optional(input.citation.as_deref(), "citation")?,
        },
    };
    /// Terminates a mediation as proposed (form 8). Whoever proposed it may not.
    terminate_mediation(input: TerminateMediationInput) => Command::TerminateMediation {
        represented: represented(input.represented_consent_on, input.represented_consent_way),
    };
    /// Notes that a side was told of the termination.
    note_side_told(input: NoteSideToldInput) => Command::NoteSideTold {
        side: input.side,
        way: input.way,
    };
    /// Closes the file.
    close_complaint(_: ComplaintStepInput) => Command::CloseComplaint;
    /// Sends the closed file to the archive.
    archive_complaint(_: ComplaintStepInput) => Command::ArchiveComplaint;
    /// Hands conduct of article 42 to the police, beside the state.
    refer_to_police(input: ReferToPoliceInput) => Command::ReferToPolice {
        police: Line::parse(&input.police, "police")?,
        conduct: Narrative::parse(&input.conduct, "conduct")?,
    };
}

steps! {
    /// The writes of this noun that mediate.
    MediationMutation("MediationsMutation") moves Complaint, answers ComplaintPayload;

    /// A side consents; with both consents to mediation by the bureau, it begins.
    consent_to_mediation(input: ConsentToMediationInput) => Command::ConsentToMediation {
        side: input.side,
        to: input.to,
        way: input.way,
    };
    /// The complainant no longer wants complaint information to be published.
    withdraw_publication_consent(_: WithdrawPublicationConsentInput) => Command::WithdrawPublicationConsent;
    /// A lawful body mediates in the bureau's name; needs both consents.
    entrust_mediation(input: EntrustMediationInput) => Command::EntrustMediation {
        kind: input.kind,
        body: Line::parse(&input.body, "body")?,
    };
    /// The body gave the matter back.
    take_back_mediation(_: MediationStepInput) => Command::TakeBackMediation;
    /// Announces a session on site (form 7).
    announce_session(input: AnnounceSessionInput) => Command::AnnounceSession {
        meets_at: input.meets_at.0,
        place: Line::parse(&input.place, "place")?,
        mediators: mediators(&input.mediators)?,
        recusal_until: input.recusal_until,
    };
    /// Writes down a session: on site after its notice, or remote.
    hold_session(input: HoldSessionInput) => Command::HoldSession {
        mode: input.mode,
        held_at: input.held_at.0,
        place: Line::parse_optional(input.place.as_deref(), "place")?,
        mediators: mediators(&input.mediators)?,
        record: Narrative::parse(&input.record, "record")?,
    };
    /// A side asks that a mediator steps back; mediation waits.
    request_recusal(input: RequestRecusalInput) => Command::RequestRecusal {
        side: input.side,
        mediator: Line::parse(&input.mediator, "mediator")?,
        words: Narrative::parse(&input.reason, "reason")?,
    };
    /// The bureau decides about a mediator.
    decide_recusal(input: DecideRecusalInput) => Command::DecideRecusal { ruling: input.ruling };
    /// Sends a sample to a testing body; the period pauses.
    send_for_testing(input: SendForTestingInput) => Command::SendForTesting {
        body: Line::parse(&input.body, "body")?,
        sample: Line::parse(&input.sample, "sample")?,
        chosen_by: input.chosen_by,
        cost: input.cost,
    };
    /// Writes down the answer of the testing body; the period counts again.
    record_test_result(input: RecordTestResultInput) => Command::RecordTestResult {
        result: Narrative::parse(&input.result, "result")?,
    };
    /// Writes down what the sides agreed on, with a mediation letter (form 9) or without.
    record_agreement(input: RecordAgreementInput) => Command::RecordAgreement {
        form: input.form,
        terms: Narrative::parse(&input.terms, "terms")?,
        represented: represented(input.represented_consent_on, input.represented_consent_way),
    };
    /// Notes a lead found while mediating; it opens a report of its own, which has its own period.
    report_lead(input: ReportLeadInput) => Command::ReportLead {
        words: Narrative::parse(&input.words, "words")?,
    };
    /// Decides what becomes of an open lead that has no report of its own. Whoever found it may not.
    settle_lead(input: SettleLeadInput) => Command::SettleLead {
        outcome: input.outcome,
        words: Narrative::parse(&input.reason, "reason")?,
    };
}

/// Whoever holds the receipt code of a complaint is its complainant; else the caller.
pub(super) async fn as_party(
    ctx: &Context<'_>,
    receipt_code: Option<&str>,
) -> Result<Caller, AppError> {
    let caller = ctx.caller()?;
    let Some(code) = receipt_code else {
        // Told before anything is looked for: to nobody every complaint is unknown, and a phone would give up.
        caller.actor.signed_in()?;
        return Ok(caller.clone());
    };
    complaints::open_receipt(ctx.app()?, caller, code).await
}

/// The consent of the persons who are represented, if a day was said.
fn represented(on: Option<NaiveDate>, way: Option<Way>) -> Option<RepresentedConsent> {
    on.map(|on| RepresentedConsent {
        on,
        way: way.unwrap_or(Way::InPerson),
    })
}

fn mediators(names: &[String]) -> Result<Vec<Line>, Refusal> {
    if names.is_empty() {
        return Err(Refusal::on(Code::FieldRequired, "mediators"));
    }
    if names.len() > MEDIATORS {
        return Err(Refusal::on(Code::FieldTooLong, "mediators").with(MEDIATORS.to_string()));
    }
    names
        .iter()
        .map(|name| Line::parse(name, "mediators"))
        .collect()
}
