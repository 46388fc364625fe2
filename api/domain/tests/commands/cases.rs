//! Every command to a case, with two values a field.

#[path = "cases/beside.rs"]
mod beside;
#[path = "cases/changes.rs"]
mod changes;
#[path = "cases/charges.rs"]
mod charges;

use super::check_but;
use chrono::{DateTime, NaiveDate, Utc};
use liangxin_domain::{
    cases::{
        command::Command,
        decide::{Further, LowerFine, Ruling, SuitPeriod},
        file::{AuditKind, NoPenaltyGround, SuspensionCause},
        service::Delivery,
    },
    id::UserId,
    money::Fen,
    notices::notice::Channel,
    reports::state::Receiver,
    text::{Line, Narrative, Reason},
};
use uuid::Uuid;

#[test]
fn every_field_of_a_command_to_a_case_counts() {
    let samples = [
        investigating(),
        charges::every(),
        audited_by_law(),
        hearing(),
        deciding(),
        served(),
        carrying_out(),
        changes::every(),
        ending(),
        beside::without_a_party(),
        beside::referring(),
        beside::repairing(),
        beside::recusing(),
    ];
    let later = [
        "further",
        "corrected_on",
        "qualification",
        "violation",
        "lasted_until",
        "harm",
        "stop_use",
    ];
    check_but(&samples.concat(), &later);
}

fn words(text: &str) -> Narrative {
    Narrative::parse(text, "words").unwrap()
}

fn reason(text: &str) -> Reason {
    Reason::parse(&text.repeat(5), "reason").unwrap()
}

fn line(text: &str) -> Line {
    Line::parse(text, "line").unwrap()
}

fn fen(sum: i64) -> Fen {
    Fen::new(sum).unwrap()
}

fn day(day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 12, day).unwrap()
}

fn at(day: u32) -> DateTime<Utc> {
    self::day(day).and_hms_opt(1, 0, 0).unwrap().and_utc()
}

fn user(n: u128) -> UserId {
    UserId::new(Uuid::from_u128(n))
}

fn investigating() -> Vec<Command> {
    let order = |violation: &str, correction, until, consequence| Command::OrderCorrection {
        violation: violation.parse().unwrap(),
        correction: words(correction),
        correct_by: day(until),
        consequence: words(consequence),
    };
    let extend = |text, further: Option<(u32, &str)>| Command::ExtendCase {
        reason: reason(text),
        further: further.map(|(days, name)| Further {
            days,
            attendees: vec![line(name)],
        }),
    };
    let suspend = |cause, text| Command::SuspendCase {
        cause,
        reason: reason(text),
    };
    let audit = |kind, text, missing: Option<&str>| Command::AuditCase {
        kind,
        opinion: reason(text),
        missing: missing.map(words),
        qualification: None,
    };
    let acquit = |ground, text, on: Option<u32>| Command::ProposeNoPenalty {
        ground,
        reason: reason(text),
        corrected_on: on.map(day),
    };
    vec![
        order("M-QTY-01", "甲", 1, "甲"),
        order("M-QTY-02", "甲", 1, "甲"),
        order("M-QTY-01", "乙", 1, "甲"),
        order("M-QTY-01", "甲", 2, "甲"),
        order("M-QTY-01", "甲", 1, "乙"),
        suspend(SuspensionCause::ForceMajeure, "甲"),
        suspend(SuspensionCause::PartyMissing, "甲"),
        suspend(SuspensionCause::ForceMajeure, "乙"),
        Command::ResumeCase,
        extend("甲", None),
        extend("乙", None),
        extend("甲", Some((1, "甲"))),
        extend("甲", Some((2, "甲"))),
        extend("甲", Some((1, "乙"))),
        acquit(NoPenaltyGround::Slight, "甲", None),
        acquit(NoPenaltyGround::NoFault, "甲", None),
        acquit(NoPenaltyGround::Slight, "乙", None),
        acquit(NoPenaltyGround::Slight, "甲", Some(1)),
        acquit(NoPenaltyGround::Slight, "甲", Some(2)),
        audit(AuditKind::Case, "甲", None),
        audit(AuditKind::Legal, "甲", None),
        audit(AuditKind::Case, "乙", None),
        audit(AuditKind::Case, "甲", Some("甲")),
        audit(AuditKind::Case, "甲", Some("乙")),
    ]
}

fn audited_by_law() -> Vec<Command> {
    let audit = |number| Command::AuditCase {
        kind: AuditKind::Legal,
        opinion: reason("甲"),
        missing: None,
        qualification: Some(line(number)),
    };
    vec![audit("甲"), audit("乙")]
}

fn hearing() -> Vec<Command> {
    let answer = |statement: Option<&str>, proof: Option<&str>| Command::AnswerNotice {
        statement: statement.map(words),
        proof: proof.map(line),
        arrived_on: None,
    };
    let request = |said: Option<&str>, proof: Option<&str>| Command::RequestHearing {
        words: said.map(words),
        proof: proof.map(line),
        arrived_on: None,
    };
    let answered = |on| Command::AnswerNotice {
        statement: None,
        proof: None,
        arrived_on: Some(day(on)),
    };
    let requested = |on| Command::RequestHearing {
        words: None,
        proof: None,
        arrived_on: Some(day(on)),
    };
    let announce = |on, place, chair| Command::AnnounceHearing {
        at: at(on),
        place: line(place),
        chair: user(chair),
    };
    let hold = |record, text| Command::HoldHearing {
        record: words(record),
        opinion: reason(text),
    };
    vec![
        Command::IssueNotice,
        answer(None, None),
        answer(Some("甲"), None),
        answer(Some("乙"), None),
        answer(None, Some("甲")),
        answer(None, Some("乙")),
        request(None, None),
        request(Some("甲"), None),
        request(Some("乙"), None),
        request(None, Some("甲")),
        request(None, Some("乙")),
        answered(1),
        answered(2),
        requested(1),
        requested(2),
        announce(1, "甲", 1),
        announce(2, "甲", 1),
        announce(1, "乙", 1),
        announce(1, "甲", 2),
        hold("甲", "甲"),
        hold("乙", "甲"),
        hold("甲", "乙"),
    ]
}

fn deciding() -> Vec<Command> {
    let confer = |attendees: &[&str], record, text| Command::RecordConference {
        attendees: attendees.iter().map(|name| line(name)).collect(),
        record: words(record),
        opinion: reason(text),
    };
    let lower = |violation: &str, fine| LowerFine {
        violation: violation.parse().unwrap(),
        fine: fen(fine),
    };
    let rulings = [
        Ruling::default(),
        Ruling {
            fines: vec![lower("M-QTY-01", 1)],
            ..Ruling::default()
        },
        Ruling {
            fines: vec![lower("M-QTY-02", 1)],
            ..Ruling::default()
        },
        Ruling {
            fines: vec![lower("M-QTY-01", 2)],
            ..Ruling::default()
        },
        Ruling {
            correct_by: Some(day(1)),
            ..Ruling::default()
        },
        Ruling {
            correct_by: Some(day(2)),
            ..Ruling::default()
        },
        Ruling {
            defence_review: Some(reason("甲")),
            ..Ruling::default()
        },
        Ruling {
            defence_review: Some(reason("乙")),
            ..Ruling::default()
        },
        Ruling {
            suit: SuitPeriod::FifteenDays,
            ..Ruling::default()
        },
        Ruling {
            provincial_approval: Some(line("甲")),
            ..Ruling::default()
        },
        Ruling {
            provincial_approval: Some(line("乙")),
            ..Ruling::default()
        },
    ];
    let mut found = vec![
        confer(&["甲", "乙"], "甲", "甲"),
        confer(&["甲", "丙"], "甲", "甲"),
        confer(&["甲", "乙"], "乙", "甲"),
        confer(&["甲", "乙"], "甲", "乙"),
    ];
    found.extend(rulings.map(|ruling| Command::DecideCase { ruling }));
    found
}

fn deliveries() -> Vec<Delivery> {
    let base = || Delivery {
        channel: Channel::InPerson,
        at: at(1),
        proof: words("甲"),
        to: line("甲"),
        witness: None,
        address_confirmation: None,
    };
    let mut found = vec![base()];
    found.push(Delivery {
        channel: Channel::Post,
        ..base()
    });
    found.push(Delivery {
        at: at(2),
        ..base()
    });
    found.push(Delivery {
        proof: words("乙"),
        ..base()
    });
    found.push(Delivery {
        to: line("乙"),
        ..base()
    });
    for text in ["甲", "乙"] {
        found.push(Delivery {
            witness: Some(line(text)),
            ..base()
        });
        found.push(Delivery {
            address_confirmation: Some(line(text)),
            ..base()
        });
    }
    found
}

fn served() -> Vec<Command> {
    let mut found = Vec::new();
    for delivery in deliveries() {
        found.push(Command::ServeNotice {
            delivery: delivery.clone(),
        });
        found.push(Command::ServeDecision { delivery });
    }
    found
}

fn carrying_out() -> Vec<Command> {
    let later = |until, text| Command::AllowInstalments {
        until: day(until),
        reason: reason(text),
    };
    let pay = |sum, on, receipt| Command::RecordFinePayment {
        sum: fen(sum),
        paid_on: day(on),
        receipt: line(receipt),
    };
    let look = |on, is_made, found| Command::CheckCorrection {
        violation: None,
        on: day(on),
        is_made,
        found: words(found),
    };
    let ask = |court, grounds| Command::ApplyToCourt {
        court: line(court),
        grounds: reason(grounds),
    };
    vec![
        later(1, "甲"),
        later(2, "甲"),
        later(1, "乙"),
        pay(1, 1, "甲"),
        pay(2, 1, "甲"),
        pay(1, 2, "甲"),
        pay(1, 1, "乙"),
        look(1, true, "甲"),
        look(2, true, "甲"),
        look(1, false, "甲"),
        look(1, true, "乙"),
        Command::CheckCorrection {
            violation: Some("M-QTY-01".parse().unwrap()),
            on: day(1),
            is_made: true,
            found: words("甲"),
        },
        Command::RemindParty,
        ask("甲", "甲"),
        ask("乙", "甲"),
        ask("甲", "乙"),
    ]
}

fn ending() -> Vec<Command> {
    let finish = |in_spite: Option<&str>| Command::FinishCase {
        in_spite: in_spite.map(reason),
    };
    let close = |text| Command::CloseCase {
        reason: words(text),
    };
    let transfer = |to, receiver, why| Command::TransferCase {
        to,
        receiver: line(receiver),
        reason: words(why),
    };
    vec![
        finish(None),
        finish(Some("甲")),
        finish(Some("乙")),
        Command::FilePapers,
        Command::ArchiveCase,
        close("甲"),
        close("乙"),
        transfer(Receiver::Police, "甲", "甲"),
        transfer(Receiver::OtherAgency, "甲", "甲"),
        transfer(Receiver::Police, "乙", "甲"),
        transfer(Receiver::Police, "甲", "乙"),
    ]
}
