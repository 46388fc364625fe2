//! A complaint as its handlers, the other side and the complainant see it.

use super::{
    parties::ParticularsView,
    steps::{
        AnnouncedView, ConsentView, EndingView, LeadView, ProposalOfComplaint, RecusalView,
        SessionView, TestView,
    },
};
use crate::{
    accounts::types::PersonView,
    context::{Known as _, seen},
    law::ClockView,
    merchants::types::MerchantView,
    moment::Moment,
};
use async_graphql::{Context, Description, Object, SimpleObject};
use chrono::NaiveDate;
use liangxin_app::{
    error::AppError,
    store::{self, law::RunsOn},
    usecase::{
        complaints::{self, FiledComplaint, Timeliness},
        supervision::Read,
    },
};
use liangxin_domain::complaints::state::ComplaintStateKind;
use liangxin_domain::{
    actor::Actor,
    complaints::{complaint::Complaint, mediation::Entrusted, state::ComplaintState},
    event::{Audience, EventKind},
    id::ComplaintId,
    law::calendar::shanghai_date,
};
use uuid::Uuid;

/// A consumer dispute, as the viewer may see it.
#[derive(Description)]
pub(crate) struct ComplaintView {
    pub(super) complaint: Complaint,
    pub(super) viewer: Actor,
}

impl ComplaintView {
    /// Proposals, leads and referrals are the bureau's own.
    const fn is_for_the_bureau(&self) -> bool {
        match &self.viewer {
            Actor::User(user) => !matches!(user.seat, liangxin_domain::actor::Seat::Merchant(_)),
            _ => false,
        }
    }
}

#[Object(name = "Complaint", use_type_description)]
impl ComplaintView {
    /// Its id.
    async fn id(&self) -> Uuid {
        self.complaint.id.uuid()
    }
    /// Its number on paper.
    async fn number(&self) -> &str {
        &self.complaint.number
    }
    /// How far it has come.
    async fn state(&self) -> ComplaintStateKind {
        self.complaint.kind()
    }
    /// Whose desk it lies on (GB/T 2260).
    async fn division(&self) -> String {
        self.complaint.division.to_string()
    }
    /// The day in China on which the system had it. The moment is nobody's: it would lead to a report that came with
    /// it.
    async fn received_on(&self) -> NaiveDate {
        shanghai_date(self.complaint.received_at)
    }
    /// The operator, once known.
    async fn merchant(&self, ctx: &Context<'_>) -> Result<Option<MerchantView>, AppError> {
        let Some(id) = self.complaint.merchant else {
            return Ok(None);
        };
        let found = ctx.loaders()?.merchants.one(id).await?;
        Ok(found.map(MerchantView))
    }
    /// Who handles it.
    async fn handler(&self, ctx: &Context<'_>) -> Result<Option<PersonView>, AppError> {
        let Some(id) = self.complaint.handler else {
            return Ok(None);
        };
        let found = ctx.loaders()?.people.one(id).await?;
        Ok(found.map(PersonView))
    }
    /// The statutory periods that run on it.
    #[graphql(complexity = "3 * child_complexity.max(1)")]
    async fn clocks(&self, ctx: &Context<'_>) -> Result<Vec<ClockView>, AppError> {
        let loaders = ctx.loaders()?;
        let on = RunsOn::Complaint(self.complaint.id);
        let found = loaders.clocks(ctx.app()?, on).await?;
        Ok(found.into_iter().map(ClockView).collect())
    }
    /// Parties, demand and story, as far as the viewer may see them.
    #[graphql(complexity = "5 + child_complexity")]
    async fn particulars(&self, ctx: &Context<'_>) -> Result<ParticularsView, AppError> {
        let shown = complaints::shown(&self.viewer, &self.complaint);
        // Whoever has the code looks at what is the own.
        if self.viewer.user().is_some() {
            let read = Read::Complaint(self.complaint.id);
            let loaders = ctx.loaders()?;
            loaders.look(read, self.complaint.division).await?;
        }
        let particulars = complaints::particulars(ctx.app()?, &self.complaint).await?;
        Ok(ParticularsView::of(particulars, shown))
    }
    /// The last day for proving the identity, while the proof is awaited.
    async fn identity_proof_until(&self) -> Option<NaiveDate> {
        match &self.complaint.state {
            ComplaintState::IdProofPending(proof) => Some(proof.until),
            _ => None,
        }
    }
    /// The consents that were given.
    #[graphql(complexity = "5 * child_complexity.max(1)")]
    async fn consents(&self, ctx: &Context<'_>) -> Result<Vec<ConsentView>, AppError> {
        let found = store::complaints::consents_of(&ctx.app()?.db, self.complaint.id).await?;
        Ok(found.into_iter().map(ConsentView::from).collect())
    }
    /// The refusal that waits for a head; the bureau's own.
    async fn proposed_refusal(&self) -> Option<ProposalOfComplaint> {
        let proposed = self.complaint.state.proposed_refusal();
        proposed
            .filter(|_| self.is_for_the_bureau())
            .map(ProposalOfComplaint::from)
    }
    /// The termination that waits for a head; the bureau's own.
    async fn proposed_termination(&self) -> Option<ProposalOfComplaint> {
        let proposed = self.complaint.state.proposed_termination();
        proposed
            .filter(|_| self.is_for_the_bureau())
            .map(ProposalOfComplaint::from)
    }
    /// The body that mediates in the bureau's name.
    async fn mediation_body(&self) -> Option<String> {
        match &self.complaint.state {
            ComplaintState::Entrusted(Entrusted { body, .. }) => Some(body.to_string()),
            _ => None,
        }
    }
    /// The session on site that was announced.
    async fn announced_session(&self) -> Option<AnnouncedView> {
        let mediation = self.complaint.state.mediation()?;
        mediation.announced.as_ref().map(AnnouncedView::from)
    }
    /// The sessions that were held.
    #[graphql(complexity = "5 * child_complexity.max(1)")]
    async fn sessions(&self) -> Vec<SessionView> {
        let mediation = self.complaint.state.mediation();
        mediation.map_or_else(Vec::new, |mediation| {
            mediation.sessions.iter().map(SessionView::from).collect()
        })
    }
    /// The tests that are over.
    #[graphql(complexity = "3 * child_complexity.max(1)")]
    async fn tests(&self) -> Vec<TestView> {
        let mediating = self.complaint.state.mediating();
        mediating.map_or_else(Vec::new, |mediating| {
            mediating.tests.iter().map(TestView::from).collect()
        })
    }
    /// The decisions about mediators.
    #[graphql(complexity = "3 * child_complexity.max(1)")]
    async fn recusals(&self) -> Vec<RecusalView> {
        let mediating = self.complaint.state.mediating();
        mediating.map_or_else(Vec::new, |mediating| {
            mediating.recusals.iter().map(RecusalView::from).collect()
        })
    }
    /// How it ended.
    async fn ending(&self) -> Option<EndingView> {
        self.complaint.state.ending().map(EndingView::from)
    }
    /// When it was referred to the police; the bureau's own.
    async fn referred_to_police_at(&self) -> Option<Moment> {
        let referral = self.complaint.side.police.as_ref();
        referral
            .filter(|_| self.is_for_the_bureau())
            .map(|referral| Moment(referral.at))
    }
    /// The leads found while mediating; the bureau's own.
    #[graphql(complexity = "3 * child_complexity.max(1)")]
    async fn leads(&self) -> Vec<LeadView> {
        if !self.is_for_the_bureau() {
            return Vec::new();
        }
        self.complaint
            .side
            .leads
            .iter()
            .map(LeadView::from)
            .collect()
    }
    /// What happened so far, oldest first, as the complainant may see it.
    #[graphql(complexity = "20 * child_complexity.max(1)")]
    async fn timeline(&self, ctx: &Context<'_>) -> Result<Vec<ComplaintTimelineEntry>, AppError> {
        let found = store::events::complaint_timeline(&ctx.app()?.db, self.complaint.id).await?;
        Ok(found
            .into_iter()
            .filter(|(_, kind)| kind.audience() == Audience::Complainant)
            .map(|(at, event)| ComplaintTimelineEntry {
                on: shanghai_date(at),
                event,
            })
            .collect())
    }
}

/// One step in a complaint's life.
#[derive(SimpleObject)]
pub(crate) struct ComplaintTimelineEntry {
    /// The day in China.
    on: NaiveDate,
    /// What.
    event: EventKind,
}

page! {
    /// A page of complaints.
    ComplaintPage of ComplaintView, "The complaints, the nearest day first."
}

payload! {
    /// What became of an operation on a complaint.
    ComplaintPayload {
        /// The complaint as it stands now, unless refused or out of the caller's sight.
        complaint: ComplaintView,
        /// Why nothing changed.
        problems,
    }
    of |ctx, (viewer, id): (Actor, ComplaintId)| find(ctx, viewer, id).await?
}

payload! {
    /// What became of looking with a receipt code.
    TrackComplaintPayload {
        /// The complaint, unless refused.
        complaint: ComplaintView,
        /// Why not.
        problems,
    }
    of |ctx, (id, complainant): (ComplaintId, Actor)| find(ctx, complainant, id).await?
}

/// A complaint, if the viewer may see it.
pub(super) async fn find(
    ctx: &Context<'_>,
    viewer: Actor,
    id: ComplaintId,
) -> Result<Option<ComplaintView>, AppError> {
    let found = seen(store::complaints::get(&ctx.app()?.db, &viewer, id).await)?;
    Ok(found.map(|complaint| ComplaintView { complaint, viewer }))
}

/// What a complainant takes home.
#[derive(SimpleObject)]
pub(crate) struct ComplaintReceipt {
    /// The complaint.
    complaint_id: Uuid,
    /// Its number on paper.
    number: String,
    /// The way back. It is shown now and kept nowhere in the clear.
    receipt_code: String,
    /// Whether more than three years passed since the harm was known. An officer decides about it;
    /// the complaint was taken.
    is_late: bool,
}

payload! {
    /// What became of filing a complaint.
    FileComplaintPayload {
        /// What to take home, unless refused.
        receipt: ComplaintReceipt,
        /// Why it was not taken.
        problems,
    }
    of |_ctx, filed: FiledComplaint| Some(ComplaintReceipt::from(filed))
}

impl From<FiledComplaint> for ComplaintReceipt {
    fn from(filed: FiledComplaint) -> Self {
        Self {
            complaint_id: filed.complaint.uuid(),
            number: filed.number,
            receipt_code: filed.receipt_code.to_string(),
            is_late: filed.timeliness == Timeliness::Late,
        }
    }
}
