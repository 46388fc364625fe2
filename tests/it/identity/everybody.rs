//! Everybody files, each in the own way, and what they entered is looked for everywhere it could lie: in the database, its
//! files, objects, mails, the spool with photos that wait, photos on their way, and the log at its most talkative. What could be
//! tried is looked for under the server's key too.

use std::sync::Arc;

use liangxin_app::spool::Spool;
use liangxin_demo::fixtures;
use liangxin_graphql::limits::Mode;
use liangxin_tests::app::{TestApp, on_both};
use liangxin_tests::census::count;
use liangxin_tests::contract::operation;
use liangxin_tests::flow::{Flow, Step};
use liangxin_tests::pictures;
use liangxin_tests::server::Server;
use serde_json::{Value, json};

use super::ways::{self, Secrets};
use super::{kept, keyed, logs};
use crate::complaints::form;
use crate::rewarded::{ACCOUNT as PAYEE_ACCOUNT, PASSWORD, Rewarded, claim, eligible, grade};

const CLAIM_PASSWORD: &str = "金桂满庭芳-77";
/// Whoever claims in person what is not his, and his account.
const IMPOSTOR: &str = "第五伯庸";
const IMPOSTORS_ACCOUNT: &str = "6217009999888877776";

/// A secret of its own for each, as a phone makes it.
fn secret(n: u8) -> String {
    format!("c2VjcmV0LW9mLXBob25lLTE{n}")
}

fn mail(n: u8) -> String {
    format!("canary{n}@mail.example")
}

fn person(n: u8) -> Value {
    json!({ "name": format!("尉迟无{n}痕"), "phone": format!("1390013900{n}"),
        "address": format!("天心区隐秀巷{n}号院"), "idNumber": "11010519491231002X" })
}

/// The same person as form 1 of a complaint asks.
fn complainant(n: u8) -> Value {
    let mut person = person(n);
    person["idKind"] = json!("居民身份证");
    person
}

/// What a phone enters into every report and complaint that is filed under this number.
fn add_phone(secrets: &mut Secrets, n: u8) {
    secrets.add(&secret(n));
    secrets.add_guessable(&mail(n));
}

fn report(app: &TestApp, n: u8, more: Value) -> Value {
    let flow = Flow::with_secret(app, &secret(n));
    let mut input = flow.variables(Step::FileReport)["input"].clone();
    input["photos"] = json!([]);
    input["contactEmail"] = json!(mail(n));
    for (name, value) in more.as_object().into_iter().flatten() {
        input[name] = value.clone();
    }
    input
}

/// A complaint by an agent.
fn complaint(app: &TestApp, n: u8, agent: u8) -> Value {
    let mut input = form(app, app.random_id());
    input["secret"] = json!(secret(n));
    input["complainants"] = json!([complainant(n)]);
    input["contactEmail"] = json!(mail(n));
    input["content"] = json!("三两的金丝雀少给了一两，要求赔偿。");
    input["agent"] = json!({ "person": complainant(agent), "matter": "代为投诉",
        "powers": "代为参加调解", "until": "2027-11-23", "signedOn": "2026-11-20" });
    input
}

/// Somebody who works here, or for a merchant, signs in and reports from the same phone, with a claim password and two
/// photos by tus, one of which stays on its way.
async fn signed_in(app: &TestApp, server: &Server, secrets: &mut Secrets, (n, email): (u8, &str)) {
    let device = format!("尉迟的第{n}部手机");
    let credentials = json!({ "input": { "email": email, "password": fixtures::PASSWORD,
        "deviceName": device } });
    let session = server.ask(&operation("SignIn"), &credentials).await.ok();
    for token in ["accessToken", "refreshToken", "deviceToken"] {
        secrets.add(session.text(&format!("signIn.session.{token}")));
    }
    secrets.add_guessable(fixtures::PASSWORD);
    secrets.add_told(&device);
    let (whole, half) = (app.new_id(), app.new_id());
    let photos = [
        pictures::declared(whole, pictures::scale()),
        pictures::declared(half, pictures::stall()),
    ];
    let more = json!({ "claimPassword": CLAIM_PASSWORD, "photos": photos });
    let variables = json!({ "input": report(app, n, more) });
    let sent = server
        .graphql(&operation("FileReport"), &variables)
        .bearer_auth(session.text("signIn.session.accessToken"));
    let answer: Value = sent.send().await.unwrap().json().await.unwrap();
    let receipt = &answer["data"]["fileReport"]["receipt"];
    secrets.add_receipt(receipt);
    let token = receipt["uploadToken"].as_str().unwrap();
    ways::send_photos(server, token, (whole, half)).await;
    add_phone(secrets, n);
    secrets.add_guessable(CLAIM_PASSWORD);
    secrets.add(ways::FILE_NAME);
}

/// Somebody gives a real name, is asked something and comes back.
async fn named(app: &TestApp, server: &Server, secrets: &mut Secrets) {
    let variables = json!({ "input": report(app, 3, json!({ "identity": person(3) })) });
    let filed = server.ask(&operation("FileReport"), &variables).await.ok();
    let receipt = filed.data("fileReport.receipt");
    secrets.add_receipt(receipt);
    secrets.add_person(&person(3));
    add_phone(secrets, 3);
    let ids = [(); 4].map(|()| app.new_id());
    let asked =
        json!({ "input": { "id": ids[0], "reportId": receipt["reportId"], "text": "当时几点？" } });
    app.as_("lin").run("AskReporter", asked).await.ok();
    let code = receipt["receiptCode"].as_str().unwrap();
    ways::come_back(server, secrets, (code, ids)).await;
}

/// Somebody writes a letter in two parts, the complaint by an agent.
async fn letter(app: &TestApp, server: &Server, secrets: &mut Secrets) {
    let more = json!({ "identity": person(4), "narrative": "摊主换过秤上的传感器。" });
    let letter = json!({ "input": { "id": app.new_id(), "complaint": complaint(app, 5, 6),
        "report": report(app, 4, more) } });
    let filed = server.ask(&operation("FileSubmission"), &letter).await.ok();
    for part in ["complaint", "report"] {
        secrets.add_receipt(filed.data(&format!("fileSubmission.{part}")));
    }
    for n in [4, 5, 6] {
        secrets.add_person(&person(n));
    }
    add_phone(secrets, 4);
    add_phone(secrets, 5);
}

/// Somebody complains by an agent, and the complaint is taken as far as its first papers.
async fn complained(app: &TestApp, server: &Server, secrets: &mut Secrets) {
    let input = json!({ "input": complaint(app, 7, 8) });
    let filed = server.ask(&operation("FileComplaint"), &input).await.ok();
    secrets.add_receipt(filed.data("fileComplaint.receipt"));
    secrets.add_person(&person(7));
    secrets.add_person(&person(8));
    add_phone(secrets, 7);
}

/// Two complain together, one for both.
async fn complained_together(app: &TestApp, server: &Server, secrets: &mut Secrets) {
    let mut input = complaint(app, 9, 8);
    input["agent"] = json!(null);
    input["complainants"] = json!([complainant(1), complainant(2)]);
    input["representatives"] = json!(1);
    let input = json!({ "input": input });
    let filed = server.ask(&operation("FileComplaint"), &input).await.ok();
    secrets.add_receipt(filed.data("fileComplaint.receipt"));
    secrets.add_person(&person(1));
    secrets.add_person(&person(2));
    add_phone(secrets, 9);
}

/// An anonymous reporter is rewarded. Somebody claims in person for him and is found out; he claims by code and password.
async fn rewarded(app: &TestApp, secrets: &mut Secrets) {
    let on = Rewarded::screened(app, 400_000, Some(PASSWORD)).await;
    on.told(eligible(), grade(2)).await;
    let payee =
        json!({ "accountName": IMPOSTOR, "bank": "某银行", "accountNumber": IMPOSTORS_ACCOUNT });
    let in_person = json!({ "note": "已核对证件。", "payees": [payee] });
    on.step("luo", "RecordClaim", in_person).await;
    let not_me = json!({ "words": "这不是我的账户。" });
    on.pursue("ObjectToPayee", not_me).await.ok();
    let void = json!({ "words": "收款人不是举报人。" });
    on.step("he", "VoidClaim", void).await;
    on.pursue("ClaimReward", claim(PASSWORD)).await.ok();
    on.payee_checked("luo", "he").await;
    secrets.add_code(&on.code);
    for entered in [
        PASSWORD,
        "陈晚晴",
        PAYEE_ACCOUNT,
        IMPOSTOR,
        IMPOSTORS_ACCOUNT,
    ] {
        secrets.add_guessable(entered);
    }
}

async fn everybody(app: &TestApp, server: &Server, secrets: &mut Secrets) {
    rewarded(app, secrets).await;
    for who in [
        (1, "zhou@tianxin.example"),
        (2, fixtures::email_of("shi").unwrap().as_str()),
    ] {
        signed_in(app, server, secrets, who).await;
    }
    named(app, server, secrets).await;
    letter(app, server, secrets).await;
    complained(app, server, secrets).await;
    complained_together(app, server, secrets).await;
    ways::by_page(server, secrets).await;
}

#[tokio::test]
async fn nothing_that_anybody_entered_lies_anywhere_that_needs_no_key() {
    on_both(async |app| {
        let alone = logs::listen().await;
        let directory = tempfile::tempdir().unwrap();
        let spool = directory.path().join("spool");
        let opened = Spool::open(spool.clone(), 0).unwrap();
        let app = app.with(|parts| parts.spool = Arc::new(opened));
        let mut secrets = Secrets::default();
        let server = Server::behind_a_proxy(&app, Mode::Production).await;
        everybody(&app, &server, &mut secrets).await;
        app.drain_jobs().await;
        app.confirm_mail().await;
        app.drain_jobs().await;
        let mut kept = kept::everything(&app, &spool).await;
        kept.push(("the log".to_owned(), logs::heard().into_bytes()));
        drop(alone);
        ways::assert_searched(&kept);
        let entered = secrets.all().len();
        assert!(entered >= 95, "{entered}");
        secrets.assert_kept(&kept);
        keyed::assert_unknown(&app.parts().keys, &secrets.guessable(), &kept);
        who_was_signed_in_stands_beside_nothing(&app).await;
        drop(server);
    })
    .await;
}

/// Whoever was signed in stands beside nothing that citizens do, nor does what the phone wrote into their photos.
async fn who_was_signed_in_stands_beside_nothing(app: &TestApp) {
    for (table, by_name) in [
        (
            "event",
            "actor_user IS NOT NULL AND kind IN ('report_filed', 'complaint_filed')",
        ),
        (
            "photo",
            "report_id IS NOT NULL AND (latitude IS NOT NULL OR found LIKE '%position%' OR found LIKE '%make%' \
             OR found LIKE '%model%' OR found LIKE '%software%')",
        ),
        (
            "command",
            "actor <> 'anonymous' AND operation LIKE 'File%' AND operation <> 'FileCase'",
        ),
    ] {
        let found = count(&app.parts().db, table, by_name).await;
        assert_eq!(found, 0, "{table}");
    }
}
