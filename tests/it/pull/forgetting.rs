//! What leaves a phone because time passes, and what is forgotten of it.

use chrono::TimeDelta;
use liangxin_demo::fixtures::merchant_id;
use liangxin_domain::limits::{PULLED_DAYS, PULLED_GONE_DAYS};
use liangxin_tests::app::{TestApp, on_both};
use liangxin_tests::census::count;
use liangxin_tests::flow::{Flow, Step};
use serde_json::json;

use super::patrol;
use super::phone::Phone;

async fn rows(app: &TestApp, condition: &str) -> i64 {
    count(&app.parts().db, "phone_document", condition).await
}

#[tokio::test]
async fn a_closed_visit_leaves_the_phone_after_thirty_days_and_comes_back_when_it_is_opened_again()
{
    on_both(async |app| {
        let flow = Flow::after(&app, Step::SubmitVisit).await;
        let mut zhou = Phone::of(&app, "zhou");
        zhou.pull().await;
        app.advance(TimeDelta::days(PULLED_DAYS - 1));
        app.drain_jobs().await;
        assert!(zhou.pull().await.is_empty());
        app.advance(TimeDelta::days(1));
        app.drain_jobs().await;
        let gone = zhou.pull().await;
        assert!(gone.contains(&flow.visit()), "{gone:?}");
        assert!(zhou.is_empty());
        let opened = json!({ "input": {
            "id": app.new_id(), "visitId": flow.visit(), "reason": "漏记一台秤。",
        } });
        app.as_("zhou").run("ReopenVisit", opened).await.ok();
        zhou.pull().await;
        assert_eq!(zhou.ids("visits"), [flow.visit()]);
        assert_eq!(zhou.ids("merchants").len(), 1);
        app.leave_jobs();
    })
    .await;
}

#[tokio::test]
async fn what_went_is_forgotten_once_every_phone_heard_of_it_or_begins_anew() {
    on_both(async |app| {
        Flow::after(&app, Step::SubmitVisit).await;
        app.advance(TimeDelta::days(PULLED_DAYS));
        app.drain_jobs().await;
        let gone = rows(&app, "is_gone").await;
        assert!(gone > 2 && rows(&app, "NOT is_gone").await == 0, "{gone}");
        app.advance(TimeDelta::days(PULLED_GONE_DAYS) - TimeDelta::minutes(1));
        app.drain_jobs().await;
        assert_eq!(rows(&app, "is_gone").await, gone);
        // From the newest one SQLite counts, so that it stays until another comes.
        patrol(&app, merchant_id("tianxin-stall-05").uuid()).await;
        app.advance(TimeDelta::minutes(1));
        app.drain_jobs().await;
        assert_eq!(rows(&app, "is_gone").await, 0);
        assert!(rows(&app, "NOT is_gone").await > 2);
        app.leave_jobs();
    })
    .await;
}
