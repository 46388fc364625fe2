//! What a phone gets whose app was updated and shows more of each document than it did.

use liangxin_demo::fixtures::merchant_id;
use liangxin_tests::app::{TestApp, on_both};
use liangxin_tests::contract::operation;
use serde_json::{Value, json};

use super::patrol;
use super::phone::settled;

/// Zhou's documents of an answer, and the checkpoint behind them.
async fn pulled(app: &TestApp, query: &str, checkpoint: Option<&Value>) -> (Vec<Value>, Value) {
    let asked = json!({ "checkpoint": checkpoint });
    let reply = app.as_("zhou").send(query, asked).await.ok();
    let page = reply.data("pull.merchants");
    let documents = page["documents"].as_array().unwrap().clone();
    (documents, page["checkpoint"].clone())
}

#[tokio::test]
async fn an_app_that_shows_more_gets_everything_again_and_only_once() {
    on_both(async |app| {
        for merchant in ["tianxin-stall-05", "tianxin-stall-17"] {
            patrol(&app, merchant_id(merchant).uuid()).await;
        }
        settled(&app).await;
        let now = operation("PullMerchants");
        let before = now.replace("endedOn", "");
        assert_ne!(now, before);
        let (documents, checkpoint) = pulled(&app, &before, None).await;
        assert_eq!(documents.len(), 2);
        assert!(documents[0]["merchant"].get("endedOn").is_none());
        let (documents, checkpoint) = pulled(&app, &now, Some(&checkpoint)).await;
        assert_eq!(documents.len(), 2);
        assert!(documents[0]["merchant"].get("endedOn").is_some());
        // In another order and under another name it is the same.
        let ordered = now.replace("id code name", "name id number: code");
        assert_ne!(now, ordered);
        for same in [now, ordered] {
            let (documents, _) = pulled(&app, &same, Some(&checkpoint)).await;
            assert_eq!(documents, Vec::<Value>::new());
        }
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn what_one_answer_said_of_all_collections_is_gone_on_with_one_by_one() {
    on_both(async |app| {
        patrol(&app, merchant_id("tianxin-stall-17").uuid()).await;
        settled(&app).await;
        let all = app.as_("zhou").run("Pull", json!({})).await.ok();
        for (collection, alone) in [
            ("visits", "PullVisits"),
            ("merchants", "PullMerchants"),
            ("instruments", "PullInstruments"),
        ] {
            let page = all.data(&format!("pull.{collection}"));
            assert_ne!(page["documents"], json!([]), "{collection}");
            let asked = json!({ "checkpoint": page["checkpoint"] });
            let next = app.as_("zhou").run(alone, asked).await.ok();
            let next = next.data(&format!("pull.{collection}.documents"));
            assert_eq!(next, &json!([]), "{collection}");
        }
        app.drain_jobs().await;
    })
    .await;
}
