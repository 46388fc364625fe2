//! The log of events under its seals: what was changed, removed, inserted or moved behind the program's back is found and
//! named, and what the program itself does breaks nothing.

use std::sync::Arc;
use std::time::Duration;

use chrono::TimeDelta;
use liangxin::boot::{self, Opening};
use liangxin::config::Settings;
use liangxin_app::ports::clock::Clock;
use liangxin_app::ports::evidence_keys::EvidenceKeys;
use liangxin_app::ports::ids::Ids;
use liangxin_app::store;
use liangxin_app::usecase::seals::{self, Finding, Verified, compare_deposit, verify};
use liangxin_app::work::{Db, Noted};
use liangxin_domain::actor::Actor;
use liangxin_domain::event::Event;
use liangxin_domain::id::PhotoId;
use liangxin_tests::app::{TestApp, on_both, on_both_connected, on_stored};
use liangxin_tests::census::{column, count};
use liangxin_tests::program;
use sea_orm::ConnectionTrait as _;
use uuid::Uuid;

/// What verification finds, and how much it read.
pub(crate) async fn found(app: &TestApp) -> (Verified, Vec<Finding>) {
    let mut all = Vec::new();
    let keys = app.parts().evidence_keys.published();
    let mut told = |finding| all.push(finding);
    let read = verify(app.parts(), keys, &mut told).await.unwrap();
    (read, all)
}

/// Writes events about nothing, some seconds apart; answers their ids in the order of the log.
async fn happen(app: &TestApp, events: usize) -> Vec<Uuid> {
    let mut ids = Vec::new();
    for _ in 0..events {
        app.advance(TimeDelta::seconds(7));
        let work = app.parts().work(&Actor::System).await.unwrap();
        let (id, photo) = (app.new_id(), PhotoId::new(app.new_id()));
        work.record(id, Event::PhotoCopied { photo });
        work.commit().await.unwrap();
        ids.push(id);
    }
    ids
}

async fn sealed(app: &TestApp, batches: &[usize]) -> Vec<Uuid> {
    let mut ids = Vec::new();
    for events in batches {
        ids.extend(happen(app, *events).await);
        assert_eq!(seals::make(app.parts()).await.unwrap(), 1);
    }
    ids
}

/// How many events there are; the fixtures bring some.
async fn happened(app: &TestApp) -> usize {
    let events = count(&app.parts().db, "event", "1 = 1").await;
    usize::try_from(events).unwrap()
}

/// An id as a statement writes it.
fn literal(app: &TestApp, id: Uuid) -> String {
    match app.parts().db.is_postgres() {
        true => format!("'{id}'::uuid"),
        false => format!("X'{}'", id.simple()),
    }
}

/// Numbers that follow from a seed.
struct Chance(Ids);

impl Chance {
    fn below(&self, most: usize) -> usize {
        let bytes: [u8; 4] = self.0.bytes();
        usize::try_from(u32::from_be_bytes(bytes)).unwrap() % most
    }
}

/// One edit of the table of events, and the events of which one has to be named.
async fn edit(app: &TestApp, chance: &Chance, ids: &[Uuid]) -> (String, Vec<Uuid>) {
    let (victim, other) = (ids[chance.below(ids.len())], ids[chance.below(ids.len())]);
    let (id, fresh) = (literal(app, victim), app.random_id());
    let new = literal(app, fresh);
    let columns = "at, actor_kind, actor_user, kind, subject, report_id, office, city, province";
    let changes = [
        "kind = 'case_decided'".to_owned(),
        format!("subject = {new}"),
        "at = '2026-11-23 00:59:59.5+00:00'".to_owned(),
        "at = '2031-01-01 00:00:00+00:00'".to_owned(),
        "actor_kind = 'user'".to_owned(),
        format!("actor_user = {new}"),
        format!("report_id = {new}"),
        "office = '430103'".to_owned(),
        "city = ''".to_owned(),
        "province = '430000'".to_owned(),
        "beside = ''".to_owned(),
        format!("id = {new}"),
    ];
    let (sql, named) = match chance.below(4) {
        0 => (
            vec![format!("DELETE FROM event WHERE id = {id}")],
            vec![victim],
        ),
        1 => {
            let copy = format!(
                "INSERT INTO event (id, {columns}) SELECT {new}, {columns} FROM event WHERE id = {id}"
            );
            (vec![copy], vec![fresh])
        }
        2 if victim != other => {
            // Two events change places in the order of the log.
            let (one, two) = (literal(app, victim), literal(app, other));
            let swap = format!(
                "UPDATE event SET at = (SELECT o.at FROM event o WHERE o.id = CASE WHEN event.id = {one} THEN {two} ELSE {one} END) \
                 WHERE id IN ({one}, {two})"
            );
            (vec![swap], vec![victim, other])
        }
        _ => {
            let change = &changes[chance.below(changes.len())];
            let sql = format!("UPDATE event SET {change} WHERE id = {id}");
            (vec![sql], vec![victim, fresh])
        }
    };
    for statement in &sql {
        app.execute(statement).await;
    }
    (sql.join("; "), named)
}

fn names(finding: &Finding, ids: &[Uuid]) -> bool {
    ids.iter()
        .any(|id| finding.to_string().contains(&id.to_string()))
}

#[tokio::test]
async fn every_random_edit_of_the_log_is_found_and_named() {
    for seed in 1..=25 {
        on_both(async |app| {
            let chance = Chance(Ids::seeded(seed));
            let ids = sealed(&app, &[9, 1, 14]).await;
            assert_eq!(found(&app).await.1, []);
            let (sql, named) = edit(&app, &chance, &ids).await;
            let (_, findings) = found(&app).await;
            assert!(
                findings.iter().any(|finding| names(finding, &named)),
                "seed {seed}: `{sql}` was not found: {findings:?}"
            );
            // It is still found when the log goes on.
            sealed(&app, &[3]).await;
            let (_, later) = found(&app).await;
            assert!(
                later.iter().any(|finding| names(finding, &named)),
                "seed {seed}: `{sql}` was forgotten: {later:?}"
            );
        })
        .await;
    }
}

#[tokio::test]
async fn an_edit_that_takes_the_list_under_the_seal_along_is_found_too() {
    on_both(async |app| {
        let before = happened(&app).await;
        let ids = sealed(&app, &[5, 5]).await;
        let third = literal(&app, ids[2]);
        app.execute(&format!("DELETE FROM event WHERE id = {third}")).await;
        app.execute(&format!("DELETE FROM sealed_event WHERE event_id = {third}")).await;
        assert_eq!(
            found(&app).await.1,
            [Finding::Cut(1, i32::try_from(before).unwrap() + 2, [Some(ids[1]), Some(ids[3])])]
        );
        // One that was put into the list, at its end.
        let fresh = app.random_id();
        let new = literal(&app, fresh);
        app.execute(&format!(
            "INSERT INTO event (id, at, actor_kind, kind, subject) VALUES ({new}, '2026-11-23 01:00:09+00:00', 'system', 'photo_copied', {new})"
        ))
        .await;
        app.execute(&format!(
            "INSERT INTO sealed_event (event_id, seal, position, leaf) VALUES ({new}, 2, 5, '{}')",
            "0".repeat(64)
        ))
        .await;
        let (_, findings) = found(&app).await;
        assert!(findings.contains(&Finding::Inserted(fresh)), "{findings:?}");
    })
    .await;
}

#[tokio::test]
async fn an_event_that_pretends_to_be_old_and_to_wait_for_its_seal_is_named_once_it_has_one() {
    on_both(async |app| {
        sealed(&app, &[4]).await;
        app.advance(TimeDelta::days(9));
        sealed(&app, &[4]).await;
        let fresh = app.random_id();
        let new = literal(&app, fresh);
        app.execute(&format!(
            "INSERT INTO event (id, at, actor_kind, kind, subject) VALUES ({new}, '2026-11-25 01:00:09+00:00', 'system', 'photo_copied', {new})"
        ))
        .await;
        app.execute(&format!("INSERT INTO unsealed_event (event_id) VALUES ({new})")).await;
        assert_eq!(seals::make(app.parts()).await.unwrap(), 1);
        assert_eq!(found(&app).await.1, [Finding::Late(fresh, 3)]);
    })
    .await;
}

#[tokio::test]
async fn a_seal_that_was_removed_forged_or_replaced_is_named() {
    on_both(async |app| {
        sealed(&app, &[2, 2, 2, 2]).await;
        let lines: Vec<String> = column_of_seals(&app).await;
        let deposited = async |app: &TestApp| {
            let mut all = Vec::new();
            let keys = app.parts().evidence_keys.published();
            let mut told = |finding| all.push(finding);
            for line in &lines {
                let compared = compare_deposit(app.parts(), keys, line, &mut told).await;
                compared.unwrap();
            }
            all
        };
        assert_eq!(deposited(&app).await, []);
        app.execute("DELETE FROM seal WHERE number = 2").await;
        assert_eq!(found(&app).await.1, [Finding::SealRemoved(2)]);
        assert_eq!(deposited(&app).await, [Finding::SealRemoved(2)]);
        // Signed by another key.
        let other = EvidenceKeys::in_memory(&Ids::seeded(99)).unwrap();
        let other = app.with(|parts| parts.evidence_keys = Arc::new(other));
        let (_, findings) = found(&other).await;
        assert!(matches!(findings[0], Finding::SealForged(1, _)), "{findings:?}");
        // The end of the log with its seals: whoever has the deposit knows.
        app.execute(&format!("INSERT INTO seal (number, made_at, line) VALUES (2, '2026-11-23 01:00:00+00:00', '{}')", lines[1])).await;
        assert_eq!(found(&app).await.1, []);
        for statement in [
            "DELETE FROM event WHERE id IN (SELECT event_id FROM sealed_event WHERE seal = 4)",
            "DELETE FROM sealed_event WHERE seal = 4",
            "DELETE FROM seal WHERE number = 4",
        ] {
            app.execute(statement).await;
        }
        assert_eq!(found(&app).await.1, []);
        assert_eq!(deposited(&app).await, [Finding::SealRemoved(4)]);
        // And the log that went on in another way.
        sealed(&app, &[2]).await;
        assert_eq!(deposited(&app).await, [Finding::SealReplaced(4)]);
    })
    .await;
}

async fn column_of_seals(app: &TestApp) -> Vec<String> {
    let seals = store::seals::list(&app.parts().db, 0, 100).await.unwrap();
    seals.into_iter().map(|seal| seal.line).collect()
}

#[tokio::test]
async fn an_event_that_is_committed_late_comes_under_a_later_seal_and_nobody_waits() {
    on_both_connected(4, async |app| {
        let parts = app.parts();
        let (before, early) = (happened(&app).await, app.new_id());
        let event = Event::PhotoCopied {
            photo: PhotoId::new(app.new_id()),
        };
        if parts.db.is_postgres() {
            // A transaction that has written its event and is open while others commit and are sealed.
            let open = parts.work(&Actor::System).await.unwrap();
            let noted = Noted {
                id: early,
                at: open.now(),
                due_at: open.now(),
                beside: None,
            };
            store::events::insert(&open, noted, &event).await.unwrap();
            let others = tokio::time::timeout(Duration::from_secs(20), sealed(&app, &[5]));
            others.await.unwrap();
            assert_eq!(found(&app).await.1, []);
            open.commit().await.unwrap();
        } else {
            sealed(&app, &[5]).await;
            let late = parts.work(&Actor::System).await.unwrap();
            late.record(early, event);
            late.commit().await.unwrap();
        }
        assert_eq!(found(&app).await.0.waiting, 1);
        assert_eq!(seals::make(parts).await.unwrap(), 1);
        let (read, findings) = found(&app).await;
        assert_eq!(findings, []);
        assert_eq!((read.seals, read.events, read.waiting), (2, before + 6, 0));
        let ids: Vec<Uuid> = column(&parts.db, "event", "id", "1 = 1").await;
        let later = ids.len() - 5;
        assert!(ids[..later].contains(&early) && !ids[later..].contains(&early));
    })
    .await;
}

#[tokio::test]
async fn what_the_version_before_wrote_is_sealed_by_the_first_look() {
    on_stored(async |app| {
        boot::migrate(&app.parts().db).await.unwrap();
        let events = count(&app.parts().db, "event", "1 = 1").await;
        assert!(events > 0);
        assert_eq!(i64::try_from(found(&app).await.0.waiting).unwrap(), events);
        seals::make(app.parts()).await.unwrap();
        let (read, findings) = found(&app).await;
        assert_eq!((findings, read.waiting), (Vec::new(), 0));
        app.leave_jobs();
    })
    .await;
}

#[tokio::test]
async fn two_processes_that_seal_at_once_make_one_chain() {
    on_both_connected(4, async |app| {
        let before = happened(&app).await;
        happen(&app, 30).await;
        let both = tokio::join!(seals::make(app.parts()), seals::make(app.parts()));
        assert!(both.0.is_ok() || both.1.is_ok());
        let (read, findings) = found(&app).await;
        assert_eq!(findings, []);
        assert_eq!((read.events, read.waiting), (before + 30, 0));
    })
    .await;
}

#[tokio::test]
async fn the_command_names_a_changed_event_and_compares_what_was_deposited() {
    let directory = tempfile::tempdir().unwrap();
    let data = directory.path().join("data");
    program::run(&["demo", "--once"], &data);
    let settings = Settings {
        data: Some(data.clone()),
        ..Settings::from_environment(|name| {
            (name == "LIANGXIN_MODE").then(|| "development".to_owned())
        })
    };
    let config = settings.check().unwrap();
    let app = boot::open(&config, Clock::System, String::new(), Opening::Work)
        .await
        .unwrap();
    seals::make(&app).await.unwrap();
    app.db.close().await.unwrap();
    let deposit = directory.path().join("seals");
    std::fs::write(&deposit, program::run(&["log", "seals"], &data)).unwrap();
    let deposit = deposit.to_str().unwrap();
    let told = program::run(&["verify", "log", "--seals", deposit], &data);
    assert!(
        told.contains(" 0 findings") && told.contains(" 0 wait"),
        "{told}"
    );
    let beside = "events name what was recorded beside them";
    let mut lines = told.lines();
    let naming = lines.find_map(|line| line.strip_suffix(beside)?.trim().parse::<u32>().ok());
    assert!(naming.is_some_and(|naming| naming > 0), "{told}");
    let url = format!("sqlite://{}", data.join("liangxin.db").display());
    let db = Db::connect(&url, 1).await.unwrap();
    let id: Vec<Uuid> = column(&db, "event", "id", "kind = 'report_filed'").await;
    let change = "UPDATE event SET kind = 'report_withdrawn' WHERE kind = 'report_filed'";
    db.writer().execute_unprepared(change).await.unwrap();
    db.close().await.unwrap();
    let place = data.to_str().unwrap();
    let (succeeds, told) = program::said(&["verify", "log", "--data", place]);
    assert!(
        !succeeds && told.contains(&format!("event {}: changed", id[0])),
        "{told}"
    );
}
