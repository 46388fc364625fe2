//! Visits: sending, arriving, recording, signing, closing.

use chrono::TimeDelta;
use liangxin_demo::fixtures::{instrument_id, merchant_id, user_id};
use liangxin_tests::app::on_both;
use liangxin_tests::flow::{Flow, Step};
use serde_json::{Value, json};

/// What is done on site.
const ON_SITE: [Step; 5] = [
    Step::CheckInstrument,
    Step::RecordMeasurement,
    Step::DeclarePhotos,
    Step::SignRecord,
    Step::SubmitVisit,
];

fn team(keys: &[&str]) -> Value {
    let ids: Vec<_> = keys.iter().map(|key| user_id(key).uuid()).collect();
    json!({ "inspectorIds": ids })
}

#[tokio::test]
async fn two_certified_inspectors_of_the_division_are_sent_and_nobody_else() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::AcceptReport).await;
        for (keys, code) in [
            (vec![], "INSPECTORS_TWO_REQUIRED"),
            (vec!["zhou"], "INSPECTORS_TWO_REQUIRED"),
            (vec!["zhou", "zhou"], "INSPECTORS_TWO_REQUIRED"),
            (vec!["zhou", "trainee"], "INSPECTOR_NOT_CERTIFIED"),
            (vec!["zhou", "gong"], "INSPECTOR_UNKNOWN"),
            (vec!["zhou", "deng"], "INSPECTOR_UNKNOWN"),
            (vec!["zhou", "nobody"], "INSPECTOR_UNKNOWN"),
            (vec!["zhou"; 21], "FIELD_TOO_LONG"),
        ] {
            assert_eq!(
                flow.refused(Step::DispatchVisit, team(&keys)).await,
                [code],
                "{keys:?}"
            );
        }
        let sent = flow
            .take_with(Step::DispatchVisit, team(&["peng", "tang", "zhou"]))
            .await;
        assert_eq!(
            sent.data("dispatchVisit.visit.team")
                .as_array()
                .unwrap()
                .len(),
            3
        );
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn nobody_is_sent_before_the_report_was_taken_in_or_to_somebody_who_is_not_there() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::FileReport).await;
        assert_eq!(
            flow.refused(Step::DispatchVisit, json!({})).await,
            ["WRONG_STATE"]
        );
        flow.take(Step::AcceptReport).await;
        let nobody = json!({ "merchantId": merchant_id("nobody").uuid() });
        assert_eq!(
            flow.refused(Step::DispatchVisit, nobody).await,
            ["MERCHANT_UNKNOWN"]
        );
        let elsewhere = json!({ "merchantId": merchant_id("yuelu-stall-01").uuid() });
        assert_eq!(
            flow.refused(Step::DispatchVisit, elsewhere).await,
            ["DENIED"]
        );
        let nothing = json!({ "reportId": app.new_id() });
        assert_eq!(
            flow.refused(Step::DispatchVisit, nothing).await,
            ["NOT_FOUND"]
        );
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn an_inspector_sees_the_visits_to_make_with_all_that_a_phone_needs_offline() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::DispatchVisit).await;
        let visits = app.as_("tang").run("MyVisits", json!({})).await.ok();
        assert_eq!(visits.text("myVisits.items.0.id"), flow.visit().to_string());
        assert_eq!(visits.text("myVisits.items.0.state"), "DISPATCHED");
        let visit = app
            .as_("tang")
            .run("GetVisit", json!({ "id": flow.visit() }))
            .await
            .ok();
        assert_eq!(visit.text("visit.report.goods"), "五花肉");
        assert_eq!(
            visit.text("visit.merchant.instruments.0.verification.state"),
            "OVERDUE"
        );
        let other = app.as_("peng").run("MyVisits", json!({})).await.ok();
        assert_eq!(other.data("myVisits.items"), &json!([]));
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn an_arrival_needs_a_place_on_earth_and_happens_once() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::DispatchVisit).await;
        let nowhere = json!({ "position": { "latitude": 0.0, "longitude": 0.0 } });
        assert_eq!(flow.refused(Step::CheckIn, nowhere).await, ["OUT_OF_RANGE"]);
        let arrived = flow.take_with(Step::CheckIn, json!({})).await;
        assert_eq!(arrived.text("checkIn.visit.state"), "CHECKED_IN");
        assert_eq!(
            arrived.data("checkIn.visit.checkIn.position.accuracyM"),
            &json!(8.0)
        );
        assert_eq!(
            flow.refused(Step::CheckIn, json!({})).await,
            ["WRONG_STATE"]
        );
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn where_no_phone_knows_its_place_officers_arrive_with_the_reason_and_do_their_work() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::DispatchVisit).await;
        let nowhere = |why: Value| json!({ "position": null, "positionMissing": why });
        let refused = flow.refused(Step::CheckIn, nowhere(Value::Null)).await;
        assert_eq!(refused, ["FIELD_REQUIRED"]);
        let both = json!({ "positionMissing": "NO_FIX" });
        assert_eq!(flow.refused(Step::CheckIn, both).await, ["OUT_OF_RANGE"]);
        let arrived = flow
            .take_with(Step::CheckIn, nowhere(json!("NO_FIX")))
            .await;
        let visit = arrived.data("checkIn.visit");
        assert!(visit["checkIn"]["position"].is_null());
        assert_eq!(visit["arrivals"][0]["positionMissing"], "NO_FIX");
        flow.take_with(Step::ArriveToo, nowhere(json!("NOT_ALLOWED")))
            .await;
        flow.go_on(Step::ArriveToo, Step::SubmitVisit).await;
        let photo = flow.session(Step::DeclarePhotos);
        let found = photo.run("VisitPhotos", json!({ "id": flow.visit() }));
        let found = found.await.ok();
        let checks = found.data("visit.photos.0.checks").as_array().unwrap();
        let place = checks.iter().find(|check| check["kind"] == "PLACE");
        assert_eq!(place.unwrap()["outcome"], "SILENT");
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn no_record_is_closed_before_somebody_arrived() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::DispatchVisit).await;
        let early = flow.refused(Step::SubmitVisit, json!({})).await;
        assert_eq!(early, ["NOT_CHECKED_IN"]);
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn nobody_closes_a_record_twice_signs_it_twice_or_arrives_twice() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::SubmitVisit).await;
        for step in [Step::SubmitVisit, Step::SignRecord, Step::CheckIn] {
            let again = flow.refused(step, json!({})).await;
            assert_eq!(again, ["WRONG_STATE"], "{step:?}");
        }
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn an_inspector_who_was_not_sent_does_not_even_find_the_visit() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::ArriveToo).await;
        for step in ON_SITE.into_iter().chain([Step::CheckIn]) {
            assert_eq!(
                flow.refused_for("peng", step).await,
                ["NOT_FOUND"],
                "{step:?}"
            );
        }
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn a_mark_that_is_overdue_or_a_broken_seal_goes_against_the_merchant() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::ArriveToo).await;
        for (change, fails) in [
            (json!({}), true),
            (json!({ "markValidUntil": "2027-05-11" }), false),
            (
                json!({ "markValidUntil": "2027-05-11", "seal": "BROKEN" }),
                true,
            ),
            (
                json!({ "markValidUntil": null, "seal": "NONE", "note": null }),
                false,
            ),
        ] {
            let reply = flow.take_with(Step::CheckInstrument, change.clone()).await;
            let checks = reply
                .data("checkInstrument.visit.instrumentChecks")
                .as_array()
                .unwrap();
            assert_eq!(checks.last().unwrap()["fails"], json!(fails), "{change}");
            app.advance(TimeDelta::seconds(1));
        }
        let other = json!({ "instrumentId": instrument_id("yuelu-stall-01-scale").uuid() });
        assert_eq!(
            flow.refused(Step::CheckInstrument, other).await,
            ["INSTRUMENT_UNKNOWN"]
        );
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn a_weighing_is_judged_on_the_spot_with_every_number_that_led_to_the_verdict() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::ArriveToo).await;
        let reply = flow.take(Step::RecordMeasurement).await;
        let verdict = reply.data("recordMeasurement.measurement.verdict");
        assert_eq!(verdict["outcome"], "FAILS");
        assert_eq!(verdict["findings"][0]["measured"], "150 g");
        assert_eq!(verdict["findings"][0]["limit"], "5 g");
        assert_eq!(verdict["findings"][0]["suggests"]["code"], "M-RTL-02");
        assert!(
            verdict["explanation"].as_str().unwrap().contains("150"),
            "{verdict}"
        );
        let honest = flow
            .take_with(Step::RecordMeasurement, json!({ "checkedGrams": "1996" }))
            .await;
        assert_eq!(
            honest.text("recordMeasurement.measurement.verdict.outcome"),
            "CONFORMS"
        );
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn a_weighing_that_cannot_be_is_refused() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::ArriveToo).await;
        for (change, code) in [
            (json!({ "weighedOn": "2026-11-24" }), "TIME_IN_FUTURE"),
            (json!({ "weighedOn": "1999-01-01" }), "NO_RULE_EDITION"),
            (json!({ "goods": { "food": {} } }), "FIELD_REQUIRED"),
            (json!({ "goodsName": "" }), "FIELD_FORMAT"),
            (json!({ "settledGrams": "-5" }), "OUT_OF_RANGE"),
            (json!({ "settledGrams": "0" }), "MEASUREMENT_INPUT"),
            (json!({ "checkedGrams": "much" }), "FIELD_FORMAT"),
            (json!({ "instrumentId": instrument_id("yuelu-stall-01-scale").uuid() }), "INSTRUMENT_UNKNOWN"),
            (json!({ "goods": { "food": { "classByPrice": true, "group": "GRAIN", "reason": "" } } }), "FIELD_FORMAT"),
        ] {
            assert_eq!(flow.refused(Step::RecordMeasurement, change.clone()).await, [code], "{change}");
        }
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn a_record_is_signed_with_a_name_and_a_picture_or_says_why_not() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::DeclarePhotos).await;
        for (change, code) in [
            (json!({ "signerName": null }), "FIELD_REQUIRED"),
            (json!({ "signaturePhotoId": null }), "FIELD_REQUIRED"),
            (json!({ "refusedReason": "拒签" }), "OUT_OF_RANGE"),
            (json!({ "signaturePhotoId": app.new_id() }), "PHOTO_UNKNOWN"),
            (json!({ "signaturePhotoId": flow.scene_photo() }), "PHOTO_UNKNOWN"),
            (json!({ "signaturePhotoId": flow.report_photo() }), "PHOTO_UNKNOWN"),
        ] {
            assert_eq!(flow.refused(Step::SignRecord, change.clone()).await, [code], "{change}");
        }
        let refused = json!({ "signerName": null, "signaturePhotoId": null, "refusedReason": "当事人拒绝签字" });
        let noted = flow.take_with(Step::SignRecord, refused).await;
        assert_eq!(noted.text("signRecord.visit.signature.refusedReason"), "当事人拒绝签字");
        let signed = flow.take(Step::SignRecord).await;
        assert_eq!(signed.text("signRecord.visit.signature.signerName"), "吴德明");
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn a_visit_is_closed_with_a_finding_and_a_signature_and_not_before() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::ArriveToo).await;
        assert_eq!(
            flow.refused(Step::SubmitVisit, json!({})).await,
            ["FINDING_REQUIRED"]
        );
        flow.take(Step::RecordMeasurement).await;
        assert_eq!(
            flow.refused(Step::SubmitVisit, json!({})).await,
            ["SIGNATURE_REQUIRED"]
        );
        flow.take(Step::DeclarePhotos).await;
        flow.take(Step::SignRecord).await;
        let closed = flow.take(Step::SubmitVisit).await;
        assert_eq!(closed.text("submitVisit.visit.state"), "SUBMITTED");
        assert_eq!(
            closed.data("submitVisit.visit.missingPhotos"),
            &json!(2),
            "photos may follow"
        );
        flow.send_photos().await;
        app.drain_jobs().await;
    })
    .await;
}
