//! When what is written on a visit was: entries come in any order and with any clock, and say what contradicts them.

use chrono::{DateTime, TimeDelta, Utc};
use liangxin_demo::fixtures::user_id;
use liangxin_domain::law::calendar::shanghai_date;
use liangxin_tests::app::{TestApp, on_both};
use liangxin_tests::census::count;
use liangxin_tests::flow::{Flow, Step};
use liangxin_tests::pictures;
use liangxin_tests::script::occurred;
use serde_json::{Value, json};

/// What was written on the visit, as the office reads it.
async fn entries(app: &TestApp, flow: &Flow) -> Vec<Value> {
    let variables = json!({ "id": flow.visit() });
    let seen = app.as_("lin").run("VisitEntries", variables).await.ok();
    seen.data("visit.entries").as_array().unwrap().clone()
}

/// The marks of the last write.
async fn last_marks(app: &TestApp, flow: &Flow) -> Value {
    let entries = entries(app, flow).await;
    entries.last().unwrap()["occurred"]["marks"].clone()
}

/// A phone whose clock is so far ahead, and whose counter is right.
fn ahead(app: &TestApp, by: TimeDelta) -> Value {
    let mut said = occurred(app.now());
    said["wall"] = occurred(app.now() + by)["wall"].clone();
    json!({ "occurred": said })
}

/// The same, of a phone that asked the server for its time just now.
fn anchored(app: &TestApp, by: TimeDelta) -> Value {
    let mut said = ahead(app, by);
    let counter = said["occurred"]["monotonicMs"].clone();
    said["occurred"]["anchor"] = json!({
        "serverTime": app.now(), "askedMonotonicMs": counter, "monotonicMs": counter,
        "bootId": "boot-1",
    });
    said
}

#[tokio::test]
async fn what_comes_before_its_officers_arrival_is_kept_and_says_so() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::DispatchVisit).await;
        for step in [
            Step::CheckInstrument,
            Step::RecordMeasurement,
            Step::DeclarePhotos,
            Step::SignRecord,
        ] {
            flow.take(step).await;
            assert_eq!(
                last_marks(&app, &flow).await,
                json!(["BEFORE_ARRIVAL"]),
                "{step:?}"
            );
            app.advance(TimeDelta::seconds(1));
        }
        let early = flow.refused(Step::SubmitVisit, json!({})).await;
        assert_eq!(early, ["NOT_CHECKED_IN"], "it is closed later");
        for step in [Step::CheckIn, Step::ArriveToo] {
            flow.take(step).await;
            assert_eq!(last_marks(&app, &flow).await, json!([]), "{step:?}");
            app.advance(TimeDelta::seconds(1));
        }
        flow.send_photos().await;
        let closed = flow.take(Step::SubmitVisit).await;
        assert_eq!(closed.text("submitVisit.visit.state"), "SUBMITTED");
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn what_comes_after_the_closing_is_kept_and_marked_and_counts() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::AcceptReport).await;
        let three = ["peng", "tang", "zhou"].map(|key| user_id(key).uuid());
        let mut sent = flow.variables(Step::DispatchVisit);
        sent["input"]["inspectorIds"] = json!(three);
        app.as_("lin").run("DispatchVisit", sent).await.ok();
        app.advance(TimeDelta::seconds(1));
        flow.go_on(Step::DispatchVisit, Step::SubmitVisit).await;
        app.drain_jobs().await;
        let found = "visit_id IS NOT NULL AND voided_at IS NULL";
        let before = count(&app.parts().db, "finding", found).await;
        let weighed = flow.take_with(Step::RecordMeasurement, json!({})).await;
        let verdict = weighed.data("recordMeasurement.measurement.verdict");
        assert_eq!(verdict["outcome"], "FAILS");
        assert_eq!(last_marks(&app, &flow).await, json!(["LATE"]));
        assert_eq!(count(&app.parts().db, "finding", found).await, before + 1);
        app.advance(TimeDelta::seconds(1));
        let peng = app.as_("peng");
        let look = flow.changed(Step::CheckInstrument, json!({}));
        peng.run("CheckInstrument", look).await.ok();
        assert_eq!(
            last_marks(&app, &flow).await,
            json!(["LATE", "BEFORE_ARRIVAL"])
        );
        app.advance(TimeDelta::seconds(1));
        let arrives = flow.changed(Step::CheckIn, json!({}));
        let arrived = peng.run("CheckIn", arrives).await.ok();
        assert_eq!(arrived.text("checkIn.visit.state"), "SUBMITTED");
        assert_eq!(last_marks(&app, &flow).await, json!(["LATE"]));
        let twice = flow.refused(Step::SubmitVisit, json!({})).await;
        assert_eq!(twice, ["WRONG_STATE"], "it is closed");
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn a_signature_from_before_the_closing_is_kept_however_late_it_comes() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::DeclarePhotos).await;
        let signed_at = app.now();
        app.advance(TimeDelta::minutes(1));
        let absent = json!({
            "signerName": null, "signaturePhotoId": null, "refusedReason": "负责人外出。",
        });
        flow.take_with(Step::SignRecord, absent).await;
        flow.take(Step::SubmitVisit).await;
        app.advance(TimeDelta::days(2));
        let late = json!({ "occurred": occurred(signed_at) });
        let signed = flow.take_with(Step::SignRecord, late).await;
        assert_eq!(
            signed.text("signRecord.visit.signature.signerName"),
            "吴德明"
        );
        assert_eq!(last_marks(&app, &flow).await, json!(["LATE"]));
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn who_would_not_sign_at_first_and_signed_later_did_both_in_whatever_order_that_comes() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::DeclarePhotos).await;
        let refused_at = app.now();
        app.advance(TimeDelta::minutes(1));
        flow.take(Step::SignRecord).await;
        app.advance(TimeDelta::hours(1));
        let tang = app.as_("tang");
        let absent = json!({
            "signerName": null, "signaturePhotoId": null, "refusedReason": "要先问老板。",
        });
        let mut late = flow.changed(Step::SignRecord, absent);
        let refused = tang.refused("SignRecord", late.clone()).await;
        assert_eq!(refused, ["RECORD_SIGNED"], "nobody said when");
        late["input"]["occurred"] = occurred(refused_at);
        let taken = tang.run("SignRecord", late).await.ok();
        let signature = taken.data("signRecord.visit.signature");
        assert_eq!(signature["signerName"], "吴德明", "the last word");
        assert_eq!(signature["coversRecord"], true);
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn a_mark_seen_on_its_last_day_is_valid_on_whatever_day_the_phone_comes_back() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::ArriveToo).await;
        let then = app.now();
        let last = shanghai_date(then);
        app.advance(TimeDelta::days(1));
        let looked = async |said: Value| {
            let seen = json!({ "markValidUntil": last, "occurred": said });
            let reply = flow.take_with(Step::CheckInstrument, seen).await;
            let visit = reply.data("checkInstrument.visit");
            let check = visit["instrumentChecks"]
                .as_array()
                .unwrap()
                .last()
                .unwrap();
            app.advance(TimeDelta::seconds(1));
            check.clone()
        };
        let check = looked(occurred(then)).await;
        assert_eq!(check["verification"]["state"], "VALID");
        assert_eq!(check["fails"], false);
        // Its counter ran on since the arrival: it was no other day.
        assert_eq!(check["occurred"]["marks"], json!([]));
        let mut other = occurred(then);
        other["bootId"] = json!("boot-2");
        let check = looked(other).await;
        assert_eq!(check["verification"]["state"], "VALID");
        assert_eq!(check["occurred"]["marks"], json!(["DAY_DECIDES"]));
        let check = looked(Value::Null).await;
        assert_eq!(
            check["verification"]["state"], "OVERDUE",
            "nobody said when"
        );
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn a_phone_whose_clock_is_hours_off_arrives_and_says_so() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::DispatchVisit).await;
        let two_hours = TimeDelta::hours(2);
        let early = flow
            .take_with(Step::CheckIn, anchored(&app, two_hours))
            .await;
        let at: DateTime<Utc> = early.text("checkIn.visit.checkIn.at").parse().unwrap();
        assert_eq!(at, app.now());
        assert_eq!(last_marks(&app, &flow).await, json!(["CLOCK_DOUBTED"]));
        app.advance(TimeDelta::seconds(1));
        let late = anchored(&app, -two_hours);
        flow.take_with(Step::ArriveToo, late.clone()).await;
        let entry = entries(&app, &flow).await.pop().unwrap();
        let told = &entry["occurred"];
        assert_eq!(told["marks"], json!(["CLOCK_DOUBTED"]));
        assert_eq!(told["at"], told["earliest"]);
        let said = &late["occurred"];
        for field in ["wall", "monotonicMs", "bootId"] {
            assert_eq!(told["claim"][field], said[field], "as it was said: {field}");
        }
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn a_weighing_on_the_day_of_a_wrong_clock_is_judged_by_the_day_on_which_it_was() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::ArriveToo).await;
        let day = TimeDelta::days(1);
        let mut said = ahead(&app, day);
        said["weighedOn"] = json!(shanghai_date(app.now() + day));
        let weighed = flow.take_with(Step::RecordMeasurement, said).await;
        let measured = weighed.data("recordMeasurement.measurement");
        let verdict = measured["verdict"]["json"].as_str().unwrap();
        let verdict: Value = serde_json::from_str(verdict).unwrap();
        let today = json!(shanghai_date(app.now()));
        assert_eq!(verdict["measurement"]["weighed_on"], today);
        assert_eq!(measured["occurred"]["marks"], json!(["CLOCK_DOUBTED"]));
        // What no clock explains can never be right.
        let mut never = ahead(&app, TimeDelta::zero());
        never["weighedOn"] = json!(shanghai_date(app.now() + day));
        let refused = flow.refused(Step::RecordMeasurement, never).await;
        assert_eq!(refused, ["TIME_IN_FUTURE"]);
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn a_weighing_that_tells_a_day_before_anybody_was_sent_is_kept_and_says_so() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::ArriveToo).await;
        let long_ago = json!(shanghai_date(app.now() - TimeDelta::days(400)));
        for mut said in [ahead(&app, TimeDelta::zero()), json!({})] {
            said["weighedOn"] = long_ago.clone();
            let weighed = flow.take_with(Step::RecordMeasurement, said).await;
            let measured = weighed.data("recordMeasurement.measurement");
            let verdict = measured["verdict"]["json"].as_str().unwrap();
            let verdict: Value = serde_json::from_str(verdict).unwrap();
            assert_eq!(verdict["measurement"]["weighed_on"], long_ago);
            assert_eq!(measured["occurred"]["marks"], json!(["DAY_DOUBTED"]));
            app.advance(TimeDelta::seconds(1));
        }
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn each_photo_says_when_it_was_taken() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::ArriveToo).await;
        let photo = app.new_id();
        let taken = occurred(app.now());
        app.advance(TimeDelta::hours(1));
        let declared = pictures::declared(photo, pictures::stall());
        let photos = json!([{ "kind": "SCENE", "photo": declared, "occurred": taken }]);
        let promise = json!({ "photos": photos, "occurred": occurred(app.now()) });
        flow.take_with(Step::DeclarePhotos, promise).await;
        let entries = entries(&app, &flow).await;
        let of = |act: &str| entries.iter().find(|entry| entry["act"] == act).unwrap();
        let shot = of("TAKE_PHOTO");
        assert_eq!(shot["entryId"], json!(photo));
        assert_eq!(shot["occurred"]["claim"]["wall"], taken["wall"]);
        let promised = of("DECLARE_PHOTOS");
        assert_eq!(promised["entryId"], Value::Null);
        assert_ne!(promised["occurred"]["at"], shot["occurred"]["at"]);
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn what_is_no_time_and_no_counter_is_refused() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::ArriveToo).await;
        for (field, value, code) in [
            ("wall", json!("yesterday"), "FIELD_FORMAT"),
            ("wall", json!("2026-11-23T10:00:00"), "FIELD_FORMAT"),
            ("zone", json!("上海"), "FIELD_FORMAT"),
            ("zone", json!("a".repeat(65)), "FIELD_TOO_LONG"),
            ("monotonicMs", json!("-5"), "FIELD_FORMAT"),
            ("monotonicMs", json!("999999999999999"), "OUT_OF_RANGE"),
            ("bootId", json!(""), "FIELD_FORMAT"),
            ("bootId", json!("a".repeat(65)), "FIELD_TOO_LONG"),
        ] {
            let mut said = occurred(app.now());
            said[field] = value;
            let said = json!({ "occurred": said });
            let refused = flow.refused(Step::CheckInstrument, said).await;
            assert_eq!(refused, [code], "{field}");
        }
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn what_several_phones_write_on_a_visit_at_one_moment_is_taken_from_each() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::RecordMeasurement).await;
        let (zhou, tang) = (app.as_("zhou"), app.as_("tang"));
        let absent = json!({
            "signerName": null, "signaturePhotoId": null, "refusedReason": "负责人外出。",
        });
        let [one, two, three, four] =
            std::array::from_fn(|_| flow.changed(Step::SignRecord, absent.clone()));
        let taken = tokio::join!(
            zhou.run("SignRecord", one),
            tang.run("SignRecord", two),
            zhou.run("SignRecord", three),
            tang.run("SignRecord", four),
        );
        for taken in <[_; 4]>::from(taken) {
            taken.ok();
        }
        let entries = entries(&app, &flow).await;
        let signed = entries.iter().filter(|entry| entry["act"] == "SIGN_RECORD");
        assert_eq!(signed.count(), 4);
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn a_write_with_another_time_is_another_write() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::ArriveToo).await;
        let tang = app.as_("tang");
        let said = json!({ "occurred": occurred(app.now()) });
        let look = flow.changed(Step::CheckInstrument, said);
        for _ in 0..2 {
            tang.run("CheckInstrument", look.clone()).await.ok();
        }
        assert_eq!(
            entries(&app, &flow).await.len(),
            3,
            "two arrivals and a look"
        );
        let mut other = look;
        other["input"]["occurred"]["monotonicMs"] = json!("1");
        assert_eq!(tang.refused("CheckInstrument", other).await, ["ID_REUSED"]);
        app.drain_jobs().await;
    })
    .await;
}
