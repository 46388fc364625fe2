//! Years of the working-day calendar on the wire.

use crate::context::Known as _;
use crate::moment::Moment;
use crate::problem::{Problem, settle};
use async_graphql::{Context, Description, Object, SimpleObject};
use chrono::NaiveDate;
use liangxin_app::error::AppError;
use liangxin_app::store::{
    self,
    calendars::{Draft, LoadedYear},
};
use liangxin_app::usecase::law::{changes_of, clocks_moved_by};
use liangxin_domain::law::calendar::{CalendarMonth, DayUse, lawful_days_off};
use uuid::Uuid;

/// A year of the working-day calendar.
#[derive(Debug, SimpleObject)]
#[graphql(name = "CalendarYear")]
pub(crate) struct CalendarYearView {
    /// The year.
    year: i32,
    /// The version; of a built-in year, that of the built-in list.
    version: String,
    /// When it was loaded; null for a built-in year.
    loaded_at: Option<Moment>,
    /// Whether periods are computed with it; false for one that another version replaced.
    is_in_force: bool,
}

/// The years, built in and loaded, by year and then by when they were loaded.
pub(super) async fn calendar_years(ctx: &Context<'_>) -> Result<Vec<CalendarYearView>, AppError> {
    let app = ctx.app()?;
    let loads = store::calendars::list(&app.db).await?;
    let last = |year| {
        loads
            .iter()
            .filter(|load| load.year == year)
            .map(|load| load.number)
            .max()
    };
    let built_in = app.law.calendar.years().map(|year| CalendarYearView {
        year,
        version: app.law.calendar.version().to_owned(),
        loaded_at: None,
        is_in_force: last(year).is_none(),
    });
    let loaded = loads.iter().map(|load| {
        let LoadedYear {
            year,
            version,
            loaded_at,
            number,
            ..
        } = load;
        CalendarYearView {
            year: *year,
            version: version.clone(),
            loaded_at: Some(Moment(*loaded_at)),
            is_in_force: last(*year) == Some(*number),
        }
    });
    let mut years: Vec<_> = built_in.chain(loaded).collect();
    years.sort_by_key(|year| (year.year, year.loaded_at));
    Ok(years)
}

/// A day that a loaded year would change.
#[derive(Debug, SimpleObject)]
#[graphql(name = "CalendarChange")]
pub(crate) struct CalendarChangeView {
    /// The day.
    date: NaiveDate,
    /// As it is.
    before: DayUse,
    /// As it would be.
    after: DayUse,
}

/// A month of a loaded year.
#[derive(Debug, SimpleObject)]
#[graphql(name = "CalendarMonth")]
pub(crate) struct CalendarMonthView {
    /// 1 to 12.
    month: u32,
    /// How many days people work.
    working_days: usize,
    /// The days that the notice gives off.
    off: Vec<NaiveDate>,
    /// The Saturdays and Sundays on which people work.
    worked: Vec<NaiveDate>,
}

impl From<CalendarMonth> for CalendarMonthView {
    fn from(month: CalendarMonth) -> Self {
        let CalendarMonth {
            month,
            working_days,
            off,
            worked,
        } = month;
        Self {
            month,
            working_days,
            off,
            worked,
        }
    }
}

/// How many open periods a loaded year would give another end.
#[derive(Debug, SimpleObject)]
#[graphql(name = "MovedClocks")]
pub(crate) struct MovedClocksView {
    /// Open periods that end in that year or beside it, or wait for it.
    looked_at: usize,
    /// Those of them that would end on another day than now.
    moved: usize,
    /// Those of the moved ones whose end nobody knows yet.
    waiting: usize,
}

/// A loaded year that nobody has confirmed: nothing of it applies.
#[derive(Description)]
pub(crate) struct CalendarDraftView(Draft);

#[Object(name = "CalendarDraft", use_type_description)]
impl CalendarDraftView {
    /// Its id; that of the write that loaded it.
    async fn id(&self) -> Uuid {
        self.0.id.uuid()
    }
    /// The year.
    async fn year(&self) -> i32 {
        self.0.year
    }
    /// What whoever loaded it calls this version.
    async fn version(&self) -> &str {
        &self.0.version
    }
    /// Who loaded it, who may not confirm it; null for the command line.
    async fn loaded_by_id(&self) -> Option<Uuid> {
        self.0.loaded_by.map(|user| user.uuid())
    }
    /// When it was loaded.
    async fn loaded_at(&self) -> Moment {
        Moment(self.0.loaded_at)
    }
    /// The months of the year as the notice is laid out, for whoever compares the two before confirming.
    #[graphql(complexity = "12 * child_complexity.max(1)")]
    async fn months(&self) -> Result<Vec<CalendarMonthView>, AppError> {
        let months = self.0.days()?.months().into_iter();
        Ok(months.map(CalendarMonthView::from).collect())
    }
    /// How many days off the law gives in that year; null where our sources do not say.
    async fn lawful_days_off(&self) -> Option<usize> {
        lawful_days_off(self.0.year)
    }
    /// How many open periods it would move.
    #[graphql(complexity = "50 + child_complexity")]
    async fn open_clocks(&self, ctx: &Context<'_>) -> Result<MovedClocksView, AppError> {
        let found = clocks_moved_by(ctx.app()?, &self.0).await?;
        Ok(MovedClocksView {
            looked_at: found.looked_at,
            moved: found.moved,
            waiting: found.waiting,
        })
    }
    /// Every day that it would change, in order. At most 427: a year and the months beside it.
    #[graphql(complexity = "50 + 50 * child_complexity")]
    async fn changes(&self, ctx: &Context<'_>) -> Result<Vec<CalendarChangeView>, AppError> {
        let changed = changes_of(ctx.app()?, &self.0).await?.into_iter();
        let changed = changed.map(|day| CalendarChangeView {
            date: day.date,
            before: day.before,
            after: day.after,
        });
        Ok(changed.collect())
    }
}

/// The loaded years that wait for a second person.
pub(super) async fn calendar_drafts(ctx: &Context<'_>) -> Result<Vec<CalendarDraftView>, AppError> {
    let drafts = store::calendars::list_drafts(&ctx.app()?.db).await?;
    Ok(drafts.into_iter().map(CalendarDraftView).collect())
}

/// What became of loading or confirming a year.
#[derive(SimpleObject)]
#[graphql(name = "CalendarPayload")]
pub(super) struct CalendarPayload {
    /// All years, if it was done.
    #[graphql(complexity = "50 + 50 * child_complexity")]
    years: Option<Vec<CalendarYearView>>,
    /// The loaded years that wait for a second person.
    #[graphql(complexity = "10 + 4 * child_complexity")]
    drafts: Option<Vec<CalendarDraftView>>,
    /// Why it was not.
    problems: Vec<Problem>,
}

impl CalendarPayload {
    pub(super) async fn of(
        ctx: &Context<'_>,
        outcome: Result<(), AppError>,
    ) -> Result<Self, AppError> {
        let (done, problems) = settle(outcome, ctx.lang())?;
        let (years, drafts) = match done {
            Some(()) => (
                Some(calendar_years(ctx).await?),
                Some(calendar_drafts(ctx).await?),
            ),
            None => (None, None),
        };
        Ok(Self {
            years,
            drafts,
            problems,
        })
    }
}
