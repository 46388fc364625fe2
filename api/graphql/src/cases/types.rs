//! Cases on the wire.

use super::{
    bundle::CaseBundleView,
    execution_types::{ChangeView, ExecutionView},
    penalty_types::DecisionView,
    recusal::RecusalView,
    round_types::{OrderView, RoundView, SuspensionView},
    side_types::{DisplayView, ReferralView, RepairView},
    void_types::VoidFindingView,
};
use crate::{
    accounts::{
        interests::{InterestView, tied_to},
        types::PersonView,
    },
    context::{Known as _, gone},
    law::ClockView,
    merchants::types::MerchantView,
    moment::Moment,
};
use async_graphql::{Context, Description, Object};
use chrono::NaiveDate;
use liangxin_app::{
    error::AppError,
    store::{self, law::RunsOn},
    usecase::{self, supervision::Read},
};
use liangxin_domain::{
    accounts::role::Role,
    actor::{Actor, Seat},
    cases::{
        basis::BasisKind,
        case::{Case, DEFEND, PAY},
        display::{ACCEPT, DECIDE_REPAIR},
        evidence::void_findings,
        file::CaseStateKind,
    },
    id::CaseId,
    law::calendar::shanghai_date,
};
use std::collections::BTreeSet;
use uuid::Uuid;

/// The periods that a merchant sees of its case.
const OF_THE_PARTY: [&str; 4] = [DEFEND, PAY, ACCEPT, DECIDE_REPAIR];

/// A penalty case.
#[derive(Description)]
pub(crate) struct CaseView(pub(crate) Case);

impl CaseView {
    /// What follows is read by who opens the case, alone or in a list: one who looks from above is noted before.
    async fn noted(&self, ctx: &Context<'_>) -> Result<&Case, AppError> {
        let loaders = ctx.loaders()?;
        let read = Read::Case(self.0.id);
        loaders.look(read, self.0.division).await?;
        Ok(&self.0)
    }

    /// Whether the decision reached the merchant. How older ones were served was not kept; they were closed at once.
    fn has_told_decision(&self) -> bool {
        let file = &self.0.file;
        let decision = file.decision.as_ref();
        file.closed.is_some() || decision.is_some_and(|decision| decision.served.is_some())
    }

    /// Whether whoever asks sees what was made of the decision.
    fn shows_changes(&self, ctx: &Context<'_>) -> Result<bool, AppError> {
        let is_party = ctx.actor()?.merchant().is_some();
        Ok(!is_party || self.0.file.is_annulled() || self.has_told_decision())
    }
}

#[Object(name = "Case", use_type_description)]
impl CaseView {
    /// Its id.
    async fn id(&self) -> Uuid {
        self.0.id.uuid()
    }
    /// Its number on paper.
    async fn number(&self) -> &str {
        &self.0.number
    }
    /// How far it has come. For merchants a decision that did not reach them yet is none.
    async fn state(&self, ctx: &Context<'_>) -> Result<CaseStateKind, AppError> {
        let is_party = ctx.actor()?.merchant().is_some();
        Ok(match self.0.state_kind() {
            CaseStateKind::Decided if is_party => CaseStateKind::Noticed,
            state => state,
        })
    }
    /// How the bureau came to know of it; merchants do not see whether somebody reported.
    async fn basis(&self, ctx: &Context<'_>) -> Result<Option<BasisKind>, AppError> {
        let is_party = ctx.actor()?.merchant().is_some();
        Ok((!is_party).then_some(self.0.basis.kind))
    }
    /// The day of the conduct. Merchants do not see it where a citizen or a mediation told it: it would lead to the buyer.
    async fn conduct_on(&self, ctx: &Context<'_>) -> Result<Option<NaiveDate>, AppError> {
        let is_party = ctx.actor()?.merchant().is_some();
        let basis = &self.0.basis;
        let leads_on = [BasisKind::Report, BasisKind::Lead].contains(&basis.kind);
        let is_told = basis.report.is_none() || !leads_on;
        Ok((!is_party || is_told).then_some(basis.told.conduct_on))
    }
    /// The facts, where no visit recorded them.
    async fn facts(&self, ctx: &Context<'_>) -> Result<Option<String>, AppError> {
        let told = &self.noted(ctx).await?.basis.told;
        Ok(told.facts.as_ref().map(ToString::to_string))
    }
    /// Who handed the matter over; merchants do not see it.
    async fn handed_over_by(&self, ctx: &Context<'_>) -> Result<Option<String>, AppError> {
        let from = self.noted(ctx).await?.basis.told.from.as_ref();
        let is_party = ctx.actor()?.merchant().is_some();
        Ok(from.filter(|_| !is_party).map(ToString::to_string))
    }
    /// Why it was filed although evidence was missing; merchants do not see it.
    async fn filed_in_spite(&self, ctx: &Context<'_>) -> Result<Option<String>, AppError> {
        let reason = self.noted(ctx).await?.basis.told.in_spite.as_ref();
        let is_party = ctx.actor()?.merchant().is_some();
        Ok(reason.filter(|_| !is_party).map(ToString::to_string))
    }
    /// The party.
    async fn merchant(&self, ctx: &Context<'_>) -> Result<MerchantView, AppError> {
        let found = ctx.loaders()?.merchants.one(self.0.merchant).await?;
        found.map(MerchantView).ok_or_else(gone)
    }
    /// The visit that found the violation, if there was one.
    async fn visit_id(&self) -> Option<Uuid> {
        self.0.basis.visit.map(|visit| visit.uuid())
    }
    /// What that visit recorded and is void since; merchants do not see it.
    #[graphql(complexity = "5 * child_complexity.max(1)")]
    async fn void_findings(&self, ctx: &Context<'_>) -> Result<Vec<VoidFindingView>, AppError> {
        let Some(visit) = self.noted(ctx).await?.basis.visit else {
            return Ok(Vec::new());
        };
        if ctx.actor()?.merchant().is_some() {
            return Ok(Vec::new());
        }
        let db = &ctx.app()?.db;
        let measured = store::measurements::measurements_of(db, visit).await?;
        let checked = store::measurements::checks_of(db, visit).await?;
        let void = void_findings((&measured, &checked), self.0.file.proposed());
        Ok(void.into_iter().map(VoidFindingView).collect())
    }
    /// The case on the same visit, report or matter in whose place it comes, because the decision of that one was annulled.
    async fn in_place_of_id(&self) -> Option<Uuid> {
        let former = self.0.basis.told.in_place_of;
        former.map(|former| former.uuid())
    }
    /// Who investigates.
    async fn investigators(&self, ctx: &Context<'_>) -> Result<Vec<PersonView>, AppError> {
        let people = ctx
            .loaders()?
            .people
            .each(self.0.investigators.iter())
            .await?;
        Ok(people.into_iter().map(PersonView).collect())
    }
    /// Who may take no act in it: they stepped back, or said that the merchant is a relative's or of interest to them;
    /// merchants do not see it.
    async fn stepped_back(&self, ctx: &Context<'_>) -> Result<Vec<PersonView>, AppError> {
        if ctx.actor()?.merchant().is_some() {
            return Ok(Vec::new());
        }
        let known = self.0.stepped_back(&tied_to(ctx, self.0.party()).await?);
        let people = ctx.loaders()?.people.each(known.into_iter()).await?;
        Ok(people.into_iter().map(PersonView).collect())
    }
    /// What officers of the own office and below said of ties to the merchant, the first thing first, also where it is over;
    /// null for everybody but heads.
    async fn interests(&self, ctx: &Context<'_>) -> Result<Option<Vec<InterestView>>, AppError> {
        let actor = ctx.actor()?;
        let Some(within) = actor.division().filter(|_| actor.is(Role::Head)) else {
            return Ok(None);
        };
        let loaders = ctx.loaders()?;
        let said = loaders.interests.one(self.0.merchant).await?;
        let mut said = said.unwrap_or_default();
        let officers = loaders.people.each(said.iter().map(|one| one.officer));
        let officers = officers.await?.into_iter();
        let own = officers.filter(|account| match account.seat {
            Seat::Bureau { division, .. } => within.contains(&division),
            Seat::Merchant(_) => false,
        });
        let own: BTreeSet<_> = own.map(|account| account.id).collect();
        said.retain(|one| own.contains(&one.officer));
        Ok(Some(said.into_iter().map(InterestView).collect()))
    }
    /// Requests that somebody steps back, the newest last; merchants see their own.
    async fn recusals(&self, ctx: &Context<'_>) -> Result<Vec<RecusalView>, AppError> {
        let is_party = ctx.actor()?.merchant().is_some();
        Ok(RecusalView::of(self.noted(ctx).await?, is_party))
    }
    /// When it was filed.
    async fn filed_at(&self) -> Moment {
        Moment(self.0.filed_at)
    }
    /// Orders of correction before the decision.
    async fn orders(&self, ctx: &Context<'_>) -> Result<Vec<OrderView>, AppError> {
        let case = self.noted(ctx).await?;
        let orders = case.file.orders.iter();
        let orders = orders.map(|order| OrderView::of(order, &case.number));
        Ok(orders.collect())
    }
    /// The final reports with what came of them, the newest last. Merchants see those of which they got a notice.
    async fn rounds(&self, ctx: &Context<'_>) -> Result<Vec<RoundView>, AppError> {
        let is_party = ctx.actor()?.merchant().is_some();
        let rounds = self.noted(ctx).await?.file.rounds.iter();
        Ok(rounds
            .filter_map(|round| RoundView::of(round, is_party))
            .collect())
    }
    /// Times in which the investigation waited; merchants do not see why.
    async fn suspensions(&self, ctx: &Context<'_>) -> Result<Vec<SuspensionView>, AppError> {
        if ctx.actor()?.merchant().is_some() {
            return Ok(Vec::new());
        }
        let suspensions = self.noted(ctx).await?.file.suspensions.iter();
        Ok(suspensions.map(SuspensionView::of).collect())
    }
    /// The decision. Merchants see it when it reached them.
    async fn decision(&self, ctx: &Context<'_>) -> Result<Option<DecisionView>, AppError> {
        let is_party = ctx.actor()?.merchant().is_some();
        let decision = self.0.file.decision.as_ref();
        Ok(decision
            .filter(|_| !is_party || self.has_told_decision())
            .map(DecisionView::of))
    }
    /// What was done to carry the decision out; null before the decision reached the merchant.
    async fn execution(&self, ctx: &Context<'_>) -> Result<Option<ExecutionView>, AppError> {
        let app = ctx.app()?;
        let today = shanghai_date(app.now());
        let case = self.noted(ctx).await?;
        let paying = usecase::cases::paying(app, &app.db, case).await?;
        Ok(ExecutionView::of(case, today, paying))
    }
    /// How the decision is shown to everybody; null without one that stands, and for merchants before it reached
    /// them.
    async fn display(&self, ctx: &Context<'_>) -> Result<Option<DisplayView>, AppError> {
        let is_party = ctx.actor()?.merchant().is_some();
        let display = usecase::cases::display(ctx.app()?, &self.0);
        Ok(display
            .filter(|display| !is_party || display.from.is_some())
            .map(DisplayView::of))
    }
    /// Applications that the decision is shown no more.
    async fn repairs(&self, ctx: &Context<'_>) -> Result<Vec<RepairView>, AppError> {
        let repairs = self.noted(ctx).await?.file.repairs.iter();
        Ok(repairs.map(RepairView::of).collect())
    }
    /// Referrals to the police; merchants do not see them.
    async fn referrals(&self, ctx: &Context<'_>) -> Result<Vec<ReferralView>, AppError> {
        if ctx.actor()?.merchant().is_some() {
            return Ok(Vec::new());
        }
        let referrals = self.noted(ctx).await?.file.referrals.iter();
        Ok(referrals.map(ReferralView::of).collect())
    }
    /// Whether it was imposed on the spot.
    async fn on_the_spot(&self) -> bool {
        self.0.file.is_simple()
    }
    /// What a review, a court or the bureau itself made of the decision last. Merchants see what was made of one that reached
    /// them, and that it was annulled.
    async fn change(&self, ctx: &Context<'_>) -> Result<Option<ChangeView>, AppError> {
        let shows = self.shows_changes(ctx)?;
        let change = self.noted(ctx).await?.file.change.as_ref();
        Ok(change.filter(|_| shows).map(ChangeView::of))
    }
    /// What was made of it before that, the oldest first; for merchants likewise.
    async fn former_changes(&self, ctx: &Context<'_>) -> Result<Vec<ChangeView>, AppError> {
        let shows = self.shows_changes(ctx)?;
        let former = self.noted(ctx).await?.file.former_changes.iter();
        Ok(former.filter(|_| shows).map(ChangeView::of).collect())
    }
    /// When it was closed.
    async fn closed_at(&self) -> Option<Moment> {
        let file = &self.0.file;
        let ended = file.ending.map(|ending| ending.made.at);
        file.closed.map(|mark| mark.at).or(ended).map(Moment)
    }
    /// When it went into the archive.
    async fn archived_at(&self) -> Option<Moment> {
        self.0.file.archived.map(|mark| Moment(mark.at))
    }
    /// How often its file was taken out, the last time first, at most a hundred; null for who may not take it out.
    #[graphql(complexity = "5 + child_complexity")]
    async fn bundles(&self, ctx: &Context<'_>) -> Result<Option<Vec<CaseBundleView>>, AppError> {
        let made = usecase::bundles::list(ctx.app()?, ctx.actor()?, &self.0).await?;
        Ok(made.map(|made| made.into_iter().map(CaseBundleView).collect()))
    }
    /// The statutory periods that run on it. Merchants see their own: what the office has to do, and what it has with
    /// the police, is not theirs to know.
    async fn clocks(&self, ctx: &Context<'_>) -> Result<Vec<ClockView>, AppError> {
        let loaders = ctx.loaders()?;
        let on = RunsOn::Case(self.0.id);
        let found = loaders.clocks(ctx.app()?, on).await?;
        let is_party = ctx.actor()?.merchant().is_some();
        Ok(found
            .into_iter()
            .filter(|held| !is_party || OF_THE_PARTY.contains(&held.rule_id.as_str()))
            .map(ClockView)
            .collect())
    }
}

page! {
    /// A page of cases.
    CasePage of CaseView, "The cases, the nearest day first."
}

payload! {
    /// What became of an operation on a case.
    CasePayload {
        /// The case as it stands now, unless refused.
        case: CaseView,
        /// Why nothing changed.
        problems,
    }
    of |ctx, (_, case): (Actor, CaseId)| Some(CaseView(
        store::cases::get(&ctx.app()?.db, ctx.actor()?, case).await?,
    ))
}
