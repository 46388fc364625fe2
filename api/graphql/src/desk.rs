//! The desk of an office on the wire.

use crate::{context::Known as _, law::ClockView, merchants::types::MerchantView, page};
use async_graphql::{Context, Description, InputObject, Object, SimpleObject};
use chrono::NaiveDate;
use liangxin_app::{
    error::AppError,
    store::{clock_turns::Running, desk::Matter, law::RunsOn},
    usecase::desk,
};
use liangxin_domain::{
    desk::{DueClass, MatterKind, Wanted, WantedClocks},
    id::{MerchantId, UserId},
    law::{calendar::shanghai_date, deadline::Bearer},
    refusal::Refusal,
    text::Line,
};
use uuid::Uuid;

/// The reads of the desk.
#[derive(Default)]
pub struct DeskQuery;

/// Which matters of a desk are wanted. What is left out does not matter.
#[derive(InputObject, Default)]
pub(crate) struct DeskFilter {
    /// Of one kind; without one all but complaints, which stand in no answer beside reports.
    kind: Option<MatterKind>,
    /// So near their end.
    due: Option<DueClass>,
    /// Of this officer: who took the report in, handles the complaint, investigates the case, screened the reward.
    owner_id: Option<Uuid>,
    /// With exactly this number.
    number: Option<String>,
    /// About this merchant.
    merchant_id: Option<Uuid>,
    /// Of an officer of exactly this name, as by `ownerId`, or about a merchant for whose account the register has this
    /// name. Who reported or complained is never looked for. Of more than twenty people of one name the first twenty are.
    person: Option<String>,
    /// About the stalls of this market.
    market_id: Option<Uuid>,
    /// Those that are over as well; by number they always are.
    with_over: Option<bool>,
}

impl DeskFilter {
    fn parse(self) -> Result<Wanted, Refusal> {
        Ok(Wanted {
            kind: self.kind,
            due: self.due,
            owner: self.owner_id.map(UserId::new),
            number: Line::parse_optional(self.number.as_deref(), "number")?,
            merchant: self.merchant_id.map(MerchantId::new),
            person: Line::parse_optional(self.person.as_deref(), "person")?,
            market: self.market_id.map(MerchantId::new),
            with_over: self.with_over.unwrap_or_default(),
        })
    }
}

/// One matter of a desk.
#[derive(Description)]
pub(crate) struct MatterView(Matter);

#[Object(name = "DeskItem", use_type_description)]
impl MatterView {
    /// What it is.
    async fn kind(&self) -> MatterKind {
        self.0.kind
    }
    /// Its id.
    async fn id(&self) -> Uuid {
        self.0.id
    }
    /// Its number on paper; a reward has none.
    async fn number(&self) -> Option<&str> {
        self.0.number.as_deref()
    }
    /// How far it has come: a word of the state of its kind.
    async fn state(&self) -> String {
        self.0.state.to_uppercase()
    }
    /// Where it lies (GB/T 2260).
    async fn division(&self) -> &str {
        &self.0.division
    }
    /// Whom it is about, if that is on the register.
    async fn merchant(&self, ctx: &Context<'_>) -> Result<Option<MerchantView>, AppError> {
        let Some(merchant) = self.0.merchant else {
            return Ok(None);
        };
        let found = ctx.loaders()?.merchants.one(merchant).await?;
        Ok(found.map(MerchantView))
    }
    /// The first day on which the office has to have done something; while a calendar is missing, the first day on which
    /// that can be.
    async fn due_on(&self) -> Option<NaiveDate> {
        self.0.due_on
    }
    /// Whether that day has passed.
    async fn is_overdue(&self, ctx: &Context<'_>) -> Result<bool, AppError> {
        let today = shanghai_date(ctx.app()?.now());
        Ok(self.0.due_on.is_some_and(|due| due < today))
    }
    /// The periods that run on it, whoever has to keep them.
    #[graphql(complexity = "4 * child_complexity.max(1)")]
    async fn clocks(&self, ctx: &Context<'_>) -> Result<Vec<ClockView>, AppError> {
        let on = RunsOn::of(self.0.kind, self.0.id);
        let found = ctx.loaders()?.clocks_on.one(on).await?;
        let open = found.into_iter().flatten().filter(|clock| clock.is_open());
        Ok(open.map(ClockView).collect())
    }
}

page! {
    /// A page of a desk.
    DeskPage of MatterView, "The matters, by their first day; then those without one, then those that are over."
}

/// Which open periods are wanted. What is left out does not matter.
#[derive(InputObject, Default)]
pub(crate) struct ClockFilter {
    /// On matters of one kind; without one all but complaints, as on the desk.
    kind: Option<MatterKind>,
    /// So near their end.
    due: Option<DueClass>,
    /// On matters of this officer: who took the report in, handles the complaint, investigates the case, screened the reward.
    owner_id: Option<Uuid>,
}

/// An open period of an office.
#[derive(Description)]
pub(crate) struct DeskClockView {
    running: Running,
    bearer: Bearer,
}

#[Object(name = "DeskClock", use_type_description)]
impl DeskClockView {
    /// What it runs on; a dispute about competence is its report's.
    async fn kind(&self) -> MatterKind {
        self.running.kind
    }
    /// The id of that matter.
    async fn matter_id(&self) -> Uuid {
        self.running.subject
    }
    /// The number of that matter on paper; a reward has none.
    async fn number(&self) -> Option<&str> {
        self.running.number.as_deref()
    }
    /// Where it lies (GB/T 2260).
    async fn division(&self) -> &str {
        &self.running.division
    }
    /// Whose duty it is.
    async fn bearer(&self) -> Bearer {
        self.bearer
    }
    /// The period.
    async fn clock(&self) -> ClockView {
        ClockView(self.running.clock.clone())
    }
}

page! {
    /// A page of the open periods of an office.
    DeskClockPage of DeskClockView, "The periods, by the first day on which each can end; then those whose time does not count or whose end nobody knows."
}

/// How many open matters of a kind are how near their end.
#[derive(SimpleObject)]
pub(crate) struct DeskCount {
    /// What they are.
    kind: MatterKind,
    /// How near.
    due: DueClass,
    /// How many, 10,000 at most. Those within two days are also among those within five.
    number: u64,
}

#[Object(name = "DeskQuery")]
impl DeskQuery {
    /// What lies with the caller's office and those below, whatever it is, as far as the caller's roles read it: by the
    /// first day on which the office has to have done something.
    #[graphql(complexity = "page::cost(first, child_complexity)")]
    async fn desk(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which matters; all open ones if not said.")] filter: Option<DeskFilter>,
        #[graphql(desc = "How many; 20 if not said, at most 100.")] first: Option<i32>,
        #[graphql(desc = "The cursor of the page before.")] after: Option<String>,
    ) -> Result<DeskPage, AppError> {
        let page = page::parse(first, after.as_deref())?;
        let wanted = filter.unwrap_or_default().parse()?;
        let found = desk::list(ctx.app()?, ctx.caller()?, &wanted, page).await?;
        Ok(DeskPage::of(found, MatterView))
    }

    /// Every period that runs on what lies with the caller's office and those below, as far as the caller's roles read it,
    /// whoever has to keep it: by the first day on which it can end.
    #[graphql(complexity = "page::cost(first, child_complexity)")]
    async fn clocks(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which periods; all open ones if not said.")] filter: Option<ClockFilter>,
        #[graphql(desc = "How many; 20 if not said, at most 100.")] first: Option<i32>,
        #[graphql(desc = "The cursor of the page before.")] after: Option<String>,
    ) -> Result<DeskClockPage, AppError> {
        let page = page::parse(first, after.as_deref())?;
        let filter = filter.unwrap_or_default();
        let wanted = WantedClocks {
            kind: filter.kind,
            due: filter.due,
            owner: filter.owner_id.map(UserId::new),
        };
        let found = desk::clocks(ctx.app()?, ctx.caller()?, wanted, page).await?;
        let show = |(running, bearer)| DeskClockView { running, bearer };
        Ok(DeskClockPage::of(found, show))
    }

    /// How many open matters lie there, by kind and by how near their end is.
    #[graphql(complexity = "20 * child_complexity.max(1)")]
    async fn desk_counts(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Of which matters; `due` is not looked at.")] filter: Option<DeskFilter>,
    ) -> Result<Vec<DeskCount>, AppError> {
        let wanted = filter.unwrap_or_default().parse()?;
        let found = desk::count(ctx.app()?, ctx.caller()?, &wanted).await?;
        let counts = found.into_iter();
        Ok(counts
            .map(|(due, kind, number)| DeskCount { kind, due, number })
            .collect())
    }
}
