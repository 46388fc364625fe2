//! What a reward rests on: a decision that was taken away pays nobody, and one that was lowered lowers the sum.

#![cfg(test)]

use super::*;

fn annulled() -> Setting {
    Setting {
        taken: Taken {
            is_annulled: true,
            changed_on: Some(shanghai_date(later())),
            ..Taken::default()
        },
        ..at(later())
    }
}

/// The decision was lowered as a whole, so that it does not say what is left of a part.
fn lowered() -> Setting {
    let mut setting = at(now());
    setting.taken.charges.truncate(1);
    setting.taken.fine = Fen::from_yuan(200_000).unwrap();
    setting.taken.changed_on = Some(shanghai_date(now()));
    setting
}

fn code(step: Result<Step<Reward>, Refusal>) -> Code {
    step.unwrap_err().code
}

#[test]
fn an_annulled_decision_stops_every_step_on_the_way_to_the_money() {
    let claimed = take(told(), claim()).unwrap().after;
    let recorded = take(told(), claim_in_person()).unwrap().after;
    let large = [
        in_scope(),
        eligible(),
        Asked::ApplyForReward,
        grade(12_000_000, None),
    ];
    let large = walk(400_000, large);
    let referred = take(large.clone(), Asked::ReferToFinance).unwrap().after;
    let objected = take(told(), object()).unwrap().after;
    for (reward, step) in [
        (screened(400_000).after, in_scope()),
        (up_to(1), eligible()),
        (up_to(2), Asked::ApplyForReward),
        (up_to(TO_APPLICATION), grade(400_000, None)),
        (large, Asked::ReferToFinance),
        (referred, consent()),
        (up_to(TO_GRADE), decide()),
        (up_to(TO_DECISION), Asked::TellDecision),
        (objected, review(None)),
        (told(), claim()),
        (told(), claim_in_person()),
        (recorded, approve()),
        (claimed.clone(), check_payee(None)),
        (claimed.clone(), hand()),
        (claimed, pay()),
    ] {
        let tried = format!("{step:?}");
        let refused = code(reward_at(reward, step, &annulled()));
        assert_eq!(refused, Code::DecisionAnnulled, "{tried}");
    }
}

#[test]
fn a_reward_that_nobody_decided_yet_is_revoked_for_an_annulled_decision_alone() {
    for (steps, is_told) in [
        (0, false),
        (1, false),
        (2, true),
        (TO_APPLICATION, true),
        (TO_GRADE, true),
    ] {
        let reward = up_to(steps);
        assert_eq!(code(take(reward.clone(), revoke())), Code::WrongState);
        let step = reward_at(reward, revoke(), &annulled()).unwrap();
        assert_eq!(step.after.state.kind(), RewardStateKind::Revoked);
        assert_eq!(step.after.state.awarded(), None);
        assert_eq!(step.paper.is_some(), is_told, "who was told is told");
        let again = reward_at(step.after, revoke(), &annulled());
        assert_eq!(code(again), Code::WrongState);
    }
}

#[test]
fn a_decision_that_was_lowered_after_the_grade_is_graded_again() {
    let all = || {
        let Asked::GradeReward { mut proposal } = grade(400_000, None) else {
            unreachable!()
        };
        proposal.rests = Rests::default();
        Asked::GradeReward { proposal }
    };
    let stale = code(reward_at(up_to(TO_GRADE), decide(), &lowered()));
    assert_eq!(stale, Code::RewardBaseChanged);
    let claimed = claimed();
    for late in [hand(), pay()] {
        assert_eq!(
            code(reward_at(claimed.clone(), late, &lowered())),
            Code::RewardBaseChanged
        );
    }
    for (reward, clocks) in [(up_to(TO_DECISION), 0), (told(), 2), (claimed.clone(), 0)] {
        assert_eq!(code(take(reward.clone(), all())), Code::WrongState);
        let step = reward_at(reward, all(), &lowered()).unwrap();
        assert_eq!(step.clocks.len(), clocks);
        let graded = step.after.state.graded().unwrap();
        assert_eq!(graded.award.amount, Fen::from_yuan(10_000).unwrap());
        assert_eq!(step.after.state.kind(), RewardStateKind::Graded);
    }
    let handed = take(claimed, hand()).unwrap();
    assert_eq!(
        code(reward_at(handed.after, all(), &lowered())),
        Code::WrongState,
        "it is with finance"
    );
}

#[test]
fn what_finance_paid_before_the_change_is_recorded_as_it_was() {
    let claimed = claimed();
    let mut setting = annulled();
    setting.now = later() + TimeDelta::days(5);
    setting.taken.changed_on = Some(shanghai_date(later()) + TimeDelta::days(2));
    let paid = reward_at(claimed, pay(), &setting).unwrap().after;
    assert_eq!(paid.state.kind(), RewardStateKind::Paid);
}
