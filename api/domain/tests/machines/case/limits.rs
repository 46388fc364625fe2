//! What is punished in time, and what is a first offence (Administrative Penalty Law, articles 33 and 36).

use super::{
    super::people::reason,
    Desk,
    samples::{acquit, audit, charge, close, conduct_on, decide, penalty, propose},
};
use chrono::NaiveDate;
use liangxin_domain::{
    cases::{
        charge::Charge,
        command::Command,
        file::{AuditKind, NoPenaltyGround},
        limit::{LIMIT, LIMIT_OF_HARM, Limits},
    },
    refusal::Code,
};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// A case of 2 March 2026 about something of another day.
fn desk(conduct: &str, found: &str) -> Desk {
    let mut desk = Desk::new();
    let rule = |id| desk.law.rules.rule_on(id, desk.today()).unwrap().clone();
    desk.setting.limits = Some(Limits {
        conduct_on: day(conduct),
        found_on: day(found),
        ordinary: rule(LIMIT),
        harmful: rule(LIMIT_OF_HARM),
    });
    desk
}

fn charged(lasted_until: Option<&str>, is_harmful: bool) -> Command {
    propose(penalty(vec![Charge {
        lasted_until: lasted_until.map(day),
        harm: is_harmful.then(reason),
        ..charge("M-QTY-01", 5000)
    }]))
}

#[test]
fn what_nobody_found_within_two_years_is_not_punished() {
    desk("2024-03-02", "2026-03-02").go(charged(None, false));
    let mut late = desk("2024-03-01", "2026-03-02");
    assert_eq!(late.refused(charged(None, false)), Code::TimeBarred);
    // It was found in time, and the case came later.
    desk("2024-03-01", "2026-03-01").go(charged(None, false));
}

#[test]
fn what_did_harm_is_punished_for_five_years() {
    desk("2021-03-02", "2026-03-02").go(charged(None, true));
    let mut late = desk("2021-03-01", "2026-03-02");
    assert_eq!(late.refused(charged(None, true)), Code::TimeBarred);
}

#[test]
fn the_years_of_what_went_on_run_from_its_end() {
    desk("2021-03-01", "2026-03-02").go(charged(Some("2024-03-02"), false));
    let mut late = desk("2021-03-01", "2026-03-02");
    assert_eq!(
        late.refused(charged(Some("2024-03-01"), false)),
        Code::TimeBarred
    );
    assert_eq!(
        late.refused(charged(Some("2021-02-28"), false)),
        Code::TimeTooOld
    );
    assert_eq!(
        late.refused(charged(Some("2026-03-03"), false)),
        Code::TimeInFuture
    );
}

#[test]
fn it_is_asked_again_where_it_is_decided() {
    let mut desk = Desk::new();
    desk.audited(penalty(vec![charge("M-QTY-01", 5000)]))
        .told()
        .silent();
    desk.setting.limits = self::desk("2024-01-01", "2026-03-02").setting.limits;
    assert_eq!(desk.refused(decide()), Code::TimeBarred);
    desk.setting.limits = self::desk("2026-02-20", "2026-03-02").setting.limits;
    desk.go(decide());
}

fn spared(ground: NoPenaltyGround, corrected_on: Option<&str>) -> Command {
    Command::ProposeNoPenalty {
        ground,
        reason: reason(),
        corrected_on: corrected_on.map(day),
    }
}

#[test]
fn nobody_says_that_time_bars_what_was_found_in_time() {
    let barred = || spared(NoPenaltyGround::TimeBarred, None);
    let mut early = desk("2024-03-02", "2026-03-02");
    assert_eq!(early.refused(barred()), Code::NotTimeBarred);
    desk("2024-03-01", "2026-03-02").go(barred());
}

#[test]
fn the_first_offence_has_none_before_it() {
    let mut desk = Desk::new();
    desk.setting.has_earlier_offence = true;
    assert_eq!(desk.refused(acquit()), Code::OffenceNotFirst);
    desk.go(spared(NoPenaltyGround::Slight, Some("2026-03-01")));
}

#[test]
fn what_is_spared_for_being_slight_or_the_first_time_was_seen_put_right() {
    let mut desk = Desk::new();
    for ground in [NoPenaltyGround::Slight, NoPenaltyGround::FirstOffence] {
        for (on, code) in [
            (None, Code::FieldRequired),
            (Some("2026-02-19"), Code::TimeTooOld),
            (Some("2026-03-03"), Code::TimeInFuture),
        ] {
            assert_eq!(desk.refused(spared(ground, on)), code, "{ground} {on:?}");
        }
        desk.go(spared(ground, Some("2026-02-20")));
    }
    desk.go(spared(NoPenaltyGround::NoFault, None));
}

#[test]
fn what_became_known_after_the_report_counts_at_the_end() {
    let mut desk = Desk::new();
    desk.go(acquit()).go(audit(AuditKind::Case));
    assert!(!desk.case.shows_offence());
    desk.setting.has_earlier_offence = true;
    assert_eq!(desk.refused(close()), Code::OffenceNotFirst);
    desk.setting.has_earlier_offence = false;
    desk.go(close());
    assert!(desk.case.shows_offence());
    let mut punished = Desk::new();
    punished.decided(penalty(vec![charge("M-QTY-01", 5000)]));
    assert!(punished.case.shows_offence() && punished.today() > conduct_on());
}
