//! What an effect does to a clock. Pure: the clock before, the effect, the law -> the clock after,
//! or the refusal.

use super::{Clock, Due, Extension, Pause, PauseCause, Replaced};
use crate::accounts::role::Roles;
use crate::id::UserId;
use crate::law::calendar::Calendar;
use crate::law::deadline::DeadlineRule;
use crate::law::effect::ClockEffect;
use crate::refusal::{Code, Refusal};
use chrono::NaiveDate;

/// What an effect is applied by.
#[derive(Debug, Clone, Copy)]
pub struct Basis<'a> {
    /// The edition of the rule: for a period that opens, that of the opening day; else the one
    /// that the clock rests on.
    pub rule: &'a DeadlineRule,
    /// Working days.
    pub calendar: &'a Calendar,
    /// What whoever extends may be.
    pub roles: &'a Roles,
    /// The latest end that a day set by the bureau may have, from the period that it lies in.
    pub latest: Option<NaiveDate>,
}

/// The clock after the effect. `current` is the one of that rule on that subject: the running one,
/// else the last that ran.
pub fn applied(
    current: Option<&Clock>,
    effect: &ClockEffect,
    basis: Basis<'_>,
) -> Result<Clock, Refusal> {
    let running = current.filter(|clock| clock.is_open());
    let Basis { rule, calendar, .. } = basis;
    let running = match *effect {
        ClockEffect::Start { .. } | ClockEffect::StartUntil { .. } if running.is_some() => {
            return Err(about(Code::ClockRunning, effect));
        }
        ClockEffect::Start { opened_on, .. } => {
            return Ok(Clock::start(rule, opened_on, calendar));
        }
        ClockEffect::StartUntil {
            opened_on, until, ..
        } => return start_until((opened_on, until), basis),
        // The first day counts: done again, it was still done then.
        ClockEffect::Satisfy { .. } | ClockEffect::Lapse { .. } => {
            running.or(current).ok_or_else(|| missing(effect))?
        }
        ClockEffect::Pause { .. }
        | ClockEffect::Resume { .. }
        | ClockEffect::Except { .. }
        | ClockEffect::Extend { .. }
        | ClockEffect::ExtendBy { .. }
        | ClockEffect::Restart { .. } => running.ok_or_else(|| missing(effect))?,
    };
    let clock = running.clone();
    match *effect {
        ClockEffect::Satisfy { on, .. } => Ok(clock.satisfy(on)),
        ClockEffect::Lapse { on, .. } => Ok(clock.lapse(on)),
        ClockEffect::Pause { cause, on, .. } => clock.pause((cause, on), basis),
        ClockEffect::Resume { on, .. } => clock.resume(on, basis),
        ClockEffect::Except {
            cause, from, until, ..
        } => clock.except((cause, from, until), basis),
        ClockEffect::Extend { by, on, .. } => clock.extend((by, on), None, basis),
        ClockEffect::ExtendBy { by, on, length, .. } => clock.extend((by, on), Some(length), basis),
        ClockEffect::Restart { opened_on, .. } => Ok(clock.restart(opened_on, basis)),
        ClockEffect::Start { .. } | ClockEffect::StartUntil { .. } => Ok(clock),
    }
}

fn start_until(days: (NaiveDate, NaiveDate), basis: Basis<'_>) -> Result<Clock, Refusal> {
    let (opened_on, until) = days;
    if until < opened_on {
        return Err(Refusal::on(Code::TimeTooOld, "until"));
    }
    if let Some(latest) = basis.latest.filter(|latest| until > *latest) {
        return Err(Refusal::on(Code::DueOutsidePeriod, "until").with(latest.to_string()));
    }
    Ok(Clock::start_until(basis.rule, days, basis.calendar))
}

fn about(code: Code, effect: &ClockEffect) -> Refusal {
    Refusal::of(code).with(effect.rule())
}

fn missing(effect: &ClockEffect) -> Refusal {
    about(Code::ClockNotRunning, effect)
}

impl Clock {
    /// Marks the duty as done. The first time counts, and what fell away is not done any more.
    #[must_use]
    pub fn satisfy(mut self, on: NaiveDate) -> Self {
        if self.is_open() {
            self.satisfied_on = Some(on);
        }
        self
    }

    /// Notes that the duty fell away. A duty done is done.
    #[must_use]
    pub fn lapse(mut self, on: NaiveDate) -> Self {
        if self.is_open() {
            self.lapsed_on = Some(on);
        }
        self
    }

    /// Stops counting. After the end it is noted, and changes nothing.
    fn pause(
        mut self,
        (cause, from): (PauseCause, NaiveDate),
        basis: Basis<'_>,
    ) -> Result<Self, Refusal> {
        if !basis.rule.pauses.contains(&cause) {
            return Err(self.refused(Code::PauseNotAllowed));
        }
        match self.pauses.last() {
            Some(Pause { until: None, .. }) => return Err(self.refused(Code::ClockPaused)),
            // The days of a public notice were known beforehand; something else may begin among them.
            Some(Pause {
                cause: PauseCause::PublicNotice,
                from: first,
                ..
            }) if from >= *first => {}
            Some(Pause {
                until: Some(until), ..
            }) if from < *until => return Err(Refusal::of(Code::TimeTooOld)),
            _ if from < self.started_on => return Err(Refusal::of(Code::TimeTooOld)),
            _ => {}
        }
        self.pauses.push(Pause {
            cause,
            from,
            until: None,
        });
        Ok(self.timed(basis.calendar))
    }

    /// Takes out days that are known beforehand.
    fn except(
        mut self,
        (cause, from, until): (PauseCause, NaiveDate, NaiveDate),
        basis: Basis<'_>,
    ) -> Result<Self, Refusal> {
        if !basis.rule.pauses.contains(&cause) {
            return Err(self.refused(Code::PauseNotAllowed));
        }
        if self.pauses.iter().any(|pause| pause.until.is_none()) {
            return Err(self.refused(Code::ClockPaused));
        }
        self.pauses.push(Pause {
            cause,
            from,
            until: Some(until),
        });
        // A paper that was published before something else stopped the count may be noted after it.
        self.pauses.sort_by_key(|pause| pause.from);
        Ok(self.timed(basis.calendar))
    }

    fn resume(mut self, on: NaiveDate, basis: Basis<'_>) -> Result<Self, Refusal> {
        let refused = self.refused(Code::ClockNotPaused);
        match self.pauses.last_mut() {
            Some(pause) if pause.until.is_none() => {
                if on < pause.from {
                    return Err(Refusal::of(Code::TimeTooOld));
                }
                pause.until = Some(on);
            }
            _ => return Err(refused),
        }
        Ok(self.timed(basis.calendar))
    }

    /// Lengthens the period by what the rule allows, and once more by what the heads fixed together where it allows
    /// that too; never after its end.
    fn extend(
        mut self,
        (by, on): (UserId, NaiveDate),
        fixed: Option<u32>,
        basis: Basis<'_>,
    ) -> Result<Self, Refusal> {
        let Some(allowed) = basis.rule.extension else {
            return Err(self.refused(Code::ExtensionNotAllowed));
        };
        let given = self.extensions.len();
        let length = match fixed {
            None if given < allowed.times => allowed.length,
            Some(length) if allowed.further && given == allowed.times => length,
            _ => return Err(self.refused(Code::ExtensionNotAllowed)),
        };
        if !basis.roles.has(allowed.by) {
            return Err(self.refused(Code::ExtensionByOther));
        }
        if let Due::On { moved, .. } = self.due
            && on > moved
        {
            return Err(Refusal::of(Code::DeadlinePassed).with(moved.to_string()));
        }
        self.extensions.push(Extension { by, on, length });
        Ok(self.timed(basis.calendar))
    }

    /// Begins anew, under the edition of the new opening day; the old end is kept.
    fn restart(self, opened_on: NaiveDate, basis: Basis<'_>) -> Self {
        let mut former = self.former.clone();
        former.push(self.former_end(opened_on, Replaced::Restart));
        Self {
            former,
            ..Self::start(basis.rule, opened_on, basis.calendar)
        }
    }

    fn refused(&self, code: Code) -> Refusal {
        Refusal::of(code).with(self.rule_id.clone())
    }
}
