//! What is told before sending about similar reports: only what lets nobody tell one of them.

use chrono::TimeDelta;
use liangxin_app::usecase::reports::fewest_in;
use liangxin_domain::limits::{SIMILAR_FEWEST, SIMILAR_WEEKS};
use liangxin_domain::reports::nearby::Week;
use liangxin_tests::app::{TestApp, on_both};
use liangxin_tests::flow::{Flow, Step};
use serde_json::{Value, json};

async fn told(app: &TestApp) -> Value {
    let position = json!({ "latitude": 28.1714, "longitude": 112.97383 });
    let asked = json!({ "input": { "position": position, "goods": "五花肉" } });
    let found = app.anonymous().run("SimilarReports", asked).await.ok();
    for word in ["吴记", "五花肉", "JB-", "少了", "430103"] {
        assert!(!found.body().contains(word), "{word}");
    }
    found.data("similarReports.similar").clone()
}

/// From a Monday on six days, one report a day up to a step, and on to the next Monday.
async fn a_week_of(app: &TestApp, last: Step) {
    for _ in 0..6 {
        assert_eq!(told(app).await, json!([]));
        Flow::after(app, last).await;
        assert_eq!(told(app).await, json!([]));
        app.advance(TimeDelta::days(1));
    }
    assert_eq!(told(app).await, json!([]));
    app.advance(TimeDelta::days(1));
}

#[tokio::test]
async fn what_comes_in_or_ends_changes_nothing_that_is_told_of_similar_reports_in_its_week() {
    on_both(async |app| {
        a_week_of(&app, Step::AcceptReport).await;
        let both = json!([{ "about": "SAME_GOODS" }, { "about": "SHORT_WEIGHT" }]);
        assert_eq!(
            told(&app).await,
            both,
            "six are as many as any week asks for"
        );
        Flow::after(&app, Step::AcceptReport).await;
        assert_eq!(told(&app).await, both);
        app.execute("UPDATE report SET state = 'closed_no_penalty'")
            .await;
        app.advance(TimeDelta::days(6));
        assert_eq!(told(&app).await, both, "whatever became of them");
        app.advance(TimeDelta::weeks(SIMILAR_WEEKS));
        assert_eq!(told(&app).await, json!([]));
        app.leave_jobs();
    })
    .await;
}

#[tokio::test]
async fn two_planted_reports_tell_nobody_that_a_third_came() {
    on_both(async |app| {
        for _ in 0..2 {
            Flow::after(&app, Step::AcceptReport).await;
            app.advance(TimeDelta::days(1));
        }
        Flow::after(&app, Step::AcceptReport).await;
        for _ in 2..7 {
            assert_eq!(told(&app).await, json!([]));
            app.advance(TimeDelta::days(1));
        }
        // In the weeks in which they count three are told where the draw says that three are enough, and nowhere else.
        for week in 1..=SIMILAR_WEEKS {
            let takes = fewest_in(&app.parts().keys, Week::of(app.now()));
            let is_told = told(&app).await != json!([]);
            assert_eq!(
                is_told,
                takes == SIMILAR_FEWEST,
                "week {week} takes {takes}"
            );
            app.advance(TimeDelta::weeks(1));
        }
        assert_eq!(told(&app).await, json!([]), "they are over");
        app.leave_jobs();
    })
    .await;
}

#[tokio::test]
async fn what_no_officer_took_in_counts_in_no_week() {
    on_both(async |app| {
        a_week_of(&app, Step::FileReport).await;
        assert_eq!(told(&app).await, json!([]));
        app.leave_jobs();
    })
    .await;
}

#[tokio::test]
async fn whoever_asks_for_similar_reports_says_where() {
    on_both(async |app| {
        let nowhere = json!({ "input": { "goods": "五花肉" } });
        let asked = app.anonymous().refused("SimilarReports", nowhere).await;
        assert_eq!(asked, ["FIELD_REQUIRED"]);
    })
    .await;
}
