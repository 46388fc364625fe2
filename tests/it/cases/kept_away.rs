//! Whoever stepped back or is tied to the party keeps away from all that goes on around the case, too: from the report
//! before it, from who sent that, from visits, photos, papers, the file and the reward.

use chrono::{DateTime, TimeDelta, Utc};
use liangxin_demo::fixtures::{instrument_id, merchant_id};
use liangxin_tests::app::{TestApp, on_both};
use liangxin_tests::flow::{Flow, Step};
use liangxin_tests::script::occurred;
use serde_json::{Value, json};
use uuid::Uuid;

use super::matter::{Matter, moment};
use super::recusal::{ask, declares, id, proposed, rule, team};
use crate::identity;

/// The codes with which an act is refused.
async fn refused(app: &TestApp, who: &str, operation: &str, mut input: Value) -> Vec<String> {
    input["id"] = json!(app.new_id());
    let input = json!({ "input": input });
    app.as_(who).refused(operation, input).await
}

/// Acts. Panics if it is refused.
async fn taken(app: &TestApp, who: &str, operation: &str, mut input: Value) {
    input["id"] = json!(app.new_id());
    let input = json!({ "input": input });
    app.as_(who).run(operation, input).await.ok();
}

/// Somebody steps back from a case.
async fn steps_back(matter: &Matter, who: &str) {
    matter.step("deng", "AskRecusal", ask(who)).await;
    let ruled = rule(who, true, &[]);
    matter.step("he", "RuleOnRecusal", ruled).await;
}

fn of(app: &TestApp, flow: &Flow) -> Matter {
    Matter {
        app: app.clone(),
        case: flow.case(),
    }
}

#[tokio::test]
async fn a_relative_of_the_merchant_decides_nothing_about_a_report_of_it() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::AcceptReport).await;
        let report = flow.report();
        let minor = || json!({ "reportId": report, "ground": "NF_1_MINOR", "reason": "短缺轻微，当场补足。" });
        for who in ["deng", "he"] {
            declares(&app, who).await;
        }
        let declined = refused(&app, "deng", "ProposeNotFiling", minor()).await;
        assert_eq!(declined, ["RECUSED"]);
        taken(&app, "lin", "ProposeNotFiling", minor()).await;
        for (operation, input) in [
            ("DeclineFiling", json!({ "reportId": report })),
            (
                "ExtendVerification",
                json!({ "reportId": report, "reason": "须向生产企业调取资料。" }),
            ),
        ] {
            let refused = refused(&app, "he", operation, input).await;
            assert_eq!(refused, ["RECUSED"], "{operation}");
        }
        let asked = json!({ "reportId": report, "text": "当时几点？" });
        let asked = refused(&app, "deng", "AskReporter", asked).await;
        assert_eq!(asked, ["RECUSED"]);
        app.leave_jobs();
    })
    .await;
}

#[tokio::test]
async fn a_relative_of_the_merchant_does_not_learn_who_reported_it() {
    on_both(async |app| {
        let told = json!({ "identity": identity::identity() });
        let (report, _) = identity::filed(&app, told).await;
        let wanted = json!(["NAME", "PHONE"]);
        let opening = identity::request(&app, "luo", report, "REWARD_PAYMENT", wanted.clone()).await;
        declares(&app, "he").await;
        let approval = || json!({ "openingId": opening, "hours": 24 });
        let approved = refused(&app, "he", "ApproveIdentityOpening", approval()).await;
        assert_eq!(approved, ["RECUSED"]);
        app.grant("xiao", "head").await;
        taken(&app, "xiao", "ApproveIdentityOpening", approval()).await;
        declares(&app, "luo").await;
        let look = json!({ "openingId": opening });
        let seen = refused(&app, "luo", "OpenIdentity", look).await;
        assert_eq!(seen, ["RECUSED"]);
        let again = json!({
            "reportId": report, "purpose": "PROTECTION", "reason": "核对举报人身份", "fields": wanted,
        });
        let asked = refused(&app, "he", "RequestIdentityOpening", again).await;
        assert_eq!(asked, ["RECUSED"]);
        app.leave_jobs();
    })
    .await;
}

#[tokio::test]
async fn whoever_stepped_back_acts_on_nothing_around_the_case() {
    on_both(async |app| {
        for role in ["case_officer", "head"] {
            app.grant("zhou", role).await;
        }
        let flow = Flow::after(&app, Step::IssueNotice).await;
        let matter = of(&app, &flow);
        let papers = json!({ "subjectKind": "CASE", "subjectId": matter.case });
        let papers = app.as_("deng").run("ListNotices", papers).await.ok();
        matter.step("deng", "AskRecusal", ask("zhou")).await;
        let together = rule("zhou", true, &["贺敏", "彭建波"]);
        matter.step("he", "RuleOnRecusal", together).await;
        let stall = merchant_id("tianxin-stall-17").uuid();
        for (operation, input) in [
            (
                "MakeCaseBundle",
                json!({ "caseId": matter.case, "purpose": "移送复议机关" }),
            ),
            (
                "RecordService",
                json!({
                    "noticeId": papers.text("notices.0.id"), "channel": "IN_PERSON",
                    "servedAt": moment(app.now()), "proof": "当事人签收。",
                }),
            ),
            (
                "RedactPhoto",
                json!({
                    "photoId": flow.scene_photo(), "left": 2500, "top": 2500, "width": 5000,
                    "height": 5000, "reason": "照片中有路人面部",
                }),
            ),
            (
                "AskReporter",
                json!({ "reportId": flow.report(), "text": "当时几点？" }),
            ),
            (
                "DispatchInspection",
                json!({
                    "origin": { "caseId": matter.case }, "merchantId": stall,
                    "inspectorIds": [id("tang"), id("peng")],
                }),
            ),
        ] {
            let refused = refused(&app, "zhou", operation, input).await;
            assert_eq!(refused, ["RECUSED"], "{operation}");
        }
        let sent = json!({
            "origin": { "caseId": matter.case }, "merchantId": stall,
            "inspectorIds": [id("zhou"), id("tang")],
        });
        let sent = refused(&app, "he", "DispatchInspection", sent).await;
        assert_eq!(sent, ["RECUSED"]);
        app.leave_jobs();
    })
    .await;
}

#[tokio::test]
async fn whoever_stepped_back_from_the_case_screens_no_reward_for_it() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::ServeDecision).await;
        steps_back(&of(&app, &flow), "luo").await;
        flow.go_on(Step::ServeDecision, Step::FinishCase).await;
        let screened = flow.refused(Step::ScreenReward, json!({})).await;
        assert_eq!(screened, ["RECUSED"]);
        app.leave_jobs();
    })
    .await;
}

#[tokio::test]
async fn who_is_asked_to_step_back_does_not_audit_before_a_head_ruled() {
    on_both(async |app| {
        let matter = Matter::on_patrol(&app).await;
        matter.step("zhou", "ProposePenalty", proposed()).await;
        matter.step("deng", "AskRecusal", ask("xiao")).await;
        let audit = json!({ "kind": "CASE", "opinion": "事实清楚，证据充分。" });
        let early = matter.refused("xiao", "AuditCase", audit).await;
        assert_eq!(early, ["RECUSAL_OPEN"]);
        matter
            .step("he", "RuleOnRecusal", rule("xiao", false, &[]))
            .await;
        matter.audited("CASE").await;
        app.leave_jobs();
    })
    .await;
}

#[tokio::test]
async fn whoever_was_replaced_keeps_the_ban_and_no_right() {
    on_both(async |app| {
        // He sees the case after that, by another role.
        app.grant("zhou", "legal_auditor").await;
        let matter = Matter::on_patrol(&app).await;
        matter
            .step("he", "ReplaceTeam", team(&["tang", "peng"]))
            .await;
        let gone = matter.refused("zhou", "ProposePenalty", proposed()).await;
        assert_eq!(gone, ["DENIED"]);
        matter.step("tang", "ProposePenalty", proposed()).await;
        let audit = json!({ "kind": "CASE", "opinion": "事实清楚，证据充分。" });
        let judged = matter.refused("zhou", "AuditCase", audit).await;
        assert_eq!(judged, ["INVESTIGATOR_CANNOT_APPROVE"]);
        app.leave_jobs();
    })
    .await;
}

/// An arrival at stall 17 at a moment.
fn arrival(visit: Uuid, at: DateTime<Utc>) -> Value {
    json!({
        "visitId": visit, "occurred": occurred(at), "party": "TOLD",
        "position": { "latitude": 28.17059, "longitude": 112.97383, "accuracyM": 8.0 },
    })
}

#[tokio::test]
async fn what_was_done_on_site_before_a_tie_was_declared_is_kept_however_late_it_arrives() {
    on_both(async |app| {
        let visit = app.new_id();
        let sent = json!({ "input": {
            "id": visit, "origin": { "patrol": "书院坪农贸市场巡查，查电子秤" },
            "merchantId": merchant_id("tianxin-stall-17").uuid(),
            "inspectorIds": [id("zhou"), id("tang")],
        } });
        app.as_("lin").run("DispatchInspection", sent).await.ok();
        app.advance(TimeDelta::hours(1));
        let there = app.now();
        app.advance(TimeDelta::hours(8));
        declares(&app, "zhou").await;
        declares(&app, "tang").await;
        app.advance(TimeDelta::minutes(1));
        // Tang has not been there yet.
        let late = arrival(visit, app.now());
        assert_eq!(refused(&app, "tang", "CheckIn", late).await, ["RECUSED"]);
        let check = json!({
            "visitId": visit, "instrumentId": instrument_id("tianxin-stall-17-scale").uuid(),
            "markValidUntil": "2026-05-11", "seal": "INTACT",
        });
        let early = refused(&app, "zhou", "CheckInstrument", check.clone()).await;
        assert_eq!(early, ["RECUSED"], "nobody knows when he was there");
        taken(&app, "zhou", "CheckIn", arrival(visit, there)).await;
        taken(&app, "zhou", "CheckInstrument", check).await;
        app.leave_jobs();
    })
    .await;
}
