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
        .map(|(kind, _)| match kind {
            WindowKind::Apply => APPLY,
            WindowKind::Objection => OBJECT,
            _ => CLAIM,
        });
    match reward.state {
        RewardState::Screening => [TELL].into(),
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
        tries in proptest::collection::vec(0_usize..20, 0..200),
    ) {
        use strum::IntoEnumIterator as _;
        let all: Vec<Try> = Try::iter().collect();
        let first = screened(fine);
        let mut clocks = BTreeSet::new();
        run(&mut clocks, &first.effects);
        let mut reward = first.reward;
        prop_assert_eq!(&clocks, &due_clocks(&reward));
        for index in tries {
            let before = reward.clone();
            match take(reward, all[index]) {
                Ok(moved) => {
                    run(&mut clocks, &moved.effects);
                    reward = moved.reward;
                    prop_assert_eq!(&clocks, &due_clocks(&reward), "{:?}", all[index]);
                }
                Err(_) => reward = before,
            }
        }
    }
}

#[test]
fn what_is_not_an_arrow_is_refused() {
    use RewardStateKind as Kind;
    use strum::IntoEnumIterator as _;
    let ends: [(Reward, Kind); 5] = [
        (screened(300).reward, Kind::NotInScope),
        (walk(400_000, &[Try::Ineligible]), Kind::Ineligible),
        (
            walk(400_000, &[Try::Eligible, Try::CloseLate]),
            Kind::Lapsed,
        ),
        (
            take(told(), Try::CloseLate).unwrap().reward,
            Kind::Forfeited,
        ),
        (take(told(), Try::Revoke).unwrap().reward, Kind::Revoked),
    ];
    for (reward, kind) in ends {
        assert_eq!(reward.state.kind(), kind);
        for step in Try::iter() {
            let refused = take(reward.clone(), step).unwrap_err();
            assert_eq!(refused.code, Code::WrongState, "{kind} {step:?}");
        }
    }
}
