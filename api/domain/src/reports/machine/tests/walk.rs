//! Random legal paths with random dates: no clock is lost, none is missing, none runs twice, and
//! no state is made by two papers.
#![cfg(test)]

use super::*;
use crate::law::{calendar::Calendar, clock::Clock, deadline::DeadlineRules};
use proptest::prelude::*;
use std::collections::{BTreeMap, HashMap};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Standing {
    Running,
    Paused,
    Satisfied,
    Lapsed,
}

/// The clocks of one report, as the one place that applies effects must keep them.
#[derive(Debug, Default)]
struct Clocks(BTreeMap<&'static str, (Standing, NaiveDate)>);

impl Clocks {
    fn apply(&mut self, effect: &ClockEffect) {
        let rule = effect.rule();
        if let ClockEffect::Start { opened_on, .. } = effect {
            let before = self.0.insert(rule, (Standing::Running, *opened_on));
            assert_eq!(before, None, "{rule} was started twice");
            return;
        }
        let (standing, opened_on) = self
            .0
            .get_mut(rule)
            .unwrap_or_else(|| panic!("{effect:?} without a clock"));
        *standing = match (*standing, effect) {
            (Standing::Running, ClockEffect::Satisfy { .. }) => Standing::Satisfied,
            (Standing::Running, ClockEffect::Lapse { .. }) => Standing::Lapsed,
            (Standing::Running, ClockEffect::Pause { .. }) => Standing::Paused,
            (Standing::Running, ClockEffect::Extend { .. }) => Standing::Running,
            (Standing::Paused, ClockEffect::Resume { .. }) => Standing::Running,
            (
                Standing::Running | Standing::Paused,
                ClockEffect::Restart {
                    opened_on: again, ..
                },
            ) => {
                *opened_on = *again;
                Standing::Running
            }
            (standing, effect) => panic!("{effect:?} on a clock that is {standing:?}"),
        };
    }

    /// What section 1.4 demands of a report in that state.
    fn check(&self, state: &ReportState, received_on: NaiveDate) {
        let of = |rule| self.0.get(rule).map(|(standing, _)| *standing);
        let expected = match state.kind() {
            ReportStateKind::Registered
            | ReportStateKind::Verifying
            | ReportStateKind::VerifyingExtended => Standing::Running,
            ReportStateKind::PausedTest => Standing::Paused,
            ReportStateKind::NotCompetent
            | ReportStateKind::Duplicate
            | ReportStateKind::Merged => Standing::Lapsed,
            _ => Standing::Satisfied,
        };
        assert_eq!(of(VERIFY), Some(expected), "{state:?}");
        let told = state.kind() == ReportStateKind::NotCompetent
            && Regime::on(received_on) == Regime::Order121;
        assert_eq!(of(NOT_COMPETENT), told.then_some(Standing::Satisfied));
    }
}

fn calendar() -> Calendar {
    let days = include_str!("../../../../../../fixtures/holidays-2023-2026.csv");
    Calendar::parse(days, "test").unwrap()
}

/// What the walker does next: a command of the list, a proposal, or a supplement that comes in.
#[derive(Debug, Clone)]
enum Move {
    Command(usize),
    Propose,
    Supplement,
}

fn moves() -> impl Strategy<Value = Vec<(Move, i64)>> {
    let one = prop_oneof![
        8 => (0..commands().len()).prop_map(Move::Command),
        2 => Just(Move::Propose),
        1 => Just(Move::Supplement),
    ];
    prop::collection::vec((one, 0i64..12), 0..40)
}

proptest! {
    #[test]
    fn random_paths_keep_every_clock_and_one_paper_a_state(
        first in 0i64..1200,
        moves in moves(),
    ) {
        let start: DateTime<Utc> = "2023-06-01T04:00:00Z".parse().unwrap();
        let mut now = start + chrono::TimeDelta::days(first);
        let received_on = shanghai_date(now);
        let rules = DeadlineRules::embedded().unwrap();
        let mut papers: HashMap<String, Option<Paper>> = HashMap::new();
        let mut clocks = Clocks::default();
        let mut step = report(ReportState::Registered, received_on).register();
        step.clocks.iter().for_each(|effect| clocks.apply(effect));
        for (next, days) in moves {
            clocks.check(&step.after.state, received_on);
            let made = papers.entry(format!("{:?}", step.after.state)).or_insert(step.paper);
            prop_assert_eq!(*made, step.paper);
            now += chrono::TimeDelta::days(days);
            match next {
                Move::Propose => {
                    if matches!(step.after.state.kind(), ReportStateKind::Verifying | ReportStateKind::VerifyingExtended) {
                        step.after.state = proposed(&step.after.state);
                    }
                }
                Move::Supplement => {
                    if let Ok(effects) = restarted_by(&step.after.state, shanghai_date(now)) {
                        prop_assert!(step.after.state.is_open());
                        effects.iter().for_each(|effect| clocks.apply(effect));
                    }
                }
                Move::Command(n) => {
                    let (name, command) = commands().swap_remove(n);
                    let permit = permit(who(&command), command.action());
                    let before = step.after.state.clone();
                    match step.after.clone().take(command, &permit, &setting(now)) {
                        Ok(taken) => {
                            prop_assert!(arrows(before.kind()).contains(&name), "{} -> {}", before.kind(), name);
                            taken.clocks.iter().for_each(|effect| clocks.apply(effect));
                            step = taken;
                        }
                        Err(refusal) => {
                            let refused = !arrows(before.kind()).contains(&name)
                                || refusal.code == Code::OldOrderApplies
                                || refusal.code == Code::NotFilingProposalRequired;
                            prop_assert!(refused, "{} -> {}: {:?}", before.kind(), name, refusal);
                            prop_assert_eq!(&step.after.state, &before);
                        }
                    }
                }
            }
        }
        clocks.check(&step.after.state, received_on);
        // Whatever day a clock opens on, there is an edition for it, and it never fails to start.
        for (rule, (_, opened_on)) in &clocks.0 {
            if *rule == VERIFY {
                let rule = rules.rule_on(rule, *opened_on).unwrap();
                let _ = Clock::start(rule, *opened_on, &calendar());
            }
        }
    }
}
