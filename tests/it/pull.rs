//! What an inspector's phone pulls: after each change, without what is not his any more, again after an update, and never with
//! somebody else's checkpoint; and when it is called to.

mod brought_back;
mod called;
mod compared;
mod damaged;
mod forgetting;
mod morning;
mod phone;
mod races;
mod updated;

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::TimeDelta;
use liangxin_app::usecase::pull::{open, seal};
use liangxin_demo::fixtures::{instrument_id, merchant_id, user_id};
use liangxin_domain::limits::PULLED_GONE_DAYS;
use liangxin_domain::pull::{Checkpoint, EPOCH};
use liangxin_tests::app::{TestApp, on_both};
use liangxin_tests::flow::{Flow, STEPS, Step};
use serde_json::{Value, json};
use uuid::Uuid;

use phone::{COLLECTIONS, Phone, settled};

/// Sends Zhou and Tang to a merchant, on the bureau's own round.
async fn patrol(app: &TestApp, merchant: Uuid) -> Uuid {
    send(app, merchant, ["zhou", "tang"]).await
}

/// Sends officers to a merchant, on the bureau's own round.
async fn send(app: &TestApp, merchant: Uuid, officers: [&str; 2]) -> Uuid {
    let visit = app.new_id();
    let officers = officers.map(|who| user_id(who).uuid());
    let sent = json!({ "input": {
        "id": visit, "origin": { "patrol": "书院坪市场秤具巡查" }, "merchantId": merchant,
        "inspectorIds": officers,
    } });
    app.as_("lin").run("DispatchInspection", sent).await.ok();
    visit
}

/// Sends others on a visit.
async fn replace(app: &TestApp, visit: Uuid, officers: [&str; 2]) {
    let officers = officers.map(|who| user_id(who).uuid());
    let others = json!({ "input": {
        "id": app.new_id(), "visitId": visit, "inspectorIds": officers, "reason": "周某另有公务。",
    } });
    app.as_("lin").run("ReplaceInspectors", others).await.ok();
}

fn stall() -> Uuid {
    merchant_id("tianxin-stall-17").uuid()
}

#[tokio::test]
async fn a_phone_that_pulls_what_changed_has_after_every_step_what_one_has_that_begins() {
    on_both(async |app| {
        let flow = Flow::new(&app);
        let mut phones = ["zhou", "tang", "peng"].map(|who| Phone::of(&app, who));
        for step in STEPS.into_iter().filter(|step| *step <= Step::FileCase) {
            flow.take(step).await;
            if step == Step::DeclarePhotos {
                for phone in &mut phones {
                    phone.pull().await;
                }
                flow.send_photos().await;
            }
            app.advance(TimeDelta::seconds(1));
            for phone in &mut phones {
                phone.pull().await;
                let mut fresh = phone.anew();
                fresh.pull().await;
                assert_eq!(phone.held(), fresh.held(), "{step:?}");
            }
        }
        let [zhou, tang, peng] = phones;
        assert_eq!(zhou.held(), tang.held());
        assert!(peng.is_empty());
        let visit = zhou.document("visits", flow.visit());
        let asked = json!({ "id": flow.visit() });
        let shown = app.as_("zhou").run("GetVisit", asked).await.ok();
        for (name, value) in visit["visit"].as_object().unwrap() {
            if name != "merchant" {
                assert_eq!(value, shown.data(&format!("visit.{name}")), "{name}");
            }
        }
        assert_eq!(zhou.ids("merchants"), [stall()]);
        let scale = zhou.document(
            "instruments",
            instrument_id("tianxin-stall-17-scale").uuid(),
        );
        assert_eq!(scale["merchantId"], json!(stall()));
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn a_visit_that_goes_to_others_leaves_the_phone_with_what_no_other_visit_needs() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::DispatchVisit).await;
        let round = patrol(&app, stall()).await;
        let mut zhou = Phone::of(&app, "zhou");
        zhou.pull().await;
        assert_eq!(zhou.ids("visits").len(), 2);
        let instruments = zhou.ids("instruments");
        assert!(!instruments.is_empty());
        replace(&app, round, ["tang", "peng"]).await;
        assert_eq!(zhou.pull().await, [round]);
        assert_eq!(zhou.ids("merchants"), [stall()]);
        assert_eq!(zhou.ids("instruments"), instruments);
        replace(&app, flow.visit(), ["tang", "peng"]).await;
        let mut gone = [vec![flow.visit(), stall()], instruments.clone()].concat();
        gone.sort();
        assert_eq!(zhou.pull().await, gone);
        assert!(zhou.is_empty());
        // Whoever begins now is not told of what he never had.
        let mut fresh = zhou.anew();
        assert_eq!(fresh.pull().await, Vec::<Uuid>::new());
        let mut peng = Phone::of(&app, "peng");
        peng.pull().await;
        assert_eq!(peng.ids("instruments"), instruments);
        replace(&app, round, ["zhou", "tang"]).await;
        zhou.pull().await;
        assert_eq!(zhou.ids("visits"), [round]);
        assert_eq!(zhou.ids("instruments"), instruments);
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn what_changes_on_the_register_reaches_the_phones_that_have_a_visit_there() {
    on_both(async |app| {
        let there = stall();
        patrol(&app, there).await;
        let mut zhou = Phone::of(&app, "zhou");
        zhou.pull().await;
        let before = zhou.ids("instruments");
        let lin = app.as_("lin");
        let (seen, elsewhere) = (app.new_id(), app.new_id());
        for (id, merchant) in [(seen, there), (elsewhere, merchant_id("tianxin-stall-05").uuid())] {
            let plate = json!({ "kind": "PRICE_SCALE", "model": "ACS-30", "serial": id.to_string(),
                "accuracyClass": "III", "eGrams": "5", "maxGrams": "15000" });
            let added = json!({ "input": { "id": id, "merchantId": merchant, "plate": plate } });
            lin.run("AddInstrument", added).await.ok();
        }
        let renamed = json!({ "input": { "id": app.new_id(), "merchantId": there,
            "nameZh": "旧识鲜肉", "nameEn": "Old Meat" } });
        lin.run("RenameMerchant", renamed).await.ok();
        assert_eq!(zhou.pull().await, Vec::<Uuid>::new());
        let merchant = zhou.document("merchants", there);
        assert_eq!(merchant["merchant"]["name"], "Old Meat");
        assert_eq!(zhou.ids("instruments").len(), before.len() + 1);
        let away = json!({ "input": { "id": app.new_id(), "instrumentId": seen,
            "toMerchantId": merchant_id("tianxin-stall-05").uuid() } });
        lin.run("MoveInstrument", away).await.ok();
        assert_eq!(zhou.pull().await, [seen]);
        let hither = json!({ "input": { "id": app.new_id(), "instrumentId": elsewhere, "toMerchantId": there } });
        lin.run("MoveInstrument", hither).await.ok();
        zhou.pull().await;
        assert!(zhou.ids("instruments").contains(&elsewhere));
        let retired = json!({ "input": { "id": app.new_id(), "instrumentId": elsewhere,
            "on": "2026-11-23", "reason": "已报废" } });
        lin.run("RetireInstrument", retired).await.ok();
        assert_eq!(zhou.pull().await, [elsewhere]);
        assert_eq!(zhou.ids("instruments"), before);
        app.drain_jobs().await;
    })
    .await;
}

/// How somebody who sends a checkpoint is answered.
async fn answered(app: &TestApp, who: &str, operation: &str, checkpoint: &str) -> Vec<String> {
    let asked = json!({ "checkpoint": checkpoint });
    app.as_(who).run(operation, asked).await.problems()
}

#[tokio::test]
async fn a_checkpoint_that_is_not_ones_own_or_too_old_is_refused_with_one_code() {
    on_both(async |app| {
        patrol(&app, stall()).await;
        let mut zhou = Phone::of(&app, "zhou");
        zhou.pull().await;
        let own = zhou.checkpoint("visits").to_owned();
        let none = Vec::<String>::new();
        assert_eq!(answered(&app, "zhou", "PullVisits", &own).await, none);
        for (who, operation, checkpoint) in [
            ("tang", "PullVisits", own.as_str()),
            ("zhou", "PullMerchants", own.as_str()),
            ("zhou", "PullVisits", "AAAA"),
            ("zhou", "PullVisits", "not a checkpoint!"),
            ("zhou", "PullVisits", ""),
        ] {
            let refused = answered(&app, who, operation, checkpoint).await;
            assert_eq!(
                refused,
                ["CHECKPOINT_UNKNOWN"],
                "{who} {operation} {checkpoint}"
            );
        }
        app.advance(TimeDelta::days(PULLED_GONE_DAYS + 1));
        let refused = answered(&app, "zhou", "PullVisits", &own).await;
        assert_eq!(refused, ["CHECKPOINT_UNKNOWN"]);
        let denied = app.as_("lin").run("PullVisits", json!({})).await.problems();
        assert_eq!(denied, ["DENIED"]);
        app.leave_jobs();
    })
    .await;
}

#[tokio::test]
async fn what_a_phone_keeps_of_a_pull_tells_nobody_how_much_is_written() {
    on_both(async |app| {
        patrol(&app, stall()).await;
        let mut zhou = Phone::of(&app, "zhou");
        zhou.pull().await;
        for (name, _) in COLLECTIONS {
            let kept = URL_SAFE_NO_PAD.decode(zhou.checkpoint(name)).unwrap();
            let read = Checkpoint::from_bytes(&kept);
            assert!(read.is_err(), "{name}: a place among all that is written");
        }
        let kept = zhou.held().values().flat_map(|held| held.values());
        for document in kept {
            let version = document["version"].as_str().unwrap();
            assert!(version.parse::<i64>().is_err(), "{version}");
        }
        app.drain_jobs().await;
    })
    .await;
}

/// The same checkpoint of Zhou's, as the version before would have written it.
fn of_before(app: &TestApp, checkpoint: &str) -> String {
    let (app, zhou) = (app.parts(), user_id("zhou"));
    let kept = URL_SAFE_NO_PAD.decode(checkpoint).unwrap();
    let read = open(app, zhou, &kept).unwrap();
    let before = seal(app, zhou, &read.in_epoch(EPOCH - 1)).unwrap();
    URL_SAFE_NO_PAD.encode(before)
}

#[tokio::test]
async fn a_phone_whose_checkpoint_is_of_an_earlier_epoch_gets_everything_again_and_hears_what_went()
{
    on_both(async |app| {
        let kept = patrol(&app, stall()).await;
        let lost = patrol(&app, merchant_id("tianxin-stall-05").uuid()).await;
        let mut zhou = Phone::of(&app, "zhou");
        zhou.pull().await;
        replace(&app, lost, ["tang", "peng"]).await;
        zhou.pull().await;
        settled(&app).await;
        let before = of_before(&app, zhou.checkpoint("visits"));
        let asked = json!({ "checkpoint": before });
        let again = app.as_("zhou").run("PullVisits", asked).await.ok();
        let documents = again.data("pull.visits.documents").as_array().unwrap();
        let told = documents
            .iter()
            .map(|it| (it["id"].clone(), it["isDeleted"].clone()));
        let mut told: Vec<(Value, Value)> = told.collect();
        told.sort_by_key(|(_, is_deleted)| is_deleted.as_bool());
        assert_eq!(
            told,
            [(json!(kept), json!(false)), (json!(lost), json!(true))]
        );
        // From there on it goes on as any other.
        let next = json!({ "checkpoint": again.text("pull.visits.checkpoint") });
        let next = app.as_("zhou").run("PullVisits", next).await.ok();
        assert_eq!(next.data("pull.visits.documents"), &json!([]));
        app.drain_jobs().await;
    })
    .await;
}
