//! What `mobile-contract/README.md` names and counts is the program's. What it says of behaviour is held by the tests of
//! each noun.

use std::collections::BTreeSet;

use chrono::{DateTime, SecondsFormat, Utc};
use liangxin_domain::limits;
use liangxin_domain::metrology::{rules::RuleSet, wire};
use liangxin_domain::policy::Need;
use liangxin_domain::refusal::{Class, Code};
use liangxin_graphql::access;
use liangxin_picture::copy::SIDES;
use liangxin_tests::app::{START, on_both};
use liangxin_tests::contract::{operation, operations, root};
use serde_json::json;

use super::described::{fields, values};
use super::fields_of;

fn page() -> String {
    std::fs::read_to_string(root().join("mobile-contract/README.md")).unwrap()
}

/// What stands in a text between back quotes, outside of blocks.
pub(super) fn quoted(text: &str) -> Vec<&str> {
    let lines = text.lines().filter(|line| !line.starts_with("```"));
    lines
        .flat_map(|line| line.split('`').skip(1).step_by(2))
        .collect()
}

/// The part of a text behind one phrase, up to another.
fn between<'a>(text: &'a str, from: &str, to: &str) -> &'a str {
    let (_, rest) = text.split_once(from).unwrap();
    rest.split_once(to).unwrap().0
}

fn class(code: Code) -> &'static str {
    code.class().into()
}

/// Words of HTTP, which are nobody's of ours.
const HTTP: [&str; 8] = [
    "DELETE", "ETag", "GET", "HEAD", "Location", "PATCH", "POST", "Range",
];

#[test]
fn every_operation_and_every_word_that_the_page_names_is_there() {
    let operations = operations();
    let classes = [Class::Permanent, Class::Retry, Class::SignIn].map(<&str>::from);
    let words = Code::all().map(|code| code.as_str().to_owned());
    let words: BTreeSet<_> = words
        .chain(values())
        .chain(classes.map(str::to_owned))
        .collect();
    let page = page();
    let mut seen = 0;
    for name in quoted(&page) {
        let is_name = name.starts_with(|sign: char| sign.is_ascii_uppercase())
            && name
                .chars()
                .all(|sign| sign.is_ascii_alphanumeric() || sign == '_');
        if is_name && !HTTP.contains(&name) {
            seen += 1;
            let is_there = operations.iter().any(|known| known == name) || words.contains(name);
            assert!(is_there, "there is no {name}");
        }
    }
    assert!(seen > 50, "the page names {seen} things");
}

#[test]
fn the_page_tells_every_class_and_no_other() {
    let page = page();
    let table = between(&page, "| class | what to do |", "No answer at all");
    let told: BTreeSet<_> = table
        .lines()
        .filter_map(|line| line.strip_prefix("| `")?.split_once('`'))
        .map(|(class, _)| class)
        .collect();
    assert_eq!(told, BTreeSet::from_iter(Code::all().map(class)));
    for code in [
        Code::UploadOffset,
        Code::UploadBroken,
        Code::UploadChecksum,
        Code::UploadBusy,
    ] {
        assert_eq!(class(code), "RETRY");
    }
}

#[test]
fn whoever_has_no_account_finds_every_operation_that_needs_none() {
    let page = page();
    let told = between(
        &page,
        "A citizen needs no account:",
        "Where somebody is needed",
    );
    let told: BTreeSet<_> = quoted(told).into_iter().map(str::to_owned).collect();
    let needs_nobody = |field: &String| {
        access::list().any(|(known, need)| known == field && matches!(need, Need::Anyone))
    };
    let about_accounts = ["HandIn", "SignIn", "RefreshSession", "UsePasswordCode"];
    let open: BTreeSet<_> = operations()
        .into_iter()
        .filter(|name| !about_accounts.contains(&name.as_str()))
        .filter(|name| fields_of(&operation(name)).iter().all(needs_nobody))
        .collect();
    assert_eq!(told, open);
}

#[test]
fn the_numbers_of_the_page_are_the_programs() {
    let [large, small] = SIDES;
    assert_eq!((large, small), (1280, 320));
    let days = |seconds: i64| seconds / (24 * 3600);
    assert_eq!(days(limits::UPLOAD_TOKEN_SECONDS), 7);
    assert_eq!(days(limits::UPLOAD_KEPT_SECONDS), 7);
    assert_eq!(limits::HELD_DAYS, 5, "after five days");
    let page = page();
    for phrase in [
        format!(
            "gives an access token ({} minutes",
            limits::ACCESS_TOKEN_SECONDS / 60
        ),
        format!(
            "silence: {} seconds without a byte",
            limits::SILENCE_SECONDS
        ),
        format!(
            "answers {} items if `first` is left out",
            limits::PAGE.default
        ),
        format!("for {} days those that are closed", limits::PULLED_DAYS),
        format!("away for more than {} days", limits::PULLED_GONE_DAYS),
        format!("up to {} items at once", limits::PUSH_ITEMS),
        format!("Of one person {} writes", limits::HELD_ITEMS_PER_PERSON),
        format!(
            "comment comes every {} seconds",
            limits::STREAM_SILENCE_SECONDS
        ),
        format!("stream ends after {} minutes", limits::STREAM_SECONDS / 60),
        format!("a person who has {} streams", limits::STREAMS_PER_PERSON),
        format!("A server that has {} streams", limits::STREAMS),
        "(at most 1,280 pixels)".to_owned(),
        "(320)".to_owned(),
        "seven days after the last byte".to_owned(),
        "works for seven days".to_owned(),
    ] {
        assert!(page.contains(&phrase), "{phrase}");
    }
}

#[test]
fn sums_and_masses_are_exact_text_and_positions_alone_are_floats() {
    for (owner, field, kind) in fields() {
        let is_position = ["Position", "PositionInput"].contains(&owner.as_str());
        assert_eq!(kind.contains("Float"), is_position, "{owner}.{field}");
        let is_whole = field == "fineYuan" && owner.ends_with("Input");
        let is_exact = ["Yuan", "Grams", "YuanPerKg"]
            .iter()
            .any(|end| field.ends_with(end));
        match (is_whole, is_exact) {
            (true, _) => assert!(kind.starts_with("Int"), "{owner}.{field}: {kind}"),
            (false, true) => assert!(kind.contains("String"), "{owner}.{field}: {kind}"),
            (false, false) => {}
        }
    }
}

#[test]
fn every_measurement_among_the_examples_is_judged() {
    let rules = RuleSet::embedded().unwrap();
    let mut judged = Vec::new();
    for entry in std::fs::read_dir(root().join("mobile-contract/examples")).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy();
        // Those of operations have their names, and a program is none.
        if name.starts_with(|sign: char| sign.is_ascii_uppercase()) || !name.ends_with(".json") {
            continue;
        }
        let text = std::fs::read_to_string(&path).unwrap();
        let measurement = wire::read_measurement(&text).unwrap();
        measurement.judge(&rules).unwrap();
        judged.push(path.file_stem().unwrap().to_string_lossy().into_owned());
    }
    judged.sort();
    assert_eq!(
        judged,
        ["fuel-dispenser", "prepackaged-lot", "retail-weighing"]
    );
}

#[tokio::test]
async fn a_moment_is_told_in_utc_as_the_page_shows_it() {
    on_both(async |app| {
        let now = app.anonymous().run("ServerTime", json!({})).await.ok();
        let told = |at: DateTime<Utc>| at.to_rfc3339_opts(SecondsFormat::Millis, true);
        assert_eq!(now.text("serverTime"), told(START.parse().unwrap()));
        let shown = between(&page(), "with three digits of the second, such as `", "`").to_owned();
        assert_eq!(shown, told(shown.parse().unwrap()));
    })
    .await;
}
