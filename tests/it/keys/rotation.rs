//! Another key in the place of one, without losing what hangs on it.

use std::fs;

use chrono::TimeDelta;
use liangxin::boot::{self, Opening};
use liangxin_app::ports::clock::Clock;
use liangxin_app::ports::evidence_keys::Statement;
use liangxin_app::ports::identity_keys::{IdentityKeys, RECIPIENT};
use liangxin_app::ports::key_files::{EVIDENCE, SECRET, SIGNING};
use liangxin_app::ports::keys::{Column, Holder, Purpose};
use liangxin_app::usecase::keys::{Present, Rotated};
use liangxin_domain::privacy::identity::{IdentityField, Personal};
use liangxin_tests::program;
use sea_orm::ConnectionTrait as _;
use uuid::Uuid;

use super::{Stand, on_both_empty, open_to_others, put};

/// Puts another key in the place of one, as the command line does.
async fn rotate(stand: &Stand, which: Rotated<'_>, present: Present) -> String {
    match boot::rotate(&stand.config(&stand.keys()), which, present).await {
        Ok(()) => String::new(),
        Err(error) => format!("{error:#}"),
    }
}

#[tokio::test]
async fn another_secret_key_opens_and_finds_what_was_there() {
    on_both_empty(async |stand| {
        let app = stand.open(Opening::Migrate).await.unwrap();
        let row = app.ids.uuid(app.now());
        let sealed = app
            .keys
            .seal(&app.ids, Column::Contact.of(row), "a@b.example");
        let code = app.keys.hash("receipt report", b"a code");
        app.db.close().await.unwrap();
        let file = stand.keys().join(SECRET);
        let before = fs::read(&file).unwrap();
        assert_eq!(rotate(stand, Rotated::Secret, Present::Held).await, "");
        let after = fs::read(&file).unwrap();
        assert_ne!(before, after);
        let goes_on = async || {
            let app = stand.open(Opening::Work).await.unwrap();
            assert_eq!(app.keys.hash("receipt report", b"a code"), code);
            let opened = app
                .keys
                .unseal(Column::Contact.of(row), sealed.as_ref().unwrap());
            assert_eq!(opened.as_deref(), Some("a@b.example"));
            app.db.close().await.unwrap();
        };
        goes_on().await;
        // Cut behind the database, before the file took its place: the next start ends it.
        put(&stand.keys().join("secret.key.next"), &after);
        put(&file, &before);
        goes_on().await;
        assert_eq!(fs::read(&file).unwrap(), after);
        // Cut before the database: the key is as good as a fresh one, and nothing hangs on it.
        put(&stand.keys().join("secret.key.next"), &[9; 32]);
        goes_on().await;
        assert_eq!(rotate(stand, Rotated::Secret, Present::Held).await, "");
        assert_eq!(fs::read(&file).unwrap(), [9; 32]);
        goes_on().await;
        // The one of before is another one now.
        put(&file, &before);
        assert!(stand.refused(Opening::Work).await.contains("KEY_FOREIGN"));
    })
    .await;
}

#[tokio::test]
async fn tokens_of_before_work_beside_those_of_another_signing_key_until_they_end() {
    on_both_empty(async |stand| {
        let holder = Holder::Photos { report: Uuid::from_u128(7), series: 0 };
        let mut tokens = Vec::new();
        for _ in 0..3 {
            let app = stand.open(Opening::Migrate).await.unwrap();
            tokens.push(app.keys.issue(holder, (app.now(), 900)).unwrap());
            for token in &tokens {
                assert!(app.keys.read(Purpose::Upload, token, app.now()).is_some());
            }
            app.db.close().await.unwrap();
            assert_eq!(rotate(stand, Rotated::Signing, Present::Held).await, "");
        }
        // After the longest life of a token, no key of before is believed.
        let long_ago = "UPDATE server_key SET since = '2020-01-01 00:00:00+00:00' WHERE name LIKE 'signed before %'";
        let db = stand.connect().await;
        db.writer().execute_unprepared(long_ago).await.unwrap();
        db.close().await.unwrap();
        let app = stand.open(Opening::Work).await.unwrap();
        assert!(app.keys.read(Purpose::Upload, &tokens[2], app.now()).is_none());
        // Nobody who writes into the database alone adds a key of his own.
        app.db.writer().execute_unprepared(
            "UPDATE server_key SET since = '2200-01-01 00:00:00+00:00', name = name || 'x' WHERE name LIKE 'signed before %'",
        ).await.unwrap();
        app.db.close().await.unwrap();
        let app = stand.open(Opening::Work).await.unwrap();
        assert!(app.keys.read(Purpose::Upload, &tokens[2], app.now()).is_none());
        app.db.close().await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn what_an_evidence_key_signed_stays_proved_when_it_is_rotated_and_when_it_is_lost() {
    on_both_empty(async |stand| {
        let mut lines = Vec::new();
        for present in [Present::Held, Present::Lost, Present::Held] {
            let app = stand.open(Opening::Migrate).await.unwrap();
            let keys = &app.evidence_keys;
            lines.push(keys.sign(Statement::Holding, b"{}").unwrap());
            let published = keys.published();
            for line in &lines {
                let (_, key) = published.open(Statement::Holding, line).unwrap();
                let is_present = Some(line) == lines.last();
                assert_eq!(key.was_the_one(app.now() + TimeDelta::days(1)), is_present);
            }
            app.db.close().await.unwrap();
            if present == Present::Lost {
                fs::remove_file(stand.keys().join(EVIDENCE)).unwrap();
            }
            assert_eq!(rotate(stand, Rotated::Evidence, present).await, "");
        }
        // Nobody who writes into the database alone adds a key of his own.
        let db = stand.connect().await;
        let moved = "UPDATE server_key SET name = name || 'x' WHERE name LIKE 'evidence before %'";
        db.writer().execute_unprepared(moved).await.unwrap();
        db.close().await.unwrap();
        let app = stand.open(Opening::Work).await.unwrap();
        let published = app.evidence_keys.published();
        assert!(published.open(Statement::Holding, &lines[0]).is_err());
        app.db.close().await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn names_are_sealed_to_the_new_identity_key_and_open_with_both() {
    on_both_empty(async |stand| {
        let field = IdentityField::Name;
        let name = Personal::new("陈婉清".to_owned());
        let whose = Uuid::from_u128(7);
        let mut sealed = Vec::new();
        let mut recipients = Vec::new();
        for _ in 0..3 {
            let app = stand.open(Opening::Migrate).await.unwrap();
            let keys = &app.identity_keys;
            sealed.push(keys.seal(whose, field, &name).unwrap());
            recipients.push(keys.recipient().unwrap());
            for sealed in &sealed {
                assert_eq!(keys.open_field(whose, field, sealed).unwrap(), name);
            }
            app.db.close().await.unwrap();
            assert_eq!(rotate(stand, Rotated::OwnIdentity, Present::Held).await, "");
        }
        recipients.dedup();
        assert_eq!(recipients.len(), 3);
        // Cut between the private half and the public one.
        put(&stand.keys().join(RECIPIENT), recipients[2].as_bytes());
        assert_eq!(stand.refused(Opening::Work).await, "");
        // One that an operator made: the setting has to follow.
        let outside = IdentityKeys::generate();
        let recipient = outside.recipient().unwrap();
        let which = Rotated::Recipient(&recipient);
        assert_eq!(rotate(stand, which, Present::Held).await, "");
        assert!(stand.refused(Opening::Work).await.contains("KEY_FOREIGN"));
        let mut config = stand.config(&stand.keys());
        config.identity_key = Some(recipient);
        let app = boot::open(&config, Clock::System, String::new(), Opening::Work)
            .await
            .unwrap();
        let last = app.identity_keys.seal(whose, field, &name).unwrap();
        assert!(app.identity_keys.open_field(whose, field, &last).is_none());
        assert_eq!(outside.open_field(whose, field, &last).unwrap(), name);
        assert_eq!(
            app.identity_keys
                .open_field(whose, field, &sealed[0])
                .unwrap(),
            name
        );
        app.db.close().await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_key_that_is_lost_gets_a_successor_by_a_word_of_its_own_alone() {
    on_both_empty(async |stand| {
        assert_eq!(stand.refused(Opening::Migrate).await, "");
        for (which, name) in [
            (Rotated::Secret, SECRET),
            (Rotated::Signing, SIGNING),
            (Rotated::Evidence, EVIDENCE),
        ] {
            let held = rotate(stand, which, Present::Lost).await;
            assert!(held.contains("KEY_HELD") && held.contains(name), "{held}");
            fs::remove_file(stand.keys().join(name)).unwrap();
            let missing = rotate(stand, which, Present::Held).await;
            assert!(missing.contains("KEY_MISSING"), "{missing}");
            assert_eq!(rotate(stand, which, Present::Lost).await, "");
            assert_eq!(stand.refused(Opening::Work).await, "");
        }
    })
    .await;
}

#[test]
fn keys_are_listed_and_rotated_on_the_command_line() {
    let directory = tempfile::tempdir().unwrap();
    let data = directory.path().join("data");
    program::run(&["demo", "--once"], &data);
    for which in ["secret", "token-signing", "evidence-signing", "identity"] {
        let told = program::run(&["keys", "rotate", which], &data);
        assert!(told.contains("rotated"), "{told}");
    }
    let listed = program::run(&["keys", "list"], &data);
    for name in [
        SECRET,
        SIGNING,
        EVIDENCE,
        "recipient",
        "signed before ",
        "evidence before ",
    ] {
        assert!(listed.contains(name), "{listed}");
    }
    let sealed = "0 open with no private key that lies here";
    assert!(listed.contains(sealed), "{listed}");
    let told = program::run(&["verify"], &data);
    assert!(told.contains(sealed), "{told}");
    assert!(told.contains(", 0 cannot be"), "{told}");
    assert_eq!(open_to_others(&data), Vec::<String>::new());
}
