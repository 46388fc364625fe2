//! One thing of every kind, in Tianxin, and what those hold who need no account for it.

use liangxin_demo::fixtures;
use liangxin_tests::app::TestApp;
use liangxin_tests::census::column;
use liangxin_tests::flow::Flow;
use liangxin_tests::pictures;
use liangxin_tests::server::Server;
use serde_json::{Value, json};
use uuid::Uuid;

use super::finding::Held;
use super::schema::Things;
use super::{doors, ids, things_of};
use crate::identity::{filed, identity, request};
use crate::rewarded::{Rewarded, eligible};

/// The number of the file by which rewards of Tianxin went to finance.
pub(super) const PAYMENT_FILE: &str = "FK-430103-2026-000001";

/// One thing of every kind, in Tianxin, photos on their way among them.
pub(super) async fn everything(app: &TestApp, server: &Server) -> (Things, Held) {
    let on = Rewarded::screened(app, 400_000, None).await;
    let (flow, code) = (&on.flow, on.code.clone());
    ids::talk(app, flow).await;
    let reporter = app.reporter(&code);
    let sent = reporter.upload(flow.report_photo(), pictures::scale());
    sent.await.unwrap();
    let mut things = things_of(app, flow).await;
    // So that there is a paper about the reward.
    on.ruled().await;
    on.step("luo", "RecordEligibility", eligible()).await;
    things.extend(of_offices(app, flow).await);
    let (waiting, uploads) = on_their_way(app, server, &code).await;
    things.extend(waiting);
    let db = &app.parts().db;
    let first = async |table: &str| column::<Uuid>(db, table, "id", "TRUE").await[0];
    things.extend([
        ("scenePhotoId", flow.scene_photo()),
        ("deviceId", fixtures::id_of("device", "tang")),
        ("questionId", first("message").await),
        ("measurementId", first("measurement").await),
        ("jobId", first("job").await),
        ("heldItemId", held_item(app, flow).await),
        ("interestId", of_interest(app).await),
        ("reportNoticeId", for_the_reporter(app, &code).await),
    ]);
    let gives_up = app.literal(things["jobId"]);
    app.execute(&format!(
        "UPDATE job SET state = 'failed' WHERE id = {gives_up}"
    ))
    .await;
    hand_to_finance(app).await;
    (things, Held { code, uploads })
}

async fn done(app: &TestApp, who: &str, operation: &str, mut input: Value) -> Uuid {
    let id = app.new_id();
    input["id"] = json!(id);
    let sent = json!({ "input": input });
    app.as_(who).run(operation, sent).await.ok();
    id
}

/// What offices make about people, places, photos, cases and years.
async fn of_offices(app: &TestApp, flow: &Flow) -> Things {
    let (named, _) = filed(app, json!({ "identity": identity() })).await;
    let opening = request(app, "luo", named, "REWARD_PAYMENT", json!(["NAME"])).await;
    let raised = json!({ "reportId": named, "other": "430102", "reason": "经营地在芙蓉区。" });
    let year = json!({ "year": 2027, "version": "2027-1", "csv": crate::law::MADE_UP_2027 });
    let covering = json!({ "photoId": flow.scene_photo(), "left": 0, "top": 0,
        "width": 100, "height": 100, "reason": "画面里有路人。" });
    let bundling = json!({ "caseId": flow.case(), "purpose": "复议机关调取案卷" });
    Things::from([
        ("openingId", opening),
        (
            "disputeId",
            done(app, "lin", "RaiseCompetenceDispute", raised).await,
        ),
        ("draftId", done(app, "qiu", "LoadCalendarYear", year).await),
        (
            "redactionId",
            done(app, "zhou", "RedactPhoto", covering).await,
        ),
        (
            "bundleId",
            done(app, "deng", "MakeCaseBundle", bundling).await,
        ),
    ])
}

/// A photo that the reporter promised and one of which a part came, and the token for them.
async fn on_their_way(app: &TestApp, server: &Server, code: &str) -> (Things, String) {
    let (photo, bytes) = (app.new_id(), pictures::stall());
    let more = json!({ "input": { "id": app.new_id(), "receiptCode": code,
        "photos": [pictures::declared(photo, bytes)] } });
    let added = app.anonymous().run("AddReportPhotos", more).await.ok();
    let token = added.text("addReportPhotos.uploadToken").to_owned();
    let size = bytes.len().try_into().unwrap();
    let upload = doors::begin_upload(server, (photo, size), &token).await;
    let waiting = column::<Uuid>(&app.parts().db, "photo", "id", "stored_at IS NULL").await[0];
    let things = Things::from([("uploadId", upload), ("waitingPhotoId", waiting)]);
    (things, token)
}

/// What waits of an inspector of the visit for a write that never comes.
async fn held_item(app: &TestApp, flow: &Flow) -> Uuid {
    let close = json!({ "id": app.new_id(), "visitId": flow.visit() });
    let items = json!([{ "after": [app.new_id()], "write": { "submitVisit": close } }]);
    let sent = json!({ "input": { "items": items } });
    app.as_("zhou").run("Push", sent).await.ok();
    column::<Uuid>(&app.parts().db, "held_item", "id", "TRUE").await[0]
}

/// What the inspector of the visit said of a tie to another merchant.
async fn of_interest(app: &TestApp) -> Uuid {
    let said = json!({ "merchantId": fixtures::merchant_id("tianxin-stall-05").uuid(),
        "kind": "OTHER", "words": "摊主是本人的同学。" });
    done(app, "tang", "DeclareInterest", said).await;
    let own = app.literal(fixtures::user_id("tang").uuid());
    let own = format!("user_id = {own}");
    column::<Uuid>(&app.parts().db, "declared_interest", "id", &own).await[0]
}

/// A paper that the reporter's code opens.
async fn for_the_reporter(app: &TestApp, code: &str) -> Uuid {
    let asked = json!({ "receiptCode": code });
    let seen = app.anonymous().run("TrackReport", asked).await.ok();
    let paper = seen.text("trackReport.report.notices.0.id");
    paper.parse().unwrap()
}

/// A file for finance, of which no reward is left.
async fn hand_to_finance(app: &TestApp) {
    let (id, by) = (app.new_id(), fixtures::user_id("luo").uuid());
    let (id, by) = (app.literal(id), app.literal(by));
    app.execute(&format!(
        "INSERT INTO payment_file (id, number, division, made_by, made_at) \
         VALUES ({id}, '{PAYMENT_FILE}', '430103', {by}, '2026-11-23 01:00:00+00:00')"
    ))
    .await;
}
