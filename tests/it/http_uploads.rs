//! Photos over real sockets.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::TimeDelta;
use liangxin_graphql::limits::Mode;
use liangxin_tests::app::{TestApp, on_both};
use liangxin_tests::census::count;
use liangxin_tests::flow::{Flow, Step};
use liangxin_tests::pictures;
use liangxin_tests::server::Server;
use liangxin_tests::tus::Tus;
use reqwest::header::{HeaderName, HeaderValue};
use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::bad_lines::report;

/// The value of a photo's id in `Upload-Metadata`.
fn metadata(id: Uuid) -> String {
    format!("id {}", STANDARD.encode(id.to_string()))
}

pub(crate) fn upload(server: &Server, id: Uuid, bytes: &[u8]) -> RequestBuilder {
    server
        .post("/uploads")
        .header("Tus-Resumable", "1.0.0")
        .header("Upload-Length", bytes.len())
        .header("Upload-Metadata", metadata(id))
        .header("Content-Type", "application/offset+octet-stream")
        .body(bytes.to_vec())
}

async fn outcome(request: RequestBuilder) -> (u16, String) {
    let answer = request.send().await.unwrap();
    let status = answer.status().as_u16();
    let body: Value = answer.json().await.unwrap();
    let told = body["code"]
        .as_str()
        .or(body["sha256"].as_str())
        .unwrap_or_default();
    (status, told.to_owned())
}

#[tokio::test]
async fn a_promised_photo_is_created_with_its_digest_and_again_with_the_same() {
    on_both(async |app| {
        let server = Server::start(&app, Mode::Production).await;
        let flow = Flow::new(&app);
        let token = flow
            .take(Step::FileReport)
            .await
            .text("fileReport.receipt.uploadToken")
            .to_owned();
        let digest = liangxin_app::app::sha256(pictures::scale()).to_string();
        for _ in 0..2 {
            let request =
                upload(&server, flow.report_photo(), pictures::scale()).bearer_auth(&token);
            assert_eq!(outcome(request).await, (201, digest.clone()));
        }
        assert_eq!(app.parts().objects.count(), 1);
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn the_same_bytes_of_one_record_are_one_upload_by_whatever_id_and_of_another_another() {
    on_both(async |app| {
        let server = Server::start(&app, Mode::Production).await;
        let photo = pictures::scale().to_vec();
        let mut uploads = Vec::new();
        for _ in 0..2 {
            let (token, ids) = report(&app, &[photo.clone(), photo.clone()]).await;
            let phone = Tus::new(&server.url, &token);
            for id in ids {
                let begun = phone.create(id, photo.len()).await.unwrap();
                uploads.push(begun.location.unwrap());
            }
        }
        assert_eq!(uploads[0], uploads[1]);
        assert_eq!(uploads[2], uploads[3]);
        assert_ne!(uploads[0], uploads[2]);
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn an_inspector_sends_the_photos_of_a_visit_with_the_access_token() {
    on_both(async |app| {
        let server = Server::start(&app, Mode::Production).await;
        let flow = Flow::after(&app, Step::ArriveToo).await;
        flow.take(Step::DeclarePhotos).await;
        let token = access_token(&app, "tang").await;
        let request = upload(&server, flow.scene_photo(), pictures::stall()).bearer_auth(&token);
        assert_eq!(outcome(request).await.0, 201);
        let request = upload(&server, flow.report_photo(), pictures::scale()).bearer_auth(token);
        assert_eq!(outcome(request).await, (404, "PHOTO_UNKNOWN".to_owned()));
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn an_upload_by_the_wrong_person_or_of_the_wrong_bytes_is_refused_and_leaves_nothing_behind()
{
    on_both(async |app| {
        let server = Server::start(&app, Mode::Production).await;
        let flow = Flow::new(&app);
        let filed = flow.take(Step::FileReport).await;
        let token = filed.text("fileReport.receipt.uploadToken");
        let photo = flow.report_photo();
        let mut flipped = pictures::scale().to_vec();
        flipped[0] ^= 1;
        let send = |id, bytes| upload(&server, id, bytes);
        let scale = pictures::scale();
        let before = app.census().await;
        for (request, status, code) in [
            (send(photo, scale), 401, "SIGN_IN_REQUIRED"),
            (send(photo, scale).bearer_auth("x"), 401, "SESSION_EXPIRED"),
            (
                send(photo, pictures::stall()).bearer_auth(token),
                409,
                "PHOTO_SIZE_MISMATCH",
            ),
            (
                send(photo, &flipped).bearer_auth(token),
                409,
                "PHOTO_DIGEST_MISMATCH",
            ),
            (
                send(app.new_id(), scale).bearer_auth(token),
                404,
                "PHOTO_UNKNOWN",
            ),
        ] {
            assert_eq!(outcome(request).await, (status, code.to_owned()));
        }
        let after = app.census().await;
        assert_eq!(after.changed_since(&before), Vec::<&str>::new());
        assert_eq!(outcome(send(photo, scale).bearer_auth(token)).await.0, 201);
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn every_header_that_cannot_be_is_refused_and_leaves_nothing_behind() {
    on_both(async |app| {
        let server = Server::start(&app, Mode::Production).await;
        let flow = Flow::new(&app);
        let filed = flow.take(Step::FileReport).await;
        let token = filed.text("fileReport.receipt.uploadToken");
        let before = app.census().await;
        for (name, value, status, code) in [
            ("upload-length", "25000001", 413, "PHOTO_TOO_LARGE"),
            ("upload-length", "many", 400, "UPLOAD_HEADERS"),
            ("upload-length", "10", 400, "UPLOAD_HEADERS"),
            ("upload-metadata", "name eA==", 400, "UPLOAD_HEADERS"),
            ("content-type", "image/jpeg", 415, "UPLOAD_HEADERS"),
            ("tus-resumable", "0.2.2", 412, "UPLOAD_HEADERS"),
        ] {
            let request =
                upload(&server, flow.report_photo(), pictures::scale()).bearer_auth(token);
            let mut request = request.build().unwrap();
            let name = HeaderName::from_static(name);
            request
                .headers_mut()
                .insert(name.clone(), HeaderValue::from_static(value));
            let request = RequestBuilder::from_parts(server.client.clone(), request);
            assert_eq!(
                outcome(request).await,
                (status, code.to_owned()),
                "{name}: {value}"
            );
        }
        let after = app.census().await;
        assert_eq!(after.changed_since(&before), Vec::<&str>::new());
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn an_original_comes_back_whole_to_whoever_may_see_its_record_and_to_nobody_else() {
    on_both(async |app| {
        let server = Server::start(&app, Mode::Production).await;
        let flow = Flow::after(&app, Step::SubmitVisit).await;
        let path = format!("/photos/{}", flow.scene_photo());
        for (who, status) in [
            ("zhou", 200),
            ("he", 200),
            ("peng", 404),
            ("wu", 404),
            ("shen", 404),
        ] {
            let token = access_token(&app, who).await;
            let answer = server.get(&path).bearer_auth(token).send().await.unwrap();
            assert_eq!(answer.status().as_u16(), status, "{who}");
            if status == 200 {
                assert_eq!(answer.bytes().await.unwrap(), pictures::stall(), "{who}");
            }
        }
        assert_eq!(
            server.get(&path).send().await.unwrap().status().as_u16(),
            401
        );
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn a_reporters_photo_is_shown_as_a_bare_copy_and_its_original_opened_for_a_purpose_and_told()
{
    on_both(async |app| {
        let server = Server::start(&app, Mode::Production).await;
        let flow = Flow::after(&app, Step::FileReport).await;
        let code = flow.receipt_code().await;
        let reporter = app.reporter(&code);
        let sent = reporter.upload(flow.report_photo(), pictures::scale());
        sent.await.unwrap();
        flow.go_on(Step::FileReport, Step::DispatchVisit).await;
        let fetch = async |who: &str, end: &str| {
            let path = format!("/photos/{}{end}", flow.report_photo());
            let token = access_token(&app, who).await;
            let answer = server.get(&path).bearer_auth(token).send().await.unwrap();
            (answer.status().as_u16(), answer.bytes().await.unwrap())
        };
        assert!(has(pictures::scale(), b"Exif"), "the phone wrote something");
        for who in ["lin", "deng", "xiao", "he", "luo", "zhou"] {
            let (status, copy) = fetch(who, "").await;
            assert_eq!(status, 200, "{who}");
            assert!(copy.starts_with(&[0xFF, 0xD8, 0xFF]) && copy.ends_with(&[0xFF, 0xD9]));
            for mark in [b"Exif".as_slice(), b"GPS", b"http", b"2026"] {
                assert!(!has(&copy, mark), "{who}: {mark:?}");
            }
            assert_eq!(fetch(who, "/original").await.0, 422, "{who}");
        }
        assert_eq!(count(&app.parts().db, "photo_copy", "TRUE").await, 1);

        let open = || {
            json!({ "input": { "id": app.new_id(), "photoId": flow.report_photo(),
                "purpose": "核对拍摄时间" } })
        };
        for who in ["lin", "xiao", "luo", "zhou", "shen"] {
            let refused = app.as_(who).refused("OpenOriginal", open()).await;
            assert_eq!(refused, ["DENIED"], "{who}");
        }
        for who in ["wu", "peng"] {
            assert!(
                !app.as_(who)
                    .refused("OpenOriginal", open())
                    .await
                    .is_empty()
            );
        }
        let opened = app.as_("deng").run("OpenOriginal", open()).await.ok();
        assert!(opened.text("openOriginal.url").ends_with("/original"));
        assert_eq!(
            fetch("deng", "/original").await,
            (200, pictures::scale().into())
        );
        assert_eq!(
            fetch("he", "/original").await.0,
            422,
            "each opens it for herself"
        );
        let tracked = json!({ "receiptCode": code });
        let told = app.anonymous().run("TrackReport", tracked).await.ok();
        assert!(told.body().contains("original_opened"));
        app.advance(TimeDelta::hours(24));
        assert_eq!(fetch("deng", "/original").await.0, 422);
        app.drain_jobs().await;
    })
    .await;
}

fn has(bytes: &[u8], mark: &[u8]) -> bool {
    bytes.windows(mark.len()).any(|part| part == mark)
}

pub(crate) async fn access_token(app: &TestApp, key: &str) -> String {
    let email = liangxin_demo::fixtures::email_of(key).unwrap();
    let password = liangxin_demo::fixtures::PASSWORD;
    let input = json!({ "email": email.as_str(), "password": password, "deviceName": "phone" });
    let session = app
        .anonymous()
        .run("SignIn", json!({ "input": input }))
        .await
        .ok();
    session.text("signIn.session.accessToken").to_owned()
}

#[tokio::test]
async fn a_sender_is_told_at_once_that_a_photo_is_of_one_colour() {
    on_both(async |app| {
        let server = Server::start(&app, Mode::Production).await;
        let blank = pictures::blank().unwrap();
        for (bytes, told) in [(blank.as_slice(), Some("blank")), (pictures::stall(), None)] {
            let flow = Flow::after(&app, Step::ArriveToo).await;
            let photo = app.new_id();
            let promised = json!([{ "kind": "SCENE", "photo": pictures::declared(photo, bytes) }]);
            flow.take_with(Step::DeclarePhotos, json!({ "photos": promised }))
                .await;
            let token = access_token(&app, "zhou").await;
            // Sent again, it is said again.
            for _ in 0..2 {
                let answer = upload(&server, photo, bytes).bearer_auth(&token).send();
                let answer = answer.await.unwrap();
                assert_eq!(answer.status().as_u16(), 201);
                let header = answer.headers().get("liangxin-photo");
                assert_eq!(header.map(|it| it.to_str().unwrap()), told);
            }
        }
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn a_client_learns_what_it_may_rely_on() {
    on_both(async |app| {
        let server = Server::start(&app, Mode::Production).await;
        let request = server
            .client
            .request(Method::OPTIONS, format!("{}/uploads", server.url));
        let answer = request.send().await.unwrap();
        assert_eq!(answer.status().as_u16(), 204);
        for (name, value) in [
            ("tus-version", "1.0.0"),
            ("tus-resumable", "1.0.0"),
            ("tus-max-size", "25000000"),
            ("tus-checksum-algorithm", "sha1,sha256"),
            (
                "tus-extension",
                "creation,creation-with-upload,checksum,termination,expiration",
            ),
        ] {
            assert_eq!(answer.headers()[name], value);
        }
    })
    .await;
}

#[tokio::test]
async fn what_came_of_an_upload_is_shown_to_nobody_by_its_address() {
    on_both(async |app| {
        let flow = Flow::new(&app);
        let filed = flow.take(Step::FileReport).await;
        let token = filed.text("fileReport.receipt.uploadToken");
        let server = Server::start(&app, Mode::Production).await;
        let sent = upload(&server, flow.report_photo(), pictures::scale()).bearer_auth(token);
        let sent = sent.send().await.unwrap();
        let path = sent.headers()["location"].to_str().unwrap().to_owned();
        let asked = server.get(&path).bearer_auth(token).send().await.unwrap();
        assert_eq!(asked.status().as_u16(), 405);
        assert_eq!(asked.bytes().await.unwrap(), "");
        app.drain_jobs().await;
    })
    .await;
}
