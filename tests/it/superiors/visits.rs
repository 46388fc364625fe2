//! What stands on a visit of below is read by nobody above who is not seen to look.

use chrono::TimeDelta;
use liangxin_tests::app::on_both;
use liangxin_tests::census::count;
use liangxin_tests::flow::{Flow, Step};
use serde_json::json;

use super::city_officer;

#[tokio::test]
async fn whoever_reads_in_a_list_what_stands_on_a_visit_of_below_is_seen_to_look() {
    on_both(async |app| {
        city_officer(&app).await;
        Flow::after(&app, Step::SubmitVisit).await;
        let fields = [
            "entries { act }",
            "measurements { id }",
            "instrumentChecks { id }",
            "photos { id }",
            "signatures { takenAt }",
            "arrivals { party }",
            "checkIn { position { latitude } }",
            "formerTeams { reason }",
            "reopenings { reason }",
        ];
        // On a day of its own each, since a look is noted once a day.
        for (day, field) in (1..).zip(fields) {
            let list = format!("{{ reports {{ items {{ visits {{ {field} }} }} }} }}");
            app.as_("gong").send(&list, json!({})).await.ok();
            let looked = count(&app.parts().db, "event", "kind = 'visit_inspected'").await;
            assert_eq!(looked, day, "{field}");
            app.advance(TimeDelta::days(1));
        }
        app.drain_jobs().await;
    })
    .await;
}
