//! Statutory periods on the wire.

use crate::context::Known as _;
use crate::problem::{Problem, settle};
use async_graphql::{Context, Enum, Object, SimpleObject};
use chrono::{DateTime, NaiveDate, Utc};
use liangxin_app::error::AppError;
use liangxin_app::store::{
    self,
    calendars::{Draft, LoadedYear},
};
use liangxin_app::usecase::law::changes_of;
use liangxin_domain::law::{
    calendar::{DayUse, shanghai_date},
    clock::{Clock, ClockState, Due, PauseCause, Punctuality, Replaced},
    deadline::Unit,
    provenance::Provenance,
};
use uuid::Uuid;

/// How a statutory period stands today.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(name = "ClockState")]
pub(crate) enum ClockStateView {
    /// Time is left.
    Running,
    /// Five working days or fewer are left.
    DueSoon,
    /// Over.
    Overdue,
    /// Time does not count at present.
    Paused,
    /// The duty is done.
    Satisfied,
    /// The duty fell away before it was done.
    Lapsed,
    /// The due day is not known, because a calendar year is not loaded.
    Unknown,
}

/// How well a row of law is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "Provenance", name = "LawProvenance")]
pub(crate) enum ProvenanceView {
    /// Read in a copy of the instrument itself.
    Verified,
    /// Read only in a secondary source.
    Secondary,
    /// From general knowledge; a person must confirm it before it is relied upon.
    Unverified,
    /// Our own choice; no rule says it.
    Proposal,
}

/// Days that do not count in a statutory period.
#[derive(Debug, SimpleObject)]
#[graphql(name = "ClockPause")]
pub(crate) struct PauseView {
    /// Why.
    cause: PauseCause,
    /// The first day that is not counted.
    from: NaiveDate,
    /// The first day that counts again; null while the pause lasts.
    until: Option<NaiveDate>,
}

/// An extension of a statutory period by somebody who may.
#[derive(Debug, SimpleObject)]
#[graphql(name = "ClockExtension")]
pub(crate) struct ExtensionView {
    /// The day on which it was granted.
    on: NaiveDate,
    /// How many units it adds.
    length: u32,
}

/// An end that a statutory period had before.
#[derive(Debug, SimpleObject)]
#[graphql(name = "FormerEnd")]
pub(crate) struct FormerEndView {
    /// The opening day of the period that it belonged to.
    started_on: NaiveDate,
    /// The last day, moved over days off; null if it was not known.
    due_on: Option<NaiveDate>,
    /// The calendar that it was computed with.
    calendar_version: String,
    /// The day on which another end took its place.
    replaced_on: NaiveDate,
    /// Why.
    cause: Replaced,
    /// Whether the period was over when it began anew: a restart hides no delay.
    was_late: bool,
}

/// A statutory period with the article that it comes from.
pub(crate) struct ClockView(pub(crate) Clock);

#[Object(name = "Clock")]
impl ClockView {
    /// The rule, such as `R-VERIFY`.
    async fn rule_id(&self) -> &str {
        &self.0.rule_id
    }
    /// The instrument of law.
    async fn instrument(&self) -> &str {
        &self.0.instrument
    }
    /// Its edition.
    async fn edition(&self) -> &str {
        &self.0.edition
    }
    /// The article.
    async fn article(&self) -> &str {
        &self.0.article
    }
    /// The opening day, which is not counted.
    async fn started_on(&self) -> NaiveDate {
        self.0.started_on
    }
    /// The last day, moved over days off; null while a calendar year is missing.
    async fn due_on(&self) -> Option<NaiveDate> {
        match self.0.due {
            Due::On { moved, .. } => Some(moved),
            Due::CalendarMissing { .. } | Due::Paused { .. } => None,
        }
    }
    /// The last day, moved over the holidays of the notice only: the earlier reading, of which the
    /// office is warned.
    async fn due_literal(&self) -> Option<NaiveDate> {
        match self.0.due {
            Due::On { literal, .. } => Some(literal),
            Due::CalendarMissing { .. } | Due::Paused { .. } => None,
        }
    }
    /// How well the rule is known.
    async fn provenance(&self) -> ProvenanceView {
        self.0.provenance.into()
    }
    /// How many units the rule gives, without extensions; 0 where the bureau sets the day.
    async fn length(&self) -> u32 {
        self.0.length
    }
    /// What the length counts.
    async fn unit(&self) -> Unit {
        self.0.unit
    }
    /// Extensions, in order; a rule allows very few.
    #[graphql(complexity = "2 + 4 * child_complexity")]
    async fn extensions(&self) -> Vec<ExtensionView> {
        let extensions = self.0.extensions.iter();
        extensions
            .map(|extension| ExtensionView {
                on: extension.on,
                length: extension.length,
            })
            .collect()
    }
    /// Days that do not count, in order.
    #[graphql(complexity = "2 + 4 * child_complexity")]
    async fn pauses(&self) -> Vec<PauseView> {
        let pauses = self.0.pauses.iter();
        pauses
            .map(|pause| PauseView {
                cause: pause.cause,
                from: pause.from,
                until: pause.until,
            })
            .collect()
    }
    /// Ends that it had before, oldest first.
    #[graphql(complexity = "2 + 4 * child_complexity")]
    async fn former_ends(&self) -> Vec<FormerEndView> {
        let former = self.0.former.iter();
        former
            .map(|end| FormerEndView {
                started_on: end.started_on,
                due_on: match end.due {
                    Due::On { moved, .. } => Some(moved),
                    Due::CalendarMissing { .. } | Due::Paused { .. } => None,
                },
                calendar_version: end.calendar_version.clone(),
                replaced_on: end.replaced_on,
                cause: end.cause,
                was_late: end.was_late(),
            })
            .collect()
    }
    /// The calendar that the end was computed with.
    async fn calendar_version(&self) -> &str {
        &self.0.calendar_version
    }
    /// The day on which the duty fell away.
    async fn lapsed_on(&self) -> Option<NaiveDate> {
        self.0.lapsed_on
    }
    /// Calendar days by which the duty was done, or fell away, too late, or by which
    /// it is overdue now; null if it is in time, or its end is not known.
    async fn days_late(&self, ctx: &Context<'_>) -> Result<Option<i64>, AppError> {
        Ok(match self.today(ctx).await? {
            ClockState::Satisfied {
                punctuality: Punctuality::Late { days },
            }
            | ClockState::Lapsed {
                punctuality: Punctuality::Late { days },
            } => Some(days),
            ClockState::Overdue { days } => Some(days),
            _ => None,
        })
    }
    /// The calendar year that is missing.
    async fn missing_year(&self) -> Option<i32> {
        match self.0.due {
            Due::On { .. } | Due::Paused { .. } => None,
            Due::CalendarMissing { year } => Some(year),
        }
    }
    /// The day on which the duty was done.
    async fn satisfied_on(&self) -> Option<NaiveDate> {
        self.0.satisfied_on
    }
    /// How it stands today.
    async fn state(&self, ctx: &Context<'_>) -> Result<ClockStateView, AppError> {
        Ok(match self.today(ctx).await? {
            ClockState::Running { .. } => ClockStateView::Running,
            ClockState::DueSoon { .. } => ClockStateView::DueSoon,
            ClockState::Overdue { .. } => ClockStateView::Overdue,
            ClockState::Paused { .. } => ClockStateView::Paused,
            ClockState::Satisfied { .. } => ClockStateView::Satisfied,
            ClockState::Lapsed { .. } => ClockStateView::Lapsed,
            ClockState::Unknown => ClockStateView::Unknown,
        })
    }
    /// Working days left after today.
    async fn working_days_left(&self, ctx: &Context<'_>) -> Result<Option<u32>, AppError> {
        Ok(match self.today(ctx).await? {
            ClockState::Running { working_days_left } => working_days_left,
            ClockState::DueSoon {
                working_days_left, ..
            } => Some(working_days_left),
            ClockState::Overdue { .. }
            | ClockState::Paused { .. }
            | ClockState::Satisfied { .. }
            | ClockState::Lapsed { .. }
            | ClockState::Unknown => None,
        })
    }
}

impl ClockView {
    async fn today(&self, ctx: &Context<'_>) -> Result<ClockState, AppError> {
        let app = ctx.app()?;
        let calendar = ctx.loaders()?.calendar(app).await?;
        Ok(self.0.state_on(shanghai_date(app.now()), &calendar))
    }
}

/// A year of the working-day calendar.
#[derive(Debug, SimpleObject)]
#[graphql(name = "CalendarYear")]
pub(crate) struct CalendarYearView {
    /// The year.
    year: i32,
    /// The version; of a built-in year, that of the built-in list.
    version: String,
    /// When it was loaded; null for a built-in year.
    loaded_at: Option<DateTime<Utc>>,
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
            loaded_at: Some(*loaded_at),
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

/// A loaded year that nobody has confirmed: nothing of it applies.
pub(crate) struct CalendarDraftView(Draft);

#[Object(name = "CalendarDraft")]
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
    /// When.
    async fn loaded_at(&self) -> DateTime<Utc> {
        self.0.loaded_at
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
