//! A disk that is full refuses for now, and everything is well again without a restart.

use liangxin_tests::app::on_both;
use liangxin_tests::census::count;
use liangxin_tests::flow::{Flow, Step};
use sea_orm::{ConnectionTrait as _, Statement};

#[tokio::test]
async fn what_finds_no_room_may_be_sent_again_and_is_taken_when_there_is_room() {
    on_both(async |app| {
        // PostgreSQL has no such switch; its disk is not ours to fill.
        if app.parts().db.is_postgres() {
            return;
        }
        let flow = Flow::new(&app);
        let pages = app
            .parts()
            .db
            .writer()
            .query_one_raw(Statement::from_string(
                sea_orm::DbBackend::Sqlite,
                "PRAGMA page_count",
            ));
        let pages: i64 = pages.await.unwrap().unwrap().try_get_by_index(0).unwrap();
        // Room for little more: of this connection, which the pool has alone.
        app.execute(&format!("PRAGMA max_page_count = {pages}"))
            .await;
        let mut refused = 0;
        for _ in 0..40 {
            let other = Flow::new(&app);
            let anonymous = app.anonymous();
            let sent = anonymous.run("FileReport", other.variables(Step::FileReport));
            match sent.await.problems().as_slice() {
                [] => {}
                [code] if code == "UNAVAILABLE" => {
                    refused += 1;
                    break;
                }
                other => panic!("{other:?}"),
            }
        }
        assert_eq!(refused, 1, "the disk was never full");
        app.execute("PRAGMA max_page_count = 4294967294").await;
        let before = count(&app.parts().db, "report", "1 = 1").await;
        flow.take(Step::FileReport).await.ok();
        let after = count(&app.parts().db, "report", "1 = 1").await;
        assert_eq!(after, before + 1);
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn a_connection_that_is_left_in_a_transaction_does_not_go_back_to_the_pool() {
    on_both(async |app| {
        if app.parts().db.is_postgres() {
            return;
        }
        // As a rollback leaves it that fails when the disk does.
        app.execute("BEGIN").await;
        Flow::after(&app, Step::FileReport).await;
        app.drain_jobs().await;
    })
    .await;
}
