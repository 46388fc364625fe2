//! Badges: signed, checked offline by the published keys, and no good when forged, copied, stale or revoked.

use std::path::{Path, PathBuf};
use std::process::Command;

use chrono::TimeDelta;
use liangxin_app::ports::evidence_keys::{EvidenceKeys, PublicKeys, Statement};
use liangxin_app::store;
use liangxin_app::usecase::ratings::{self, Made, check_badge, open_revoked};
use liangxin_demo::fixtures::{merchant_code, merchant_id};
use liangxin_graphql::limits::Mode;
use liangxin_tests::app::{TestApp, on_both};
use liangxin_tests::flow::{Flow, Step};
use liangxin_tests::postgres::absent;
use liangxin_tests::program;
use liangxin_tests::server::Server;
use serde_json::{Value, json};

/// The stall of the story.
const STALL: &str = "tianxin-stall-17";
/// Another one.
const OTHER: &str = "tianxin-stall-08";
/// A supermarket outside of markets.
const SHOP: &str = "jiale-supermarket";
const TODAY: &str = "2026-12-01";

async fn made(app: &TestApp, key: &str) -> Option<Made> {
    let merchant = store::merchants::find(&app.parts().db, merchant_id(key))
        .await
        .unwrap()
        .unwrap();
    ratings::made_badge(app.parts(), &merchant).await.unwrap()
}

async fn got(server: &Server, path: &str) -> (u16, String) {
    let answer = server.get(path).send().await.unwrap();
    (answer.status().as_u16(), answer.text().await.unwrap())
}

/// A badge of the stall from before a decision, and what everybody can fetch before and after it.
struct Hung {
    before: String,
    after: String,
    keys: String,
    revoked_before: String,
    revoked: String,
}

async fn hung(app: &TestApp) -> Hung {
    let server = Server::start(app, Mode::Production).await;
    let flow = Flow::after(app, Step::SubmitVisit).await;
    app.drain_jobs().await;
    let before = made(app, STALL).await.unwrap();
    let list = "/.well-known/liangxin-revoked-badges";
    let (_, revoked_before) = got(&server, list).await;
    flow.go_on(Step::SubmitVisit, Step::DecideCase).await;
    app.drain_jobs().await;
    app.advance(TimeDelta::minutes(1));
    flow.take(Step::ServeDecision).await;
    app.drain_jobs().await;
    let after = made(app, STALL).await.unwrap();
    assert_eq!(after.badge.grade.to_string(), "C");
    assert_eq!(
        after.badge.fact.map(|it| it.to_string()).as_deref(),
        Some("penalty")
    );
    Hung {
        before: before.token,
        after: after.token,
        keys: got(&server, "/.well-known/liangxin-keys.json").await.1,
        revoked_before,
        revoked: got(&server, list).await.1,
    }
}

/// One character of the payload is another one.
fn changed(token: &str) -> String {
    let payload = token.split('.').nth(1).unwrap();
    let at = token.find(payload).unwrap() + 20;
    let other = if token.as_bytes()[at] == b'A' {
        "B"
    } else {
        "A"
    };
    format!("{}{other}{}", &token[..at], &token[at + 1..])
}

/// The same statement, signed by somebody else.
fn signed_elsewhere(token: &str) -> String {
    use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
    let payload = URL_SAFE_NO_PAD.decode(token.split('.').nth(1).unwrap());
    let keys = EvidenceKeys::of((&[9; 32], chrono::DateTime::UNIX_EPOCH), Vec::new()).unwrap();
    keys.sign(Statement::Badge, &payload.unwrap()).unwrap()
}

/// What is asked: the badge, the list, the code of the wall, the day; and what has to be said.
type Case = (String, String, &'static str, &'static str, &'static str);

fn cases(hung: &Hung) -> Vec<Case> {
    let Hung {
        before,
        after,
        revoked_before,
        revoked,
        ..
    } = hung;
    let case = |token: &str, list: &str, key, day, said| {
        (token.to_owned(), list.to_owned(), key, day, said)
    };
    vec![
        case(after, revoked, STALL, TODAY, "GOOD"),
        case(before, revoked_before, STALL, TODAY, "GOOD"),
        case(&changed(after), revoked, STALL, TODAY, "SIGNATURE"),
        case(&signed_elsewhere(after), revoked, STALL, TODAY, "KEY"),
        case(revoked, revoked, STALL, TODAY, "KIND"),
        case("no badge", revoked, STALL, TODAY, "FORM"),
        case(after, revoked, OTHER, TODAY, "OTHER"),
        case(after, revoked, STALL, "2027-12-31", "STALE"),
        case(before, revoked, STALL, TODAY, "REVOKED_DECISION"),
    ]
}

/// How the command line and the library say it.
fn words(said: &str) -> &'static str {
    match said {
        "GOOD" => "proved: the merchant",
        "SIGNATURE" => "it is forged: the signature",
        "KEY" => "it is forged: it names the key",
        "KIND" => "it is forged: it is a signed statement of another kind",
        "FORM" => "it is forged: it is no signed statement",
        "OTHER" => "it was copied: it is the badge of the merchant",
        "STALE" => "it is stale: it was good until",
        "REVOKED_DECISION" => "a penalty was decided since",
        other => panic!("{other}"),
    }
}

#[tokio::test]
async fn forged_copied_stale_and_revoked_badges_fail_each_with_its_reason() {
    on_both(async |app| {
        let hung = hung(&app).await;
        let directory = tempfile::tempdir().unwrap();
        let kept = |name: &str, text: &str| {
            let file = directory.path().join(name);
            std::fs::write(&file, text).unwrap();
            file.to_str().unwrap().to_owned()
        };
        let keys = kept("keys.json", &hung.keys);
        let published = PublicKeys::parse(hung.keys.as_bytes()).unwrap();
        for (token, list, key, day, due) in cases(&hung) {
            let code = merchant_code(key);
            let file = kept("revoked", &list);
            let (succeeds, said) = program::said(&[
                "verify",
                "badge",
                &token,
                "--keys",
                &keys,
                "--revoked",
                &file,
                "--merchant",
                code.as_str(),
                "--on",
                day,
            ]);
            assert!(said.contains(words(due)), "{due}: {said}");
            assert_eq!(succeeds, due == "GOOD", "{said}");
            let list = open_revoked(&published, &list).unwrap();
            let at = (Some(&code), day.parse().unwrap());
            let checked = check_badge(&published, &token, at, Some(&list));
            assert_eq!(checked.is_ok(), due == "GOOD", "{due}");
            if let Err(fault) = checked {
                assert!(fault.to_string().contains(words(due)), "{due}: {fault}");
            }
        }
        // The list itself is believed as little as a badge.
        let forged = kept("revoked", &changed(&hung.revoked));
        let asked = [
            "verify",
            "badge",
            &hung.before,
            "--keys",
            &keys,
            "--revoked",
            &forged,
        ];
        let (succeeds, said) = program::said(&asked);
        assert!(
            !succeeds && said.contains("list of void badges proves nothing"),
            "{said}"
        );
        app.drain_jobs().await;
    })
    .await;
}

/// Node with Ed25519 in its WebCrypto.
fn node() -> Option<&'static str> {
    let has =
        "crypto.subtle.generateKey({name:'Ed25519'},true,['sign']).catch(()=>process.exit(1))";
    let tried = Command::new("node").args(["-e", has]).output();
    if tried.is_ok_and(|tried| tried.status.success()) {
        return Some("node");
    }
    absent("no Node with Ed25519 found to run the page that checks badges");
    None
}

/// What the script of the page says of a badge.
fn said_by_page(node: &str, asked: &Value) -> String {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../api/web/assets/verify.js");
    let script: PathBuf = script.canonicalize().unwrap();
    let program = "const {check} = require(process.argv[1]); const a = JSON.parse(process.argv[2]); \
        check(a.token, a).then((found) => console.log(found.word))";
    let ran = Command::new(node)
        .args(["-e", program])
        .arg(script)
        .arg(asked.to_string())
        .output()
        .unwrap();
    let told = String::from_utf8_lossy(&ran.stderr);
    assert!(ran.status.success(), "{told}");
    String::from_utf8(ran.stdout).unwrap().trim().to_owned()
}

#[tokio::test]
async fn the_page_that_checks_badges_says_what_the_program_says() {
    let Some(node) = node() else { return };
    on_both(async |app| {
        let hung = hung(&app).await;
        let keys: Value = serde_json::from_str(&hung.keys).unwrap();
        for (token, revoked, key, today, due) in cases(&hung) {
            let code = merchant_code(key).to_string();
            let asked = json!({ "token": token, "keys": keys, "revoked": revoked, "code": code, "today": today });
            assert_eq!(said_by_page(node, &asked), due);
        }
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn a_badge_hangs_on_door_counter_and_web_and_ends_with_its_merchant() {
    on_both(async |app| {
        app.drain_jobs().await;
        let server = Server::start(&app, Mode::Production).await;
        let code = merchant_code(OTHER);
        for purpose in ["door", "counter", "web"] {
            let path = format!("/m/{code}/badge.svg?for={purpose}");
            let (status, drawn) = got(&server, &path).await;
            assert!(status == 200 && drawn.contains("有效至 2027-11-23"), "{drawn}");
        }
        assert_eq!(got(&server, &format!("/m/{code}/badge.svg?for=car")).await.0, 404);
        let (status, sheet) = got(&server, &format!("/m/{code}/plaque")).await;
        assert!(status == 200 && sheet.contains(code.as_str()), "{sheet}");
        let (status, page) = got(&server, "/v").await;
        assert!(status == 200 && page.contains("data-keys"), "{page}");
        let closing = json!({ "input": { "id": app.new_id(), "merchantId": merchant_id(OTHER).uuid(),
            "on": "2026-11-23", "reason": "注销营业执照" } });
        app.as_("lin").run("CloseMerchant", closing).await.ok();
        app.drain_jobs().await;
        assert_eq!(got(&server, &format!("/m/{code}/plaque")).await.0, 404);
        let (_, list) = got(&server, "/.well-known/liangxin-revoked-badges").await;
        let list = open_revoked(app.parts().evidence_keys.published(), &list).unwrap();
        assert_eq!(list.revoked.len(), 1);
        assert_eq!(list.revoked[0].merchant, code);
        assert_eq!(list.revoked[0].why.to_string(), "closed");
    })
    .await;
}

#[tokio::test]
async fn outside_of_markets_a_bad_grade_is_for_the_office_and_the_merchant_alone() {
    on_both(async |app| {
        let shop = merchant_id(SHOP).uuid();
        let overdue = format!(
            "UPDATE instrument SET valid_until = '2026-01-01', verified_on = '2025-01-02' WHERE merchant_id = {}",
            app.literal(shop)
        );
        app.execute(&overdue).await;
        app.drain_jobs().await;
        let code = merchant_code(SHOP);
        let variables = || json!({ "code": code.as_str() });
        let officer = app.as_("lin").run("LookUpMerchant", variables()).await.ok();
        let grade = officer.data("merchant.rating.grade").clone();
        assert!(["B", "C"].contains(&grade.as_str().unwrap()), "{grade}");
        let anybody = app.anonymous().run("LookUpMerchant", variables()).await.ok();
        assert_eq!(anybody.data("merchant.rating"), &Value::Null);
        let server = Server::start(&app, Mode::Production).await;
        let (status, page) = got(&server, &format!("/m/{code}?lang=en")).await;
        assert_eq!(status, 200);
        assert!(page.contains("Grade not public") && page.contains("are overdue"), "{page}");
        assert!(!page.contains("/ 100") && !page.contains("no better than"), "{page}");
        assert_eq!(got(&server, &format!("/m/{code}/badge.svg")).await.0, 404);
        let (_, json) = got(&server, "/open/grades.json").await;
        let rows: Vec<Value> = serde_json::from_str(&json).unwrap();
        let page = format!("/m/{code}");
        let of_shop = rows.iter().filter(|row| row["page"] == page.as_str());
        let told: Vec<_> = of_shop.map(|row| (&row["grade"], &row["points"])).collect();
        assert!(told.contains(&(&Value::Null, &Value::Null)), "{told:?}");
        let is_bad = |grade: &Value| ["B", "C", "D"].contains(&grade.as_str().unwrap_or_default());
        assert!(!told.iter().any(|(grade, _)| is_bad(grade)), "{told:?}");
    })
    .await;
}
