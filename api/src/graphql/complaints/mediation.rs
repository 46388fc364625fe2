//! The steps of a mediation.

use super::{
    mediation_input::{
        AnnounceSessionInput, ConsentToMediationInput, DecideRecusalInput, EntrustMediationInput,
        HoldSessionInput, MediationStepInput, RecordAgreementInput, RecordTestResultInput,
        ReportLeadInput, RequestRecusalInput, SendForTestingInput, SettleLeadInput,
        WithdrawPublicationConsentInput,
    },
    types::ComplaintPayload,
    words::WayView,
};
use crate::{
    error::AppError,
    graphql::{context::Known as _, privacy::input::ProofInput},
    usecase::{
        complaints::{self, HeldSession, NewTest, SessionPlan},
        receipts::Tried,
    },
};
use async_graphql::{Context, Object};
use chrono::NaiveDate;
use liangxin_domain::{
    actor::Actor,
    complaints::consent::RepresentedConsent,
    id::{CommandId, ComplaintId},
    refusal::{Code, Refusal},
    text::{Line, Narrative},
};

/// Most mediators of one session; our own bound.
const MOST_MEDIATORS: usize = 5;

/// The writes of this noun that mediate.
#[derive(Default)]
pub struct MediationMutation;

#[Object(name = "MediationsMutation")]
impl MediationMutation {
    /// A side consents; with both consents to mediation by the bureau, it begins.
    async fn consent_to_mediation(
        &self,
        ctx: &Context<'_>,
        input: ConsentToMediationInput,
    ) -> Result<ComplaintPayload, AppError> {
        let outcome = async {
            let actor = as_party(ctx, input.receipt_code.as_deref(), input.proof.as_ref()).await?;
            let (app, id) = (ctx.app()?, CommandId::parse(input.id, "id")?);
            let complaint = ComplaintId::new(input.complaint_id);
            complaints::consent(
                app,
                &actor,
                id,
                complaint,
                (input.side.into(), input.to.into(), input.way.into()),
            )
            .await?;
            Ok((actor, complaint))
        };
        ComplaintPayload::of(ctx, outcome.await).await
    }

    /// The complainant no longer wants complaint information to be published.
    async fn withdraw_publication_consent(
        &self,
        ctx: &Context<'_>,
        input: WithdrawPublicationConsentInput,
    ) -> Result<ComplaintPayload, AppError> {
        let outcome = async {
            let actor = as_party(ctx, input.receipt_code.as_deref(), input.proof.as_ref()).await?;
            let (app, id) = (ctx.app()?, CommandId::parse(input.id, "id")?);
            let complaint = ComplaintId::new(input.complaint_id);
            complaints::withdraw_publication(app, &actor, id, complaint).await?;
            Ok((actor, complaint))
        };
        ComplaintPayload::of(ctx, outcome.await).await
    }

    /// A lawful body mediates in the bureau's name; needs both consents.
    async fn entrust_mediation(
        &self,
        ctx: &Context<'_>,
        input: EntrustMediationInput,
    ) -> Result<ComplaintPayload, AppError> {
        let outcome = async {
            let actor = ctx.actor()?.clone();
            let (app, id) = (ctx.app()?, CommandId::parse(input.id, "id")?);
            let complaint = ComplaintId::new(input.complaint_id);
            let body = Line::parse(&input.body, "body")?;
            complaints::entrust(app, &actor, id, complaint, (input.kind.into(), body)).await?;
            Ok((actor, complaint))
        };
        ComplaintPayload::of(ctx, outcome.await).await
    }

    /// The body gave the matter back.
    async fn take_back_mediation(
        &self,
        ctx: &Context<'_>,
        input: MediationStepInput,
    ) -> Result<ComplaintPayload, AppError> {
        let outcome = async {
            let actor = ctx.actor()?.clone();
            let (app, id) = (ctx.app()?, CommandId::parse(input.id, "id")?);
            let complaint = ComplaintId::new(input.complaint_id);
            complaints::take_back(app, &actor, id, complaint).await?;
            Ok((actor, complaint))
        };
        ComplaintPayload::of(ctx, outcome.await).await
    }

    /// Announces a session on site (form 7).
    async fn announce_session(
        &self,
        ctx: &Context<'_>,
        input: AnnounceSessionInput,
    ) -> Result<ComplaintPayload, AppError> {
        let outcome = async {
            let actor = ctx.actor()?.clone();
            let (app, id) = (ctx.app()?, CommandId::parse(input.id, "id")?);
            let complaint = ComplaintId::new(input.complaint_id);
            let plan = SessionPlan {
                meets_at: input.meets_at,
                place: Line::parse(&input.place, "place")?,
                mediators: mediators(&input.mediators)?,
                recusal_until: input.recusal_until,
            };
            complaints::announce_session(app, &actor, id, complaint, plan).await?;
            Ok((actor, complaint))
        };
        ComplaintPayload::of(ctx, outcome.await).await
    }

    /// Writes down a session: on site after its notice, or remote.
    async fn hold_session(
        &self,
        ctx: &Context<'_>,
        input: HoldSessionInput,
    ) -> Result<ComplaintPayload, AppError> {
        let outcome = async {
            let actor = ctx.actor()?.clone();
            let (app, id) = (ctx.app()?, CommandId::parse(input.id, "id")?);
            let complaint = ComplaintId::new(input.complaint_id);
            let held = HeldSession {
                mode: input.mode.into(),
                held_at: input.held_at,
                place: Line::parse_optional(input.place.as_deref(), "place")?,
                mediators: mediators(&input.mediators)?,
                record: Narrative::parse(&input.record, "record")?,
            };
            complaints::hold_session(app, &actor, id, complaint, held).await?;
            Ok((actor, complaint))
        };
        ComplaintPayload::of(ctx, outcome.await).await
    }

    /// A side asks that a mediator steps back; mediation waits.
    async fn request_recusal(
        &self,
        ctx: &Context<'_>,
        input: RequestRecusalInput,
    ) -> Result<ComplaintPayload, AppError> {
        let outcome = async {
            let actor = as_party(ctx, input.receipt_code.as_deref(), input.proof.as_ref()).await?;
            let (app, id) = (ctx.app()?, CommandId::parse(input.id, "id")?);
            let complaint = ComplaintId::new(input.complaint_id);
            let mediator = Line::parse(&input.mediator, "mediator")?;
            let words = Narrative::parse(&input.reason, "reason")?;
            complaints::request_recusal(
                app,
                &actor,
                id,
                complaint,
                (input.side.into(), mediator, words),
            )
            .await?;
            Ok((actor, complaint))
        };
        ComplaintPayload::of(ctx, outcome.await).await
    }

    /// The bureau decides about a mediator.
    async fn decide_recusal(
        &self,
        ctx: &Context<'_>,
        input: DecideRecusalInput,
    ) -> Result<ComplaintPayload, AppError> {
        let outcome = async {
            let actor = ctx.actor()?.clone();
            let (app, id) = (ctx.app()?, CommandId::parse(input.id, "id")?);
            let complaint = ComplaintId::new(input.complaint_id);
            complaints::decide_recusal(app, &actor, id, complaint, input.ruling.into()).await?;
            Ok((actor, complaint))
        };
        ComplaintPayload::of(ctx, outcome.await).await
    }

    /// Sends a sample to a testing body; the period pauses.
    async fn send_for_testing(
        &self,
        ctx: &Context<'_>,
        input: SendForTestingInput,
    ) -> Result<ComplaintPayload, AppError> {
        let outcome = async {
            let actor = ctx.actor()?.clone();
            let (app, id) = (ctx.app()?, CommandId::parse(input.id, "id")?);
            let complaint = ComplaintId::new(input.complaint_id);
            let test = NewTest {
                body: Line::parse(&input.body, "body")?,
                sample: Line::parse(&input.sample, "sample")?,
                chosen_by: input.chosen_by.into(),
                cost: input.cost.into(),
            };
            complaints::send_for_testing(app, &actor, id, complaint, test).await?;
            Ok((actor, complaint))
        };
        ComplaintPayload::of(ctx, outcome.await).await
    }

    /// Writes down the answer of the testing body; the period counts again.
    async fn record_test_result(
        &self,
        ctx: &Context<'_>,
        input: RecordTestResultInput,
    ) -> Result<ComplaintPayload, AppError> {
        let outcome = async {
            let actor = ctx.actor()?.clone();
            let (app, id) = (ctx.app()?, CommandId::parse(input.id, "id")?);
            let complaint = ComplaintId::new(input.complaint_id);
            let result = Narrative::parse(&input.result, "result")?;
            complaints::record_test_result(app, &actor, id, complaint, result).await?;
            Ok((actor, complaint))
        };
        ComplaintPayload::of(ctx, outcome.await).await
    }

    /// Writes down what the sides agreed on, with a mediation letter (form 9) or without.
    async fn record_agreement(
        &self,
        ctx: &Context<'_>,
        input: RecordAgreementInput,
    ) -> Result<ComplaintPayload, AppError> {
        let outcome = async {
            let actor = ctx.actor()?.clone();
            let (app, id) = (ctx.app()?, CommandId::parse(input.id, "id")?);
            let complaint = ComplaintId::new(input.complaint_id);
            let terms = Narrative::parse(&input.terms, "terms")?;
            let represented =
                represented(input.represented_consent_on, input.represented_consent_way);
            complaints::agree(
                app,
                &actor,
                id,
                complaint,
                (input.form.into(), terms, represented),
            )
            .await?;
            Ok((actor, complaint))
        };
        ComplaintPayload::of(ctx, outcome.await).await
    }

    /// Notes a lead found while mediating; it is verified within its own period.
    async fn report_lead(
        &self,
        ctx: &Context<'_>,
        input: ReportLeadInput,
    ) -> Result<ComplaintPayload, AppError> {
        let outcome = async {
            let actor = ctx.actor()?.clone();
            let (app, id) = (ctx.app()?, CommandId::parse(input.id, "id")?);
            let complaint = ComplaintId::new(input.complaint_id);
            let words = Narrative::parse(&input.words, "words")?;
            complaints::report_lead(app, &actor, id, complaint, words).await?;
            Ok((actor, complaint))
        };
        ComplaintPayload::of(ctx, outcome.await).await
    }

    /// Decides what becomes of the open lead. Whoever found it may not.
    async fn settle_lead(
        &self,
        ctx: &Context<'_>,
        input: SettleLeadInput,
    ) -> Result<ComplaintPayload, AppError> {
        let outcome = async {
            let actor = ctx.actor()?.clone();
            let (app, id) = (ctx.app()?, CommandId::parse(input.id, "id")?);
            let complaint = ComplaintId::new(input.complaint_id);
            let words = Narrative::parse(&input.reason, "reason")?;
            complaints::settle_lead(app, &actor, id, complaint, (input.outcome.into(), words))
                .await?;
            Ok((actor, complaint))
        };
        ComplaintPayload::of(ctx, outcome.await).await
    }
}

/// Whoever holds the receipt code of a complaint is its complainant; else the caller.
pub(super) async fn as_party(
    ctx: &Context<'_>,
    receipt_code: Option<&str>,
    proof: Option<&ProofInput>,
) -> Result<Actor, AppError> {
    let Some(code) = receipt_code else {
        return Ok(ctx.actor()?.clone());
    };
    let proof = ProofInput::parse(proof)?;
    let tried = Tried {
        code,
        proof: proof.as_ref(),
        address: ctx.address(),
    };
    complaints::open_receipt(ctx.app()?, tried).await
}

/// The consent of the persons who are represented, if a day was said.
pub(super) fn represented(
    on: Option<NaiveDate>,
    way: Option<WayView>,
) -> Option<RepresentedConsent> {
    on.map(|on| RepresentedConsent {
        on,
        way: way.unwrap_or(WayView::InPerson).into(),
    })
}

fn mediators(names: &[String]) -> Result<Vec<Line>, Refusal> {
    if names.is_empty() {
        return Err(Refusal::on(Code::FieldRequired, "mediators"));
    }
    if names.len() > MOST_MEDIATORS {
        return Err(Refusal::on(Code::FieldTooLong, "mediators").with(MOST_MEDIATORS.to_string()));
    }
    names
        .iter()
        .map(|name| Line::parse(name, "mediators"))
        .collect()
}
