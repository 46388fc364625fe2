mod paths;
mod steps;

use std::collections::BTreeSet;

use chrono::TimeDelta;
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
        major_facts: Vec::new(),
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

#[expect(clippy::too_many_lines, reason = "one arm a step")]
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
