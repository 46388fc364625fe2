//! Words of their writer's own that stand in both parts of a letter are refused, and what anybody would write is not.

use liangxin_tests::app::on_both;
use serde_json::json;

use super::mixed::letter;

#[tokio::test]
async fn a_place_or_a_party_in_the_same_words_of_ones_own_is_refused_and_what_the_register_says_is_not()
 {
    on_both(async |app| {
        for (part, field, of_report, text) in [
            (
                "place",
                "report.place",
                "place",
                "书院坪农贸市场东门左手第三排柱子旁",
            ),
            (
                "respondentAddress",
                "report.place",
                "place",
                "东门左手第三排柱子旁边",
            ),
            (
                "respondentName",
                "report.party",
                "party",
                "卖肉的那个胖子老板",
            ),
        ] {
            let mut letter = letter(&app);
            letter["input"]["complaint"][part] = json!(text);
            letter["input"]["report"][of_report] = json!(format!("就是{text}"));
            let told = app.anonymous().run("FileSubmission", letter).await;
            assert_eq!(told.problems(), ["PARTS_SHARE_WORDS"], "{text}");
            assert_eq!(told.field().as_deref(), Some(field));
            assert!(!told.body().contains(text));
        }
        let mut letter = letter(&app);
        for (part, field) in [
            ("complaint", "respondentAddress"),
            ("complaint", "place"),
            ("report", "place"),
        ] {
            letter["input"][part][field] = json!("长沙市天心区书院坪农贸市场17号摊位");
        }
        app.anonymous().run("FileSubmission", letter).await.ok();
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn words_that_stand_in_both_parts_or_an_id_with_its_moment_are_refused_by_place() {
    on_both(async |app| {
        let mut letter = letter(&app);
        letter["input"]["complaint"]["content"] =
            json!("我在摊位买肉。秤上显示三公斤， 公平秤只有两公斤八百五十克！要求退款。");
        let refused = app
            .anonymous()
            .refused("FileSubmission", letter.clone())
            .await;
        assert_eq!(refused, ["PARTS_SHARE_WORDS"]);
        let told = app.anonymous().run("FileSubmission", letter.clone()).await;
        assert_eq!(told.field().as_deref(), Some("report.narrative"));
        assert!(told.body().contains("From character 1 on") && !told.body().contains("公平秤"));
        // What both are about may have a long name.
        letter["input"]["report"]["party"] =
            json!("长沙市天心区吴记鲜肉批发零售经营部第十七号摊位");
        letter["input"]["complaint"]["content"] =
            json!("在长沙市天心区吴记鲜肉批发零售经营部第十七号摊位少了150克，要求退款。");
        letter["input"]["report"]["narrative"] =
            json!("长沙市天心区吴记鲜肉批发零售经营部第十七号摊位的秤不准。");
        let mut dated = letter.clone();
        dated["input"]["complaint"]["id"] = json!(app.new_id());
        let refused = app.anonymous().refused("FileSubmission", dated).await;
        assert_eq!(refused, ["ID_TELLS_TIME"]);
        app.anonymous().run("FileSubmission", letter).await.ok();
        app.drain_jobs().await;
    })
    .await;
}
