//! A review or a suit against a decision, as the record knows it.

use chrono::{Days, NaiveDate, TimeDelta};
use liangxin_tests::app::on_both;
use liangxin_tests::session::Reply;
use serde_json::{Value, json};

use super::matter::Matter;

/// A suit with a number of its own, from a day on.
fn suit(from: NaiveDate, until: Option<NaiveDate>) -> Value {
    json!({
        "kind": "SUIT", "body": "天心区人民法院", "document": "〔2026〕湘0103行初5号",
        "from": from, "until": until,
    })
}

fn late_fee(reply: &Reply) -> &str {
    reply.text("noteRemedy.case.execution.lateFeeYuan")
}

#[tokio::test]
async fn the_days_of_a_suit_are_on_record_and_bear_no_late_fee() {
    on_both(async |app| {
        let matter = Matter::on_patrol(&app).await;
        matter.announced(Matter::penalty("M-VER-01", 800)).await;
        matter.decided().await;
        let due = matter.seen("he").await;
        let due: NaiveDate = due.text("case.execution.payUntil").parse().unwrap();
        app.advance(TimeDelta::days(25));
        let owed = matter.seen("he").await;
        assert_ne!(owed.text("case.execution.lateFeeYuan"), "0.00");
        let first = due + Days::new(1);
        let running = matter.step("deng", "NoteRemedy", suit(first, None)).await;
        assert_eq!(late_fee(&running), "0.00");
        let until = due + Days::new(2);
        let ended = suit(first, Some(until));
        let ended = matter.step("zhou", "NoteRemedy", ended).await;
        assert_ne!(late_fee(&ended), "0.00");
        let noted = json!([{
            "kind": "SUIT", "body": "天心区人民法院", "document": "〔2026〕湘0103行初5号",
            "from": first, "until": until,
        }]);
        assert_eq!(
            ended.data("noteRemedy.case.execution.remedies"),
            &noted,
            "the later note of one number counts"
        );
        app.leave_jobs();
    })
    .await;
}
