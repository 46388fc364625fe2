//! The code on the wall of a merchant that does no business any more.

use liangxin_demo::fixtures::merchant_id;
use liangxin_tests::session::Reply;
use serde_json::Value;

use super::*;

async fn write(app: &TestApp, operation: &str, input: Value) -> Reply {
    let input = json!({ "input": input });
    app.as_("lin").run(operation, input).await.ok()
}

#[tokio::test]
async fn the_code_of_whoever_ended_says_so_and_shows_nobodys_grade() {
    on_both(async |app| {
        let server = Server::start(&app, Mode::Production).await;
        let stall = format!("/m/{}", merchant_code("tianxin-stall-17"));
        let (_, before) = page(&server, &stall).await;
        assert!(before.contains("class=\"grade "), "{before}");
        let opened = json!({
            "id": app.new_id(), "nameZh": "新到鲜肉", "nameEn": "New Meat", "venue": "STALL",
            "premises": {
                "division": "430103", "address": "长沙市天心区样例路3号",
                "marketId": merchant_id("shuyuanping-market").uuid(), "stallNo": "99",
            },
            "openedOn": "2026-11-20",
        });
        let opened = write(&app, "OpenMerchant", opened).await;
        let successor = opened.data("openMerchant.merchant.id");
        let next = format!("/m/{}", opened.text("openMerchant.merchant.code"));
        let succeeded = json!({
            "id": app.new_id(), "merchantId": merchant_id("tianxin-stall-17").uuid(),
            "successorId": successor, "on": "2026-11-23",
        });
        write(&app, "SucceedMerchant", succeeded).await;
        let closed = json!({
            "id": app.new_id(), "merchantId": successor, "on": "2026-11-23", "reason": "注销营业执照",
        });
        let (_, begun) = page(&server, &next).await;
        assert!(begun.contains("class=\"grade none"), "{begun}");
        write(&app, "CloseMerchant", closed).await;
        for (path, says) in [
            (stall, "scan the new one on the wall"),
            (next, "does no business any more; its code shows no grade"),
        ] {
            let (status, shown) = page(&server, &path).await;
            assert_eq!(status, 200);
            assert!(shown.contains(says), "{shown}");
            assert!(!shown.contains("class=\"grade"), "{shown}");
        }
        app.drain_jobs().await;
    })
    .await;
}
