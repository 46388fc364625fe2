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
