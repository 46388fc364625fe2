//! What is seen by an act that is recorded: a file for finance, the opening of a name, the opening of an original. Everybody
//! tries every act.

use std::collections::{BTreeMap, BTreeSet};

use liangxin_app::app::sha256;
use liangxin_domain::privacy::promise::{PROMISE, Viewer};
use liangxin_graphql::limits::Mode;
use liangxin_tests::app::{TestApp, on_both};
use liangxin_tests::server::Server;
use serde_json::{Value, json};

use super::story::{Held, mark, shows, story};
use super::{VIEWERS, doors, seat_the_viewers};

/// What was handed to finance.
const BEFORE: &str = "the file of which everybody asks for a copy";

/// Somebody who tries the acts.
struct Acting<'a> {
    app: &'a TestApp,
    key: Option<&'a str>,
}

impl Acting<'_> {
    /// Everything that is answered to a write, and whether it was taken.
    async fn write(&self, operation: &str, mut input: Value) -> (String, bool) {
        let session = match self.key {
            Some(key) => self.app.as_(key),
            None => self.app.anonymous(),
        };
        input["id"] = json!(self.app.new_id());
        let sent = json!({ "input": input });
        let answer = session.run(operation, sent).await;
        (answer.whole().to_string(), answer.problems().is_empty())
    }

    /// Asks for each field alone and for each purpose, so that what is refused hides nothing, and looks where a head who is
    /// somebody else approves.
    async fn openings(&self, held: &Held) -> String {
        let head = if self.key == Some("he") { "tang" } else { "he" };
        let head = Acting {
            app: self.app,
            key: Some(head),
        };
        let mut read = String::new();
        for purpose in doors::words_of("OpeningPurpose") {
            for field in doors::words_of("IdentityField") {
                for of_payee in [false, true] {
                    let opening = self.app.new_id();
                    let input = json!({ "id": opening, "reportId": held.on.flow.report(),
                        "purpose": purpose, "reason": "核对", "fields": [field],
                        "ofPayee": of_payee });
                    read += &self.opened(&head, input).await;
                }
            }
        }
        read
    }

    async fn opened(&self, head: &Acting<'_>, asked: Value) -> String {
        let session = match self.key {
            Some(key) => self.app.as_(key),
            None => self.app.anonymous(),
        };
        let opening = asked["id"].clone();
        let answer = session.run("RequestIdentityOpening", json!({ "input": asked }));
        let answer = answer.await;
        let mut read = answer.whole().to_string();
        if answer.problems().is_empty() {
            let approval = json!({ "openingId": opening, "hours": 1 });
            let (_, is_approved) = head.write("ApproveIdentityOpening", approval).await;
            assert!(is_approved, "{:?} asked for {asked}", self.key);
        }
        let look = json!({ "openingId": opening });
        read += &self.write("OpenIdentity", look).await.0;
        read
    }

    /// Opens the original for a purpose and fetches it, also where that was refused.
    async fn original(&self, server: &Server, held: &Held) -> String {
        let photo = held.on.flow.report_photo();
        let purpose = json!({ "photoId": photo, "purpose": "核对拍摄时间" });
        let (mut read, _) = self.write("OpenOriginal", purpose).await;
        let mut asked = server.get(&format!("/photos/{photo}/original"));
        if let Some(key) = self.key {
            asked = asked.bearer_auth(doors::signed_in(server, key).await);
        }
        let bytes = asked.send().await.unwrap().bytes().await.unwrap();
        read += &doors::original(&sha256(&bytes).to_string());
        read
    }
}

/// Which fields turn up before whom.
async fn seen(app: &TestApp, held: &Held) -> BTreeMap<Viewer, BTreeSet<&'static str>> {
    let server = Server::start(app, Mode::Production).await;
    let file = held.on.export("luo").await;
    let number = file.text("exportPayments.number");
    assert!(file.body().contains(mark("payee.name", held)), "{BEFORE}");
    let mut seen = BTreeMap::new();
    for (viewer, key) in VIEWERS {
        let acting = Acting { app, key };
        let (mut read, _) = acting.write("ExportPayments", json!({})).await;
        let again = json!({ "number": number });
        read += &acting.write("ExportPaymentsAgain", again).await.0;
        read += &acting.original(&server, held).await;
        read += &acting.openings(held).await;
        let fields = PROMISE.iter().map(|promise| promise.field);
        let found = fields.filter(|field| shows(&read, field, held));
        seen.insert(viewer, found.collect());
    }
    seen
}

#[tokio::test]
async fn what_is_taken_by_an_act_is_seen_by_whom_it_is_promised_to_and_by_nobody_else() {
    on_both(async |app| {
        let held = story(&app).await;
        seat_the_viewers(&app).await;
        // A head approves no request of her own.
        app.grant("tang", "head").await;
        held.on.payee_checked("luo", "he").await;
        held.on.wait_for_objections();
        let seen = seen(&app, &held).await;
        let mut broken = Vec::new();
        for promise in PROMISE {
            let by = |viewer: &Viewer| seen[viewer].contains(promise.field);
            let found: BTreeSet<Viewer> = VIEWERS
                .iter()
                .map(|(viewer, _)| *viewer)
                .filter(by)
                .collect();
            let told: BTreeSet<Viewer> = promise.on_opening.iter().copied().collect();
            let all: BTreeSet<Viewer> = promise.seen_by.iter().copied().collect();
            if !found.is_superset(&told) || !found.is_subset(&(&told | &all)) {
                broken.push((promise.field, found));
            }
        }
        assert!(broken.is_empty(), "promised otherwise: {broken:?}");
        app.leave_jobs();
    })
    .await;
}
