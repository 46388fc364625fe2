//! The steps of a visit.

use super::{
    dispatch::{DispatchInspectionInput, DispatchVisitInput, inspectors},
    document::{CorrectFindingInput, SubmitMeasurementInput},
    input::{
        AddSeenInstrumentInput, CheckInInput, CheckInstrumentInput, DeclarePhotosInput,
        ReopenVisitInput, ReplaceInspectorsInput, SignRecordInput, SubmitVisitInput,
        VoidFindingInput,
    },
    passport::{MakePassportInput, PassportPayload},
    types::{MeasurementPayload, VisitPayload},
    weighing::RecordMeasurementInput,
};
use crate::steps;
use async_graphql::{Context, Object};
use liangxin_app::{error::AppError, usecase::inspections};
use liangxin_domain::{
    inspections::{command::Command, visit::Visit},
    text::Reason,
};

/// What comes before the record is closed.
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
        let outcome = steps::make(ctx, input.parse(), inspections::dispatch);
        VisitPayload::of(ctx, outcome.await).await
    }

    /// Sends two or more certified inspectors to a merchant without a report: by a plan or a draw, on a lead, on the
    /// bureau's own round, or to look again.
    async fn dispatch_inspection(
        &self,
        ctx: &Context<'_>,
        input: DispatchInspectionInput,
    ) -> Result<VisitPayload, AppError> {
        let outcome = steps::make(ctx, input.parse(), inspections::dispatch);
        VisitPayload::of(ctx, outcome.await).await
    }

    /// Answers the code that those who go on the visit show before they enter: by it the merchant sees at `/v` who comes, why,
    /// from which bureau and with what scope. The same for all of them, until others go; as often as it is asked for, until
    /// the visit is closed.
    async fn make_passport(
        &self,
        ctx: &Context<'_>,
        input: MakePassportInput,
    ) -> Result<PassportPayload, AppError> {
        let command = |_: MakePassportInput| Ok(Command::MakePassport);
        let outcome = steps::take::<Visit, _>(ctx, input, command).await;
        PassportPayload::of(ctx, outcome).await
    }

    /// Notes that an inspector arrived; each arrives for himself.
    async fn check_in(
        &self,
        ctx: &Context<'_>,
        input: CheckInInput,
    ) -> Result<VisitPayload, AppError> {
        let outcome = steps::take::<Visit, _>(ctx, input, CheckInInput::parse).await;
        VisitPayload::of(ctx, outcome).await
    }

    /// Records an instrument's verification mark and seal.
    async fn check_instrument(
        &self,
        ctx: &Context<'_>,
        input: CheckInstrumentInput,
    ) -> Result<VisitPayload, AppError> {
        let outcome = steps::take::<Visit, _>(ctx, input, CheckInstrumentInput::parse).await;
        VisitPayload::of(ctx, outcome).await
    }

    /// Records a weighing and answers with its verdict.
    async fn record_measurement(
        &self,
        ctx: &Context<'_>,
        input: RecordMeasurementInput,
    ) -> Result<MeasurementPayload, AppError> {
        let id = input.id;
        let outcome = steps::take::<Visit, _>(ctx, input, RecordMeasurementInput::parse).await;
        MeasurementPayload::of(ctx, outcome.map(|done| done.map(|_| id))).await
    }

    /// Records a measurement of any family (prepackaged lots, scales, dispensers, spectacles,
    /// checklists and the rest) and answers with its verdict.
    async fn submit_measurement(
        &self,
        ctx: &Context<'_>,
        input: SubmitMeasurementInput,
    ) -> Result<MeasurementPayload, AppError> {
        let id = input.id;
        let outcome = steps::take::<Visit, _>(ctx, input, SubmitMeasurementInput::parse).await;
        MeasurementPayload::of(ctx, outcome.map(|done| done.map(|_| id))).await
    }

    /// Records another measurement in the place of one that was recorded by mistake, which is void from then on and stays
    /// readable with the reason. Also after the visit was closed, until a case on it is decided or over
    /// (`FINDING_RELIED_ON`).
    async fn correct_finding(
        &self,
        ctx: &Context<'_>,
        input: CorrectFindingInput,
    ) -> Result<MeasurementPayload, AppError> {
        let id = input.id;
        let outcome = steps::take::<Visit, _>(ctx, input, CorrectFindingInput::parse).await;
        MeasurementPayload::of(ctx, outcome.map(|done| done.map(|_| id))).await
    }
}

steps! {
    /// The other steps, and those that close the record.
    VisitMutation("VisitsMutation") moves Visit, answers VisitPayload;

    /// Sends others in the place of inspectors, until the visit is closed. Who has arrived stays, unless tied to the merchant
    /// or no inspector any more (`INSPECTOR_ARRIVED`); what was recorded stays, with who did.
    replace_inspectors(input: ReplaceInspectorsInput) => Command::ReplaceInspectors {
        inspectors: inspectors(input.inspector_ids)?,
        reason: Reason::parse(&input.reason, "reason")?,
    };
    /// Puts an instrument on the merchant's ledger that stands there and is on no ledger.
    add_seen_instrument(input: AddSeenInstrumentInput) => input.parse()?;
    /// Says that a measurement or an instrument check was recorded by mistake. It stays readable with the reason and counts
    /// nowhere any more. Also after the visit was closed, until a case on it is decided or over (`FINDING_RELIED_ON`).
    void_finding(input: VoidFindingInput) => input.parse()?;
    /// Promises photos of a visit. The visit stays incomplete until their bytes are held.
    declare_photos(input: DeclarePhotosInput) => input.parse()?;
    /// Takes the merchant's signature, or the reason why there is none, under the record as it is; anew where something was
    /// recorded, corrected or voided since. Also after the visit was closed.
    sign_record(input: SignRecordInput) => input.parse()?;
    /// Closes a visit, once two officers arrived, something was found and the merchant signed or did not. What of that is still on
    /// another phone comes later: the refusal is `RETRY`. What comes after the closing is kept and marked (`LATE`).
    submit_visit(input: SubmitVisitInput) => input.parse()?;
    /// Opens a visit again that was closed too early, until a case is filed on it (`VISIT_HAS_CASE`).
    reopen_visit(input: ReopenVisitInput) => input.parse()?;
}
