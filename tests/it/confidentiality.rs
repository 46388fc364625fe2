//! The promise, held: every field that a citizen may send carries a mark of its own, and then everybody
//! runs every read operation of the contract and opens the pages, every paper and every photo, takes out what there is to take
//! out, and asks for every opening. Where a mark turns up is compared with what was promised before sending.

mod acts;
mod doors;
mod story;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use liangxin_domain::privacy::promise::{PROMISE, Viewer};
use liangxin_graphql::limits::Mode;
use liangxin_tests::app::{TestApp, on_both};
use liangxin_tests::contract::assert_file;
use liangxin_tests::server::Server;
use serde_json::json;

use story::{Held, shows, story};

/// Who looks, and as whom of the fixtures; none has no account.
const VIEWERS: [(Viewer, Option<&str>); 16] = [
    (Viewer::Reporter, None),
    (Viewer::Complainant, None),
    (Viewer::Inspector, Some("zhou")),
    (Viewer::IntakeOfficer, Some("lin")),
    (Viewer::CaseOfficer, Some("deng")),
    (Viewer::LegalAuditor, Some("xiao")),
    (Viewer::Head, Some("he")),
    (Viewer::RewardOfficer, Some("luo")),
    (Viewer::Supervisor, Some("gong")),
    (Viewer::Merchant, Some("wu")),
    (Viewer::OtherMerchant, Some("shi")),
    (Viewer::OtherDivision, Some("yi")),
    (Viewer::OtherInspector, Some("peng")),
    (Viewer::SecurityAuditor, Some("shen")),
    (Viewer::Administrator, Some("qiu")),
    (Viewer::Public, None),
];

/// Which fields turn up before whom.
async fn seen(app: &TestApp, held: &Held) -> BTreeMap<Viewer, BTreeSet<&'static str>> {
    let ids = held.ids().await;
    let server = Server::start(app, Mode::Production).await;
    let mut seen = BTreeMap::new();
    let mut answered = BTreeSet::new();
    for (viewer, key) in VIEWERS {
        let mut read = String::new();
        for code in held.codes_of(viewer) {
            read += &doors::everything(app, (key, code), &ids, &mut answered).await;
            match key {
                None => read += &doors::pages(&server, code).await,
                Some(key) => read += &doors::taken_out(&server, key, &ids, app).await,
            }
            read += &doors::sheets_and_photos(app, &server, (key, code)).await;
        }
        let fields = PROMISE.iter().map(|promise| promise.field);
        let found = fields.filter(|field| shows(&read, field, held));
        seen.insert(viewer, found.collect());
    }
    let queries = doors::queries();
    let never: Vec<_> = queries
        .iter()
        .filter(|it| !answered.contains(*it))
        .collect();
    assert!(
        never.is_empty(),
        "asked so that nobody could be answered: {never:?}"
    );
    seen
}

/// Seats whom the fixtures have nobody for.
async fn seat_the_viewers(app: &TestApp) {
    // Somebody who supervises: of the city, and nothing else.
    app.execute(
        "DELETE FROM user_role WHERE user_id = (SELECT id FROM \"user\" WHERE email LIKE 'gong@%')",
    )
    .await;
    app.grant("gong", "supervisor").await;
    // Somebody in another district.
    app.execute("UPDATE \"user\" SET division = '430104' WHERE email LIKE 'yi@%'")
        .await;
}

#[tokio::test]
async fn everybody_sees_what_was_promised_and_nothing_else() {
    on_both(async |app| {
        let held = story(&app).await;
        let objection = json!({ "words": "标记收款异议" });
        held.on.pursue("ObjectToPayee", objection).await.ok();
        seat_the_viewers(&app).await;
        let seen = seen(&app, &held).await;
        let mut table = String::from(
            "Who reads which field of a report and a complaint, by every read operation and page.\n\n",
        );
        let mut broken = Vec::new();
        for promise in PROMISE {
            let by = |viewer: &Viewer| seen[viewer].contains(promise.field);
            let found: Vec<Viewer> = VIEWERS
                .iter()
                .map(|(viewer, _)| *viewer)
                .filter(by)
                .collect();
            let words: Vec<String> = found.iter().map(ToString::to_string).collect();
            writeln!(table, "{:<22} {}", promise.field, words.join(" ")).unwrap();
            if found.iter().collect::<BTreeSet<_>>() != promise.seen_by.iter().collect() {
                broken.push((promise.field, words));
            }
        }
        assert!(broken.is_empty(), "promised otherwise: {broken:?}");
        let table: String = table
            .lines()
            .map(|line| format!("{}\n", line.trim_end()))
            .collect();
        assert_file("tests/it/snapshots/confidentiality.txt", &table);
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn the_promise_is_told_to_everybody_in_both_languages() {
    on_both(async |app| {
        let told = app
            .anonymous()
            .run("ConfidentialityPromise", json!({}))
            .await
            .ok();
        let fields = told.data("confidentialityPromise").as_array().unwrap();
        let words = |viewers: &[Viewer]| -> Vec<String> {
            viewers.iter().map(ToString::to_string).collect()
        };
        let promised = PROMISE.iter().map(|promise| {
            json!({
                "field": promise.field,
                "name": promise.en,
                "seenBy": words(promise.seen_by),
                "onOpening": words(promise.on_opening),
                "when": promise.when_en,
            })
        });
        assert_eq!(*fields, promised.collect::<Vec<_>>());
    })
    .await;
}
