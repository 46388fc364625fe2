//! What the log tells: everything that this process says at its most talkative, searched for what it must not hold.

use std::io::{self, Write};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, Once, PoisonError};

use liangxin_demo::fixtures::PASSWORD;
use liangxin_domain::reports::receipt::ReceiptCode;
use liangxin_graphql::limits::Mode;
use liangxin_tests::app::{TestApp, on_both};
use liangxin_tests::contract;
use liangxin_tests::flow::{CONTACT, Flow, Step};
use liangxin_tests::pictures;
use liangxin_tests::server::Server;
use serde_json::json;
use tracing_subscriber::filter::dynamic_filter_fn;
use tracing_subscriber::fmt::{self, format::FmtSpan};
use tracing_subscriber::layer::{Layer as _, SubscriberExt as _};
use tracing_subscriber::util::SubscriberInitExt as _;
use uuid::Uuid;

use super::{ACCOUNT, ADDRESS, ID_NUMBER, NAME, PHONE, approval, filed, identity, look, request};

const STORY: &str = "卖肉的那天穿着紫色围裙，旁边有一只三花猫。";
const QUESTION: &str = "那只三花猫还在吗？";
const ANSWER: &str = "三花猫每天都在，名字叫豆包。";
const CLAIM_PASSWORD: &str = "three-purple-aprons";
const OTHER_CLAIM_PASSWORD: &str = "four-purple-aprons";
const MAIL: &str = "purple.apron@mail.example";

/// What must stay out of the log whatever ids a run has.
const KNOWN: &[&str] = &[
    NAME,
    PHONE,
    ADDRESS,
    ID_NUMBER,
    ACCOUNT,
    MAIL,
    CONTACT,
    CLAIM_PASSWORD,
    OTHER_CLAIM_PASSWORD,
    PASSWORD,
    "三花猫",
    "公平秤复称只有1850克",
];

/// What was said while somebody listened.
static HEARD: Mutex<Vec<u8>> = Mutex::new(Vec::new());
static LISTENING: AtomicBool = AtomicBool::new(false);

struct Ear;

impl Write for Ear {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut heard = HEARD.lock().unwrap_or_else(PoisonError::into_inner);
        heard.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// One listens at a time: what is heard is taken.
static EAR: tokio::sync::Mutex<()> = tokio::sync::Mutex::const_new(());

/// Listens to every target at every level, spans and the `log` crate included, until what was heard is taken. Other tests of
/// this process are heard too, which only makes the search stricter.
pub(crate) async fn listen() -> tokio::sync::MutexGuard<'static, ()> {
    let alone = EAR.lock().await;
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let layer = fmt::layer()
            .with_ansi(false)
            .with_span_events(FmtSpan::FULL)
            .with_writer(|| Ear)
            .with_filter(dynamic_filter_fn(|_, _| LISTENING.load(Ordering::Relaxed)));
        tracing_subscriber::registry()
            .with(layer)
            .try_init()
            .unwrap();
    });
    LISTENING.store(true, Ordering::Relaxed);
    alone
}

pub(crate) fn heard() -> String {
    LISTENING.store(false, Ordering::Relaxed);
    let heard = std::mem::take(&mut *HEARD.lock().unwrap_or_else(PoisonError::into_inner));
    String::from_utf8_lossy(&heard).into_owned()
}

/// A real-name report with everything in it that must stay out of logs; answers its id, its receipt code and its secrets.
async fn report(app: &TestApp) -> (Uuid, String) {
    let named = json!({ "identity": identity(), "claimPassword": CLAIM_PASSWORD, "narrative": STORY,
        "contactEmail": MAIL, "consentToMail": true });
    filed(app, named).await
}

/// Signs in, asks, stays signed in and loses the phone, over the wire; answers the tokens.
async fn session(app: &TestApp, server: &Server) -> Vec<String> {
    let credentials = json!({ "input": { "email": "lin@tianxin.example", "password": PASSWORD,
        "deviceName": "phone" } });
    let reply = server
        .ask(&contract::operation("SignIn"), &credentials)
        .await
        .ok();
    let access = reply.text("signIn.session.accessToken").to_owned();
    let refresh = reply.text("signIn.session.refreshToken").to_owned();
    let queue = contract::operation("Me");
    let asked = server.graphql(&queue, &json!({})).bearer_auth(&access);
    assert_eq!(asked.send().await.unwrap().status(), 200);
    let again = json!({ "refreshToken": refresh });
    let reply = server
        .ask(&contract::operation("RefreshSession"), &again)
        .await
        .ok();
    let fresh = reply.text("refreshSession.session.accessToken").to_owned();
    let device = reply.text("refreshSession.session.deviceId");
    hand_in(app, server, (&fresh, device)).await;
    vec![access, refresh, fresh]
}

/// Loses the phone, and hands in what it could not send.
async fn hand_in(app: &TestApp, server: &Server, (token, device): (&str, &str)) {
    let lost = json!({ "deviceId": device });
    let lost = server.graphql(&contract::operation("RevokeDevice"), &lost);
    assert_eq!(lost.bearer_auth(token).send().await.unwrap().status(), 200);
    let slip = json!({ "id": app.new_id(), "visitId": app.new_id(), "findingId": app.new_id(),
        "reason": STORY });
    let unsent =
        json!({ "input": { "token": token, "items": [{ "write": { "voidFinding": slip } }] } });
    let reply = server.ask(&contract::operation("HandIn"), &unsent).await;
    assert_eq!(reply.ok().text("handIn.results.0.status"), "HELD");
}

/// What is said between bureau and reporter, and a photo that follows; answers the upload token.
async fn talk(app: &TestApp, report: Uuid, code: &str) -> String {
    let question = app.new_id();
    let asked = json!({ "input": { "id": question, "reportId": report, "text": QUESTION } });
    app.as_("lin").run("AskReporter", asked).await.ok();
    let said = json!({ "input": { "id": app.new_id(), "receiptCode": code, "questionId": question,
        "text": ANSWER } });
    app.anonymous().run("AnswerQuestion", said).await.ok();
    let photo = app.new_id();
    let more = json!({ "input": { "id": app.new_id(), "receiptCode": code,
        "photos": [pictures::declared(photo, pictures::stall())] } });
    let added = app.anonymous().run("AddReportPhotos", more).await.ok();
    let token = added.text("addReportPhotos.uploadToken").to_owned();
    app.bearer(&token)
        .upload(photo, pictures::stall())
        .await
        .unwrap();
    token
}

/// Opens the identity, as approved.
async fn open(app: &TestApp, report: Uuid) {
    let fields = json!(["NAME", "PHONE"]);
    let opening = request(app, "luo", report, "REWARD_PAYMENT", fields).await;
    app.as_("he")
        .run("ApproveIdentityOpening", approval(app, opening))
        .await
        .ok();
    let opened = app
        .as_("luo")
        .run("OpenIdentity", look(app, opening))
        .await
        .ok();
    assert!(opened.body().contains(NAME));
}

/// Comes back over the wire with the right code, a wrong one and a mistyped one.
async fn come_back(server: &Server, codes: &[&str]) {
    for code in codes {
        let sent = server
            .post("/track")
            .header("Content-Type", "application/x-www-form-urlencoded")
            .body(format!("code={code}"));
        sent.send().await.unwrap();
        let asked = json!({ "receiptCode": code });
        server
            .ask(&contract::operation("TrackReport"), &asked)
            .await;
    }
}

#[tokio::test]
async fn at_its_most_talkative_the_log_holds_no_code_no_token_and_nothing_about_a_person() {
    on_both(async |app| {
        let _alone = listen().await;
        let flow = Flow::after(&app, Step::ScreenReward).await;
        let first = flow.receipt_code().await;
        let (report, code) = report(&app).await;
        let upload = talk(&app, report, &code).await;
        open(&app, report).await;
        let server = Server::start(&app, Mode::Production).await;
        let wrong = ReceiptCode::from_bytes([7; 18]).to_string();
        let mistyped = format!("{}XX", &code[..22]);
        come_back(&server, &[&code, &wrong, &mistyped, &first]).await;
        let claim = json!({ "input": { "id": app.new_id(), "receiptCode": first,
            "claimPassword": OTHER_CLAIM_PASSWORD, "payees": [{ "accountName": NAME, "bank": "银行",
            "accountNumber": ACCOUNT }] } });
        server
            .ask(&contract::operation("ClaimReward"), &claim)
            .await;
        let tokens = session(&app, &server).await;
        app.drain_jobs().await;
        drop(server);
        let log = heard();
        for speaker in [
            "TRACE",
            "actix_http",
            "liangxin_graphql",
            "sea_orm",
            "sqlx",
            "hyper",
        ] {
            assert!(log.contains(speaker), "{speaker} was heard");
        }
        let plain = |code: &str| code.replace('-', "");
        let mut secrets: Vec<String> = KNOWN.iter().map(|text| (*text).to_owned()).collect();
        secrets.push(upload);
        secrets.extend(tokens);
        for code in [&code, &first, &wrong, &mistyped] {
            secrets.extend([code.clone(), plain(code)]);
        }
        for secret in secrets {
            let line = log.lines().find(|line| line.contains(&secret));
            assert_eq!(line, None, "{secret} is in the log");
        }
        let bearer = log
            .lines()
            .find(|line| line.to_lowercase().contains("bearer "));
        assert_eq!(bearer, None);
    })
    .await;
}
