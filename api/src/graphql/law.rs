//! Statutory periods on the wire.

use crate::{error::AppError, graphql::context::Known as _};
use async_graphql::{Context, Enum, Object};
use chrono::NaiveDate;
use liangxin_domain::law::{
    calendar::shanghai_date,
    clock::{Clock, ClockState, Due},
};

/// How a statutory period stands today.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(name = "ClockState")]
pub(in crate::graphql) enum ClockStateView {
    /// Time is left.
    Running,
    /// Five working days or fewer are left.
    DueSoon,
    /// Over.
    Overdue,
    /// The duty is done.
    Satisfied,
    /// The due day is not known, because a calendar year is not loaded.
    Unknown,
}

/// A statutory period with the article that it comes from.
pub(in crate::graphql) struct ClockView(pub(in crate::graphql) Clock);

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
            Due::CalendarMissing { .. } => None,
        }
    }
    /// The calendar year that is missing.
    async fn missing_year(&self) -> Option<i32> {
        match self.0.due {
            Due::On { .. } => None,
            Due::CalendarMissing { year } => Some(year),
        }
    }
    /// The day on which the duty was done.
    async fn satisfied_on(&self) -> Option<NaiveDate> {
        self.0.satisfied_on
    }
    /// How it stands today.
    async fn state(&self, ctx: &Context<'_>) -> Result<ClockStateView, AppError> {
        Ok(match self.today(ctx)? {
            ClockState::Running { .. } => ClockStateView::Running,
            ClockState::DueSoon { .. } => ClockStateView::DueSoon,
            ClockState::Overdue { .. } => ClockStateView::Overdue,
            ClockState::Satisfied { .. } => ClockStateView::Satisfied,
            ClockState::Unknown => ClockStateView::Unknown,
        })
    }
    /// Working days left after today.
    async fn working_days_left(&self, ctx: &Context<'_>) -> Result<Option<u32>, AppError> {
        Ok(match self.today(ctx)? {
            ClockState::Running { working_days_left } => working_days_left,
            ClockState::DueSoon {
                working_days_left, ..
            } => Some(working_days_left),
            ClockState::Overdue { .. } | ClockState::Satisfied { .. } | ClockState::Unknown => None,
        })
    }
}

impl ClockView {
    fn today(&self, ctx: &Context<'_>) -> Result<ClockState, AppError> {
        let app = ctx.app()?;
        Ok(self.0.state_on(shanghai_date(app.now()), &app.law.calendar))
    }
}
