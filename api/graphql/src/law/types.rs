//! Statutory periods on the wire.

use crate::context::Known as _;
use async_graphql::{Context, Description, Enum, Object, SimpleObject};
use chrono::NaiveDate;
use liangxin_app::error::AppError;
use liangxin_domain::law::{
    calendar::shanghai_date,
    clock::{Clock, ClockState, Due, PauseCause, Punctuality, Replaced},
    deadline::Unit,
    provenance::Provenance,
};

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
#[derive(Description)]
pub(crate) struct ClockView(pub(crate) Clock);

#[Object(name = "Clock", use_type_description)]
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
    /// The first day on which it can end: certain also while a calendar year is missing, and warned of then. The earlier
    /// reading itself where the end is known; null while time does not count.
    async fn due_not_before(&self) -> Option<NaiveDate> {
        self.0.not_before()
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
            Due::CalendarMissing { year, .. } => Some(year),
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
