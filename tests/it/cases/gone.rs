//! A case whose party is gone: ended wherever it stands before a decision, with the report behind it.

use chrono::TimeDelta;
use liangxin_demo::fixtures::merchant_id;
use liangxin_domain::notices::field::OpenField;
use liangxin_tests::app::{TestApp, on_both};
use liangxin_tests::census::count;
use liangxin_tests::flow::{Flow, Step};
use serde_json::{Value, json};

use super::matter::Matter;

const REASON: &str = "摊主因病去世，个体工商户已注销，没有权利义务承受人。";

fn ending() -> Value {
    json!({ "proof": "死亡医学证明书第0312号", "reason": REASON })
}

/// The register says that stall 17 does no business any more.
async fn closed(app: &TestApp) {
    let today = (app.now() + TimeDelta::hours(8)).date_naive();
    let input = json!({ "input": {
        "id": app.new_id(), "merchantId": merchant_id("tianxin-stall-17").uuid(),
        "on": today, "reason": "注销营业执照",
    } });
    app.as_("lin").run("CloseMerchant", input).await.ok();
    app.advance(TimeDelta::seconds(1));
}

#[tokio::test]
async fn a_case_whose_party_is_gone_is_ended_by_a_head_once_the_register_says_so() {
    on_both(async |app| {
        let matter = Matter::found(&app, "OWN_DISCOVERY", json!({})).await;
        let waits = json!({ "cause": "PARTY_MISSING", "reason": "当事人下落不明，无法询问。" });
        matter.step("he", "SuspendCase", waits).await;
        let refused = matter.refused("he", "TerminateCase", ending()).await;
        assert_eq!(refused, ["PARTY_NOT_GONE"]);
        closed(&app).await;
        for (proof, reason, code) in [
            ("", REASON, "FIELD_REQUIRED"),
            ("死亡医学证明书", "无", "FIELD_TOO_SHORT"),
        ] {
            let input = json!({ "proof": proof, "reason": reason });
            let refused = matter.refused("he", "TerminateCase", input).await;
            assert_eq!(refused, [code]);
        }
        let ended = matter.step("he", "TerminateCase", ending()).await;
        assert_eq!(ended.text("terminateCase.case.state"), "TERMINATED");
        assert_ne!(ended.data("terminateCase.case.closedAt"), &Value::Null);
        assert_eq!(matter.clock("P-DECIDE").await, "LAPSED");
        let paper = ("termination_of_case", "FILE");
        let why = matter.said(paper, OpenField::Reason).await;
        assert!(why.starts_with(REASON) && why.contains("终止经营"), "{why}");
        let shown = matter.said(paper, OpenField::Proofs).await;
        assert_eq!(shown, "死亡医学证明书第0312号");
        let told = format!(
            "kind = 'case_ended' AND subject = {}",
            app.literal(matter.case)
        );
        assert_eq!(count(&app.parts().db, "event", &told).await, 1);
        let again = matter.refused("he", "TerminateCase", ending()).await;
        assert_eq!(again, ["WRONG_STATE"]);
        matter.step("deng", "ArchiveCase", json!({})).await;
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn the_report_behind_a_case_without_a_party_is_closed_with_it_before_anybody_proposed_anything()
 {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::FileCase).await;
        closed(&app).await;
        let matter = Matter {
            app: app.clone(),
            case: flow.case(),
        };
        matter.step("he", "TerminateCase", ending()).await;
        let report = json!({ "id": flow.report() });
        let seen = app.as_("he").run("GetReport", report).await.ok();
        assert_eq!(seen.text("report.state"), "CLOSED_NO_PENALTY");
        let refused = flow.refused(Step::ProposePenalty, json!({})).await;
        assert_eq!(refused, ["WRONG_STATE"]);
        app.leave_jobs();
    })
    .await;
}
