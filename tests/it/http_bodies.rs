//! What a request brings is bounded before anything is done with it.

use std::io::Write as _;

use flate2::{Compression, write::GzEncoder};
use liangxin_graphql::limits::Mode;
use liangxin_tests::app::on_both;
use liangxin_tests::server::Server;

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
        let answer = plain.body(r#"{"query":"{ serverTime }"}"#).send().await;
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
