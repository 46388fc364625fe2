//! A row that cannot be read is told and left out; it takes nothing else with it.

mod tables;

use std::sync::Arc;

use liangxin_app::error::AppError;
use liangxin_app::ports::keys::Column;
use liangxin_app::store;
use liangxin_app::store::check::Damaged;
use liangxin_app::usecase::law;
use liangxin_demo::fixtures::merchant_id;
use liangxin_graphql::limits::Mode;
use liangxin_tests::app::{TestApp, on_both};
use liangxin_tests::census::count;
use liangxin_tests::flow::{Flow, Step};
use liangxin_tests::server::Server;
use serde_json::json;

use crate::complaints::Dispute;

/// How many rows a list of officers shows, page by page of one.
async fn listed(app: &TestApp, who: &str, operation: &str, field: &str) -> usize {
    let officer = app.as_(who);
    let (mut found, mut after) = (0, json!(null));
    loop {
        let page = json!({ "first": 1, "after": after });
        let reply = officer.run(operation, page).await.ok();
        found += reply
            .data(&format!("{field}.items"))
            .as_array()
            .unwrap()
            .len();
        after = reply.data(&format!("{field}.endCursor")).clone();
        if reply.data(&format!("{field}.hasNextPage")) == &json!(false) {
            return found;
        }
    }
}

/// How many rows lists left out, as whoever watches is told.
async fn left_out(server: &Server) -> u64 {
    let figures = server.get("/metrics").send().await.unwrap();
    let figures = figures.text().await.unwrap();
    let mut lines = figures.lines();
    let figure = lines.find_map(|line| line.strip_prefix("liangxin_rows_left_out "));
    figure.unwrap().parse().unwrap()
}

/// What `liangxin verify` finds: how many rows there are, and those that cannot be read.
pub(crate) async fn check(app: &TestApp) -> (usize, Vec<Damaged>) {
    let keys = Arc::clone(&app.parts().keys);
    let opens = move |whose, sealed: &[u8]| {
        keys.unseal(Column::SecondFactor.of(whose), sealed)
            .is_some()
    };
    let checked = store::check::check_all(&app.parts().db, opens).await;
    checked.unwrap()
}

#[tokio::test]
async fn a_row_that_cannot_be_read_is_left_out_of_its_list_and_the_list_goes_on_behind_it() {
    on_both(async |app| {
        for _ in 0..3 {
            Flow::after(&app, Step::FileReport).await;
            Dispute::filed(&app).await;
        }
        app.drain_jobs().await;
        let server = Server::start(&app, Mode::Production).await;
        let lists = [
            ("report", "progress", "ReportQueue", "reports"),
            ("complaint", "state_json", "ComplaintQueue", "complaints"),
        ];
        for (table, column, operation, field) in lists {
            let all = listed(&app, "lin", operation, field).await;
            let second =
                format!("SELECT id FROM {table} ORDER BY received_at, id LIMIT 1 OFFSET 1");
            app.execute(&format!(
                "UPDATE {table} SET {column} = '?' WHERE id IN ({second})"
            ))
            .await;
            // Other tests of this process leave rows out too.
            let before = left_out(&server).await;
            let rest = listed(&app, "lin", operation, field).await;
            assert_eq!(rest, all - 1, "{table}");
            assert!(left_out(&server).await > before, "{table}");
            let (_, damaged) = check(&app).await;
            let found: Vec<_> = damaged.iter().filter(|row| row.table == table).collect();
            assert!(
                found.len() == 1 && found[0].why.contains(column),
                "{damaged:?}"
            );
        }
    })
    .await;
}

#[tokio::test]
async fn a_moment_that_is_none_hides_no_other_row_from_a_list_and_is_named_by_who_verifies() {
    on_both(async |app| {
        // PostgreSQL lets nothing in that is no moment.
        if app.parts().db.is_postgres() {
            return;
        }
        for _ in 0..4 {
            Flow::after(&app, Step::FileReport).await;
            Dispute::filed(&app).await;
        }
        app.drain_jobs().await;
        let lists = [
            ("report", "occurred_at", "ReportQueue", "reports"),
            ("complaint", "received_at", "ComplaintQueue", "complaints"),
        ];
        for (table, column, operation, field) in lists {
            let all = listed(&app, "lin", operation, field).await;
            // Two that follow each other: a whole page of one row, and the one behind it.
            let middle = format!("SELECT id FROM {table} ORDER BY queue_at, id LIMIT 2 OFFSET 1");
            app.execute(&format!(
                "UPDATE {table} SET {column} = '?' WHERE id IN ({middle})"
            ))
            .await;
            assert_eq!(
                listed(&app, "lin", operation, field).await,
                all - 2,
                "{table}"
            );
            let (_, damaged) = check(&app).await;
            let found: Vec<_> = damaged.iter().filter(|row| row.table == table).collect();
            assert_eq!(found.len(), 2, "{damaged:?}");
            for row in found {
                assert!(
                    row.why.contains(column) && !row.why.contains('?'),
                    "{row:?}"
                );
            }
        }
    })
    .await;
}

#[tokio::test]
async fn a_merchant_or_a_period_that_cannot_be_read_leaves_the_queue_as_it_is() {
    on_both(async |app| {
        for _ in 0..2 {
            Flow::after(&app, Step::DispatchVisit).await;
        }
        app.drain_jobs().await;
        let all = listed(&app, "lin", "ReportQueue", "reports").await;
        for statement in [
            "UPDATE merchant SET division = '?' WHERE id IN (SELECT merchant_id FROM report)",
            "UPDATE clock SET extensions = '?' WHERE report_id = (SELECT id FROM report ORDER BY id LIMIT 1)",
        ] {
            app.execute(statement).await;
            assert_eq!(listed(&app, "lin", "ReportQueue", "reports").await, all);
        }
    })
    .await;
}

#[tokio::test]
async fn a_period_whose_matter_cannot_be_read_is_told_and_the_others_are_computed_anew() {
    on_both(async |app| {
        let (first, other) = (
            Flow::after(&app, Step::AcceptReport).await,
            Flow::after(&app, Step::AcceptReport).await,
        );
        app.drain_jobs().await;
        app.execute("UPDATE clock SET due_moved = '2026-11-24' WHERE satisfied_on IS NULL")
            .await;
        let db = &app.parts().db;
        let wrong = async |flow: &Flow| {
            let id = app.literal(flow.report());
            let of_it = format!("report_id = {id} AND due_moved = '2026-11-24'");
            count(db, "clock", &of_it).await
        };
        let before = wrong(&first).await;
        assert!(before > 0 && wrong(&other).await > 0);
        let unit = format!(
            "UPDATE report SET unit = '?' WHERE id = {}",
            app.literal(first.report())
        );
        app.execute(&unit).await;
        let done = law::recompute(app.parts()).await;
        assert!(matches!(done, Err(AppError::Internal { .. })), "{done:?}");
        assert_eq!((wrong(&first).await, wrong(&other).await), (before, 0));
    })
    .await;
}

#[tokio::test]
async fn every_row_that_the_program_writes_can_be_read_by_who_verifies() {
    on_both(async |app| {
        Flow::after(&app, Step::ScreenReward).await;
        Dispute::filed(&app).await;
        app.drain_jobs().await;
        let checked = check(&app).await;
        assert!(checked.0 > 20 && checked.1.is_empty(), "{checked:?}");
    })
    .await;
}

#[tokio::test]
async fn a_tie_that_cannot_be_read_is_named_by_who_verifies() {
    on_both(async |app| {
        let said = json!({ "input": {
            "id": app.new_id(), "merchantId": merchant_id("tianxin-stall-17").uuid(),
            "kind": "RELATIVE", "words": "摊主是本人的表兄。",
        } });
        app.as_("zhou").run("DeclareInterest", said).await.ok();
        assert_eq!(check(&app).await.1, []);
        app.execute("UPDATE declared_interest SET kind = '?'").await;
        let (_, damaged) = check(&app).await;
        let tables: Vec<_> = damaged.iter().map(|row| row.table.as_str()).collect();
        assert_eq!(tables, ["declared_interest"]);
        app.leave_jobs();
    })
    .await;
}

#[tokio::test]
async fn an_arrival_that_cannot_be_read_hides_its_own_visit_from_the_list_and_is_named_by_who_verifies()
 {
    on_both(async |app| {
        let (one, other) = (
            Flow::after(&app, Step::CheckIn).await,
            Flow::after(&app, Step::CheckIn).await,
        );
        app.drain_jobs().await;
        let all = listed(&app, "tang", "MyVisits", "myVisits").await;
        let visit = app.literal(one.visit());
        app.execute(&format!(
            "UPDATE visit_arrival SET party = '?' WHERE visit_id = {visit}"
        ))
        .await;
        let rest = listed(&app, "tang", "MyVisits", "myVisits").await;
        assert_eq!(rest, all - 1);
        let other = json!({ "id": other.visit() });
        app.as_("tang").run("GetVisit", other).await.ok();
        let (_, damaged) = check(&app).await;
        let found: Vec<_> = damaged.iter().map(|row| &*row.table).collect();
        assert_eq!(found, ["visit_arrival"], "{damaged:?}");
    })
    .await;
}
