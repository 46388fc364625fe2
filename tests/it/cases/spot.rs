//! What two officers may punish on the spot, and what they may not.

use chrono::TimeDelta;
use liangxin_demo::fixtures::merchant_id;
use liangxin_tests::app::on_both;
use liangxin_tests::flow::{Flow, Step};
use serde_json::{Value, json};

use super::matter::{Matter, moment, overdue_scale};

#[tokio::test]
async fn what_is_no_matter_for_the_spot_is_refused_with_its_code() {
    on_both(async |app| {
        let reported = Flow::after(&app, Step::SubmitVisit).await;
        let round = overdue_scale(&app).await;
        let beside = merchant_id("tianxin-stall-21").uuid();
        let day = TimeDelta::days(1);
        let imposed = |change: Value| {
            let mut input = Matter::on_the_spot(&app, app.new_id());
            for (name, value) in change.as_object().into_iter().flatten() {
                input[name] = value.clone();
            }
            json!({ "input": input })
        };
        let zhou = app.as_("zhou");
        for (change, code) in [
            (json!({ "visitId": reported.visit() }), "ON_THE_SPOT_REPORT"),
            (
                json!({ "visitId": round, "merchantId": beside }),
                "OTHER_MERCHANT",
            ),
            (json!({ "facts": null }), "FACTS_REQUIRED"),
            (json!({ "at": moment(app.now() + day) }), "TIME_IN_FUTURE"),
            (
                json!({ "at": moment(app.now() - day * 31) }),
                "TIME_TOO_OLD",
            ),
        ] {
            let refused = zhou
                .refused("PunishOnTheSpot", imposed(change.clone()))
                .await;
            assert_eq!(refused, [code], "{change}");
        }
        let taken = imposed(json!({ "visitId": round, "facts": null }));
        let taken = zhou.run("PunishOnTheSpot", taken).await.ok();
        assert_eq!(taken.text("punishOnTheSpot.case.state"), "SERVED");
        app.leave_jobs();
    })
    .await;
}
