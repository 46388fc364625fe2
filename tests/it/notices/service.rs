//! How papers reach their recipients: once, by whom it may be noted, at a time that can be.

use chrono::TimeDelta;
use liangxin_domain::id::{ComplaintId, NoticeId};
use liangxin_domain::notices::notice::Subject;
use liangxin_domain::notices::paper::Paper;
use liangxin_domain::notices::recipient::RecipientKind;
use liangxin_tests::app::{TestApp, on_both};
use liangxin_tests::papers::{self, issued};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::complaints::Dispute;

fn service(app: &TestApp, notice: NoticeId, change: &Value) -> Value {
    let mut input = json!({
        "id": app.new_id(),
        "noticeId": notice.uuid(),
        "channel": "POST",
        "servedAt": app.now(),
        "proof": "EMS 1097 3342 188 CN，本人签收",
    });
    for (name, value) in change.as_object().into_iter().flatten() {
        input[name] = value.clone();
    }
    json!({ "input": input })
}

#[tokio::test]
async fn a_paper_is_served_once_by_an_officer_and_the_same_note_again_is_the_same_note() {
    on_both(async |app| {
        let about = ComplaintId::new(Dispute::assigned(&app).await.id);
        let about = (Subject::Complaint(about), Paper::AcceptanceNotice);
        let id = issued(&app, about, papers::acceptance()).await.unwrap();
        app.advance(TimeDelta::hours(2));
        let proof = json!({ "proofSha256": "ab".repeat(32) });
        let note = service(&app, id, &proof);
        let reply = app
            .as_("deng")
            .run("RecordService", note.clone())
            .await
            .ok();
        let noted = reply.data("recordService.notice.service");
        assert_eq!(noted["channel"], "POST");
        assert_eq!(noted["servedAt"], "2026-11-23T03:00:00.000Z");
        assert_eq!(noted["proofSha256"], "ab".repeat(32));
        app.as_("deng")
            .run("RecordService", note.clone())
            .await
            .ok();
        let mut other = note;
        other["input"]["proof"] = json!("另一份凭证");
        assert_eq!(
            app.as_("deng").refused("RecordService", other).await,
            ["ID_REUSED"]
        );
        let again = service(&app, id, &json!({}));
        assert_eq!(
            app.as_("he").refused("RecordService", again).await,
            ["NOTICE_ALREADY_SERVED"]
        );
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn a_service_that_cannot_be_is_refused_and_leaves_nothing_behind() {
    on_both(async |app| {
        let about = ComplaintId::new(Dispute::assigned(&app).await.id);
        let about = (Subject::Complaint(about), Paper::AcceptanceNotice);
        let id = issued(&app, about, papers::acceptance()).await.unwrap();
        let (earlier, later) = (
            app.now() - TimeDelta::seconds(1),
            app.now() + TimeDelta::hours(1),
        );
        for (change, code) in [
            (json!({ "servedAt": earlier }), "SERVED_BEFORE_ISSUED"),
            (json!({ "servedAt": later }), "TIME_IN_FUTURE"),
            (json!({ "proof": " " }), "FIELD_REQUIRED"),
            (json!({ "proof": "签" }), "FIELD_TOO_SHORT"),
            (json!({ "to": "陈建国" }), "FIELD_FORMAT"),
            (json!({ "proof": "签\u{202e}收" }), "TEXT_CHARACTER"),
            (json!({ "proofSha256": "abc" }), "FIELD_FORMAT"),
            (json!({ "id": Uuid::nil() }), "FIELD_FORMAT"),
            (json!({ "noticeId": app.new_id() }), "NOT_FOUND"),
        ] {
            let note = service(&app, id, &change);
            assert_eq!(
                app.as_("deng").refused("RecordService", note).await,
                [code],
                "{change}"
            );
        }
        let forms = &app.parts().law.papers;
        let form = forms
            .form_on(Paper::ClosingRecord, app.now().date_naive())
            .unwrap();
        let to = papers::recipient(RecipientKind::File, Uuid::nil());
        let written = papers::filled(forms, form, to, "甲");
        let about = (about.0, Paper::ClosingRecord);
        let filed = issued(&app, about, written).await.unwrap();
        let note = service(&app, filed, &json!({}));
        assert_eq!(
            app.as_("deng").refused("RecordService", note).await,
            ["NOTICE_STAYS_IN_FILE"]
        );
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn nobody_serves_a_paper_whose_role_or_place_does_not_let_him() {
    on_both(async |app| {
        let about = ComplaintId::new(Dispute::assigned(&app).await.id);
        let about = (Subject::Complaint(about), Paper::AcceptanceNotice);
        let id = issued(&app, about, papers::acceptance()).await.unwrap();
        for key in ["zhou", "xiao", "shen", "qiu", "wu"] {
            let note = service(&app, id, &json!({}));
            assert_eq!(
                app.as_(key).refused("RecordService", note).await,
                ["DENIED"],
                "{key}"
            );
        }
        let note = service(&app, id, &json!({}));
        assert_eq!(
            app.anonymous().refused("RecordService", note).await,
            ["SIGN_IN_REQUIRED"]
        );
        app.execute("UPDATE notice SET division = '430104'").await;
        app.execute("UPDATE complaint SET division = '430104', handler_id = NULL")
            .await;
        let note = service(&app, id, &json!({}));
        assert_eq!(
            app.as_("deng").refused("RecordService", note.clone()).await,
            ["NOT_FOUND"]
        );
        app.as_("liao").run("RecordService", note).await.ok();
        app.drain_jobs().await;
    })
    .await;
}
