//! Visits that no report caused, and who was there.

use chrono::TimeDelta;
use liangxin_demo::fixtures::{merchant_id, user_id};
use liangxin_tests::app::{TestApp, on_both};
use liangxin_tests::flow::{Flow, STEPS, Step};
use serde_json::{Value, json};
use uuid::Uuid;

/// The input of an inspection without a report, of stall 17 by Zhou and Tang.
fn inspection(id: Uuid, origin: Value) -> Value {
    json!({ "input": {
        "id": id, "origin": origin,
        "merchantId": merchant_id("tianxin-stall-17").uuid(),
        "inspectorIds": [user_id("zhou").uuid(), user_id("tang").uuid()],
    } })
}

/// Sends an inspection, sends it again, and sends another one for the same reason; answers the first.
async fn sent(app: &TestApp, who: &str, origin: Value) -> Value {
    let input = inspection(app.new_id(), origin);
    let officer = app.as_(who);
    let first = officer.run("DispatchInspection", input.clone()).await.ok();
    let again = officer.run("DispatchInspection", input.clone()).await.ok();
    assert_eq!(again.body(), first.body());
    let mut second = input;
    second["input"]["id"] = json!(app.new_id());
    let refused = officer.refused("DispatchInspection", second).await;
    assert_eq!(refused, ["VISIT_OPEN"]);
    first.data("dispatchInspection.visit").clone()
}

#[tokio::test]
async fn inspectors_are_sent_without_a_report_by_plan_draw_lead_patrol_and_to_look_again() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::FileCase).await;
        let (plan, visit, case) = (app.new_id(), flow.visit(), flow.case());
        let told = "12315转来的线索：缺斤少两";
        for (who, origin, kind, id, about) in [
            ("lin", json!({ "planId": plan }), "PLAN", Some(plan), None),
            ("he", json!({ "drawId": plan }), "DRAW", Some(plan), None),
            (
                "lin",
                json!({ "visitId": visit }),
                "VISIT_AGAIN",
                Some(visit),
                None,
            ),
            (
                "he",
                json!({ "caseId": case }),
                "CASE_AGAIN",
                Some(case),
                None,
            ),
            ("lin", json!({ "lead": told }), "LEAD", None, Some(told)),
            ("lin", json!({ "patrol": told }), "PATROL", None, Some(told)),
        ] {
            let visit = sent(&app, who, origin).await;
            let expected = json!({ "kind": kind, "id": id, "about": about });
            assert_eq!(visit["origin"], expected);
            let seen = json!({ "id": visit["id"] });
            let read = app.as_("tang").run("GetVisit", seen.clone()).await.ok();
            assert_eq!(read.data("visit.report"), &json!(null));
            // Whoever was not sent and has no desk in the division finds nothing.
            let found = app.as_("peng").run("GetVisit", seen).await.ok();
            assert!(found.data("visit").is_null());
        }
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn what_is_no_reason_or_not_this_offices_sends_nobody() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::DispatchVisit).await;
        let round = || json!({ "patrol": "书院坪市场秤具巡查" });
        for (origin, code) in [
            (json!({ "lead": "缺" }), "FIELD_TOO_SHORT"),
            (json!({ "patrol": "  巡查 \n " }), "FIELD_TOO_SHORT"),
            (json!({ "lead": " " }), "FIELD_REQUIRED"),
            (json!({ "lead": "长".repeat(121) }), "FIELD_TOO_LONG"),
            (json!({ "planId": Uuid::nil() }), "FIELD_FORMAT"),
            (json!({ "visitId": flow.visit() }), "WRONG_STATE"),
            (json!({ "visitId": app.new_id() }), "NOT_FOUND"),
            (json!({ "caseId": app.new_id() }), "NOT_FOUND"),
        ] {
            let sent = inspection(app.new_id(), origin.clone());
            assert_eq!(
                app.as_("lin").refused("DispatchInspection", sent).await,
                [code],
                "{origin}"
            );
        }
        for who in ["zhou", "deng", "wu", "luo"] {
            let sent = inspection(app.new_id(), round());
            assert_eq!(
                app.as_(who).refused("DispatchInspection", sent).await,
                ["DENIED"],
                "{who}"
            );
        }
        let mut elsewhere = inspection(app.new_id(), round());
        elsewhere["input"]["merchantId"] = json!(merchant_id("yuelu-stall-01").uuid());
        assert_eq!(
            app.as_("lin")
                .refused("DispatchInspection", elsewhere)
                .await,
            ["MERCHANT_UNKNOWN"]
        );
        // The city stands above Tianxin and does not act there.
        app.grant("gong", "head").await;
        let sent = inspection(app.new_id(), round());
        assert_eq!(
            app.as_("gong").refused("DispatchInspection", sent).await,
            ["DENIED"]
        );
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn what_is_looked_at_again_belongs_to_the_same_merchant() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::FileCase).await;
        for origin in [
            json!({ "visitId": flow.visit() }),
            json!({ "caseId": flow.case() }),
        ] {
            let mut sent = inspection(app.new_id(), origin);
            sent["input"]["merchantId"] = json!(merchant_id("tianxin-stall-05").uuid());
            assert_eq!(
                app.as_("he").refused("DispatchInspection", sent).await,
                ["OTHER_MERCHANT"]
            );
        }
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn a_visit_without_a_report_is_made_to_its_end_and_a_case_is_filed_on_it() {
    on_both(async |app| {
        let visit = app.new_id();
        let sent = inspection(visit, json!({ "patrol": "书院坪市场秤具巡查" }));
        app.as_("lin").run("DispatchInspection", sent).await.ok();
        let flow = Flow::new(&app);
        let on_site = STEPS
            .into_iter()
            .filter(|step| (Step::CheckInstrument..=Step::SubmitVisit).contains(step));
        for step in [Step::CheckIn, Step::ArriveToo].into_iter().chain(on_site) {
            flow.take_with(step, json!({ "visitId": visit })).await;
            if step == Step::DeclarePhotos {
                flow.send_photos().await;
            }
        }
        let seen = app
            .as_("he")
            .run("GetVisit", json!({ "id": visit }))
            .await
            .ok();
        assert_eq!(seen.text("visit.state"), "SUBMITTED");
        let filed = json!({
            "visitId": visit,
            "inSpite": "样品检验报告显示不合格。",
            "facts": "样品经检验净含量短缺。",
        });
        let filed = flow.take_with(Step::FileCase, filed).await;
        assert_eq!(filed.text("fileCase.case.state"), "FILED");
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn a_visit_is_closed_only_when_two_officers_arrived_and_showed_who_they_are() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::DispatchVisit).await;
        flow.take_with(Step::CheckIn, json!({ "party": null }))
            .await;
        for step in [Step::RecordMeasurement, Step::DeclarePhotos] {
            flow.take(step).await;
        }
        flow.send_photos().await;
        flow.take(Step::SignRecord).await;
        assert_eq!(
            flow.refused(Step::SubmitVisit, json!({})).await,
            ["ARRIVALS_TWO_REQUIRED"]
        );
        app.advance(TimeDelta::seconds(1));
        flow.take_with(Step::ArriveToo, json!({ "party": "NOBODY_THERE" }))
            .await;
        assert_eq!(
            flow.refused(Step::ArriveToo, json!({})).await,
            ["WRONG_STATE"]
        );
        assert_eq!(
            flow.refused(Step::SubmitVisit, json!({})).await,
            ["CERTIFICATE_NOT_SHOWN"]
        );
        let elsewhere = json!({ "position": { "latitude": 28.3, "longitude": 112.9 } });
        flow.take_with(Step::CheckIn, elsewhere).await;
        assert_eq!(
            flow.refused(Step::CheckIn, json!({})).await,
            ["WRONG_STATE"]
        );
        flow.take(Step::SubmitVisit).await;
        let seen = app
            .as_("he")
            .run("GetVisit", json!({ "id": flow.visit() }))
            .await
            .ok();
        let arrivals = seen.data("visit.arrivals").as_array().unwrap().clone();
        let officers: Vec<_> = arrivals
            .iter()
            .map(|one| one["officer"]["id"].clone())
            .collect();
        assert_eq!(
            officers,
            [json!(user_id("zhou").uuid()), json!(user_id("tang").uuid())]
        );
        assert_eq!(arrivals[0]["party"], "TOLD");
        assert_eq!(arrivals[1]["party"], "NOBODY_THERE");
        // Where somebody was is what was said first.
        assert_eq!(arrivals[0]["position"]["latitude"], json!(28.17059));
        assert!(arrivals.iter().all(|one| one["certificateNo"].is_string()));
        assert_eq!(
            seen.data("visit.measurements.0.measuredBy.id"),
            &json!(user_id("zhou").uuid())
        );
        app.drain_jobs().await;
    })
    .await;
}
