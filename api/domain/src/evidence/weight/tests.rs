use super::*;
use crate::{
    evidence::{
        look_alike::LookAlike,
        photo::{PhotoDoubt, PhotoFact, PhotoFormat, PhotoLikeness, PhotoOwner},
    },
    id::{PhotoId, ReportId, VisitId},
};
use chrono::TimeDelta;
use strum::IntoEnumIterator as _;
use uuid::Uuid;

fn facts() -> PhotoFacts {
    PhotoFacts {
        format: PhotoFormat::Jpeg,
        width: 1,
        height: 1,
        taken_at: None,
        position: None,
        copy: PhotoCopy::Possible,
        likeness: Some(PhotoLikeness {
            frequencies: 1,
            fields: 1,
            is_blank: false,
        }),
        found: Vec::new(),
    }
}

fn fact(kind: PhotoFactKind, value: &str, doubt: Option<PhotoDoubt>) -> PhotoFact {
    PhotoFact {
        kind,
        value: value.to_owned(),
        source: "exif".to_owned(),
        doubt,
    }
}

fn checks(time: CheckOutcome, place: CheckOutcome) -> Vec<Check> {
    let check = |kind, outcome| Check {
        kind,
        outcome,
        apart: None,
        source: None,
        doubt: None,
    };
    vec![
        check(CheckKind::Time, time),
        check(CheckKind::Place, place),
        check(CheckKind::MerchantPlace, CheckOutcome::Silent),
    ]
}

const NOW: DateTime<Utc> = DateTime::UNIX_EPOCH;

fn alike(resemblance: Resemblance, before: TimeDelta) -> Told {
    let id = Uuid::from_u128(1);
    Told {
        seen: vec![LookAlike {
            photo: PhotoId::new(id),
            owner: PhotoOwner::Visit(VisitId::new(id)),
            resemblance,
            bits_apart: 0,
            stored_at: NOW - before,
        }],
        is_held_elsewhere: false,
    }
}

fn nobody() -> Told {
    Told {
        seen: Vec::new(),
        is_held_elsewhere: false,
    }
}

fn word(facts: &PhotoFacts, checks: &[Check], alike: &Told) -> Weight {
    let visit = PhotoOwner::Visit(VisitId::new(Uuid::from_u128(1)));
    weighed((facts, visit, true), checks, alike).weight
}

fn weighed(
    (facts, owner, tells_place): (&PhotoFacts, PhotoOwner, bool),
    checks: &[Check],
    alike: &Told,
) -> Weighed {
    let held = Held {
        facts,
        stored_at: NOW,
        owner,
        tells_place,
    };
    weigh(held, checks, alike, &Bounds::embedded().unwrap())
}

#[test]
fn of_a_reporters_photo_it_is_said_what_is_sealed_and_not_weighed() {
    use CheckOutcome::{Agrees, Silent};
    let report = PhotoOwner::Report(ReportId::new(Uuid::from_u128(1)));
    for (tells_place, place, weight, reason) in [
        (true, Agrees, Weight::Strong, Reason::PlaceAgrees),
        (true, Silent, Weight::Usable, Reason::PlaceSilent),
        (false, Silent, Weight::Usable, Reason::PlaceSealed),
    ] {
        let found = weighed(
            (&facts(), report, tells_place),
            &checks(Agrees, place),
            &nobody(),
        );
        assert_eq!(found.weight, weight, "{tells_place} {place}");
        let reasons = [
            Reason::Held,
            Reason::TimeAgrees,
            reason,
            Reason::PhoneSealed,
        ];
        assert_eq!(found.reasons, reasons);
    }
}

#[test]
fn the_table_has_each_reason_once_in_both_languages() {
    for reason in Reason::iter() {
        let rows = EFFECTS.iter().filter(|(of, ..)| *of == reason);
        assert_eq!(rows.count(), 1, "{reason}");
        assert!(!reason.said(Lang::Zh).is_empty() && !reason.said(Lang::En).is_empty());
    }
}

#[test]
fn strong_needs_time_and_place_and_nothing_against_it() {
    use CheckOutcome::{Agrees, Contradicts, Silent};
    for (time, place, weight) in [
        (Agrees, Agrees, Weight::Strong),
        (Agrees, Silent, Weight::Usable),
        (Silent, Agrees, Weight::Usable),
        (Silent, Silent, Weight::Usable),
        (Contradicts, Agrees, Weight::Weak),
        (Agrees, Contradicts, Weight::Weak),
    ] {
        let found = word(&facts(), &checks(time, place), &nobody());
        assert_eq!(found, weight, "{time} {place}");
    }
}

#[test]
fn what_speaks_against_a_picture_takes_the_word_down() {
    let good = checks(CheckOutcome::Agrees, CheckOutcome::Agrees);
    let with = |found: PhotoFact| PhotoFacts {
        found: vec![found],
        ..facts()
    };
    let edited = with(fact(PhotoFactKind::Software, "Adobe Photoshop 25.1", None));
    let phone = with(fact(PhotoFactKind::Software, "HarmonyOS 5.0", None));
    let doubt = Some(PhotoDoubt::NeverSet);
    let doubtful = with(fact(PhotoFactKind::TakenAt, "0000", doubt));
    let signed = with(fact(PhotoFactKind::Manifest, "Camera", None));
    let mut blank = facts();
    blank.likeness = blank.likeness.map(|it| PhotoLikeness {
        is_blank: true,
        ..it
    });
    let unseen = PhotoFacts {
        copy: PhotoCopy::Undecodable,
        likeness: None,
        ..facts()
    };
    for (facts, weight) in [
        (edited, Weight::Usable),
        (phone, Weight::Strong),
        (doubtful, Weight::Usable),
        (signed, Weight::Strong),
        (blank, Weight::Weak),
        (unseen, Weight::Usable),
    ] {
        assert_eq!(word(&facts, &good, &nobody()), weight, "{facts:?}");
    }
}

#[test]
fn a_picture_used_again_is_weak_and_its_first_use_is_not() {
    let good = checks(CheckOutcome::Agrees, CheckOutcome::Agrees);
    let day = TimeDelta::days(1);
    let elsewhere = Told {
        is_held_elsewhere: true,
        ..nobody()
    };
    for (alike, weight) in [
        (alike(Resemblance::Exact, day), Weight::Weak),
        (alike(Resemblance::Exact, -day), Weight::Strong),
        (alike(Resemblance::Alike, day), Weight::Usable),
        (elsewhere, Weight::Usable),
    ] {
        assert_eq!(word(&facts(), &good, &alike), weight, "{alike:?}");
    }
}
