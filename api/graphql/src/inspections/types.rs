//! Visits and what was recorded on them.

use super::verdict::{MeasurementView, VerdictView};
use crate::{
    accounts::types::PersonView,
    context::{Known as _, gone, shared},
    evidence::PhotoView,
    merchants::types::{MerchantView, PositionView, VerificationView},
    reports::types::{ReportView, report_view},
};
use async_graphql::{Context, Object, SimpleObject};
use chrono::{DateTime, NaiveDate, Utc};
use liangxin_app::{error::AppError, store};
use liangxin_domain::inspections::visit::Seal;
use liangxin_domain::inspections::visit::VisitStateKind;
use liangxin_domain::{
    actor::Actor,
    evidence::photo::PhotoOwner,
    id::{MeasurementId, VisitId},
    inspections::{
        standard::ReferenceStandard,
        visit::{InstrumentCheck, Signature, Visit, VisitState},
    },
    metrology::judgement::Judgement,
};
use uuid::Uuid;

/// An arrival on site.
#[derive(SimpleObject)]
#[graphql(name = "CheckInRecord")]
pub(crate) struct CheckInView {
    /// When, by the phone's clock.
    at: DateTime<Utc>,
    /// When the server heard of it.
    received_at: DateTime<Utc>,
    /// Where.
    position: PositionView,
}

/// A mark and seal as seen on site.
#[derive(SimpleObject)]
#[graphql(name = "InstrumentCheck")]
pub(crate) struct InstrumentCheckView {
    /// The instrument.
    instrument_id: Uuid,
    /// How the verification stood on that day.
    verification: VerificationView,
    /// The seal.
    seal: Seal,
    /// The inspector's note.
    note: Option<String>,
    /// Whether it goes against the merchant.
    fails: bool,
}

impl From<InstrumentCheck> for InstrumentCheckView {
    fn from(check: InstrumentCheck) -> Self {
        Self {
            fails: check.fails(),
            instrument_id: check.instrument.uuid(),
            verification: VerificationView::of(check.mark_valid_until, check.status),
            seal: check.seal,
            note: check.note.map(|note| note.to_string()),
        }
    }
}

/// How the record was closed towards the merchant.
#[derive(SimpleObject)]
#[graphql(name = "Signature")]
pub(crate) struct SignatureView {
    /// Who signed.
    signer_name: Option<String>,
    /// The picture of the signature.
    photo_id: Option<Uuid>,
    /// Why there is no signature.
    refused_reason: Option<String>,
}

impl From<&Signature> for SignatureView {
    fn from(signature: &Signature) -> Self {
        match signature {
            Signature::Signed { name, photo } => Self {
                signer_name: Some(name.to_string()),
                photo_id: Some(photo.uuid()),
                refused_reason: None,
            },
            Signature::Refused { reason } => Self {
                signer_name: None,
                photo_id: None,
                refused_reason: Some(reason.to_string()),
            },
        }
    }
}

/// An on-site inspection.
pub(crate) struct VisitView(pub(crate) Visit);

#[Object(name = "Visit")]
impl VisitView {
    /// Its id.
    async fn id(&self) -> Uuid {
        self.0.id.uuid()
    }
    /// How far it has come.
    async fn state(&self) -> VisitStateKind {
        self.0.state_kind()
    }
    /// The report behind it, without anything about the reporter.
    async fn report(&self, ctx: &Context<'_>) -> Result<ReportView, AppError> {
        report_view(ctx, self.0.report).await
    }
    /// Whom it goes to.
    async fn merchant(&self, ctx: &Context<'_>) -> Result<MerchantView, AppError> {
        let found = ctx
            .loaders()?
            .merchants
            .load_one(self.0.merchant)
            .await
            .map_err(shared)?;
        found.map(MerchantView).ok_or_else(gone)
    }
    /// Who goes.
    async fn team(&self, ctx: &Context<'_>) -> Result<Vec<PersonView>, AppError> {
        let mut people = ctx
            .loaders()?
            .people
            .load_many(self.0.team.iter())
            .await
            .map_err(shared)?;
        Ok(self
            .0
            .team
            .iter()
            .filter_map(|user| people.remove(&user))
            .map(PersonView)
            .collect())
    }
    /// When it was sent.
    async fn dispatched_at(&self) -> DateTime<Utc> {
        self.0.dispatched_at
    }
    /// The arrival.
    async fn check_in(&self) -> Option<CheckInView> {
        match self.0.state {
            VisitState::Dispatched => None,
            VisitState::CheckedIn(check_in) | VisitState::Submitted { check_in, .. } => {
                Some(CheckInView {
                    at: check_in.at,
                    received_at: check_in.received_at,
                    position: check_in.position.into(),
                })
            }
        }
    }
    /// Marks and seals that were looked at.
    #[graphql(complexity = "5 * child_complexity")]
    async fn instrument_checks(
        &self,
        ctx: &Context<'_>,
    ) -> Result<Vec<InstrumentCheckView>, AppError> {
        let found = store::measurements::checks_of(&ctx.app()?.db, self.0.id).await?;
        Ok(found.into_iter().map(InstrumentCheckView::from).collect())
    }
    /// Weighings with their verdicts.
    #[graphql(complexity = "5 * child_complexity")]
    async fn measurements(&self, ctx: &Context<'_>) -> Result<Vec<MeasurementView>, AppError> {
        let found = store::measurements::measurements_of(&ctx.app()?.db, self.0.id).await?;
        Ok(found.into_iter().map(MeasurementView).collect())
    }
    /// Its photos.
    #[graphql(complexity = "5 * child_complexity")]
    async fn photos(&self, ctx: &Context<'_>) -> Result<Vec<PhotoView>, AppError> {
        let found = store::evidence::list(&ctx.app()?.db, PhotoOwner::Visit(self.0.id)).await?;
        Ok(found.into_iter().map(PhotoView).collect())
    }
    /// How many declared photos are still missing. No case is filed while there are any.
    async fn missing_photos(&self, ctx: &Context<'_>) -> Result<u64, AppError> {
        store::evidence::count_missing(&ctx.app()?.db, PhotoOwner::Visit(self.0.id)).await
    }
    /// How the record was closed towards the merchant.
    async fn signature(&self) -> Option<SignatureView> {
        self.0.signature.as_ref().map(SignatureView::from)
    }
    /// When the inspectors closed it.
    async fn submitted_at(&self) -> Option<DateTime<Utc>> {
        match self.0.state {
            VisitState::Submitted { at, .. } => Some(at),
            VisitState::Dispatched | VisitState::CheckedIn(_) => None,
        }
    }
}

page! {
    /// A page of visits.
    VisitPage of VisitView, "The visits, open ones first."
}

payload! {
    /// What became of an operation on a visit.
    VisitPayload {
        /// The visit as it stands now, unless refused.
        visit: VisitView,
        /// Why nothing changed.
        problems,
    }
    of |ctx, (actor, visit): (Actor, VisitId)| Some(VisitView(
        store::inspections::get(&ctx.app()?.db, &actor, visit).await?,
    ))
}

payload! {
    /// What became of a measurement.
    MeasurementPayload {
        /// The measurement with its verdict, unless refused.
        measurement: MeasurementView,
        /// Why nothing was recorded.
        problems,
    }
    of |ctx, id: Uuid| {
        let id = MeasurementId::new(id);
        let found = store::measurements::get_measurement(&ctx.app()?.db, ctx.actor()?, id);
        Some(MeasurementView(found.await?))
    }
}

payload! {
    /// What a dry run comes to.
    JudgePayload {
        /// The verdict, unless refused.
        verdict: VerdictView,
        /// Why there is none.
        problems,
    }
    of |_ctx, verdict: Judgement| Some(VerdictView(verdict))
}

/// A reference standard that a bureau keeps; a measurement names it with its certificate.
#[derive(SimpleObject)]
#[graphql(name = "ReferenceStandard")]
pub(crate) struct ReferenceStandardView {
    /// The number on the standard.
    serial: String,
    /// What it is.
    name: String,
    /// The number of its certificate.
    certificate: String,
    /// The last day the certificate holds.
    valid_until: NaiveDate,
}

impl ReferenceStandardView {
    pub(super) fn of(standard: ReferenceStandard) -> Self {
        Self {
            serial: standard.serial,
            name: standard.name,
            certificate: standard.certificate_no,
            valid_until: standard.valid_until,
        }
    }
}
