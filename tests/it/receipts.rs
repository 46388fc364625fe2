//! Coming back with the receipt code.

use liangxin_domain::reports::receipt::ReceiptCode;
use liangxin_tests::app::on_both;
use liangxin_tests::flow::{Flow, Step};
use liangxin_tests::pictures;
use serde_json::json;

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
            let codes = app
                .anonymous()
                .refused("TrackReport", json!({ "receiptCode": code }))
                .await;
            assert_eq!(codes, [problem]);
        }
        app.drain_jobs().await;
    })
    .await;
}
