//! Visits and what was recorded on them.

use super::{
    frequency::FrequencyView,
    occurred::VisitEntryView,
    record::{InstrumentCheckView, ReopeningView, SignatureView},
    recorded,
    verdict::{MeasurementView, VerdictView},
};
use crate::{
    accounts::{
        interests::tied_to,
        types::{PersonView, person},
    },
    context::{Known as _, gone},
    evidence::PhotoView,
    merchants::types::{MerchantView, PositionView},
    moment::Moment,
    reports::types::{ReportView, report_view},
};
use async_graphql::{Context, Description, Object, SimpleObject};
use chrono::NaiveDate;
use liangxin_app::{
    error::AppError,
    store,
    usecase::{evidence, supervision::Read},
};
use liangxin_domain::inspections::visit::VisitStateKind;
use liangxin_domain::{
    actor::Actor,
    evidence::photo::PhotoOwner,
    id::{MeasurementId, VisitId},
    inspections::{
        arrival::{Arrival, PartyMet, PositionMissing},
        origin::{Origin, OriginKind},
        signing::Signing,
        standard::ReferenceStandard,
        visit::{FormerTeam, Visit, VisitState},
    },
    law::calendar::shanghai_date,
    metrology::judgement::Judgement,
};
use uuid::Uuid;

/// Why a visit is made.
#[derive(SimpleObject)]
#[graphql(name = "VisitReason")]
pub(crate) struct OriginView {
    /// Why.
    kind: OriginKind,
    /// The report, plan, draw, visit or case behind it.
    id: Option<Uuid>,
    /// What a lead or a patrol is about.
    about: Option<String>,
}

impl From<&Origin> for OriginView {
    fn from(origin: &Origin) -> Self {
        let id = match origin {
            Origin::Report(id) => Some(id.uuid()),
            Origin::Plan(id) => Some(id.uuid()),
            Origin::Draw(id) => Some(id.uuid()),
            Origin::VisitAgain(id) => Some(id.uuid()),
            Origin::CaseAgain(id) => Some(id.uuid()),
            Origin::Lead(_) | Origin::Patrol(_) => None,
        };
        Self {
            kind: origin.kind(),
            id,
            about: origin.about().map(ToString::to_string),
        }
    }
}

/// The arrival of one officer.
#[derive(Description)]
pub(crate) struct ArrivalView(Arrival);

#[Object(name = "Arrival", use_type_description)]
impl ArrivalView {
    /// Who arrived.
    async fn officer(&self, ctx: &Context<'_>) -> Result<Option<PersonView>, AppError> {
        person(ctx, self.0.by).await
    }
    /// The number of the certificate that the officer carried then.
    async fn certificate_no(&self) -> Option<&str> {
        self.0.certificate_no.as_deref()
    }
    /// When: by the phone's clock where that can be right, else the nearest moment that can.
    async fn at(&self) -> Moment {
        Moment(self.0.at)
    }
    /// When the server heard of it.
    async fn received_at(&self) -> Moment {
        Moment(self.0.received_at)
    }
    /// Where; null if the phone did not know.
    async fn position(&self) -> Option<PositionView> {
        self.0.place.position().map(PositionView::from)
    }
    /// Why the phone did not know where it was; null if it did.
    async fn position_missing(&self) -> Option<PositionMissing> {
        self.0.place.missing()
    }
    /// Whom the officer met: certificate shown, right to ask for another officer told. Null until the officer says it; no
    /// visit is closed before.
    async fn party(&self) -> Option<PartyMet> {
        self.0.party
    }
}

/// Inspectors in whose place others went.
#[derive(Description)]
pub(crate) struct FormerTeamView(FormerTeam);

#[Object(name = "FormerTeam", use_type_description)]
impl FormerTeamView {
    /// Who was sent.
    async fn officers(&self, ctx: &Context<'_>) -> Result<Vec<PersonView>, AppError> {
        let people = ctx.loaders()?.people.each(self.0.officers.iter()).await?;
        Ok(people.into_iter().map(PersonView).collect())
    }
    /// Why others went.
    async fn reason(&self) -> &str {
        self.0.reason.as_str()
    }
    /// Who sent them.
    async fn replaced_by(&self, ctx: &Context<'_>) -> Result<Option<PersonView>, AppError> {
        person(ctx, self.0.made.by).await
    }
    /// When the others were sent in their place.
    async fn replaced_at(&self) -> Moment {
        Moment(self.0.made.at)
    }
}

/// An arrival on site.
#[derive(SimpleObject)]
#[graphql(name = "CheckInRecord")]
pub(crate) struct CheckInView {
    /// When: by the phone's clock where that can be right, else the nearest moment that can.
    at: Moment,
    /// When the server heard of it.
    received_at: Moment,
    /// Where; null if the phone did not know.
    position: Option<PositionView>,
}

/// An on-site inspection.
#[derive(Description)]
pub(crate) struct VisitView(pub(crate) Visit);

impl VisitView {
    /// What follows is read by who opens the visit, alone or in a list: one who looks from above is noted before.
    async fn noted(&self, ctx: &Context<'_>) -> Result<&Visit, AppError> {
        let loaders = ctx.loaders()?;
        let read = Read::Visit(self.0.id);
        loaders.look(read, self.0.division).await?;
        Ok(&self.0)
    }

    /// Some of its signatures, beside the record as it is, which is read once for all.
    async fn signed(
        &self,
        ctx: &Context<'_>,
        signings: impl Iterator<Item = &Signing>,
    ) -> Result<Vec<SignatureView>, AppError> {
        if self.0.signings.is_empty() {
            return Ok(Vec::new());
        }
        let visit = self.noted(ctx).await?.id;
        let record = recorded::digest(ctx, visit).await?;
        let of = |signing: &Signing| SignatureView::of(signing.clone(), record);
        Ok(signings.map(of).collect())
    }
}

#[Object(name = "Visit", use_type_description)]
impl VisitView {
    /// Its id.
    async fn id(&self) -> Uuid {
        self.0.id.uuid()
    }
    /// How far it has come.
    async fn state(&self) -> VisitStateKind {
        self.0.state_kind()
    }
    /// Why it is made.
    async fn origin(&self) -> OriginView {
        OriginView::from(&self.0.origin)
    }
    /// How often in a year inspectors may be sent to one merchant, by the rule of the day on which these were sent, and whether
    /// that bounds this visit. Null where no rule says it.
    async fn frequency(&self, ctx: &Context<'_>) -> Result<Option<FrequencyView>, AppError> {
        let sent_on = shanghai_date(self.0.dispatched_at);
        let rule = ctx.app()?.law.visit_rules.frequency_on(sent_on);
        Ok(rule.map(|rule| FrequencyView::of(rule, self.0.origin.kind())))
    }
    /// The report behind it, if it is one, without anything about the reporter.
    async fn report(&self, ctx: &Context<'_>) -> Result<Option<ReportView>, AppError> {
        match self.0.origin.report() {
            Some(report) => report_view(ctx, report).await.map(Some),
            None => Ok(None),
        }
    }
    /// Whom it goes to.
    async fn merchant(&self, ctx: &Context<'_>) -> Result<MerchantView, AppError> {
        let found = ctx.loaders()?.merchants.one(self.0.merchant).await?;
        found.map(MerchantView).ok_or_else(gone)
    }
    /// Who goes.
    async fn team(&self, ctx: &Context<'_>) -> Result<Vec<PersonView>, AppError> {
        let people = ctx.loaders()?.people.each(self.0.team.iter()).await?;
        Ok(people.into_iter().map(PersonView).collect())
    }
    /// Those of them who take no step in it: they said that the merchant is a relative's or of interest to them.
    async fn stepped_back(&self, ctx: &Context<'_>) -> Result<Vec<PersonView>, AppError> {
        let tied = tied_to(ctx, self.0.party()).await?;
        let known = self.0.team.iter().filter(|user| tied.contains(user));
        let people = ctx.loaders()?.people.each(known).await?;
        Ok(people.into_iter().map(PersonView).collect())
    }
    /// Who was sent before others went instead, the first first.
    #[graphql(complexity = "2 * (1 + child_complexity)")]
    async fn former_teams(&self, ctx: &Context<'_>) -> Result<Vec<FormerTeamView>, AppError> {
        let former = self.noted(ctx).await?.former_teams.iter().cloned();
        Ok(former.map(FormerTeamView).collect())
    }
    /// When it was sent.
    async fn dispatched_at(&self) -> Moment {
        Moment(self.0.dispatched_at)
    }
    /// The first arrival.
    async fn check_in(&self, ctx: &Context<'_>) -> Result<Option<CheckInView>, AppError> {
        let first = self.noted(ctx).await?.arrivals.first();
        Ok(first.map(|first| CheckInView {
            at: Moment(first.at),
            received_at: Moment(first.received_at),
            position: first.place.position().map(PositionView::from),
        }))
    }
    /// Who arrived, each officer for himself.
    #[graphql(complexity = "2 * (1 + child_complexity)")]
    async fn arrivals(&self, ctx: &Context<'_>) -> Result<Vec<ArrivalView>, AppError> {
        let arrivals = self.noted(ctx).await?.arrivals.iter().cloned();
        Ok(arrivals.map(ArrivalView).collect())
    }
    /// What was written on it, in the order in which the server heard of it, each write with when it was and what contradicts
    /// that.
    #[graphql(complexity = "5 + child_complexity")]
    async fn entries(&self, ctx: &Context<'_>) -> Result<Vec<VisitEntryView>, AppError> {
        let visit = self.noted(ctx).await?.id;
        let found = store::visit_entries::list(&ctx.app()?.db, visit).await?;
        Ok(found.into_iter().map(VisitEntryView).collect())
    }
    /// Marks and seals that were looked at.
    #[graphql(complexity = "5 * (1 + child_complexity)")]
    async fn instrument_checks(
        &self,
        ctx: &Context<'_>,
    ) -> Result<Vec<InstrumentCheckView>, AppError> {
        let visit = self.noted(ctx).await?.id;
        let found = recorded::entries(ctx, visit, |on| on.checks.clone()).await?;
        Ok(found.into_iter().map(InstrumentCheckView::from).collect())
    }
    /// Measurements with their verdicts.
    #[graphql(complexity = "5 * (1 + child_complexity)")]
    async fn measurements(&self, ctx: &Context<'_>) -> Result<Vec<MeasurementView>, AppError> {
        let visit = self.noted(ctx).await?.id;
        let found = recorded::entries(ctx, visit, |on| on.measurements.clone()).await?;
        Ok(found.into_iter().map(MeasurementView).collect())
    }
    /// Its photos.
    #[graphql(complexity = "5 * (1 + child_complexity)")]
    async fn photos(&self, ctx: &Context<'_>) -> Result<Vec<PhotoView>, AppError> {
        let visit = self.noted(ctx).await?;
        let found = recorded::photos(ctx, visit.id).await?;
        Ok(PhotoView::each(found, visit))
    }
    /// How many declared photos are still missing. No case is filed while there are any.
    #[graphql(complexity = "1")]
    async fn missing_photos(&self, ctx: &Context<'_>) -> Result<u64, AppError> {
        store::evidence::count_missing(&ctx.app()?.db, PhotoOwner::Visit(self.0.id)).await
    }
    /// The signed receipt that all its photos are held, in one line (JWS); null while one is missing and without photos.
    /// The phone keeps it and may then delete its copies.
    #[graphql(complexity = "5")]
    async fn holding_receipt(&self, ctx: &Context<'_>) -> Result<Option<String>, AppError> {
        evidence::holding_receipt(ctx.app()?, PhotoOwner::Visit(self.0.id)).await
    }
    /// How the record was closed towards the merchant, the last time.
    #[graphql(complexity = "5 + child_complexity")]
    async fn signature(&self, ctx: &Context<'_>) -> Result<Option<SignatureView>, AppError> {
        let last = self.0.signing().into_iter();
        Ok(self.signed(ctx, last).await?.pop())
    }
    /// Every signature and every reason why there was none, the first first.
    #[graphql(complexity = "5 + 2 * child_complexity")]
    async fn signatures(&self, ctx: &Context<'_>) -> Result<Vec<SignatureView>, AppError> {
        self.signed(ctx, self.0.signings.iter()).await
    }
    /// The SHA-256 of the record as it is: of measurements with their verdicts and of instrument checks, with what is void.
    #[graphql(complexity = "5")]
    async fn record_digest(&self, ctx: &Context<'_>) -> Result<String, AppError> {
        let record = recorded::digest(ctx, self.0.id).await?;
        Ok(record.to_string())
    }
    /// That it was opened again after it was closed, the first time first.
    #[graphql(complexity = "2 * (1 + child_complexity)")]
    async fn reopenings(&self, ctx: &Context<'_>) -> Result<Vec<ReopeningView>, AppError> {
        let all = self.noted(ctx).await?.reopenings.iter().cloned();
        Ok(all.map(ReopeningView).collect())
    }
    /// When the inspectors closed it.
    async fn submitted_at(&self) -> Option<Moment> {
        match self.0.state {
            VisitState::Submitted { at } => Some(Moment(at)),
            VisitState::Dispatched | VisitState::CheckedIn => None,
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
        Some(MeasurementView(found.await?.1))
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
