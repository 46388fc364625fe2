//! Reports, their periods, their photos, and what a citizen gets back.

use super::officer::{
    DisputeView, LinkedReport, NotFilingProposalView, ReportRecordView, SignalView,
};
use crate::{
    context::{Known as _, gone},
    evidence::PhotoView,
    inspections::types::VisitView,
    law::ClockView,
    merchants::types::{MerchantView, PositionView},
    moment::Moment,
    privacy::types::{self as privacy, GrantView, MessageView},
    problem::{Outcome, Problem, settle},
    rewards::types::RewardView,
};
use async_graphql::{Context, Description, Object, SimpleObject};
use chrono::NaiveDate;
use liangxin_app::{
    error::AppError,
    store::{self, law::RunsOn},
    usecase::{evidence, reports::Filed, supervision::Read},
};
use liangxin_domain::reports::state::ReportStateKind;
use liangxin_domain::{
    actor::Actor,
    evidence::photo::PhotoOwner,
    id::{DisputeId, ReportId},
    reports::report::{FoundIn, Report},
};
use uuid::Uuid;

/// A report as officers see it. Who sent it is nowhere in it.
#[derive(Description)]
pub(crate) struct ReportView(pub(crate) Report);

impl ReportView {
    /// What follows is read by who opens the report, alone or in a list: one who looks from above is noted before.
    async fn noted(&self, ctx: &Context<'_>) -> Result<&Report, AppError> {
        let loaders = ctx.loaders()?;
        let read = Read::Report(self.0.id);
        loaders.look(read, self.0.custody.unit).await?;
        Ok(&self.0)
    }
}

#[Object(name = "Report", use_type_description)]
impl ReportView {
    /// Its id.
    async fn id(&self) -> Uuid {
        self.0.id.uuid()
    }
    /// Its number on paper.
    async fn number(&self) -> &str {
        &self.0.number
    }
    /// How far it has come.
    async fn state(&self) -> ReportStateKind {
        self.0.state.kind()
    }
    /// Who is reported, in the citizen's words.
    async fn party(&self) -> &str {
        &self.0.party
    }
    /// The merchant, once known.
    async fn merchant(&self, ctx: &Context<'_>) -> Result<Option<MerchantView>, AppError> {
        let Some(id) = self.0.merchant else {
            return Ok(None);
        };
        let found = ctx.loaders()?.merchants.one(id).await?;
        Ok(found.map(MerchantView))
    }
    /// Where it happened (GB/T 2260).
    async fn division(&self) -> String {
        self.0.division.to_string()
    }
    /// The place in words.
    async fn place(&self) -> &str {
        &self.0.place
    }
    /// The place as a phone measured it.
    async fn position(&self, ctx: &Context<'_>) -> Result<Option<PositionView>, AppError> {
        Ok(self.noted(ctx).await?.position.map(PositionView::from))
    }
    /// When it happened.
    async fn occurred_at(&self) -> Moment {
        Moment(self.0.occurred_at)
    }
    /// Whether nobody sent it: an officer found it in a mediation (Order 121, article 27).
    async fn found_in_mediation(&self) -> bool {
        matches!(self.0.found_in, Some(FoundIn::Mediation(_)))
    }
    /// The visit that brought it up, where nobody sent it and no report was behind the visit (Order 2, article 18). A case on
    /// it is filed on that visit.
    async fn found_on_visit_id(&self) -> Option<Uuid> {
        match self.0.found_in {
            Some(FoundIn::Visit(visit)) => Some(visit.uuid()),
            _ => None,
        }
    }
    /// The goods; null, as the three after it, of what nobody sent.
    async fn goods(&self) -> Option<&str> {
        self.0.short.as_ref().map(|short| short.goods.as_str())
    }
    /// Unit price in yuan per kilogram, exact decimal.
    async fn unit_price_yuan_per_kg(&self) -> Option<String> {
        let short = self.0.short.as_ref();
        short.map(|short| short.unit_price.value().to_string())
    }
    /// What was paid for, in grams, exact decimal.
    async fn settled_grams(&self) -> Option<String> {
        let short = self.0.short.as_ref();
        short.map(|short| short.settled.value().to_string())
    }
    /// What the fair-check scale showed, in grams, exact decimal.
    async fn checked_grams(&self) -> Option<String> {
        let short = self.0.short.as_ref();
        short.map(|short| short.checked.value().to_string())
    }
    /// What happened, in the words of the citizen, or of the officer who found it.
    async fn narrative(&self, ctx: &Context<'_>) -> Result<&str, AppError> {
        Ok(&self.noted(ctx).await?.narrative)
    }
    /// The day in China on which the system had it. The moment is nobody's: it would lead to a complaint that came
    /// with it, and so to a name.
    async fn received_on(&self) -> NaiveDate {
        self.0.received_on()
    }
    /// The division of the unit that handles it (GB/T 2260).
    async fn unit(&self) -> String {
        self.0.custody.unit.to_string()
    }
    /// A proposal not to file a case that waits for a head.
    async fn not_filing_proposal(&self) -> Option<NotFilingProposalView> {
        NotFilingProposalView::of(&self.0)
    }
    /// Hints by the factors of Order 121, article 17. They decide nothing. None for whoever was sent on the report and does
    /// not read the others of its office.
    #[graphql(complexity = "5 * child_complexity.max(1)")]
    async fn signals(&self, ctx: &Context<'_>) -> Result<Vec<SignalView>, AppError> {
        let db = &ctx.app()?.db;
        let found = store::reports::list_signals(db, ctx.actor()?, self.0.id).await?;
        Ok(found.into_iter().map(SignalView::from).collect())
    }
    /// What was noted about it, oldest first.
    #[graphql(complexity = "10 * child_complexity.max(1)")]
    async fn records(&self, ctx: &Context<'_>) -> Result<Vec<ReportRecordView>, AppError> {
        let report = self.noted(ctx).await?.id;
        let found = store::reports::list_records(&ctx.app()?.db, report).await?;
        Ok(found.into_iter().map(ReportRecordView::from).collect())
    }
    /// Reports of other reporters about the same matter, as far as the caller may see them.
    #[graphql(complexity = "10 * child_complexity.max(1)")]
    async fn linked(&self, ctx: &Context<'_>) -> Result<Vec<LinkedReport>, AppError> {
        let found = store::reports::list_links(&ctx.app()?.db, ctx.actor()?, self.0.id).await?;
        Ok(found.iter().map(LinkedReport::of).collect())
    }
    /// Disputes about who is competent for it, oldest first.
    #[graphql(complexity = "5 * child_complexity.max(1)")]
    async fn disputes(&self, ctx: &Context<'_>) -> Result<Vec<DisputeView>, AppError> {
        let found = store::disputes::list(&ctx.app()?.db, self.0.id).await?;
        Ok(found.into_iter().map(DisputeView::from).collect())
    }
    /// The statutory periods that run on it.
    async fn clocks(&self, ctx: &Context<'_>) -> Result<Vec<ClockView>, AppError> {
        let loaders = ctx.loaders()?;
        let on = RunsOn::Report(self.0.id);
        let found = loaders.clocks(ctx.app()?, on).await?;
        Ok(found.into_iter().map(ClockView).collect())
    }
    /// Its photos. While one of them is missing, the report is incomplete.
    #[graphql(complexity = "5 * (1 + child_complexity)")]
    async fn photos(&self, ctx: &Context<'_>) -> Result<Vec<PhotoView>, AppError> {
        let report = self.noted(ctx).await?;
        let found = store::evidence::list(&ctx.app()?.db, PhotoOwner::Report(report.id)).await?;
        Ok(PhotoView::each(found, report))
    }
    /// The signed receipt that all its photos are held, in one line (JWS); null while one is missing and without photos.
    #[graphql(complexity = "5")]
    async fn holding_receipt(&self, ctx: &Context<'_>) -> Result<Option<String>, AppError> {
        evidence::holding_receipt(ctx.app()?, PhotoOwner::Report(self.0.id)).await
    }
    /// The visits made on it, as far as the caller may see them.
    #[graphql(complexity = "3 * (1 + child_complexity)")]
    async fn visits(&self, ctx: &Context<'_>) -> Result<Vec<VisitView>, AppError> {
        let found =
            store::inspections::list_of_report(&ctx.app()?.db, ctx.actor()?, self.0.id).await?;
        Ok(found.into_iter().map(VisitView).collect())
    }
    /// What stands for its reporter, such as `R-7QK2-M4XW`; null if the report is anonymous. Who that
    /// is can only be seen by an approved opening.
    #[graphql(complexity = "1")]
    async fn reporter_token(&self, ctx: &Context<'_>) -> Result<Option<String>, AppError> {
        privacy::token(ctx, self.0.id).await
    }
    /// Questions to its reporter, and answers, oldest first.
    #[graphql(complexity = "20 * child_complexity.max(1)")]
    async fn messages(&self, ctx: &Context<'_>) -> Result<Vec<MessageView>, AppError> {
        privacy::messages(ctx, self.noted(ctx).await?.id).await
    }
    /// What may be told to the other party of a mediation, and by whose approval.
    #[graphql(complexity = "5 * child_complexity.max(1)")]
    async fn disclosure_grants(&self, ctx: &Context<'_>) -> Result<Vec<GrantView>, AppError> {
        privacy::grants(ctx, self.0.id).await
    }
    /// The case that was filed on it.
    async fn case_id(&self) -> Option<Uuid> {
        self.0.state.case().map(|case| case.uuid())
    }
    /// What became of the reward.
    async fn reward(&self, ctx: &Context<'_>) -> Result<Option<RewardView>, AppError> {
        Ok(
            store::rewards::find(&ctx.app()?.db, ctx.actor()?, self.0.id)
                .await?
                .map(RewardView::to_office),
        )
    }
}

page! {
    /// A page of reports.
    ReportPage of ReportView, "The reports, the nearest day first."
}

payload! {
    /// What became of an operation on a report.
    ReportPayload {
        /// The report as it stands now, unless refused.
        report: ReportView,
        /// Why nothing changed.
        problems,
    }
    of |ctx, (_, report): (Actor, ReportId)| Some(ReportView(
        store::reports::get(&ctx.app()?.db, ctx.actor()?, report).await?,
    ))
}

/// What became of an operation after which the caller may no longer see the report.
#[derive(SimpleObject)]
pub(crate) struct DonePayload {
    /// The report, unless refused.
    report_id: Option<Uuid>,
    /// Why nothing changed.
    problems: Vec<Problem>,
}

/// What a step was taken on that moves a report.
pub(super) enum Done {
    /// The report itself.
    Report(ReportId),
    /// A dispute about it.
    Dispute(DisputeId),
}

impl From<ReportId> for Done {
    fn from(id: ReportId) -> Self {
        Self::Report(id)
    }
}

impl From<DisputeId> for Done {
    fn from(id: DisputeId) -> Self {
        Self::Dispute(id)
    }
}

impl DonePayload {
    pub(super) async fn of<D: Into<Done>>(
        ctx: &Context<'_>,
        outcome: Result<impl Into<Outcome<(Actor, D)>>, AppError>,
    ) -> Result<Self, AppError> {
        let (done, problems) = settle(outcome.map(Into::into), ctx.lang())?;
        let done = done.map(|done| done.map(|(_, done)| done.into()));
        let report = match done {
            None => None,
            Some(Outcome {
                of: Done::Report(id),
                ..
            }) => Some(id),
            Some(Outcome {
                of: Done::Dispute(id),
                written,
            }) => {
                let found = store::disputes::get(&ctx.app()?.db, id).await;
                Some(written.look(found)?.report)
            }
        };
        Ok(Self {
            report_id: report.map(ReportId::uuid),
            problems,
        })
    }
}

/// What a citizen takes home.
#[derive(SimpleObject)]
pub(crate) struct ReportReceipt {
    /// The report's id.
    report_id: Uuid,
    /// Its number on paper.
    number: String,
    /// The only way back. It is shown now and kept nowhere in the clear.
    receipt_code: String,
    /// The page where the code opens the report.
    track_url: String,
    /// Sent as `Authorization: Bearer …` with the photos.
    upload_token: String,
    /// Where the photos go.
    upload_url: String,
}

payload! {
    /// What became of filing a report.
    FileReportPayload {
        /// What to take home, unless refused.
        receipt: ReportReceipt,
        /// Why it was not taken.
        problems,
    }
    of |ctx, filed: Filed| Some(ReportReceipt::of(filed, &ctx.app()?.public_url))
}

impl ReportReceipt {
    pub(super) fn of(filed: Filed, base: &str) -> Self {
        let Filed {
            report,
            number,
            receipt_code,
            upload_token,
        } = filed;
        Self {
            report_id: report.uuid(),
            number,
            receipt_code: receipt_code.to_string(),
            track_url: format!("{base}/track"),
            upload_token,
            upload_url: format!("{base}/uploads"),
        }
    }
}

/// A report that the caller may see, for other nouns.
pub(crate) async fn report_view(ctx: &Context<'_>, id: ReportId) -> Result<ReportView, AppError> {
    let found = ctx.loaders()?.reports.one(id).await?;
    found.map(ReportView).ok_or_else(gone)
}
