//! What is asked of a case.

use super::super::people::{CHAIR, INVESTIGATOR, line, reason, user, words};
pub(super) use super::{changed::*, charged::*};
use chrono::{DateTime, NaiveDate, Utc};
use liangxin_domain::{
    cases::{
        basis::{Basis, BasisKind, Told},
        case::Case,
        charge::{Found, Penalty},
        command::{Command, Setting},
        decide::{Further, LowerFine, Ruling, SuitPeriod},
        execution::{Paying, RemedyKind},
        file::{AuditKind, File, NoPenaltyGround, SuspensionCause},
        on_the_spot::OnTheSpot,
        service::{AfterService, Delivery},
    },
    id::{CaseId, MerchantId, ReportId},
    inspections::visit::Team,
    law::{
        case_rule::Gravity,
        violation::{Violation, Violations},
    },
    money::Fen,
    notices::notice::Channel,
    ratings::indicator::Venue,
    reports::state::{Mark, Receiver},
};
use std::{collections::BTreeSet, sync::LazyLock};
use uuid::Uuid;

/// The measurement that shows short weight.
pub(super) const SHORT: Uuid = Uuid::from_u128(90);
/// An instrument check that suggests nothing.
pub(super) const PLAIN: Uuid = Uuid::from_u128(91);

pub(super) fn case(filed_at: DateTime<Utc>) -> Case {
    Case {
        id: CaseId::new(Uuid::from_u128(50)),
        number: "天市监罚〔2026〕1号".to_owned(),
        basis: Basis {
            kind: BasisKind::Report,
            visit: None,
            report: Some(ReportId::new(Uuid::from_u128(61))),
            told: Told {
                conduct_on: conduct_on(),
                found_on: None,
                facts: None,
                from: None,
                in_spite: None,
                in_place_of: None,
            },
        },
        merchant: MerchantId::new(Uuid::from_u128(70)),
        division: "430103".parse().unwrap(),
        investigators: Team::stored([user(INVESTIGATOR), user(11)]),
        filed_at,
        filed_by: user(2),
        file: File::default(),
        version: 0,
    }
}

/// A penalty that the officers of the case impose on the spot.
pub(super) fn on_the_spot(penalty: Penalty, at: DateTime<Utc>) -> OnTheSpot {
    let case = case(at);
    OnTheSpot {
        id: case.id,
        number: "天市监当罚〔2026〕1号".to_owned(),
        basis: case.basis,
        merchant: case.merchant,
        division: case.division,
        officers: case.investigators,
        penalty,
        told: words(),
        said: Some(words()),
        defence_review: Some(reason()),
        suit: SuitPeriod::FifteenDays,
        delivery: delivery(Channel::InPerson, at),
        made: Mark {
            by: user(INVESTIGATOR),
            at,
        },
    }
}

pub(super) fn conduct_on() -> NaiveDate {
    "2026-02-20".parse().unwrap()
}

/// The rows of the day of the conduct, read once.
static VALID: LazyLock<Vec<Violation>> = LazyLock::new(|| {
    let on = conduct_on();
    let is_valid =
        |row: &&Violation| row.valid_from <= on && row.valid_to.is_none_or(|to| on <= to);
    let rows = Violations::embedded().unwrap();
    rows.iter().filter(is_valid).cloned().collect()
});

pub(super) fn setting(now: DateTime<Utc>) -> Setting {
    Setting {
        now,
        violations: VALID.clone(),
        venue: None,
        findings: vec![
            Found {
                id: SHORT,
                suggests: vec!["M-QTY-01".parse().unwrap(), "M-QTY-02".parse().unwrap()],
                is_void: false,
            },
            Found {
                id: PLAIN,
                suggests: Vec::new(),
                is_void: false,
            },
        ],
        hearing_from: Some(yuan(10_000)),
        on_the_spot_up_to: Some(yuan(200)),
        display: None,
        has_new_penalty: false,
        provincial_from: None,
        collective: vec![Gravity::Weighty, Gravity::Heard],
        public_notice_days: 30,
        until: None,
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
        tied: BTreeSet::new(),
    }
}

pub(super) fn yuan(sum: i64) -> Fen {
    Fen::from_yuan(sum).unwrap()
}

pub(super) fn acquit() -> Command {
    acquit_for(NoPenaltyGround::FirstOffence)
}

/// Put right on the day of the conduct, where that is asked for.
pub(super) fn acquit_for(ground: NoPenaltyGround) -> Command {
    Command::ProposeNoPenalty {
        ground,
        reason: reason(),
        corrected_on: matches!(
            ground,
            NoPenaltyGround::Slight | NoPenaltyGround::FirstOffence
        )
        .then(conduct_on),
    }
}

pub(super) fn audit(kind: AuditKind) -> Command {
    Command::AuditCase {
        kind,
        opinion: reason(),
        missing: None,
        qualification: (kind == AuditKind::Legal).then(|| line("A20184301030001")),
    }
}

pub(super) fn send_back(kind: AuditKind) -> Command {
    Command::AuditCase {
        kind,
        opinion: reason(),
        missing: Some(words()),
        qualification: (kind == AuditKind::Legal).then(|| line("A20184301030001")),
    }
}

pub(super) fn suspend() -> Command {
    suspend_for(SuspensionCause::OtherDecision)
}

pub(super) fn suspend_for(cause: SuspensionCause) -> Command {
    let reason = reason();
    Command::SuspendCase { cause, reason }
}

pub(super) fn extend() -> Command {
    Command::ExtendCase {
        reason: reason(),
        further: None,
    }
}

/// The heads together give more.
pub(super) fn extend_further(days: u32, attendees: &[&str]) -> Command {
    Command::ExtendCase {
        reason: reason(),
        further: Some(Further {
            days,
            attendees: attendees.iter().map(|name| line(name)).collect(),
        }),
    }
}

pub(super) fn delivery(channel: Channel, at: DateTime<Utc>) -> Delivery {
    Delivery {
        channel,
        at,
        proof: words(),
        to: line("王秀英"),
        witness: None,
        address_confirmation: None,
    }
}

pub(super) fn serve_notice(delivery: Delivery) -> Command {
    Command::ServeNotice { delivery }
}

pub(super) fn serve_decision(delivery: Delivery) -> Command {
    Command::ServeDecision { delivery }
}

pub(super) fn state() -> Command {
    Command::AnswerNotice {
        statement: Some(words()),
        proof: Some(line("陈述申辩书")),
        arrived_on: None,
    }
}

pub(super) fn waive() -> Command {
    Command::AnswerNotice {
        statement: None,
        proof: Some(line("放弃声明")),
        arrived_on: None,
    }
}

pub(super) fn ask_hearing() -> Command {
    Command::RequestHearing {
        words: None,
        proof: Some(line("听证申请书")),
        arrived_on: None,
    }
}

pub(super) fn announce(at: DateTime<Utc>) -> Command {
    Command::AnnounceHearing {
        at,
        place: line("三楼会议室"),
        chair: user(CHAIR),
    }
}

pub(super) fn hold() -> Command {
    Command::HoldHearing {
        record: words(),
        opinion: reason(),
    }
}

pub(super) fn confer() -> Command {
    Command::RecordConference {
        attendees: vec![line("刘局长"), line("周副局长")],
        record: words(),
        opinion: reason(),
    }
}

pub(super) fn decide() -> Command {
    Command::DecideCase {
        ruling: Ruling::default(),
    }
}

pub(super) fn rule(ruling: Ruling) -> Command {
    Command::DecideCase { ruling }
}

pub(super) fn lower(violation: &str, fine: i64) -> Ruling {
    Ruling {
        fines: vec![LowerFine {
            violation: violation.parse().unwrap(),
            fine: yuan(fine),
        }],
        ..Ruling::default()
    }
}

pub(super) fn pay(sum: i64, paid_on: NaiveDate, receipt: &str) -> Command {
    pay_fen(yuan(sum), paid_on, receipt)
}

pub(super) fn pay_fen(sum: Fen, paid_on: NaiveDate, receipt: &str) -> Command {
    Command::RecordFinePayment {
        sum,
        paid_on,
        receipt: line(receipt),
    }
}

pub(super) fn look(on: NaiveDate, is_made: bool) -> Command {
    Command::CheckCorrection {
        violation: None,
        on,
        is_made,
        found: words(),
    }
}

/// What is ordered before the decision is about a fine that may follow a missed order alone.
pub(super) const ORDERED: &str = "M-STL-03";

pub(super) fn order(correct_by: NaiveDate) -> Command {
    Command::OrderCorrection {
        violation: ORDERED.parse().unwrap(),
        correction: words(),
        correct_by,
        consequence: words(),
    }
}

pub(super) fn look_after_order(on: NaiveDate, is_made: bool) -> Command {
    Command::CheckCorrection {
        violation: Some(ORDERED.parse().unwrap()),
        on,
        is_made,
        found: words(),
    }
}

pub(super) fn instalments(until: NaiveDate) -> Command {
    Command::AllowInstalments {
        until,
        reason: reason(),
    }
}

pub(super) fn suit(number: &str, from: NaiveDate, until: Option<NaiveDate>) -> Command {
    Command::NoteRemedy {
        kind: RemedyKind::Suit,
        body: line("天心区人民法院"),
        document: line(number),
        from,
        until,
    }
}

pub(super) fn ask_court() -> Command {
    Command::ApplyToCourt {
        court: line("天心区人民法院"),
        grounds: reason(),
    }
}

pub(super) fn finish() -> Command {
    Command::FinishCase { in_spite: None }
}

pub(super) fn finish_in_spite() -> Command {
    Command::FinishCase {
        in_spite: Some(reason()),
    }
}

pub(super) fn close() -> Command {
    Command::CloseCase { reason: words() }
}

pub(super) fn terminate() -> Command {
    Command::TerminateCase {
        proof: line("死亡医学证明书"),
        reason: words(),
    }
}

pub(super) fn transfer() -> Command {
    transfer_to(Receiver::OtherAgency)
}

pub(super) fn transfer_to(to: Receiver) -> Command {
    Command::TransferCase {
        to,
        receiver: line("接收机关"),
        reason: words(),
    }
}

pub(super) fn stall() -> Option<Venue> {
    Some(Venue::Stall)
}
