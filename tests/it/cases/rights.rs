//! What the party sees and may do, and what nobody may do by another way.

use liangxin_demo::fixtures::user_id;
use liangxin_tests::app::on_both;
use liangxin_tests::flow::{Flow, Step};
use serde_json::{Value, json};

use super::matter::{Matter, overdue_scale};

#[tokio::test]
async fn the_party_sees_neither_the_police_nor_the_day_that_leads_to_a_buyer() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::ServeNotice).await;
        let matter = Matter {
            app: app.clone(),
            case: flow.case(),
        };
        let report = json!({ "facts": "使用作弊秤，获利数额较大。", "report": "核实后书面报告。" });
        matter.step("deng", "ReportCrime", report).await;
        let office = matter.seen("he").await;
        let rules = |seen: &Value| -> Vec<String> {
            let clocks = seen.as_array().unwrap().iter();
            clocks
                .map(|clock| clock["ruleId"].as_str().unwrap().to_owned())
                .collect()
        };
        assert!(rules(office.data("case.clocks")).contains(&"PR-DECIDE".to_owned()));
        let party = matter.seen("wu").await;
        assert_eq!(rules(party.data("case.clocks")), ["P-DEFEND"]);
        assert_eq!(party.data("case.referrals"), &json!([]));
        assert_eq!(party.data("case.conductOn"), &Value::Null);
        assert_eq!(office.text("case.conductOn"), "2026-11-23");
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn what_was_not_served_is_nothing_for_the_party() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::DecideCase).await;
        let papers = async || {
            let of = json!({ "subjectKind": "CASE", "subjectId": flow.case() });
            let listed = app.as_("wu").run("ListNotices", of).await.ok();
            listed.data("notices").as_array().unwrap().len()
        };
        let matter = Matter {
            app: app.clone(),
            case: flow.case(),
        };
        let seen = matter.seen("wu").await;
        assert_eq!(seen.text("case.state"), "NOTICED");
        assert_eq!(seen.data("case.decision"), &Value::Null);
        assert_eq!(seen.data("case.display"), &Value::Null);
        assert_eq!(papers().await, 1, "the notice that was served");
        flow.take(Step::ServeDecision).await;
        assert_eq!(matter.seen("wu").await.text("case.state"), "SERVED");
        assert_eq!(papers().await, 2);
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn a_paper_of_a_case_is_served_by_its_case_alone() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::IssueNotice).await;
        let of = json!({ "subjectKind": "CASE", "subjectId": flow.case() });
        let listed = app.as_("deng").run("ListNotices", of).await.ok();
        let papers = listed.data("notices").as_array().unwrap().clone();
        let notice = papers
            .iter()
            .find(|paper| paper["paper"] == "penalty_notice");
        let service = json!({ "input": {
            "id": app.new_id(), "noticeId": notice.unwrap()["id"], "channel": "IN_PERSON",
            "servedAt": "2026-11-23T01:00:20Z", "proof": "当事人签收。",
        } });
        let refused = app.as_("deng").refused("RecordService", service).await;
        assert_eq!(refused, ["SERVE_BY_CASE"]);
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn whoever_investigated_ends_no_case_by_way_of_its_report() {
    on_both(async |app| {
        app.grant("deng", "head").await;
        let flow = Flow::after(&app, Step::ProposePenalty).await;
        let ends = json!({ "input": {
            "id": app.new_id(), "reportId": flow.report(),
            "to": "OTHER_AGENCY", "receiver": "商务局", "reason": "不属于本机关管辖。",
        } });
        let refused = app.as_("deng").refused("TransferReport", ends).await;
        assert_eq!(refused, ["INVESTIGATOR_CANNOT_APPROVE"]);
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn a_superior_takes_no_case_from_the_office_that_found_it() {
    on_both(async |app| {
        app.grant("liao", "inspector").await;
        let visit = overdue_scale(&app).await;
        let filing = json!({ "input": {
            "id": app.new_id(), "visitId": visit,
            "investigatorIds": [user_id("zhou").uuid(), user_id("tang").uuid()],
        } });
        assert_eq!(
            app.as_("liao").refused("FileCase", filing).await,
            ["DENIED"]
        );
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn a_hearing_is_led_by_somebody_of_the_office_who_may() {
    on_both(async |app| {
        let matter = Matter::found(&app, "LEAD", json!({})).await;
        matter.announced(Matter::penalty("M-QTY-01", 20_000)).await;
        matter.step("wu", "RequestHearing", json!({})).await;
        for chair in ["lin", "liao", "wu"] {
            let hearing = json!({
                "at": "2026-12-20T02:00:00Z", "place": "三楼会议室", "chairId": user_id(chair).uuid(),
            });
            let refused = matter.refused("deng", "AnnounceHearing", hearing).await;
            assert_eq!(refused, ["HANDLER_UNKNOWN"], "{chair}");
        }
        app.drain_jobs().await;
    })
    .await;
}
