//! The check of the payee: by whoever saw it since the claim, before money moves.

#![cfg(test)]

use super::*;

fn code(tried: Result<Step<Reward>, Refusal>) -> Code {
    tried.unwrap_err().code
}

fn unchecked() -> Reward {
    take(told(), claim()).unwrap().after
}

#[test]
fn no_money_moves_before_the_payee_was_checked_and_it_is_checked_once() {
    for early in [hand(), pay()] {
        assert_eq!(code(take(unchecked(), early)), Code::RewardPayeeUnchecked);
    }
    let checked = claimed();
    assert!(checked.state.payee_check().is_some());
    for again in [None, Some(Ground::PaidInformer)] {
        let again = take(checked.clone(), check_payee(again));
        assert_eq!(code(again), Code::WrongState);
    }
    let handed = take(checked, hand()).unwrap().after;
    assert!(take(handed, pay()).is_ok());
}

#[test]
fn a_payee_is_checked_by_whoever_saw_it_since_the_claim() {
    for seen in [None, Some(now() - TimeDelta::seconds(1))] {
        let mut setting = at(now());
        setting.looked_at = seen;
        let blind = reward_at(unchecked(), check_payee(None), &setting);
        assert_eq!(code(blind), Code::RewardOpeningRequired);
    }
    let mut setting = at(now());
    setting.looked_at = Some(now());
    assert!(reward_at(unchecked(), check_payee(None), &setting).is_ok());
}

#[test]
fn the_note_on_a_claim_in_person_names_nobody() {
    let Asked::RecordClaim { payees, .. } = claim_in_person() else {
        unreachable!()
    };
    for note in [
        "陈晚晴本人持身份证到场。",
        "陈　晚晴到场。",
        "账号6222000012345678。",
        "账号６２２２ 0000 1234-5678。",
        "电话13900139000。",
        "已核对证件430103199001010012。",
    ] {
        let note = Narrative::parse(note, "note").unwrap();
        let payees = payees.clone();
        let refused = take(told(), Asked::RecordClaim { note, payees }).unwrap_err();
        let expected = (Code::ClaimNoteNamesPerson, Some("note"));
        assert_eq!((refused.code, refused.field), expected);
    }
}

#[test]
fn no_text_of_an_officer_about_a_reward_holds_a_number_of_a_person() {
    let said = || Narrative::parse("收款人电话13900139000。", "words").unwrap();
    let with_number = || Exclusion::new(Ground::PaidInformer, said(), None).unwrap();
    let Asked::CheckPayee { finding } = check_payee(Some(Ground::PaidInformer)) else {
        unreachable!()
    };
    let proposal = proposal(400_000, None);
    let mut noted = finding.clone();
    noted.note = said();
    let mut against = finding;
    against.exclusions = vec![with_number()];
    let mut graded = proposal.clone();
    graded.reason = said();
    let mut matched = proposal;
    matched.facts.push(FactMatch {
        reported: said(),
        found: None,
    });
    let reasons = || Reasons {
        reason: said(),
        appeal: words(),
    };
    for (asked, field) in [
        (Asked::VoidClaim { reason: said() }, "words"),
        (Asked::UpholdClaim { opinion: said() }, "words"),
        (Asked::ExtendClaim { reason: said() }, "words"),
        (Asked::DecideReward { opinion: said() }, "words"),
        (Asked::CheckPayee { finding: noted }, "note"),
        (Asked::CheckPayee { finding: against }, "exclusions"),
        (review(Some(graded.clone())), "reason"),
        (Asked::GradeReward { proposal: graded }, "reason"),
        (Asked::GradeReward { proposal: matched }, "facts"),
        (Asked::RevokeReward { reasons: reasons() }, "reason"),
        (Asked::RecoverReward { reasons: reasons() }, "reason"),
    ] {
        let refused = take(unchecked(), asked).unwrap_err();
        let expected = (Code::ClaimNoteNamesPerson, Some(field));
        assert_eq!((refused.code, refused.field), expected);
    }
}

#[test]
fn the_number_of_a_case_a_period_and_a_sum_are_no_numbers_of_a_person() {
    for said in [
        "见举报JB-430103-2026-481516、案件AJ-430103-2026-481508。",
        "公告期为2026-07-15 2026-07-20。",
        "2026-07-15 200000元入库。",
        "当事人统一社会信用代码914301037123457400。",
    ] {
        let Asked::CheckPayee { mut finding } = check_payee(None) else {
            unreachable!()
        };
        finding.note = Narrative::parse(said, "note").unwrap();
        let taken = take(unchecked(), Asked::CheckPayee { finding });
        assert!(taken.is_ok(), "{said}");
    }
}

#[test]
fn a_bureau_may_be_told_with_its_telephone() {
    let Asked::CheckPayee { mut finding } = check_payee(Some(Ground::PaidInformer)) else {
        unreachable!()
    };
    finding.appeal = Narrative::parse("市局，电话0731-85550000。", "appeal").ok();
    assert!(take(unchecked(), Asked::CheckPayee { finding }).is_ok());
}

#[test]
fn whoever_recorded_a_claim_does_not_check_its_payee() {
    let recorded = take(told(), claim_in_person()).unwrap().after;
    let early = take(recorded.clone(), check_payee(None));
    assert_eq!(code(early), Code::WrongState, "nobody approved it");
    let approved = take(recorded, approve()).unwrap().after;
    let recorder = may(&person(1, Role::RewardOfficer), Action::ApproveClaim);
    let own = approved.clone();
    let own = own.take(check_payee(None), &recorder, &at(now()));
    assert_eq!(code(own), Code::RewardRecorderExcluded);
    assert!(take(approved, check_payee(None)).is_ok());
}

#[test]
fn a_ground_against_the_payee_takes_the_reward_back_by_paper() {
    let step = take(unchecked(), check_payee(Some(Ground::PaidInformer))).unwrap();
    assert_eq!(step.paper, Some(Paper::RewardRevocationNotice));
    assert_eq!(step.after.state.kind(), RewardStateKind::Revoked);
    assert_eq!(step.after.state.awarded(), None, "the cap is free again");
    let back = step.after.state.taken_back().unwrap();
    assert!(back.reason.to_string().contains("有偿雇请"));
    assert_eq!(back.by, back.payee_check.as_ref().unwrap().by);
}

#[test]
fn a_way_to_appeal_is_told_exactly_with_a_ground() {
    for ground in [None, Some(Ground::PaidInformer)] {
        let Asked::CheckPayee { mut finding } = check_payee(ground) else {
            unreachable!()
        };
        finding.appeal = ground.is_none().then(words);
        let refused = take(unchecked(), Asked::CheckPayee { finding }).unwrap_err();
        assert_eq!(refused.field, Some("appeal"));
    }
}

#[test]
fn what_went_to_finance_before_payees_were_checked_is_paid_as_it_was() {
    let mut reward = take(claimed(), hand()).unwrap().after;
    let RewardState::Claimed(_, claim) = &mut reward.state else {
        unreachable!()
    };
    claim.payee_check = None;
    assert!(take(reward, pay()).is_ok());
}
