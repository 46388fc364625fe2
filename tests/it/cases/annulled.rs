//! What is left of a decision that was annulled.

use chrono::TimeDelta;
use liangxin::boot;
use liangxin_demo::fixtures::{merchant_id, user_id};
use liangxin_domain::notices::field::{MatterField, OpenField};
use liangxin_tests::app::{TestApp, on_both};
use liangxin_tests::census::count;
use liangxin_tests::flow::{Flow, Step};
use serde_json::{Value, json};
use uuid::Uuid;

use super::matter::{Matter, scale_seen};
use crate::complaints::Dispute;

const TAKEN_BACK: &str = "version LIKE '%annulled_findings'";

/// A decision on a round of the bureau's own, which the stall has.
async fn served(app: &TestApp) -> Matter {
    let matter = Matter::on_patrol(app).await;
    matter.announced(Matter::penalty("M-VER-01", 800)).await;
    matter.decided().await;
    matter
}

/// The case of a story.
fn of(app: &TestApp, flow: &Flow) -> Matter {
    Matter {
        app: app.clone(),
        case: flow.case(),
    }
}

fn annulled(app: &TestApp) -> Value {
    let on = (app.now() + TimeDelta::hours(8)).date_naive();
    json!({
        "kind": "ANNULLED", "by": "COURT", "body": "天心区人民法院", "document": "〔2026〕湘行初5号",
        "on": on, "reason": "送达程序违法，予以撤销。",
    })
}

/// How much of what the visit of a case found against its party counts in the grade.
async fn settled(matter: &Matter) -> i64 {
    let case = matter.app.literal(matter.case);
    let of_visit = format!(
        "visit_id = (SELECT visit_id FROM case_file WHERE id = {case}) \
         AND NOT passed AND settled_on IS NOT NULL"
    );
    count(&matter.app.parts().db, "finding", &of_visit).await
}

#[tokio::test]
async fn what_decisions_that_were_annulled_before_left_standing_is_taken_back_and_nothing_else() {
    on_both(async |app| {
        let decided = async || of(&app, &Flow::after(&app, Step::ServeDecision).await);
        let (gone, stands) = (decided().await, decided().await);
        let counted = settled(&stands).await;
        assert!(counted > 0);
        assert_eq!(settled(&gone).await, counted);
        gone.step("he", "ChangeDecision", annulled(&app)).await;
        gone.took("decision_change").await;
        gone.step("deng", "ArchiveCase", json!({})).await;
        assert_eq!(settled(&gone).await, 0);
        // As the version before left it.
        let case = app.literal(gone.case);
        app.execute(&format!(
            "UPDATE finding SET settled_on = found_on WHERE NOT passed \
             AND visit_id = (SELECT visit_id FROM case_file WHERE id = {case})"
        ))
        .await;
        assert_eq!(settled(&gone).await, counted);
        let db = &app.parts().db;
        for _ in 0..2 {
            app.execute(&format!("DELETE FROM seaql_migrations WHERE {TAKEN_BACK}"))
                .await;
            boot::migrate(db).await.unwrap();
            assert_eq!(count(db, "seaql_migrations", TAKEN_BACK).await, 1);
            assert_eq!(settled(&gone).await, 0);
            assert_eq!(settled(&stands).await, counted);
        }
        app.leave_jobs();
    })
    .await;
}

#[tokio::test]
async fn what_a_visit_found_is_decided_anew_once_its_decision_was_annulled_and_only_once() {
    on_both(async |app| {
        let gone = served(&app).await;
        let seen = gone.seen("he").await;
        let visit: Uuid = seen.text("case.visitId").parse().unwrap();
        let again = || {
            json!({ "input": {
                "id": app.new_id(), "visitId": visit, "inSpite": "拍照设备故障，另有执法记录仪录像。",
                "investigatorIds": [user_id("zhou").uuid(), user_id("tang").uuid()],
            } })
        };
        let he = app.as_("he");
        assert_eq!(he.refused("FileCase", again()).await, ["WRONG_STATE"]);
        gone.step("he", "ChangeDecision", annulled(&app)).await;
        gone.took("decision_change").await;
        gone.step("deng", "ArchiveCase", json!({})).await;
        // What a decision rested on stays as it was, whatever became of the decision.
        let open = json!({ "input": {
            "id": app.new_id(), "visitId": visit, "reason": "复核时发现漏称一笔，补称。",
        } });
        let opened = app.as_("zhou").refused("ReopenVisit", open).await;
        assert_eq!(opened, ["VISIT_HAS_CASE"]);
        let input = again();
        let case = input["input"]["id"].as_str().unwrap().parse().unwrap();
        he.run("FileCase", input).await.ok();
        app.advance(TimeDelta::seconds(1));
        assert_eq!(he.refused("FileCase", again()).await, ["STALE"]);
        let anew = Matter {
            app: app.clone(),
            case,
        };
        let filed = anew.seen("he").await;
        assert_eq!(filed.text("case.inPlaceOfId"), gone.case.to_string());
        assert_eq!(anew.clock("P-FILE").await, "", "it was kept before");
        let lead = anew.said(("filing_approval", "FILE"), MatterField::Lead).await;
        assert!(lead.contains(seen.text("case.number")), "{lead}");
        // Everything of the procedure comes again.
        let early = anew.refused("he", "DecideCase", json!({})).await;
        assert_eq!(early, ["PROPOSAL_REQUIRED"]);
        let heavier = Matter::penalty("M-VER-01", 900);
        assert_eq!(
            anew.refused("deng", "ProposePenalty", heavier).await,
            ["HEAVIER_NEEDS_NEW_FACTS"]
        );
        anew.announced(Matter::penalty("M-VER-01", 800)).await;
        anew.decided().await;
        assert_eq!(anew.seen("wu").await.text("case.state"), "SERVED");
        app.leave_jobs();
    })
    .await;
}

#[tokio::test]
async fn the_report_behind_an_annulled_decision_is_with_its_new_case_and_closed_by_it() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::ServeDecision).await;
        let first = of(&app, &flow);
        let counted = settled(&first).await;
        assert!(counted > 0);
        first.step("he", "ChangeDecision", annulled(&app)).await;
        let case = app.new_id();
        flow.take_with(Step::FileCase, json!({ "id": case })).await;
        app.advance(TimeDelta::seconds(1));
        let report = async || {
            let id = json!({ "id": flow.report() });
            app.as_("he").run("GetReport", id).await.ok()
        };
        assert_eq!(report().await.text("report.state"), "FILED");
        assert_eq!(report().await.text("report.caseId"), case.to_string());
        let anew = Matter {
            app: app.clone(),
            case,
        };
        // What the visit found counts from the new decision on.
        anew.announced(Matter::penalty("M-QTY-01", 2000)).await;
        assert_eq!(settled(&anew).await, 0);
        anew.decided().await;
        assert_eq!(settled(&anew).await, counted);
        assert_eq!(report().await.text("report.state"), "CLOSED_PENALTY");
        app.leave_jobs();
    })
    .await;
}

/// The report that a lead of a mediation opened.
async fn lead(app: &TestApp) -> String {
    let dispute = Dispute::mediating(app).await;
    let lead = json!({ "input": {
        "id": app.new_id(), "complaintId": dispute.id, "words": "现场发现作弊秤。",
    } });
    let told = app.as_("deng").run("ReportLead", lead).await.ok();
    let report = told.text("reportLead.complaint.leads.0.reportId");
    report.to_owned()
}

/// A case on a lead that nobody visited.
fn on_lead(report: &str, merchant: &str) -> Value {
    json!({
        "basis": "LEAD", "reportId": report, "facts": "暗访购买五花肉2000克，实际1850克。",
        "merchantId": merchant_id(merchant).uuid(), "conductOn": "2026-11-23",
    })
}

#[tokio::test]
async fn a_case_against_somebody_else_comes_in_the_place_of_none() {
    on_both(async |app| {
        let report = lead(&app).await;
        let first = Matter::filed(&app, on_lead(&report, "tianxin-stall-17")).await;
        first.announced(Matter::penalty("M-QTY-01", 2000)).await;
        first.decided().await;
        first.step("he", "ChangeDecision", annulled(&app)).await;
        // A lead need not name anybody.
        app.execute("UPDATE report SET merchant_id = NULL").await;
        let other = Matter::filed(&app, on_lead(&report, "tianxin-stall-21")).await;
        let seen = other.seen("he").await;
        assert_eq!(seen.data("case.inPlaceOfId"), &Value::Null);
        app.leave_jobs();
    })
    .await;
}

#[tokio::test]
async fn a_lead_that_nobody_visited_is_decided_anew_in_the_place_of_its_annulled_case() {
    on_both(async |app| {
        let report = lead(&app).await;
        let filing = || on_lead(&report, "tianxin-stall-17");
        let first = Matter::filed(&app, filing()).await;
        app.advance(TimeDelta::seconds(1));
        let seen = first.seen("he").await;
        assert_eq!(seen.data("case.inPlaceOfId"), &Value::Null);
        first.announced(Matter::penalty("M-QTY-01", 2000)).await;
        first.decided().await;
        first.step("he", "ChangeDecision", annulled(&app)).await;
        let anew = Matter::filed(&app, filing()).await;
        let seen = anew.seen("he").await;
        assert_eq!(seen.text("case.inPlaceOfId"), first.case.to_string());
        app.leave_jobs();
    })
    .await;
}

#[tokio::test]
async fn a_matter_that_nobody_visited_names_the_annulled_case_in_whose_place_it_comes() {
    on_both(async |app| {
        let gone = Matter::found(&app, "OWN_DISCOVERY", json!({})).await;
        let filing = |case: Uuid, change: Value| {
            let mut input = json!({
                "id": app.new_id(), "basis": "OWN_DISCOVERY", "inPlaceOfId": case,
                "facts": "暗访购买五花肉2000克，实际1850克。", "conductOn": "2026-11-23",
                "merchantId": merchant_id("tianxin-stall-17").uuid(),
                "investigatorIds": [user_id("zhou").uuid(), user_id("tang").uuid()],
            });
            for (name, value) in change.as_object().into_iter().flatten() {
                input[name] = value.clone();
            }
            json!({ "input": input })
        };
        let refused = async |case: Uuid, change: Value| {
            let filing = filing(case, change);
            app.as_("he").refused("FileCase", filing).await
        };
        gone.announced(Matter::penalty("M-QTY-01", 2000)).await;
        gone.decided().await;
        assert_eq!(refused(gone.case, json!({})).await, ["WRONG_STATE"]);
        gone.step("he", "ChangeDecision", annulled(&app)).await;
        assert_eq!(refused(app.new_id(), json!({})).await, ["NOT_FOUND"]);
        let beside = json!({ "merchantId": merchant_id("tianxin-stall-21").uuid() });
        assert_eq!(refused(gone.case, beside).await, ["OTHER_MERCHANT"]);
        // What a visit found is filed on that visit.
        let visited = served(&app).await;
        visited.step("he", "ChangeDecision", annulled(&app)).await;
        assert_eq!(refused(visited.case, json!({})).await, ["FIELD_FORMAT"]);
        let filed = filing(gone.case, json!({}));
        let case = filed["input"]["id"].as_str().unwrap().parse().unwrap();
        app.as_("he").run("FileCase", filed).await.ok();
        let anew = Matter {
            app: app.clone(),
            case,
        };
        let seen = anew.seen("he").await;
        assert_eq!(seen.text("case.inPlaceOfId"), gone.case.to_string());
        assert_eq!(anew.clock("P-FILE").await, "", "it was kept before");
        let heavier = Matter::penalty("M-QTY-01", 2500);
        let heavier = anew.refused("deng", "ProposePenalty", heavier).await;
        assert_eq!(heavier, ["HEAVIER_NEEDS_NEW_FACTS"]);
        assert_eq!(refused(gone.case, json!({})).await, ["STALE"]);
        app.leave_jobs();
    })
    .await;
}

#[tokio::test]
async fn what_is_looked_at_again_after_an_annulled_decision_goes_on_with_its_report() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::ServeDecision).await;
        let gone = of(&app, &flow);
        gone.step("he", "ChangeDecision", annulled(&app)).await;
        let again = json!({ "visitId": flow.visit() });
        let visit = scale_seen(&app, (again, "2026-05-11")).await;
        let db = &app.parts().db;
        assert_eq!(count(db, "report", "TRUE").await, 1, "it is no other lead");
        let spot = {
            let mut imposed = Matter::on_the_spot(&app, app.new_id());
            imposed["visitId"] = json!(visit);
            json!({ "input": imposed })
        };
        let spot = app.as_("zhou").refused("PunishOnTheSpot", spot).await;
        assert_eq!(spot, ["ON_THE_SPOT_REPORT"]);
        let in_spite = "拍照设备故障，另有执法记录仪录像。";
        let filing = json!({ "visitId": visit, "inSpite": in_spite });
        let anew = Matter::filed(&app, filing).await;
        app.advance(TimeDelta::seconds(1));
        let seen = anew.seen("he").await;
        assert_eq!(seen.text("case.inPlaceOfId"), gone.case.to_string());
        assert_eq!(seen.text("case.basis"), "REPORT");
        let report = async || {
            let id = json!({ "id": flow.report() });
            let seen = app.as_("he").run("GetReport", id).await.ok();
            let state = seen.text("report.state").to_owned();
            (state, seen.text("report.caseId").to_owned())
        };
        let case = anew.case.to_string();
        assert_eq!(report().await, ("FILED".to_owned(), case.clone()));
        // The first visit makes no second one beside it.
        let beside = flow.refused(Step::FileCase, json!({})).await;
        assert_eq!(beside, ["STALE"]);
        anew.announced(Matter::penalty("M-QTY-01", 2000)).await;
        anew.decided().await;
        assert_eq!(report().await, ("CLOSED_PENALTY".to_owned(), case));
        app.leave_jobs();
    })
    .await;
}

#[tokio::test]
async fn what_was_paid_of_an_annulled_decision_stays_in_the_file_and_is_told_the_party() {
    on_both(async |app| {
        let matter = served(&app).await;
        matter.paid("800", "罚0800").await;
        let over = async || {
            let seen = matter.seen("he").await;
            seen.text("case.execution.overpaidYuan").to_owned()
        };
        assert_eq!(over().await, "0.00");
        matter.step("he", "ChangeDecision", annulled(&app)).await;
        assert_eq!(over().await, "800.00");
        let seen = matter.seen("wu").await;
        assert_eq!(seen.text("case.execution.payments.0.receipt"), "罚0800");
        assert_eq!(seen.text("case.execution.owedYuan"), "0.00");
        let paper = ("decision_change", "RESPONDENT");
        assert_eq!(matter.said(paper, OpenField::Sum).await, "800.00元");
        app.leave_jobs();
    })
    .await;
}
