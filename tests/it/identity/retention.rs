//! When a reporter is forgotten.

use chrono::TimeDelta;
use liangxin_app::usecase;
use liangxin_domain::limits::IDENTITY_KEEP_DAYS;
use liangxin_tests::app::{TestApp, on_both};
use liangxin_tests::census::count;
use liangxin_tests::flow::{Flow, STEPS, Step};
use serde_json::json;

use super::identity;
use crate::complaints::form;
use crate::rewarded::{PASSWORD, Rewarded};

/// The story with a real name, up to a step.
async fn story(app: &TestApp, last: Step) -> Flow {
    let flow = Flow::new(app);
    let mut named = flow.variables(Step::FileReport);
    named["input"]["identity"] = identity();
    named["input"]["contactEmail"] = json!("chen@mail.example");
    named["input"]["claimPassword"] = json!(PASSWORD);
    app.anonymous().run("FileReport", named).await.ok();
    let steps = STEPS.into_iter().skip(1).filter(|step| *step <= last);
    for step in steps {
        flow.take(step).await;
        if step == Step::DeclarePhotos {
            flow.send_photos().await;
        }
        app.advance(TimeDelta::seconds(1));
    }
    flow
}

async fn dated(app: &TestApp) -> i64 {
    count(&app.parts().db, "sealed_field", "purge_after IS NOT NULL").await
}

async fn is_forgotten_in_time(app: &TestApp) {
    assert_eq!(dated(app).await, 4);
    app.drain_jobs().await;
    let parts = app.parts();
    app.advance(TimeDelta::days(IDENTITY_KEEP_DAYS) - TimeDelta::minutes(1));
    assert_eq!(usecase::identity::purge(parts).await.unwrap(), 0);
    assert_eq!(count(&parts.db, "contact", "TRUE").await, 1);
    assert_eq!(count(&parts.db, "claim_secret", "TRUE").await, 1);
    app.advance(TimeDelta::minutes(1));
    assert_eq!(usecase::identity::purge(parts).await.unwrap(), 4);
    for table in ["contact", "claim_secret"] {
        let kept = count(&parts.db, table, "TRUE").await;
        assert_eq!(kept, 0, "{table} goes with the name");
    }
    app.leave_jobs();
}

#[tokio::test]
async fn a_decided_case_begins_the_time_after_which_the_reporter_is_forgotten() {
    on_both(async |app| {
        let flow = story(&app, Step::AnswerNotice).await;
        assert_eq!(dated(&app).await, 0, "nothing ended yet");
        flow.take(Step::DecideCase).await;
        is_forgotten_in_time(&app).await;
    })
    .await;
}

#[tokio::test]
async fn a_lead_that_is_not_filed_begins_it_too() {
    on_both(async |app| {
        let flow = story(&app, Step::AcceptReport).await;
        let report = flow.report();
        let proposal = json!({ "input": { "id": app.new_id(), "reportId": report,
            "ground": "NF_1_MINOR", "reason": "短缺轻微，当场补足。" } });
        app.as_("deng").run("ProposeNotFiling", proposal).await.ok();
        assert_eq!(dated(&app).await, 0, "a proposal ends nothing");
        let approved = json!({ "input": { "id": app.new_id(), "reportId": report } });
        app.as_("he").run("DeclineFiling", approved).await.ok();
        is_forgotten_in_time(&app).await;
    })
    .await;
}

#[tokio::test]
async fn a_claim_password_stays_while_a_reward_of_its_report_waits() {
    on_both(async |app| {
        Rewarded::screened(&app, 400_000, Some(PASSWORD)).await;
        app.advance(TimeDelta::days(IDENTITY_KEEP_DAYS + 1));
        for (state, kept) in [("screening", 1), ("lapsed", 0)] {
            app.execute(&format!("UPDATE reward SET state = '{state}'"))
                .await;
            usecase::identity::purge(app.parts()).await.unwrap();
            let db = &app.parts().db;
            assert_eq!(count(db, "claim_secret", "TRUE").await, kept, "{state}");
        }
        app.leave_jobs();
    })
    .await;
}

#[tokio::test]
async fn a_complaint_that_is_over_begins_the_time_after_which_its_address_is_forgotten() {
    on_both(async |app| {
        let mut input = form(&app, app.random_id());
        input["contactEmail"] = json!("chen@mail.example");
        let filing = json!({ "input": input });
        let filed = app.anonymous().run("FileComplaint", filing).await.ok();
        let text = |field: &str| filed.text(&format!("fileComplaint.receipt.{field}"));
        let db = &app.parts().db;
        assert_eq!(count(db, "contact", "until IS NOT NULL").await, 0);
        app.advance(TimeDelta::days(1));
        let over = json!({ "input": {
            "id": app.new_id(), "complaintId": text("complaintId"),
            "receiptCode": text("receiptCode"), "reason": "已经退款" } });
        let complainant = app.anonymous();
        complainant.run("WithdrawComplaint", over).await.ok();
        assert_eq!(count(db, "contact", "until IS NOT NULL").await, 1);
        app.advance(TimeDelta::days(IDENTITY_KEEP_DAYS - 1));
        usecase::identity::purge(app.parts()).await.unwrap();
        assert_eq!(count(db, "contact", "TRUE").await, 1);
        app.advance(TimeDelta::days(1));
        usecase::identity::purge(app.parts()).await.unwrap();
        assert_eq!(count(db, "contact", "TRUE").await, 0);
        app.leave_jobs();
    })
    .await;
}
