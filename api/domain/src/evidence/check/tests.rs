use super::*;
use crate::evidence::capture::Fix;
use crate::evidence::photo::{PhotoCopy, PhotoFact, PhotoFormat};
use crate::refusal::Lang;

fn at(text: &str) -> DateTime<Utc> {
    DateTime::parse_from_rfc3339(text).unwrap().to_utc()
}

fn position(latitude: f64, accuracy_m: Option<f64>) -> Position {
    Position::parse(latitude, 112.98, accuracy_m, "p").unwrap()
}

fn taken(value: &str, doubt: Option<PhotoDoubt>) -> PhotoFact {
    PhotoFact {
        kind: PhotoFactKind::TakenAt,
        value: value.to_owned(),
        source: format!("exif:{value}"),
        doubt,
    }
}

fn facts(times: Vec<PhotoFact>, place: Option<Position>) -> PhotoFacts {
    let placed = place.map(|_| PhotoFact {
        kind: PhotoFactKind::Position,
        value: "here".to_owned(),
        source: "exif:GPSLatitude+GPSLongitude".to_owned(),
        doubt: None,
    });
    PhotoFacts {
        format: PhotoFormat::Jpeg,
        width: 1,
        height: 1,
        taken_at: None,
        position: place,
        copy: PhotoCopy::Possible,
        likeness: None,
        found: times.into_iter().chain(placed).collect(),
    }
}

/// Holds a photo of which its app declared nothing against its circumstances.
fn checks_of(facts: &PhotoFacts, tells_place: bool, circumstances: &Circumstances) -> Vec<Check> {
    let photo = Checked {
        facts,
        capture: &Capture::default(),
        declared_at: at("2026-11-23T09:30:00+08:00"),
        tells_place,
    };
    checks(photo, circumstances, &bounds())
}

fn visit(places: Vec<Position>) -> Circumstances {
    Circumstances {
        occasion: Occasion::Visit {
            since: at("2026-11-23T09:00:00+08:00"),
            until: Some(at("2026-11-23T10:00:00+08:00")),
        },
        places,
        merchant: None,
    }
}

fn bounds() -> Bounds {
    Bounds::embedded().unwrap()
}

/// How the check of the time of a visit's photo ends, and its minutes.
fn time_of(times: Vec<PhotoFact>) -> (CheckOutcome, Option<i64>) {
    let found = checks_of(&facts(times, None), true, &visit(Vec::new()));
    let minutes = found[0].apart.map(|apart| match apart {
        Apart::Minutes { is, .. } => is,
        Apart::Metres { .. } => panic!("a time in metres"),
    });
    (found[0].outcome, minutes)
}

#[test]
fn a_time_agrees_within_the_visit_and_its_bounds_and_contradicts_outside() {
    use CheckOutcome::{Agrees, Contradicts};
    for (time, outcome, minutes) in [
        ("2026-11-23T09:30:00+08:00", Agrees, 0),
        ("2026-11-23T01:30:00+00:00", Agrees, 0),
        ("2026-11-23T08:30:00+08:00", Agrees, -30),
        ("2026-11-23T08:29:00+08:00", Contradicts, -31),
        ("2026-11-23T10:30:00+08:00", Agrees, 30),
        ("2026-11-24T10:00:00+08:00", Contradicts, 1440),
    ] {
        assert_eq!(
            time_of(vec![taken(time, None)]),
            (outcome, Some(minutes)),
            "{time}"
        );
    }
}

#[test]
fn a_missing_time_and_one_that_cannot_be_say_nothing() {
    assert_eq!(time_of(Vec::new()), (CheckOutcome::Silent, None));
    let doubt = Some(PhotoDoubt::AfterArrival);
    let impossible = vec![taken("2106-02-07T06:28:15+00:00", doubt)];
    assert_eq!(time_of(impossible.clone()), (CheckOutcome::Silent, None));
    let found = checks_of(&facts(impossible, None), true, &visit(Vec::new()));
    assert_eq!(found[0].doubt, doubt);
}

#[test]
fn a_clock_without_zone_may_agree_and_never_contradicts() {
    let clock = |time| time_of(vec![taken(time, None)]);
    assert_eq!(
        clock("2026-11-23T09:30:00"),
        (CheckOutcome::Agrees, Some(0))
    );
    assert_eq!(
        clock("2026-11-23T01:30:00"),
        (CheckOutcome::Silent, Some(-450))
    );
    let both = vec![
        taken("2026-11-23T09:30:00", None),
        taken("2026-11-25T09:30:00+08:00", None),
    ];
    assert_eq!(
        time_of(both).0,
        CheckOutcome::Contradicts,
        "a zone comes first"
    );
}

#[test]
fn before_anybody_arrived_nothing_is_compared_and_a_visit_under_way_has_no_end() {
    let facts = facts(vec![taken("2026-11-23T19:30:00+08:00", None)], None);
    let since = at("2026-11-23T09:00:00+08:00");
    for (occasion, outcome) in [
        (Occasion::VisitToCome, CheckOutcome::Silent),
        (Occasion::Visit { since, until: None }, CheckOutcome::Agrees),
    ] {
        let circumstances = Circumstances {
            occasion,
            ..visit(Vec::new())
        };
        let found = checks_of(&facts, true, &circumstances);
        assert_eq!(found[0].outcome, outcome);
    }
}

#[test]
fn a_place_is_compared_with_the_nearest_and_both_accuracies_are_allowed_for() {
    // A thousandth of a degree of latitude is 111 metres.
    let here = |accuracy| facts(Vec::new(), Some(position(28.2, accuracy)));
    let place_of = |facts: &PhotoFacts, places| {
        let found = checks_of(facts, true, &visit(places));
        (found[1].outcome, found[1].apart)
    };
    let metres = |is, most| Some(Apart::Metres { is, most });
    let (near, far) = (position(28.202, Some(20.0)), position(28.204, Some(20.0)));
    assert_eq!(
        place_of(&here(None), vec![far, near]),
        (CheckOutcome::Agrees, metres(222, 320))
    );
    assert_eq!(
        place_of(&here(None), vec![far]),
        (CheckOutcome::Contradicts, metres(445, 320))
    );
    assert_eq!(
        place_of(&here(Some(130.0)), vec![far]),
        (CheckOutcome::Agrees, metres(445, 450))
    );
    assert_eq!(place_of(&here(None), vec![]), (CheckOutcome::Silent, None));
    assert_eq!(
        place_of(&facts(Vec::new(), None), vec![far]),
        (CheckOutcome::Silent, None)
    );
}

#[test]
fn of_a_photo_that_is_not_told_where_it_was_taken_no_distance_is_told_either() {
    let circumstances = Circumstances {
        occasion: Occasion::Report(at("2026-11-23T09:00:00+08:00")),
        places: vec![position(28.2, None)],
        merchant: Some(position(28.2, None)),
    };
    let facts = facts(Vec::new(), Some(position(28.9, None)));
    for (tells_place, outcome) in [
        (false, CheckOutcome::Silent),
        (true, CheckOutcome::Contradicts),
    ] {
        let found = checks_of(&facts, tells_place, &circumstances);
        for check in &found[1..] {
            assert_eq!(check.outcome, outcome);
            assert_eq!(check.apart.is_some() && check.source.is_some(), tells_place);
        }
    }
}

#[test]
fn a_check_says_its_numbers_in_both_languages() {
    use crate::refusal::Lang;
    let facts = facts(
        vec![taken("2026-11-23T07:25:00+08:00", None)],
        Some(position(28.2, None)),
    );
    let found = checks_of(&facts, true, &visit(vec![position(28.202, None)]));
    let said = |lang| found.iter().map(|it| it.said(lang)).collect::<Vec<_>>();
    assert_eq!(
        said(Lang::En),
        [
            "Taken 95 minutes before, 30 minutes are allowed: they contradict",
            "Taken 222 m from the declared place, 300 m are allowed: they agree",
            "There is no place to compare with the merchant's address",
        ]
    );
    assert_eq!(said(Lang::Zh)[0], "拍摄时间早 95 分钟，允许 30 分钟：矛盾");
}

fn declared(taken_at: &str, latitude: f64, is_mock: bool) -> Capture {
    Capture {
        taken_at: Some(DateTime::parse_from_rfc3339(taken_at).unwrap()),
        fix: Some(Fix {
            position: position(latitude, Some(10.0)),
            source: None,
            is_mock: Some(is_mock),
            age_seconds: None,
        }),
        make: None,
        model: None,
    }
}

/// How the file's time and place end against what the app declared of the taking.
fn own(facts: &PhotoFacts, capture: &Capture) -> [(CheckOutcome, Option<PhotoDoubt>); 2] {
    let photo = Checked {
        facts,
        capture,
        declared_at: at("2026-11-23T10:00:00+08:00"),
        tells_place: true,
    };
    let found = checks(photo, &visit(Vec::new()), &bounds());
    let kinds: Vec<_> = found[3..].iter().map(|it| it.kind).collect();
    assert_eq!(kinds, [CheckKind::DeclaredTime, CheckKind::DeclaredPlace]);
    assert!(
        found
            .iter()
            .all(|it| !it.said(Lang::En).is_empty() && !it.said(Lang::Zh).is_empty())
    );
    [3, 4].map(|place| (found[place].outcome, found[place].doubt))
}

#[test]
fn a_file_is_held_against_what_its_app_declares_of_the_taking() {
    use CheckOutcome::{Agrees, Contradicts, Silent};
    let here = Some(position(28.2, Some(5.0)));
    let moment = |time: &str| facts(vec![taken(time, None)], here);
    let file = moment("2026-11-23T09:30:00+08:00");
    for (time, latitude, expected) in [
        ("2026-11-23T09:30:00+08:00", 28.2, [Agrees, Agrees]),
        ("2026-11-23T01:34:59+00:00", 28.2, [Agrees, Agrees]),
        (
            "2026-11-23T09:36:00+08:00",
            28.202,
            [Contradicts, Contradicts],
        ),
    ] {
        let found = own(&file, &declared(time, latitude, false));
        assert_eq!(found.map(|(outcome, _)| outcome), expected, "{time}");
    }
    // A clock without zone is the phone's own, and never contradicts.
    let clock = moment("2026-11-23T02:30:00");
    let found = own(&clock, &declared("2026-11-23T02:31:00+01:00", 28.2, false));
    assert_eq!(found[0].0, Agrees);
    let found = own(&clock, &declared("2026-11-23T09:30:00+08:00", 28.2, false));
    assert_eq!(found[0].0, Silent);
}

#[test]
fn a_file_that_says_nothing_and_a_declaration_that_cannot_be_are_silent() {
    let plain = declared("2026-11-23T09:30:00+08:00", 28.2, false);
    let silent = (CheckOutcome::Silent, None);
    assert_eq!(own(&facts(Vec::new(), None), &plain), [silent, silent]);
    let here = Some(position(28.2, Some(5.0)));
    let file = facts(vec![taken("2026-11-23T09:30:00+08:00", None)], here);
    let doubtful = declared("2031-01-01T00:00:00+08:00", 28.2, true);
    let expected = [PhotoDoubt::AfterArrival, PhotoDoubt::MockPosition];
    let expected = expected.map(|doubt| (CheckOutcome::Silent, Some(doubt)));
    assert_eq!(own(&file, &doubtful), expected);
}
