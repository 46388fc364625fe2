//! Every kind of token, code and link that the program gives to somebody, tried at every door that takes one.

use std::cell::Cell;

use liangxin_app::ports::evidence_keys::PublicKeys;
use liangxin_app::store;
use liangxin_app::usecase::ratings::{check_badge, made_badge};
use liangxin_app::usecase::reports::kept_receipt;
use liangxin_demo::fixtures::{email_of, merchant_id, user_id};
use liangxin_domain::id::ReportId;
use liangxin_domain::law::calendar::shanghai_date;
use liangxin_domain::reports::receipt::ReceiptCode;
use reqwest::header::COOKIE;

use super::*;
use crate::complaints::Dispute;
use crate::http_uploads::upload;

/// A token that the program gave, by its kind.
type Token = (&'static str, String);

/// What stands behind `?t=` at a place of a mail.
fn mailed(place: &str, text: &str) -> String {
    let (_, rest) = text.split_once(place).unwrap();
    let rest = rest.split_once("?t=").unwrap().1;
    rest.split_whitespace().next().unwrap().to_owned()
}

/// What a reporter gets: with the report, by mail, and to keep in a browser.
async fn of_the_reporter(app: &TestApp, flow: &Flow) -> Vec<Token> {
    let filed = flow.take(Step::FileReport).await;
    let told = |name: &str| filed.text(&format!("fileReport.receipt.{name}")).to_owned();
    app.drain_jobs().await;
    let mail = app.mails().remove(0);
    let code = told("receiptCode");
    let parsed = ReceiptCode::parse(&code).unwrap();
    let kept = kept_receipt::keep(app.parts(), ReportId::new(flow.report()), &parsed);
    vec![
        ("upload", told("uploadToken")),
        ("receipt", code),
        ("confirm", mailed("/mail/confirm", &mail.body)),
        ("stop", mailed("/mail/stop", &mail.stop.unwrap_or_default())),
        ("kept receipt", kept.unwrap()),
    ]
}

/// What somebody gets who signs in.
async fn of_an_officer(app: &TestApp) -> Vec<Token> {
    let credentials =
        json!({ "email": "zhou@tianxin.example", "password": PASSWORD, "deviceName": "phone" });
    let signed_in = app.anonymous();
    let signed_in = signed_in.run("SignIn", json!({ "input": credentials }));
    let signed_in = signed_in.await.ok();
    let session = |name: &str| signed_in.text(&format!("signIn.session.{name}")).to_owned();
    let making = json!({ "input": { "id": app.new_id(), "userId": user_id("tang").uuid() } });
    let made = app.as_("qiu").run("MakePasswordCode", making).await.ok();
    vec![
        ("access", session("accessToken")),
        ("refresh", session("refreshToken")),
        ("device", session("deviceToken")),
        (
            "password code",
            made.text("makePasswordCode.code").to_owned(),
        ),
    ]
}

/// What somebody got who signed in on a device that was revoked since.
async fn of_an_ended_session(app: &TestApp) -> Vec<Token> {
    let credentials = json!({ "email": "zhou@tianxin.example", "password": PASSWORD, "deviceName": "lost phone" });
    let signed_in = app.anonymous();
    let signed_in = signed_in.run("SignIn", json!({ "input": credentials }));
    let signed_in = signed_in.await.ok();
    let session = |name: &str| signed_in.text(&format!("signIn.session.{name}")).to_owned();
    let lost = json!({ "deviceId": session("deviceId") });
    let phone = app.bearer(&session("accessToken"));
    phone.run("RevokeDevice", lost).await.ok();
    vec![
        ("ended access", session("accessToken")),
        ("ended refresh", session("refreshToken")),
        ("ended device", session("deviceToken")),
    ]
}

/// The link to the file of the case, and the badge of the stall.
async fn of_the_case(app: &TestApp, flow: &Flow) -> Vec<Token> {
    flow.go_on(Step::FileReport, Step::FileCase).await;
    app.drain_jobs().await;
    let wanted = json!({ "input": { "id": app.new_id(), "caseId": flow.case(), "purpose": "复议机关调取案卷" } });
    let made = app.as_("he").run("MakeCaseBundle", wanted).await.ok();
    let url = made.text("makeCaseBundle.url");
    let link = url.rsplit('/').next().unwrap().to_owned();
    let stall = store::merchants::find(&app.parts().db, merchant_id("tianxin-stall-17"));
    let stall = stall.await.unwrap().unwrap();
    let badge = made_badge(app.parts(), &stall).await.unwrap().unwrap();
    vec![("bundle link", link), ("badge", badge.token)]
}

/// One of every kind, each of which works at its own door.
async fn every_kind(app: &TestApp, flow: &Flow) -> Vec<Token> {
    let mut kinds = of_the_reporter(app, flow).await;
    kinds.extend(of_the_case(app, flow).await);
    kinds.extend(of_an_officer(app).await);
    kinds.extend(of_an_ended_session(app).await);
    kinds.push(("complaint", Dispute::filed(app).await.code));
    kinds
}

/// The doors that take a token. Codes are tried from another address each time, so that no brake answers in their place.
struct Doors<'a> {
    app: &'a TestApp,
    server: &'a Server,
    flow: &'a Flow,
    keys: PublicKeys,
    tried: Cell<u8>,
}

impl<'a> Doors<'a> {
    async fn of(app: &'a TestApp, server: &'a Server, flow: &'a Flow) -> Self {
        let keys = server.get("/.well-known/liangxin-keys.json").send().await;
        let keys = keys.unwrap().bytes().await.unwrap();
        Self {
            app,
            server,
            flow,
            keys: PublicKeys::parse(&keys).unwrap(),
            tried: Cell::default(),
        }
    }

    /// Those that open to a token.
    async fn opened_by(&self, token: &str) -> Vec<&'static str> {
        let mut open = self.to_a_header(token).await;
        open.extend(self.to_an_operation(token).await);
        open.extend(self.to_an_address(token).await);
        let today = shanghai_date(self.app.now());
        if check_badge(&self.keys, token, (None, today), None).is_ok() {
            open.push("a wall");
        }
        open
    }

    async fn to_a_header(&self, token: &str) -> Vec<&'static str> {
        let bearer = |request: RequestBuilder| request.bearer_auth(token).send();
        let (server, photo) = (self.server, self.flow.report_photo());
        let mut open = Vec::new();
        let me = bearer(server.graphql(&operation("Me"), &json!({}))).await;
        if told(me.unwrap()).await.1.is_empty() {
            open.push("a query");
        }
        for (door, request) in [
            ("an upload", upload(server, photo, pictures::scale())),
            ("a photo", server.get(&format!("/photos/{photo}"))),
        ] {
            if bearer(request).await.unwrap().status() != 401 {
                open.push(door);
            }
        }
        let receipt = server.get(&format!("/receipt/{}", self.flow.report()));
        let receipt = receipt.header(COOKIE, format!("liangxin_receipt={token}"));
        if receipt.send().await.unwrap().status() == 200 {
            open.push("a browser's receipt");
        }
        open
    }

    async fn to_an_operation(&self, token: &str) -> Vec<&'static str> {
        let known = json!({ "input": { "email": "zhou@tianxin.example", "password": PASSWORD,
            "deviceName": "phone", "deviceToken": token } });
        // From the address whose wrong passwords closed the door to strangers.
        let known = self.server.ask(&operation("SignIn"), &known).await;
        let mut open = Vec::new();
        if known.problems().is_empty() {
            open.push("a known device");
        }
        let email = email_of("tang").unwrap();
        let password = json!({ "input": { "id": self.app.new_id(), "email": email.as_str(),
            "code": token, "password": "a password of one's own" } });
        let code = json!({ "receiptCode": token });
        let unsent = json!({ "input": { "token": token, "items": [] } });
        for (door, name, variables) in [
            (
                "a refresh",
                "RefreshSession",
                json!({ "refreshToken": token }),
            ),
            ("a report", "TrackReport", code.clone()),
            ("the end of uploads", "RevokeUploads", code.clone()),
            ("a complaint", "TrackComplaint", code),
            ("a new password", "UsePasswordCode", password),
            ("a quarantine", "HandIn", unsent),
        ] {
            self.tried.set(self.tried.get() + 1);
            let somebody = self.app.anonymous();
            let somebody = somebody.at(&format!("198.51.100.{}", self.tried.get()));
            let reply = somebody.run(name, variables).await;
            if reply.problems().is_empty() {
                open.push(door);
            }
        }
        open
    }

    async fn to_an_address(&self, token: &str) -> Vec<&'static str> {
        let mut open = Vec::new();
        for (door, path) in [("the mails", "/mail/confirm"), ("their end", "/mail/stop")] {
            let form = self.server.post(&format!("{path}?t={token}"));
            let form = form.header("Content-Type", "application/x-www-form-urlencoded");
            if form.send().await.unwrap().status() == 200 {
                open.push(door);
            }
        }
        let file = self.server.get(&format!("/bundles/{token}"));
        if file.send().await.unwrap().status() == 200 {
            open.push("a file");
        }
        open
    }
}

#[tokio::test]
async fn a_token_of_each_kind_opens_its_own_door_and_no_other() {
    on_both(async |app| {
        let flow = Flow::new(&app);
        let kinds = every_kind(&app, &flow).await;
        let server = Server::start(&app, Mode::Production).await;
        // From here on, strangers have to wait.
        let wrong = json!({ "email": "zhou@tianxin.example", "password": "not-the-password", "deviceName": "x" });
        for _ in 0..5 {
            server.ask(&operation("SignIn"), &json!({ "input": wrong })).await;
        }
        let doors = Doors::of(&app, &server, &flow).await;
        let mut table = Vec::new();
        for (kind, token) in &kinds {
            table.push((*kind, doors.opened_by(token).await));
        }
        assert_eq!(
            table,
            [
                ("upload", vec!["an upload"]),
                ("receipt", vec!["a report", "the end of uploads"]),
                ("confirm", vec!["the mails"]),
                ("stop", vec!["their end"]),
                ("kept receipt", vec!["a browser's receipt"]),
                ("bundle link", vec!["a file"]),
                ("badge", vec!["a wall"]),
                ("access", vec!["a query", "an upload", "a photo"]),
                ("refresh", vec!["a refresh"]),
                ("device", vec!["a known device"]),
                ("password code", vec!["a new password"]),
                ("ended access", vec!["a quarantine"]),
                ("ended refresh", vec!["a quarantine"]),
                ("ended device", vec![]),
                ("complaint", vec!["a complaint"]),
            ]
        );
        app.drain_jobs().await;
    })
    .await;
}
