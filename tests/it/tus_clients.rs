//! The clients of tus that everybody has, as they are, with their defaults, over a bad line.
//!
//! `LIANGXIN_TEST_CLIENTS` names the directory that has tus-js-client, and `LIANGXIN_TEST_PYTHON` the Python that has tuspy;
//! without them the tests are skipped with a word.

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use liangxin_app::app::sha256;
use liangxin_graphql::limits::Mode;
use liangxin_tests::app::TestApp;
use liangxin_tests::clients::Bench;
use liangxin_tests::contract;
use liangxin_tests::flow::{Flow, Step};
use liangxin_tests::pictures;
use liangxin_tests::postgres::{absent, variable};
use liangxin_tests::proxy::{Proxy, Way};
use liangxin_tests::server::Server;
use liangxin_tests::store::{Store, on_both_stores};
use liangxin_web::body::Pace;
use serde_json::json;

/// A client: its program, and its script.
type Client = (String, String);

fn client(program: &str, script: &Path) -> Client {
    (program.to_owned(), script.to_string_lossy().into_owned())
}

fn tuspy() -> Option<Client> {
    let python = variable("LIANGXIN_TEST_PYTHON").unwrap_or_else(|| "python3".to_owned());
    let tried = Command::new(&python)
        .args(["-c", "import tusclient"])
        .output();
    tried.is_ok_and(|tried| tried.status.success()).then(|| {
        let script = contract::root().join("tests/clients/send.py");
        client(&python, &script)
    })
}

async fn sends(app: &TestApp, store: &Store, (program, script): Client) {
    let pace = Pace {
        keep_every: Duration::from_millis(10),
        ..Pace::default()
    };
    let server = Server::start_at_pace(app, Mode::Production, pace).await;
    let proxy = Proxy::open(server.url.strip_prefix("http://").unwrap().parse().unwrap()).await;
    // A second of it carries what is cut three times.
    proxy.set(Way::Line {
        bytes_per_second: 3_000_000,
        cut_after_bytes: 400_000,
    });
    let photo = pictures::large(7, 2_000_000);
    let flow = Flow::new(app);
    let id = app.new_id();
    let change = json!({ "photos": [pictures::declared(id, &photo)] });
    let filed = flow.take_with(Step::FileReport, change).await;
    let token = filed.text("fileReport.receipt.uploadToken").to_owned();
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(&photo).unwrap();
    let endpoint = format!("http://{}/uploads", proxy.address());
    let sent = tokio::task::spawn_blocking(move || {
        Command::new(program)
            .arg(script)
            .args([endpoint, token, id.to_string()])
            .arg(file.path())
            .stdin(Stdio::null())
            .output()
            .unwrap()
    });
    let sent = sent.await.unwrap();
    let said = String::from_utf8_lossy(&sent.stderr).into_owned();
    assert!(sent.status.success(), "{said}");
    assert!(
        String::from_utf8_lossy(&sent.stdout).contains("/uploads/"),
        "{said}"
    );
    let held = app.parts().objects.get(sha256(&photo)).await.unwrap();
    assert!(held.is_some_and(|held| held == photo), "{said}");
    app.drain_jobs().await;
    assert_eq!(store.counts(), (1, 0));
}

#[tokio::test]
async fn tus_js_client_sends_a_photo_over_a_line_that_breaks() {
    let Some(bench) = Bench::set_up() else { return };
    let client = client("node", &bench.path("tests/clients/send.mjs"));
    on_both_stores(4, async |app, store| {
        sends(&app, store, client.clone()).await;
    })
    .await;
}

#[tokio::test]
async fn tuspy_sends_a_photo_over_a_line_that_breaks() {
    let Some(client) = tuspy() else {
        absent("no python3 with tuspy (LIANGXIN_TEST_PYTHON) found");
        return;
    };
    on_both_stores(4, async |app, store| {
        sends(&app, store, client.clone()).await;
    })
    .await;
}
