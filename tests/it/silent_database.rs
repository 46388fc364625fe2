//! A database whose machine is gone says nothing, for ever: nobody waits for it longer than for an answer.

use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use liangxin_demo::fixtures::merchant_code;
use liangxin_graphql::limits::Mode;
use liangxin_tests::app::{TestApp, on_both};
use liangxin_tests::flow::{Flow, Step};
use liangxin_tests::pictures;
use liangxin_tests::proxy::{Proxy, Way};
use liangxin_tests::server::Server;
use liangxin_web::body::Pace;
use reqwest::RequestBuilder;
use serde_json::json;
use tokio::time::timeout;

use crate::http_bodies::upload_token;
use crate::http_uploads::access_token;

/// Longer than any answer takes here; without a bound nothing would come in it.
const PATIENCE: Duration = Duration::from_secs(20);

/// The application by a way to its database that can fall silent.
pub(crate) async fn by_a_way(app: &TestApp) -> (Proxy, TestApp) {
    let url = app.database_url();
    let host = url
        .rsplit('@')
        .next()
        .and_then(|rest| rest.split('/').next());
    let host = host.unwrap();
    let way = Proxy::open(host.parse().unwrap()).await;
    let url = url.replace(host, &way.address().to_string());
    let app = TestApp::open(&url, 4).await;
    (way, app)
}

/// What asks the database, each in its own way.
fn asking(server: &Server, flow: &Flow, [token, reporter, code]: [&str; 3]) -> Vec<RequestBuilder> {
    let merchant = merchant_code("tianxin-stall-17");
    let photo = STANDARD.encode(flow.report_photo().to_string());
    let bytes = pictures::scale();
    let begun = server
        .post("/uploads")
        .header("Tus-Resumable", "1.0.0")
        .header("Upload-Length", bytes.len())
        .header("Upload-Metadata", format!("id {photo}"))
        .bearer_auth(reporter);
    let whole = begun.try_clone().unwrap();
    let whole = whole.header("Content-Type", "application/offset+octet-stream");
    let officer = |path: &str| server.get(path).bearer_auth(token);
    vec![
        server.get(&format!("/m/{merchant}")),
        server.get("/.well-known/liangxin-revoked-badges"),
        server.post("/track").body(format!("code={code}")),
        officer(&format!("/photos/{}", flow.scene_photo())),
        officer(&format!("/photos/{}/small", flow.scene_photo())),
        begun,
        whole.body(bytes.to_vec()),
        server
            .graphql("{ me { id } }", &json!({}))
            .bearer_auth(token),
    ]
}

#[tokio::test]
async fn nobody_waits_for_a_database_that_says_nothing_and_all_is_well_when_it_speaks_again() {
    on_both(async |app| {
        if !app.parts().db.is_postgres() {
            return;
        }
        let (way, app) = by_a_way(&app).await;
        let flow = Flow::after(&app, Step::SubmitVisit).await;
        let officer = access_token(&app, "he").await;
        let (reporter, code) = (upload_token(&flow).await, flow.receipt_code().await);
        app.drain_jobs().await;
        let pace = Pace {
            answer: Duration::from_millis(500),
            photos: Duration::from_secs(1),
            ..Pace::default()
        };
        let server = Server::start_at_pace(&app, Mode::Production, pace).await;
        let asks = || asking(&server, &flow, [&officer, &reporter, &code]);
        way.set(Way::Silent);
        for ask in asks() {
            let asked = format!("{ask:?}");
            let answer = timeout(PATIENCE, ask.send()).await;
            let answer = answer.unwrap_or_else(|_| panic!("no answer: {asked}"));
            assert_eq!(answer.unwrap().status(), 503, "{asked}");
        }
        way.set(Way::Open);
        let page = format!("/m/{}", merchant_code("tianxin-stall-17"));
        let well = async {
            while server.get(&page).send().await.unwrap().status() != 200 {
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        };
        timeout(PATIENCE, well).await.unwrap();
        drop(server);
        app.parts().db.close().await.unwrap();
    })
    .await;
}
