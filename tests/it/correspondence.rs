//! Mails go to whoever consented, until the consent is withdrawn: by the link in a mail, on the tracking page, or
//! by an operation.

use liangxin_graphql::limits::Mode;
use liangxin_tests::app::{TestApp, on_both};
use liangxin_tests::census::count;
use liangxin_tests::flow::{Flow, Step};
use liangxin_tests::server::Server;
use serde_json::json;

use crate::complaints::Dispute;

/// What a form is sent as.
const FORM: &str = "application/x-www-form-urlencoded";

/// How many addresses of reports are kept.
async fn addresses(app: &TestApp) -> i64 {
    count(&app.parts().db, "report", "contact_sealed IS NOT NULL").await
}

/// The path of the link in the one mail that was sent.
fn link(app: &TestApp) -> String {
    let [mail] = app.mails().try_into().unwrap();
    let stop = mail.stop.unwrap();
    assert_eq!(mail.body.matches(&stop).count(), 2, "in both languages");
    let path = stop.strip_prefix(&*app.parts().public_url).unwrap();
    path.to_owned()
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
        let kept = count(&app.parts().db, "complaint", "contact_sealed IS NOT NULL").await;
        assert_eq!(kept, 0);
        app.drain_jobs().await;
        assert_eq!(app.mails(), []);
    })
    .await;
}
