//! Rows that cannot be read: they keep nothing else on phones, and nothing else from them.

use chrono::TimeDelta;
use liangxin_app::usecase::pull;
use liangxin_demo::fixtures::merchant_id;
use liangxin_domain::limits::PULLED_DAYS;
use liangxin_tests::app::on_both;
use liangxin_tests::census::count;
use liangxin_tests::flow::{Flow, Step};

use super::patrol;
use super::phone::Phone;

/// The visit whose id is the first.
const FIRST: &str = "(SELECT MIN(document_id) FROM phone_document WHERE collection = 'visit')";

#[tokio::test]
async fn what_cannot_be_read_keeps_no_other_visit_on_the_phones_when_its_time_is_over() {
    on_both(async |app| {
        // PostgreSQL lets nothing in that is no moment.
        if app.parts().db.is_postgres() {
            return;
        }
        for _ in 0..2 {
            Flow::after(&app, Step::SubmitVisit).await;
        }
        app.drain_jobs().await;
        let of_second = format!("collection = 'visit' AND document_id <> {FIRST}");
        for damage in [
            format!("UPDATE visit SET submitted_at = '?' WHERE id = {FIRST}"),
            format!(
                "UPDATE phone_document SET position = '?' WHERE rowid IN \
                 (SELECT MAX(rowid) FROM phone_document WHERE {of_second})"
            ),
        ] {
            app.execute(&damage).await;
        }
        app.advance(TimeDelta::days(PULLED_DAYS));
        pull::let_go(app.parts()).await.unwrap();
        let db = &app.parts().db;
        let gone = count(db, "phone_document", &format!("is_gone AND {of_second}")).await;
        let stay = count(db, "phone_document", "NOT is_gone AND collection = 'visit'").await;
        // Of four rows one could be read, with its visit.
        assert_eq!((gone, stay), (1, 3));
        // And changes are counted on.
        let sent = patrol(&app, merchant_id("tianxin-stall-05").uuid()).await;
        let mut zhou = Phone::of(&app, "zhou");
        zhou.pull().await;
        assert_eq!(zhou.ids("visits"), [sent]);
        app.leave_jobs();
    })
    .await;
}

#[tokio::test]
async fn a_measurement_that_cannot_be_read_keeps_no_other_visit_from_the_phone() {
    on_both(async |app| {
        for _ in 0..2 {
            Flow::after(&app, Step::RecordMeasurement).await;
        }
        let first = "SELECT id FROM measurement ORDER BY id LIMIT 1";
        app.execute(&format!(
            "UPDATE measurement SET verdict = '?' WHERE id IN ({first})"
        ))
        .await;
        // An error beside the documents would be one of the reply.
        let mut zhou = Phone::of(&app, "zhou");
        zhou.pull().await;
        assert_eq!(zhou.ids("visits").len(), 1);
        app.leave_jobs();
    })
    .await;
}
