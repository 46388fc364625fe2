//! A superior reads below and does not act below; where the law gives it an act, the policy says so.

use liangxin_tests::app::{TestApp, on_both};
use liangxin_tests::census::count;
use liangxin_tests::flow::{Flow, STEPS, Step};
use serde_json::json;

/// Makes somebody of the city everything that an officer can be.
async fn city_officer(app: &TestApp) {
    for role in [
        "intake_officer",
        "case_officer",
        "head",
        "reward_officer",
        "legal_auditor",
    ] {
        app.grant("gong", role).await;
    }
}

#[tokio::test]
async fn a_city_reads_every_step_of_its_county_and_takes_none() {
    on_both(async |app| {
        city_officer(&app).await;
        let flow = Flow::new(&app);
        let officers = |step: &Step| {
            !matches!(
                step,
                // Citizens, and inspectors and merchants, whom a division does not tie.
                Step::FileReport
                    | Step::CheckIn
                    | Step::ArriveToo
                    | Step::CheckInstrument
                    | Step::RecordMeasurement
                    | Step::DeclarePhotos
                    | Step::SignRecord
                    | Step::SubmitVisit
                    | Step::AnswerNotice
            )
        };
        for step in STEPS {
            if officers(&step) {
                let refused = flow.refused_for("gong", step).await;
                assert_eq!(refused, ["DENIED"], "{step:?}");
            }
            flow.take(step).await;
            if step == Step::DeclarePhotos {
                flow.send_photos().await;
            }
            app.advance(chrono::TimeDelta::seconds(1));
        }
        let gong = app.as_("gong");
        let report = gong
            .run("GetReport", json!({ "id": flow.report() }))
            .await
            .ok();
        assert_eq!(report.text("report.state"), "CLOSED_PENALTY");
        let case = gong.run("GetCase", json!({ "id": flow.case() })).await.ok();
        assert_eq!(case.text("case.state"), "DECIDED");
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn where_a_division_has_no_office_the_one_above_acts() {
    on_both(async |app| {
        city_officer(&app).await;
        let flow = Flow::after(&app, Step::FileReport).await;
        app.execute("UPDATE report SET division = '430104', unit = '430104'")
            .await;
        let accept = flow.variables(Step::AcceptReport);
        let refused = app.as_("lin").refused("AcceptReport", accept.clone()).await;
        assert_eq!(refused, ["NOT_FOUND"]);
        app.as_("gong").run("AcceptReport", accept).await.ok();
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn a_paper_names_the_office_that_decided() {
    on_both(async |app| {
        city_officer(&app).await;
        let names = async |name: &str| {
            let named = format!("content LIKE '%\"bureau_zh\":\"{name}\"%'");
            count(&app.parts().db, "notice", &named).await > 0
        };
        let (city, county) = ("长沙市市场监督管理局", "长沙市天心区市场监督管理局");
        Flow::after(&app, Step::DecideCase).await;
        assert!(names(county).await && !names(city).await);
        let flow = Flow::new(&app);
        let mut report = flow.variables(Step::FileReport);
        report["input"]["merchantCode"] = json!(null);
        report["input"]["division"] = json!("430104");
        app.anonymous().run("FileReport", report).await.ok();
        // Yuelu has no office: the city's stands on what the city decides.
        let reply = json!({ "input": {
            "id": app.new_id(), "reportId": flow.report(),
            "competent": "湘潭市市场监督管理局", "reason": "经营者在湘潭。",
        } });
        app.as_("gong").run("ReplyNotCompetent", reply).await.ok();
        assert!(names(city).await);
        app.drain_jobs().await;
    })
    .await;
}
