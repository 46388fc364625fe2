//! One row of each table is damaged: lists, jobs and looks go on without it, and whoever verifies names it.

use std::collections::{BTreeMap, BTreeSet};

use chrono::TimeDelta;
use liangxin_app::usecase::{evidence, ratings};
use liangxin_app::{jobs, store};
use liangxin_tests::app::{TestApp, on_both};
use liangxin_tests::census::count;
use liangxin_tests::flow::{Flow, Step};
use liangxin_tests::pictures;
use sea_orm::{ConnectionTrait as _, DbBackend, Statement};
use serde_json::json;

use super::{check, listed};
use crate::complaints::Dispute;

/// Two matters of each kind, each with all that belongs to it.
async fn two_of_each(app: &TestApp) -> [Flow; 2] {
    let mut flows = Vec::new();
    for other in ["430102", "430104"] {
        let flow = Flow::after(app, Step::ScreenReward).await;
        Dispute::filed(app).await;
        let asked = json!({ "input": {
            "id": app.new_id(), "reportId": flow.report(), "text": "是哪一天买的？",
        } });
        let lin = app.as_("lin");
        lin.run("AskReporter", asked).await.ok();
        let reporter = app.reporter(&flow.receipt_code().await);
        let sent = reporter.upload(flow.report_photo(), pictures::scale());
        assert_eq!(sent.await, Ok(()));
        lin.look_at(flow.report_photo()).await.unwrap();
        let named = Flow::after(app, Step::FileReport).await;
        let raised = json!({ "input": {
            "id": app.new_id(), "reportId": named.report(), "other": other,
            "reason": "经营地不在本区。",
        } });
        lin.run("RaiseCompetenceDispute", raised).await.ok();
        flows.push(flow);
    }
    app.drain_jobs().await;
    jobs::run_due(app.parts()).await;
    [flows.remove(0), flows.remove(0)]
}

/// The tables in which somebody who verifies finds something, with what is said of it.
async fn named(app: &TestApp) -> BTreeMap<String, String> {
    let (_, damaged) = check(app).await;
    let named = damaged.into_iter().map(|row| (row.table, row.why));
    named.collect()
}

#[test]
fn no_table_is_left_out_by_who_verifies() {
    let tables = include_str!("../../../entity/src/lib.rs");
    let read = include_str!("../../../api/app/src/store/check/tables.rs");
    let is_sign = |sign: char| !sign.is_alphanumeric() && sign != '_';
    let read: BTreeSet<&str> = read.split(is_sign).collect();
    let tables = tables
        .lines()
        .filter_map(|line| line.strip_prefix("pub mod "));
    let missing = tables.map(|table| table.trim_end_matches(';'));
    let missing: Vec<_> = missing.filter(|table| !read.contains(table)).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

/// Columns that hold anything but texts and bytes, by table: what SQLite lets in is not what the program reads.
async fn typed_columns(app: &TestApp) -> BTreeMap<String, Vec<String>> {
    let sql = "SELECT m.name AS t, p.name AS c FROM sqlite_master m JOIN pragma_table_info(m.name) p \
         WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' AND m.name <> 'seaql_migrations' \
         AND p.type NOT LIKE 'varchar%' AND p.type <> 'TEXT' AND p.type NOT LIKE 'blob%' \
         ORDER BY p.type LIKE 'uuid%', p.cid";
    let statement = Statement::from_string(DbBackend::Sqlite, sql);
    let rows = app.parts().db.writer().query_all_raw(statement).await;
    let mut columns: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for row in rows.unwrap() {
        let table: String = row.try_get("", "t").unwrap();
        let column = row.try_get("", "c").unwrap();
        columns.entry(table).or_default().push(column);
    }
    columns
}

/// Puts a text in the place of something else into one row of a table; answers the column, if any lets it in.
async fn damage(app: &TestApp, table: &str, columns: Vec<String>) -> Option<String> {
    for column in columns {
        let sql = format!(
            "UPDATE \"{table}\" SET \"{column}\" = '?' \
             WHERE rowid = (SELECT min(rowid) FROM \"{table}\")"
        );
        let done = app.parts().db.writer().execute_unprepared(&sql).await;
        if done.is_ok_and(|done| done.rows_affected() == 1) {
            return Some(column);
        }
    }
    None
}

#[tokio::test]
async fn a_value_of_another_type_is_named_by_who_verifies_whatever_its_table() {
    on_both(async |app| {
        // PostgreSQL lets nothing of another type in.
        if app.parts().db.is_postgres() {
            return;
        }
        two_of_each(&app).await;
        assert_eq!(named(&app).await, BTreeMap::new());
        let mut expected = BTreeMap::new();
        for (table, columns) in typed_columns(&app).await {
            if let Some(column) = damage(&app, &table, columns).await {
                expected.insert(table, column);
            }
        }
        assert!(expected.len() > 40, "{expected:?}");
        let found = named(&app).await;
        for (table, column) in &expected {
            let why = found.get(table).map_or("", String::as_str);
            assert!(why.contains(column.as_str()), "{table}.{column}: {why}");
        }
        assert_eq!(found.len(), expected.len(), "{found:?}");
        app.leave_jobs();
    })
    .await;
}

/// Words that the program takes apart when it reads a row.
const WORDS: &[(&str, &str)] = &[
    ("case_file", "basis"),
    ("clock", "provenance"),
    ("competence_dispute", "other"),
    ("complaint", "state_json"),
    ("event", "kind"),
    ("finding", "indicator"),
    ("instrument", "kind"),
    ("job", "note"),
    ("measurement", "verdict"),
    ("merchant", "venue"),
    ("rating", "reasons"),
    ("report", "progress"),
    ("reward", "file"),
    ("visit_arrival", "party"),
];

#[tokio::test]
async fn a_word_that_nothing_writes_is_named_by_who_verifies_whatever_its_table() {
    on_both(async |app| {
        two_of_each(&app).await;
        for (table, column) in WORDS {
            app.execute(&format!("UPDATE {table} SET {column} = '?'"))
                .await;
        }
        let found = named(&app).await;
        let tables: Vec<_> = found.keys().map(String::as_str).collect();
        let expected: Vec<_> = WORDS.iter().map(|(table, _)| *table).collect();
        assert_eq!(tables, expected, "{found:?}");
        app.leave_jobs();
    })
    .await;
}

/// A list of rows: who reads it, by which operation, and what is damaged of one of its rows.
const LISTS: &[(&str, &str, &str, &str, &str)] = &[
    ("deng", "ListCases", "cases", "case_file", "basis = '?'"),
    ("luo", "ListRewards", "rewards", "reward", "file = '?'"),
    (
        "lin",
        "FindMerchants",
        "merchants",
        "merchant",
        "venue = '?'",
    ),
    ("qiu", "ListAccounts", "accounts", "\"user\"", "email = '?'"),
    (
        "lin",
        "ListCompetenceDisputes",
        "competenceDisputes",
        "competence_dispute",
        "other = '?'",
    ),
];

#[tokio::test]
async fn of_each_list_a_damaged_row_alone_is_missing() {
    on_both(async |app| {
        two_of_each(&app).await;
        for (who, operation, field, table, damage) in LISTS {
            let all = listed(&app, who, operation, field).await;
            assert!(all > 1, "{operation}: {all}");
            let own = match *table {
                "merchant" => "division LIKE '430103%'",
                "\"user\"" => "email LIKE '%@tianxin.example'",
                _ => "TRUE",
            };
            let first = format!("SELECT id FROM {table} WHERE {own} ORDER BY id LIMIT 1");
            app.execute(&format!(
                "UPDATE {table} SET {damage} WHERE id IN ({first})"
            ))
            .await;
            let rest = listed(&app, who, operation, field).await;
            assert_eq!(rest, all - 1, "{operation}");
        }
    })
    .await;
}

#[tokio::test]
async fn of_what_belongs_to_one_matter_a_damaged_row_alone_is_missing() {
    on_both(async |app| {
        let [flow, _] = two_of_each(&app).await;
        let code = flow.receipt_code().await;
        let told = async || {
            let code = json!({ "receiptCode": code });
            let seen = app.anonymous().run("TrackReport", code).await.ok();
            ["timeline", "messages"].map(|list| {
                let list = seen.data(&format!("trackReport.report.{list}"));
                list.as_array().unwrap().len()
            })
        };
        let [events, messages] = told().await;
        assert!(events > 1 && messages == 1);
        let of_it = format!("report_id = {}", app.literal(flow.report()));
        app.execute(&format!(
            "UPDATE event SET kind = '?' WHERE id IN \
             (SELECT id FROM event WHERE {of_it} ORDER BY at, id LIMIT 1)"
        ))
        .await;
        assert_eq!(told().await, [events - 1, messages]);
        // Of a message PostgreSQL lets nothing in that cannot be read.
        if !app.parts().db.is_postgres() {
            app.execute(&format!("UPDATE message SET officer = '?' WHERE {of_it}"))
                .await;
            assert_eq!(told().await, [events - 1, 0]);
        }
    })
    .await;
}

#[tokio::test]
async fn a_grade_that_cannot_be_read_is_missing_from_the_open_data_alone_and_is_computed_anew() {
    on_both(async |app| {
        two_of_each(&app).await;
        let open = async || {
            let listed = ratings::list_after(app.parts(), None).await.unwrap();
            listed.map_or(0, |listed| listed.grades.len())
        };
        let all = open().await;
        assert!(all > 1, "{all}");
        // The last one, behind which the next page begins.
        let last = "SELECT id FROM rating ORDER BY id DESC LIMIT 1";
        app.execute(&format!(
            "UPDATE rating SET reasons = '?' WHERE id IN ({last})"
        ))
        .await;
        assert_eq!(open().await, all - 1);
        let db = &app.parts().db;
        let damaged = "rating_id IN (SELECT id FROM rating WHERE reasons = '?')";
        assert_eq!(count(db, "present_rating", damaged).await, 1);
        // What grades of before took with them is not asked here.
        app.execute("DELETE FROM badge_revocation").await;
        app.advance(TimeDelta::days(1));
        jobs::run_due(app.parts()).await;
        assert_eq!(count(db, "present_rating", damaged).await, 0);
        // Nobody knows what a badge on it said.
        assert_eq!(count(db, "badge_revocation", "TRUE").await, 1);
        assert_eq!(store::sweeps::count_failing(db).await.unwrap(), 0);
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn a_copy_that_cannot_be_read_keeps_no_other_from_being_removed() {
    on_both(async |app| {
        two_of_each(&app).await;
        let db = &app.parts().db;
        assert!(count(db, "photo_copy", "TRUE").await > 1);
        let first = "SELECT id FROM photo_copy ORDER BY made_at, id LIMIT 1";
        app.execute("UPDATE photo_copy SET state = 'dropped'").await;
        app.execute(&format!(
            "UPDATE photo_copy SET large_sha256 = '?' WHERE id IN ({first})"
        ))
        .await;
        evidence::clear_uploads(app.parts()).await.unwrap();
        let rest = count(db, "photo_copy", "state = 'dropped'").await;
        assert_eq!(rest, 1, "the one that cannot be read");
    })
    .await;
}

#[tokio::test]
async fn a_job_that_cannot_be_taken_apart_waits_for_a_person_and_the_next_one_is_done() {
    on_both(async |app| {
        // PostgreSQL lets nothing of another type in.
        if app.parts().db.is_postgres() {
            return;
        }
        for _ in 0..2 {
            Flow::after(&app, Step::FileReport).await;
        }
        app.execute("UPDATE job SET subject = '?' WHERE id = (SELECT min(id) FROM job)")
            .await;
        app.drain_jobs().await;
        let db = &app.parts().db;
        assert_eq!(store::jobs::count_failed(db).await.unwrap(), 1);
        assert_eq!(store::jobs::count_open(db).await.unwrap(), 0);
        app.leave_jobs();
    })
    .await;
}
