//! How the papers of a case reach its party that no step of the case serves.

use chrono::TimeDelta;
use liangxin_demo::fixtures::user_id;
use liangxin_domain::notices::field::OpenField;
use liangxin_tests::app::{TestApp, on_both};
use serde_json::{Value, json};

use super::matter::{Matter, moment};
use super::week::calendar;

/// A case in which Wu asked to be heard.
async fn to_be_heard(app: &TestApp) -> Matter {
    let matter = Matter::found(app, "LEAD", json!({})).await;
    matter.announced(Matter::penalty("M-QTY-01", 20_000)).await;
    matter.step("wu", "RequestHearing", json!({})).await;
    matter
}

/// The hearing is to be in so many days.
async fn announced_in(matter: &Matter, days: i64) {
    let hearing = json!({
        "at": moment(matter.app.now() + TimeDelta::days(days)), "place": "三楼会议室",
        "chairId": user_id("xiao").uuid(),
    });
    matter.step("deng", "AnnounceHearing", hearing).await;
}

fn record() -> Value {
    json!({ "record": "当事人陈述秤具故障。", "opinion": "维持拟处罚意见。" })
}

#[tokio::test]
async fn no_paper_reaches_the_party_by_a_way_that_the_law_does_not_know() {
    on_both(async |app| {
        let matter = to_be_heard(&app).await;
        announced_in(&matter, 15).await;
        for (change, code) in [
            (json!({ "channel": "PHONE" }), "SERVICE_CHANNEL"),
            (json!({ "channel": "SMS" }), "SERVICE_CHANNEL"),
            (
                json!({ "channel": "INTERNET" }),
                "ADDRESS_CONFIRMATION_REQUIRED",
            ),
            (json!({ "channel": "LEFT" }), "FIELD_REQUIRED"),
            (json!({ "to": null }), "FIELD_REQUIRED"),
            (json!({ "proof": "签" }), "FIELD_TOO_SHORT"),
        ] {
            let service = matter.service("hearing_notice", &change).await;
            let refused = app.as_("deng").refused("RecordService", service).await;
            assert_eq!(refused, [code], "{change}");
        }
        let left = json!({ "channel": "LEFT", "to": "当事人拒收", "witness": "社区干部刘某" });
        let left = matter.service("hearing_notice", &left).await;
        app.as_("deng").run("RecordService", left).await.ok();
        for (field, part) in [
            (OpenField::Served, "听证通知书"),
            (OpenField::ServedHow, "留置送达"),
            (OpenField::Witness, "社区干部刘某"),
        ] {
            let said = matter.said(("service_receipt", "FILE"), field).await;
            assert!(said.contains(part), "{field}: {said}");
        }
        app.leave_jobs();
    })
    .await;
}

#[tokio::test]
async fn a_public_notice_of_a_hearing_counts_after_its_days_and_a_hearing_told_too_late_is_not_held()
 {
    on_both(async |app| {
        calendar(&app).await;
        let matter = to_be_heard(&app).await;
        let hold = async || matter.refused("xiao", "HoldHearing", record()).await;
        announced_in(&matter, 35).await;
        let published = json!({ "channel": "PUBLIC_NOTICE", "to": "当事人下落不明" });
        let published = matter.service("hearing_notice", &published).await;
        app.as_("deng").run("RecordService", published).await.ok();
        app.advance(TimeDelta::days(36));
        assert_eq!(
            hold().await,
            ["HEARING_TOO_SOON"],
            "thirty days, then seven working days"
        );
        announced_in(&matter, 15).await;
        app.advance(TimeDelta::days(16));
        assert_eq!(hold().await, ["HEARING_NOT_SERVED"]);
        announced_in(&matter, 15).await;
        matter.took("hearing_notice").await;
        app.advance(TimeDelta::days(16));
        matter.step("xiao", "HoldHearing", record()).await;
        app.leave_jobs();
    })
    .await;
}
