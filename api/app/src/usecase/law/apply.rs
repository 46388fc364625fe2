//! Clock effects, applied in one place. A state machine answers with effects; here they meet the
//! rows, the calendar and the edition of the rule, inside the transaction of the transition.

use crate::{
    app::App,
    error::AppError,
    store::{
        self,
        law::{HeldClock, RunsOn},
    },
    work::{Source, Work},
};
use chrono::NaiveDate;
use liangxin_domain::{
    accounts::role::Roles,
    actor::Actor,
    event::Event,
    id::{ClockId, UserId},
    law::{
        calendar::Calendar,
        clock::{Basis, Clock, Due, applied},
        deadline::DeadlineRule,
        effect::ClockEffect,
    },
    refusal::{Code, Refusal},
};

/// Applies what a transition does to the clocks of its subject, in order.
pub async fn apply(
    app: &App,
    work: &Work,
    on: RunsOn,
    effects: &[ClockEffect],
) -> Result<(), AppError> {
    if effects.is_empty() {
        return Ok(());
    }
    let calendar = app.calendar(work).await?;
    for effect in effects {
        apply_one(app, work, on, (effect, &calendar)).await?;
    }
    Ok(())
}

/// When a period that opened on that day would end, for papers that name the day.
pub async fn would_end(
    app: &App,
    source: &impl Source,
    rule: &str,
    opened_on: NaiveDate,
) -> Result<Due, AppError> {
    let calendar = app.calendar(source).await?;
    Ok(Clock::start(rule_on(app, rule, opened_on)?, opened_on, &calendar).due)
}

async fn apply_one(
    app: &App,
    work: &Work,
    on: RunsOn,
    (effect, calendar): (&ClockEffect, &Calendar),
) -> Result<(), AppError> {
    let held = store::law::find_clock(work, on, effect.rule()).await?;
    let rule = rule_on(app, effect.rule(), basis_day(effect, held.as_ref())?)?;
    let roles = match effect {
        ClockEffect::Extend { by, .. } | ClockEffect::ExtendBy { by, .. } => {
            roles_of(work, *by).await?
        }
        _ => Roles::default(),
    };
    let latest = match (effect, &rule.within) {
        (ClockEffect::StartUntil { .. }, Some(within)) => end_of(work, on, within).await?,
        _ => None,
    };
    let basis = Basis {
        rule,
        calendar,
        roles: &roles,
        latest,
    };
    let clock = applied(held.as_ref().map(|held| &held.clock), effect, basis)?;
    if let Due::CalendarMissing { year, .. } = clock.due
        && clock.is_open()
        && store::calendars::note_missing(work, year).await?
    {
        app.record(work, Event::CalendarMissing { year });
    }
    let is_new = matches!(
        effect,
        ClockEffect::Start { .. } | ClockEffect::StartUntil { .. }
    );
    match held {
        Some(held) if !is_new => save(work, held, clock, calendar).await,
        _ => {
            // A period that opens with little time has not come to its end yet.
            let warned = clock.warning_on(clock.started_on, calendar);
            let new = HeldClock {
                id: ClockId::new(work.new_id(&app.ids)),
                on,
                check_on: clock.next_check(warned, calendar),
                clock,
                warned,
                version: 1,
            };
            store::law::insert_clock(work, &new).await
        }
    }
}

/// The day whose law an effect is applied by.
fn basis_day(effect: &ClockEffect, held: Option<&HeldClock>) -> Result<NaiveDate, Refusal> {
    match (effect, held) {
        (
            ClockEffect::Start { opened_on, .. }
            | ClockEffect::StartUntil { opened_on, .. }
            | ClockEffect::Restart { opened_on, .. },
            _,
        ) => Ok(*opened_on),
        (_, Some(held)) => Ok(held.clock.started_on),
        (_, None) => Err(Refusal::of(Code::ClockNotRunning).with(effect.rule())),
    }
}

async fn save(
    work: &Work,
    held: HeldClock,
    clock: Clock,
    calendar: &Calendar,
) -> Result<(), AppError> {
    if clock == held.clock {
        return Ok(());
    }
    let kept = held.clock.former.len();
    let changed = held.changed_to(clock, work.today(), calendar);
    store::law::save_clock(work, &changed, kept).await
}

impl HeldClock {
    /// The same clock with another end. What was warned of an end that is now far away is warned
    /// of again when the new one comes near; what is still near is not repeated.
    pub(super) fn changed_to(self, clock: Clock, today: NaiveDate, calendar: &Calendar) -> Self {
        let warned = match clock.due {
            Due::Paused { .. } => self.warned,
            Due::On { .. } | Due::CalendarMissing { .. } => {
                self.warned.min(clock.warning_on(today, calendar))
            }
        };
        Self {
            check_on: clock.next_check(warned, calendar),
            clock,
            warned,
            ..self
        }
    }
}

/// The end of a running period by its earlier reading.
async fn end_of(work: &Work, on: RunsOn, rule: &str) -> Result<Option<NaiveDate>, AppError> {
    let around = store::law::find_clock(work, on, rule).await?;
    Ok(around.and_then(|held| match held.clock.due {
        Due::On { literal, .. } if held.clock.is_open() => Some(literal),
        _ => None,
    }))
}

/// What whoever extends may be: the actor as the request knows them, or a person named by them.
async fn roles_of(work: &Work, by: UserId) -> Result<Roles, AppError> {
    if let Actor::User(user) = work.actor()
        && user.user == by
    {
        return Ok(user.roles.clone());
    }
    let account = store::accounts::find(work, by).await?;
    Ok(account.map(|account| account.roles).unwrap_or_default())
}

fn rule_on<'a>(app: &'a App, id: &str, day: NaiveDate) -> Result<&'a DeadlineRule, AppError> {
    app.law
        .deadlines
        .rule_on(id, day)
        .map_err(|e| AppError::internal("find the rule of a statutory period", e))
}
