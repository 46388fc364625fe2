//! What lies in another county is as if it were not: every write of the contract, by everybody, with ids of every kind that
//! exist elsewhere, answers as it does for ids that nobody has, and changes nothing. `ids.rs`: the ids that senders choose;
//! `taken.rs`: those that officers choose, of every make that `makes.rs` finds in the source; `table.rs`: everybody beside everything.

mod above;
mod asks;
mod doors;
mod everything;
mod finding;
mod fit;
mod ids;
mod makes;
mod no_one;
mod promised;
mod schema;
mod table;
mod taken;
mod unseen;
mod ways;

use std::collections::BTreeSet;

use liangxin_demo::fixtures::{merchant_id, user_id};
use liangxin_tests::app::{TestApp, on_both};
use liangxin_tests::census::column;
use liangxin_tests::contract::{operation, operations};
use liangxin_tests::flow::{Flow, Step};
use serde_json::json;
use uuid::Uuid;

use self::schema::{Ids, Schema, Things, Values};
use crate::complaints::Dispute;

/// Everybody of the fixtures who works for a bureau of a county, and nobody. Merchants, auditors of the province and the
/// city above are not strangers here.
const STRANGERS: [Option<&str>; 10] = [
    Some("zhou"),
    Some("peng"),
    Some("lin"),
    Some("tang"),
    Some("deng"),
    Some("xiao"),
    Some("he"),
    Some("luo"),
    Some("shi"),
    None,
];

/// One thing of every kind, in Tianxin.
async fn things(app: &TestApp) -> Things {
    let flow = Flow::after(app, Step::ScreenReward).await;
    things_of(app, &flow).await
}

/// The same beside a story that was told.
async fn things_of(app: &TestApp, flow: &Flow) -> Things {
    let dispute = Dispute::accepted(app).await;
    // Of somebody above, who asks for nothing here.
    let said = json!({ "input": { "id": app.new_id(), "merchantId": merchant_id("tianxin-stall-05").uuid(),
        "kind": "OTHER", "words": "摊主是本人的同学。" } });
    app.as_("liao").run("DeclareInterest", said).await.ok();
    let db = &app.parts().db;
    let first = async |table: &str| column::<Uuid>(db, table, "id", "TRUE").await[0];
    Things::from([
        ("interestId", first("declared_interest").await),
        ("reportId", flow.report()),
        ("visitId", flow.visit()),
        ("caseId", flow.case()),
        ("complaintId", dispute.id),
        ("rewardId", first("reward").await),
        ("noticeId", first("notice").await),
        ("photoId", flow.report_photo()),
        ("instrumentId", first("instrument").await),
        ("merchantId", merchant_id("tianxin-stall-17").uuid()),
        ("marketId", merchant_id("shuyuanping-market").uuid()),
        ("signaturePhotoId", flow.signature_photo()),
        ("userId", user_id("tang").uuid()),
        ("ownerId", user_id("deng").uuid()),
    ])
}

/// So that nobody has a part in anything any more.
const NO_PART: [&str; 5] = [
    "DELETE FROM visit_inspector",
    "DELETE FROM visit_arrival",
    "DELETE FROM report_inspector",
    "DELETE FROM case_investigator",
    "UPDATE complaint SET handler_id = NULL",
];

#[tokio::test]
async fn every_write_with_ids_of_another_county_answers_as_if_they_were_nobodys_and_changes_nothing()
 {
    on_both(async |app| {
        let elsewhere = things(&app).await;
        app.drain_jobs().await;
        app.execute("UPDATE \"user\" SET division = '430104' WHERE division = '430103'")
            .await;
        for statement in NO_PART {
            app.execute(statement).await;
        }
        let schema = Schema::read();
        let mut unseen = BTreeSet::new();
        for key in STRANGERS {
            let session = key.map_or_else(|| app.anonymous(), |key| app.as_(key));
            // A first use signs the person in.
            session.run("Me", json!({})).await;
            let before = app.census().await;
            for name in operations() {
                let document = operation(&name);
                let Some(head) = document.lines().find(|line| line.starts_with("mutation")) else {
                    continue;
                };
                let Some((_, kind)) = head.split_once("$input: ") else {
                    continue;
                };
                let kind = kind.split([')', ',']).next().unwrap_or_default();
                let fields = schema.inputs.get(kind.trim_end_matches('!'));
                let names = fields.into_iter().flatten();
                if !names
                    .clone()
                    .any(|(field, _)| elsewhere.contains_key(field.as_str()))
                {
                    continue;
                }
                let mut answers = Vec::new();
                for ids in [Some(&elsewhere), None] {
                    let ids = Ids {
                        app: &app,
                        elsewhere: ids,
                        values: Values::Any,
                    };
                    let variables = json!({ "input": schema.value(("input", kind), &[], &ids) });
                    answers.push(session.run(&name, variables).await.problems());
                }
                assert!(!answers[0].is_empty(), "{key:?} {name} was not refused");
                assert_eq!(answers[0], answers[1], "{key:?} {name}");
                if answers[0] == ["NOT_FOUND"] {
                    unseen.insert(name);
                }
            }
            let changed = app.census().await;
            let changed = changed.changed_since(&before);
            assert!(changed.is_empty(), "{key:?}: {changed:?}");
        }
        // The others are refused before anybody looks: by the gate, or because the text of a test is no such thing.
        assert!(unseen.len() >= 40, "{} looked: {unseen:?}", unseen.len());
        app.leave_jobs();
    })
    .await;
}
