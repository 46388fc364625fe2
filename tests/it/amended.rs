//! What was recorded by mistake: it stays readable, counts nowhere, and carries no case any further.

use std::fs;

use chrono::TimeDelta;
use liangxin_demo::fixtures::{merchant_code, merchant_id, user_id};
use liangxin_domain::law::calendar::shanghai_date;
use liangxin_tests::app::{TestApp, on_both};
use liangxin_tests::census::count;
use liangxin_tests::contract::root;
use liangxin_tests::flow::{Flow, Step};
use liangxin_tests::script::occurred;
use serde_json::{Value, json};

const SLIP: &str = "录入时少按一位数字。";

/// The id under which a step of the story records.
fn entry(flow: &Flow, step: Step) -> Value {
    flow.variables(step)["input"]["id"].clone()
}

fn void(app: &TestApp, flow: &Flow, finding: &Value) -> Value {
    json!({ "input": {
        "id": app.new_id(), "visitId": flow.visit(), "findingId": finding, "reason": SLIP,
    } })
}

/// The weighing of the contract's example, of so many grams.
fn weighing(grams: &str) -> Value {
    let file = root().join("mobile-contract/measurements/retail-weighing.example.json");
    let mut example: Value = serde_json::from_str(&fs::read_to_string(file).unwrap()).unwrap();
    example["checked"] = json!(grams);
    example["standard"]["max_error"] = json!("1 g");
    example
}

fn correction(app: &TestApp, flow: &Flow, finding: &Value, measured: &Value) -> Value {
    json!({ "input": {
        "id": app.new_id(), "visitId": flow.visit(), "findingId": finding, "reason": SLIP,
        "measurement": measured.to_string(),
    } })
}

async fn visit(app: &TestApp, flow: &Flow) -> Value {
    let variables = json!({ "id": flow.visit() });
    let seen = app.as_("lin").run("GetVisit", variables).await.ok();
    seen.data("visit").clone()
}

async fn case(app: &TestApp, flow: &Flow) -> Value {
    let variables = json!({ "id": flow.case() });
    let seen = app.as_("deng").run("GetCase", variables).await.ok();
    seen.data("case").clone()
}

/// Zhou says that his weighing is void.
async fn voids(app: &TestApp, flow: &Flow) {
    let slip = void(app, flow, &entry(flow, Step::RecordMeasurement));
    app.as_("zhou").run("VoidFinding", slip).await.ok();
}

#[tokio::test]
async fn a_slip_of_the_finger_is_void_with_its_reason_and_stays_readable() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::RecordMeasurement).await;
        let weighed = entry(&flow, Step::RecordMeasurement);
        let looked = entry(&flow, Step::CheckInstrument);
        let tang = app.as_("tang");
        let mut bare = void(&app, &flow, &weighed);
        bare["input"]["reason"] = json!("错");
        for (who, input, code) in [
            ("tang", bare, "FIELD_TOO_SHORT"),
            ("tang", void(&app, &flow, &json!(app.new_id())), "NOT_FOUND"),
            ("peng", void(&app, &flow, &weighed), "NOT_FOUND"),
            ("lin", void(&app, &flow, &weighed), "DENIED"),
            ("he", void(&app, &flow, &weighed), "DENIED"),
        ] {
            let refused = app.as_(who).refused("VoidFinding", input).await;
            assert_eq!(refused, [code], "{who}");
        }
        for finding in [&weighed, &looked] {
            let slip = void(&app, &flow, finding);
            tang.run("VoidFinding", slip.clone()).await.ok();
            tang.run("VoidFinding", slip).await.ok();
            let again = void(&app, &flow, finding);
            let refused = app.as_("zhou").refused("VoidFinding", again).await;
            assert_eq!(refused, ["FINDING_VOID"]);
        }
        let visit = visit(&app, &flow).await;
        let measured = &visit["measurements"][0];
        assert_eq!(measured["verdict"]["outcome"], "FAILS", "as it was written");
        assert_eq!(measured["measuredBy"]["id"], json!(user_id("zhou").uuid()));
        let told = &measured["void"];
        assert_eq!(told["reason"], SLIP);
        assert_eq!(told["voidedBy"]["id"], json!(user_id("tang").uuid()));
        let checked = &visit["instrumentChecks"][0];
        assert_eq!(
            (&checked["id"], &checked["fails"]),
            (&looked, &json!(false))
        );
        assert_eq!(checked["void"]["reason"], SLIP);
        let nothing = flow.refused(Step::SubmitVisit, json!({})).await;
        assert_eq!(nothing, ["FINDING_REQUIRED"]);
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn a_correction_is_of_the_day_of_what_it_corrects_whatever_day_a_wrong_clock_showed() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::ArriveToo).await;
        let today = shanghai_date(app.now());
        let tomorrow = app.now() + TimeDelta::days(1);
        let mut ahead = occurred(app.now());
        ahead["wall"] = occurred(tomorrow)["wall"].clone();
        let shown = json!(shanghai_date(tomorrow));
        let said = json!({ "weighedOn": shown, "occurred": ahead });
        let weighed = flow.take_with(Step::RecordMeasurement, said).await;
        let former = weighed.data("recordMeasurement.measurement.id").clone();
        app.advance(TimeDelta::days(1));
        let mut right = weighing("2796 g");
        right["weighed_on"] = shown.clone();
        let mut slip = correction(&app, &flow, &former, &right);
        slip["input"]["occurred"] = occurred(app.now());
        let corrected = app.as_("zhou").run("CorrectFinding", slip).await.ok();
        let verdict = corrected.text("correctFinding.measurement.verdict.json");
        let verdict: Value = serde_json::from_str(verdict).unwrap();
        assert_eq!(verdict["measurement"]["weighed_on"], json!(today));
        // Corrected once more, by the clock that is right meanwhile: it is still the day of the weighing.
        app.advance(TimeDelta::days(1));
        let corrected = corrected.data("correctFinding.measurement.id").clone();
        let mut right = weighing("2795 g");
        right["weighed_on"] = shown;
        let mut slip = correction(&app, &flow, &corrected, &right);
        slip["input"]["occurred"] = occurred(app.now());
        let again = app.as_("zhou").run("CorrectFinding", slip).await.ok();
        let verdict = again.text("correctFinding.measurement.verdict.json");
        let verdict: Value = serde_json::from_str(verdict).unwrap();
        assert_eq!(verdict["measurement"]["weighed_on"], json!(today));
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn another_measurement_stands_in_the_place_of_a_slip() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::SubmitVisit).await;
        let weighed = entry(&flow, Step::RecordMeasurement);
        let zhou = app.as_("zhou");
        let units = json!({
            "family": "LEGAL_UNITS", "seen_on": "2026-11-23", "text": "5 kg", "use": "PRICE_TAG",
        });
        app.advance(TimeDelta::days(1));
        let mut later = weighing("2796 g");
        later["weighed_on"] = json!("2026-11-24");
        let looked = entry(&flow, Step::CheckInstrument);
        for (finding, measured, code) in [
            (&weighed, &units, "FINDING_OTHER_FAMILY"),
            (&weighed, &later, "TIME_IN_FUTURE"),
            (&looked, &weighing("2796 g"), "NOT_FOUND"),
        ] {
            let input = correction(&app, &flow, finding, measured);
            let refused = zhou.refused("CorrectFinding", input).await;
            assert_eq!(refused, [code], "{measured}");
        }
        let right = correction(&app, &flow, &weighed, &weighing("2796 g"));
        let corrected = zhou.run("CorrectFinding", right.clone()).await.ok();
        let measured = corrected.data("correctFinding.measurement");
        assert_eq!(measured["replaces"], weighed);
        assert_eq!(measured["verdict"]["outcome"], "CONFORMS");
        zhou.run("CorrectFinding", right.clone()).await.ok();
        let seen = visit(&app, &flow).await;
        assert_eq!(seen["measurements"].as_array().unwrap().len(), 2);
        let former = &seen["measurements"][0];
        assert_eq!(former["void"]["replacedBy"], right["input"]["id"]);
        assert_eq!(seen["signature"]["coversRecord"], false);
        let once_more = correction(&app, &flow, &weighed, &weighing("2795 g"));
        let refused = zhou.refused("CorrectFinding", once_more).await;
        assert_eq!(refused, ["FINDING_VOID"]);
        let overdue = void(&app, &flow, &looked);
        app.as_("tang").run("VoidFinding", overdue).await.ok();
        let nothing = flow.refused(Step::FileCase, json!({})).await;
        assert_eq!(nothing, ["NOTHING_FAILED"]);
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn what_is_void_counts_for_no_grade_and_what_stands_in_its_place_does() {
    on_both(async |app| {
        let code = json!({ "code": merchant_code("tianxin-stall-17").as_str() });
        let graded = async || {
            app.drain_jobs().await;
            let found = app.anonymous().run("LookUpMerchant", code.clone()).await;
            found
                .ok()
                .data("merchant.rating.findings")
                .as_u64()
                .unwrap()
        };
        let first = graded().await;
        let flow = Flow::after(&app, Step::ArriveToo).await;
        let honest = json!({ "checkedGrams": "1996" });
        let kept = flow.take_with(Step::RecordMeasurement, honest).await;
        let weighed = kept.data("recordMeasurement.measurement.id").clone();
        flow.go_on(Step::RecordMeasurement, Step::SubmitVisit).await;
        assert_eq!(graded().await, first + 1);
        let other = correction(&app, &flow, &weighed, &weighing("2796 g"));
        let other = app.as_("zhou").run("CorrectFinding", other).await.ok();
        assert_eq!(graded().await, first + 1, "one in the place of the other");
        let other = other.data("correctFinding.measurement.id").clone();
        let short = correction(&app, &flow, &other, &weighing("2660 g"));
        app.as_("zhou").run("CorrectFinding", short).await.ok();
        assert_eq!(graded().await, first, "what fails waits for a decision");
        let kept = "entry_id IS NOT NULL AND voided_at IS NULL AND settled_on IS NULL";
        assert_eq!(count(&app.parts().db, "finding", kept).await, 1);
        flow.go_on(Step::SubmitVisit, Step::FileCase).await;
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn a_case_that_rests_on_what_is_void_goes_no_further_until_it_rests_on_something_else() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::ProposePenalty).await;
        let weighed = entry(&flow, Step::RecordMeasurement);
        assert_eq!(case(&app, &flow).await["voidFindings"], json!([]));
        voids(&app, &flow).await;
        let seen = case(&app, &flow).await;
        let told = &seen["voidFindings"][0];
        assert_eq!(
            (&told["findingId"], &told["kind"]),
            (&weighed, &json!("MEASUREMENT"))
        );
        assert_eq!(
            (&told["isCharged"], &told["void"]["reason"]),
            (&json!(true), &json!(SLIP))
        );
        let of_case = format!(
            "kind = 'case_finding_voided' AND subject = {}",
            app.literal(flow.case())
        );
        assert_eq!(count(&app.parts().db, "event", &of_case).await, 1);
        let passed = flow.refused(Step::AuditCase, json!({})).await;
        assert_eq!(passed, ["FINDING_VOID"]);
        let same = flow.refused(Step::ProposePenalty, json!({})).await;
        assert_eq!(same, ["FINDING_VOID"]);
        let reasoned = json!({ "charges": [{
            "violation": "M-QTY-01", "reasoned": "有购物视频和复称记录。", "fineYuan": 2000,
        }] });
        flow.take_with(Step::ProposePenalty, reasoned).await;
        let seen = case(&app, &flow).await;
        assert_eq!(seen["voidFindings"][0]["isCharged"], false);
        flow.go_on(Step::ProposePenalty, Step::DecideCase).await;
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn no_notice_and_no_decision_rests_on_what_is_void_and_what_was_decided_stays() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::AuditCase).await;
        voids(&app, &flow).await;
        let notice = flow.refused(Step::IssueNotice, json!({})).await;
        assert_eq!(notice, ["FINDING_VOID"]);

        let flow = Flow::after(&app, Step::AnswerNotice).await;
        voids(&app, &flow).await;
        let decided = flow.refused(Step::DecideCase, json!({})).await;
        assert_eq!(decided, ["FINDING_VOID"]);

        let flow = Flow::after(&app, Step::DecideCase).await;
        let weighed = entry(&flow, Step::RecordMeasurement);
        let slip = void(&app, &flow, &weighed);
        let refused = app.as_("zhou").refused("VoidFinding", slip).await;
        assert_eq!(refused, ["FINDING_RELIED_ON"]);
        let right = correction(&app, &flow, &weighed, &weighing("2796 g"));
        let refused = app.as_("zhou").refused("CorrectFinding", right).await;
        assert_eq!(refused, ["FINDING_RELIED_ON"]);
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn whoever_is_tied_to_the_merchant_makes_nothing_void() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::SubmitVisit).await;
        let said = json!({ "input": {
            "id": app.new_id(), "merchantId": merchant_id("tianxin-stall-17").uuid(),
            "kind": "RELATIVE", "words": "摊主是本人的表兄。",
        } });
        app.as_("zhou").run("DeclareInterest", said).await.ok();
        let slip = void(&app, &flow, &entry(&flow, Step::RecordMeasurement));
        let refused = app.as_("zhou").refused("VoidFinding", slip.clone()).await;
        assert_eq!(refused, ["RECUSED"]);
        app.as_("tang").run("VoidFinding", slip).await.ok();
        app.leave_jobs();
    })
    .await;
}
