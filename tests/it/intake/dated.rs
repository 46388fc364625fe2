//! What tells of a letter when it came: not the seals over the log, nor what is left of a mail that went out, nor what its sender
//! does afterwards.

use std::collections::BTreeSet;

use chrono::{DateTime, TimeDelta, Utc};
use liangxin_domain::law::calendar::{shanghai_date, shanghai_end_of, shanghai_start_of};
use liangxin_graphql::limits::Mode;
use liangxin_tests::app::{TestApp, on_both};
use liangxin_tests::census::{self, Row, column, count};
use liangxin_tests::server::Server;
use serde_json::json;
use uuid::Uuid;

use super::joined::Letter;
use super::mixed::letter;
use crate::complaints::Dispute;
use crate::seals::found;

/// What a form is sent as.
const FORM: &str = "application/x-www-form-urlencoded";

/// How many rows of a table stand at the events of a kind.
async fn at_events(app: &TestApp, table: &str, kind: &str) -> i64 {
    let of = format!("event_id IN (SELECT id FROM event WHERE kind = '{kind}')");
    count(&app.parts().db, table, &of).await
}

#[tokio::test]
async fn no_seal_says_when_a_complaint_came_nor_beside_what() {
    on_both(async |app| {
        Letter::filed(&app).await;
        let (came, reported) = ("complaint_filed", "report_filed");
        assert!(at_events(&app, "sealed_event", reported).await >= 2);
        assert_eq!(at_events(&app, "sealed_event", came).await, 0);
        assert_eq!(found(&app).await.1, [], "nor is it lost that one waits");
        // The day after, at half past one in China, when nothing of the day before can be committed any more.
        let day_after = shanghai_end_of(shanghai_date(app.now())) + TimeDelta::minutes(90);
        app.advance(day_after - app.now());
        app.drain_jobs().await;
        let complaints = at_events(&app, "sealed_event", came).await;
        assert!(complaints >= 2);
        assert_eq!(at_events(&app, "unsealed_event", came).await, 0);
        let of_the_day = format!(
            "number IN (SELECT seal FROM sealed_event WHERE event_id IN (SELECT id FROM event WHERE kind = '{came}'))"
        );
        assert_eq!(count(&app.parts().db, "seal", &of_the_day).await, 1);
        assert_eq!(found(&app).await.1, [], "none of them comes late");
        app.leave_jobs();
    })
    .await;
}

#[tokio::test]
async fn what_is_left_of_a_mail_to_both_parts_of_a_letter_is_of_one_day_and_one_length() {
    on_both(async |app| {
        Letter::filed(&app).await;
        let db = &app.parts().db;
        let mails = "state = 'done' AND kind IN ('mail_reporter', 'mail_complainant')";
        let done: Vec<DateTime<Utc>> = column(db, "job", "run_at", mails).await;
        let day = shanghai_start_of(shanghai_date(app.now()));
        assert!(
            done.len() >= 4 && done.iter().all(|at| *at == day),
            "{done:?}"
        );
        // Another letter, whose address is shorter by far.
        let mut other = letter(&app);
        for part in ["complaint", "report"] {
            other["input"][part]["contactEmail"] = json!("a@b.example");
            other["input"][part]["consentToMail"] = json!(true);
        }
        app.anonymous().run("FileSubmission", other).await.ok();
        let lengths: BTreeSet<usize> = census::rows(db)
            .await
            .into_iter()
            .filter(|row| row.table == "contact")
            .flat_map(|row| row.cells)
            .filter(|(column, _)| column == "sealed")
            .map(|(_, sealed)| sealed.len())
            .collect();
        assert_eq!(lengths.len(), 1, "{lengths:?}");
        app.leave_jobs();
    })
    .await;
}

/// What is drawn or sealed for each row, or says which part it belongs to.
const OWN: [&str; 6] = ["id", "job_id", "kind", "mail_id", "sealed", "subject_id"];

/// The rows of a table in which one of these ids stands, without what is each row's own.
fn alike(rows: &[Row], table: &str, ids: &BTreeSet<String>) -> Vec<Vec<(String, String)>> {
    let names = |row: &&Row| {
        let mut values = row.cells.iter().map(|(_, value)| simple(value));
        row.table == table && values.any(|value| ids.contains(&value))
    };
    let plain = |row: &Row| {
        let cells = row.cells.iter();
        let cells = cells.filter(|(column, _)| !OWN.contains(&&**column));
        cells.cloned().collect()
    };
    rows.iter().filter(names).map(plain).collect()
}

/// The jobs that mail about a matter.
fn mailing(rows: &[Row], about: &BTreeSet<String>) -> BTreeSet<String> {
    let is_mail = |row: &&Row| {
        let mut values = row.cells.iter().map(|(_, value)| simple(value));
        let mails = row
            .cells
            .iter()
            .any(|(_, value)| value.starts_with("mail_"));
        row.table == "job" && mails && values.any(|value| about.contains(&value))
    };
    let cells = rows.iter().filter(is_mail).flat_map(|row| &row.cells);
    let ids = cells.filter(|(column, _)| column == "id");
    ids.map(|(_, id)| simple(id)).collect()
}

/// An id as both databases write it.
fn simple(id: &str) -> String {
    id.replace('-', "").to_lowercase()
}

#[tokio::test]
async fn no_row_tells_which_part_of_a_letter_asked_the_address_that_both_left() {
    on_both(async |app| {
        let letter = Letter::filed(&app).await;
        let mut asked = app.mails();
        asked.retain(|mail| mail.to.as_str() == "canary@mail.example");
        assert_eq!(asked.len(), 1, "one question a day");
        let rows = census::rows(&app.parts().db).await;
        let [complaint, report] = [letter.complaint, letter.report].map(|part| {
            let part = BTreeSet::from([part.simple().to_string()]);
            let jobs = mailing(&rows, &part);
            let asking = alike(&rows, "mail_question", &jobs);
            assert!(!jobs.is_empty() && asking.is_empty(), "{asking:?}");
            let contact = alike(&rows, "contact", &part);
            assert_eq!(contact.len(), 1);
            (contact, alike(&rows, "sent_mail", &jobs))
        });
        assert_eq!(complaint, report);
        app.leave_jobs();
    })
    .await;
}

/// Every moment in a column.
async fn moments(app: &TestApp, table: &str, of: &str, condition: &str) -> Vec<DateTime<Utc>> {
    column(&app.parts().db, table, of, condition).await
}

#[tokio::test]
async fn what_a_complainant_opens_and_ends_with_the_code_is_kept_by_the_day() {
    on_both(async |app| {
        let dispute = Dispute::accepted(&app).await;
        app.drain_jobs().await;
        app.advance(TimeDelta::minutes(41));
        let nobody = app.anonymous();
        let own = json!({ "receiptCode": dispute.code });
        nobody.run("ComeBackToComplaint", own.clone()).await.ok();
        let server = Server::start(&app, Mode::Production).await;
        let theirs = "recipient_kind = 'complainant'";
        let papers: Vec<Uuid> = column(&app.parts().db, "notice", "id", theirs).await;
        assert!(!papers.is_empty());
        for paper in &papers {
            let path = format!("/notices/{paper}");
            let code = format!("code={}", dispute.code);
            let sent = server.post(&path).header("Content-Type", FORM).body(code);
            assert_eq!(sent.send().await.unwrap().status(), 200);
        }
        nobody.run("StopComplaintMail", own.clone()).await.ok();
        let day = shanghai_start_of(shanghai_date(app.now()));
        let back = "receipt_shown_again_at";
        assert_eq!(moments(&app, "complaint", back, "TRUE").await, [day]);
        let done = "kind IN ('paper_served', 'complaint_mail_stopped')";
        let done = moments(&app, "event", "at", done).await;
        assert_eq!(done, vec![day; papers.len() + 1]);
        for noted in ["served_at", "served_noted_at"] {
            let issued = moments(&app, "notice", "issued_at", theirs).await;
            assert_eq!(
                moments(&app, "notice", noted, theirs).await,
                issued,
                "of that day"
            );
        }
        let over = Dispute::filed(&app).await;
        over.by_code("WithdrawComplaint", json!({})).await.ok();
        let withdrawn = moments(&app, "event", "at", "kind = 'complaint_withdrawn'").await;
        assert_eq!(withdrawn, [day]);
        let ended = over.seen_by("he").await["ending"]["at"].clone();
        let ended: DateTime<Utc> = ended.as_str().unwrap().parse().unwrap();
        assert_eq!(ended, day, "as officers see it");
        let seen = nobody.run("TrackComplaint", own).await.ok();
        let first = &seen.data("trackComplaint.complaint.timeline")[0];
        assert_eq!(
            first["event"], "complaint_filed",
            "whatever else was on that day"
        );
        app.leave_jobs();
    })
    .await;
}

#[tokio::test]
async fn what_a_complainant_consents_to_and_asks_in_a_mediation_is_kept_by_the_day() {
    on_both(async |app| {
        app.advance(TimeDelta::minutes(17));
        let dispute = Dispute::mediating(&app).await;
        let asked = json!({ "side": "COMPLAINANT", "mediator": "邓佩华", "reason": "是亲戚。" });
        dispute.by_code("RequestRecusal", asked).await.ok();
        let nothing = json!({});
        let withdrawn = dispute.by_code("WithdrawPublicationConsent", nothing).await;
        withdrawn.ok();
        let day = shanghai_start_of(shanghai_date(app.now()));
        assert!(day < app.now());
        let own = "side = 'complainant'";
        let given = moments(&app, "complaint_consent", "given_at", own).await;
        assert_eq!(given, [day; 3], "by the form and by the code");
        let ended = "withdrawn_at IS NOT NULL";
        let ended = moments(&app, "complaint_consent", "withdrawn_at", ended).await;
        assert_eq!(ended, [day]);
        let acts = "kind IN ('complaint_consented', 'complaint_recusal_asked', 'complaint_consent_withdrawn')";
        assert_eq!(moments(&app, "event", "at", acts).await, [day; 3]);
        app.leave_jobs();
    })
    .await;
}
