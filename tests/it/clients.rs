//! The clients of GraphQL and the databases of phones that everybody has, as they are, over a line that breaks; and what
//! makes and checks clients.

use std::process::Command;
use std::time::Duration;

use liangxin_app::ports::clock::Clock;
use liangxin_demo::fixtures::PASSWORD;
use liangxin_graphql::limits::Mode;
use liangxin_tests::app::{TestApp, on_both};
use liangxin_tests::clients::Bench;
use liangxin_tests::contract;
use liangxin_tests::flow::{Flow, Step};
use liangxin_tests::proxy::{Proxy, Way};
use liangxin_tests::server::Server;
use liangxin_tests::store::on_both_stores;
use liangxin_web::body::Pace;

/// A server for a bureau, and a line to it that is cut after so many bytes of the client on average.
async fn over_a_bad_line(app: &TestApp, cut_after_bytes: u64) -> (Server, Proxy, String) {
    let pace = Pace {
        keep_every: Duration::from_millis(10),
        ..Pace::default()
    };
    let server = Server::start_at_pace(app, Mode::Production, pace).await;
    let proxy = Proxy::open(server.url.strip_prefix("http://").unwrap().parse().unwrap()).await;
    proxy.set(Way::Line {
        bytes_per_second: 3_000_000,
        cut_after_bytes,
    });
    let url = format!("http://{}", proxy.address());
    (server, proxy, url)
}

/// Lets a client play its story: its document by the digest, its session run out, its line cut every few requests.
async fn plays(script: &str) {
    let Some(bench) = Bench::set_up() else { return };
    plays_on(&bench, script).await;
}

async fn plays_on(bench: &Bench, script: &str) {
    on_both(async |app| {
        // The script lets time pass, by the door that invented people have.
        let app = app.with(|parts| parts.clock = Clock::running_from(parts.now()));
        Flow::after(&app, Step::DispatchVisit).await;
        let (_server, _proxy, url) = over_a_bad_line(&app, 6_000).await;
        let words = [url.as_str(), "zhou@tianxin.example", PASSWORD];
        assert_eq!(bench.run(script, &words).await, "played\n");
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn apollo_client_plays_the_story_by_digests_over_a_line_that_breaks() {
    plays("tests/clients/apollo.mjs").await;
}

#[tokio::test]
async fn urql_plays_the_story_by_digests_over_a_line_that_breaks() {
    plays("tests/clients/urql.mjs").await;
}

#[tokio::test]
async fn graphql_request_plays_the_story_over_a_line_that_breaks() {
    plays("tests/clients/graphql-request.mjs").await;
}

#[tokio::test]
async fn graphql_sse_hears_when_to_pull_and_comes_again_when_its_stream_ended() {
    plays("tests/clients/stream.mjs").await;
}

#[tokio::test]
async fn rxdb_pulls_what_changed_and_pushes_what_was_written_over_a_line_that_breaks() {
    plays("tests/clients/rxdb.mjs").await;
}

#[tokio::test]
async fn watermelondb_agrees_with_the_server_after_each_sync_over_a_line_that_breaks() {
    let Some(bench) = Bench::set_up() else { return };
    bench.run("tests/clients/build.mjs", &[]).await;
    plays_on(&bench, "tests/clients/watermelon.mjs").await;
}

#[tokio::test]
async fn the_client_of_each_folder_is_made_and_an_inspectors_day_is_played_with_it() {
    let Some(bench) = Bench::set_up() else { return };
    bench.run("tests/clients/build.mjs", &[]).await;
    on_both_stores(4, async |app, _| {
        let (_server, _proxy, url) = over_a_bad_line(&app, 100_000).await;
        let photos = contract::root().join("fixtures/photos");
        let words = [url.as_str(), PASSWORD, &photos.to_string_lossy()];
        let day = "mobile-contract/built/examples/day.js";
        let said = bench.run(day, &words).await;
        let mut lines: Vec<_> = said.lines().collect();
        lines.sort_unstable();
        let due = [
            "FILLING_STATION SUBMITTED CONFORMS held=2 receipt=true",
            // The certificate of the bureau's focimeter ran out.
            "OPTICIAN SUBMITTED NOT_ASSESSABLE held=2 receipt=true",
            "SHOP SUBMITTED SCREENING_ONLY held=2 receipt=true",
            "STALL SUBMITTED CONFORMS CONFORMS held=2 receipt=true",
        ];
        assert_eq!(lines, due);
        app.drain_jobs().await;
    })
    .await;
}

#[test]
fn the_day_is_written_in_less_than_200_lines() {
    let day = contract::root().join("mobile-contract/examples/day.ts");
    let day = std::fs::read_to_string(day).unwrap();
    assert!(day.lines().count() < 200);
    assert!(day.lines().all(|line| line.chars().count() <= 120));
}

#[tokio::test]
async fn schema_and_operations_pass_the_linter() {
    let Some(bench) = Bench::set_up() else { return };
    bench.run("tests/clients/lint.mjs", &[]).await;
}

#[tokio::test]
async fn the_schema_breaks_no_client_of_the_last_release() {
    let Some(bench) = Bench::set_up() else { return };
    bench.run("tests/clients/diff.mjs", &[]).await;
}

#[test]
fn a_field_that_is_taken_away_is_told_as_a_break() {
    let Some(bench) = Bench::set_up() else { return };
    let schema = bench.path("mobile-contract/schema.graphql");
    let released = bench.path("mobile-contract/released");
    let text = std::fs::read_to_string(&schema).unwrap();
    let before = text.replacen("type Merchant {\n", "type Merchant {\n  gone: String\n", 1);
    assert_ne!(before, text);
    // Versions are numbers, not letters.
    for (version, text) in [("1.9", &text), ("1.10", &before)] {
        std::fs::create_dir_all(released.join(version)).unwrap();
        std::fs::write(released.join(version).join("schema.graphql"), text).unwrap();
    }
    let told = Command::new("node")
        .arg(bench.path("tests/clients/diff.mjs"))
        .output()
        .unwrap();
    let printed = String::from_utf8_lossy(&told.stdout).into_owned();
    assert!(
        !told.status.success() && printed.contains("gone"),
        "{printed}"
    );
}
