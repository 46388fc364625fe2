//! What is left of a decision that was annulled.

use chrono::TimeDelta;
use liangxin::boot;
use liangxin_tests::app::{TestApp, on_both};
use liangxin_tests::census::count;
use serde_json::{Value, json};

use super::matter::Matter;

const TAKEN_BACK: &str = "version LIKE '%annulled_findings'";

/// A decision on a round of the bureau's own, which the stall has.
async fn served(app: &TestApp) -> Matter {
    let matter = Matter::on_patrol(app).await;
    matter.announced(Matter::penalty("M-VER-01", 800)).await;
    matter.decided().await;
    matter
}

fn annulled(app: &TestApp) -> Value {
    let on = (app.now() + TimeDelta::hours(8)).date_naive();
    json!({
        "kind": "ANNULLED", "by": "COURT", "body": "天心区人民法院", "document": "〔2026〕湘行初5号",
        "on": on, "reason": "送达程序违法，予以撤销。",
    })
}

/// How much of what the visit of a case found against its party counts in the grade.
async fn settled(matter: &Matter) -> i64 {
    let case = matter.app.literal(matter.case);
    let of_visit = format!(
        "visit_id = (SELECT visit_id FROM case_file WHERE id = {case}) \
         AND NOT passed AND settled_on IS NOT NULL"
    );
    count(&matter.app.parts().db, "finding", &of_visit).await
}

#[tokio::test]
async fn what_decisions_that_were_annulled_before_left_standing_is_taken_back_and_nothing_else() {
    on_both(async |app| {
        let (gone, stands) = (served(&app).await, served(&app).await);
        let counted = settled(&stands).await;
        assert!(counted > 0 && settled(&gone).await == counted);
        gone.step("he", "ChangeDecision", annulled(&app)).await;
        gone.step("deng", "ArchiveCase", json!({})).await;
        assert_eq!(settled(&gone).await, 0);
        // As the version before left it.
        let case = app.literal(gone.case);
        app.execute(&format!(
            "UPDATE finding SET settled_on = found_on WHERE NOT passed \
             AND visit_id = (SELECT visit_id FROM case_file WHERE id = {case})"
        ))
        .await;
        assert_eq!(settled(&gone).await, counted);
        let db = &app.parts().db;
        for _ in 0..2 {
            app.execute(&format!("DELETE FROM seaql_migrations WHERE {TAKEN_BACK}"))
                .await;
            boot::migrate(db).await.unwrap();
            assert_eq!(count(db, "seaql_migrations", TAKEN_BACK).await, 1);
            assert_eq!(settled(&gone).await, 0);
            assert_eq!(settled(&stands).await, counted);
        }
        app.leave_jobs();
    })
    .await;
}
