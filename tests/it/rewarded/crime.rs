//! A crime counts from the record of the case alone: handed over to the police, and somebody held liable.

use liangxin_tests::app::on_both;

use super::*;

/// A step on the case that must be taken.
async fn step(app: &TestApp, flow: &Flow, (who, operation): (&str, &str), rest: Value) {
    let mut input = rest;
    input["id"] = json!(app.new_id());
    input["caseId"] = json!(flow.case());
    let reply = app.as_(who).run(operation, json!({ "input": input })).await;
    reply.ok();
    app.advance(TimeDelta::seconds(1));
}

/// The officers report a suspected crime, and the head has it handed over.
pub(super) async fn hand_over(app: &TestApp, flow: &Flow) {
    let told = json!({ "facts": "涉嫌生产销售伪劣产品。", "report": "经核实，建议移送公安机关。" });
    step(app, flow, ("deng", "ReportCrime"), told).await;
    let decided = json!({ "refer": true, "reason": "涉嫌犯罪，应当移送。" });
    step(app, flow, ("he", "DecideReferral"), decided).await;
    let letter = json!({
        "to": "天心区公安分局", "document": "天市监移〔2026〕1号", "goods": "没有涉案物品，已由公安机关提取。",
        "tests": "检验报告一份。", "others": "没有其他材料。",
    });
    step(app, flow, ("deng", "HandOver"), letter).await;
}

async fn accepted(app: &TestApp, flow: &Flow) {
    let answer = json!({ "accepted": true, "document": "天公立〔2026〕9号", "on": "2026-11-23" });
    step(app, flow, ("deng", "NotePoliceAnswer"), answer).await;
}

async fn liable(app: &TestApp, flow: &Flow, is_liable: bool) {
    let note =
        json!({ "isLiable": is_liable, "document": "天检刑诉〔2026〕3号", "on": "2026-11-23" });
    step(app, flow, ("deng", "NoteLiability"), note).await;
}

fn transfer(app: &TestApp, flow: &Flow, to: &str) -> Value {
    json!({ "input": {
        "id": app.new_id(),
        "reportId": flow.report(),
        "to": to,
        "receiver": "天心区公安分局",
        "reason": "涉嫌犯罪。",
    } })
}

#[tokio::test]
async fn nothing_goes_to_the_police_for_good_that_nobody_handed_over() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::AnswerNotice).await;
        let early = transfer(&app, &flow, "POLICE");
        let refused = app.as_("he").refused("TransferReport", early).await;
        assert_eq!(refused, ["REFERRAL_REQUIRED"]);
        hand_over(&app, &flow).await;
        let handed = transfer(&app, &flow, "POLICE");
        app.as_("he").run("TransferReport", handed).await.ok();
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn a_case_that_the_police_got_for_good_is_screened_once_somebody_was_held_liable() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::AnswerNotice).await;
        hand_over(&app, &flow).await;
        let handed = transfer(&app, &flow, "POLICE");
        app.as_("he").run("TransferReport", handed).await.ok();
        let none = ["CRIME_NOT_ON_RECORD"];
        assert_eq!(flow.refused(Step::ScreenReward, json!({})).await, none);
        accepted(&app, &flow).await;
        assert_eq!(flow.refused(Step::ScreenReward, json!({})).await, none);
        liable(&app, &flow, false).await;
        assert_eq!(flow.refused(Step::ScreenReward, json!({})).await, none);
        liable(&app, &flow, true).await;
        let screened = flow.take_with(Step::ScreenReward, json!({})).await;
        let reward = "screenReward.reward";
        assert_eq!(screened.text(&format!("{reward}.outcome")), "ELIGIBLE");
        let code = screened.text(&format!("{reward}.reasonCode"));
        assert_eq!(code, "MAJOR_BY_CRIME");
        let id = json!({ "id": screened.data("screenReward.reward.id") });
        let file = app.as_("luo").run("GetReward", id).await.ok();
        assert_eq!(file.text("reward.majorFacts.0.fact"), "CRIME_SUSPECTED");
        let rests_on = file.text("reward.majorFacts.0.reason");
        assert!(rests_on.contains("天检刑诉〔2026〕3号"), "{rests_on}");
        assert_eq!(file.text("reward.caseDecidedOn"), "2026-11-23");
        assert_eq!(file.data("reward.needsScopeRuling"), &json!(false));
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn a_prosecution_is_rewarded_before_the_case_of_the_bureau_is_closed() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::AnswerNotice).await;
        hand_over(&app, &flow).await;
        accepted(&app, &flow).await;
        let open = flow.refused(Step::ScreenReward, json!({})).await;
        assert_eq!(open, ["CASE_NOT_DECIDED"]);
        liable(&app, &flow, true).await;
        let screened = flow.take(Step::ScreenReward).await;
        assert_eq!(screened.text("screenReward.reward.outcome"), "ELIGIBLE");
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn what_another_agency_got_earns_no_reward_here() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::AnswerNotice).await;
        let other = transfer(&app, &flow, "OTHER_AGENCY");
        app.as_("he").run("TransferReport", other).await.ok();
        assert_eq!(
            flow.refused(Step::ScreenReward, json!({})).await,
            ["CASE_NOT_DECIDED"]
        );
        app.drain_jobs().await;
    })
    .await;
}
