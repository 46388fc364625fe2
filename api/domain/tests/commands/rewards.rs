//! Rewards: samples of every command, each with one field changed; no two may read alike. Payees
//! do not print themselves, so that the names of the fields cannot be compared.

use chrono::NaiveDate;
use liangxin_domain::{
    evidence::digest::Sha256,
    id::{PaymentFileId, ReportId},
    money::{BasisPoints, Fen},
    rewards::{
        command::{Proposal, Reasons, RewardCommand, Voucher},
        eligibility::{
            Check, Exclusion, Ground, ReporterStanding, RewardedKind, ScopeFinding, ScopeRuling,
        },
        payout::Payee,
        reward::{FactMatch, PayeeFinding},
        share::Sharing,
        taken::Rests,
    },
    step::Command as _,
    text::{Line, Narrative},
};
use std::collections::BTreeSet;
use uuid::Uuid;

fn words(text: &str) -> Narrative {
    Narrative::parse(text, "words").unwrap()
}

fn line(text: &str) -> Line {
    Line::parse(text, "line").unwrap()
}

fn day(day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, day).unwrap()
}

fn fen(sum: i64) -> Fen {
    Fen::new(sum).unwrap()
}

fn checks() -> Vec<Check> {
    let exclusion = |ground, reason: &str, earlier: Option<u128>| {
        let earlier = earlier.map(|id| ReportId::new(Uuid::from_u128(id)));
        Exclusion::new(ground, words(reason), earlier).unwrap()
    };
    let base = Check {
        scope: None,
        standing: ReporterStanding::Outsider,
        sharing: Sharing::Sole,
        exclusions: vec![exclusion(Ground::KnownBefore, "甲", None)],
        note: words("甲"),
    };
    let mut all = vec![base.clone()];
    all.push(Check {
        standing: ReporterStanding::Insider,
        ..base.clone()
    });
    let halves = vec![BasisPoints::new(5_000), BasisPoints::new(5_000)];
    let sharings = [
        Sharing::Equal(2),
        Sharing::Equal(3),
        Sharing::Agreed(halves),
    ];
    all.extend(sharings.map(|sharing| Check {
        sharing,
        ..base.clone()
    }));
    let exclusions = [
        vec![],
        vec![exclusion(Ground::Offender, "甲", None)],
        vec![exclusion(Ground::KnownBefore, "乙", None)],
        vec![exclusion(Ground::NotFirst, "甲", Some(1))],
        vec![exclusion(Ground::NotFirst, "甲", Some(2))],
    ];
    all.extend(exclusions.map(|exclusions| Check {
        exclusions,
        ..base.clone()
    }));
    all.push(Check {
        note: words("乙"),
        ..base
    });
    all
}

fn rulings() -> Vec<RewardCommand> {
    let ruling = |finding, kind, reason: &str| RewardCommand::RuleOnScope {
        ruling: ScopeRuling {
            finding,
            kind,
            reason: words(reason),
        },
    };
    vec![
        ruling(ScopeFinding::InScope, Some(RewardedKind::Food), "甲"),
        ruling(ScopeFinding::InScope, Some(RewardedKind::Drugs), "甲"),
        ruling(ScopeFinding::InScope, Some(RewardedKind::Food), "乙"),
        ruling(ScopeFinding::NotInScope, Some(RewardedKind::Food), "甲"),
        ruling(ScopeFinding::InScope, None, "甲"),
    ]
}

fn rests() -> Vec<Rests> {
    let base = Rests::default();
    let codes = |codes: &[&str]| Some(codes.iter().map(|code| code.parse().unwrap()).collect());
    let mut all: Vec<Rests> = [codes(&[]), codes(&["M-CHT-02"]), codes(&["M-QTY-01"])]
        .map(|violations| Rests {
            violations,
            ..base.clone()
        })
        .to_vec();
    all.extend([
        Rests {
            gains: false,
            ..base.clone()
        },
        Rests {
            goods: false,
            ..base.clone()
        },
        Rests {
            fines: Some(fen(1)),
            ..base.clone()
        },
        Rests {
            collected: Some(fen(1)),
            ..base
        },
    ]);
    all
}

fn proposals() -> Vec<Proposal> {
    let fact = |reported: &str, found: Option<&str>| FactMatch {
        reported: words(reported),
        found: found.map(words),
    };
    let base = Proposal {
        grade: 1,
        rests: Rests::default(),
        adjusted_to: None,
        uplift: None,
        facts: vec![fact("甲", None)],
        reason: words("甲"),
    };
    let mut all = vec![base.clone()];
    all.extend(rests().into_iter().map(|rests| Proposal {
        rests,
        ..base.clone()
    }));
    let facts = [fact("乙", None), fact("甲", Some("甲"))].map(|fact| Proposal {
        facts: vec![fact],
        ..base.clone()
    });
    all.extend(facts);
    all.extend([
        Proposal {
            grade: 2,
            ..base.clone()
        },
        Proposal {
            adjusted_to: Some(fen(1)),
            ..base.clone()
        },
        Proposal {
            uplift: Some(BasisPoints::new(1)),
            ..base.clone()
        },
        Proposal {
            reason: words("乙"),
            ..base
        },
    ]);
    all
}

fn payees() -> Vec<Vec<Payee>> {
    let payee = |name, bank, number| Payee::parse(name, bank, number).unwrap();
    vec![
        vec![payee("甲", "某银行", "62220000")],
        vec![payee("乙", "某银行", "62220000")],
        vec![payee("甲", "某某银行", "62220000")],
        vec![payee("甲", "某银行", "62220001")],
        vec![
            payee("甲", "某银行", "62220000"),
            payee("甲", "某银行", "62220000"),
        ],
    ]
}

fn vouchers() -> Vec<Voucher> {
    let voucher = |number: &str, on, sum| Voucher {
        number: line(number),
        paid_on: day(on),
        sum: fen(sum),
    };
    vec![
        voucher("甲", 1, 1),
        voucher("乙", 1, 1),
        voucher("甲", 2, 1),
        voucher("甲", 1, 2),
    ]
}

fn reasons() -> Vec<Reasons> {
    let reasons = |reason, appeal| Reasons {
        reason: words(reason),
        appeal: words(appeal),
    };
    vec![
        reasons("甲", "甲"),
        reasons("乙", "甲"),
        reasons("甲", "乙"),
    ]
}

fn consents() -> Vec<RewardCommand> {
    let consent = |number, authority, on, byte| RewardCommand::RecordFinanceConsent {
        number: line(number),
        authority: line(authority),
        dated: day(on),
        sha256: Sha256::new([byte; 32]),
    };
    vec![
        consent("甲", "甲", 1, 1),
        consent("乙", "甲", 1, 1),
        consent("甲", "乙", 1, 1),
        consent("甲", "甲", 2, 1),
        consent("甲", "甲", 1, 2),
    ]
}

/// Findings on a payee, each in one field another one.
fn findings() -> Vec<PayeeFinding> {
    let found = |exclusions: &[Exclusion], note: &str, appeal: Option<&str>| PayeeFinding {
        exclusions: exclusions.to_vec(),
        note: words(note),
        appeal: appeal.map(words),
    };
    let against = Exclusion::new(Ground::PaidInformer, words("甲"), None).unwrap();
    vec![
        found(&[], "甲", None),
        found(&[], "乙", None),
        found(&[], "甲", Some("甲")),
        found(&[against], "甲", Some("甲")),
    ]
}

/// What is little more than words.
fn said(text: &str) -> [RewardCommand; 9] {
    use RewardCommand as Asked;
    [
        Asked::DecideReward {
            opinion: words(text),
        },
        Asked::ObjectToReward { words: words(text) },
        Asked::ReviewReward {
            opinion: words(text),
            grading: None,
        },
        Asked::ExtendClaim {
            reason: words(text),
        },
        Asked::ObjectToPayee { words: words(text) },
        Asked::VoidClaim {
            reason: words(text),
        },
        Asked::UpholdClaim {
            opinion: words(text),
        },
        Asked::HandToFinance {
            file: PaymentFileId::new(Uuid::nil()),
            number: text.to_owned(),
        },
        Asked::RecordClaim {
            note: words(text),
            payees: Vec::new(),
        },
    ]
}

#[test]
fn a_field_of_a_reward_command_that_changes_makes_it_another_one() {
    use RewardCommand as Asked;
    let mut all = vec![
        Asked::ApplyForReward,
        Asked::ReferToFinance,
        Asked::TellDecision,
        Asked::ApproveClaim,
        Asked::CloseReward,
        Asked::HandToFinance {
            file: PaymentFileId::new(Uuid::from_u128(1)),
            number: "甲".to_owned(),
        },
    ];
    all.extend(consents());
    all.extend(rulings());
    all.extend(
        checks()
            .into_iter()
            .map(|check| Asked::RecordEligibility { check }),
    );
    all.extend(
        findings()
            .into_iter()
            .map(|finding| Asked::CheckPayee { finding }),
    );
    for proposal in proposals() {
        all.push(Asked::ReviewReward {
            opinion: words("甲"),
            grading: Some(proposal.clone()),
        });
        all.push(Asked::GradeReward { proposal });
    }
    all.extend(["甲", "乙"].into_iter().flat_map(said));
    for payees in payees() {
        all.push(Asked::RecordClaim {
            note: words("甲"),
            payees: payees.clone(),
        });
        all.push(Asked::ClaimReward { payees });
    }
    for voucher in vouchers() {
        all.push(Asked::RecordPayment {
            voucher: voucher.clone(),
        });
        all.push(Asked::RecordRecovery { voucher });
    }
    for reasons in reasons() {
        all.push(Asked::RevokeReward {
            reasons: reasons.clone(),
        });
        all.push(Asked::RecoverReward { reasons });
    }
    let texts: BTreeSet<_> = all
        .iter()
        .map(|sample| serde_json::to_string(sample).unwrap())
        .collect();
    assert_eq!(texts.len(), all.len());
    let sampled: BTreeSet<_> = all.iter().map(Asked::operation).collect();
    let known: BTreeSet<_> = Asked::OPERATIONS.iter().map(|(name, _)| *name).collect();
    assert_eq!(sampled, known);
}
