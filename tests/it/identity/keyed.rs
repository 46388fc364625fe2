//! The server's key is no secret from whoever runs it: a hash under it of something that can be tried tells it to them. So nothing
//! that is kept may be such a hash, for whatever purpose the source hashes.

use std::collections::BTreeSet;
use std::path::Path;

use aho_corasick::AhoCorasick;
use base64::{
    Engine as _,
    engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD},
};
use liangxin_app::ports::{ids::Ids, keys::Keys};
use liangxin_app::store;
use liangxin_domain::law::calendar::shanghai_date;
use liangxin_tests::app::on_both;
use liangxin_tests::census::{self, count};
use liangxin_tests::contract::root;
use liangxin_tests::flow::{CONTACT, Flow, Step};
use ring::hmac;

use super::kept::Kept;

/// As much of a hash as is looked for: a longer one begins with it. Five groups of base 64.
const BYTES: usize = 15;

/// How the source asks for a hash under the key.
const ASKED: [&str; 2] = ["keys.hash(", "hash(app"];

/// The words between two quotation marks that could say what a hash is for, in every file that asks for one: a new purpose falls
/// in.
fn purposes() -> BTreeSet<String> {
    let mut purposes = BTreeSet::new();
    add_purposes(&root().join("api/app/src"), &mut purposes);
    purposes
}

fn add_purposes(folder: &Path, purposes: &mut BTreeSet<String>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            add_purposes(&path, purposes);
            continue;
        }
        let source = std::fs::read_to_string(&path).unwrap();
        if ASKED.iter().any(|asked| source.contains(asked)) {
            let words = source.split('"').filter(|words| is_purpose(words));
            for kind in ["report", "complaint"] {
                let words = words.clone();
                purposes.extend(words.map(|words| words.replace("{kind}", kind)));
            }
        }
    }
}

fn is_purpose(words: &str) -> bool {
    let may_stand = |c: char| c.is_ascii_lowercase() || [' ', '{', '}'].contains(&c);
    (3..=40).contains(&words.len()) && words.chars().all(may_stand)
}

/// A value as it is and as somebody would make two spellings of it one.
fn spellings(value: &str) -> BTreeSet<String> {
    let lower = value.to_lowercase();
    let bare = lower.chars().filter(|c| c.is_alphanumeric()).collect();
    BTreeSet::from([value.to_owned(), lower, bare])
}

/// A value whose hash under the key stands among what is kept: what it is for, and where it stands.
fn find<'a>(keys: &Keys, values: &[&'a str], kept: &Kept) -> Option<(&'a str, String, String)> {
    let (mut sought, mut named) = (Vec::new(), Vec::new());
    for purpose in purposes() {
        for value in values {
            for spelling in spellings(value) {
                let hash = keys.hash(&purpose, spelling.as_bytes());
                let hash = &hash[..BYTES];
                let hex: String = hash.iter().map(|byte| format!("{byte:02x}")).collect();
                sought.extend([hash.to_vec(), hex.to_uppercase().into_bytes()]);
                sought.push(hex.into_bytes());
                sought.push(STANDARD_NO_PAD.encode(hash).into_bytes());
                sought.push(URL_SAFE_NO_PAD.encode(hash).into_bytes());
                named.push((*value, purpose.clone()));
            }
        }
    }
    let search = AhoCorasick::new(&sought).unwrap();
    kept.iter().find_map(|(place, bytes)| {
        let found = search.find(bytes)?;
        let (value, purpose) = &named[found.pattern().as_usize() / 5];
        Some((*value, purpose.clone(), place.clone()))
    })
}

/// Nothing that is kept is the hash of something that can be tried.
pub(super) fn assert_unknown(keys: &Keys, values: &[&str], kept: &Kept) {
    assert!(values.len() >= 50, "{}", values.len());
    assert_eq!(find(keys, values, kept), None);
}

#[test]
fn a_hash_of_something_that_can_be_tried_is_found_whatever_it_is_for() {
    let keys = Keys::in_memory(&Ids::seeded(1)).unwrap();
    let phone = "139-0013-9000";
    for (purpose, content) in [
        ("receipt report", phone),
        ("throttle address", "13900139000"),
        ("sender", phone),
    ] {
        let hash = keys.hash(purpose, content.as_bytes());
        let hex: String = hash.iter().map(|byte| format!("{byte:02X}")).collect();
        for form in [
            hash.to_vec(),
            hex.into_bytes(),
            URL_SAFE_NO_PAD.encode(hash).into_bytes(),
        ] {
            let kept = vec![("a row".to_owned(), [b"x", form.as_slice()].concat())];
            let (value, found, _) = find(&keys, &[phone], &kept).unwrap();
            assert_eq!((value, found.as_str()), (phone, purpose));
        }
    }
    let kept = vec![(
        "a row".to_owned(),
        keys.hash("receipt report", b"1").to_vec(),
    )];
    assert_eq!(find(&keys, &[phone], &kept), None);
}

#[tokio::test]
async fn the_database_alone_confirms_no_guess_at_an_address_that_was_asked_today() {
    on_both(async |app| {
        Flow::after(&app, Step::FileReport).await;
        app.drain_jobs().await;
        let db = &app.parts().db;
        assert_eq!(count(db, "mail_question", "TRUE").await, 1);
        let day = store::day_keys::find(db, shanghai_date(app.now())).await;
        let key = hmac::Key::new(hmac::HMAC_SHA256, &day.unwrap().unwrap());
        let guess = hmac::sign(&key, CONTACT.as_bytes());
        let guess = guess.as_ref().iter();
        let guess: String = guess.map(|byte| format!("{byte:02x}")).collect();
        let rows = census::rows(db).await;
        let mut values = rows.iter().flat_map(|row| &row.cells);
        assert!(!values.any(|(_, value)| value.to_lowercase().contains(&guess)));
    })
    .await;
}
