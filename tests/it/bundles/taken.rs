//! How often the file of a case was taken out, as those see it who may take it out.

use std::time::Duration;

use chrono::TimeDelta;
use liangxin_app::app::sha256;
use liangxin_app::turns::{Heavy, Turns};
use liangxin_domain::limits::BUNDLE_LINK_SECONDS;
use liangxin_graphql::limits::Mode;
use liangxin_tests::app::{TestApp, on_both};
use liangxin_tests::census::count;
use liangxin_tests::flow::{Flow, Step};
use liangxin_tests::server::Server;
use serde_json::{Value, json};

use super::{decided, fetched, link, unpacked};

async fn taken(app: &TestApp, flow: &Flow, who: &str) -> Value {
    let asked = json!({ "id": flow.case() });
    let seen = app.as_(who).run("CaseBundles", asked).await.ok();
    // Who does not see the case sees nothing of it.
    seen.data("case")["bundles"].clone()
}

#[tokio::test]
async fn who_may_take_a_case_out_sees_who_did_and_by_its_digest_what_was_fetched() {
    on_both(async |app| {
        let flow = decided(&app).await;
        let server = Server::start(&app, Mode::Production).await;
        assert_eq!(taken(&app, &flow, "deng").await, json!([]));
        let first = link(&app, &flow, "deng").await;
        server.head(&first).send().await.unwrap();
        app.advance(TimeDelta::seconds(1));
        link(&app, &flow, "zhou").await;
        let seen = taken(&app, &flow, "he").await;
        let by = |place: usize| &seen[place]["madeBy"]["name"];
        assert_eq!(
            (by(0), by(1)),
            (&json!("Zhou Liqun"), &json!("Deng Peihua")),
            "{seen}"
        );
        assert_eq!(seen[1]["fetched"], json!([]), "nobody got anything yet");
        assert_eq!(seen[1]["purpose"], "复议机关调取案卷");
        let mut digests = Vec::new();
        for again in [false, false, true] {
            if again {
                flow.take(Step::RecordFinePayment).await;
            }
            let parts = unpacked(&fetched(&server, &first).await);
            digests.push(sha256(&parts["manifest.json"]).to_string());
            app.advance(TimeDelta::seconds(1));
        }
        let seen = taken(&app, &flow, "xiao").await;
        let told = seen[1]["fetched"].as_array().unwrap().iter();
        let told: Vec<_> = told
            .map(|it| it["manifestSha256"].as_str().unwrap())
            .collect();
        assert_eq!(
            told,
            [&*digests[0], &*digests[2]],
            "the same again is the same"
        );
        assert_eq!(
            count(&app.parts().db, "event", "kind = 'case_bundled'").await,
            2
        );
        for who in ["lin", "wu"] {
            assert_eq!(taken(&app, &flow, who).await, Value::Null, "{who}");
        }
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn whether_a_link_opens_is_told_by_the_rules_by_which_it_does() {
    on_both(async |app| {
        let flow = decided(&app).await;
        let is_open = async || {
            let seen = taken(&app, &flow, "he").await;
            let all = seen.as_array().unwrap().iter();
            all.map(|it| it["isOpen"] == true).collect::<Vec<_>>()
        };
        link(&app, &flow, "deng").await;
        app.advance(TimeDelta::seconds(1));
        link(&app, &flow, "he").await;
        assert_eq!(is_open().await, [true, true]);
        let roles = "UPDATE user_role SET role = 'reward_officer' WHERE role = 'case_officer'";
        app.execute(roles).await;
        assert_eq!(is_open().await, [true, false], "its maker may no more");
        app.advance(TimeDelta::seconds(BUNDLE_LINK_SECONDS));
        assert_eq!(is_open().await, [false, false], "their time is over");
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn when_many_files_of_cases_are_written_one_more_waits_for_its_turn() {
    on_both(async |app| {
        let flow = decided(&app).await;
        let app = app.with(|parts| {
            parts.turns = Turns::within(2, Duration::ZERO, Duration::ZERO).into();
        });
        let server = Server::start(&app, Mode::Production).await;
        let path = link(&app, &flow, "deng").await;
        let mut held = Vec::new();
        let papers = async || app.parts().turn(Heavy::Papers, "write").await;
        while let Ok(turn) = papers().await {
            held.push(turn);
        }
        let status = async || server.get(&path).send().await.unwrap().status().as_u16();
        assert_eq!(status().await, 503);
        let fetched_bundles = count(&app.parts().db, "fetched_bundle", "TRUE").await;
        assert_eq!(fetched_bundles, 0, "nothing was handed out");
        assert_eq!(server.get("/healthz").send().await.unwrap().status(), 200);
        held.pop();
        unpacked(&fetched(&server, &path).await);
        app.drain_jobs().await;
    })
    .await;
}
