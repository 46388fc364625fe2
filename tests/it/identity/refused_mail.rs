//! What a mail server says of a mail that it does not take names whom the mail was for: it is neither kept nor said again.

use chrono::TimeDelta;
use liangxin_app::jobs;
use liangxin_domain::event::Lane;
use liangxin_tests::app::on_both;
use liangxin_tests::census::{column, count};
use liangxin_tests::flow::{CONTACT, Flow, Step};

use super::logs;
use crate::background::{mails::with_mail_server, silent};

const SAID: &str = "Recipient address rejected";

#[tokio::test]
async fn what_a_mail_server_says_of_whom_a_mail_was_for_is_in_no_log_and_no_row() {
    on_both(async |app| {
        for (code, told) in [
            ("550 5.1.1", "refused 550 5.1.1"),
            ("451 4.7.1", "refused for now 451 4.7.1"),
        ] {
            let answer = move |line: &str| {
                let whom = line.strip_prefix("RCPT TO:");
                Some(match whom {
                    Some(whom) => format!("{code} {whom}: {SAID}"),
                    None => "250 ok".to_owned(),
                })
            };
            let alone = logs::listen().await;
            let refused = with_mail_server(&app, answer).await;
            // A mail to a citizen, and the warnings to officers.
            Flow::after(&refused, Step::FileReport).await;
            app.advance(TimeDelta::days(22));
            jobs::run_due(refused.parts()).await;
            let watcher = silent();
            let done = jobs::drain_lane(refused.parts(), Lane::Mail, &watcher, || false).await;
            assert_eq!(done.unwrap(), 0);
            let heard = logs::heard();
            drop(alone);
            assert!(heard.contains(told), "{told}");
            for secret in [SAID, CONTACT] {
                let line = heard.lines().find(|line| line.contains(secret));
                assert_eq!(line, None, "{code}");
            }
        }
        let db = &app.parts().db;
        assert!(
            count(
                db,
                "job",
                "kind = 'mail_reporter' AND last_error IS NOT NULL"
            )
            .await
                >= 2
        );
        assert!(
            count(
                db,
                "job",
                "kind = 'warn_of_deadline' AND last_error IS NOT NULL"
            )
            .await
                >= 1
        );
        let errors: Vec<String> = column(db, "job", "last_error", "last_error IS NOT NULL").await;
        assert!(errors.iter().all(|it| !it.contains('@')), "{errors:?}");
        app.leave_jobs();
    })
    .await;
}
