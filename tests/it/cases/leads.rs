//! What came to light without a report, on a visit or without one: a lead with days of its own, until a head decides.

use chrono::TimeDelta;
use liangxin_demo::fixtures::{merchant_id, user_id};
use liangxin_domain::limits::ADDRESS_CHARS;
use liangxin_tests::app::{TestApp, on_both};
use liangxin_tests::census::count;
use serde_json::{Value, json};
use uuid::Uuid;

use super::matter::{Matter, closed, overdue_scale, scale_seen, scale_signed, sent, signed};

/// The one report that there is.
async fn lead(app: &TestApp) -> Value {
    let queue = app.as_("lin").run("ReportQueue", json!({})).await.ok();
    let queue = queue.data("reports.items").as_array().unwrap().clone();
    assert_eq!(queue.len(), 1, "{queue:?}");
    let id = json!({ "id": queue[0]["id"] });
    let seen = app.as_("lin").run("GetReport", id).await.ok();
    seen.data("report").clone()
}

/// What a step on the lead takes.
fn step(app: &TestApp, lead: &Value, more: Value) -> Value {
    let mut input = more;
    input["id"] = json!(app.new_id());
    input["reportId"] = lead["id"].clone();
    json!({ "input": input })
}

fn filing(app: &TestApp, visit: Uuid) -> Value {
    json!({ "input": {
        "id": app.new_id(), "visitId": visit, "inSpite": "拍照设备故障，另有执法记录仪录像。",
        "investigatorIds": [user_id("zhou").uuid(), user_id("tang").uuid()],
    } })
}

#[tokio::test]
async fn what_a_visit_found_is_a_lead_of_its_own_with_the_days_for_filing_and_nothing_found_is_none()
 {
    on_both(async |app| {
        let round = json!({ "patrol": "书院坪农贸市场巡查，查电子秤" });
        scale_seen(&app, (round, "2027-05-11")).await;
        assert_eq!(count(&app.parts().db, "report", "TRUE").await, 0);
        let visit = overdue_scale(&app).await;
        let found = lead(&app).await;
        assert_eq!(found["state"], "VERIFYING");
        assert_eq!(found["foundOnVisitId"], json!(visit));
        assert_eq!(found["foundInMediation"], false);
        assert_eq!(found["goods"], Value::Null);
        assert_eq!(found["clocks"][0]["ruleId"], "P-FILE");
        assert_eq!(found["clocks"][0]["startedOn"], "2026-11-23");
        assert_eq!(found["clocks"][0]["dueOn"], "2026-12-14");
        let words = found["narrative"].as_str().unwrap();
        assert!(words.contains("检定已超期"), "{words}");
        // The same visit once more is the same lead.
        let open = json!({ "input": {
            "id": app.new_id(), "visitId": visit, "reason": "漏看一台秤，补看。",
        } });
        app.as_("zhou").run("ReopenVisit", open).await.ok();
        app.advance(TimeDelta::seconds(1));
        let closed = json!({ "input": { "id": app.new_id(), "visitId": visit } });
        app.as_("zhou").run("SubmitVisit", closed).await.ok();
        assert_eq!(lead(&app).await["id"], found["id"]);
        app.leave_jobs();
    })
    .await;
}

#[tokio::test]
async fn the_days_of_what_a_visit_on_a_lead_found_run_since_it_was_sent() {
    on_both(async |app| {
        let visit = sent(&app, json!({ "lead": "媒体反映摊位缺斤少两" })).await;
        app.advance(TimeDelta::days(1));
        signed(&app, visit, "2026-05-11").await;
        closed(&app, visit).await;
        let found = lead(&app).await;
        assert_eq!(found["foundOnVisitId"], json!(visit));
        assert_eq!(found["clocks"][0]["startedOn"], "2026-11-23");
        app.leave_jobs();
    })
    .await;
}

#[tokio::test]
async fn a_visit_is_closed_however_long_the_address_of_its_merchant_is() {
    on_both(async |app| {
        let stall = app.literal(merchant_id("tianxin-stall-17").uuid());
        let address = "书".repeat(ADDRESS_CHARS);
        let moved = format!("UPDATE merchant SET address = '{address}' WHERE id = {stall}");
        app.execute(&moved).await;
        let visit = overdue_scale(&app).await;
        let found = lead(&app).await;
        assert_eq!(found["foundOnVisitId"], json!(visit));
        assert_eq!(found["place"], json!(address));
        app.leave_jobs();
    })
    .await;
}

#[tokio::test]
async fn a_visit_is_closed_where_no_bureau_writes_the_paper_of_its_lead() {
    on_both(async |app| {
        let round = json!({ "patrol": "书院坪农贸市场巡查，查电子秤" });
        let visit = scale_signed(&app, (round, "2026-05-11")).await;
        let gone =
            "UPDATE bureau SET division = '99' || substr(division, 3) WHERE division LIKE '43%'";
        app.execute(gone).await;
        closed(&app, visit).await;
        let back =
            "UPDATE bureau SET division = '43' || substr(division, 3) WHERE division LIKE '99%'";
        app.execute(back).await;
        let found = lead(&app).await;
        assert_eq!(found["foundOnVisitId"], json!(visit));
        assert_eq!(found["clocks"][0]["ruleId"], "P-FILE");
        let of = json!({ "subjectKind": "REPORT", "subjectId": found["id"] });
        let papers = app.as_("he").run("ListNotices", of).await.ok();
        assert_eq!(papers.data("notices").as_array().unwrap().len(), 0);
        app.leave_jobs();
    })
    .await;
}

#[tokio::test]
async fn the_office_is_warned_of_the_days_of_a_lead_and_a_head_gives_more() {
    on_both(async |app| {
        overdue_scale(&app).await;
        let found = lead(&app).await;
        app.drain_jobs().await;
        app.advance(TimeDelta::days(14));
        app.drain_jobs().await;
        let mails = app.mails().into_iter();
        let warned = mails.filter(|mail| {
            let number = found["number"].as_str().unwrap();
            mail.body.contains(number) && mail.subject.contains("剩余不超过 5 个工作日")
        });
        assert_eq!(warned.count(), 1);
        let more = step(&app, &found, json!({ "reason": "须向生产企业调取资料。" }));
        app.as_("he").run("ExtendVerification", more).await.ok();
        let longer = lead(&app).await;
        assert_eq!(longer["clocks"][0]["extensions"][0]["length"], 15);
        assert_eq!(longer["state"], "VERIFYING_EXTENDED");
        app.leave_jobs();
    })
    .await;
}

#[tokio::test]
async fn what_is_not_filed_is_recorded_with_its_reason_who_approved_it_and_its_paper() {
    on_both(async |app| {
        app.grant("tang", "head").await;
        let visit = overdue_scale(&app).await;
        let found = lead(&app).await;
        let reason =
            json!({ "ground": "NF_1_MINOR", "reason": "已当场停用并送检，没有造成危害。" });
        let proposal = step(&app, &found, reason);
        app.as_("deng").run("ProposeNotFiling", proposal).await.ok();
        let decline = || step(&app, &found, json!({}));
        let was_there = app.as_("tang").refused("DeclineFiling", decline()).await;
        assert_eq!(was_there, ["INVESTIGATOR_CANNOT_APPROVE"]);
        app.as_("he").run("DeclineFiling", decline()).await.ok();
        let declined = lead(&app).await;
        assert_eq!(declined["state"], "NOT_FILED");
        assert_eq!(declined["clocks"][0]["state"], "SATISFIED");
        let of = json!({ "subjectKind": "REPORT", "subjectId": found["id"] });
        let papers = app.as_("he").run("ListNotices", of).await.ok();
        let papers = papers.data("notices").as_array().unwrap().clone();
        let approval = papers
            .iter()
            .filter(|paper| paper["paper"] == "not_filed_approval");
        assert_eq!(approval.count(), 1);
        // What was decided on stays as it is.
        let filed = app.as_("he").refused("FileCase", filing(&app, visit)).await;
        assert_eq!(filed, ["WRONG_STATE"]);
        let open = json!({ "input": {
            "id": app.new_id(), "visitId": visit, "reason": "漏看一台秤，补看。",
        } });
        let opened = app.as_("zhou").refused("ReopenVisit", open).await;
        assert_eq!(opened, ["VISIT_HAS_CASE"]);
        app.leave_jobs();
    })
    .await;
}

#[tokio::test]
async fn a_case_on_a_visit_keeps_the_days_of_its_lead_and_closes_it() {
    on_both(async |app| {
        let matter = Matter::on_patrol(&app).await;
        let filed = lead(&app).await;
        assert_eq!(filed["state"], "FILED");
        assert_eq!(filed["caseId"], json!(matter.case));
        assert_eq!(filed["clocks"][0]["state"], "SATISFIED");
        assert_eq!(matter.clock("P-FILE").await, "", "its lead has them");
        let seen = matter.seen("he").await;
        assert_eq!(seen.text("case.basis"), "VISIT");
        matter.announced(Matter::penalty("M-VER-01", 800)).await;
        matter.decided().await;
        assert_eq!(lead(&app).await["state"], "CLOSED_PENALTY");
        let own = matter.seen("wu").await;
        assert_eq!(own.text("case.conductOn"), "2026-11-23");
        let screen = json!({ "input": { "id": app.new_id(), "reportId": filed["id"] } });
        let refused = app.as_("luo").refused("ScreenReward", screen).await;
        assert_eq!(refused, ["NOBODY_REPORTED"]);
        app.leave_jobs();
    })
    .await;
}

#[tokio::test]
async fn a_penalty_on_the_spot_leaves_no_lead_of_its_visit_open() {
    on_both(async |app| {
        let visit = overdue_scale(&app).await;
        let case = app.new_id();
        let mut imposed = Matter::on_the_spot(&app, case);
        imposed["visitId"] = json!(visit);
        let imposed = json!({ "input": imposed });
        app.as_("zhou").run("PunishOnTheSpot", imposed).await.ok();
        let closed = lead(&app).await;
        assert_eq!(closed["state"], "CLOSED_PENALTY");
        assert_eq!(closed["caseId"], json!(case));
        assert_eq!(closed["clocks"][0]["state"], "SATISFIED");
        app.leave_jobs();
    })
    .await;
}

/// A lead about stall 17 that Deng puts on record.
async fn on_record(app: &TestApp, found_on: &str) -> Value {
    let told = json!({ "input": {
        "id": app.new_id(), "merchantId": merchant_id("tianxin-stall-17").uuid(),
        "foundOn": found_on, "words": "天心区农业农村局移送：五花肉短缺150克。",
    } });
    let first = app.as_("deng").run("OpenLead", told.clone()).await.ok();
    let again = app.as_("deng").run("OpenLead", told).await.ok();
    assert_eq!(again.body(), first.body());
    lead(app).await
}

#[tokio::test]
async fn a_lead_that_nobody_visited_is_on_record_and_not_filed_with_reason_and_paper() {
    on_both(async |app| {
        let told = json!({ "input": {
            "id": app.new_id(), "merchantId": merchant_id("tianxin-stall-17").uuid(),
            "foundOn": "2026-11-24", "words": "暗访时发现秤具异常。",
        } });
        let early = app.as_("deng").refused("OpenLead", told.clone()).await;
        assert_eq!(early, ["TIME_IN_FUTURE"]);
        assert_eq!(app.as_("zhou").refused("OpenLead", told).await, ["DENIED"]);
        let found = on_record(&app, "2026-11-20").await;
        assert_eq!(found["state"], "VERIFYING");
        assert_eq!(found["foundInMediation"], false);
        assert_eq!(found["clocks"][0]["ruleId"], "P-FILE");
        assert_eq!(found["clocks"][0]["startedOn"], "2026-11-20");
        let reason = json!({ "ground": "NO_EVIDENCE", "reason": "复称无短缺，购物凭证不能证明。" });
        let proposal = step(&app, &found, reason);
        app.as_("lin").run("ProposeNotFiling", proposal).await.ok();
        let decline = step(&app, &found, json!({}));
        app.as_("he").run("DeclineFiling", decline).await.ok();
        let declined = lead(&app).await;
        assert_eq!(declined["state"], "NOT_FILED");
        assert_eq!(declined["clocks"][0]["state"], "SATISFIED");
        app.leave_jobs();
    })
    .await;
}

#[tokio::test]
async fn a_case_on_a_lead_that_was_put_on_record_keeps_its_days() {
    on_both(async |app| {
        let found = on_record(&app, "2026-11-20").await;
        let told = json!({
            "reportId": found["id"], "from": "天农移〔2026〕3号", "conductOn": "2026-11-19",
        });
        let matter = Matter::found(&app, "TRANSFER_IN", told).await;
        let seen = matter.seen("he").await;
        assert_eq!(seen.text("case.basis"), "TRANSFER_IN");
        assert_eq!(matter.clock("P-FILE").await, "", "its lead has them");
        let filed = lead(&app).await;
        assert_eq!(filed["state"], "FILED");
        assert_eq!(filed["caseId"], json!(matter.case));
        assert_eq!(filed["clocks"][0]["state"], "SATISFIED");
        app.leave_jobs();
    })
    .await;
}
