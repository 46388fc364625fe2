//! The steps of a visit.

use super::{
    document::SubmitMeasurementInput,
    input::{
        CheckInInput, CheckInstrumentInput, DeclarePhotosInput, DispatchVisitInput,
        RecordMeasurementInput, SignRecordInput, SubmitVisitInput,
    },
    types::{MeasurementPayload, VisitPayload},
};
use crate::{
    error::AppError,
    graphql::context::Known as _,
    usecase::{evidence, inspections},
};
use async_graphql::{Context, Object};
use liangxin_domain::id::{CommandId, VisitId};

/// The writes of this noun.
#[derive(Default)]
pub struct InspectionMutation;

#[Object(name = "InspectionsMutation")]
impl InspectionMutation {
    /// Sends two or more certified inspectors to a merchant.
    async fn dispatch_visit(
        &self,
        ctx: &Context<'_>,
        input: DispatchVisitInput,
    ) -> Result<VisitPayload, AppError> {
        let outcome = async {
            let order = input.parse()?;
            let visit = order.visit;
            inspections::dispatch(ctx.app()?, ctx.actor()?, order).await?;
            Ok(visit)
        };
        VisitPayload::of(ctx, outcome.await).await
    }

    /// Notes that an inspector arrived.
    async fn check_in(
        &self,
        ctx: &Context<'_>,
        input: CheckInInput,
    ) -> Result<VisitPayload, AppError> {
        let outcome = async {
            let (id, arrival) = input.parse()?;
            inspections::check_in(ctx.app()?, ctx.actor()?, id, arrival).await?;
            Ok(arrival.visit)
        };
        VisitPayload::of(ctx, outcome.await).await
    }

    /// Records an instrument's verification mark and seal.
    async fn check_instrument(
        &self,
        ctx: &Context<'_>,
        input: CheckInstrumentInput,
    ) -> Result<VisitPayload, AppError> {
        let outcome = async {
            let (id, check) = input.parse()?;
            let visit = check.visit;
            inspections::check_instrument(ctx.app()?, ctx.actor()?, id, check).await?;
            Ok(visit)
        };
        VisitPayload::of(ctx, outcome.await).await
    }

    /// Records a weighing and answers with its verdict.
    async fn record_measurement(
        &self,
        ctx: &Context<'_>,
        input: RecordMeasurementInput,
    ) -> Result<MeasurementPayload, AppError> {
        let outcome = async {
            let weighing = input.parse()?;
            let id = weighing.id;
            inspections::measure(ctx.app()?, ctx.actor()?, weighing).await?;
            Ok(id)
        };
        MeasurementPayload::of(ctx, outcome.await).await
    }

    /// Records a measurement of any family (prepackaged lots, scales, dispensers, spectacles,
    /// checklists and the rest) and answers with its verdict.
    async fn submit_measurement(
        &self,
        ctx: &Context<'_>,
        input: SubmitMeasurementInput,
    ) -> Result<MeasurementPayload, AppError> {
        let outcome = async {
            let measured = input.parse()?;
            let id = measured.id;
            inspections::measure(ctx.app()?, ctx.actor()?, measured).await?;
            Ok(id)
        };
        MeasurementPayload::of(ctx, outcome.await).await
    }

    /// Promises photos of a visit. The visit stays incomplete until their bytes are held.
    async fn declare_photos(
        &self,
        ctx: &Context<'_>,
        input: DeclarePhotosInput,
    ) -> Result<VisitPayload, AppError> {
        let outcome = async {
            let (id, declaration) = input.parse()?;
            let visit = declaration.visit;
            evidence::declare(ctx.app()?, ctx.actor()?, id, declaration).await?;
            Ok(visit)
        };
        VisitPayload::of(ctx, outcome.await).await
    }

    /// Takes the merchant's signature, or the reason why there is none.
    async fn sign_record(
        &self,
        ctx: &Context<'_>,
        input: SignRecordInput,
    ) -> Result<VisitPayload, AppError> {
        let outcome = async {
            let (id, (visit, signature)) = input.parse()?;
            inspections::sign(ctx.app()?, ctx.actor()?, id, (visit, signature)).await?;
            Ok(visit)
        };
        VisitPayload::of(ctx, outcome.await).await
    }

    /// Closes a visit.
    async fn submit_visit(
        &self,
        ctx: &Context<'_>,
        input: SubmitVisitInput,
    ) -> Result<VisitPayload, AppError> {
        let outcome = async {
            let visit = VisitId::new(input.visit_id);
            inspections::submit(
                ctx.app()?,
                ctx.actor()?,
                CommandId::parse(input.id, "id")?,
                visit,
            )
            .await?;
            Ok(visit)
        };
        VisitPayload::of(ctx, outcome.await).await
    }
}
