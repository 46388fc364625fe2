//! Tokens that do not work, over real sockets: one answer for all of them, and none where nobody is needed.
//! `crosswise.rs`: each kind at the doors of all the others.

mod crosswise;

use chrono::TimeDelta;
use liangxin_app::usecase::accounts::{Recognised, recognise};
use liangxin_demo::fixtures::PASSWORD;
use liangxin_domain::limits::ACCESS_TOKEN_SECONDS;
use liangxin_graphql::limits::Mode;
use liangxin_tests::app::{TestApp, on_both};
use liangxin_tests::contract::operation;
use liangxin_tests::flow::{Flow, Step};
use liangxin_tests::pictures;
use liangxin_tests::server::Server;
use liangxin_tests::statements::Asked;
use reqwest::header::AUTHORIZATION;
use reqwest::{RequestBuilder, Response};
use serde_json::{Value, json};

use crate::http_uploads::access_token;

/// What an answer says: status, code, class.
type Told = (u16, String, String);

/// The answer to a token that does not work.
fn turned_away() -> Told {
    (401, "SESSION_EXPIRED".to_owned(), "SIGN_IN".to_owned())
}

async fn told(answer: Response) -> Told {
    let status = answer.status().as_u16();
    assert!(status != 401 || answer.headers().contains_key("www-authenticate"));
    let body: Value = answer.json().await.unwrap();
    let error = match body["errors"].as_array() {
        Some(errors) => errors[0]["extensions"].clone(),
        None => body,
    };
    let word = |name: &str| error[name].as_str().unwrap_or_default().to_owned();
    (status, word("code"), word("class"))
}

/// Signs in as a person of the fixtures: the access token and the refresh token.
async fn sign_in(app: &TestApp, key: &str) -> (String, String) {
    let input = json!({ "email": format!("{key}@tianxin.example"), "password": PASSWORD, "deviceName": "phone" });
    let reply = app
        .anonymous()
        .run("SignIn", json!({ "input": input }))
        .await
        .ok();
    let token = |name: &str| reply.text(&format!("signIn.session.{name}")).to_owned();
    (token("accessToken"), token("refreshToken"))
}

/// `Authorization` headers that do not work, with the reason.
async fn broken(app: &TestApp) -> Vec<(&'static str, String)> {
    let (expired, _) = sign_in(app, "tang").await;
    app.advance(TimeDelta::seconds(ACCESS_TOKEN_SECONDS));
    let (revoked, _) = sign_in(app, "zhou").await;
    let phone = app.bearer(&revoked);
    let devices = phone.run("MyDevices", json!({})).await.ok();
    let this = devices.data("myDevices.0.id");
    let end = json!({ "deviceId": this });
    phone.run("RevokeDevice", end).await;
    let (disabled, _) = sign_in(app, "peng").await;
    app.execute(
        "UPDATE \"user\" SET disabled_at = '2026-11-23 01:00:00+00:00' WHERE email LIKE 'peng@%'",
    )
    .await;
    vec![
        ("no scheme", revoked.clone()),
        ("another scheme", "Basic dTpw".to_owned()),
        ("no token", "Bearer".to_owned()),
        ("garbage", "Bearer rubbish".to_owned()),
        ("unsigned", "Bearer eyJhbGciOiJub25lIn0.e30.".to_owned()),
        ("expired", format!("Bearer {expired}")),
        ("of a revoked device", format!("Bearer {revoked}")),
        ("of a disabled account", format!("Bearer {disabled}")),
    ]
}

#[tokio::test]
async fn every_way_in_which_a_token_does_not_work_reads_the_same() {
    on_both(async |app| {
        let broken = broken(&app).await;
        let server = Server::start(&app, Mode::Production).await;
        let id = app.new_id();
        let needs_somebody: [(&str, &dyn Fn() -> RequestBuilder); 4] = [
            ("a query", &|| server.graphql(&operation("Me"), &json!({}))),
            ("a mutation", &|| {
                let variables = json!({ "deviceId": id });
                server.graphql(&operation("RevokeDevice"), &variables)
            }),
            ("an upload", &|| server.post("/uploads")),
            ("a photo", &|| server.get(&format!("/photos/{id}"))),
        ];
        for (why, header) in &broken {
            for (what, request) in &needs_somebody {
                let answer = request().header(AUTHORIZATION, header).send().await;
                assert_eq!(
                    told(answer.unwrap()).await,
                    turned_away(),
                    "{what} with a token that is {why}"
                );
            }
        }
        let dead = json!({ "refreshToken": "x" });
        let answer = server.graphql(&operation("RefreshSession"), &dead).send();
        assert_eq!(told(answer.await.unwrap()).await, turned_away());
    })
    .await;
}

#[tokio::test]
async fn what_needs_nobody_is_done_whatever_token_comes_along() {
    on_both(async |app| {
        let broken = broken(&app).await;
        let server = Server::start(&app, Mode::Production).await;
        for (why, header) in &broken {
            let report = Flow::new(&app).variables(Step::FileReport);
            for (name, variables) in [
                ("Limits", json!({})),
                ("ServerTime", json!({})),
                ("RuleEditions", json!({})),
                ("ConfidentialityPromise", json!({})),
                ("LookUpMerchant", json!({ "code": "x" })),
                ("FileReport", report),
                ("TrackReport", json!({ "receiptCode": "x" })),
            ] {
                let request = server.graphql(&operation(name), &variables);
                let answer = request.header(AUTHORIZATION, header).send().await.unwrap();
                assert_eq!(answer.status(), 200, "{name} with a token that is {why}");
                let body: Value = answer.json().await.unwrap();
                assert!(body["errors"].is_null(), "{name}, {why}: {body}");
            }
        }
        // A step that a citizen takes by a receipt code and an officer by a token needs one of both.
        let withdraw = json!({ "input": {
            "id": app.new_id(), "complaintId": app.new_id(), "reason": "不再追究" } });
        let request = || server.graphql(&operation("WithdrawComplaint"), &withdraw);
        for (why, header) in &broken {
            let answer = request().header(AUTHORIZATION, header).send().await;
            assert_eq!(told(answer.unwrap()).await, turned_away(), "{why}");
        }
        let (_, code, _) = told(request().send().await.unwrap()).await;
        assert_eq!(code, "SIGN_IN_REQUIRED");
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn the_receipt_code_ends_the_tokens_that_send_photos() {
    on_both(async |app| {
        let flow = Flow::new(&app);
        let filed = flow.take(Step::FileReport).await;
        let lost = app.bearer(filed.text("fileReport.receipt.uploadToken"));
        let code = flow.receipt_code().await;
        let revoke = json!({ "receiptCode": code });
        for _ in 0..2 {
            let revoked = app.anonymous().run("RevokeUploads", revoke.clone()).await;
            let revoked = revoked.ok();
            let report = flow.report().to_string();
            assert_eq!(revoked.text("revokeUploads.reportId"), report);
            let refused = lost.refused_upload(flow.report_photo(), pictures::scale());
            assert_eq!(refused.await, "SESSION_EXPIRED");
        }
        let wrong = json!({ "receiptCode": "QQQQ-QQQQ-QQQQ-QQQQ-QQ" });
        let unknown = app.anonymous().refused("RevokeUploads", wrong).await;
        assert_eq!(unknown.len(), 1);
        // Whoever has the code gets a token that works.
        let photo = app.new_id();
        let more = json!({ "input": { "id": app.new_id(), "receiptCode": code,
            "photos": [pictures::declared(photo, pictures::stall())] } });
        let added = app.anonymous().run("AddReportPhotos", more).await.ok();
        let fresh = app.bearer(added.text("addReportPhotos.uploadToken"));
        fresh.upload(photo, pictures::stall()).await.unwrap();
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn to_know_who_asks_takes_one_statement() {
    on_both(async |app| {
        let asked = Asked::default();
        let heard = app.with(|parts| parts.db = asked.of(parts.db.clone()));
        let token = access_token(&app, "zhou").await;
        for _ in 0..2 {
            asked.take();
            let recognised = recognise(heard.parts(), Some(&token)).await.unwrap();
            assert!(matches!(recognised.by, Recognised::Fully(_)));
            let statements = asked.take();
            assert_eq!(statements.len(), 1, "{statements:?}");
        }
    })
    .await;
}
