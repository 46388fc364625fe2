//! A report that was sent to another unit: who may ask its reporter, and who opens.

use liangxin_tests::app::on_both;
use serde_json::json;

use super::{approval, filed, identity, look, request};

#[tokio::test]
async fn the_unit_that_has_a_report_asks_and_opens_and_the_one_that_sent_it_approves_no_more() {
    on_both(async |app| {
        // The city received it; it happened there, and the district gets it.
        let change = json!({ "merchantCode": null, "division": "430100", "identity": identity() });
        let (report, _) = filed(&app, change).await;
        let question =
            || json!({ "input": { "id": app.new_id(), "reportId": report, "text": "当时几点？" } });
        let early = app.as_("lin").refused("AskReporter", question()).await;
        assert_eq!(early, ["NOT_FOUND"]);
        let sent = json!({ "input": { "id": app.new_id(), "reportId": report, "to": "430103",
            "basis": "行为发生地。" } });
        app.as_("yi").run("DispatchReport", sent).await.ok();
        app.as_("lin").run("AskReporter", question()).await.ok();
        let opening = request(&app, "luo", report, "REWARD_PAYMENT", json!(["NAME"])).await;
        let listed = app
            .as_("he")
            .run("ListIdentityOpenings", json!({}))
            .await
            .ok();
        assert_eq!(listed.text("identityOpenings.0.id"), opening.to_string());
        app.as_("he")
            .run("ApproveIdentityOpening", approval(&app, opening))
            .await
            .ok();
        app.as_("luo")
            .run("OpenIdentity", look(&app, opening))
            .await
            .ok();
        // Back in the city's hands: the district neither asks nor looks any longer.
        let back = json!({ "input": { "id": app.new_id(), "reportId": report,
            "reason": "行为发生地不在本区。" } });
        app.as_("lin").run("ReturnReport", back).await.ok();
        for (who, operation, variables) in [
            ("lin", "AskReporter", question()),
            ("luo", "OpenIdentity", look(&app, opening)),
            ("he", "ApproveIdentityOpening", approval(&app, opening)),
        ] {
            let tried = app.as_(who).refused(operation, variables).await;
            assert_eq!(tried, ["NOT_FOUND"], "{who} {operation}");
        }
        let listed = app
            .as_("he")
            .run("ListIdentityOpenings", json!({}))
            .await
            .ok();
        assert_eq!(listed.data("identityOpenings"), &json!([]));
        app.drain_jobs().await;
    })
    .await;
}
