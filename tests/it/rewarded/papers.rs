//! The papers by which a reporter learns of the reward.

use liangxin_app::caller::Caller;
use liangxin_app::store;
use liangxin_app::usecase::notices::read;
use liangxin_domain::actor::Actor;
use liangxin_domain::id::RewardId;
use liangxin_domain::notices::field::OpenField;
use liangxin_domain::notices::notice::Subject;
use liangxin_tests::app::on_both;

use super::*;

async fn held(on: &Rewarded) -> Vec<String> {
    let seen = on.tracked().await;
    let papers = seen.data("trackReport.report.notices").as_array();
    let names = papers.unwrap().iter().map(|paper| paper["paper"].as_str());
    names
        .map(|name| name.unwrap().to_lowercase())
        .filter(|name| name.starts_with("reward_"))
        .collect()
}

async fn listed(on: &Rewarded, who: &str) -> usize {
    let of = json!({ "subjectKind": "REWARD", "subjectId": on.reward() });
    let reply = on.app.as_(who).run("ListNotices", of).await;
    reply.ok().data("notices").as_array().unwrap().len()
}

#[tokio::test]
async fn the_reporter_gets_a_paper_at_every_step_that_concerns_the_reporter() {
    on_both(async |app| {
        let on = Rewarded::screened(&app, 400_000, Some(PASSWORD)).await;
        on.told(eligible(), grade(3)).await;
        let words = json!({ "words": "全部事实都是我举报的。" });
        on.pursue("ObjectToReward", words).await.ok();
        let opinion = json!({ "opinion": "异议成立。", "grading": grade(2)["grading"] });
        on.step("he", "ReviewReward", opinion).await;
        on.pursue("ClaimReward", claim(PASSWORD)).await.ok();
        on.payee_checked("luo", "he").await;
        on.wait_for_objections();
        on.step("luo", "RecordPayment", voucher("12000")).await;
        on.step("he", "RecoverReward", taken_back()).await;
        assert_eq!(
            held(&on).await,
            [
                "reward_eligible_notice",
                "reward_decision_notice",
                "reward_review_notice",
                "reward_revocation_notice",
            ]
        );
        let content = app.census().await;
        assert_eq!(
            content.tables_with("可在六十日内申请行政复议"),
            ["notice", "reward"]
        );
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn each_paper_of_a_reward_says_whom_to_ask_and_where_to_go() {
    on_both(async |app| {
        let on = Rewarded::screened(&app, 400_000, Some(PASSWORD)).await;
        on.told(eligible(), grade(2)).await;
        let id = on.reward().as_str().unwrap().parse().unwrap();
        let subject = Subject::Reward(RewardId::new(id));
        let papers = store::notices::list(&app.parts().db, &Actor::System, subject);
        let papers = papers.await.unwrap();
        assert_eq!(papers.len(), 2);
        for paper in papers {
            let system = Caller::system();
            let open = read(app.parts(), &system, paper.id);
            let open = open.await.unwrap();
            let contact = open.written.get(OpenField::BureauContact.into());
            let contact = contact.map(ToString::to_string).unwrap_or_default();
            assert!(contact.contains("电话12315"), "{}: {contact}", paper.paper);
        }
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn nobody_but_the_reporter_reward_officers_and_heads_sees_a_paper_of_a_reward() {
    on_both(async |app| {
        let on = Rewarded::screened(&app, 400_000, Some(PASSWORD)).await;
        on.told(eligible(), grade(2)).await;
        on.step("he", "RevokeReward", taken_back()).await;
        for key in ["luo", "he"] {
            assert_eq!(listed(&on, key).await, 3, "{key}");
        }
        for key in [
            "lin", "zhou", "tang", "deng", "xiao", "wu", "shen", "qiu", "peng",
        ] {
            assert_eq!(listed(&on, key).await, 0, "{key}");
            let of = json!({ "subjectKind": "REPORT", "subjectId": on.flow.report() });
            let file = app.as_(key).run("ListNotices", of).await;
            assert!(!file.body().contains("reward_"), "{key}");
            assert!(!file.body().contains("REWARD_"), "{key}");
        }
        let other = Flow::with_secret(&app, "c2VuZGVyLXNlY3JldC0wMDI");
        let report = other.variables(Step::FileReport);
        let filed = app.anonymous().run("FileReport", report).await.ok();
        let code = json!({ "receiptCode": filed.text("fileReport.receipt.receiptCode") });
        let stranger = app.anonymous().run("TrackReport", code).await.ok();
        assert_eq!(stranger.data("trackReport.report.notices"), &json!([]));
        app.drain_jobs().await;
    })
    .await;
}
