//! Single steps: what each needs, what it refuses, and the examples E2, E7, E10 and E11.

#![cfg(test)]

use super::*;

#[test]
fn the_straight_way_leads_to_the_payment() {
    let reward = walk(400_000, &[&TO_TOLD[..], &[Try::Claim, Try::Pay]].concat());
    assert_eq!(reward.state.kind(), RewardStateKind::Paid);
    assert_eq!(reward.amount(), Fen::from_yuan(20_000).ok());
}

#[test]
fn e2_a_large_sum_is_not_decided_before_finance_agreed() {
    let graded = walk(400_000, &[Try::Eligible, Try::Apply, Try::GradeLarge]);
    let refused = take(graded.clone(), Try::Decide).unwrap_err();
    assert_eq!(refused.code, Code::RewardFinanceRequired);
    let referred = take(graded, Try::Refer).unwrap().reward;
    let refused = take(referred.clone(), Try::Decide).unwrap_err();
    assert_eq!(refused.code, Code::RewardFinanceRequired);
    let agreed = take(referred, Try::Consent).unwrap().reward;
    assert_eq!(agreed.state.kind(), RewardStateKind::FinancePending);
    assert!(take(agreed, Try::Decide).is_ok());
}

#[test]
fn e7_only_an_insider_is_raised_and_only_with_finance() {
    let applied = walk(400_000, &[Try::Eligible, Try::Apply]);
    let raised = grade(&applied, 400_000, Some(2_000));
    assert_eq!(raised.award.finance, Finance::Needed);
    assert!(applied.grade(&officer(), raised).is_ok());
    let outsider = screened(400_000).reward;
    let outsider = outsider
        .check(&officer(), clean(Standing::Outsider), (now(), last()))
        .unwrap();
    let applied = take(outsider.reward, Try::Apply).unwrap().reward;
    let raised = grade(&applied, 400_000, Some(2_000));
    let refused = applied.grade(&officer(), raised).unwrap_err();
    assert_eq!(refused.field, Some("insiderUpliftBasisPoints"));
}

#[test]
fn e10_a_small_fine_ends_at_screening_without_a_clock() {
    let moved = screened(300);
    assert_eq!(moved.reward.state.kind(), RewardStateKind::NotInScope);
    assert_eq!(moved.effects, []);
}

#[test]
fn e11_an_annulled_decision_revokes_before_payment_and_only_fraud_recovers_after() {
    let decided = walk(400_000, &TO_TOLD[..4]);
    let claimed = take(told(), Try::Claim).unwrap().reward;
    for before in [decided, told(), claimed.clone()] {
        let revoked = take(before, Try::Revoke).unwrap().reward;
        assert_eq!(revoked.state.kind(), RewardStateKind::Revoked);
        assert_eq!(revoked.state.awarded(), None, "the cap is free again");
    }
    let paid = take(claimed, Try::Pay).unwrap().reward;
    assert!(take(paid.clone(), Try::Revoke).is_err());
    let recovering = take(paid, Try::Recover).unwrap().reward;
    let recovered = take(recovering, Try::Recovered).unwrap().reward;
    assert_eq!(recovered.state.kind(), RewardStateKind::Recovered);
}

#[test]
fn an_officer_has_to_say_whether_it_is_in_scope_where_the_law_data_cannot() {
    let open = screened(20_000).reward;
    let refused = open
        .clone()
        .check(&officer(), clean(Standing::Outsider), (now(), last()))
        .unwrap_err();
    assert_eq!(refused.code, Code::RewardScopeUndecided);
    let out = take(open, Try::OutOfScope).unwrap().reward;
    assert_eq!(out.state.kind(), RewardStateKind::NotInScope);
    let clear = screened(400_000).reward;
    assert!(take(clear, Try::OutOfScope).is_err(), "nothing to rule on");
}

#[test]
fn an_insider_is_not_excluded_for_being_an_offender() {
    let check = Check {
        standing: Standing::Insider,
        ..excluded(Ground::Offender)
    };
    let refused = screened(400_000)
        .reward
        .check(&officer(), check, (now(), last()))
        .unwrap_err();
    assert_eq!(refused.code, Code::RewardInsiderExcepted);
}

#[test]
fn whoever_graded_neither_decides_nor_reviews() {
    let both = person(1, Role::Head);
    let graded = walk(400_000, &TO_TOLD[..3]);
    let refused = graded.decide(&may(&both, Action::DecideReward), words(), now());
    assert_eq!(refused.unwrap_err().code, Code::RewardGraderCannotApprove);
    let objected = take(told(), Try::Object).unwrap().reward;
    let permit = may(&both, Action::ReviewReward);
    let refused = objected.review(&permit, (words(), None), (now(), last()));
    assert_eq!(refused.unwrap_err().code, Code::RewardGraderCannotApprove);
}

#[test]
fn windows_bind_on_their_last_day_and_not_while_nobody_knows_it() {
    let on_last_day = now() + TimeDelta::days(10);
    let closed = told().close(&system(), on_last_day).unwrap_err();
    assert_eq!(closed.code, Code::RewardWindowOpen);
    assert!(
        told()
            .claim(&reporter(), Proof::Password, on_last_day)
            .is_ok()
    );
    let late = told().claim(&reporter(), Proof::Password, later());
    assert_eq!(late.unwrap_err().code, Code::RewardWindowOver);
    let late = told().object(&reporter(), words(), later());
    assert_eq!(late.unwrap_err().code, Code::RewardWindowOver);
    let decided = walk(400_000, &TO_TOLD[..4]);
    let unknown = decided
        .tell(&officer(), now(), (None, None))
        .unwrap()
        .reward;
    let never = unknown.clone().close(&system(), later()).unwrap_err();
    assert_eq!(never.code, Code::RewardWindowOpen);
    assert!(unknown.claim(&reporter(), Proof::Password, later()).is_ok());
}

#[test]
fn a_claim_is_extended_once_and_a_sum_reviewed_once() {
    let extended = take(told(), Try::Extend).unwrap().reward;
    let refused = take(extended, Try::Extend).unwrap_err();
    assert_eq!(refused.code, Code::RewardExtended);
    let objected = take(told(), Try::Object).unwrap().reward;
    assert!(take(objected.clone(), Try::Claim).is_err());
    let reviewed = take(objected, Try::Review).unwrap().reward;
    let refused = take(reviewed.clone(), Try::Object).unwrap_err();
    assert_eq!(refused.code, Code::RewardReviewedBefore);
    assert_eq!(
        reviewed.state.windows(),
        [(WindowKind::Claim, last())],
        "the time to object does not begin again"
    );
}

#[test]
fn a_review_may_change_the_sum_and_keeps_the_old_one() {
    let objected = take(told(), Try::Object).unwrap().reward;
    let before = objected.amount();
    let regraded = grade(&objected, 500_000, None);
    let moved = objected
        .review(&reviewer(), (words(), Some(regraded)), (now(), last()))
        .unwrap();
    assert_eq!(moved.reward.amount(), Fen::from_yuan(25_000).ok());
    let review = moved.reward.state.told().unwrap().review.as_ref().unwrap();
    assert_eq!(Some(review.before.amount), before);
}

#[test]
fn another_sum_than_the_decided_one_is_not_recorded_as_paid() {
    let claimed = take(told(), Try::Claim).unwrap().reward;
    let short = Payment {
        sum: Fen::new(1).unwrap(),
        ..payment(&claimed)
    };
    let refused = claimed.clone().pay(&officer(), short).unwrap_err();
    assert_eq!(refused.field, Some("sumYuan"));
    let ahead = Payment {
        paid_on: shanghai_date(later()),
        ..payment(&claimed)
    };
    let refused = claimed.pay(&officer(), ahead).unwrap_err();
    assert_eq!(refused.code, Code::TimeInFuture);
}

#[test]
fn a_permit_for_one_step_is_none_for_another() {
    assert!(told().claim(&officer(), Proof::Password, now()).is_err());
    assert!(told().close(&reporter(), later()).is_err());
    assert!(told().revoke(&officer(), taken_back()).is_err());
}
