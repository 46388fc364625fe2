//! Others go in the place of inspectors who were sent: before anybody arrived, and where one who is there may not go on.

use chrono::TimeDelta;
use liangxin_demo::fixtures::{merchant_id, user_id};
use liangxin_tests::app::{TestApp, on_both};
use liangxin_tests::flow::{Flow, Step};
use liangxin_tests::pictures;
use liangxin_tests::script::occurred;
use liangxin_tests::session::Reply;
use serde_json::{Value, json};
use uuid::Uuid;

const REASON: &str = "周某系摊主近亲属，须回避。";

fn id(who: &str) -> Uuid {
    user_id(who).uuid()
}

fn others(flow: &Flow, app: &TestApp, officers: &[&str]) -> Value {
    let officers: Vec<_> = officers.iter().map(|who| id(who)).collect();
    json!({ "input": {
        "id": app.new_id(), "visitId": flow.visit(), "inspectorIds": officers, "reason": REASON,
    } })
}

/// Says that the stall of the story is a relative's.
async fn declares(app: &TestApp, who: &str) {
    let said = json!({ "input": {
        "id": app.new_id(), "merchantId": merchant_id("tianxin-stall-17").uuid(),
        "kind": "RELATIVE", "words": "摊主是本人的表兄。",
    } });
    app.as_(who).run("DeclareInterest", said).await.ok();
}

async fn taken_by(app: &TestApp, flow: &Flow, who: &str, step: Step) -> Reply {
    let input = flow.changed(step, json!({}));
    app.as_(who).run(&step.operation(), input).await.ok()
}

/// Whether the phone of somebody lists the visit of the story.
async fn is_listed(app: &TestApp, flow: &Flow, who: &str) -> bool {
    let visits = app.as_(who).run("MyVisits", json!({})).await.ok();
    let visits = visits.data("myVisits.items").as_array().unwrap().clone();
    visits
        .iter()
        .any(|visit| visit["id"] == json!(flow.visit()))
}

/// What somebody sees of the visit and of the report behind it.
async fn seen(app: &TestApp, flow: &Flow, who: &str) -> (Value, Value) {
    let visit = json!({ "id": flow.visit() });
    let visit = app.as_(who).run("GetVisit", visit).await.ok();
    let report = json!({ "id": flow.report() });
    let report = app.as_(who).run("GetReport", report).await.ok();
    (visit.data("visit").clone(), report.data("report").clone())
}

#[tokio::test]
async fn before_anybody_arrived_others_are_sent_and_their_phones_learn_of_it() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::DispatchVisit).await;
        declares(&app, "zhou").await;
        let (visit, _) = seen(&app, &flow, "lin").await;
        assert_eq!(visit["steppedBack"][0]["id"], json!(id("zhou")));
        let go = others(&flow, &app, &["tang", "peng"]);
        let replaced = app
            .as_("lin")
            .run("ReplaceInspectors", go.clone())
            .await
            .ok();
        let visit = replaced.data("replaceInspectors.visit");
        assert_eq!(visit["state"], "DISPATCHED");
        assert_eq!(visit["steppedBack"], json!([]));
        let former = &visit["formerTeams"][0];
        assert_eq!(former["officers"].as_array().unwrap().len(), 2);
        assert_eq!(former["reason"], REASON);
        assert_eq!(former["replacedBy"]["id"], json!(id("lin")));
        app.as_("lin").run("ReplaceInspectors", go).await.ok();
        assert!(is_listed(&app, &flow, "peng").await);
        assert!(is_listed(&app, &flow, "tang").await);
        assert!(!is_listed(&app, &flow, "zhou").await);
        let (visit, report) = seen(&app, &flow, "peng").await;
        assert_eq!(visit["report"]["goods"], "五花肉");
        assert_eq!(report["id"], json!(flow.report()));
        let gone = seen(&app, &flow, "zhou").await;
        assert_eq!(gone, (Value::Null, Value::Null));
        let after = json!({ "occurred": occurred(app.now()) });
        assert_eq!(flow.refused(Step::CheckIn, after).await, ["NOT_FOUND"]);
        for (who, step) in [
            ("peng", Step::CheckIn),
            ("tang", Step::ArriveToo),
            ("peng", Step::RecordMeasurement),
            ("peng", Step::DeclarePhotos),
            ("peng", Step::SignRecord),
            ("peng", Step::SubmitVisit),
        ] {
            taken_by(&app, &flow, who, step).await;
        }
        app.leave_jobs();
    })
    .await;
}

#[tokio::test]
async fn only_who_may_be_sent_comes_and_only_the_office_that_sends_replaces() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::DispatchVisit).await;
        let mut bare = others(&flow, &app, &["tang", "peng"]);
        bare["input"]["reason"] = json!("换");
        let named = |officers: &[&str]| others(&flow, &app, officers);
        for (who, input, code) in [
            ("lin", named(&["tang", "zhou"]), "TEAM_SAME"),
            ("lin", named(&[]), "INSPECTORS_TWO_REQUIRED"),
            ("lin", named(&["peng"]), "INSPECTORS_TWO_REQUIRED"),
            (
                "lin",
                named(&["peng", "trainee"]),
                "INSPECTOR_NOT_CERTIFIED",
            ),
            ("lin", named(&["peng", "gong"]), "INSPECTOR_UNKNOWN"),
            ("lin", named(&["peng"; 21]), "FIELD_TOO_LONG"),
            ("lin", bare, "FIELD_TOO_SHORT"),
            ("yi", named(&["tang", "peng"]), "DENIED"),
            ("deng", named(&["tang", "peng"]), "DENIED"),
            ("zhou", named(&["tang", "peng"]), "DENIED"),
        ] {
            let refused = app.as_(who).refused("ReplaceInspectors", input).await;
            assert_eq!(refused, [code], "{who}");
        }
        declares(&app, "peng").await;
        let tied = named(&["tang", "peng"]);
        let refused = app.as_("lin").refused("ReplaceInspectors", tied).await;
        assert_eq!(refused, ["RECUSED"]);
        declares(&app, "lin").await;
        app.grant("deng", "inspector").await;
        let go = named(&["tang", "deng"]);
        let refused = app
            .as_("lin")
            .refused("ReplaceInspectors", go.clone())
            .await;
        assert_eq!(refused, ["RECUSED"], "whoever is tied sends nobody");
        app.as_("he").run("ReplaceInspectors", go).await.ok();
        app.leave_jobs();
    })
    .await;
}

#[tokio::test]
async fn who_is_there_stays_unless_he_may_not_go_on_and_what_he_did_stays_his() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::RecordMeasurement).await;
        flow.take(Step::DeclarePhotos).await;
        app.grant("deng", "inspector").await;
        let lin = app.as_("lin");
        for officers in [["peng", "tang"], ["peng", "deng"]] {
            let go = others(&flow, &app, &officers);
            let refused = lin.refused("ReplaceInspectors", go).await;
            assert_eq!(refused, ["INSPECTOR_ARRIVED"], "{officers:?}");
        }
        declares(&app, "zhou").await;
        let go = others(&flow, &app, &["peng", "deng"]);
        let refused = lin.refused("ReplaceInspectors", go).await;
        assert_eq!(refused, ["INSPECTOR_ARRIVED"], "Tang goes on");
        let go = others(&flow, &app, &["peng", "tang"]);
        lin.run("ReplaceInspectors", go).await.ok();
        let denied = flow.refused(Step::SignRecord, json!({})).await;
        assert_eq!(denied, ["DENIED"]);
        assert!(!is_listed(&app, &flow, "zhou").await);
        taken_by(&app, &flow, "tang", Step::SignRecord).await;
        let alone = flow.refused_for("tang", Step::SubmitVisit).await;
        assert_eq!(alone, ["ARRIVALS_TWO_REQUIRED"], "two of those who go on");
        taken_by(&app, &flow, "peng", Step::CheckIn).await;
        taken_by(&app, &flow, "tang", Step::SubmitVisit).await;
        // His phone still has what he promised.
        let zhou = app.as_("zhou");
        let sent = zhou.upload(flow.scene_photo(), pictures::stall());
        assert_eq!(sent.await, Ok(()));
        let (visit, _) = seen(&app, &flow, "he").await;
        assert_eq!(
            visit["measurements"][0]["measuredBy"]["id"],
            json!(id("zhou"))
        );
        assert_eq!(visit["arrivals"].as_array().unwrap().len(), 3);
        let (own, report) = seen(&app, &flow, "zhou").await;
        assert_eq!(
            own["report"]["id"], report["id"],
            "he still sees what he did"
        );
        let go = others(&flow, &app, &["peng", "deng"]);
        let closed = lin.refused("ReplaceInspectors", go).await;
        assert_eq!(closed, ["WRONG_STATE"]);
        app.leave_jobs();
    })
    .await;
}

#[tokio::test]
async fn what_was_done_before_others_went_is_taken_however_late_its_phone_comes_back() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::DispatchVisit).await;
        app.advance(TimeDelta::minutes(10));
        let then = json!({ "occurred": occurred(app.now()) });
        app.advance(TimeDelta::minutes(10));
        let go = others(&flow, &app, &["tang", "peng"]);
        app.as_("lin").run("ReplaceInspectors", go).await.ok();
        app.advance(TimeDelta::hours(1));
        let now = json!({ "occurred": occurred(app.now()) });
        let late = flow.refused(Step::CheckIn, now.clone()).await;
        assert_eq!(late, ["NOT_FOUND"]);
        flow.take_with(Step::CheckIn, then.clone()).await;
        flow.take_with(Step::RecordMeasurement, then).await;
        let late = flow.refused(Step::RecordMeasurement, now).await;
        assert_eq!(late, ["DENIED"]);
        let passport = json!({ "input": { "id": app.new_id(), "visitId": flow.visit() } });
        let passport = app.as_("zhou").refused("MakePassport", passport).await;
        assert_eq!(passport, ["DENIED"]);
        let (visit, _) = seen(&app, &flow, "lin").await;
        assert_eq!(
            visit["measurements"][0]["measuredBy"]["id"],
            json!(id("zhou"))
        );
        app.leave_jobs();
    })
    .await;
}
