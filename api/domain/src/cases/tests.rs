//! A case for tests, taken from step to step by commands as an office would.

use super::{
    basis::{Basis, BasisKind, Told},
    case::Case,
    charge::{Charge, Penalty, Sanction, Tier},
    command::{Command, Setting},
    decide::Ruling,
    execution::Paying,
    file::{AuditKind, File},
    service::{AfterService, Delivery},
};
use crate::{
    accounts::role::Role,
    actor::{Actor, Seat, SignedIn},
    id::{BureauId, CaseId, DeviceId, MerchantId, UserId},
    inspections::visit::Team,
    law::{case_rule::Gravity, violation::Violations},
    money::Fen,
    notices::notice::Channel,
    policy::{self, Facts, Place, Stake},
    refusal::{Code, Refusal},
    step::{Command as _, Machine as _, Step},
    text::{Line, Narrative, Reason},
};
use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

/// Somebody who may do everything and investigated nothing.
pub(super) const HEAD: u128 = 1;
/// The officers of the case.
pub(super) const OFFICERS: [u128; 2] = [11, 12];
/// The act that the sample is about: a fine of up to 20,000 yuan, or none.
const VIOLATION: &str = "M-QTY-02";

pub(super) fn user(n: u128) -> UserId {
    UserId::new(Uuid::from_u128(n))
}

pub(super) fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// Nine in the morning of a day in China.
pub(super) fn at(text: &str) -> DateTime<Utc> {
    format!("{text}T01:00:00Z").parse().unwrap()
}

pub(super) fn yuan(yuan: i64) -> Fen {
    Fen::from_yuan(yuan).unwrap()
}

pub(super) fn words(text: &str) -> Narrative {
    Narrative::parse(text, "words").unwrap()
}

pub(super) fn line(text: &str) -> Line {
    Line::parse(text, "line").unwrap()
}

pub(super) fn reason() -> Reason {
    Reason::parse("理由如上所述。", "reason").unwrap()
}

pub(super) fn case() -> Case {
    Case {
        id: CaseId::new(Uuid::from_u128(50)),
        number: "430103-2026-1".to_owned(),
        basis: basis(),
        merchant: MerchantId::new(Uuid::from_u128(60)),
        division: "430103".parse().unwrap(),
        investigators: Team::stored(OFFICERS.map(user)),
        filed_at: at("2026-06-01"),
        filed_by: user(HEAD),
        file: File::default(),
        version: 1,
    }
}

pub(super) fn basis() -> Basis {
    Basis {
        kind: BasisKind::OwnDiscovery,
        visit: None,
        report: None,
        told: Told {
            conduct_on: day("2026-05-20"),
            found_on: None,
            facts: Some(words("一批货物短缺。")),
            from: None,
            in_spite: None,
            in_place_of: None,
        },
    }
}

/// Nothing else is known, and no period that the step opens ends before the year does.
pub(super) fn setting(on: &str) -> Setting {
    let all = Violations::embedded().unwrap();
    Setting {
        now: at(on),
        violations: all.iter().cloned().collect(),
        venue: None,
        findings: Vec::new(),
        hearing_from: None,
        on_the_spot_up_to: Some(yuan(200)),
        display: None,
        has_new_penalty: false,
        provincial_from: None,
        collective: vec![Gravity::Weighty, Gravity::Heard],
        public_notice_days: 30,
        until: Some(day("2026-12-31")),
        answer_until: None,
        paying: Paying::default(),
        hearing_told: AfterService::NotServed,
        reminded: AfterService::NotServed,
        limits: None,
        former: None,
        fined: Vec::new(),
        has_earlier_offence: false,
        is_party_gone: false,
        missed_orders: Vec::new(),
        order_served_on: None,
        unserved: None,
        is_party: false,
        concerned: None,
        team: None,
        tied: std::collections::BTreeSet::new(),
    }
}

pub(super) fn penalty(fine: Fen) -> Penalty {
    Penalty {
        charges: vec![Charge {
            violation: VIOLATION.parse().unwrap(),
            findings: Vec::new(),
            reasoned: Some(reason()),
            grave: None,
            order: None,
            lasted_until: None,
            harm: None,
            fine,
        }],
        sanction: Sanction {
            warning: true,
            ..Sanction::default()
        },
        tier: Some(Tier::Mitigated),
        tier_reason: Some(reason()),
        correction: words("停止短缺，逐件复秤。"),
        correct_by: day("2026-12-31"),
    }
}

pub(super) fn delivery(channel: Channel, on: &str) -> Delivery {
    Delivery {
        channel,
        at: at(on),
        proof: words("当事人签收。"),
        to: line("当事人"),
        witness: None,
        address_confirmation: None,
    }
}

/// Takes a step as the head does.
pub(super) fn take(case: Case, command: Command, setting: &Setting) -> Result<Step<Case>, Refusal> {
    let roles = [
        Role::CaseOfficer,
        Role::LegalAuditor,
        Role::Head,
        Role::Inspector,
    ];
    let actor = Actor::User(SignedIn {
        user: user(HEAD),
        device: DeviceId::new(Uuid::nil()),
        roles: roles.into_iter().collect(),
        seat: Seat::Bureau {
            bureau: BureauId::new(Uuid::nil()),
            division: "430103".parse().unwrap(),
        },
        settles_on: None,
    });
    let facts = Facts {
        place: Place::Office,
        stake: Stake::None,
    };
    let permit = policy::permit(&actor, command.action(), facts)?;
    case.take(command, &permit, setting)
}

/// The case after a step on a day.
pub(super) fn after(case: Case, command: Command, on: &str) -> Case {
    take(case, command, &setting(on)).unwrap().after
}

/// Why a step is refused on a day.
pub(super) fn refused(case: &Case, command: Command, on: &str) -> Code {
    let taken = take(case.clone(), command, &setting(on));
    taken.unwrap_err().code
}

pub(super) fn propose(fine: Fen) -> Command {
    Command::ProposePenalty {
        penalty: penalty(fine),
        weighty: None,
        new_facts: None,
    }
}

pub(super) fn pass() -> Command {
    Command::AuditCase {
        kind: AuditKind::Case,
        opinion: reason(),
        missing: None,
        qualification: None,
    }
}

pub(super) fn decide() -> Command {
    Command::DecideCase {
        ruling: Ruling::default(),
    }
}

/// A case whose party waived what it may say, so that it can be decided on that day.
pub(super) fn ready(fine: Fen, on: &str) -> Case {
    let served = Command::ServeNotice {
        delivery: delivery(Channel::InPerson, on),
    };
    let waived = Command::AnswerNotice {
        statement: None,
        proof: Some(line("放弃陈述申辩声明")),
        arrived_on: None,
    };
    let steps = [propose(fine), pass(), Command::IssueNotice, served, waived];
    steps
        .into_iter()
        .fold(case(), |case, step| after(case, step, on))
}

/// A case that was decided and served on that day.
pub(super) fn served(fine: Fen, on: &str) -> Case {
    let serve = Command::ServeDecision {
        delivery: delivery(Channel::InPerson, on),
    };
    after(after(ready(fine, on), decide(), on), serve, on)
}
