//! What tells "the same write again" from "another write under the same id" is the command as it is
//! serialised: every field of every command counts.

#![cfg(test)]

#[path = "commands/accounts.rs"]
mod accounts;
#[path = "commands/cases.rs"]
mod cases;
#[expect(dead_code, reason = "walks need more of the samples than this test")]
#[path = "samples/complaints.rs"]
mod complaints;
#[path = "commands/filings.rs"]
mod filings;
#[path = "commands/law.rs"]
mod law;
#[path = "commands/merchants.rs"]
mod merchants;
#[path = "commands/notices.rs"]
mod notices;
#[path = "commands/privacy.rs"]
mod privacy;
#[path = "commands/push.rs"]
mod push;
#[path = "commands/reports.rs"]
mod reports;
#[path = "commands/rewards.rs"]
mod rewards;
#[path = "commands/visits.rs"]
mod visits;

use chrono::DateTime;
use liangxin_domain::{
    evidence::{
        capture::{Capture, Fix, FixSource},
        digest::Sha256,
        photo::{DeclaredPhoto, PhotoKind},
    },
    id::PhotoId,
    operations,
    place::Position,
    step::Command,
    text::Line,
};
use serde_json::Value;
use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Debug,
};
use uuid::Uuid;

#[test]
fn every_field_of_a_command_to_a_complaint_counts() {
    let now = "2026-05-06T01:00:00Z".parse().unwrap();
    check(&complaints::every("430103".parse().unwrap(), now));
}

#[test]
fn an_operation_is_one_step_of_one_noun() {
    let names: Vec<_> = operations::all().map(|(name, _)| name).collect();
    let different: BTreeSet<_> = names.iter().collect();
    assert_eq!(names.len(), different.len());
}

#[test]
fn every_command_to_a_case_is_sent_by_clients() {
    let names: BTreeSet<_> = operations::all().map(|(name, _)| name).collect();
    let asked = <liangxin_domain::cases::command::Command as Command>::OPERATIONS;
    assert!(asked.iter().all(|(name, _)| names.contains(name)));
}

/// Holds the serialised text of samples against each other and against what the compiler knows of
/// their fields.
fn check<C: Command + Debug>(samples: &[C]) {
    check_but(samples, &[]);
}

/// The same of commands that leave out these fields, and no others, where nothing is said in them: what was kept before they
/// were there has its digest still.
fn check_but<C: Command + Debug>(samples: &[C], left_out: &[&str]) {
    check_texts(samples);
    for sample in samples {
        let told = format!("{sample:?}");
        let mut keys = Vec::new();
        match serde_json::to_value(sample).unwrap() {
            Value::Object(variant) => variant.values().for_each(|value| collect(value, &mut keys)),
            unit => assert_eq!(unit, Value::from(sample.operation())),
        }
        keys.sort_unstable();
        let mut known = fields(&told);
        for name in left_out {
            for _ in told.matches(&format!(" {name}: None")) {
                let at = known.iter().position(|known| known == name);
                known.remove(at.expect("it was told"));
            }
        }
        assert_eq!(keys, known, "{told}");
    }
}

/// Holds the serialised text of samples, each with one field changed, against each other.
fn check_texts<C: Command + Debug>(samples: &[C]) {
    let asked: BTreeSet<_> = samples.iter().map(Command::operation).collect();
    let known: BTreeSet<_> = C::OPERATIONS.iter().map(|(name, _)| *name).collect();
    assert_eq!(asked, known, "every command has a sample");
    let mut texts = BTreeMap::new();
    for sample in samples {
        let told = format!("{sample:?}");
        if let Some(other) = texts.insert(serde_json::to_string(sample).unwrap(), told.clone()) {
            assert_eq!(other, told, "two commands have one text");
        }
    }
}

fn collect(value: &Value, keys: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            for (key, value) in fields {
                keys.push(key.clone());
                collect(value, keys);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| collect(item, keys)),
        _ => {}
    }
}

/// The names of all fields, however deep, in the text that the compiler derives.
fn fields(debug: &str) -> Vec<String> {
    let mut names = Vec::new();
    let (mut word, mut is_quoted) = (String::new(), false);
    let mut letters = debug.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' if is_quoted => {
                letters.next();
            }
            '"' => is_quoted = !is_quoted,
            _ if is_quoted => {}
            ':' if letters.peek() == Some(&' ') => names.push(std::mem::take(&mut word)),
            letter if letter.is_ascii_alphanumeric() || letter == '_' => word.push(letter),
            _ => word.clear(),
        }
    }
    names.sort_unstable();
    names
}

#[test]
fn the_names_of_fields_are_found_at_every_depth() {
    let found = fields(r#"A { b: B("x: y"), c: Some(D { e: 1, at: 2026-05-06T01:00:00Z }) }"#);
    assert_eq!(found, ["at", "b", "c", "e"]);
}

/// What apps declare about the taking of a photo: each differs from the first in one field.
fn captures() -> Vec<Capture> {
    let line = |text| Line::parse(text, "line").ok();
    let fix = Fix {
        position: Position::parse(28.2, 112.9, None, "position").unwrap(),
        source: Some(FixSource::Fused),
        is_mock: Some(false),
        age_seconds: Some(1),
    };
    let whole = Capture {
        taken_at: DateTime::parse_from_rfc3339("2026-05-06T09:00:00+08:00").ok(),
        fix: Some(fix.clone()),
        make: line("Example"),
        model: line("Phone 1"),
    };
    let with = |fix| Capture {
        fix: Some(fix),
        ..whole.clone()
    };
    let other = DateTime::parse_from_rfc3339("2026-05-06T01:00:00+00:00").ok();
    vec![
        Capture {
            taken_at: other,
            ..whole.clone()
        },
        Capture {
            make: line("Other"),
            ..whole.clone()
        },
        Capture {
            model: line("Other"),
            ..whole.clone()
        },
        Capture {
            fix: None,
            ..whole.clone()
        },
        with(Fix {
            source: None,
            ..fix.clone()
        }),
        with(Fix {
            is_mock: None,
            ..fix.clone()
        }),
        with(Fix {
            age_seconds: None,
            ..fix.clone()
        }),
        whole.clone(),
    ]
}

/// Lists of photos of which no two are the same.
fn photos() -> Vec<Vec<DeclaredPhoto>> {
    let photo = |id, kind, digest, size_bytes| DeclaredPhoto {
        id: PhotoId::new(Uuid::from_u128(id)),
        kind,
        sha256: Sha256::new([digest; 32]),
        size_bytes,
        tells_place: false,
        capture: Capture::default(),
    };
    let captured = |capture| DeclaredPhoto {
        capture,
        ..photo(1, PhotoKind::Scene, 1, 1)
    };
    let told = DeclaredPhoto {
        tells_place: true,
        ..photo(1, PhotoKind::Scene, 1, 1)
    };
    let first = photo(1, PhotoKind::Scene, 1, 1);
    let second = photo(2, PhotoKind::Scene, 1, 1);
    vec![
        Vec::new(),
        vec![first.clone()],
        vec![second.clone()],
        vec![first.clone(), second.clone()],
        vec![second, first],
        vec![told],
        vec![photo(1, PhotoKind::Mark, 1, 1)],
        vec![photo(1, PhotoKind::Signature, 1, 1)],
        vec![photo(1, PhotoKind::Scene, 2, 1)],
        vec![photo(1, PhotoKind::Scene, 1, 2)],
    ]
    .into_iter()
    .chain(captures().into_iter().map(|it| vec![captured(it)]))
    .collect()
}
