//! Coming back with the receipt code.

use chrono::TimeDelta;
use liangxin_app::budget::Spending;
use liangxin_domain::reports::receipt::ReceiptCode;
use liangxin_tests::app::{TestApp, on_both};
use liangxin_tests::census::count;
use liangxin_tests::flow::{Flow, Step};
use liangxin_tests::pictures;
use serde_json::{Value, json};

#[tokio::test]
async fn a_reporter_comes_back_with_the_code_however_it_is_typed() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::AcceptReport).await;
        let code = flow.receipt_code().await;
        app.reporter(&code)
            .upload(flow.report_photo(), pictures::scale())
            .await
            .unwrap();
        let typings = [
            code.clone(),
            code.to_lowercase(),
            code.replace('-', " "),
            code.replace('0', "O"),
            wide(&code),
            format!("查询码：{}。", wide(&code)),
            code.replace('-', "\u{2011}"),
            code.replace('-', "\u{2014}"),
        ];
        for typed in typings {
            let reply = app
                .anonymous()
                .run("TrackReport", json!({ "receiptCode": typed }))
                .await
                .ok();
            assert_eq!(reply.text("trackReport.report.state"), "VERIFYING");
            assert_eq!(reply.data("trackReport.report.photosStored"), &json!(1));
            assert_eq!(reply.data("trackReport.report.photosDeclared"), &json!(1));
            let timeline = reply
                .data("trackReport.report.timeline")
                .as_array()
                .unwrap();
            let events: Vec<_> = timeline
                .iter()
                .map(|entry| entry["event"].as_str().unwrap())
                .collect();
            assert_eq!(events, ["report_filed", "report_accepted", "photo_stored"]);
        }
        app.drain_jobs().await;
    })
    .await;
}

/// As a Chinese keyboard writes it, in full width.
fn wide(code: &str) -> String {
    let wide = |c: char| char::from_u32(u32::from(c) + 0xFEE0).unwrap();
    code.chars().map(wide).collect()
}

#[tokio::test]
async fn a_mistyped_code_is_told_apart_from_an_unknown_one() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::FileReport).await;
        let mut typed = flow.receipt_code().await;
        let last = if typed.ends_with('7') { "8" } else { "7" };
        typed.replace_range(typed.len() - 1.., last);
        for (code, problem) in [
            (typed, "RECEIPT_CODE_FORMAT"),
            (String::new(), "RECEIPT_CODE_FORMAT"),
            (
                ReceiptCode::from_bytes([7; 18]).to_string(),
                "RECEIPT_UNKNOWN",
            ),
        ] {
            let reply = app
                .anonymous()
                .run("TrackReport", json!({ "receiptCode": code }))
                .await;
            assert_eq!(reply.problems(), [problem]);
        }
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn the_code_is_shown_again_on_the_first_return_and_never_after() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::FileReport).await;
        let code = flow.receipt_code().await;
        let typed = json!({ "receiptCode": code.to_lowercase().replace('-', "") });
        let before = app.census().await;
        let looked = app.anonymous().run("TrackReport", typed.clone()).await.ok();
        assert!(!looked.body().contains(&code), "a look tells no code");
        assert!(app.census().await.changed_since(&before).is_empty());
        let come_back = async || app.anonymous().run("ComeBackToReport", typed.clone()).await;
        let first = come_back().await.ok();
        assert_eq!(first.text("comeBackToReport.receiptCode"), code);
        let second = come_back().await.ok();
        assert_eq!(second.data("comeBackToReport.receiptCode"), &Value::Null);
        let wrong = json!({ "receiptCode": wrong(9) });
        let wrong = app.anonymous().run("ComeBackToReport", wrong).await;
        assert_eq!(wrong.problems(), ["RECEIPT_UNKNOWN"]);
        let moments = count(
            &app.parts().db,
            "report",
            "receipt_shown_again_at IS NOT NULL",
        )
        .await;
        assert_eq!(moments, 1, "the moment is kept");
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn whoever_is_signed_in_files_as_anybody_does() {
    on_both(async |app| {
        let flow = Flow::new(&app);
        let report = flow.variables(Step::FileReport);
        let mut part = report["input"].clone();
        part["id"] = json!(app.new_id());
        part["photos"] = json!([]);
        let part = json!({ "input": { "id": app.new_id(), "report": part } });
        let complaint = crate::complaints::form(&app, app.new_id());
        let complaint = json!({ "input": complaint });
        let writes = [
            ("FileReport", report),
            ("FileSubmission", part),
            ("FileComplaint", complaint),
        ];
        for (operation, variables) in writes {
            let named = app.as_("lin").run(operation, variables.clone()).await.ok();
            // As from a phone whose session is over meanwhile.
            let again = app.anonymous().run(operation, variables).await.ok();
            assert_eq!(named.body(), again.body());
        }
        let db = &app.parts().db;
        let named = "actor <> 'anonymous' AND operation LIKE 'File%'";
        assert_eq!(count(db, "command", named).await, 0);
        let named = "actor_user IS NOT NULL AND kind LIKE '%_filed'";
        assert_eq!(count(db, "event", named).await, 0);
        app.drain_jobs().await;
    })
    .await;
}

/// A well-formed code that nobody has.
pub(crate) fn wrong(n: u8) -> String {
    ReceiptCode::from_bytes([n; 18]).to_string()
}

/// Has an address spend all that it may spend at once.
fn spend_all(app: &TestApp, spending: Spending, address: &str) {
    let budgets = &app.parts().budgets;
    let mut spent = std::iter::repeat_with(|| budgets.spend(spending, address, app.parts().now()));
    assert!(spent.any(|spent| spent.is_err()));
}

#[tokio::test]
async fn however_many_wrong_codes_are_tried_the_right_one_opens_every_door() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::FileReport).await;
        let code = flow.receipt_code().await;
        for n in 0..30 {
            let tried = json!({ "receiptCode": wrong(n) });
            let reply = app.anonymous().run("TrackReport", tried).await;
            assert_eq!(reply.problems(), ["RECEIPT_UNKNOWN"]);
        }
        let tracked = json!({ "receiptCode": code });
        app.anonymous().run("TrackReport", tracked).await.ok();
        let own = json!({ "input": { "id": app.new_id(), "receiptCode": code } });
        let applied = app.anonymous().run("ApplyForReward", own.clone()).await;
        assert_eq!(applied.problems(), ["NOT_FOUND"], "there is no reward yet");
        app.anonymous().run("WithdrawReport", own).await.ok();
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn looks_from_one_address_are_bounded_and_told_with_the_seconds() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::FileReport).await;
        let tracked = json!({ "receiptCode": flow.receipt_code().await });
        spend_all(&app, Spending::Look, "198.51.100.1");
        let market = app.anonymous().at("198.51.100.1");
        let elsewhere = app.anonymous().at("198.51.100.2");
        elsewhere.run("TrackReport", tracked.clone()).await.ok();
        for _ in 0..2 {
            let reply = market.run("TrackReport", tracked.clone()).await;
            assert_eq!(reply.problems(), ["TOO_MANY_ATTEMPTS"]);
            // Nothing comes back by and by, that a neighbour could take first.
            app.advance(TimeDelta::seconds(1));
        }
        app.advance(TimeDelta::minutes(10));
        market.run("TrackReport", tracked).await.ok();
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn reports_from_one_address_are_bounded_and_none_is_half_taken() {
    on_both(async |app| {
        spend_all(&app, Spending::Filing, "198.51.100.1");
        let flow = Flow::new(&app);
        let market = app.anonymous().at("198.51.100.1");
        let filing = flow.variables(Step::FileReport);
        let refused = market.refused("FileReport", filing.clone()).await;
        assert_eq!(refused, ["TOO_MANY_ATTEMPTS"]);
        app.advance(TimeDelta::minutes(10));
        market.run("FileReport", filing).await.ok();
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn who_floods_a_markets_address_reads_from_no_answer_whether_a_neighbour_filed() {
    on_both(async |app| {
        let flow = Flow::new(&app);
        let mut told = Vec::new();
        let (market, other) = ("198.51.100.1", "198.51.100.2");
        for address in [market, other] {
            spend_all(&app, Spending::Filing, address);
        }
        app.advance(TimeDelta::seconds(2));
        let neighbour = app.anonymous().at(market);
        let filing = flow.variables(Step::FileReport);
        let refused = neighbour.refused("FileReport", filing.clone()).await;
        assert_eq!(refused, ["TOO_MANY_ATTEMPTS"], "nothing came back to it");
        for address in [market, other] {
            let session = app.anonymous().at(address);
            let reply = session.run("FileReport", filing.clone()).await;
            told.push(format!("{reply:?}"));
        }
        assert_eq!(told[0], told[1], "code, words and seconds");
        app.drain_jobs().await;
    })
    .await;
}
