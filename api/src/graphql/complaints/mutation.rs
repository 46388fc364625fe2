//! Filing, deciding and ending a complaint.

use super::{
    input::FileComplaintInput,
    mediation::{as_party, represented},
    mutation_input::{
        AssignComplaintInput, ComplaintStepInput, DispatchComplaintInput, NoteSideToldInput,
        ProposeRefusalInput, ProposeTerminationInput, ReferToPoliceInput,
        RequestIdentityProofInput, TerminateMediationInput, WithdrawComplaintInput,
    },
    types::{ComplaintPayload, FileComplaintPayload},
};
use crate::{error::AppError, graphql::context::Known as _, store, usecase::complaints};
use async_graphql::{Context, Object};
use liangxin_domain::{
    complaints::ground::{RefusalReason, TerminationReason},
    id::{CommandId, ComplaintId, UserId},
    merchants::code::MerchantCode,
    refusal::{Code, Refusal},
    text::{Line, Narrative},
};

/// The writes of this noun that decide.
#[derive(Default)]
pub struct ComplaintMutation;

#[Object(name = "ComplaintsMutation")]
impl ComplaintMutation {
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
            complaints::file(app, ctx.actor()?, input.parse(merchant)?).await
        };
        FileComplaintPayload::of(ctx, outcome.await)
    }

    /// Sends a complaint to the competent unit (form 3).
    async fn dispatch_complaint(
        &self,
        ctx: &Context<'_>,
        input: DispatchComplaintInput,
    ) -> Result<ComplaintPayload, AppError> {
        let outcome = async {
            let actor = ctx.actor()?.clone();
            let (app, id) = (ctx.app()?, CommandId::parse(input.id, "id")?);
            let complaint = ComplaintId::new(input.complaint_id);
            let to = input
                .division
                .parse()
                .map_err(|_| Refusal::on(Code::DivisionUnknown, "division"))?;
            complaints::dispatch(app, &actor, id, complaint, to).await?;
            Ok((actor, complaint))
        };
        ComplaintPayload::of(ctx, outcome.await).await
    }

    /// The competent unit signs for a dispatched complaint.
    async fn take_in_complaint(
        &self,
        ctx: &Context<'_>,
        input: ComplaintStepInput,
    ) -> Result<ComplaintPayload, AppError> {
        let outcome = async {
            let actor = ctx.actor()?.clone();
            let (app, id) = (ctx.app()?, CommandId::parse(input.id, "id")?);
            let complaint = ComplaintId::new(input.complaint_id);
            complaints::take_in(app, &actor, id, complaint).await?;
            Ok((actor, complaint))
        };
        ComplaintPayload::of(ctx, outcome.await).await
    }

    /// Gives a complaint back to the unit that sent it, for want of competence.
    async fn return_complaint(
        &self,
        ctx: &Context<'_>,
        input: ComplaintStepInput,
    ) -> Result<ComplaintPayload, AppError> {
        let outcome = async {
            let actor = ctx.actor()?.clone();
            let (app, id) = (ctx.app()?, CommandId::parse(input.id, "id")?);
            let complaint = ComplaintId::new(input.complaint_id);
            complaints::give_back(app, &actor, id, complaint).await?;
            Ok((actor, complaint))
        };
        ComplaintPayload::of(ctx, outcome.await).await
    }

    /// Names who handles a complaint.
    async fn assign_complaint(
        &self,
        ctx: &Context<'_>,
        input: AssignComplaintInput,
    ) -> Result<ComplaintPayload, AppError> {
        let outcome = async {
            let actor = ctx.actor()?.clone();
            let (app, id) = (ctx.app()?, CommandId::parse(input.id, "id")?);
            let complaint = ComplaintId::new(input.complaint_id);
            complaints::assign(app, &actor, id, complaint, UserId::new(input.handler_id)).await?;
            Ok((actor, complaint))
        };
        ComplaintPayload::of(ctx, outcome.await).await
    }

    /// Asks the complainant to prove the identity (form 4).
    async fn request_identity_proof(
        &self,
        ctx: &Context<'_>,
        input: RequestIdentityProofInput,
    ) -> Result<ComplaintPayload, AppError> {
        let outcome = async {
            let actor = ctx.actor()?.clone();
            let (app, id) = (ctx.app()?, CommandId::parse(input.id, "id")?);
            let complaint = ComplaintId::new(input.complaint_id);
            complaints::request_identity_proof(app, &actor, id, complaint, input.until).await?;
            Ok((actor, complaint))
        };
        ComplaintPayload::of(ctx, outcome.await).await
    }

    /// Notes that the identity was proved.
    async fn prove_identity(
        &self,
        ctx: &Context<'_>,
        input: ComplaintStepInput,
    ) -> Result<ComplaintPayload, AppError> {
        let outcome = async {
            let actor = ctx.actor()?.clone();
            let (app, id) = (ctx.app()?, CommandId::parse(input.id, "id")?);
            let complaint = ComplaintId::new(input.complaint_id);
            complaints::prove_identity(app, &actor, id, complaint).await?;
            Ok((actor, complaint))
        };
        ComplaintPayload::of(ctx, outcome.await).await
    }

    /// Proposes to refuse; a head decides.
    async fn propose_refusal(
        &self,
        ctx: &Context<'_>,
        input: ProposeRefusalInput,
    ) -> Result<ComplaintPayload, AppError> {
        let outcome = async {
            let actor = ctx.actor()?.clone();
            let (app, id) = (ctx.app()?, CommandId::parse(input.id, "id")?);
            let complaint = ComplaintId::new(input.complaint_id);
            let reason = RefusalReason {
                ground: input.ground.into(),
                words: Narrative::parse(&input.reason, "reason")?,
                citation: Line::parse_optional(input.citation.as_deref(), "citation")?,
            };
            complaints::propose_refusal(app, &actor, id, complaint, reason).await?;
            Ok((actor, complaint))
        };
        ComplaintPayload::of(ctx, outcome.await).await
    }

    /// Refuses a complaint as proposed (form 6). Whoever proposed it may not.
    async fn approve_refusal(
        &self,
        ctx: &Context<'_>,
        input: ComplaintStepInput,
    ) -> Result<ComplaintPayload, AppError> {
        let outcome = async {
            let actor = ctx.actor()?.clone();
            let (app, id) = (ctx.app()?, CommandId::parse(input.id, "id")?);
            let complaint = ComplaintId::new(input.complaint_id);
            complaints::approve_refusal(app, &actor, id, complaint).await?;
            Ok((actor, complaint))
        };
        ComplaintPayload::of(ctx, outcome.await).await
    }

    /// Accepts a complaint (form 5).
    async fn accept_complaint(
        &self,
        ctx: &Context<'_>,
        input: ComplaintStepInput,
    ) -> Result<ComplaintPayload, AppError> {
        let outcome = async {
            let actor = ctx.actor()?.clone();
            let (app, id) = (ctx.app()?, CommandId::parse(input.id, "id")?);
            let complaint = ComplaintId::new(input.complaint_id);
            complaints::accept(app, &actor, id, complaint).await?;
            Ok((actor, complaint))
        };
        ComplaintPayload::of(ctx, outcome.await).await
    }

    /// Takes a complaint back before acceptance: the complainant by receipt code, or the handler who writes it down.
    async fn withdraw_complaint(
        &self,
        ctx: &Context<'_>,
        input: WithdrawComplaintInput,
    ) -> Result<ComplaintPayload, AppError> {
        let outcome = async {
            let actor = as_party(ctx, input.receipt_code.as_deref(), input.proof.as_ref()).await?;
            let (app, id) = (ctx.app()?, CommandId::parse(input.id, "id")?);
            let complaint = ComplaintId::new(input.complaint_id);
            let words = Narrative::parse_optional(input.reason.as_deref(), "reason")?;
            let represented =
                represented(input.represented_consent_on, input.represented_consent_way);
            complaints::withdraw(app, &actor, id, complaint, (words, represented)).await?;
            Ok((actor, complaint))
        };
        ComplaintPayload::of(ctx, outcome.await).await
    }

    /// Proposes to terminate the mediation; a head decides.
    async fn propose_termination(
        &self,
        ctx: &Context<'_>,
        input: ProposeTerminationInput,
    ) -> Result<ComplaintPayload, AppError> {
        let outcome = async {
            let actor = ctx.actor()?.clone();
            let (app, id) = (ctx.app()?, CommandId::parse(input.id, "id")?);
            let complaint = ComplaintId::new(input.complaint_id);
            let reason = TerminationReason {
                ground: input.ground.into(),
                words: Narrative::parse_optional(input.reason.as_deref(), "reason")?,
                citation: Line::parse_optional(input.citation.as_deref(), "citation")?,
            };
            complaints::propose_termination(app, &actor, id, complaint, reason).await?;
            Ok((actor, complaint))
        };
        ComplaintPayload::of(ctx, outcome.await).await
    }

    /// Terminates a mediation as proposed (form 8). Whoever proposed it may not.
    async fn terminate_mediation(
        &self,
        ctx: &Context<'_>,
        input: TerminateMediationInput,
    ) -> Result<ComplaintPayload, AppError> {
        let outcome = async {
            let actor = ctx.actor()?.clone();
            let (app, id) = (ctx.app()?, CommandId::parse(input.id, "id")?);
            let complaint = ComplaintId::new(input.complaint_id);
            let represented =
                represented(input.represented_consent_on, input.represented_consent_way);
            complaints::terminate(app, &actor, id, complaint, represented).await?;
            Ok((actor, complaint))
        };
        ComplaintPayload::of(ctx, outcome.await).await
    }

    /// Notes that a side was told of the termination.
    async fn note_side_told(
        &self,
        ctx: &Context<'_>,
        input: NoteSideToldInput,
    ) -> Result<ComplaintPayload, AppError> {
        let outcome = async {
            let actor = ctx.actor()?.clone();
            let (app, id) = (ctx.app()?, CommandId::parse(input.id, "id")?);
            let complaint = ComplaintId::new(input.complaint_id);
            complaints::note_told(
                app,
                &actor,
                id,
                complaint,
                (input.side.into(), input.way.into()),
            )
            .await?;
            Ok((actor, complaint))
        };
        ComplaintPayload::of(ctx, outcome.await).await
    }

    /// Closes the file.
    async fn close_complaint(
        &self,
        ctx: &Context<'_>,
        input: ComplaintStepInput,
    ) -> Result<ComplaintPayload, AppError> {
        let outcome = async {
            let actor = ctx.actor()?.clone();
            let (app, id) = (ctx.app()?, CommandId::parse(input.id, "id")?);
            let complaint = ComplaintId::new(input.complaint_id);
            complaints::close(app, &actor, id, complaint).await?;
            Ok((actor, complaint))
        };
        ComplaintPayload::of(ctx, outcome.await).await
    }

    /// Sends the closed file to the archive.
    async fn archive_complaint(
        &self,
        ctx: &Context<'_>,
        input: ComplaintStepInput,
    ) -> Result<ComplaintPayload, AppError> {
        let outcome = async {
            let actor = ctx.actor()?.clone();
            let (app, id) = (ctx.app()?, CommandId::parse(input.id, "id")?);
            let complaint = ComplaintId::new(input.complaint_id);
            complaints::archive(app, &actor, id, complaint).await?;
            Ok((actor, complaint))
        };
        ComplaintPayload::of(ctx, outcome.await).await
    }

    /// Hands conduct of article 42 to the police, beside the state.
    async fn refer_to_police(
        &self,
        ctx: &Context<'_>,
        input: ReferToPoliceInput,
    ) -> Result<ComplaintPayload, AppError> {
        let outcome = async {
            let actor = ctx.actor()?.clone();
            let (app, id) = (ctx.app()?, CommandId::parse(input.id, "id")?);
            let complaint = ComplaintId::new(input.complaint_id);
            let police = Line::parse(&input.police, "police")?;
            let conduct = Narrative::parse(&input.conduct, "conduct")?;
            complaints::refer_to_police(app, &actor, id, complaint, (police, conduct)).await?;
            Ok((actor, complaint))
        };
        ComplaintPayload::of(ctx, outcome.await).await
    }
}
