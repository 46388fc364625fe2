//! Random paths: every clock that must run runs, and what is no arrow is refused.

#![cfg(test)]

use proptest::prelude::*;

use super::*;

/// The clocks that must run in a state.
fn due_clocks(reward: &Reward) -> BTreeSet<&'static str> {
    let windows = reward
        .state
        .windows()
        .into_iter()
        .filter_map(|(kind, _)| match kind {
            WindowKind::Apply => Some(APPLY),
            WindowKind::Objection => Some(OBJECT),
            // Days before money moves: nobody is late by them, so that no clock runs.
            WindowKind::PayeeObjection => None,
            _ => Some(CLAIM),
        });
    match reward.state.kind() {
        RewardStateKind::Screening => [TELL].into(),
        _ => windows.collect(),
    }
}

/// Applies effects the way the one place does that owns clocks: what does not run is not touched.
fn run(clocks: &mut BTreeSet<&'static str>, effects: &[ClockEffect]) {
    for effect in effects {
        let is_known = match effect {
            ClockEffect::Start { rule, .. } => clocks.insert(rule),
            ClockEffect::Satisfy { rule, .. } | ClockEffect::Lapse { rule, .. } => {
                clocks.remove(rule)
            }
            ClockEffect::Extend { rule, .. } => clocks.contains(rule),
            _ => false,
        };
        assert!(is_known, "{effect:?} with {clocks:?}");
    }
}

proptest! {
    #[test]
    fn on_every_legal_path_every_clock_that_must_run_runs_and_none_is_lost(
        fine in prop_oneof![Just(300_i64), Just(20_000), Just(400_000)],
        tries in proptest::collection::vec(proptest::sample::select(all()), 0..200),
    ) {
        let first = screened(fine);
        let mut clocks = BTreeSet::new();
        run(&mut clocks, &first.clocks);
        let mut reward = first.after;
        prop_assert_eq!(&clocks, &due_clocks(&reward));
        for command in tries {
            let tried = format!("{command:?}");
            if let Ok(step) = take(reward.clone(), command) {
                run(&mut clocks, &step.clocks);
                reward = step.after;
                prop_assert_eq!(&clocks, &due_clocks(&reward), "{}", tried);
            }
        }
    }
}

/// What holds of a step, whatever came before it.
fn check_step(before: &Reward, command: &Asked, step: &Step<Reward>, on: NaiveDate) {
    for effect in &step.clocks {
        if let ClockEffect::Start { opened_on, .. } = effect {
            assert_eq!(*opened_on, on, "{command:?}");
        }
    }
    if let Asked::CloseReward = command {
        let claim = [WindowKind::Apply, WindowKind::Claim];
        let mut windows = before.state.windows().into_iter();
        let is_over = |last: Option<NaiveDate>| last.is_some_and(|last| on > last);
        assert!(windows.all(|(kind, last)| !claim.contains(&kind) || is_over(last)));
    }
    if let RewardState::Decided(decision) = &step.after.state {
        let is_small = decision.graded.award.finance == Finance::NotNeeded;
        assert!(is_small || decision.consent.is_some());
    }
}

/// Whoever graded may be a head, and still decides nothing about it.
fn check_grader_is_refused(reward: &Reward, command: &Asked, setting: &Setting) {
    let judges = matches!(
        command,
        Asked::DecideReward { .. } | Asked::ReviewReward { .. }
    );
    if judges && reward.state.graded().is_some() {
        let grader = may(&person(1, Role::Head), command.action());
        let taken = reward.clone().take(command.clone(), &grader, setting);
        assert!(taken.is_err(), "{command:?}");
    }
}

proptest! {
    #[test]
    fn as_days_go_by_a_period_opens_with_its_step_and_nobody_decides_early_or_on_his_own_grade(
        fine in prop_oneof![Just(300_i64), Just(20_000), Just(400_000)],
        tries in proptest::collection::vec(
            (proptest::sample::select(all()), prop_oneof![20 => Just(0_i64), 1 => 1..12_i64]),
            0..200,
        ),
    ) {
        let mut reward = screened(fine).after;
        let mut moment = now();
        for (command, days) in tries {
            moment += TimeDelta::days(days);
            let setting = at(moment);
            check_grader_is_refused(&reward, &command, &setting);
            if let Ok(step) = reward_at(reward.clone(), command.clone(), &setting) {
                check_step(&reward, &command, &step, shanghai_date(moment));
                reward = step.after;
            }
        }
    }
}

#[test]
fn every_command_is_tried() {
    let tried: BTreeSet<_> = all().iter().map(Asked::operation).collect();
    let known: BTreeSet<_> = Asked::OPERATIONS.iter().map(|(name, _)| *name).collect();
    assert_eq!(tried, known);
}

#[test]
fn what_is_not_an_arrow_is_refused() {
    use RewardStateKind as Kind;
    let ends: [(Reward, Kind); 5] = [
        (screened(300).after, Kind::NotInScope),
        (walk(400_000, [in_scope(), ineligible()]), Kind::Ineligible),
        (
            walk(400_000, [in_scope(), eligible(), Asked::CloseReward]),
            Kind::Lapsed,
        ),
        (
            take(told(), Asked::CloseReward).unwrap().after,
            Kind::Forfeited,
        ),
        (take(told(), revoke()).unwrap().after, Kind::Revoked),
    ];
    for (reward, kind) in ends {
        assert_eq!(reward.state.kind(), kind);
        for command in all() {
            let tried = format!("{kind} {command:?}");
            let refused = take(reward.clone(), command).unwrap_err();
            assert_eq!(refused.code, Code::WrongState, "{tried}");
        }
    }
}
