//! A disk that is full or fails refuses for now, and everything is well again without a restart.

use liangxin_tests::app::on_both;
use liangxin_tests::census::count;
use liangxin_tests::chance::Chance;
use liangxin_tests::failing_disk::{FailingDisk, Failure};
use liangxin_tests::flow::{Flow, Step};
use liangxin_tests::phone::{Answer, Phone};
use liangxin_tests::program::Program;
use liangxin_tests::script::Script;
use sea_orm::{ConnectionTrait as _, Statement};
use serde_json::json;
use std::time::Duration;
use tokio::{sync::watch, time::timeout};

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

/// A report as it is sent, with what was answered.
async fn file(phone: &Phone, script: &Script) -> Answer {
    let variables = script.variables(Step::FileReport);
    phone.ask("FileReport", &variables, None).await
}

fn receipt(answer: &Answer) -> String {
    let Answer::Done(filed) = answer else {
        panic!("not filed: {answer:?}");
    };
    filed["receipt"]["receiptCode"].as_str().unwrap().to_owned()
}

fn is_for_now(answer: &Answer) -> bool {
    matches!(answer, Answer::Refused { class, .. } if class == "RETRY")
}

/// Everything that was acknowledged is there.
async fn track(phone: &Phone, receipts: &[String], how: Failure) {
    for code in receipts {
        let tracked = json!({ "receiptCode": code });
        let found = phone.ask("TrackReport", &tracked, None).await;
        assert!(matches!(found, Answer::Done(_)), "{how:?}: {found:?}");
    }
}

async fn ready(program: &Program) -> u16 {
    let answer = reqwest::get(format!("{}/readyz", program.url)).await;
    answer.unwrap().status().as_u16()
}

/// Waits for the moment from which it can serve again: what works in the background may just be trying, and holds the writer for a
/// moment more.
async fn ready_again(program: &Program, how: Failure) {
    let again = async {
        while ready(program).await != 200 {
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    };
    if timeout(Duration::from_secs(10), again).await.is_err() {
        let answer = reqwest::get(format!("{}/readyz", program.url)).await;
        let why = answer.unwrap().text().await.unwrap();
        panic!("{how:?}: not ready without a restart: {why}");
    }
}

#[tokio::test]
async fn a_disk_that_fails_refuses_for_now_and_all_is_well_again_without_a_restart() {
    for how in [Failure::Device, Failure::Full, Failure::ReadOnly] {
        let directory = tempfile::tempdir().unwrap();
        let data = directory.path().join("data");
        let disk = FailingDisk::make(&data, directory.path());
        let program = Program::serve(&data, &disk.environment()).await;
        let (_never, give_up) = watch::channel(None);
        let phone = Phone::new(&program.url, give_up);
        let now = phone.server_time().await.unwrap();
        let mut chance = Chance::of(7);
        let [first, second] = [(); 2].map(|()| Script::new(|| chance.uuid(), now));
        let mut receipts = vec![receipt(&file(&phone, &first).await)];
        assert_eq!(ready(&program).await, 200);
        disk.fail(how);
        for _ in 0..3 {
            let refused = file(&phone, &second).await;
            assert!(is_for_now(&refused), "{how:?}: {refused:?}");
            assert_eq!(ready(&program).await, 503, "{how:?}");
        }
        // Who reads is served.
        track(&phone, &receipts, how).await;
        disk.mend();
        ready_again(&program, how).await;
        receipts.push(receipt(&file(&phone, &second).await));
        track(&phone, &receipts, how).await;
    }
}
