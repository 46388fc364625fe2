//! The file of a case, taken out: what is in it, who may fetch it, and that a stranger can check it.

mod checked;
mod seen;
mod taken;

use std::collections::BTreeMap;
use std::io::{Cursor, Read as _};

use chrono::TimeDelta;
use liangxin_app::app::{sha256, sm3};
use liangxin_domain::limits::BUNDLE_LINK_SECONDS;
use liangxin_graphql::limits::Mode;
use liangxin_tests::app::{TestApp, on_both};
use liangxin_tests::census::count;
use liangxin_tests::flow::{Flow, Step};
use liangxin_tests::pictures;
use liangxin_tests::server::Server;
use reqwest::StatusCode;
use serde_json::{Value, json};
use zip::{CompressionMethod, ZipArchive};

use crate::http_uploads::access_token;

/// The parts of an archive by their names.
type Parts = BTreeMap<String, Vec<u8>>;

/// A case as far as its decision was served, with the reporter's photo.
async fn decided(app: &TestApp) -> Flow {
    let flow = Flow::after(app, Step::FileReport).await;
    let code = flow.receipt_code().await;
    let reporter = app.reporter(&code);
    let sent = reporter
        .upload(flow.report_photo(), pictures::scale())
        .await;
    assert_eq!(sent, Ok(()));
    flow.go_on(Step::FileReport, Step::ServeDecision).await;
    app.drain_jobs().await;
    flow
}

/// The path of a link that somebody makes.
async fn link(app: &TestApp, flow: &Flow, who: &str) -> String {
    let made = app.as_(who).run("MakeCaseBundle", wanted(app, flow)).await;
    let made = made.ok();
    let url = made.text("makeCaseBundle.url");
    let path = url.strip_prefix("https://liangxin.example");
    path.unwrap_or_else(|| panic!("{url}")).to_owned()
}

fn wanted(app: &TestApp, flow: &Flow) -> Value {
    let purpose = "复议机关调取案卷";
    json!({ "input": { "id": app.new_id(), "caseId": flow.case(), "purpose": purpose } })
}

async fn fetched(server: &Server, path: &str) -> Vec<u8> {
    let answer = server.get(path).send().await.unwrap();
    assert_eq!(answer.status(), StatusCode::OK, "{path}");
    answer.bytes().await.unwrap().to_vec()
}

fn unpacked(archive: &[u8]) -> Parts {
    let mut archive = ZipArchive::new(Cursor::new(archive)).unwrap();
    let mut parts = Parts::new();
    for place in 0..archive.len() {
        let mut part = archive.by_index(place).unwrap();
        assert_eq!(part.compression(), CompressionMethod::Stored);
        let mut bytes = Vec::new();
        // The reader compares the checksum of the part.
        part.read_to_end(&mut bytes).unwrap();
        parts.insert(part.name().unwrap().into_owned(), bytes);
    }
    parts
}

fn list(parts: &Parts, name: &str) -> Value {
    serde_json::from_slice(&parts[name]).unwrap()
}

#[tokio::test]
async fn the_file_of_a_case_holds_the_originals_and_everything_that_is_named_in_it_with_its_digest()
{
    on_both(async |app| {
        let flow = decided(&app).await;
        let server = Server::start(&app, Mode::Production).await;
        let parts = unpacked(&fetched(&server, &link(&app, &flow, "deng").await).await);
        let manifest = list(&parts, "manifest.json");
        let files = manifest["files"].as_array().unwrap();
        assert_eq!(files.len() + 1, parts.len(), "all but the list itself");
        for file in files {
            let bytes = &parts[file["name"].as_str().unwrap()];
            assert_eq!(file["sha256"], sha256(bytes).to_string(), "{file}");
            assert_eq!(file["sizeBytes"], bytes.len());
        }
        let photos = manifest["photos"].as_array().unwrap();
        assert_eq!(photos.len(), 3);
        for (photo, original) in
            photos
                .iter()
                .zip([pictures::scale(), pictures::stall(), pictures::stroke()])
        {
            assert_eq!(photo["sha256"], sha256(original).to_string());
            assert_eq!(photo["sm3"], sm3(original).to_string());
            match photo["file"].as_str() {
                Some(file) => assert!(parts[file] == original, "{file}"),
                None => assert_eq!(photo["record"], "report"),
            }
        }
        assert_eq!(manifest["receipts"].as_array().unwrap().len(), 2);
        assert!(
            manifest["papers"].as_array().unwrap().len() >= 4,
            "{manifest}"
        );
        let verdicts = list(&parts, "verdicts.json");
        assert_eq!(verdicts["verdicts"][0]["verdict"]["outcome"], "FAILS");
        let record = std::str::from_utf8(&parts["sheets/extraction-record-01.html"]).unwrap();
        for said in [
            "电子数据证据提取笔录",
            &sm3(pictures::stall()).to_string(),
            "原始存储介质的状态</th><td></td>",
        ] {
            assert!(record.contains(said), "{said} in {record}");
        }
        let slip = std::str::from_utf8(&parts["sheets/evidence-slip-02.html"]).unwrap();
        for said in [
            "证据提取单",
            &sha256(pictures::stall()).to_string(),
            "证明事项</th><td></td>",
            "../originals/02-scene-",
        ] {
            assert!(slip.contains(said), "{said} in {slip}");
        }
        for (page, words) in [("index.html", "案件材料"), ("index.en.html", "Case file")] {
            let page = std::str::from_utf8(&parts[page]).unwrap();
            assert!(page.contains(words) && !page.contains("<script") && !page.contains("://"));
        }
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn what_was_derived_of_an_inspectors_photo_is_named_by_its_digest_and_what_was_covered_by_its_reason()
 {
    on_both(async |app| {
        let flow = decided(&app).await;
        let server = Server::start(&app, Mode::Production).await;
        let named = async || {
            let parts = unpacked(&fetched(&server, &link(&app, &flow, "deng").await).await);
            let manifest = list(&parts, "manifest.json");
            let photos = manifest["photos"].as_array().unwrap().iter();
            let mut of = photos.filter(|photo| photo["id"] == json!(flow.scene_photo()));
            of.next().unwrap().clone()
        };
        let before = named().await;
        assert_eq!(
            (&before["copies"], &before["redactions"]),
            (&json!([]), &json!([]))
        );
        let cover = json!({ "input": { "id": app.new_id(), "photoId": flow.scene_photo(), "left": 0,
            "top": 0, "width": 100, "height": 100, "reason": "照片中有路人面部" } });
        app.as_("deng").run("RedactPhoto", cover).await.ok();
        app.drain_jobs().await;
        let token = access_token(&app, "deng").await;
        let mut shown = Vec::new();
        for size in ["large", "small"] {
            let path = format!("/photos/{}/{size}", flow.scene_photo());
            let copy = server.get(&path).bearer_auth(&token).send().await.unwrap();
            assert_eq!(copy.status(), StatusCode::OK);
            let digest = sha256(&copy.bytes().await.unwrap()).to_string();
            shown.push(json!({ "sha256": digest, "file": null }));
        }
        let after = named().await;
        assert_eq!(after["copies"], json!(shown));
        assert_eq!(after["redactions"][0]["reason"], "照片中有路人面部");
        assert_eq!(after["redactions"][0]["removed"], Value::Null);
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn who_reported_never_leaves_with_the_file_of_a_case() {
    on_both(async |app| {
        let flow = decided(&app).await;
        let code = flow.receipt_code().await;
        let server = Server::start(&app, Mode::Production).await;
        let parts = unpacked(&fetched(&server, &link(&app, &flow, "he").await).await);
        let copies: Vec<_> = parts
            .keys()
            .filter(|name| name.starts_with("copies/"))
            .collect();
        assert_eq!(copies.len(), 1, "the picture of the reporter's photo");
        let original = pictures::scale();
        for (name, bytes) in &parts {
            let has = |mark: &[u8]| bytes.windows(mark.len()).any(|part| part == mark);
            assert!(bytes != original && !has(code.as_bytes()), "{name}");
            for mark in [liangxin_tests::flow::CONTACT, "reporterToken", "举报人代号"] {
                assert!(!has(mark.as_bytes()), "{mark} in {name}");
            }
            let is_copy = name.starts_with("copies/");
            assert!(!is_copy || !has(b"Exif"), "{name}");
        }
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn the_same_state_of_a_case_makes_the_same_bytes_whose_number_is_told_before() {
    on_both(async |app| {
        let flow = decided(&app).await;
        let server = Server::start(&app, Mode::Production).await;
        let path = link(&app, &flow, "deng").await;
        let answer = server.get(&path).send().await.unwrap();
        let told = answer.content_length();
        let name = answer.headers()["content-disposition"]
            .to_str()
            .unwrap()
            .to_owned();
        assert!(
            name.contains("filename*=UTF-8''") && name.ends_with(".zip"),
            "{name}"
        );
        assert_eq!(answer.headers()["cache-control"], "private, no-store");
        let first = answer.bytes().await.unwrap();
        assert_eq!(told, Some(first.len() as u64));
        let head = server.head(&path).send().await.unwrap();
        assert_eq!(head.headers()["content-length"], first.len().to_string());
        app.advance(TimeDelta::minutes(2));
        assert!(fetched(&server, &path).await == first);
        let other = link(&app, &flow, "he").await;
        assert!(fetched(&server, &other).await == first, "of another link");
        app.advance(TimeDelta::seconds(1));
        flow.take(Step::RecordFinePayment).await;
        assert!(fetched(&server, &other).await != first, "of another state");
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn taking_a_case_out_is_told_with_its_purpose_and_asked_again_under_the_same_id_it_is_the_same()
 {
    on_both(async |app| {
        let flow = decided(&app).await;
        let variables = wanted(&app, &flow);
        let first = app
            .as_("deng")
            .run("MakeCaseBundle", variables.clone())
            .await
            .ok();
        app.advance(TimeDelta::minutes(1));
        let again = app
            .as_("deng")
            .run("MakeCaseBundle", variables.clone())
            .await
            .ok();
        assert_eq!(first.data("makeCaseBundle"), again.data("makeCaseBundle"));
        let db = &app.parts().db;
        assert_eq!(count(db, "event", "kind = 'case_bundled'").await, 1);
        let by = "purpose = '复议机关调取案卷'";
        assert_eq!(count(db, "case_bundle", by).await, 1);
        let mut other = variables.clone();
        other["input"]["purpose"] = json!("另一用途");
        let refused = app.as_("deng").refused("MakeCaseBundle", other).await;
        assert_eq!(refused, ["ID_REUSED"]);
        let refused = app.as_("he").refused("MakeCaseBundle", variables).await;
        assert_eq!(refused, ["ID_REUSED"]);
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn only_who_answers_for_a_case_audits_it_or_investigated_it_takes_it_out() {
    on_both(async |app| {
        let flow = decided(&app).await;
        for who in ["deng", "he", "xiao", "zhou"] {
            link(&app, &flow, who).await;
        }
        for (who, code) in [
            ("lin", "DENIED"),
            ("luo", "DENIED"),
            ("peng", "NOT_FOUND"),
            ("gong", "NOT_FOUND"),
            ("wu", "DENIED"),
            ("yi", "DENIED"),
        ] {
            let refused = app
                .as_(who)
                .refused("MakeCaseBundle", wanted(&app, &flow))
                .await;
            assert_eq!(refused, [code], "{who}");
        }
        let blank =
            json!({ "input": { "id": app.new_id(), "caseId": flow.case(), "purpose": " " } });
        let refused = app.as_("deng").refused("MakeCaseBundle", blank).await;
        assert_eq!(refused, ["FIELD_REQUIRED"]);
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn a_link_ends_with_its_time_with_its_device_and_with_the_right_of_its_maker() {
    on_both(async |app| {
        let flow = decided(&app).await;
        let server = Server::start(&app, Mode::Production).await;
        let status = async |path: &str| server.get(path).send().await.unwrap().status();
        let path = link(&app, &flow, "deng").await;
        assert_eq!(status(&path).await, StatusCode::OK);
        let (head, tail) = path.split_at(path.len() - 8);
        let changed = format!("{head}{}", tail.chars().rev().collect::<String>());
        for other in [&changed, "/bundles/x", "/bundles/a.b.c"] {
            assert_eq!(status(other).await, StatusCode::GONE, "{other}");
        }
        app.advance(TimeDelta::seconds(BUNDLE_LINK_SECONDS));
        assert_eq!(status(&path).await, StatusCode::GONE, "its time is over");
        let path = link(&app, &flow, "deng").await;
        let roles = "UPDATE user_role SET role = 'reward_officer' WHERE role = 'case_officer'";
        app.execute(roles).await;
        let answer = status(&path).await;
        assert!(
            answer == StatusCode::FORBIDDEN || answer == StatusCode::NOT_FOUND,
            "its maker may no more: {answer}"
        );
        let path = link(&app, &flow, "he").await;
        app.execute("UPDATE device SET revoked_at = '2026-11-23 01:00:00+00:00'")
            .await;
        assert_eq!(status(&path).await, StatusCode::GONE, "its device is gone");
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn an_original_that_was_altered_or_lost_is_not_handed_out() {
    on_both(async |app| {
        let flow = decided(&app).await;
        let server = Server::start(&app, Mode::Production).await;
        let path = link(&app, &flow, "deng").await;
        let held = sha256(pictures::stall()).to_string();
        if let liangxin_app::ports::objects::Objects::Memory(kept) = &*app.parts().objects {
            let mut kept = kept.lock().unwrap();
            let key = kept
                .keys()
                .find(|key| key.ends_with(&held))
                .unwrap()
                .clone();
            kept.insert(key, pictures::scale().to_vec());
        }
        let answer = server.get(&path).send().await.unwrap();
        assert!(answer.bytes().await.is_err(), "half of an archive is none");
        app.drain_jobs().await;
    })
    .await;
}
