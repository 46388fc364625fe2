//! Single steps: what each needs, what it refuses, and the examples E2, E7, E10 and E11.

#![cfg(test)]

use super::*;

#[test]
fn the_straight_way_leads_to_the_payment() {
    let reward = walk(
        400_000,
        to_told()
            .into_iter()
            .chain([claim(), check_payee(None), pay()]),
    );
    assert_eq!(reward.state.kind(), RewardStateKind::Paid);
    assert_eq!(reward.amount(), Fen::from_yuan(20_000).ok());
}

#[test]
fn e2_a_large_sum_is_not_decided_before_finance_agreed() {
    let large = [
        in_scope(),
        eligible(),
        Asked::ApplyForReward,
        grade(12_000_000, None),
    ];
    let graded = walk(400_000, large);
    let refused = take(graded.clone(), decide()).unwrap_err();
    assert_eq!(refused.code, Code::RewardFinanceRequired);
    let referred = take(graded, Asked::ReferToFinance).unwrap().after;
    let refused = take(referred.clone(), decide()).unwrap_err();
    assert_eq!(refused.code, Code::RewardFinanceRequired);
    let agreed = take(referred, consent()).unwrap().after;
    assert_eq!(agreed.state.kind(), RewardStateKind::FinancePending);
    assert!(take(agreed, decide()).is_ok());
}

#[test]
fn e7_only_an_insider_is_raised_and_only_with_finance() {
    let raised = grade(400_000, Some(2_000));
    let graded = take(up_to(TO_APPLICATION), raised.clone()).unwrap().after;
    let finance = graded.state.graded().map(|graded| graded.award.finance);
    assert_eq!(finance, Some(Finance::Needed));
    let outsider = [
        in_scope(),
        checked(clean(ReporterStanding::Outsider)),
        Asked::ApplyForReward,
    ];
    let refused = take(walk(400_000, outsider), raised).unwrap_err();
    assert_eq!(refused.field, Some("insiderUpliftBasisPoints"));
}

#[test]
fn e10_a_small_fine_ends_at_screening_without_a_clock() {
    let step = screened(300);
    assert_eq!(step.after.state.kind(), RewardStateKind::NotInScope);
    assert_eq!(step.clocks, []);
}

#[test]
fn e11_an_annulled_decision_revokes_before_payment_and_only_fraud_recovers_after() {
    let decided = up_to(TO_DECISION);
    let claimed = claimed();
    for before in [decided, told(), claimed.clone()] {
        let revoked = take(before, revoke()).unwrap().after;
        assert_eq!(revoked.state.kind(), RewardStateKind::Revoked);
        assert_eq!(revoked.state.awarded(), None, "the cap is free again");
    }
    let paid = take(claimed, pay()).unwrap().after;
    assert!(take(paid.clone(), revoke()).is_err());
    let recovering = take(paid, recover()).unwrap().after;
    let recovered = take(recovering, paid_back()).unwrap().after;
    assert_eq!(recovered.state.kind(), RewardStateKind::Recovered);
}

#[test]
fn a_head_who_did_not_screen_says_whether_it_is_in_scope_where_the_law_data_cannot() {
    for yuan in [20_000, 400_000] {
        let open = screened(yuan).after;
        let refused = take(open.clone(), eligible()).unwrap_err();
        assert_eq!(refused.code, Code::RewardScopeUndecided);
        let screener = may(&person(1, Role::Head), Action::DecideReward);
        let own = open.clone().take(in_scope(), &screener, &at(now()));
        assert_eq!(own.unwrap_err().code, Code::RewardScreenerExcluded);
        let out = take(open.clone(), out_of_scope()).unwrap().after;
        assert_eq!(out.state.kind(), RewardStateKind::NotInScope);
        let within = take(open, in_scope()).unwrap().after;
        assert_eq!(within.state.kind(), RewardStateKind::Screening);
        let again = take(within.clone(), out_of_scope()).unwrap_err();
        assert_eq!(again.code, Code::WrongState, "it is asked once");
        let checked = take(within, eligible()).unwrap().after;
        assert!(
            checked.state.ruled().is_some(),
            "the word stays in the file"
        );
    }
}

#[test]
fn what_is_in_scope_is_of_a_kind_and_what_is_not_of_none() {
    let word = |finding, kind| {
        let Asked::RuleOnScope { mut ruling } = ruled(finding) else {
            unreachable!()
        };
        ruling.kind = kind;
        take(screened(400_000).after, Asked::RuleOnScope { ruling })
    };
    let missing = word(ScopeFinding::InScope, None).unwrap_err();
    assert_eq!(
        (missing.code, missing.field),
        (Code::FieldRequired, Some("kind"))
    );
    let extra = word(ScopeFinding::NotInScope, Some(RewardedKind::Food)).unwrap_err();
    assert_eq!((extra.code, extra.field), (Code::FieldFormat, Some("kind")));
}

#[test]
fn an_insider_is_not_excluded_for_being_an_offender() {
    let check = Check {
        standing: ReporterStanding::Insider,
        ..excluded(Ground::Offender)
    };
    let refused = take(up_to(1), checked(check)).unwrap_err();
    assert_eq!(refused.code, Code::RewardInsiderExcepted);
}

#[test]
fn whoever_graded_neither_decides_nor_reviews() {
    let both = person(1, Role::Head);
    let permit = may(&both, Action::DecideReward);
    let refused = up_to(TO_GRADE).take(decide(), &permit, &at(now()));
    assert_eq!(refused.unwrap_err().code, Code::RewardGraderCannotApprove);
    let objected = take(told(), object()).unwrap().after;
    let permit = may(&both, Action::ReviewReward);
    let refused = objected.take(review(None), &permit, &at(now()));
    assert_eq!(refused.unwrap_err().code, Code::RewardGraderCannotApprove);
}

#[test]
fn windows_bind_on_their_last_day_and_not_while_nobody_knows_it() {
    let on_last_day = at(now() + TimeDelta::days(10));
    let closed = reward_at(told(), Asked::CloseReward, &on_last_day).unwrap_err();
    assert_eq!(closed.code, Code::RewardWindowOpen);
    assert!(reward_at(told(), claim(), &on_last_day).is_ok());
    for late in [claim(), object()] {
        let refused = reward_at(told(), late, &at(later())).unwrap_err();
        assert_eq!(refused.code, Code::RewardWindowOver);
    }
    let decided = up_to(TO_DECISION);
    let unknown = reward_at(decided, Asked::TellDecision, &undated(now()));
    let unknown = unknown.unwrap().after;
    let never = take(unknown.clone(), Asked::CloseReward).unwrap_err();
    assert_eq!(never.code, Code::RewardWindowOpen);
    assert!(reward_at(unknown, claim(), &at(later())).is_ok());
}

#[test]
fn a_claim_is_extended_once_and_a_sum_reviewed_once() {
    let extended = take(told(), extend()).unwrap().after;
    let refused = take(extended, extend()).unwrap_err();
    assert_eq!(refused.code, Code::RewardExtended);
    let objected = take(told(), object()).unwrap().after;
    assert!(take(objected.clone(), claim()).is_err());
    let reviewed = take(objected, review(None)).unwrap().after;
    let refused = take(reviewed.clone(), object()).unwrap_err();
    assert_eq!(refused.code, Code::RewardReviewedBefore);
    assert_eq!(
        reviewed.state.windows(),
        [(WindowKind::Claim, last())],
        "the time to object does not begin again"
    );
}

#[test]
fn a_scheme_whose_terms_nobody_knows_pays_nothing_and_gives_no_more_time() {
    let mut unknown = at(now());
    unknown.terms = None;
    for (reward, asked) in [
        (up_to(TO_APPLICATION), grade(400_000, None)),
        (up_to(TO_GRADE), decide()),
        (told(), extend()),
    ] {
        let refused = reward_at(reward, asked, &unknown).unwrap_err();
        assert_eq!(refused.code, Code::RewardTermsUnknown);
    }
    let mut shorter = at(now());
    let windows = shorter.terms.as_mut().map(|of| &mut of.terms.windows);
    let windows = windows.unwrap();
    windows.retain(|window| window.kind != WindowKind::ClaimExtension);
    let refused = reward_at(told(), extend(), &shorter).unwrap_err();
    assert_eq!(refused.code, Code::RewardTermsUnknown);
}

#[test]
fn a_review_may_change_the_sum_and_keeps_the_old_one() {
    let objected = take(told(), object()).unwrap().after;
    let before = objected.amount();
    let regraded = review(Some(proposal(500_000, None)));
    let reviewed = take(objected, regraded).unwrap().after;
    assert_eq!(reviewed.amount(), Fen::from_yuan(25_000).ok());
    let review = reviewed.state.told().unwrap().review.as_ref().unwrap();
    assert_eq!(Some(review.before.amount), before);
}

#[test]
fn another_sum_than_the_decided_one_is_not_recorded_as_paid() {
    let claimed = claimed();
    let voucher = voucher(Fen::new(1).unwrap());
    let short = Asked::RecordPayment { voucher };
    let refused = take(claimed.clone(), short).unwrap_err();
    assert_eq!(refused.field, Some("sumYuan"));
    let paid_on = |day| {
        let Asked::RecordPayment { voucher } = pay() else {
            unreachable!()
        };
        let voucher = Voucher {
            paid_on: day,
            ..voucher
        };
        take(claimed.clone(), Asked::RecordPayment { voucher })
    };
    let tomorrow = shanghai_date(later() + TimeDelta::days(1));
    assert_eq!(paid_on(tomorrow).unwrap_err().code, Code::TimeInFuture);
    let last = claimed.state.claim().unwrap().object_by.unwrap();
    assert_eq!(paid_on(last).unwrap_err().code, Code::TimeTooOld);
}

#[test]
fn no_money_moves_before_the_days_to_object_are_over() {
    let claimed = claimed();
    let on_last_day = at(now() + TimeDelta::days(10));
    for early in [hand(), pay()] {
        let refused = reward_at(claimed.clone(), early, &on_last_day).unwrap_err();
        assert_eq!(refused.code, Code::RewardWindowOpen);
    }
    let handed = take(claimed, hand()).unwrap().after;
    assert_eq!(
        take(handed.clone(), hand()).unwrap_err().code,
        Code::WrongState
    );
    let late = take(handed.clone(), contest()).unwrap_err();
    assert_eq!(late.code, Code::RewardWindowOver, "it is with finance");
    assert!(take(handed, pay()).is_ok());
    let unknown = reward_at(told(), claim(), &undated(now())).unwrap().after;
    for never in [hand(), pay()] {
        let refused = take(unknown.clone(), never).unwrap_err();
        assert_eq!(refused.code, Code::RewardWindowOpen, "nobody knows the day");
    }
}

#[test]
fn whoever_recorded_a_claim_neither_approves_nor_answers_nor_pays_it() {
    let recorded = take(told(), claim_in_person()).unwrap().after;
    for early in [hand(), pay()] {
        let refused = take(recorded.clone(), early).unwrap_err();
        assert_eq!(refused.code, Code::WrongState, "nobody approved it");
    }
    // The officer who records is number 1; the same person as a head is no second person.
    let as_recorder = |reward: Reward, command: Asked| {
        let action = command.action();
        let permit = may(&person(1, Role::Head), action);
        reward
            .take(command, &permit, &at(later()))
            .unwrap_err()
            .code
    };
    let excluded = Code::RewardRecorderExcluded;
    for own in [approve(), void()] {
        assert_eq!(as_recorder(recorded.clone(), own), excluded);
    }
    let approved = take(recorded, approve()).unwrap().after;
    for own in [hand(), pay()] {
        assert_eq!(as_recorder(approved.clone(), own), excluded);
    }
    let contested = take(approved, contest()).unwrap().after;
    for own in [void(), uphold()] {
        assert_eq!(as_recorder(contested.clone(), own), excluded);
    }
}

#[test]
fn an_objection_stops_the_money_until_somebody_else_answers() {
    let recorded = take(told(), claim_in_person()).unwrap().after;
    let approved = take(recorded.clone(), approve()).unwrap().after;
    let contested = take(approved, contest()).unwrap().after;
    for stopped in [hand(), pay()] {
        let refused = take(contested.clone(), stopped).unwrap_err();
        assert_eq!(refused.code, Code::WrongState);
    }
    let refused = take(contested.clone(), uphold()).unwrap_err();
    assert_eq!(refused.code, Code::RewardApproverExcluded);
    let third = may(&person(5, Role::Head), Action::ApproveClaim);
    let upheld = contested.clone().take(uphold(), &third, &at(now()));
    let upheld = upheld.unwrap().after;
    let again = take(upheld.clone(), contest()).unwrap_err();
    assert_eq!(again.code, Code::RewardPayeeReviewed);
    let upheld = take(upheld, check_payee(None)).unwrap().after;
    assert!(take(upheld, hand()).is_ok());
    let void = take(contested, void()).unwrap();
    assert_eq!(void.after.state.kind(), RewardStateKind::NotifiedDecision);
    assert!(
        take(void.after, claim()).is_ok(),
        "the reporter claims anew"
    );
    // Before anybody approved it, whoever upholds it approves it.
    let early = take(recorded, contest()).unwrap().after;
    let upheld = take(early, uphold()).unwrap().after;
    assert_eq!(upheld.state.kind(), RewardStateKind::Claimed);
    assert!(upheld.state.claim().unwrap().approval.is_some());
}

#[test]
fn a_permit_for_one_step_is_none_for_another() {
    let officer = usual(Action::GradeReward);
    let reporter = usual(Action::PursueReward);
    assert!(told().take(claim(), &officer, &at(now())).is_err());
    assert!(
        told()
            .take(Asked::CloseReward, &reporter, &at(later()))
            .is_err()
    );
    assert!(told().take(revoke(), &officer, &at(now())).is_err());
}
