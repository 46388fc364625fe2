//! The code that officers show at the door, as the merchant reads it.

use liangxin_demo::fixtures::{merchant_id, user_id};
use liangxin_domain::limits::PASSPORT_DAYS;
use liangxin_domain::reports::receipt::ReceiptCode;
use liangxin_tests::census::column;
use liangxin_tests::flow::{Flow, Step};
use serde_json::Value;

use super::*;

const STALL: &str = "tianxin-stall-17";

fn asked(app: &TestApp, visit: Uuid) -> Value {
    json!({ "input": { "id": app.new_id(), "visitId": visit } })
}

/// The code that somebody shows who goes on a visit.
async fn code(app: &TestApp, who: &str, visit: Uuid) -> String {
    let made = app
        .as_(who)
        .run("MakePassport", asked(app, visit))
        .await
        .ok();
    let code = made.text("makePassport.passport.code").to_owned();
    let url = made.text("makePassport.passport.url");
    assert!(url.ends_with(&format!("/v#{code}")), "{url}");
    code
}

/// What a merchant reads who types a code, and perhaps the one on the wall.
async fn read(server: &Server, code: &str, wall: &str, language: &str) -> (u16, String) {
    let answer = server
        .post("/v")
        .header("Content-Type", "application/x-www-form-urlencoded")
        .header("Accept-Language", language)
        .body(format!("passport={code}&wall={wall}"))
        .send()
        .await
        .unwrap();
    let status = answer.status().as_u16();
    let page = answer.text().await.unwrap();
    // Header and footer lead to the form for reports from every page.
    let (_, told) = page.split_once("<main").unwrap();
    (status, told.split_once("</main>").unwrap().0.to_owned())
}

/// Sends Zhou and Tang to the stall without a report; answers the visit.
async fn sent(app: &TestApp, origin: Value) -> Uuid {
    let visit = app.new_id();
    let input = json!({ "input": {
        "id": visit, "origin": origin, "merchantId": merchant_id(STALL).uuid(),
        "inspectorIds": [user_id("zhou").uuid(), user_id("tang").uuid()],
    } });
    app.as_("lin").run("DispatchInspection", input).await.ok();
    visit
}

/// Others go on the visit of the story.
async fn replaced(app: &TestApp, flow: &Flow) {
    let others = json!({ "input": {
        "id": app.new_id(), "visitId": flow.visit(), "reason": "原检查人员须回避。",
        "inspectorIds": [user_id("tang").uuid(), user_id("peng").uuid()],
    } });
    app.as_("lin").run("ReplaceInspectors", others).await.ok();
}

#[tokio::test]
async fn at_the_door_a_merchant_reads_who_comes_why_from_where_with_what_scope_and_since_when() {
    on_both(async |app| {
        let server = Server::start(&app, Mode::Production).await;
        let flow = Flow::after(&app, Step::DispatchVisit).await;
        let code = code(&app, "zhou", flow.visit()).await;
        let (status, told) = read(&server, &code, "", "en").await;
        assert_eq!(status, 200, "{told}");
        for part in [
            "This visit is genuine",
            "Zhou Liqun",
            "XZ-430103-0117",
            "Tang Yuqing",
            "XZ-430103-0124",
            "Fresh Pork",
            "as its duty",
            "Weights and measures",
            "2026-11-23",
        ] {
            assert!(told.contains(part), "{part}: {told}");
        }
        let db = &app.parts().db;
        for bureau in column::<String>(db, "bureau", "name_en", "division = '430103'").await {
            assert!(told.contains(&bureau), "{bureau}: {told}");
        }
        // Typed as people type, in Chinese, beside the code on the wall.
        let typed = code.to_lowercase().replace('-', "+");
        let wall = merchant_code(STALL).to_string().to_lowercase();
        let (status, told) = read(&server, &typed, &wall, "zh").await;
        assert_eq!(status, 200, "{told}");
        assert!(told.contains("周立群") && told.contains("执法证件号 XZ-430103-0117"));
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn nothing_at_the_door_tells_a_visit_on_a_report_from_one_on_a_lead_or_a_round() {
    on_both(async |app| {
        let server = Server::start(&app, Mode::Production).await;
        let flow = Flow::after(&app, Step::DispatchVisit).await;
        let others = [
            sent(&app, json!({ "lead": "媒体反映摊位缺斤少两" })).await,
            sent(&app, json!({ "patrol": "书院坪市场秤具巡查" })).await,
        ];
        for language in ["zh", "en"] {
            let shown = code(&app, "zhou", flow.visit()).await;
            let (status, of_report) = read(&server, &shown, "", language).await;
            assert_eq!(status, 200, "{of_report}");
            for visit in others {
                let shown = code(&app, "tang", visit).await;
                let (_, other) = read(&server, &shown, "", language).await;
                assert_eq!(other, of_report);
            }
            let planned = sent(&app, json!({ "planId": app.new_id() })).await;
            let shown = code(&app, "tang", planned).await;
            let (_, planned) = read(&server, &shown, "", language).await;
            assert_ne!(planned, of_report);
        }
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn a_code_that_is_mistyped_forged_or_another_merchants_says_so_and_names_nobody() {
    on_both(async |app| {
        let server = Server::start(&app, Mode::Production).await;
        let flow = Flow::after(&app, Step::DispatchVisit).await;
        let good = code(&app, "zhou", flow.visit()).await;
        let forged = ReceiptCode::from_bytes([9; 18]).to_string();
        let receipt = flow.receipt_code().await;
        let other = merchant_code("tianxin-stall-05").to_string();
        let cut = &good[..good.len() - 1];
        for (typed, wall, status, says) in [
            (cut, "", 422, "no code of a visit"),
            ("", "", 422, "no code of a visit"),
            (good.as_str(), "7QK2", 422, "no code of a merchant"),
            (forged.as_str(), "", 404, "no such visit"),
            // Of the same form, and for another door.
            (receipt.as_str(), "", 404, "no such visit"),
            (
                good.as_str(),
                other.as_str(),
                404,
                "a visit to somebody else",
            ),
        ] {
            let (answered, told) = read(&server, typed, wall, "en").await;
            assert!(answered == status && told.contains(says), "{says}: {told}");
            assert!(!told.contains("Zhou") && !told.contains("XZ-"), "{told}");
        }
        let (status, _) = track(&server, &good).await;
        assert_eq!(status, 404, "it opens no report");
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn a_code_is_void_once_others_go_and_they_have_one_of_their_own() {
    on_both(async |app| {
        let server = Server::start(&app, Mode::Production).await;
        let flow = Flow::after(&app, Step::DispatchVisit).await;
        let former = code(&app, "zhou", flow.visit()).await;
        replaced(&app, &flow).await;
        let (status, told) = read(&server, &former, "", "en").await;
        assert!(
            status == 410 && told.contains("This code is void"),
            "{told}"
        );
        assert!(!told.contains("XZ-"), "{told}");
        let zhou = app.as_("zhou");
        let left = zhou
            .refused("MakePassport", asked(&app, flow.visit()))
            .await;
        assert_eq!(left, ["NOT_FOUND"]);
        let present = code(&app, "peng", flow.visit()).await;
        assert_ne!(present, former);
        let (status, told) = read(&server, &present, "", "en").await;
        assert!(status == 200 && !told.contains("Zhou"), "{told}");
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn for_some_days_after_the_visit_the_code_says_who_was_there_and_then_that_it_is_over() {
    on_both(async |app| {
        let server = Server::start(&app, Mode::Production).await;
        let flow = Flow::after(&app, Step::DispatchVisit).await;
        let shown = code(&app, "zhou", flow.visit()).await;
        flow.go_on(Step::DispatchVisit, Step::SubmitVisit).await;
        app.drain_jobs().await;
        app.advance(TimeDelta::days(PASSPORT_DAYS));
        let (status, told) = read(&server, &shown, "", "en").await;
        assert!(status == 200 && told.contains("is over"), "{told}");
        assert!(
            told.contains("Ended on") && told.contains("Arrived on"),
            "{told}"
        );
        app.advance(TimeDelta::days(1));
        let (status, told) = read(&server, &shown, "", "en").await;
        assert!(status == 410 && told.contains("ended long ago"), "{told}");
        assert!(!told.contains("XZ-"), "{told}");
        app.leave_jobs();
    })
    .await;
}

#[tokio::test]
async fn the_code_of_a_visit_that_is_never_closed_ends_and_is_good_again_once_it_is_asked_for() {
    on_both(async |app| {
        let server = Server::start(&app, Mode::Production).await;
        let visit = sent(&app, json!({ "patrol": "书院坪市场秤具巡查" })).await;
        let made = app
            .as_("zhou")
            .run("MakePassport", asked(&app, visit))
            .await
            .ok();
        assert_eq!(made.text("makePassport.passport.goodUntil"), "2026-12-23");
        let shown = made.text("makePassport.passport.code").to_owned();
        app.advance(TimeDelta::days(PASSPORT_DAYS));
        let (status, told) = read(&server, &shown, "", "en").await;
        assert!(status == 200 && told.contains("2026-12-23"), "{told}");
        app.advance(TimeDelta::days(1));
        let (status, told) = read(&server, &shown, "", "en").await;
        assert!(status == 410 && told.contains("out of date"), "{told}");
        assert!(
            told.contains("2026-12-23") && !told.contains("XZ-"),
            "{told}"
        );
        assert_eq!(code(&app, "tang", visit).await, shown);
        let (status, told) = read(&server, &shown, "", "en").await;
        assert_eq!(status, 200, "{told}");
        app.leave_jobs();
    })
    .await;
}

#[tokio::test]
async fn who_goes_gets_the_code_as_often_as_it_is_asked_for_and_nobody_else() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::DispatchVisit).await;
        let visit = flow.visit();
        let shown = code(&app, "zhou", visit).await;
        assert_eq!(code(&app, "zhou", visit).await, shown);
        assert_eq!(code(&app, "tang", visit).await, shown);
        let db = &app.parts().db;
        assert_eq!(count(db, "visit_passport", "1 = 1").await, 1);
        // What lies there opens nothing.
        let lies = format!("code_key LIKE '%{}%'", shown.replace('-', ""));
        assert_eq!(count(db, "visit_passport", &lies).await, 0);
        let hashes = count(db, "visit_passport", "length(code_key) = 64");
        assert_eq!(hashes.await, 1);
        for (who, refused) in [("lin", "DENIED"), ("he", "DENIED"), ("peng", "NOT_FOUND")] {
            let asked = asked(&app, visit);
            assert_eq!(
                app.as_(who).refused("MakePassport", asked).await,
                [refused],
                "{who}"
            );
        }
        flow.go_on(Step::DispatchVisit, Step::SubmitVisit).await;
        let zhou = app.as_("zhou");
        let over = zhou.refused("MakePassport", asked(&app, visit)).await;
        assert_eq!(over, ["WRONG_STATE"]);
        app.drain_jobs().await;
    })
    .await;
}
