//! Mails go to whoever consented and reads the address, until the consent is withdrawn: by the link in a mail, on the
//! tracking page, or by an operation.

use std::collections::BTreeSet;

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::TimeDelta;
use liangxin_app::ports::{
    clock::Clock,
    mailer::{Mail, Mailer},
};
use liangxin_domain::text::Email;
use liangxin_graphql::limits::Mode;
use liangxin_tests::app::{TestApp, on_both};
use liangxin_tests::census::{self, column, count};
use liangxin_tests::flow::{CONTACT, Flow, Step};
use liangxin_tests::server::Server;
use serde_json::json;
use uuid::Uuid;

use crate::complaints::{Dispute, form};

/// What a form is sent as.
const FORM: &str = "application/x-www-form-urlencoded";

/// How many addresses of reports are kept.
async fn addresses(app: &TestApp) -> i64 {
    count(&app.parts().db, "contact", "kind = 'report'").await
}

/// The path of the link in the one mail that was sent.
fn link(app: &TestApp) -> String {
    let [mail] = app.mails().try_into().unwrap();
    let stop = mail.stop.unwrap();
    assert_eq!(mail.body.matches(&stop).count(), 2, "in both languages");
    let path = stop.strip_prefix(&*app.parts().public_url).unwrap();
    path.to_owned()
}

/// The path of the link that stands in a text.
fn confirming(mail: &Mail) -> String {
    let (_, rest) = mail.body.split_once("/mail/confirm").unwrap();
    format!("/mail/confirm{}", rest.split_whitespace().next().unwrap())
}

#[tokio::test]
async fn nothing_but_one_question_goes_to_an_address_before_somebody_there_says_yes() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::FileReport).await;
        app.drain_jobs().await;
        flow.go_on(Step::FileReport, Step::AcceptReport).await;
        app.drain_jobs().await;
        let [question] = app.mails().try_into().unwrap();
        for told in ["举报", "JB-", "五花肉", "吴", &flow.receipt_code().await] {
            assert!(
                !question.subject.contains(told) && !question.body.contains(told),
                "{told}"
            );
        }
        let server = Server::start(&app, Mode::Production).await;
        let link = confirming(&question);
        let asked = server.get(&link).send().await.unwrap();
        assert_eq!(asked.status(), 200);
        let confirmed = "confirmed_at IS NOT NULL";
        let db = &app.parts().db;
        assert_eq!(
            count(db, "contact", confirmed).await,
            0,
            "a look says nothing"
        );
        for _ in 0..2 {
            let said = server.post(&link).header("Content-Type", FORM).send();
            assert_eq!(said.await.unwrap().status(), 200);
        }
        assert_eq!(count(db, "contact", confirmed).await, 1);
        assert_eq!(
            count(db, "event", "kind = 'report_mail_confirmed'").await,
            1
        );
        flow.go_on(Step::AcceptReport, Step::DecideCase).await;
        app.drain_jobs().await;
        let mut mails = app.mails();
        mails.retain(|mail| mail.to.as_str() == CONTACT);
        assert_eq!(mails.len(), 2);
        assert!(mails[1].body.contains("已有处理结果"));
        assert!(!mails[1].subject.contains("举报") && !mails[1].subject.contains("JB-"));
    })
    .await;
}

#[tokio::test]
async fn a_hundred_reports_with_a_bystanders_address_send_one_mail_a_day() {
    on_both(async |app| {
        for copy in 0..100 {
            let flow = Flow::new(&app);
            let address = ["By@Stander.example", "by@stander.example"][copy % 2];
            let change = json!({ "contactEmail": address, "photos": [] });
            flow.take_with(Step::FileReport, change).await;
        }
        app.drain_jobs().await;
        assert_eq!(app.mails().len(), 1);
        let db = &app.parts().db;
        assert_eq!(count(db, "mail_question", "TRUE").await, 1);
        app.advance(TimeDelta::days(1));
        app.drain_jobs().await;
        assert_eq!(
            count(db, "mail_question", "TRUE").await,
            0,
            "and the day is forgotten"
        );
        assert_eq!(count(db, "day_key", "TRUE").await, 0);
    })
    .await;
}

#[tokio::test]
async fn a_link_that_ends_mails_begins_none_and_the_other_way_round() {
    on_both(async |app| {
        Flow::after(&app, Step::FileReport).await;
        app.drain_jobs().await;
        let [question] = app.mails().try_into().unwrap();
        let stop = link(&app).replace("/mail/stop", "/mail/confirm");
        let begin = confirming(&question).replace("/mail/confirm", "/mail/stop");
        let server = Server::start(&app, Mode::Production).await;
        for crossed in [stop, begin] {
            let sent = server.post(&crossed).header("Content-Type", FORM).send();
            assert_eq!(sent.await.unwrap().status(), 404);
        }
        let untouched = "confirmed_at IS NULL";
        assert_eq!(count(&app.parts().db, "contact", untouched).await, 1);
    })
    .await;
}

#[tokio::test]
async fn a_folder_keeps_a_mail_for_its_days_and_what_others_put_there_for_good() {
    let folder = tempfile::tempdir().unwrap();
    let from = "liangxin@liangxin.example".parse().unwrap();
    let mailer = Mailer::Folder(folder.path().to_owned(), from, TimeDelta::days(7));
    let mail = Mail {
        id: Uuid::nil(),
        to: Email::parse("citizen@mail.example", "to").unwrap(),
        subject: "主题".to_owned(),
        body: "正文".to_owned(),
        stop: None,
    };
    mailer.send(&mail).await.unwrap();
    std::fs::write(folder.path().join("notes.txt"), "an operator's").unwrap();
    // What cannot be deleted as a mail keeps no mail, wherever it stands among them.
    for name in ["0.eml", "z.eml"] {
        std::fs::create_dir(folder.path().join(name)).unwrap();
    }
    let files = || std::fs::read_dir(folder.path()).unwrap().count();
    // The one clock that a file has.
    let now = Clock::System.now();
    mailer
        .clear(now + TimeDelta::days(7) - TimeDelta::minutes(1))
        .await
        .unwrap();
    assert_eq!(files(), 4);
    let cleared = mailer
        .clear(now + TimeDelta::days(7) + TimeDelta::minutes(1))
        .await;
    assert!(cleared.is_err(), "it is told");
    assert_eq!(files(), 3);
}

#[tokio::test]
async fn the_link_of_a_mail_asks_first_and_one_post_to_it_ends_the_mails_for_good() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::FileReport).await;
        app.drain_jobs().await;
        let link = link(&app);
        let server = Server::start(&app, Mode::Production).await;
        let before = app.census().await;
        let asked = server.get(&link).send().await.unwrap();
        assert_eq!(asked.status(), 200);
        let page = asked.text().await.unwrap();
        assert!(page.contains(&link) && page.contains("method=\"post\""));
        let after = app.census().await;
        let changed = after.changed_since(&before);
        assert!(changed.is_empty(), "a look changes nothing: {changed:?}");

        for _ in 0..2 {
            // As a mail program does it (RFC 8058).
            let stopped = server
                .post(&link)
                .header("Content-Type", FORM)
                .body("List-Unsubscribe=One-Click")
                .send();
            assert_eq!(stopped.await.unwrap().status(), 200);
        }
        assert_eq!(addresses(&app).await, 0);
        let told = "kind = 'report_mail_stopped'";
        assert_eq!(count(&app.parts().db, "event", told).await, 1);
        flow.take(Step::AcceptReport).await;
        app.drain_jobs().await;
        assert_eq!(app.mails().len(), 1, "only the one before");
    })
    .await;
}

/// Every id that stands in the database, whatever it names.
async fn every_id(app: &TestApp) -> BTreeSet<Uuid> {
    let rows = census::rows(&app.parts().db).await;
    let cells = rows.iter().flat_map(|row| &row.cells);
    cells
        .filter_map(|(_, value)| Uuid::try_parse(value).ok())
        .collect()
}

/// What the tokens in a mail are made of.
fn tokens(mail: &Mail) -> Vec<Vec<u8>> {
    let text = format!("{} {}", mail.body, mail.stop.as_deref().unwrap_or_default());
    let tokens = text.split("?t=").skip(1).map(|rest| {
        let of_it = |c: &char| c.is_ascii_alphanumeric() || ['-', '_'].contains(c);
        let token: String = rest.chars().take_while(of_it).collect();
        URL_SAFE_NO_PAD.decode(token).unwrap()
    });
    tokens.collect()
}

/// A letter in two parts, each with an address of its own.
async fn letter(app: &TestApp) {
    let flow = Flow::with_secret(app, "c2VjcmV0LW9mLXBob25lLTE3");
    let mut report = flow.variables(Step::FileReport)["input"].clone();
    report["photos"] = json!([]);
    report["narrative"] = json!("摊主换过秤上的传感器。");
    report["contactEmail"] = json!("canary1@mail.example");
    let mut complaint = form(app, app.random_id());
    complaint["contactEmail"] = json!("canary2@mail.example");
    complaint["content"] = json!("三两的金丝雀少给了一两，要求赔偿。");
    let both = json!({ "id": app.new_id(), "complaint": complaint, "report": report });
    let sent = app.anonymous();
    let sent = sent.run("FileSubmission", json!({ "input": both }));
    sent.await.ok();
}

#[tokio::test]
async fn no_mail_leads_whoever_has_the_database_to_its_matter() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::FileReport).await;
        letter(&app).await;
        app.drain_jobs().await;
        app.confirm_mail().await;
        flow.go_on(Step::FileReport, Step::DecideCase).await;
        app.drain_jobs().await;
        let db = &app.parts().db;
        let ids = every_id(&app).await;
        assert!(ids.contains(&flow.report()) && ids.len() > 50);
        let mut numbers: Vec<String> = column(db, "report", "number", "TRUE").await;
        numbers.extend(column::<String>(db, "complaint", "number", "TRUE").await);
        assert_eq!(numbers.len(), 3);
        let mut mails = app.mails();
        mails.retain(|mail| mail.stop.is_some());
        assert!(
            mails.len() >= 5,
            "three questions and what is new: {mails:?}"
        );
        for mail in &mails {
            assert!(!ids.contains(&mail.id), "its name: {mail:?}");
            let text = format!("{mail:?}");
            assert!(
                !numbers.iter().any(|number| text.contains(number)),
                "{text}"
            );
            for token in tokens(mail) {
                let mut within = token.windows(16);
                let named = within.any(|it| ids.contains(&Uuid::from_slice(it).unwrap()));
                assert!(!named, "a link: {mail:?}");
            }
        }
        let taken = census::rows(db).await.into_iter();
        let taken = taken.filter(|row| row.table == "sent_mail");
        let moments = taken.flat_map(|row| row.cells.into_iter().find(|(name, _)| name == "at"));
        for (_, at) in moments {
            assert!(
                at.contains("16:00:00"),
                "the beginning of a day in China: {at}"
            );
        }
    })
    .await;
}

#[tokio::test]
async fn a_link_in_a_mail_of_an_earlier_version_does_what_it_did() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::FileReport).await;
        app.drain_jobs().await;
        let of_before = |purpose: &str| {
            let named = [b"r".as_slice(), flow.report().as_bytes()].concat();
            let hash = app.parts().keys.hash(purpose, &named);
            URL_SAFE_NO_PAD.encode([named.as_slice(), &hash].concat())
        };
        let (confirm, stop) = (of_before("confirm mail"), of_before("stop mail"));
        let server = Server::start(&app, Mode::Production).await;
        for (path, status) in [
            (format!("/mail/stop?t={confirm}"), 404),
            (format!("/mail/confirm?t={stop}"), 404),
            (format!("/mail/confirm?t={confirm}"), 200),
            (format!("/mail/stop?t={stop}"), 200),
        ] {
            let sent = server.post(&path).header("Content-Type", FORM).send();
            assert_eq!(sent.await.unwrap().status(), status, "{path}");
        }
        assert_eq!(addresses(&app).await, 0);
        let confirmed = "kind = 'report_mail_confirmed'";
        assert_eq!(count(&app.parts().db, "event", confirmed).await, 1);
    })
    .await;
}

#[tokio::test]
async fn a_link_that_was_not_made_here_opens_nothing() {
    on_both(async |app| {
        Flow::after(&app, Step::FileReport).await;
        app.drain_jobs().await;
        let link = link(&app);
        let server = Server::start(&app, Mode::Production).await;
        let (path, token) = link.split_once('=').unwrap();
        let other = if token.starts_with('A') { "B" } else { "A" };
        for bad in [
            "/mail/stop".to_owned(),
            format!("{path}="),
            format!("{path}={}", &token[..token.len() - 4]),
            format!("{path}={other}{}", &token[1..]),
            format!("{path}={}%E9%87%8F", token),
        ] {
            for request in [server.get(&bad), server.post(&bad)] {
                assert_eq!(request.send().await.unwrap().status(), 404, "{bad}");
            }
        }
        assert_eq!(addresses(&app).await, 1);
    })
    .await;
}

#[tokio::test]
async fn the_tracking_page_offers_it_to_whoever_left_an_address() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::FileReport).await;
        let code = flow.receipt_code().await;
        let server = Server::start(&app, Mode::Production).await;
        let page = async |more: &str| {
            let sent = server.post("/track").header("Content-Type", FORM);
            let sent = sent.body(format!("code={code}{more}")).send();
            sent.await.unwrap().text().await.unwrap()
        };
        assert!(page("").await.contains("name=\"stop_mail\""));
        assert_eq!(addresses(&app).await, 1);
        let after = page("&stop_mail=1").await;
        assert!(!after.contains("name=\"stop_mail\"") && after.contains("不再发邮件"));
        assert_eq!(addresses(&app).await, 0);
        app.drain_jobs().await;
        assert_eq!(app.mails(), [], "the one that waited finds no address");
    })
    .await;
}

#[tokio::test]
async fn whoever_shows_the_code_of_a_report_or_a_complaint_ends_its_mails() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::FileReport).await;
        let code = json!({ "receiptCode": flow.receipt_code().await });
        let nobody = app.anonymous();
        let crossed = nobody.run("StopComplaintMail", code.clone()).await;
        assert_eq!(crossed.problems(), ["RECEIPT_UNKNOWN"]);
        for _ in 0..2 {
            let stopped = nobody.run("StopReportMail", code.clone()).await.ok();
            assert_eq!(stopped.data("stopReportMail.isStopped"), &json!(true));
        }
        assert_eq!(addresses(&app).await, 0);

        let dispute = Dispute::filed(&app).await;
        let code = json!({ "receiptCode": dispute.code });
        let stopped = nobody.run("StopComplaintMail", code).await.ok();
        assert_eq!(stopped.data("stopComplaintMail.isStopped"), &json!(true));
        let kept = count(&app.parts().db, "contact", "TRUE").await;
        assert_eq!(kept, 0);
        app.drain_jobs().await;
        assert_eq!(app.mails(), []);
    })
    .await;
}
