//! Both machines side by side: a complaint and a report walk random legal paths on random days under
//! both orders, every effect is applied to real clocks with the real calendar, and after each step the
//! clocks are held against what the state demands.

#![cfg(test)]

#[path = "machines/case/mod.rs"]
mod case;
#[path = "machines/complaint.rs"]
mod complaint;
#[path = "machines/people.rs"]
mod people;
#[path = "machines/report.rs"]
mod report;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use liangxin_domain::{
    accounts::role::Role,
    cases::case::{DEFEND, PAY},
    complaints::complaint::RECUSE,
    law::{
        calendar::Calendar,
        clock::{Basis, Clock, Due, applied},
        deadline::DeadlineRules,
        effect::ClockEffect,
    },
    notices::paper::Paper,
    refusal::Code,
    reports::regime::Regime,
};
use proptest::prelude::*;
use std::collections::BTreeMap;

/// What both walks go by.
struct Law {
    rules: DeadlineRules,
    calendar: Calendar,
}

impl Law {
    fn new() -> Self {
        Self::knowing("")
    }

    /// As it is when more days are known.
    fn knowing(more: &str) -> Self {
        let days = include_str!("../../../fixtures/holidays-2023-2026.csv");
        Self {
            rules: DeadlineRules::embedded().unwrap(),
            calendar: Calendar::parse(&format!("{days}{more}"), "fixtures").unwrap(),
        }
    }
}

/// Whether a step was taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Taken {
    Yes,
    /// A clock refuses it.
    Refused,
}

/// The clocks of one subject, every one that was ever started.
#[derive(Default)]
struct Clocks(BTreeMap<&'static str, Vec<Clock>>);

impl Clocks {
    /// Applies effects as the one place in the server does, all or none: a step whose effects a clock
    /// refuses is rolled back there.
    fn take(&mut self, law: &Law, effects: &[ClockEffect]) -> Taken {
        let mut after = Self(self.0.clone());
        let taken = after.apply(law, effects);
        if taken == Taken::Yes {
            after.check_each();
            *self = after;
        }
        taken
    }

    fn apply(&mut self, law: &Law, effects: &[ClockEffect]) -> Taken {
        let heads = [Role::Head].into_iter().collect();
        for effect in effects {
            let rule = effect.rule();
            let held = self.0.entry(rule).or_default();
            let day = match effect {
                ClockEffect::Start { opened_on, .. }
                | ClockEffect::StartUntil { opened_on, .. }
                | ClockEffect::Restart { opened_on, .. } => *opened_on,
                _ => {
                    held.last()
                        .unwrap_or_else(|| panic!("{effect:?} without a clock"))
                        .started_on
                }
            };
            let Ok(edition) = law.rules.rule_on(rule, day) else {
                // Form 7 sets the day for recusal, and came with Order 121.
                assert!(
                    rule == RECUSE && Regime::on(day) == Regime::Order20,
                    "{effect:?}"
                );
                return Taken::Refused;
            };
            let basis = Basis {
                rule: edition,
                calendar: &law.calendar,
                roles: &heads,
                latest: None,
            };
            let after = match applied(held.last(), effect, basis) {
                Ok(after) => after,
                Err(refusal) => {
                    let is_law = matches!(
                        effect,
                        ClockEffect::Extend { .. } | ClockEffect::ExtendBy { .. }
                    ) && [Code::DeadlinePassed, Code::ExtensionNotAllowed]
                        .contains(&refusal.code);
                    assert!(is_law, "{effect:?}: {refusal:?}");
                    return Taken::Refused;
                }
            };
            let is_new = matches!(
                effect,
                ClockEffect::Start { .. } | ClockEffect::StartUntil { .. }
            );
            match held.last_mut() {
                Some(before) if !is_new => {
                    check_kept(before, &after, effect);
                    *before = after;
                }
                _ => held.push(after),
            }
        }
        Taken::Yes
    }

    /// No clock ends twice, and only the last one of a rule may be open.
    fn check_each(&self) {
        for (rule, held) in &self.0 {
            let (last, former) = held.split_last().unwrap();
            assert!(former.iter().all(|clock| !clock.is_open()), "{rule}");
            for clock in held {
                assert!(
                    clock.satisfied_on.is_none() || clock.lapsed_on.is_none(),
                    "{rule} was done and fell away"
                );
                assert!(
                    clock.is_open() == (clock.satisfied_on.is_none() && clock.lapsed_on.is_none()),
                    "{rule} is lost"
                );
                // A paper that counts as served on a later day may be answered, and its fine paid, before it.
                assert!(
                    clock.satisfied_on.is_none_or(|on| on >= clock.started_on)
                        || [DEFEND, PAY].contains(rule),
                    "{rule} was done before it began"
                );
            }
            if let Due::CalendarMissing { year, .. } = last.due {
                assert!(year > 2026, "{rule} lacks a year that is loaded");
            }
        }
    }

    /// The last clock of a rule.
    fn last(&self, rule: &str) -> Option<Stands> {
        self.0.get(rule)?.last().map(Stands::of)
    }

    /// From which day on the last clock of a rule runs, as long as it is open.
    fn since(&self, rule: &str) -> Option<NaiveDate> {
        let last = self.0.get(rule)?.last()?;
        last.is_open().then_some(last.started_on)
    }

    /// The rules whose clock is open.
    fn open(&self) -> Vec<&'static str> {
        let open = self.0.iter();
        open.filter(|(_, held)| held.last().is_some_and(Clock::is_open))
            .map(|(rule, _)| *rule)
            .collect()
    }
}

/// What was done stays done on its day.
fn check_kept(before: &Clock, after: &Clock, effect: &ClockEffect) {
    assert_eq!(before.started_on.min(after.started_on), before.started_on);
    if before.satisfied_on.is_some() {
        assert_eq!(before.satisfied_on, after.satisfied_on, "{effect:?}");
    }
    if before.lapsed_on.is_some() {
        assert_eq!(before.lapsed_on, after.lapsed_on, "{effect:?}");
    }
}

/// How a clock stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stands {
    Running,
    Paused,
    Done,
    Lapsed,
}

impl Stands {
    fn of(clock: &Clock) -> Self {
        // A pause after the end is noted and moves nothing.
        let is_paused = clock
            .pauses
            .last()
            .is_some_and(|pause| pause.until.is_none());
        match (clock.satisfied_on, clock.lapsed_on) {
            (Some(_), _) => Self::Done,
            (None, Some(_)) => Self::Lapsed,
            (None, None) if is_paused => Self::Paused,
            (None, None) => Self::Running,
        }
    }
}

/// Which papers made which states, over both machines.
#[derive(Default)]
struct Papers(BTreeMap<String, Paper>);

impl Papers {
    fn note(&mut self, state: String, paper: Paper) {
        let known = *self.0.entry(state.clone()).or_insert(paper);
        assert_eq!(known, paper, "{state} is made by two papers");
    }
}

/// The first and the last day on which something may come in.
fn days() -> (NaiveDate, i64) {
    let first = NaiveDate::from_ymd_opt(2025, 6, 1).unwrap();
    let last = NaiveDate::from_ymd_opt(2026, 12, 31).unwrap();
    (first, (last - first).num_days())
}

fn moment(day: i64) -> DateTime<Utc> {
    // Ten in the morning in China.
    days().0.and_hms_opt(2, 0, 0).unwrap().and_utc() + TimeDelta::days(day)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(192))]

    #[test]
    fn both_machines_keep_every_clock_and_one_paper_a_state(
        (complained, reported, brought) in (0..=days().1, 0..=days().1, 0_usize..4),
        choices in prop::collection::vec((any::<bool>(), 0_usize..1000, 0_i64..20), 1..70),
    ) {
        let law = Law::new();
        let mut papers = Papers::default();
        let mut complaint = complaint::Walk::begin(&law, &mut papers, moment(complained));
        let mut report = report::Walk::begin(&law, &mut papers, (moment(reported), brought));
        let last = moment(days().1);
        for (is_complaint, choice, days) in choices {
            if is_complaint {
                complaint.go(&law, &mut papers, (choice, TimeDelta::days(days), last));
            } else {
                report.go(&law, &mut papers, (choice, TimeDelta::days(days), last));
            }
            complaint.check();
            report.check();
        }
    }
}
