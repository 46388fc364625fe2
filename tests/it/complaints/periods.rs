//! The periods of a complaint.

use chrono::NaiveDate;
use liangxin_app::ports::clock::Clock;
use liangxin_tests::app::on_both;
use liangxin_tests::law::with_older_forms;

use super::*;

#[tokio::test]
async fn time_over_is_no_ground_before_the_sixtieth_day_and_testing_does_not_count() {
    on_both(async |app| {
        let may = "2026-05-06T01:00:00Z".parse().unwrap();
        let app = app.with(|parts| parts.clock = Clock::manual(may));
        let dispute = Dispute::mediating(&app).await;
        let over = || json!({ "ground": "TERM_5" });
        let due = async || -> NaiveDate {
            let clock = dispute.clock("C-MEDIATE").await;
            serde_json::from_value(clock["dueOn"].clone()).unwrap()
        };
        let without_test = due().await;
        assert_eq!(without_test.to_string(), "2026-07-06", "the sixtieth day is a Sunday");
        app.advance(TimeDelta::days(1));
        let test = json!({
            "body": "长沙市计量测试检定所", "sample": "电子秤", "chosenBy": "PARTIES", "cost": "SHARED",
        });
        dispute.take("deng", "SendForTesting", test).await;
        assert_eq!(dispute.clock("C-MEDIATE").await["state"], "PAUSED");
        app.advance(TimeDelta::days(10));
        let result = json!({ "result": "示值误差超差。" });
        dispute.take("deng", "RecordTestResult", result).await;
        let with_test = due().await;
        assert!(with_test > without_test + TimeDelta::days(7), "{with_test}");
        app.advance(with_test - app.now().date_naive());
        assert_eq!(
            dispute.refused("deng", "ProposeTermination", over()).await,
            ["MEDIATION_TIME_NOT_OVER"]
        );
        app.advance(TimeDelta::days(1));
        dispute.take("deng", "ProposeTermination", over()).await;
        dispute.take("he", "TerminateMediation", json!({})).await;
        app.leave_jobs();
    })
    .await;
}

#[tokio::test]
async fn a_period_that_ends_in_a_year_without_calendar_stops_nothing() {
    on_both(async |app| {
        app.advance(TimeDelta::days(34));
        let dispute = Dispute::mediating(&app).await;
        let clock = dispute.clock("C-ACCEPT").await;
        assert_eq!(clock["dueOn"], Value::Null);
        let over = json!({ "ground": "TERM_5" });
        assert_eq!(
            dispute.refused("deng", "ProposeTermination", over).await,
            ["CALENDAR_YEAR_MISSING"]
        );
        app.leave_jobs();
    })
    .await;
}

#[tokio::test]
async fn an_old_complaint_keeps_the_old_period_and_grounds_beside_a_new_one() {
    on_both(async |app| {
        let at = |time: &str| {
            let time = time.parse().unwrap();
            app.with(|parts| {
                parts.clock = Clock::manual(time);
                parts.law = with_older_forms();
            })
        };
        let march = at("2026-03-20T01:00:00Z");
        let old = Dispute::mediating(&march).await;
        let may = at("2026-05-20T01:00:00Z");
        let new = Dispute::mediating(&may).await;
        let old = Dispute {
            app: may.clone(),
            ..old
        };
        assert_eq!(
            old.clock("C-MEDIATE").await["edition"],
            "市场监管总局令第20号（2019年），经第61号（2022年）修正"
        );
        assert_eq!(old.clock("C-MEDIATE").await["dueOn"], "2026-05-27");
        assert_eq!(new.clock("C-MEDIATE").await["dueOn"], "2026-07-20");
        let gone = json!({ "ground": "TERM_7" });
        assert_eq!(
            old.refused("deng", "ProposeTermination", gone.clone())
                .await,
            ["GROUND_UNKNOWN"]
        );
        new.take("deng", "ProposeTermination", gone).await;
        may.drain_jobs().await;
    })
    .await;
}
