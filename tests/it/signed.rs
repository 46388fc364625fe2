//! What a signature stands under, and what was added that nobody signed.

use liangxin_tests::app::{TestApp, on_both};
use liangxin_tests::census::count;
use liangxin_tests::flow::{Flow, Step};
use liangxin_tests::pictures;
use serde_json::{Value, json};

const ADDED: &str = "补录时当事人不在场";

async fn visit(app: &TestApp, flow: &Flow) -> Value {
    let variables = json!({ "id": flow.visit() });
    let seen = app.as_("lin").run("GetVisit", variables).await.ok();
    seen.data("visit").clone()
}

fn refusal() -> Value {
    json!({ "signerName": null, "signaturePhotoId": null, "refusedReason": ADDED })
}

/// Zhou promises one more picture of a signature; answers its id.
async fn picture(app: &TestApp, flow: &Flow) -> Value {
    let photo = app.new_id();
    let declared = pictures::declared(photo, pictures::stroke());
    let photos = json!({ "photos": [{ "kind": "SIGNATURE", "photo": declared }] });
    flow.take_with(Step::DeclarePhotos, photos).await;
    json!(photo)
}

#[tokio::test]
async fn no_colleague_takes_a_signature_away() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::SignRecord).await;
        let tang = app.as_("tang");
        let refused = flow.changed(Step::SignRecord, refusal());
        let codes = tang.refused("SignRecord", refused).await;
        assert_eq!(codes, ["RECORD_SIGNED"]);
        let seen = visit(&app, &flow).await;
        let signed = &seen["signature"];
        assert_eq!(signed["signerName"], "吴德明");
        assert_eq!(signed["recordDigest"], seen["recordDigest"]);
        assert_eq!(signed["coversRecord"], true);
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn what_is_added_after_the_signature_is_signed_anew() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::SignRecord).await;
        let before = visit(&app, &flow).await["recordDigest"].clone();
        let more = json!({ "checkedGrams": "1700" });
        flow.take_with(Step::RecordMeasurement, more).await;
        let seen = visit(&app, &flow).await;
        assert_eq!(seen["signature"]["coversRecord"], false);
        assert_eq!(seen["signature"]["recordDigest"], before);
        assert_ne!(seen["recordDigest"], before);
        let same = flow.refused(Step::SignRecord, json!({})).await;
        assert_eq!(same, ["SIGNATURE_USED"]);
        let photo = picture(&app, &flow).await;
        let anew = json!({ "signaturePhotoId": photo });
        let signed = flow.take_with(Step::SignRecord, anew).await;
        assert_eq!(
            signed.data("signRecord.visit.signature.coversRecord"),
            &json!(true)
        );
        let all = visit(&app, &flow).await["signatures"].clone();
        assert_eq!(all.as_array().unwrap().len(), 2);
        assert_eq!(all[0]["recordDigest"], before);
        flow.take(Step::SubmitVisit).await;
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn a_closed_record_is_signed_again_only_where_something_was_added() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::SubmitVisit).await;
        let closed = flow.refused(Step::SignRecord, refusal()).await;
        assert_eq!(closed, ["WRONG_STATE"]);
        let weighed = flow.variables(Step::RecordMeasurement)["input"]["id"].clone();
        let slip = json!({ "input": {
            "id": app.new_id(), "visitId": flow.visit(), "findingId": weighed,
            "reason": "录入时少按一位数字。",
        } });
        app.as_("zhou").run("VoidFinding", slip).await.ok();
        let seen = visit(&app, &flow).await;
        assert_eq!(seen["signature"]["coversRecord"], false);
        let noted = flow.take_with(Step::SignRecord, refusal()).await;
        let signature = noted.data("signRecord.visit.signature");
        assert_eq!(signature["refusedReason"], ADDED);
        assert_eq!(signature["coversRecord"], true);
        let all = visit(&app, &flow).await["signatures"].clone();
        assert_eq!(all[0]["signerName"], "吴德明", "what was signed stays");
        let closed = flow.refused(Step::SignRecord, refusal()).await;
        assert_eq!(closed, ["WRONG_STATE"]);
        app.drain_jobs().await;
    })
    .await;
}

fn again(app: &TestApp, flow: &Flow) -> Value {
    let reason = "当事人补充了另一台秤。";
    json!({ "input": { "id": app.new_id(), "visitId": flow.visit(), "reason": reason } })
}

#[tokio::test]
async fn a_visit_that_was_closed_too_early_is_opened_again_and_says_so() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::SignRecord).await;
        let zhou = app.as_("zhou");
        let open = zhou.refused("ReopenVisit", again(&app, &flow)).await;
        assert_eq!(open, ["WRONG_STATE"]);
        flow.take(Step::SubmitVisit).await;
        app.drain_jobs().await;
        let counted = "visit_id IS NOT NULL AND voided_at IS NULL";
        let graded = async || count(&app.parts().db, "finding", counted).await;
        let closed = graded().await;
        assert!(closed > 0);
        for (who, code) in [("peng", "NOT_FOUND"), ("lin", "DENIED")] {
            let input = again(&app, &flow);
            let refused = app.as_(who).refused("ReopenVisit", input).await;
            assert_eq!(refused, [code], "{who}");
        }
        let opened = zhou.run("ReopenVisit", again(&app, &flow)).await.ok();
        let visit = opened.data("reopenVisit.visit");
        assert_eq!(visit["state"], "CHECKED_IN");
        assert!(visit["reopenings"][0]["closedAt"].is_string());
        assert_eq!(graded().await, 0, "what is open counts for no grade");
        let first = zhou.run("MyVisits", json!({})).await.ok();
        assert_eq!(first.text("myVisits.items.0.state"), "CHECKED_IN");
        let case = flow.refused(Step::FileCase, json!({})).await;
        assert_eq!(case, ["WRONG_STATE"]);
        flow.take_with(Step::RecordMeasurement, json!({})).await;
        let closing = flow.take_with(Step::SubmitVisit, json!({})).await;
        assert_eq!(closing.text("submitVisit.visit.state"), "SUBMITTED");
        assert_eq!(graded().await, closed + 1);
        flow.take(Step::FileCase).await;
        let filed = zhou.refused("ReopenVisit", again(&app, &flow)).await;
        assert_eq!(filed, ["VISIT_HAS_CASE"]);
        app.drain_jobs().await;
    })
    .await;
}
