//! `limits.json` tells every bound that the program names, and what the program bounds has a name.

use std::collections::BTreeSet;
use std::path::Path;

use liangxin_domain::limits;
use liangxin_domain::metrology::wire::LARGEST_MEASUREMENT_BYTES;
use liangxin_graphql::limits as graphql;
use liangxin_tests::app::on_both;
use liangxin_tests::contract::{assert_file, root};
use serde_json::{Map, Value, json};

use super::pretty;

/// The constants of a module by their names.
macro_rules! bounds {
    ($module:ident: $($name:ident)*) => {
        [$((stringify!($name), json!($module::$name))),*]
    };
}

/// Every number of `api/domain/src/limits.rs`, but for the page, which has two.
fn domain() -> impl Iterator<Item = (&'static str, Value)> {
    bounds!(limits:
        LINE_CHARS NARRATIVE_CHARS PHONE_CHARS EMAIL_CHARS REPORTER_NAME_CHARS ADDRESS_CHARS STALL_CHARS
        CERTIFICATE_CHARS ACCURACY_CLASS_CHARS DECIMAL_CHARS OPENING_REASON_CHARS CALENDAR_VERSION_CHARS
        OFFICERS ROLES COMPLAINANTS REPRESENTATIVES MEDIATORS EXCLUSIONS KNOWN_RULES
        ANSWER_SECONDS PHOTO_ANSWER_SECONDS SILENCE_SECONDS BODY_SPAN_SECONDS BODY_SPAN_BYTES
        PHOTO_BYTES PHOTO_PIXELS FORM_PHOTO_BYTES PHOTOS_PER_OWNER REDACTIONS_PER_PHOTO FIX_AGE_SECONDS
        RECONCILED_RECORDS UPLOAD_TOKEN_SECONDS UPLOAD_KEPT_SECONDS ACCESS_TOKEN_SECONDS REFRESH_TOKEN_SECONDS
        DEVICE_TOKEN_SECONDS BUNDLE_LINK_SECONDS ORIGINAL_LINK_SECONDS BUNDLES_SHOWN PASSWORD_MIN_CHARS
        PASSWORD_MAX_BYTES GRAPHQL_BODY_BYTES LOG_EXPORT_ROWS FAILED_SIGN_INS_DAYS CALENDAR_BYTES
        FORM_FIELDS_BYTES CLOCK_AHEAD_SECONDS BOOT_ID_CHARS ZONE_CHARS COUNTER_MILLISECONDS ANCHOR_SECONDS
        REPORT_AGE_DAYS JOINT_REPORTERS CLAIM_PASSWORD_MIN_CHARS
        IDENTITY_KEEP_DAYS MAJOR_FACTS FACT_MATCHES REASON_CHARS CHARGES FINDINGS ON_THE_SPOT_DAYS
        PAPER_FIELD_CHARS FURTHER_DAYS CASE_ACTS VISIT_TEAMS VISIT_REOPENINGS VISIT_SIGNINGS PASSPORT_DAYS OPINIONS_FEWEST
        PUSH_ITEMS PUSH_AFTER PUSH_AGAIN_SECONDS HELD_DAYS HELD_ITEMS_PER_PERSON HELD_BYTES_PER_PERSON HELD_ITEMS
        HELD_CONTENT_DAYS
        OWN_INTERESTS
        MESSAGE_CHARS ANSWERS_PER_DAY QUESTIONS_PER_DAY PHOTO_ADDITIONS_PER_DAY OPENING_HOURS_MOST
        PULLED_DAYS PULLED_GONE_DAYS PULLED_COMPARED
        STREAM_SECONDS STREAM_SILENCE_SECONDS STREAMS_PER_PERSON STREAMS
        CHECKED_TEXTS CHECKED_CHARS SIMILAR_RADIUS_METRES SIMILAR_FEWEST SIMILAR_MORE SIMILAR_WEEKS
    )
    .into_iter()
}

/// Every number of `api/graphql/src/limits.rs`.
fn of_documents() -> impl Iterator<Item = (&'static str, Value)> {
    bounds!(graphql:
        MAX_DOCUMENT_BYTES MAX_TOKENS MAX_NESTING MAX_ALIASES MAX_ROOT_FIELDS MAX_DIRECTIVES
        MAX_DIRECTIVES_PER_FIELD MAX_SELECTIONS MAX_DEPTH MAX_RECURSION MAX_COMPLEXITY
    )
    .into_iter()
}

/// How a bound is called in the contract.
fn key(name: &str) -> String {
    let name = match name.strip_prefix("MAX_") {
        Some(name) => format!("GRAPHQL_{name}"),
        None => name.replace("_OWNER", "_RECORD"),
    };
    let mut parts = name.split('_').map(str::to_ascii_lowercase);
    let first = parts.next().unwrap_or_default();
    parts.fold(first, |key, part| {
        let (head, tail) = part.split_at(1);
        key + &head.to_ascii_uppercase() + tail
    })
}

fn told() -> Map<String, Value> {
    let named = domain().chain(of_documents());
    let mut told: Map<_, _> = named.map(|(name, bound)| (key(name), bound)).collect();
    for (key, bound) in [
        ("pageDefault", json!(limits::PAGE.default)),
        ("pageMost", json!(limits::PAGE.most)),
        ("measurementBytes", json!(LARGEST_MEASUREMENT_BYTES)),
    ] {
        told.insert(key.to_owned(), bound);
    }
    told
}

#[test]
fn the_list_of_limits_is_the_programs() {
    assert_file("mobile-contract/limits.json", &pretty(&Value::from(told())));
}

/// The names of the public constants of a file that are numbers.
fn constants(file: &str) -> BTreeSet<String> {
    let text = std::fs::read_to_string(root().join(file)).unwrap();
    let declared = text
        .lines()
        .filter_map(|line| line.strip_prefix("pub const "));
    declared
        .filter_map(|declared| declared.split_once(": "))
        .filter(|(_, rest)| !rest.starts_with(['&', 'P']))
        .map(|(name, _)| name.to_owned())
        .collect()
}

#[test]
fn no_bound_of_the_program_is_left_out() {
    for (file, listed) in [
        ("api/domain/src/limits.rs", domain().collect::<Vec<_>>()),
        ("api/graphql/src/limits.rs", of_documents().collect()),
    ] {
        let listed: BTreeSet<_> = listed
            .into_iter()
            .map(|(name, _)| name.to_owned())
            .collect();
        assert_eq!(listed, constants(file), "{file}");
    }
}

#[test]
fn every_length_of_a_text_that_people_send_has_a_name() {
    fn look(folder: &Path, bare: &mut Vec<String>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                look(&path, bare);
                continue;
            }
            let text = std::fs::read_to_string(&path).unwrap();
            let lengths = text.split("Text<").skip(1);
            if lengths
                .into_iter()
                .any(|rest| rest.starts_with(|sign: char| sign.is_ascii_digit()))
            {
                bare.push(path.display().to_string());
            }
        }
    }
    let mut bare = Vec::new();
    for source in ["api/domain/src", "api/app/src", "api/graphql/src"] {
        look(&root().join(source), &mut bare);
    }
    assert_eq!(bare, Vec::<String>::new());
}

#[tokio::test]
async fn what_limits_answers_stands_in_the_list() {
    on_both(async |app| {
        let reply = app.anonymous().run("Limits", json!({})).await.ok();
        let told = told();
        let answered = reply.data("limits").as_object().unwrap();
        assert!(!answered.is_empty());
        for (key, bound) in answered {
            assert_eq!(told.get(key), Some(bound), "{key}");
        }
    })
    .await;
}
