//! Coming back with the code of a complaint.

use liangxin_tests::app::on_both;
use liangxin_tests::flow::{Flow, Step};

use super::*;
use crate::receipts::wrong;

#[tokio::test]
async fn the_consent_to_publication_may_be_taken_back_once() {
    on_both(async |app| {
        let dispute = Dispute::filed(&app).await;
        dispute
            .by_code("WithdrawPublicationConsent", json!({}))
            .await
            .ok();
        let again = dispute
            .by_code("WithdrawPublicationConsent", json!({}))
            .await;
        assert_eq!(again.problems(), ["CONSENT_MISSING"]);
        let code = json!({ "receiptCode": "0000-0000-0000-0000-0001" });
        let wrong = app.anonymous().run("TrackComplaint", code).await.problems();
        assert_eq!(wrong, ["RECEIPT_CODE_FORMAT"]);
        app.drain_jobs().await;
    })
    .await;
}

async fn track(app: &TestApp, code: &str) -> Reply {
    let variables = json!({ "receiptCode": code });
    app.anonymous().run("TrackComplaint", variables).await
}

#[tokio::test]
async fn the_code_of_a_complaint_is_shown_again_on_the_first_return_alone() {
    on_both(async |app| {
        let dispute = Dispute::filed(&app).await;
        let typed = dispute.code.to_lowercase().replace('-', " ");
        let before = app.census().await;
        let looked = track(&app, &typed).await.ok();
        assert_eq!(looked.text("trackComplaint.complaint.state"), "REGISTERED");
        assert!(
            !looked.body().contains(&dispute.code),
            "a look tells no code"
        );
        assert!(app.census().await.changed_since(&before).is_empty());
        let typed = json!({ "receiptCode": typed });
        let come_back = async || {
            app.anonymous()
                .run("ComeBackToComplaint", typed.clone())
                .await
        };
        let first = come_back().await.ok();
        assert_eq!(first.text("comeBackToComplaint.receiptCode"), dispute.code);
        let second = come_back().await.ok();
        assert_eq!(second.data("comeBackToComplaint.receiptCode"), &Value::Null);
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn wrong_codes_do_not_close_the_door_to_a_complaint() {
    on_both(async |app| {
        let dispute = Dispute::filed(&app).await;
        for n in 0..30 {
            let tried = track(&app, &wrong(n)).await;
            assert_eq!(tried.problems(), ["RECEIPT_UNKNOWN"]);
        }
        track(&app, &dispute.code).await.ok();
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn a_complaint_opens_no_report_and_a_report_no_complaint() {
    on_both(async |app| {
        let dispute = Dispute::filed(&app).await;
        let other = Flow::after(&app, Step::FileReport).await;
        let code = other.receipt_code().await;
        let crossed = track(&app, &code).await;
        assert_eq!(crossed.problems(), ["RECEIPT_UNKNOWN"]);
        let own = json!({ "receiptCode": dispute.code });
        let crossed = app.anonymous().run("TrackReport", own).await;
        assert_eq!(crossed.problems(), ["RECEIPT_UNKNOWN"]);
        app.drain_jobs().await;
    })
    .await;
}
