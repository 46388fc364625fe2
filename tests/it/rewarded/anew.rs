//! The reward of a report whose first decision was annulled, once it was decided anew.

use liangxin_domain::law::calendar::shanghai_date;
use liangxin_tests::app::on_both;
use uuid::Uuid;

use super::*;

async fn annulled(on: &Rewarded) {
    let input = json!({ "input": {
        "id": on.app.new_id(),
        "caseId": on.flow.case(),
        "kind": "ANNULLED",
        "by": "COURT",
        "body": "天心区人民法院",
        "document": "〔2026〕湘行初5号",
        "on": shanghai_date(on.app.now()),
        "reason": "送达程序违法，予以撤销。",
    } });
    on.app.as_("he").run("ChangeDecision", input).await.ok();
    on.app.advance(TimeDelta::seconds(1));
}

/// A new case on what the same visit found, up to its end.
async fn decided_anew(on: &Rewarded) -> Uuid {
    let (app, flow) = (&on.app, &on.flow);
    let case = app.new_id();
    flow.take_with(Step::FileCase, json!({ "id": case })).await;
    app.advance(TimeDelta::seconds(1));
    let steps = STEPS
        .into_iter()
        .filter(|step| *step > Step::FileCase && *step < Step::ScreenReward);
    for step in steps {
        let today = shanghai_date(app.now());
        let mut change = json!({ "caseId": case });
        match step {
            Step::ProposePenalty => {
                change["charges"] = flow.charges("M-CHT-02", 400_000);
                change["charges"][0]["reasoned"] = json!("查获作弊遥控装置，当事人承认有意使用。");
                change["sanction"] = json!({ "gainsYuan": "0" });
            }
            Step::ServeNotice | Step::ServeDecision => change["delivery"] = flow.delivery(),
            Step::RecordFinePayment => {
                change["sumYuan"] = json!("400000");
                change["paidOn"] = json!(today);
                change["receipt"] = json!("湘罚缴字0002");
            }
            Step::CheckCorrection => change["on"] = json!(today),
            _ => {}
        }
        flow.take_with(step, change).await;
        app.advance(TimeDelta::seconds(1));
    }
    case
}

#[tokio::test]
async fn a_report_that_is_decided_anew_is_rewarded_once_its_first_reward_came_to_nothing() {
    on_both(async |app| {
        let on = Rewarded::screened(&app, 400_000, Some(PASSWORD)).await;
        on.applied(eligible()).await;
        annulled(&on).await;
        let case = decided_anew(&on).await;
        let again = json!({});
        assert_eq!(
            on.flow.refused(Step::ScreenReward, again.clone()).await,
            ["REWARD_MATTER_REWARDED"]
        );
        on.step("he", "RevokeReward", taken_back()).await;
        let screened = on.flow.take_with(Step::ScreenReward, again.clone()).await;
        let anew = json!({ "id": screened.text("screenReward.reward.id") });
        let seen = app.as_("luo").run("GetReward", anew).await.ok();
        assert_eq!(seen.text("reward.caseId"), case.to_string());
        // The first one stays on record; the reporter goes on with the new one.
        assert_eq!(on.state().await, "REVOKED");
        let tracked = on.tracked().await;
        assert_eq!(tracked.text("trackReport.report.reward.state"), "SCREENING");
        assert_eq!(
            on.flow.refused(Step::ScreenReward, again).await,
            ["STALE"],
            "and once"
        );
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn whoever_has_the_money_of_an_annulled_decision_gets_none_of_the_new_one() {
    on_both(async |app| {
        let on = Rewarded::claimed(&app).await;
        on.wait_for_objections();
        on.export("luo").await;
        on.step("luo", "RecordPayment", voucher("12000")).await;
        annulled(&on).await;
        decided_anew(&on).await;
        assert_eq!(
            on.flow.refused(Step::ScreenReward, json!({})).await,
            ["REWARD_MATTER_REWARDED"]
        );
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn a_reward_that_came_to_nothing_while_its_decision_stands_is_not_screened_again() {
    on_both(async |app| {
        let on = Rewarded::screened(&app, 400_000, None).await;
        let out = json!({ "finding": "NOT_IN_SCOPE", "reason": "不属于奖励的种类。" });
        on.step("he", "RuleOnScope", out).await;
        assert_eq!(
            on.flow.refused(Step::ScreenReward, json!({})).await,
            ["STALE"]
        );
        app.drain_jobs().await;
    })
    .await;
}
