mod model;

use super::*;
use crate::limits::CLOCK_AHEAD_SECONDS;

const SENT: &str = "2026-11-23T01:00:00Z";

fn utc(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn boot(text: &str) -> BootId {
    BootId::parse(text, "occurred").unwrap()
}

fn claim(wall: &str, counter: i64) -> Claim {
    Claim {
        wall: DateTime::parse_from_rfc3339(wall).unwrap(),
        zone: None,
        counter: Counter(counter),
        boot: boot("first"),
        anchor: None,
    }
}

/// The phone asked the server at the counter 0, and had the answer a second later.
fn anchored(wall: &str, counter: i64, server_time: &str) -> Claim {
    let anchor = Anchor {
        server_time: utc(server_time),
        asked: Some(Counter(0)),
        answered: Counter(1_000),
        boot: boot("first"),
    };
    Claim {
        anchor: Some(anchor),
        ..claim(wall, counter)
    }
}

fn received(claim: Claim, at: &str) -> Occurred {
    let known = Known {
        sent_at: utc(SENT),
        received_at: utc(at),
        readings: &[],
    };
    Occurred::of(Some(claim), &known)
}

fn marks(occurred: &Occurred) -> Vec<TimeMark> {
    occurred.marks.iter().copied().collect()
}

#[test]
fn without_an_anchor_it_was_between_the_sending_and_the_hearing() {
    let occurred = received(
        claim("2026-11-23T10:00:00+08:00", 5),
        "2026-11-24T01:00:00Z",
    );
    let span = Span::between(utc(SENT), utc("2026-11-24T01:00:00Z"));
    assert_eq!(occurred.span, span);
    assert_eq!(occurred.at(), utc("2026-11-23T02:00:00Z"));
    assert!(occurred.marks.is_empty());
}

#[test]
fn an_anchor_of_the_same_run_says_the_time_to_the_drift_of_the_counter() {
    // An hour after the answer; the phone came back two days later.
    let told = anchored(
        "2026-11-23T11:00:01+08:00",
        3_601_000,
        "2026-11-23T02:00:00Z",
    );
    let occurred = received(told, "2026-11-25T02:00:00Z");
    let slack = TimeDelta::milliseconds(3_600 + ROUNDING);
    let earliest = utc("2026-11-23T03:00:00Z") - slack;
    assert_eq!(occurred.span.earliest, earliest);
    let latest = utc("2026-11-23T03:00:01Z") + slack + TimeDelta::milliseconds(1);
    assert_eq!(occurred.span.latest, latest);
    assert!(occurred.marks.is_empty());
}

#[test]
fn an_anchor_of_another_run_says_nothing() {
    let mut told = anchored(
        "2026-11-23T11:00:00+08:00",
        3_601_000,
        "2026-11-23T02:00:00Z",
    );
    told.boot = boot("second");
    let occurred = received(told, "2026-11-25T02:00:00Z");
    assert_eq!(
        occurred.span,
        Span::between(utc(SENT), utc("2026-11-25T02:00:00Z"))
    );
}

#[test]
fn an_answer_whose_question_has_no_counter_was_on_its_way_for_a_minute_at_most() {
    let mut told = anchored("2026-11-23T10:00:00+08:00", 1_000, "2026-11-23T02:00:00Z");
    told.anchor.as_mut().unwrap().asked = None;
    let occurred = received(told, "2026-11-25T02:00:00Z");
    let rounding = TimeDelta::milliseconds(ROUNDING);
    assert_eq!(
        occurred.span.earliest,
        utc("2026-11-23T02:00:00Z") - rounding
    );
    assert_eq!(occurred.span.latest, utc("2026-11-23T02:01:00Z") + rounding);
}

#[test]
fn a_clock_two_hours_behind_is_marked_and_the_nearest_moment_counts() {
    let told = anchored(
        "2026-11-23T09:00:00+08:00",
        3_601_000,
        "2026-11-23T02:00:00Z",
    );
    let occurred = received(told, "2026-11-25T02:00:00Z");
    assert_eq!(marks(&occurred), [TimeMark::ClockDoubted]);
    assert_eq!(occurred.at(), occurred.span.earliest);
    assert!(occurred.span.contains(utc("2026-11-23T03:00:01Z")));
    assert!(!occurred.span.contains(utc("2026-11-23T02:59:00Z")));
}

#[test]
fn two_hours_more_on_the_clock_than_on_the_counter_are_marked_and_the_time_reaches_to_both() {
    // The clock is ahead, or the phone slept and its counter stood still: it was at eleven by the one, at one by the other.
    let told = anchored(
        "2026-11-23T13:00:00+08:00",
        3_601_000,
        "2026-11-23T02:00:00Z",
    );
    let occurred = received(told.clone(), "2026-11-25T02:00:00Z");
    assert_eq!(marks(&occurred), [TimeMark::ClockDoubted]);
    for moment in ["2026-11-23T03:00:01Z", "2026-11-23T05:00:00Z"] {
        assert!(occurred.span.contains(utc(moment)), "{moment}");
    }
    assert_eq!(occurred.at(), utc("2026-11-23T05:00:00Z"));
    let after = utc("2026-11-23T05:00:00Z") + TimeDelta::seconds(CLOCK_AHEAD_SECONDS);
    assert_eq!(occurred.span.latest, after, "clocks are some minutes off");
    // Never after the server heard of it.
    let heard = "2026-11-23T03:30:00Z";
    assert_eq!(received(told, heard).at(), utc(heard));
}

#[test]
fn a_counter_that_stood_still_for_some_minutes_is_no_contradiction() {
    let told = anchored(
        "2026-11-23T11:09:00+08:00",
        3_601_000,
        "2026-11-23T02:00:00Z",
    );
    let occurred = received(told, "2026-11-25T02:00:00Z");
    assert!(occurred.marks.is_empty());
    assert_eq!(occurred.at(), utc("2026-11-23T03:09:00Z"));
}

#[test]
fn a_counter_that_two_answers_show_to_have_stood_still_says_what_is_left() {
    // By the entry that came before, the counter was at one hour at ten; three hours later it was by half an hour further.
    let before = Reading {
        boot: boot("first"),
        counter: Counter(3_600_000),
        earliest: Some(utc("2026-11-23T02:00:00Z")),
        latest: Some(utc("2026-11-23T02:00:00Z")),
    };
    let mut told = claim("2026-11-23T13:10:00+08:00", 6_000_000);
    told.anchor = Some(Anchor {
        server_time: utc("2026-11-23T05:00:00Z"),
        asked: Some(Counter(5_400_000)),
        answered: Counter(5_400_000),
        boot: boot("first"),
    });
    let known = Known {
        sent_at: utc(SENT),
        received_at: utc("2026-11-25T02:00:00Z"),
        readings: &[before],
    };
    let occurred = Occurred::of(Some(told), &known);
    let slack = TimeDelta::milliseconds(600 + ROUNDING);
    let earliest = utc("2026-11-23T05:10:00Z") - slack;
    assert_eq!(occurred.span, Span::between(earliest, known.received_at));
    assert!(occurred.marks.is_empty(), "the clock is right");
    assert_eq!(occurred.at(), utc("2026-11-23T05:10:00Z"));
}

#[test]
fn a_clock_that_is_some_minutes_off_is_no_contradiction_and_is_put_right() {
    let occurred = received(
        claim("2026-11-23T10:09:00+08:00", 5),
        "2026-11-23T02:00:00Z",
    );
    assert!(occurred.marks.is_empty());
    assert_eq!(occurred.at(), utc("2026-11-23T02:00:00Z"));
}

#[test]
fn the_order_of_a_phones_own_entries_bounds_what_comes_late() {
    let heard = Occurred::of(
        Some(claim("2026-11-23T10:00:00+08:00", 7_200_000)),
        &Known {
            sent_at: utc(SENT),
            received_at: utc("2026-11-23T04:00:00Z"),
            readings: &[],
        },
    );
    let readings: Vec<_> = heard.reading().into_iter().collect();
    let late = Occurred::of(
        Some(claim("2026-11-23T09:00:00+08:00", 3_600_000)),
        &Known {
            sent_at: utc(SENT),
            received_at: utc("2026-11-30T04:00:00Z"),
            readings: &readings,
        },
    );
    // An hour before what the server had at four.
    let slack = TimeDelta::milliseconds(3_600 + ROUNDING);
    assert_eq!(late.span.latest, utc("2026-11-23T03:00:00Z") + slack);
}

#[test]
fn a_phone_that_contradicts_itself_leaves_what_is_sure() {
    // The answer was given after the server heard of what came later.
    let told = anchored(
        "2026-11-23T11:00:00+08:00",
        3_601_000,
        "2026-11-26T02:00:00Z",
    );
    let occurred = received(told, "2026-11-25T02:00:00Z");
    assert_eq!(
        occurred.span,
        Span::between(utc(SENT), utc("2026-11-25T02:00:00Z"))
    );
    assert_eq!(marks(&occurred), [TimeMark::ClockDoubted]);
}

#[test]
fn numbers_at_the_end_of_what_can_be_told_break_nothing() {
    for server_time in [DateTime::<Utc>::MIN_UTC, DateTime::<Utc>::MAX_UTC] {
        let mut told = anchored("9999-12-31T23:59:59+00:00", COUNTER_MILLISECONDS, SENT);
        told.anchor.as_mut().unwrap().server_time = server_time;
        let occurred = received(told, "2026-11-25T02:00:00Z");
        assert!(occurred.span.contains(occurred.at()));
        assert_eq!(marks(&occurred), [TimeMark::ClockDoubted]);
    }
}

#[test]
fn a_day_is_that_of_china_and_the_phones_own_that_of_its_zone() {
    let occurred = received(
        claim("2026-11-24T00:30:00+09:00", 5),
        "2026-11-24T02:00:00Z",
    );
    let day = |day| NaiveDate::from_ymd_opt(2026, 11, day);
    assert_eq!(Some(occurred.day()), day(23));
    for (shown, is_shown) in [(22, false), (23, true), (24, true), (25, false)] {
        assert_eq!(occurred.shows(day(shown).unwrap()), is_shown, "{shown}");
    }
    assert!(!Occurred::heard(utc(SENT)).shows(day(23).unwrap()));
    assert_eq!(occurred.days().map(Some), [day(23), day(24)]);
}

#[test]
fn what_may_have_been_before_a_moment_is_not_surely_after_it() {
    let closed = utc("2026-11-23T03:00:00Z");
    let late = "2026-11-23T04:00:00Z";
    let may_be = received(claim("2026-11-23T11:30:00+08:00", 5), late);
    assert!(!may_be.is_after(closed));
    let told = anchored(
        "2026-11-23T11:30:00+08:00",
        5_401_000,
        "2026-11-23T02:00:00Z",
    );
    assert!(received(told, late).is_after(closed));
    assert!(Occurred::heard(utc(late)).is_after(closed));
}

#[test]
fn what_is_said_of_a_phone_is_bounded_and_plain() {
    let refused = |text: &str| BootId::parse(text, "occurred").unwrap_err().code;
    assert_eq!(refused(""), Code::FieldFormat);
    assert_eq!(refused("a b"), Code::FieldFormat);
    assert_eq!(refused("启动"), Code::FieldFormat);
    assert_eq!(refused(&"a".repeat(65)), Code::FieldTooLong);
    assert!(Zone::parse("Asia/Shanghai", "occurred").is_ok());
    let refused = |text: &str| Counter::parse(text, "occurred").unwrap_err().code;
    assert_eq!(refused(""), Code::FieldFormat);
    assert_eq!(refused("-1"), Code::FieldFormat);
    assert_eq!(refused("1.5"), Code::FieldFormat);
    assert_eq!(refused("99999999999999999999"), Code::FieldFormat);
    assert_eq!(refused("999999999999999"), Code::OutOfRange);
    assert_eq!(
        Counter::parse("60000", "occurred").unwrap(),
        Counter(60_000)
    );
}

#[test]
fn what_is_kept_is_read_back_as_it_was() {
    let told = anchored(
        "2026-11-23T11:00:00+08:00",
        3_601_000,
        "2026-11-23T02:00:00Z",
    );
    let occurred = received(told, "2026-11-25T02:00:00Z").marked([TimeMark::Late]);
    let kept = serde_json::to_string(&occurred).unwrap();
    let read: Occurred = serde_json::from_str(&kept).unwrap();
    assert_eq!(read, occurred);
    // Equal moments of two offsets are told apart by their text alone.
    assert!(kept.contains("2026-11-23T11:00:00+08:00"), "{kept}");
}
