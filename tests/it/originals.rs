//! Originals in an S3 service: fetched from it by an address that ends, where browsers may reach it, and locked there.

use std::net::SocketAddr;
use std::sync::Arc;

use futures_util::TryStreamExt as _;
use liangxin_app::app::sha256;
use liangxin_app::ports::objects::Objects;
use liangxin_app::spool::Spool;
use liangxin_domain::evidence::object::Name;
use liangxin_graphql::limits::Mode;
use liangxin_tests::app::{TestApp, on_both};
use liangxin_tests::census::column;
use liangxin_tests::flow::{Flow, Step};
use liangxin_tests::moto::{self, Locking};
use liangxin_tests::pictures;
use liangxin_tests::proxy::Proxy;
use liangxin_tests::s3::{self, S3Server};
use liangxin_tests::server::Server;
use liangxin_tests::store;
use reqwest::redirect::Policy;
use reqwest::{Client, Response};
use serde_json::json;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;
use tokio::task::JoinSet;
use uuid::Uuid;

use crate::http_uploads::access_token;

/// How an S3 service says that an object is held until somebody takes the hold away.
const HOLD: &str = "x-amz-object-lock-legal-hold";

/// How it says that an object is retained for a time.
const RETENTION: &str = "x-amz-object-lock-mode";

/// The store that the program opens by these settings.
async fn opened(settings: &[(&str, &str)]) -> Arc<Objects> {
    let directory = tempfile::tempdir().unwrap();
    store::opened(&directory.path().join("data"), settings).await
}

/// Whether browsers reach the store.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Browsers {
    Come,
    Stay,
}

/// The settings for a store.
fn settings(store: &S3Server, browsers: Browsers) -> Vec<(&'static str, &str)> {
    let mut settings = vec![
        ("S3_BUCKET", &*store.bucket),
        ("S3_ENDPOINT", &*store.endpoint),
        ("AWS_ACCESS_KEY_ID", &*store.access_key),
        ("AWS_SECRET_ACCESS_KEY", &*store.secret_key),
    ];
    if browsers == Browsers::Come {
        settings.push(("S3_PUBLIC_ENDPOINT", &*store.endpoint));
    }
    settings
}

/// The case officer opens an original.
async fn open(app: &TestApp, photo: Uuid) {
    let purpose = "核对拍摄时间";
    let input = json!({ "id": app.new_id(), "photoId": photo, "purpose": purpose });
    let deng = app.as_("deng");
    let opened = deng.run("OpenOriginal", json!({ "input": input }));
    opened.await.ok();
}

/// A report that was dispatched, with its photo held.
async fn reported(app: &TestApp) -> Flow {
    let flow = Flow::after(app, Step::FileReport).await;
    let reporter = app.reporter(&flow.receipt_code().await);
    let sent = reporter.upload(flow.report_photo(), pictures::scale());
    sent.await.unwrap();
    flow.go_on(Step::FileReport, Step::DeclarePhotos).await;
    flow
}

/// Somebody who follows nothing.
struct Reader<'a> {
    client: Client,
    server: &'a Server,
    token: String,
}

impl<'a> Reader<'a> {
    async fn of(app: &TestApp, server: &'a Server, who: &str) -> Self {
        Self {
            client: Client::builder().redirect(Policy::none()).build().unwrap(),
            token: access_token(app, who).await,
            server,
        }
    }

    async fn get(&self, photo: Uuid, size: &str) -> Response {
        let url = format!("{}/photos/{photo}/{size}", self.server.url);
        let asked = self.client.get(url).bearer_auth(&self.token);
        asked.send().await.unwrap()
    }
}

#[tokio::test]
async fn an_opened_original_comes_from_the_store_by_an_address_that_ends_and_nothing_else_does() {
    on_both(async |app| {
        let directory = tempfile::tempdir().unwrap();
        let store = s3::start(directory.path()).await;
        let objects = opened(&settings(&store, Browsers::Come)).await;
        let app = app.with(|parts| parts.objects = objects);
        let flow = reported(&app).await;
        let server = Server::start(&app, Mode::Production).await;
        let deng = Reader::of(&app, &server, "deng").await;
        let photo = flow.report_photo();
        assert_eq!(deng.get(photo, "original").await.status(), 422, "sealed");
        open(&app, photo).await;
        let answer = deng.get(photo, "original").await;
        assert_eq!(answer.status(), 303);
        assert_eq!(answer.headers()["cache-control"], "private, no-store");
        let link = answer.headers()["location"].to_str().unwrap().to_owned();
        assert!(
            link.starts_with(&store.endpoint) && link.contains("X-Amz-Expires=60"),
            "{link}"
        );
        let fetched = reqwest::get(&link).await.unwrap();
        assert!(fetched.bytes().await.unwrap() == pictures::scale());
        let other = link.replace("X-Amz-Expires=60", "X-Amz-Expires=6000");
        assert_eq!(reqwest::get(&other).await.unwrap().status(), 403, "made up");
        let viewed: Vec<String> = column(&app.parts().db, "event", "kind", "TRUE").await;
        for kind in ["original_opened", "photo_viewed"] {
            assert!(viewed.iter().any(|it| it == kind), "{kind}");
        }
        let he = Reader::of(&app, &server, "he").await;
        assert_eq!(
            he.get(photo, "original").await.status(),
            422,
            "each for herself"
        );
        for (photo, size) in [
            (photo, "large"),
            (photo, "small"),
            (flow.scene_photo(), "original"),
        ] {
            assert_eq!(deng.get(photo, size).await.status(), 200, "{size}");
        }
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn an_opened_original_comes_through_the_program_where_nobody_reaches_the_store() {
    on_both(async |app| {
        let directory = tempfile::tempdir().unwrap();
        let store = s3::start(directory.path()).await;
        let objects = opened(&settings(&store, Browsers::Stay)).await;
        let app = app.with(|parts| parts.objects = objects);
        let photo = reported(&app).await.report_photo();
        let server = Server::start(&app, Mode::Production).await;
        open(&app, photo).await;
        let deng = Reader::of(&app, &server, "deng").await;
        let answer = deng.get(photo, "original").await;
        assert_eq!(answer.status(), 200);
        assert!(answer.bytes().await.unwrap() == pictures::scale());
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn originals_are_locked_where_the_bucket_locks_and_copies_are_not() {
    for locking in [Locking::Off, Locking::OnRequest, Locking::ForADay] {
        let Some(store) = moto::start(locking).await else {
            return;
        };
        let settings = [
            ("S3_BUCKET", &*store.bucket),
            ("S3_ENDPOINT", &*store.endpoint),
            ("AWS_ACCESS_KEY_ID", "liangxin-test"),
            ("AWS_SECRET_ACCESS_KEY", "only-for-the-tests-of-liangxin"),
        ];
        let objects = opened(&settings).await;
        on_both(async |app| {
            let objects = Arc::clone(&objects);
            let app = app.with(|parts| parts.objects = objects);
            let flow = reported(&app).await;
            let original = Name::Original(sha256(pictures::scale())).key();
            let held = store.header(&original, HOLD).await;
            let is_held = locking == Locking::OnRequest;
            assert_eq!(held.as_deref(), is_held.then_some("ON"), "{locking:?}");
            let retained = store.header(&original, RETENTION).await;
            let is_retained = locking == Locking::ForADay;
            assert_eq!(retained.as_deref(), is_retained.then_some("GOVERNANCE"));
            app.as_("lin").look_at(flow.report_photo()).await.unwrap();
            let copies: Vec<String> =
                column(&app.parts().db, "photo_copy", "large_sha256", "TRUE").await;
            let ids: Vec<Uuid> = column(&app.parts().db, "photo_copy", "id", "TRUE").await;
            let (copy, id) = (&copies[0], ids[0].simple());
            let copy = format!("copies/{}/{}/{copy}-{id}", &copy[..2], &copy[2..4]);
            assert_eq!(store.header(&copy, HOLD).await, None);
            app.drain_jobs().await;
        })
        .await;
    }
}

/// A service that says the same to every question, until the test ends.
async fn saying(answer: &'static str) -> (SocketAddr, JoinSet<()>) {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let address = listener.local_addr().unwrap();
    let mut tasks = JoinSet::new();
    tasks.spawn(async move {
        loop {
            let (mut asked, _) = listener.accept().await.unwrap();
            let mut heard = [0; 4096];
            let _ = asked.read(&mut heard).await;
            let _ = asked.write_all(answer.as_bytes()).await;
        }
    });
    (address, tasks)
}

#[tokio::test]
async fn a_store_that_was_too_busy_to_say_how_it_locks_is_asked_again() {
    let Some(store) = moto::start(Locking::OnRequest).await else {
        return;
    };
    let busy = "HTTP/1.1 503 Slow Down\r\ncontent-length: 0\r\nconnection: close\r\n\r\n";
    let (busy, _busy) = saying(busy).await;
    let way = Proxy::open(busy).await;
    let endpoint = format!("http://{}", way.address());
    let settings = [
        ("S3_BUCKET", &*store.bucket),
        ("S3_ENDPOINT", &*endpoint),
        ("AWS_ACCESS_KEY_ID", "liangxin-test"),
        ("AWS_SECRET_ACCESS_KEY", "only-for-the-tests-of-liangxin"),
    ];
    // The program asks as it starts, and starts all the same.
    let objects = opened(&settings).await;
    let directory = tempfile::tempdir().unwrap();
    let spool = Spool::open(directory.path().to_owned(), 0).unwrap();
    let mut spooling = spool.begin(4).unwrap();
    spooling.write(b"JPEG").await.unwrap();
    let body = spooling.finish().await.unwrap();
    assert!(objects.put(&body).await.is_err(), "not without its lock");
    way.lead_to(
        store
            .endpoint
            .strip_prefix("http://")
            .unwrap()
            .parse()
            .unwrap(),
    );
    way.cut();
    objects.put(&body).await.unwrap();
    let original = Name::Original(body.sha256).key();
    assert_eq!(store.header(&original, HOLD).await.as_deref(), Some("ON"));
}

#[tokio::test]
async fn a_store_that_gives_the_whole_where_a_part_was_asked_for_is_not_believed() {
    let whole = "HTTP/1.1 200 OK\r\ncontent-length: 10\r\nconnection: close\r\n\r\n0123456789";
    let (store, _store) = saying(whole).await;
    let endpoint = format!("http://{store}");
    let settings = [
        ("S3_BUCKET", "evidence"),
        ("S3_ENDPOINT", &*endpoint),
        ("AWS_ACCESS_KEY_ID", "liangxin-test"),
        ("AWS_SECRET_ACCESS_KEY", "only-for-the-tests-of-liangxin"),
    ];
    let objects = opened(&settings).await;
    let digest = sha256(b"0123456789");
    let pieces = objects.pieces(digest, 0).await.unwrap().unwrap();
    let pieces: Vec<Vec<u8>> = pieces.try_collect().await.unwrap();
    assert_eq!(pieces.concat(), b"0123456789");
    assert!(objects.pieces(digest, 4).await.is_err());
}
