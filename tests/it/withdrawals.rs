//! Photos that were declared and will not come.

use liangxin_tests::app::{TestApp, on_both};
use liangxin_tests::flow::{Flow, Step};
use liangxin_tests::pictures;
use liangxin_tests::session::Reply;
use serde_json::{Value, json};
use uuid::Uuid;

const LOST: &str = "手机掉进水里，照片没有了";

/// The input of a withdrawal.
fn withdrawal(app: &TestApp, photo: Uuid) -> Value {
    json!({ "input": { "id": app.new_id(), "photoId": photo, "reason": LOST } })
}

pub(crate) async fn withdraw(app: &TestApp, who: &str, photo: Uuid) -> Reply {
    let withdrawal = withdrawal(app, photo);
    app.as_(who).run("WithdrawPhoto", withdrawal).await
}

/// A submitted visit none of whose photos came.
pub(crate) async fn without_photos(app: &TestApp) -> Flow {
    let flow = Flow::after(app, Step::RecordMeasurement).await;
    for step in [Step::DeclarePhotos, Step::SignRecord, Step::SubmitVisit] {
        flow.take(step).await;
    }
    flow
}

#[tokio::test]
async fn a_case_goes_on_without_the_photo_that_an_inspector_withdrew_and_the_line_stays() {
    on_both(async |app| {
        let flow = without_photos(&app).await;
        flow.session(Step::DeclarePhotos)
            .upload(flow.signature_photo(), pictures::stroke())
            .await
            .unwrap();
        let incomplete = flow.refused(Step::FileCase, json!({})).await;
        assert_eq!(incomplete, ["EVIDENCE_INCOMPLETE"]);
        let withdrawn = withdraw(&app, "zhou", flow.scene_photo()).await.ok();
        assert_eq!(withdrawn.text("withdrawPhoto.photo.reason"), LOST);
        let visit = json!({ "id": flow.visit() });
        let visit = app.as_("zhou").run("GetVisit", visit).await.ok();
        assert_eq!(visit.data("visit.missingPhotos"), 0);
        let photos = visit.data("visit.photos").as_array().unwrap();
        let line = photos.iter().find(|photo| photo["withdrawnAt"].is_string());
        assert_eq!(line.unwrap()["id"], flow.scene_photo().to_string());
        let bare = flow.refused(Step::FileCase, json!({})).await;
        assert_eq!(bare, ["VISIT_WITHOUT_PHOTO"], "a signature shows nothing");
        let in_spite = json!({ "inSpite": "照片丢失，测量记录和检定证书已足够。" });
        flow.take_with(Step::FileCase, in_spite).await;
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn a_case_is_filed_in_spite_of_a_missing_photo_for_a_reason_and_the_photo_still_comes() {
    on_both(async |app| {
        let flow = without_photos(&app).await;
        let in_spite = json!({ "inSpite": "照片还在检查人员的手机里，天平的测量结果已足够。" });
        let filed = flow.take_with(Step::FileCase, in_spite).await;
        assert_eq!(filed.text("fileCase.case.state"), "FILED");
        let phone = flow.session(Step::DeclarePhotos);
        let sent = phone.upload(flow.scene_photo(), pictures::stall());
        assert_eq!(sent.await, Ok(()));
        let visit = json!({ "id": flow.visit() });
        let visit = app.as_("zhou").run("GetVisit", visit).await.ok();
        assert_eq!(visit.data("visit.missingPhotos"), 1);
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn a_photo_that_comes_after_it_was_withdrawn_is_taken_and_both_are_told() {
    on_both(async |app| {
        let flow = without_photos(&app).await;
        withdraw(&app, "zhou", flow.scene_photo()).await.ok();
        let phone = flow.session(Step::DeclarePhotos);
        phone
            .upload(flow.scene_photo(), pictures::stall())
            .await
            .unwrap();
        let visit = json!({ "id": flow.visit() });
        let visit = app.as_("zhou").run("GetVisit", visit).await.ok();
        let photos = visit.data("visit.photos").as_array().unwrap();
        let both =
            |photo: &&Value| photo["withdrawnAt"].is_string() && photo["storedAt"].is_string();
        assert_eq!(photos.iter().filter(both).count(), 1);
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn what_is_held_or_withdrawn_is_not_withdrawn_and_nobody_else_withdraws() {
    on_both(async |app| {
        let flow = without_photos(&app).await;
        let (scene, signature) = (flow.scene_photo(), flow.signature_photo());
        let phone = flow.session(Step::DeclarePhotos);
        phone.upload(scene, pictures::stall()).await.unwrap();
        assert_eq!(
            withdraw(&app, "zhou", scene).await.problems(),
            ["PHOTO_HELD"]
        );
        for (who, code) in [("lin", "DENIED"), ("hu", "PHOTO_UNKNOWN")] {
            assert_eq!(
                withdraw(&app, who, signature).await.problems(),
                [code],
                "{who}"
            );
        }
        let before = app.census().await;
        let unknown = withdraw(&app, "zhou", app.new_id()).await;
        assert_eq!(unknown.problems(), ["PHOTO_UNKNOWN"]);
        assert_eq!(app.census().await, before, "a refusal leaves nothing");
        let same = withdrawal(&app, signature);
        let head = app.as_("he");
        let once = head.run("WithdrawPhoto", same.clone()).await.ok();
        let again = head.run("WithdrawPhoto", same).await.ok();
        assert_eq!(once.data("withdrawPhoto"), again.data("withdrawPhoto"));
        let twice = withdraw(&app, "zhou", signature).await;
        assert_eq!(twice.problems(), ["PHOTO_WITHDRAWN"]);
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn a_reporter_withdraws_by_the_receipt_code_and_the_receipt_names_what_is_held() {
    on_both(async |app| {
        let flow = Flow::new(&app);
        let second = app.new_id();
        let mut filing = flow.variables(Step::FileReport);
        let photos = filing["input"]["photos"].as_array_mut().unwrap();
        photos.push(pictures::declared(second, pictures::stall()));
        let filed = app.anonymous().run("FileReport", filing).await.ok();
        let code = filed.text("fileReport.receipt.receiptCode");
        let reporter = app.reporter(code);
        let sent = reporter.upload(flow.report_photo(), pictures::scale());
        sent.await.unwrap();
        let track = "query($code: String!) { trackReport(receiptCode: $code) { report { \
            holdingReceipt timeline { event } } problems { code } } }";
        let tracked = async || {
            app.anonymous()
                .send(track, json!({ "code": code }))
                .await
                .ok()
        };
        let receipt = "trackReport.report.holdingReceipt";
        assert!(tracked().await.data(receipt).is_null());
        let mut wrong = withdrawal(&app, second);
        let refused = app.anonymous().run("WithdrawPhoto", wrong.clone()).await;
        assert_eq!(refused.problems(), ["PHOTO_UNKNOWN"], "without the code");
        wrong["input"]["receiptCode"] = json!(code);
        let done = app.anonymous().run("WithdrawPhoto", wrong).await.ok();
        assert_eq!(
            done.text("withdrawPhoto.photo.id"),
            flow.photo_named(second).to_string()
        );
        assert!(tracked().await.data(receipt).is_string());
        app.drain_jobs().await;
    })
    .await;
}
