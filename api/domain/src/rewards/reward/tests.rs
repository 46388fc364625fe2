mod asked;
mod base;
mod hands;
mod paths;
mod payees;
mod steps;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, LazyLock};

use chrono::TimeDelta;
use uuid::Uuid;

use asked::*;

use super::*;
use crate::accounts::role::Role;
use crate::actor::{Actor, Seat, SignedIn};
use crate::evidence::digest::Sha256;
use crate::id::{BureauId, DeviceId, PaymentFileId};
use crate::law::calendar::{Calendar, shanghai_date};
use crate::law::effect::ClockEffect;
use crate::money::{BasisPoints, Fen};
use crate::notices::paper::Paper;
use crate::policy::{Action, Facts, Permit, Place, Stake, permit};
use crate::rewards::award::Finance;
use crate::rewards::command::{Proposal, Reasons, RewardCommand as Asked, Voucher};
use crate::rewards::eligibility::{
    Check, Exclusion, Ground, ReporterStanding, RewardedKind, ScopeFinding, ScopeRuling,
};
use crate::rewards::payout::Payee;
use crate::rewards::scheme::{RewardSchemes, RewardTerms, WindowKind};
use crate::rewards::screening::{CaseFacts, ReporterKind, screen};
use crate::rewards::share::Sharing;
use crate::rewards::taken::{Rests, Taken};
use crate::step::{Command as _, Machine as _, Step};

fn person(number: u128, role: Role) -> Actor {
    Actor::User(SignedIn {
        user: UserId::new(Uuid::from_u128(number)),
        device: DeviceId::new(Uuid::nil()),
        roles: [role].into_iter().collect(),
        seat: Seat::Bureau {
            bureau: BureauId::new(Uuid::nil()),
            division: "430103".parse().unwrap(),
        },
        settles_on: None,
    })
}

fn may(actor: &Actor, action: Action) -> Permit {
    let facts = Facts {
        place: Place::Office,
        stake: Stake::Own,
    };
    permit(actor, action, facts).unwrap()
}

/// Asks as whoever usually does it.
fn usual(action: Action) -> Permit {
    let actor = match action {
        Action::DecideReward | Action::ReviewReward => person(2, Role::Head),
        Action::ApproveClaim => person(3, Role::Head),
        Action::PayReward => person(4, Role::RewardOfficer),
        Action::PursueReward => Actor::Reporter(ReportId::new(Uuid::nil())),
        Action::CloseReward => Actor::System,
        _ => person(1, Role::RewardOfficer),
    };
    may(&actor, action)
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

/// The terms in force, but for the windows: each is over ten days after it opened.
fn terms() -> RewardTerms {
    let schemes = RewardSchemes::embedded().unwrap();
    let on = shanghai_date(now());
    let mut terms = schemes.terms_on("CN-2021-4", on).unwrap().1.clone();
    for window in &mut terms.windows {
        window.working_days = 8;
    }
    terms
}

/// Violations, each with the fine by which [`proposal`] picks it.
const CHARGED: [(&str, i64); 3] = [
    ("M-CHT-02", 400_000),
    ("M-QTY-01", 500_000),
    ("M-GAS-08", 12_000_000),
];

fn taken() -> Taken {
    let charges =
        CHARGED.map(|(code, yuan)| (code.parse().unwrap(), Fen::from_yuan(yuan).unwrap()));
    Taken {
        charges: charges.to_vec(),
        fine: Fen::from_yuan(12_900_000).unwrap(),
        ..Taken::default()
    }
}

static SETTING: LazyLock<Setting> = LazyLock::new(|| {
    let days = include_str!("../../../../../fixtures/holidays-2023-2026.csv");
    Setting {
        now: now(),
        calendar: Arc::new(Calendar::parse(days, "fixtures").unwrap()),
        terms: Some(TermsOf {
            scheme: "CN-2021-4".to_owned(),
            terms: terms(),
        }),
        taken: taken(),
        others: Others::default(),
        looked_at: Some(later()),
        leads: BTreeMap::new(),
    }
});

fn at(now: DateTime<Utc>) -> Setting {
    Setting {
        now,
        ..SETTING.clone()
    }
}

/// Nobody knows the calendar of the year in which the windows end.
fn undated(now: DateTime<Utc>) -> Setting {
    let mut setting = at(now);
    let windows = setting
        .terms
        .iter_mut()
        .flat_map(|of| &mut of.terms.windows);
    windows.for_each(|window| window.working_days = 60);
    setting
}

/// A reward for a case with that fine, just screened under Hunan's scheme.
fn screened(yuan: i64) -> Step<Reward> {
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
    .screened(on)
}

fn clean(standing: ReporterStanding) -> Check {
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
        ..clean(ReporterStanding::Outsider)
    }
}

fn last() -> Option<NaiveDate> {
    Some(shanghai_date(now()) + TimeDelta::days(10))
}

fn later() -> DateTime<Utc> {
    now() + TimeDelta::days(11)
}

fn checked(check: Check) -> Asked {
    Asked::RecordEligibility { check }
}

/// A head's word on the scope.
fn ruled(finding: ScopeFinding) -> Asked {
    let kind = (finding == ScopeFinding::InScope).then_some(RewardedKind::WideImpact);
    Asked::RuleOnScope {
        ruling: ScopeRuling {
            finding,
            kind,
            reason: words(),
        },
    }
}

fn in_scope() -> Asked {
    ruled(ScopeFinding::InScope)
}

fn eligible() -> Asked {
    checked(clean(ReporterStanding::Insider))
}

fn ineligible() -> Asked {
    checked(excluded(Ground::KnownBefore))
}

fn out_of_scope() -> Asked {
    ruled(ScopeFinding::NotInScope)
}

fn proposal(yuan: i64, uplift: Option<u32>) -> Proposal {
    let (code, _) = CHARGED.iter().find(|(_, fine)| *fine == yuan).unwrap();
    Proposal {
        grade: 1,
        rests: Rests {
            violations: Some(vec![code.parse().unwrap()]),
            ..Rests::default()
        },
        adjusted_to: None,
        uplift: uplift.map(BasisPoints::new),
        facts: Vec::new(),
        reason: words(),
    }
}

fn grade(yuan: i64, uplift: Option<u32>) -> Asked {
    let proposal = proposal(yuan, uplift);
    Asked::GradeReward { proposal }
}

/// What can be tried on a reward: every command, some in several forms.
fn all() -> Vec<Asked> {
    vec![
        in_scope(),
        eligible(),
        ineligible(),
        out_of_scope(),
        Asked::ApplyForReward,
        grade(400_000, None),
        grade(12_000_000, None),
        Asked::ReferToFinance,
        consent(),
        decide(),
        Asked::TellDecision,
        object(),
        review(None),
        review(Some(proposal(500_000, None))),
        extend(),
        claim(),
        claim_in_person(),
        approve(),
        contest(),
        void(),
        uphold(),
        check_payee(None),
        check_payee(Some(Ground::PaidInformer)),
        hand(),
        Asked::CloseReward,
        pay(),
        revoke(),
        recover(),
        paid_back(),
    ]
}

/// Tries a command as whoever usually sends it. The program closes when windows are over, and money moves then.
fn take(reward: Reward, command: Asked) -> Result<Step<Reward>, Refusal> {
    let moment = match command {
        Asked::CloseReward
        | Asked::HandToFinance { .. }
        | Asked::RecordPayment { .. }
        | Asked::RecordRecovery { .. } => later(),
        _ => now(),
    };
    reward_at(reward, command, &at(moment))
}

fn reward_at(reward: Reward, command: Asked, setting: &Setting) -> Result<Step<Reward>, Refusal> {
    let permit = usual(command.action());
    reward.take(command, &permit, setting)
}

fn walk(fine: i64, steps: impl IntoIterator<Item = Asked>) -> Reward {
    steps
        .into_iter()
        .fold(screened(fine).after, |reward, step| {
            let tried = format!("{step:?}");
            let step = take(reward, step);
            step.unwrap_or_else(|refusal| panic!("{tried}: {refusal:?}"))
                .after
        })
}

const TO_APPLICATION: usize = 3;
const TO_GRADE: usize = 4;
const TO_DECISION: usize = 5;

fn to_told() -> [Asked; 6] {
    [
        in_scope(),
        eligible(),
        Asked::ApplyForReward,
        grade(400_000, None),
        decide(),
        Asked::TellDecision,
    ]
}

fn up_to(steps: usize) -> Reward {
    walk(400_000, to_told().into_iter().take(steps))
}

fn told() -> Reward {
    walk(400_000, to_told())
}
