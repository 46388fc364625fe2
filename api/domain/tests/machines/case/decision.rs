//! The decision: never heavier than announced, and never another one (Order 2, articles 57 to 64).

use super::{
    super::people::{line, reason},
    Desk,
    samples::*,
};
use liangxin_domain::{
    cases::{
        charge::{Penalty, Sanction},
        command::Command,
        decide::Ruling,
        file::{AuditKind, CaseStateKind, Round},
    },
    law::case_rule::Gravity,
    notices::paper::Paper,
    refusal::Code,
};

/// A decision that says something to what the party said.
pub(super) fn reviewed() -> Command {
    rule(Ruling {
        defence_review: Some(reason()),
        ..Ruling::default()
    })
}

fn decidable(penalty: Penalty) -> Desk {
    let mut desk = Desk::new();
    desk.audited(penalty).told().silent();
    desk
}

fn fine_of(desk: &Desk) -> liangxin_domain::money::Fen {
    desk.case.file.decision.as_ref().unwrap().penalty.fine()
}

#[test]
fn a_decision_may_fine_less_than_was_announced() {
    let mut desk = decidable(fined(5000));
    desk.go(rule(lower("M-QTY-01", 3000)));
    assert_eq!(fine_of(&desk), yuan(3000));
    assert_eq!(desk.paper, Some(Paper::PenaltyDecision));
    assert_eq!(desk.case.state_kind(), CaseStateKind::Decided);
}

#[test]
fn a_decision_never_fines_more_than_was_announced() {
    let mut desk = decidable(fined(5000));
    let more = rule(lower("M-QTY-01", 5001));
    assert_eq!(desk.refused(more), Code::FineHeavierThanNotice);
    // Neither may one fine rise because another one falls.
    let two = penalty(vec![shown("M-QTY-01", 5000), charge("M-VER-01", 500)]);
    let mut desk = decidable(two);
    let mut ruling = lower("M-QTY-01", 1000);
    ruling.fines.extend(lower("M-VER-01", 600).fines);
    assert_eq!(desk.refused(rule(ruling)), Code::FineHeavierThanNotice);
}

#[test]
fn a_decision_fines_no_other_violation_than_was_announced() {
    let mut desk = decidable(fined(5000));
    let other = rule(lower("M-QTY-02", 100));
    assert_eq!(desk.refused(other), Code::DecisionDiffers);
}

#[test]
fn a_decision_lies_in_the_range_of_the_law_as_well() {
    let mut desk = decidable(penalty(vec![charge("M-OPT-02", 2000)]));
    assert_eq!(
        desk.refused(rule(lower("M-OPT-02", 999))),
        Code::FineOutOfRange
    );
    let mut desk = decidable(penalty(vec![charge("M-VER-01", 500)]));
    assert_eq!(desk.refused(rule(lower("M-VER-01", 0))), Code::PenaltyEmpty);
}

#[test]
fn a_decision_gives_no_less_time_to_correct_than_was_announced() {
    let mut desk = decidable(fined(5000));
    let until = |day: &str| {
        rule(Ruling {
            correct_by: Some(day.parse().unwrap()),
            ..Ruling::default()
        })
    };
    assert_eq!(desk.refused(until("2026-12-30")), Code::DecisionDiffers);
    desk.go(until("2027-01-31"));
}

#[test]
fn a_day_for_correcting_that_went_by_has_to_be_set_anew() {
    let mut desk = decidable(Penalty {
        correct_by: "2026-03-10".parse().unwrap(),
        ..fined(5000)
    });
    assert_eq!(desk.refused(decide()), Code::TimeTooOld);
    desk.go(rule(Ruling {
        correct_by: Some("2026-04-10".parse().unwrap()),
        ..Ruling::default()
    }));
}

#[test]
fn a_decision_answers_what_the_party_said_in_any_round() {
    let mut desk = Desk::new();
    desk.audited(fined(5000)).told().go(state()).silent();
    assert_eq!(desk.refused(decide()), Code::DefenceReviewRequired);
    desk.go(propose(fined(4000))).go(audit(AuditKind::Case));
    desk.told().silent();
    assert_eq!(desk.refused(decide()), Code::DefenceReviewRequired);
    desk.go(reviewed());
}

#[test]
fn the_heads_decide_a_weighty_case_together() {
    let mut desk = Desk::new();
    desk.audited_weighty(fined(5000)).told().silent();
    assert_eq!(desk.refused(decide()), Code::ConferenceRequired);
    for named in [vec!["刘局长"], vec!["刘局长"; 2]] {
        let alone = Command::RecordConference {
            attendees: named.into_iter().map(line).collect(),
            record: super::super::people::words(),
            opinion: reason(),
        };
        assert_eq!(desk.refused(alone), Code::ConferenceTwo);
    }
    desk.go(confer());
    assert_eq!(desk.paper, Some(Paper::ConferenceRecord));
    desk.go(decide());
}

#[test]
fn what_the_heads_decide_together_is_what_the_law_of_the_day_says() {
    let mut heard = Desk::new();
    heard.audited(fined(12_000)).told().heard();
    heard.later(1).go(audit(AuditKind::Legal));
    heard.setting.collective = vec![Gravity::Weighty];
    heard.go(decide());
}

#[test]
fn what_the_heads_said_before_the_hearing_does_not_count() {
    let mut desk = Desk::new();
    desk.audited(fined(12_000)).told().go(confer()).heard();
    desk.later(1).go(audit(AuditKind::Legal));
    assert_eq!(desk.refused(decide()), Code::ConferenceRequired);
    desk.go(confer()).go(decide());
}

#[test]
fn what_the_heads_said_each_time_stays_in_the_file() {
    let mut desk = decidable(fined(5000));
    desk.go(confer());
    let first = desk.now();
    desk.later(1).go(confer());
    let said = [first, desk.now()];
    let round = desk.case.file.round().unwrap();
    let at: Vec<_> = round.conferences().map(|one| one.made.at).collect();
    assert_eq!(at, said);
    // As it was kept before there could be more than one.
    let mut stored = serde_json::to_value(round).unwrap();
    stored.as_object_mut().unwrap().remove("former_conferences");
    let read: Round = serde_json::from_value(stored).unwrap();
    assert_eq!(read.conferences().count(), 1);
}

#[test]
fn an_ordinary_case_needs_no_conference_and_may_have_one() {
    decidable(fined(5000)).go(confer()).go(decide());
}

#[test]
fn the_province_approves_high_fines_under_its_instrument() {
    let of = |fine, violation: &str| {
        let mut desk = decidable(penalty(vec![charge(violation, fine)]));
        let row = desk.setting.row(&violation.parse().unwrap()).unwrap();
        let instrument = row.basis_instrument.clone();
        desk.setting.provincial_from = Some((instrument, yuan(10_000)));
        desk
    };
    let mut desk = of(10_000, "M-QTY-01");
    assert_eq!(desk.refused(decide()), Code::ProvincialApprovalRequired);
    // What was lowered below the sum is the bureau's own to decide.
    let mut lowered = of(10_000, "M-QTY-01");
    lowered.go(rule(lower("M-QTY-01", 9999)));
    desk.go(rule(Ruling {
        provincial_approval: Some(line("湘市监批〔2026〕1号")),
        ..Ruling::default()
    }));
    of(9999, "M-QTY-01").go(decide());
    let mut other = of(10_000, "M-QTY-01");
    other.setting.provincial_from = Some(("中华人民共和国计量法实施细则".to_owned(), yuan(10_000)));
    other.go(decide());
}

#[test]
fn a_case_is_decided_once() {
    let mut desk = decidable(fined(5000));
    desk.go(decide());
    assert_eq!(desk.refused(decide()), Code::WrongState);
    let over = [
        propose(fined(4000)),
        acquit(),
        audit(AuditKind::Legal),
        Command::IssueNotice,
        state(),
        suspend(),
        extend(),
        close(),
        transfer(),
        confer(),
    ];
    for command in over {
        let told = format!("{command:?}");
        assert_eq!(desk.refused(command), Code::WrongState, "{told}");
    }
}

#[test]
fn a_warning_is_decided_without_a_fine() {
    let warned = Penalty {
        sanction: Sanction {
            warning: true,
            ..Sanction::default()
        },
        ..penalty(vec![charge("M-VER-01", 0)])
    };
    let mut desk = decidable(warned);
    desk.go(decide());
    assert!(desk.case.standing().unwrap().is_warning_alone());
}
