//! The ids that senders choose: one that somebody else used, for whatever it was, is as good as a random one.

use std::collections::{BTreeMap, BTreeSet};

use liangxin_tests::app::{TestApp, on_both};
use liangxin_tests::census::{column, count};
use liangxin_tests::contract::{operation, operations};
use liangxin_tests::flow::{Flow, Step};
use liangxin_tests::pictures;
use liangxin_tests::script::Script;
use liangxin_tests::session::Session;
use serde_json::json;
use uuid::Uuid;

use super::schema::{Ids, Schema, Values};
use super::{makes, things_of};
use crate::complaints::form;

/// Every role that an office has.
pub(super) const ROLES: [&str; 9] = [
    "inspector",
    "intake_officer",
    "case_officer",
    "legal_auditor",
    "head",
    "reward_officer",
    "security_auditor",
    "administrator",
    "supervisor",
];

/// What officers make keeps the id that was sent, so that the id of one that lies is refused as the own one is: the operation,
/// and what it makes.
const MADE: [(&str, &str); 1] = [("OpenMerchant", "merchantId")];

/// As many kinds of id as every write is tried under: of what a citizen named, of writes, and of things of both tracks.
const TRIED: [&str; 7] = [
    "merchantId",
    "what the citizen called the report",
    "a write of an officer",
    "message",
    "photoId",
    "reportId",
    "caseId",
];

/// What Lin asks the reporter of a story, and the answer.
pub(super) async fn talk(app: &TestApp, flow: &Flow) {
    let code = flow.receipt_code().await;
    let asked =
        json!({ "input": { "id": app.new_id(), "reportId": flow.report(), "text": "当时几点？" } });
    app.as_("lin").run("AskReporter", asked).await.ok();
    let said =
        json!({ "input": { "id": app.new_id(), "receiptCode": code, "text": "上午九点。" } });
    app.anonymous().run("AnswerQuestion", said).await.ok();
}

/// An id of every kind that somebody chose, or that the server made.
async fn used(app: &TestApp) -> BTreeMap<&'static str, Uuid> {
    let flow = Flow::after(app, Step::ScreenReward).await;
    talk(app, &flow).await;
    let mut used = things_of(app, &flow).await;
    let sent = |step| {
        flow.variables(step)["input"]["id"]
            .as_str()
            .unwrap()
            .parse()
            .unwrap()
    };
    used.insert("what the citizen called the report", sent(Step::FileReport));
    used.insert("a write of an officer", sent(Step::AcceptReport));
    used.insert("a write of the merchant", sent(Step::AnswerNotice));
    let db = &app.parts().db;
    for table in ["message", "measurement", "command", "event", "clock"] {
        used.insert(table, column::<Uuid>(db, table, "id", "TRUE").await[0]);
    }
    used
}

#[tokio::test]
async fn a_write_under_an_id_that_somebody_used_answers_as_under_a_random_one() {
    on_both(async |app| {
        let used = used(&app).await;
        app.drain_jobs().await;
        for role in ROLES.iter().filter(|role| **role != "inspector") {
            app.grant("peng", role).await;
        }
        app.execute("UPDATE \"user\" SET division = '430104' WHERE email LIKE 'peng@%'")
            .await;
        app.execute("DELETE FROM visit_inspector").await;
        let schema = Schema::read();
        let nothing = Ids {
            app: &app,
            elsewhere: None,
            values: Values::Any,
        };
        let own = format!(
            "DELETE FROM command WHERE actor = '{}'",
            super::user_id("peng").uuid()
        );
        let mut tried = 0;
        for session in [app.as_("peng"), app.anonymous()] {
            for name in operations() {
                let document = operation(&name);
                let head = document.lines().find(|line| line.starts_with("mutation"));
                let Some((_, kind)) = head.and_then(|head| head.split_once("$input: ")) else {
                    continue;
                };
                let kind = kind.split([')', ',']).next().unwrap_or_default();
                let mut input = schema.value(("input", kind), &[], &nothing);
                if input["id"].is_null() {
                    continue;
                }
                let mut answers = BTreeMap::new();
                let ids = TRIED.iter().map(|kind| (*kind, used[kind]));
                for (n, (kind, id)) in ids.chain([("random", app.new_id())]).enumerate() {
                    input["id"] = json!(id);
                    let session = session.clone().at(&format!("203.0.113.{}", n + 20));
                    let variables = json!({ "input": input });
                    let problems = session.run(&name, variables).await.problems();
                    answers.insert(kind, problems);
                }
                // What was taken is a write of the asker's own, and so is the next operation under the same id.
                app.execute(&own).await;
                for (kind, answer) in &answers {
                    if MADE.contains(&(name.as_str(), kind)) && answers["random"].is_empty() {
                        assert_eq!(*answer, ["ID_REUSED"], "{name}");
                        continue;
                    }
                    assert_eq!(*answer, answers["random"], "{name} under the id of {kind}");
                }
                tried += 1;
            }
        }
        assert!(tried > 200, "{tried}");
        app.leave_jobs();
    })
    .await;
}

/// Somebody files a report with a photo, a complaint and a letter, all under one id.
async fn files(app: &TestApp, stranger: &Session, (kind, id): (&str, Uuid), secret: &str) {
    let mut report = Script::new(|| app.random_id(), app.now())
        .with_secret(secret)
        .variables(Step::FileReport);
    report["input"]["id"] = json!(id);
    report["input"]["photos"] = json!([pictures::declared(id, pictures::scale())]);
    let filed = stranger.run("FileReport", report.clone()).await.ok();
    let named = filed.text("fileReport.receipt.reportId").to_owned();
    assert_ne!(named, id.to_string(), "{kind}");
    let token = filed.text("fileReport.receipt.uploadToken");
    let sent = app.bearer(token).upload(id, pictures::scale()).await;
    assert_eq!(sent, Ok(()), "{kind}");
    // Sent again, it is the same report; with other content it is not.
    let again = stranger.run("FileReport", report.clone()).await.ok();
    assert_eq!(again.text("fileReport.receipt.reportId"), named, "{kind}");
    report["input"]["goods"] = json!("排骨");
    let other = stranger.run("FileReport", report.clone()).await;
    assert_eq!(other.problems(), ["ID_REUSED"], "{kind}");
    let mut complaint = form(app, id);
    complaint["secret"] = json!(format!("{secret}-complains"));
    let filed = stranger.run("FileComplaint", json!({ "input": complaint }));
    assert_ne!(
        filed.await.ok().text("fileComplaint.receipt.complaintId"),
        id.to_string()
    );
    report["input"]["id"] = json!(app.random_id());
    report["input"]["photos"] = json!([]);
    report["input"]["secret"] = json!(format!("{secret}-writes"));
    let letter = json!({ "input": { "id": id, "report": report["input"] } });
    stranger.run("FileSubmission", letter).await.ok();
}

/// What citizens make in the test below.
const FILED: [&str; 5] = [
    "AddReportPhotos",
    "AnswerQuestion",
    "FileComplaint",
    "FileReport",
    "FileSubmission",
];

#[tokio::test]
async fn what_citizens_file_and_add_under_an_id_that_somebody_used_is_taken_like_any_other() {
    on_both(async |app| {
        let used = used(&app).await;
        assert_eq!(makes::renamed(), BTreeSet::from(FILED));
        let own = Flow::with_secret(&app, "c29tZWJvZHktZWxzZS0wMDE");
        let mine = own.take(Step::FileReport).await;
        let code = mine.text("fileReport.receipt.receiptCode").to_owned();
        let stranger = app.anonymous();
        for (n, (kind, id)) in used.iter().enumerate() {
            let stranger = stranger.clone().at(&format!("203.0.113.{}", n + 20));
            files(
                &app,
                &stranger,
                (kind, *id),
                &format!("c29tZWJvZHktZWxzZS0x{n:03}"),
            )
            .await;
        }
        let db = &app.parts().db;
        let before = count(db, "message", "TRUE").await;
        let ids = used
            .values()
            .copied()
            .take(3)
            .chain([used["message"], used["command"]]);
        let ids: BTreeSet<Uuid> = ids.collect();
        for id in &ids {
            let said = json!({ "input": { "id": id, "receiptCode": code, "text": "上午九点。" } });
            stranger.run("AnswerQuestion", said).await.ok();
        }
        assert_eq!(
            count(db, "message", "TRUE").await - before,
            i64::try_from(ids.len()).unwrap()
        );
        let photo = pictures::declared(used["photoId"], pictures::stall());
        let more =
            json!({ "input": { "id": used["clock"], "receiptCode": code, "photos": [photo] } });
        let added = stranger.run("AddReportPhotos", more).await.ok();
        let token = added.text("addReportPhotos.uploadToken");
        let phone = app.bearer(token);
        let sent = phone.upload(used["photoId"], pictures::stall()).await;
        assert_eq!(sent, Ok(()));
        app.leave_jobs();
    })
    .await;
}
