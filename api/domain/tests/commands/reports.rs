//! Every command to a report and to a dispute about one, with two values a field.

use super::check;
use liangxin_domain::{
    id::{CaseId, DisputeId, MerchantId, ReportId, UserId},
    inspections::visit::Team,
    law::clock::PauseCause,
    places::{dispute, division::DivisionCode},
    reports::{
        command::{Command, NewLead},
        state::{NotFiledGround, Receiver},
    },
    text::{Line, Narrative},
};
use uuid::Uuid;

#[test]
fn every_field_of_a_command_to_a_report_or_a_dispute_counts() {
    check(&every());
    check(&disputes());
    check(&leads());
}

fn leads() -> Vec<NewLead> {
    let days = ["2026-11-20", "2026-11-23"].map(|day| day.parse().unwrap());
    let lead = |merchant, day, text| NewLead::OpenLead {
        merchant: MerchantId::new(Uuid::from_u128(merchant)),
        found_on: Some(day),
        words: words(text),
    };
    vec![
        lead(1, days[0], "甲"),
        lead(2, days[0], "甲"),
        lead(1, days[1], "甲"),
        lead(1, days[0], "乙"),
    ]
}

fn line(text: &str) -> Line {
    Line::parse(text, "line").unwrap()
}

fn words(text: &str) -> Narrative {
    Narrative::parse(text, "words").unwrap()
}

fn report(n: u128) -> ReportId {
    ReportId::new(Uuid::from_u128(n))
}

fn unit(code: &str) -> DivisionCode {
    code.parse().unwrap()
}

/// A team of three, of whom the last is another one.
fn team(last: u128) -> Team {
    Team::stored([1, 2, last].map(|n| UserId::new(Uuid::from_u128(n))))
}

#[expect(clippy::too_many_lines, reason = "one sample a command")]
fn every() -> Vec<Command> {
    let (one, two) = ("甲", "乙");
    let mut found = vec![
        Command::AcceptReport,
        Command::DeclineFiling,
        Command::OpenCase,
        Command::ClosePenalty,
        Command::WithdrawReport { words: None },
    ];
    for (text, other, n) in [(one, one, 1), (two, one, 1), (one, two, 1), (one, one, 2)] {
        let is_first = n == 1;
        let cause = if is_first {
            PauseCause::Testing
        } else {
            PauseCause::Identification
        };
        let ground = if is_first {
            NotFiledGround::Minor
        } else {
            NotFiledGround::Other
        };
        let to = if is_first {
            Receiver::Police
        } else {
            Receiver::OtherAgency
        };
        let division = unit(if is_first { "430103" } else { "430104" });
        let dispute = DisputeId::new(Uuid::from_u128(if text == one { 5 } else { 6 }));
        found.extend([
            Command::ReplyNotCompetent {
                competent: line(text),
                reason: words(other),
            },
            Command::MarkDuplicate {
                earlier: report(n),
                sameness: words(text),
            },
            Command::MergeReport {
                into: report(n),
                new_facts: words(text),
            },
            Command::LinkReports { other: report(n) },
            Command::ExtendVerification {
                reason: words(text),
            },
            Command::PauseForTesting {
                cause,
                body: line(text),
                sample: line(other),
            },
            Command::ResumeVerification {
                result: words(text),
            },
            Command::ProposeNotFiling {
                ground,
                reason: words(text),
            },
            Command::TransferReport {
                to,
                receiver: line(text),
                reason: words(other),
            },
            Command::CloseWithoutPenalty {
                reason: words(text),
            },
            Command::CloseTerminated {
                reason: words(text),
            },
            Command::TellOutcome {
                result: words(text),
                article: line(other),
            },
            Command::WithdrawReport {
                words: Some(words(text)),
            },
            Command::DispatchReport {
                to: division,
                basis: words(text),
            },
            Command::ReturnReport {
                reason: words(text),
            },
            Command::RaiseCompetenceDispute {
                dispute,
                other: division,
                reason: words(other),
            },
            Command::CloseOnTheSpot {
                case: CaseId::new(Uuid::from_u128(n)),
            },
            Command::FileCase {
                case: CaseId::new(Uuid::from_u128(n)),
                officers: team(if text == one { 3 } else { 4 }),
            },
        ]);
    }
    found
}

fn disputes() -> Vec<dispute::Command> {
    let units = ["430103", "430104"].map(unit);
    let settle = |unit, seen| dispute::Command::SettleCompetenceDispute { unit, seen };
    let designate = |unit, seen| dispute::Command::DesignateCompetence { unit, seen };
    // Whoever says not what was seen sends the same text as before it could be said.
    let settled = units.map(|unit| settle(unit, Some(1)));
    let designated = units.map(|unit| designate(unit, Some(1)));
    let seen = [settle, designate].map(|command| command(unit("430103"), Some(2)));
    [settled, designated, seen].concat()
}
