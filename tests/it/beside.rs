//! What is recorded beside events, in rows that no seal covers: digests of photos, purposes, reasons. Each event names its own by
//! a digest that is sealed with it, so that a change of those rows behind the program's back is found and named.

use liangxin_app::app::sha256;
use liangxin_app::usecase::seals::{self, Finding};
use liangxin_tests::app::{TestApp, on_both};
use liangxin_tests::census::column;
use liangxin_tests::flow::{Flow, Step};
use liangxin_tests::pictures;
use serde_json::json;
use uuid::Uuid;

use crate::seals::found;
use crate::withdrawals::{withdraw, without_photos};

/// What is recorded beside which event.
const CHANGED: [(&str, &str, &str); 9] = [
    ("photo", "sha256", "photo_stored"),
    ("photo", "size_bytes", "photo_stored"),
    ("original_digest", "sm3", "photo_stored"),
    ("original_opening", "purpose", "original_opened"),
    ("redaction", "reason", "photo_redacted"),
    ("redaction", "width", "photo_redacted"),
    ("redaction", "top", "photo_redacted"),
    ("redaction", "removal_reason", "redaction_removed"),
    ("case_bundle", "purpose", "case_bundled"),
];

/// What changes a column, and what changes it back.
fn change(column: &str) -> [String; 2] {
    match column {
        "size_bytes" | "width" | "top" => {
            ["+", "-"].map(|sign| format!("{column} = {column} {sign} 1"))
        }
        // Its first letter goes to the end.
        _ => [
            format!("{column} = substr({column}, 2) || substr({column}, 1, 1)"),
            format!(
                "{column} = substr({column}, length({column})) || substr({column}, 1, length({column}) - 1)"
            ),
        ],
    }
}

/// The one event of a kind about one thing.
async fn event(app: &TestApp, kind: &str, about: Uuid) -> Uuid {
    let subject = app.literal(about);
    let only = format!("kind = '{kind}' AND subject = {subject}");
    let ids: Vec<Uuid> = column(&app.parts().db, "event", "id", &only).await;
    assert_eq!(ids.len(), 1, "{kind}");
    ids[0]
}

/// The original is opened, a part covered and uncovered, and the file of the case taken out; the id of that.
async fn handled(app: &TestApp, flow: &Flow) -> Uuid {
    let photo = flow.report_photo();
    let (deng, bundle, covering) = (app.as_("deng"), app.new_id(), app.new_id());
    let opening = json!({ "id": app.new_id(), "photoId": photo, "purpose": "核对拍摄时间" });
    deng.run("OpenOriginal", json!({ "input": opening }))
        .await
        .ok();
    let area = json!({ "id": covering, "photoId": photo, "left": 10, "top": 20, "width": 30,
        "height": 40, "reason": "照片中有路人面部" });
    deng.run("RedactPhoto", json!({ "input": area })).await.ok();
    let away = json!({ "id": app.new_id(), "photoId": photo, "redactionId": covering, "reason": "该人已同意公开" });
    let he = app.as_("he");
    he.run("RemoveRedaction", json!({ "input": away }))
        .await
        .ok();
    let taking = json!({ "id": bundle, "caseId": flow.case(), "purpose": "复议机关调取案卷" });
    deng.run("MakeCaseBundle", json!({ "input": taking }))
        .await
        .ok();
    bundle
}

#[tokio::test]
async fn what_was_recorded_beside_an_event_is_named_once_it_was_changed_or_removed() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::FileReport).await;
        let reporter = app.reporter(&flow.receipt_code().await);
        let sent = reporter.upload(flow.report_photo(), pictures::scale());
        sent.await.unwrap();
        flow.go_on(Step::FileReport, Step::FileCase).await;
        let (photo, bundle) = (flow.report_photo(), handled(&app, &flow).await);
        seals::make(app.parts()).await.unwrap();
        let (read, findings) = found(&app).await;
        // Three photos, an opening, a redaction laid down and taken away, a bundle.
        assert_eq!((findings, read.beside), (Vec::new(), 7));
        let rows = |table: &str| match table {
            "photo" => format!("WHERE id = {}", app.literal(photo)),
            "original_digest" => format!("WHERE sha256 = '{}'", sha256(pictures::scale())),
            _ => String::new(),
        };
        for (table, column, kind) in CHANGED {
            let about = if table == "case_bundle" {
                bundle
            } else {
                photo
            };
            let [there, back] = change(column);
            app.execute(&format!("UPDATE {table} SET {there} {}", rows(table)))
                .await;
            let named = Finding::BesideChanged(event(&app, kind, about).await);
            assert_eq!(found(&app).await.1, [named], "{table}: {there}");
            app.execute(&format!("UPDATE {table} SET {back} {}", rows(table)))
                .await;
            assert_eq!(found(&app).await.1, [], "{table}: {back}");
        }
        let opened = event(&app, "original_opened", photo).await;
        app.execute("DELETE FROM original_opening").await;
        assert_eq!(found(&app).await.1, [Finding::BesideChanged(opened)]);
        // An event that is made to name nothing is not what was sealed.
        app.execute("UPDATE event SET beside = NULL WHERE kind = 'original_opened'")
            .await;
        let (_, findings) = found(&app).await;
        let is_opening =
            |it: &Finding| matches!(it, Finding::Changed(event, _) if *event == opened);
        assert!(
            findings.len() == 1 && findings.iter().all(is_opening),
            "{findings:?}"
        );
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn why_an_officer_withdrew_a_photo_is_named_once_it_was_changed() {
    on_both(async |app| {
        let flow = without_photos(&app).await;
        withdraw(&app, "zhou", flow.scene_photo()).await.ok();
        assert_eq!(found(&app).await.1, []);
        app.execute("UPDATE photo SET withdrawn_reason = '不需要'")
            .await;
        let named = event(&app, "photo_withdrawn", flow.scene_photo()).await;
        assert_eq!(found(&app).await.1, [Finding::BesideChanged(named)]);
        app.drain_jobs().await;
    })
    .await;
}
