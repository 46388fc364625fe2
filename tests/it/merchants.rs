//! The register: merchants come, move, end; instruments come, go, are verified again.

use chrono::TimeDelta;
use liangxin_demo::fixtures::{instrument_id, merchant_code, merchant_id};
use liangxin_tests::app::{TestApp, on_both};
use liangxin_tests::census::count;
use liangxin_tests::flow::{Flow, Step};
use serde_json::{Value, json};
use uuid::Uuid;

fn premises() -> Value {
    json!({
        "division": "430103", "address": "长沙市天心区样例路3号",
        "marketId": merchant_id("shuyuanping-market").uuid(), "stallNo": "99",
    })
}

fn opening(app: &TestApp, change: Value) -> Value {
    let mut input = json!({
        "id": app.new_id(), "nameZh": "新到鲜肉", "nameEn": "New Meat", "venue": "STALL",
        "premises": premises(), "openedOn": "2026-11-20",
    });
    for (name, value) in change.as_object().into_iter().flatten() {
        input[name] = value.clone();
    }
    json!({ "input": input })
}

fn on(app: &TestApp, merchant: Uuid, change: Value) -> Value {
    let mut input = json!({ "id": app.new_id(), "merchantId": merchant });
    for (name, value) in change.as_object().into_iter().flatten() {
        input[name] = value.clone();
    }
    json!({ "input": input })
}

async fn found(app: &TestApp, who: &str, filter: Value) -> Vec<String> {
    let reply = app
        .as_(who)
        .run("FindMerchants", json!({ "filter": filter, "first": 100 }))
        .await;
    let items = reply
        .ok()
        .data("merchants.items")
        .as_array()
        .unwrap()
        .clone();
    items
        .iter()
        .map(|item| item["name"].as_str().unwrap().to_owned())
        .collect()
}

#[tokio::test]
async fn a_merchant_is_opened_renamed_moved_and_closed_and_its_page_says_so() {
    on_both(async |app| {
        let lin = app.as_("lin");
        let new = opening(&app, json!({ "creditCode": "91350100M000100Y43" }));
        let opened = lin.run("OpenMerchant", new.clone()).await.ok();
        let again = lin.run("OpenMerchant", new.clone()).await.ok();
        assert_eq!(opened.body(), again.body());
        let id: Uuid = opened.text("openMerchant.merchant.id").parse().unwrap();
        let code = opened.text("openMerchant.merchant.code").to_owned();
        assert_eq!(
            found(&app, "lin", json!({ "name": "新到" })).await,
            ["New Meat"]
        );
        let names = json!({ "nameZh": "旧识鲜肉", "nameEn": "Old Meat" });
        lin.run("RenameMerchant", on(&app, id, names)).await.ok();
        assert_eq!(
            found(&app, "lin", json!({ "name": "新到" })).await,
            Vec::<String>::new()
        );
        let mut elsewhere = premises();
        elsewhere["marketId"] = json!(null);
        let moved = json!({ "premises": elsewhere });
        lin.run("MoveMerchant", on(&app, id, moved)).await.ok();
        let seen = app
            .anonymous()
            .run("LookUpMerchant", json!({ "code": code }))
            .await
            .ok();
        assert_eq!(seen.text("merchant.name"), "Old Meat");
        for (change, refused) in [
            (
                json!({ "on": "2026-11-24", "reason": "停业" }),
                "TIME_IN_FUTURE",
            ),
            (
                json!({ "on": "2026-11-19", "reason": "停业" }),
                "TIME_TOO_OLD",
            ),
            (
                json!({ "on": "2026-11-23", "reason": " " }),
                "FIELD_REQUIRED",
            ),
        ] {
            let asked = on(&app, id, change);
            assert_eq!(lin.refused("CloseMerchant", asked).await, [refused]);
        }
        let closing = json!({ "on": "2026-11-23", "reason": "注销营业执照" });
        lin.run("CloseMerchant", on(&app, id, closing.clone()))
            .await
            .ok();
        assert_eq!(
            lin.refused("CloseMerchant", on(&app, id, closing)).await,
            ["MERCHANT_CLOSED"]
        );
        let kinds =
            "kind IN ('merchant_opened', 'merchant_renamed', 'merchant_moved', 'merchant_closed')";
        assert_eq!(count(&app.parts().db, "event", kinds).await, 4);
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn nobody_inherits_a_grade() {
    on_both(async |app| {
        let stall = merchant_id("tianxin-stall-17").uuid();
        let code = merchant_code("tianxin-stall-17").to_string();
        let look = json!({ "code": code });
        let before = app
            .anonymous()
            .run("LookUpMerchant", look.clone())
            .await
            .ok();
        assert!(before.data("merchant.rating").is_object());
        let opened = app
            .as_("lin")
            .run("OpenMerchant", opening(&app, json!({})))
            .await
            .ok();
        let new = opened.data("openMerchant.merchant").clone();
        let by = json!({ "successorId": new["id"], "on": "2026-11-23" });
        app.as_("lin")
            .run("SucceedMerchant", on(&app, stall, by))
            .await
            .ok();
        let former = app.anonymous().run("LookUpMerchant", look).await.ok();
        assert_eq!(former.data("merchant.endedOn"), &json!("2026-11-23"));
        assert!(former.data("merchant.rating").is_null());
        let successor = json!({ "code": new["code"] });
        let successor = app.anonymous().run("LookUpMerchant", successor).await.ok();
        assert!(successor.data("merchant.rating").is_null());
        // What happened there can still be reported and looked at; nothing new begins there.
        let flow = Flow::after(&app, Step::DispatchVisit).await;
        assert!(!flow.visit().is_nil());
        let round = json!({ "input": {
            "id": app.new_id(), "origin": { "patrol": "书院坪市场秤具巡查" }, "merchantId": stall,
            "inspectorIds": [],
        } });
        assert_eq!(
            app.as_("lin").refused("DispatchInspection", round).await,
            ["MERCHANT_CLOSED"]
        );
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn the_register_is_kept_by_the_office_of_the_place_and_lets_nothing_wrong_in() {
    on_both(async |app| {
        for (change, refused) in [
            (
                json!({ "creditCode": "91350100M000100Y44" }),
                "CREDIT_CODE_CHECK",
            ),
            (json!({ "creditCode": "1" }), "FIELD_FORMAT"),
            (json!({ "openedOn": "2026-11-24" }), "TIME_IN_FUTURE"),
            (json!({ "nameZh": "" }), "FIELD_REQUIRED"),
        ] {
            let asked = opening(&app, change);
            assert_eq!(
                app.as_("lin").refused("OpenMerchant", asked).await,
                [refused]
            );
        }
        for (name, value, refused) in [
            ("division", json!("430199"), "DENIED"),
            ("division", json!("430104"), "DENIED"),
            (
                "marketId",
                json!(merchant_id("tianxin-stall-17").uuid()),
                "MERCHANT_UNKNOWN",
            ),
            ("marketId", json!(app.new_id()), "MERCHANT_UNKNOWN"),
        ] {
            let mut asked = opening(&app, json!({}));
            asked["input"]["premises"][name] = value;
            assert_eq!(
                app.as_("lin").refused("OpenMerchant", asked).await,
                [refused],
                "{name}"
            );
        }
        for who in ["zhou", "luo", "wu", "qiu"] {
            let asked = opening(&app, json!({}));
            assert_eq!(
                app.as_(who).refused("OpenMerchant", asked).await,
                ["DENIED"],
                "{who}"
            );
        }
        let own = merchant_id("tianxin-stall-17").uuid();
        let itself = json!({ "successorId": own, "on": "2026-11-23" });
        let refused = app
            .as_("lin")
            .refused("SucceedMerchant", on(&app, own, itself))
            .await;
        assert_eq!(refused, ["MERCHANT_UNKNOWN"]);
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
#[expect(clippy::too_many_lines, reason = "the life of one instrument")]
async fn an_instrument_is_added_verified_again_moved_and_retired() {
    on_both(async |app| {
        let lin = app.as_("lin");
        let stall = merchant_id("tianxin-stall-17").uuid();
        let plate = json!({ "kind": "PRICE_SCALE", "model": "ACS-15", "serial": "新001",
            "accuracyClass": "III", "eGrams": "5", "maxGrams": "15000" });
        let id = app.new_id();
        let adding = json!({ "input": { "id": id, "merchantId": stall, "plate": plate } });
        lin.run("AddInstrument", adding.clone()).await.ok();
        lin.run("AddInstrument", adding.clone()).await.ok();
        let mut twice = adding;
        twice["input"]["id"] = json!(app.new_id());
        assert_eq!(
            lin.refused("AddInstrument", twice.clone()).await,
            ["INSTRUMENT_KNOWN"]
        );
        for (name, value, refused) in [
            ("accuracyClass", json!("II"), "OUT_OF_RANGE"),
            ("eGrams", json!("0"), "FIELD_FORMAT"),
            ("maxGrams", json!("much"), "FIELD_FORMAT"),
        ] {
            let mut wrong = twice.clone();
            wrong["input"]["plate"]["serial"] = json!("新002");
            wrong["input"]["plate"][name] = value;
            assert_eq!(
                lin.refused("AddInstrument", wrong).await,
                [refused],
                "{name}"
            );
        }
        let step = |change: Value| {
            let mut input = json!({ "id": app.new_id(), "instrumentId": id });
            for (name, value) in change.as_object().unwrap() {
                input[name] = value.clone();
            }
            json!({ "input": input })
        };
        let certificate = |on: &str| {
            json!({ "certificate": {
            "number": "JD-1", "verifiedOn": on, "validUntil": "2027-11-19" } })
        };
        let verified = lin
            .run("ReverifyInstrument", step(certificate("2026-11-20")))
            .await
            .ok();
        let state = verified.text("reverifyInstrument.instrument.verification.state");
        assert_eq!(state, "VALID");
        for (day, refused) in [
            ("2026-11-24", "TIME_IN_FUTURE"),
            ("2026-11-19", "TIME_TOO_OLD"),
        ] {
            let asked = step(certificate(day));
            assert_eq!(lin.refused("ReverifyInstrument", asked).await, [refused]);
        }
        assert_eq!(
            found(&app, "lin", json!({ "serial": "新001" })).await,
            ["Wu's Fresh Pork"]
        );
        let to = json!({ "toMerchantId": merchant_id("tianxin-stall-05").uuid() });
        lin.run("MoveInstrument", step(to)).await.ok();
        assert_ne!(
            found(&app, "lin", json!({ "serial": "新001" })).await,
            ["Wu's Fresh Pork"]
        );
        let retired = || step(json!({ "on": "2026-11-23", "reason": "报废" }));
        lin.run("RetireInstrument", retired()).await.ok();
        assert_eq!(
            lin.refused("RetireInstrument", retired()).await,
            ["INSTRUMENT_RETIRED"]
        );
        assert_eq!(
            found(&app, "lin", json!({ "serial": "新001" })).await,
            Vec::<String>::new()
        );
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn an_inspector_puts_a_scale_on_the_ledger_that_no_ledger_has_and_checks_it() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::ArriveToo).await;
        let zhou = app.as_("zhou");
        let id = app.new_id();
        let adding = json!({ "input": { "id": id, "visitId": flow.visit(), "plate": {
            "kind": "PRICE_SCALE", "model": "无铭牌", "serial": "无" } } });
        zhou.run("AddSeenInstrument", adding.clone()).await.ok();
        zhou.run("AddSeenInstrument", adding.clone()).await.ok();
        let check = json!({ "instrumentId": id, "seal": "BROKEN", "markValidUntil": null });
        flow.take_with(Step::CheckInstrument, check).await;
        let mut twice = adding.clone();
        twice["input"]["id"] = json!(app.new_id());
        assert_eq!(
            zhou.refused("AddSeenInstrument", twice).await,
            ["INSTRUMENT_KNOWN"]
        );
        let mut stranger = adding;
        stranger["input"]["id"] = json!(app.new_id());
        let refused = app.as_("peng").refused("AddSeenInstrument", stranger).await;
        assert_eq!(refused, ["NOT_FOUND"]);
        // One that is retired is on no ledger any more.
        let retire = json!({ "input": { "id": app.new_id(), "reason": "报废", "on": "2026-11-23",
            "instrumentId": instrument_id("tianxin-stall-17-scale").uuid() } });
        app.as_("lin").run("RetireInstrument", retire).await.ok();
        let gone = flow.refused(Step::CheckInstrument, json!({})).await;
        assert_eq!(gone, ["INSTRUMENT_UNKNOWN"]);
        app.advance(TimeDelta::seconds(1));
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn an_instrument_whose_merchant_cannot_be_read_is_not_called_unknown() {
    on_both(async |app| {
        app.execute("UPDATE merchant SET venue = 'none of ours'")
            .await;
        let retire = json!({ "input": { "id": app.new_id(), "reason": "报废", "on": "2026-11-23",
            "instrumentId": instrument_id("tianxin-stall-17-scale").uuid() } });
        let reply = app.as_("lin").run("RetireInstrument", retire).await;
        assert_eq!(reply.errors()[0]["extensions"]["code"], "INTERNAL");
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn merchants_are_found_by_name_market_and_place_page_by_page() {
    on_both(async |app| {
        let market = json!({ "marketId": merchant_id("shuyuanping-market").uuid() });
        let stalls = found(&app, "lin", market.clone()).await;
        assert!(
            stalls.len() >= 3 && stalls.contains(&"Wu's Fresh Pork".to_owned()),
            "{stalls:?}"
        );
        assert_eq!(
            found(&app, "lin", json!({ "name": "吴记" })).await,
            ["Wu's Fresh Pork"]
        );
        assert_eq!(
            found(&app, "lin", json!({ "name": "％_" })).await.len(),
            found(&app, "lin", json!({})).await.len()
        );
        let (mut names, mut after) = (Vec::new(), Value::Null);
        loop {
            let variables = json!({ "filter": market, "first": 2, "after": after });
            let page = app.as_("lin").run("FindMerchants", variables).await.ok();
            let items = page.data("merchants.items").as_array().unwrap().clone();
            names.extend(
                items
                    .iter()
                    .map(|item| item["name"].as_str().unwrap().to_owned()),
            );
            after = page.data("merchants.endCursor").clone();
            if page.data("merchants.hasNextPage") == &json!(false) {
                break;
            }
        }
        assert_eq!(names, stalls);
        // The county's officers look within the county, the city's below as well.
        let yuelu = json!({ "division": "430104" });
        let denied = app
            .as_("lin")
            .run("FindMerchants", json!({ "filter": yuelu }))
            .await;
        assert_eq!(denied.problems(), ["DENIED"]);
        assert!(!found(&app, "yi", yuelu).await.is_empty());
        let stranger = app.as_("wu").run("FindMerchants", json!({})).await;
        assert_eq!(stranger.problems(), ["DENIED"]);
        app.drain_jobs().await;
    })
    .await;
}
