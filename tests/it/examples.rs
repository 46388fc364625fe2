//! The story that the examples of the contract tell, with what its people read on the way.

use liangxin_demo::fixtures::merchant_code;
use liangxin_tests::app::{TestApp, on_both};
use liangxin_tests::flow::{Flow, Step};
use serde_json::{Value, json};

/// Somebody's reads. Panics if one is refused.
async fn read(app: &TestApp, who: Option<&str>, reads: &[(&str, Value)]) {
    let session = who.map_or_else(|| app.anonymous(), |key| app.as_(key));
    for (operation, variables) in reads {
        session.run(operation, variables.clone()).await.ok();
    }
}

#[tokio::test]
async fn a_stall_is_reported_visited_and_fined() {
    on_both(async |app| {
        let stall = merchant_code("tianxin-stall-17");
        let anything = json!({});
        let before = [
            ("ServerTime", anything.clone()),
            ("Limits", anything.clone()),
            ("LookUpMerchant", json!({ "code": stall.as_str() })),
            ("ConfidentialityPromise", anything.clone()),
        ];
        read(&app, None, &before).await;
        let flow = Flow::after(&app, Step::SubmitVisit).await;
        let (report, visit) = (
            json!({ "id": flow.report() }),
            json!({ "id": flow.visit() }),
        );
        let code = flow.receipt_code().await;
        let track = ("TrackReport", json!({ "receiptCode": code }));
        read(&app, None, &[track]).await;
        let inspector = [
            ("Me", anything.clone()),
            ("MyVisits", anything.clone()),
            ("GetVisit", visit.clone()),
            ("VisitPhotos", visit),
            ("ListViolations", anything.clone()),
        ];
        read(&app, Some("zhou"), &inspector).await;
        let intake = [
            ("Desk", anything.clone()),
            ("DeskCounts", anything.clone()),
            ("DeskClocks", anything.clone()),
            ("ReportQueue", anything.clone()),
            ("GetReport", report.clone()),
            ("ReportPhotos", report),
        ];
        read(&app, Some("lin"), &intake).await;
        flow.go_on(Step::SubmitVisit, Step::ScreenReward).await;
        let case = json!({ "id": flow.case() });
        let cases = [("ListCases", anything.clone()), ("GetCase", case)];
        read(&app, Some("he"), &cases).await;
        read(&app, Some("luo"), &[("ListRewards", anything)]).await;
        app.drain_jobs().await;
    })
    .await;
}
