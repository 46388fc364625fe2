use std::collections::BTreeSet;

use chrono::TimeDelta;
use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::accounts::role::Role;
use crate::actor::{Actor, Seat, SignedIn};
use crate::id::{BureauId, DeviceId};
use crate::law::calendar::shanghai_date;
use crate::money::{BasisPoints, Fen};
use crate::policy::{Action, Facts, Permit, Place, Stake, permit};
use crate::rewards::award::{Finance, Matched, work_out};
use crate::rewards::eligibility::{Check, Exclusion, Ground, ScopeFinding, Standing};
use crate::rewards::scheme::{RewardSchemes, RewardTerms, WindowKind};
use crate::rewards::screening::{CaseFacts, ReporterKind, screen};
use crate::rewards::share::Sharing;

fn person(number: u128, role: Role) -> Actor {
    Actor::User(SignedIn {
        user: UserId::new(Uuid::from_u128(number)),
        device: DeviceId::new(Uuid::nil()),
        roles: [role].into_iter().collect(),
        seat: Seat::Bureau {
            bureau: BureauId::new(Uuid::nil()),
            division: "430103".parse().unwrap(),
        },
    })
}

fn may(actor: &Actor, action: Action) -> Permit {
    let facts = Facts {
        place: Place::Within,
        stake: Stake::Own,
    };
    permit(actor, action, facts).unwrap()
}

fn officer() -> Permit {
    may(&person(1, Role::RewardOfficer), Action::GradeReward)
}

fn head() -> Permit {
    may(&person(2, Role::Head), Action::DecideReward)
}

fn reviewer() -> Permit {
    may(&person(2, Role::Head), Action::ReviewReward)
}

fn reporter() -> Permit {
    let own = Actor::Reporter(ReportId::new(Uuid::nil()));
    may(&own, Action::PursueReward)
}

fn system() -> Permit {
    may(&Actor::System, Action::CloseReward)
}

fn now() -> DateTime<Utc> {
    "2026-11-24T02:00:00Z".parse().unwrap()
}

fn words() -> Narrative {
    Narrative::parse("理由", "reason").unwrap()
}

fn line() -> Line {
    Line::parse("财综〔2026〕1号", "number").unwrap()
}

fn terms() -> RewardTerms {
    let schemes = RewardSchemes::embedded().unwrap();
    let on = shanghai_date(now());
    schemes.terms_on("CN-2021-4", on).unwrap().1.clone()
}

/// A reward for a case with that fine, just screened under Hunan's scheme.
fn screened(yuan: i64) -> Moved {
    let schemes = RewardSchemes::embedded().unwrap();
    let on = shanghai_date(now());
    let facts = CaseFacts {
        sanction: Fen::from_yuan(yuan).unwrap(),
        major_facts: BTreeSet::new(),
        reporter: ReporterKind::NaturalPerson,
    };
    Reward {
        id: RewardId::new(Uuid::nil()),
        report: ReportId::new(Uuid::nil()),
        case: CaseId::new(Uuid::nil()),
        division: "430103".parse().unwrap(),
        case_decided_on: on,
        screening: screen(schemes.get_on("HN-2024-70", on).unwrap(), &facts),
        screened_by: UserId::new(Uuid::from_u128(1)),
        screened_at: now(),
        state: RewardState::Screening,
        version: 1,
    }
    .screened()
}

fn clean(standing: Standing) -> Check {
    Check {
        scope: None,
        standing,
        sharing: Sharing::Sole,
        exclusions: Vec::new(),
        note: words(),
    }
}

fn excluded(ground: Ground) -> Check {
    let exclusion = Exclusion::new(ground, words(), None).unwrap();
    Check {
        exclusions: vec![exclusion],
        ..clean(Standing::Outsider)
    }
}

fn last() -> Option<NaiveDate> {
    Some(shanghai_date(now()) + TimeDelta::days(10))
}

fn later() -> DateTime<Utc> {
    now() + TimeDelta::days(11)
}

fn grade(reward: &Reward, yuan: i64, uplift: Option<u32>) -> Graded {
    let grading = Grading {
        grade: 1,
        matched: Matched {
            fines: Fen::from_yuan(yuan).unwrap(),
            ..Matched::default()
        },
        adjusted_to: None,
        uplift: uplift.map(BasisPoints::new),
    };
    let others = Others::default();
    let application = match &reward.state {
        RewardState::UnderReview(told, _) => told.decision.graded.application.clone(),
        _ => reward.application().unwrap().clone(),
    };
    Graded {
        application,
        grading,
        facts: Vec::new(),
        reason: words(),
        others,
        terms_of: "CN-2021-4".to_owned(),
        award: work_out(&terms(), &grading, others).unwrap(),
        by: UserId::new(Uuid::from_u128(1)),
        at: now(),
    }
}

fn consent() -> Consent {
    Consent {
        number: line(),
        authority: line(),
        dated: shanghai_date(now()),
        sha256: "0".repeat(64),
        by: UserId::new(Uuid::from_u128(1)),
        at: now(),
    }
}

fn payment(reward: &Reward) -> Payment {
    Payment {
        voucher: line(),
        paid_on: shanghai_date(now()),
        sum: reward.amount().unwrap_or_default(),
        by: UserId::new(Uuid::from_u128(1)),
        at: now(),
    }
}

fn taken_back() -> TakenBack {
    TakenBack {
        reason: words(),
        appeal: words(),
        by: UserId::new(Uuid::from_u128(2)),
        at: now(),
    }
}

/// Everything that can be tried on a reward.
#[derive(Debug, Clone, Copy, strum::EnumIter, PartialEq)]
enum Try {
    Eligible,
    Ineligible,
    OutOfScope,
    Apply,
    GradeSmall,
    GradeLarge,
    Refer,
    Consent,
    Decide,
    Tell,
    Object,
    Review,
    Extend,
    Claim,
    ClaimInPerson,
    CloseLate,
    Pay,
    Revoke,
    Recover,
    Recovered,
}

fn take(reward: Reward, step: Try) -> Result<Moved, Refusal> {
    let needs_officer =
        reward.screening.outcome == crate::rewards::screening::ScreeningOutcome::NeedsOfficer;
    let ruling = |finding| {
        let reason = words();
        needs_officer.then_some(ScopeRuling { finding, reason })
    };
    let scoped = |check: Check| Check {
        scope: ruling(ScopeFinding::InScope),
        ..check
    };
    match step {
        Try::Eligible => reward.check(
            &officer(),
            scoped(clean(Standing::Insider)),
            (now(), last()),
        ),
        Try::Ineligible => reward.check(
            &officer(),
            scoped(excluded(Ground::KnownBefore)),
            (now(), last()),
        ),
        Try::OutOfScope => {
            let check = Check {
                scope: Some(ScopeRuling {
                    finding: ScopeFinding::NotInScope,
                    reason: words(),
                }),
                ..clean(Standing::Outsider)
            };
            reward.check(&officer(), check, (now(), last()))
        }
        Try::Apply => reward.apply(&reporter(), now()),
        Try::GradeSmall | Try::GradeLarge => {
            reward.application()?;
            let yuan = if step == Try::GradeSmall {
                400_000
            } else {
                12_000_000
            };
            let graded = grade(&reward, yuan, None);
            reward.grade(&officer(), graded)
        }
        Try::Refer => reward.refer_to_finance(&officer()),
        Try::Consent => reward.consent(&officer(), consent()),
        Try::Decide => reward.decide(&head(), words(), now()),
        Try::Tell => reward.tell(&officer(), now(), (last(), last())),
        Try::Object => reward.object(&reporter(), words(), now()),
        Try::Review => reward.review(&reviewer(), (words(), None), (now(), last())),
        Try::Extend => reward.extend(&officer(), words(), (now(), last())),
        Try::Claim => reward.claim(&reporter(), Proof::Password, now()),
        Try::ClaimInPerson => {
            let proof = Proof::Identity {
                note: words(),
                by: UserId::new(Uuid::from_u128(1)),
            };
            reward.claim(&officer(), proof, now())
        }
        Try::CloseLate => reward.close(&system(), later()),
        Try::Pay => {
            let payment = payment(&reward);
            reward.pay(&officer(), payment)
        }
        Try::Revoke => reward.revoke(&head(), taken_back()),
        Try::Recover => reward.recover(&head(), taken_back()),
        Try::Recovered => {
            let returned = payment(&reward);
            reward.recovered(&officer(), returned)
        }
    }
}

fn walk(fine: i64, steps: &[Try]) -> Reward {
    let mut reward = screened(fine).reward;
    for step in steps {
        reward = take(reward, *step)
            .unwrap_or_else(|refusal| panic!("{step:?}: {refusal:?}"))
            .reward;
    }
    reward
}

const TO_TOLD: [Try; 5] = [
    Try::Eligible,
    Try::Apply,
    Try::GradeSmall,
    Try::Decide,
    Try::Tell,
];

fn told() -> Reward {
    walk(400_000, &TO_TOLD)
}

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
