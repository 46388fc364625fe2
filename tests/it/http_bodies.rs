//! What a request brings is bounded before anything is done with it.

use std::io::Write as _;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use flate2::{Compression, write::GzEncoder};
use liangxin_app::spool::Spool;
use liangxin_graphql::limits::Mode;
use liangxin_tests::app::{TestApp, on_both};
use liangxin_tests::flow::{Flow, Step};
use liangxin_tests::server::Server;
use liangxin_tests::{contract, pictures};
use liangxin_web::body::Pace;
use serde_json::json;
use tempfile::TempDir;
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::TcpStream;
use tokio::time::timeout;
use uuid::Uuid;

/// Sixteen megabytes in as many kilobytes.
fn bomb() -> Vec<u8> {
    let mut packed = GzEncoder::new(Vec::new(), Compression::best());
    packed.write_all(&vec![b' '; 16 * 1024 * 1024]).unwrap();
    packed.finish().unwrap()
}

#[tokio::test]
async fn a_packed_body_is_refused_unread_on_every_route() {
    on_both(async |app| {
        let server = Server::start(&app, Mode::Production).await;
        let bomb = bomb();
        for path in [
            "/graphql",
            "/track",
            "/report",
            "/uploads",
            "/notices/x",
            "/nowhere",
        ] {
            for coding in ["gzip", "br", "deflate", "zstd", "identity, gzip"] {
                let sent = server.post(path).header("Content-Encoding", coding);
                let sent = sent.header("Content-Type", "application/json");
                let answer = sent.body(bomb.clone()).send().await.unwrap();
                assert_eq!(answer.status(), 415, "{path} {coding}");
                assert_eq!(answer.headers()["connection"], "close");
                let body = answer.text().await.unwrap();
                assert!(body.contains("UNSUPPORTED_MEDIA_TYPE"), "{path}: {body}");
            }
        }
        let plain = server
            .post("/graphql")
            .header("Content-Encoding", "identity");
        let plain = plain.header("Content-Type", "application/json");
        let query = json!({ "query": contract::operation("ServerTime") });
        let answer = plain.body(query.to_string()).send().await;
        assert_eq!(answer.unwrap().status(), 200);
    })
    .await;
}

#[tokio::test]
async fn whoever_watches_may_ask_for_the_head_alone() {
    on_both(async |app| {
        let server = Server::start(&app, Mode::Production).await;
        for path in ["/healthz", "/readyz", "/metrics"] {
            let head = server.head(path).send().await.unwrap();
            let got = server.get(path).send().await.unwrap();
            assert_eq!((head.status(), got.status().as_u16()), (got.status(), 200));
        }
    })
    .await;
}

/// Sends the head of a request by hand; what follows is the test's own.
pub(crate) async fn begin(server: &Server, head: &str) -> TcpStream {
    let address = server.url.strip_prefix("http://").unwrap();
    let mut stream = TcpStream::connect(address).await.unwrap();
    let head = format!("{}\r\nHost: x\r\n\r\n", head.trim_end());
    stream.write_all(head.as_bytes()).await.unwrap();
    stream
}

/// The status line of the answer.
pub(crate) async fn status(stream: &mut TcpStream) -> String {
    let mut line = String::new();
    BufReader::new(stream).read_line(&mut line).await.unwrap();
    line
}

#[tokio::test]
async fn who_goes_on_sending_after_a_refusal_is_cut_off() {
    on_both(async |app| {
        let server = Server::start(&app, Mode::Production).await;
        let json = "Content-Type: application/json";
        for (head, expected) in [
            ("POST /nowhere HTTP/1.1", "404"),
            ("POST /uploads HTTP/1.1", "401"),
            (&format!("POST /graphql HTTP/1.1\r\n{json}"), "413"),
        ] {
            let head = format!("{head}\r\nTransfer-Encoding: chunked");
            let mut stream = begin(&server, &head).await;
            let (mut answer, mut body) = stream.split();
            let chunk = format!("10000\r\n{}\r\n", " ".repeat(0x10000));
            let endless = async { while body.write_all(chunk.as_bytes()).await.is_ok() {} };
            let told = async {
                let mut said = String::new();
                let _ = BufReader::new(&mut answer).read_line(&mut said).await;
                said
            };
            let both = async { tokio::join!(endless, told).1 };
            let said = timeout(Duration::from_secs(60), both).await;
            let said = said.expect("an endless body was read on");
            assert!(said.contains(expected), "{head}: {said}");
        }
    })
    .await;
}

/// The application with a place of its own for bodies on their way.
fn with_spool(app: &TestApp, directory: &TempDir, reserve_bytes: u64) -> TestApp {
    let spool = Spool::open(directory.path().to_owned(), reserve_bytes).unwrap();
    app.with(|parts| parts.spool = spool.into())
}

pub(crate) async fn upload_token(flow: &Flow) -> String {
    let filed = flow.take(Step::FileReport).await;
    filed.text("fileReport.receipt.uploadToken").to_owned()
}

pub(crate) fn upload_head(flow: &Flow, token: &str, size: usize) -> String {
    head_of(flow.report_photo(), token, size)
}

/// The head of a request that begins an upload and sends it.
pub(crate) fn head_of(photo: Uuid, token: &str, size: usize) -> String {
    let id = STANDARD.encode(photo.to_string());
    format!(
        "POST /uploads HTTP/1.1\r\nTus-Resumable: 1.0.0\r\nUpload-Length: {size}\r\n\
         Upload-Metadata: id {id}\r\nContent-Type: application/offset+octet-stream\r\n\
         Authorization: Bearer {token}\r\nContent-Length: {size}"
    )
}

#[tokio::test]
async fn a_body_that_stands_still_is_told_so_on_every_route_and_leaves_nothing_in_the_spool() {
    on_both(async |app| {
        let directory = tempfile::tempdir().unwrap();
        let app = with_spool(&app, &directory, 0);
        let pace = Pace {
            span: Duration::from_millis(50),
            least_bytes: 100,
            silence: Duration::from_millis(50),
            ..Pace::default()
        };
        let server = Server::start_at_pace(&app, Mode::Production, pace).await;
        let flow = Flow::new(&app);
        let token = upload_token(&flow).await;
        let form = "multipart/form-data; boundary=b0";
        let sized = |path, kind| {
            format!("POST {path} HTTP/1.1\r\nContent-Type: {kind}\r\nContent-Length: 900")
        };
        for (head, first, expected) in [
            (sized("/graphql", "application/json"), "{", "408"),
            (
                sized("/track", "application/x-www-form-urlencoded"),
                "code=",
                "408",
            ),
            (
                sized("/report", form),
                "--b0\r\nContent-Disposition: form-data; name=\"photo\"; filename=\"x\"\r\n\r\nJ",
                "408",
            ),
            // What came of a photo is kept, and clients go on by themselves.
            (
                upload_head(&flow, &token, pictures::scale().len()),
                "JPEG",
                "503",
            ),
        ] {
            let mut stream = begin(&server, &head).await;
            stream.write_all(first.as_bytes()).await.unwrap();
            let said = status(&mut stream).await;
            assert!(said.contains(expected), "{head}: {said}");
        }
        assert_eq!(std::fs::read_dir(directory.path()).unwrap().count(), 0);
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn an_upload_that_stands_still_is_told_how_far_it_came_and_that_it_may_go_on() {
    on_both(async |app| {
        let pace = Pace {
            silence: Duration::from_millis(50),
            ..Pace::default()
        };
        let server = Server::start_at_pace(&app, Mode::Production, pace).await;
        let flow = Flow::new(&app);
        let token = upload_token(&flow).await;
        let photo = pictures::scale();
        let mut stream = begin(&server, &upload_head(&flow, &token, photo.len())).await;
        stream.write_all(&photo[..2000]).await.unwrap();
        let mut said = Vec::new();
        let answer = stream.read_to_end(&mut said);
        // It may stay open: what matters was said by then.
        let _ = timeout(Duration::from_secs(2), answer).await;
        let said = String::from_utf8(said).unwrap();
        for told in [
            "503",
            "upload-offset: 2000",
            "\"UPLOAD_BROKEN\"",
            "\"RETRY\"",
        ] {
            assert!(said.contains(told), "{told}: {said}");
        }
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn a_slow_photo_arrives_as_long_as_it_goes_on() {
    on_both(async |app| {
        let pace = Pace {
            span: Duration::from_millis(100),
            least_bytes: 1,
            silence: Duration::from_millis(100),
            ..Pace::default()
        };
        let server = Server::start_at_pace(&app, Mode::Production, pace).await;
        let flow = Flow::new(&app);
        let token = upload_token(&flow).await;
        let photo = pictures::scale();
        let mut stream = begin(&server, &upload_head(&flow, &token, photo.len())).await;
        for piece in photo.chunks(photo.len().div_ceil(20)) {
            stream.write_all(piece).await.unwrap();
            stream.flush().await.unwrap();
            // Twenty times this is several spans.
            tokio::time::sleep(Duration::from_millis(25)).await;
        }
        let said = status(&mut stream).await;
        assert!(said.contains("201"), "{said}");
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn when_the_disk_is_short_photos_wait_and_reports_without_them_go_on() {
    on_both(async |app| {
        let directory = tempfile::tempdir().unwrap();
        let short = with_spool(&app, &directory, u64::MAX / 2);
        let server = Server::start(&short, Mode::Production).await;
        let flow = Flow::new(&app);
        let token = upload_token(&flow).await;
        let photo = pictures::scale();
        let mut stream = begin(&server, &upload_head(&flow, &token, photo.len())).await;
        stream.write_all(photo).await.unwrap();
        let said = status(&mut stream).await;
        assert!(said.contains("503"), "{said}");
        let report = Flow::new(&app).changed(Step::FileReport, json!({ "photos": [] }));
        let filed = server
            .ask(&contract::operation("FileReport"), &report)
            .await;
        filed.ok();
        let ready = server.get("/readyz").send().await.unwrap();
        assert_eq!(ready.status(), 200);
        let said = ready.text().await.unwrap();
        assert!(said.contains("disk short: photos are refused"), "{said}");
        app.drain_jobs().await;
    })
    .await;
}
