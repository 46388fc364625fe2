//! A review or a suit against a decision, as the record knows it.

use chrono::{Days, NaiveDate, TimeDelta};
use liangxin_domain::notices::field::OpenField;
use liangxin_tests::app::on_both;
use liangxin_tests::session::Reply;
use serde_json::{Value, json};

use super::matter::Matter;
use super::week::calendar;

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

#[tokio::test]
async fn the_court_and_whoever_closes_the_case_read_what_a_review_left_of_the_fine() {
    on_both(async |app| {
        calendar(&app).await;
        let matter = Matter::on_patrol(&app).await;
        matter.announced(Matter::penalty("M-VER-01", 800)).await;
        matter
            .step("wu", "AnswerNotice", json!({ "waives": true }))
            .await;
        matter
            .step("he", "DecideCase", json!({ "suit": "FIFTEEN_DAYS" }))
            .await;
        matter
            .step("deng", "ServeDecision", matter.delivery())
            .await;
        let on = (app.now() + TimeDelta::hours(8)).date_naive();
        let lowered = json!({
            "kind": "LOWERED", "by": "REVIEW", "body": "天心区人民政府", "document": "天政复决〔2026〕6号",
            "on": on, "fineYuan": 500, "reason": "处罚过重，予以变更。",
        });
        matter.step("he", "ChangeDecision", lowered).await;
        app.advance(TimeDelta::days(25));
        matter.step("deng", "RemindParty", json!({})).await;
        matter.took("payment_reminder").await;
        app.advance(TimeDelta::days(60));
        let court = json!({ "court": "天心区人民法院", "grounds": "催告期满仍不履行。" });
        matter.step("he", "ApplyToCourt", court).await;
        let closed = json!({ "inSpite": "法院终结执行，当事人没有财产。" });
        matter.step("he", "FinishCase", closed).await;
        for paper in [("enforcement_application", "BODY"), ("case_closing", "FILE")] {
            let said = matter.said(paper, OpenField::Penalty).await;
            assert_eq!(said, "罚款800.00元；其后变更为：罚款500.00元", "{paper:?}");
        }
        let asked = ("enforcement_application", "BODY");
        assert_eq!(matter.said(asked, OpenField::Sum).await, "500.00元");
        app.leave_jobs();
    })
    .await;
}
