//! A client that asks before it sends its body is told to go on only if somebody will read it.

use std::time::Duration;

use liangxin_graphql::limits::Mode;
use liangxin_tests::app::on_both;
use liangxin_tests::flow::Flow;
use liangxin_tests::pictures;
use liangxin_tests::server::Server;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::time::timeout;

use crate::http_bodies::{begin, upload_head, upload_token};

/// What makes a client wait for a word.
const EXPECT: &str = "Expect: 100-continue";

/// Everything that is said until the connection ends.
async fn heard(stream: &mut TcpStream) -> String {
    let mut said = String::new();
    let heard = stream.read_to_string(&mut said);
    let heard = timeout(Duration::from_secs(60), heard).await;
    heard.expect("the connection did not end").unwrap();
    said
}

#[tokio::test]
async fn who_is_refused_on_any_route_is_told_so_instead_of_to_go_on() {
    on_both(async |app| {
        let server = Server::start(&app, Mode::Production).await;
        let flow = Flow::new(&app);
        let token = upload_token(&flow).await;
        let photo = pictures::scale().len();
        let json = "Content-Type: application/json";
        let other = Flow::new(&app);
        let unknown = upload_head(&other, &token, photo);
        let right = upload_head(&flow, &token, photo);
        let coming = |path, size: usize| format!("POST {path} HTTP/1.1\r\nContent-Length: {size}");
        for (head, status) in [
            (
                format!("{}\r\n{json}", coming("/graphql", 10_000_000)),
                "413",
            ),
            (
                format!(
                    "{}\r\n{json}\r\nContent-Encoding: br",
                    coming("/graphql", 90)
                ),
                "415",
            ),
            (coming("/track", 10_000_000), "413"),
            (coming("/notices/x", 10_000_000), "413"),
            (coming("/report", 1_000_000_000), "413"),
            (coming("/nowhere", 10), "404"),
            (upload_head(&flow, &token, 25_000_001), "413"),
            (upload_head(&flow, "no token", photo), "401"),
            (right.replace("Authorization", "X-Nothing"), "401"),
            (right.replace("1.0.0", "0.2.2"), "412"),
            (unknown, "404"),
            // Not as long as it was declared.
            (upload_head(&flow, &token, photo + 1), "4"),
        ] {
            let mut stream = begin(&server, &format!("{head}\r\n{EXPECT}")).await;
            let said = heard(&mut stream).await;
            assert!(
                said.starts_with(&format!("HTTP/1.1 {status}")),
                "{head}: {said}"
            );
            assert!(!said.contains("100 Continue"), "{head}: {said}");
            let said = said.to_lowercase();
            assert!(said.contains("connection: close"), "{head}: {said}");
            assert!(said.contains("x-request-id"), "{head}: {said}");
        }
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn whose_body_is_welcome_is_told_to_go_on_and_served() {
    on_both(async |app| {
        let server = Server::start(&app, Mode::Production).await;
        let flow = Flow::new(&app);
        let token = upload_token(&flow).await;
        let photo = pictures::scale();
        let query = br#"{"query":"{ serverTime }"}"#;
        let operation = format!(
            "POST /graphql HTTP/1.1\r\nContent-Type: application/json\r\nContent-Length: {}",
            query.len()
        );
        let form = format!(
            "POST /track HTTP/1.1\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {}",
            b"code=x".len()
        );
        for (head, body, status) in [
            (upload_head(&flow, &token, photo.len()), photo, "201"),
            (operation, query, "200"),
            (form, b"code=x", ""),
        ] {
            let mut stream = begin(&server, &format!("{head}\r\n{EXPECT}\r\nConnection: close")).await;
            let mut said = [0; 25];
            stream.read_exact(&mut said).await.unwrap();
            assert_eq!(&said, b"HTTP/1.1 100 Continue\r\n\r\n", "{head}");
            stream.write_all(body).await.unwrap();
            let said = heard(&mut stream).await;
            assert!(said.starts_with(&format!("HTTP/1.1 {status}")), "{head}: {said}");
        }
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn two_questions_on_one_connection_are_answered_one_after_the_other() {
    on_both(async |app| {
        let server = Server::start(&app, Mode::Production).await;
        let query = r#"{"query":"{ serverTime }"}"#;
        let head = format!(
            "POST /graphql HTTP/1.1\r\nContent-Type: application/json\r\nContent-Length: {}\r\n{EXPECT}",
            query.len()
        );
        let mut stream = begin(&server, &head).await;
        stream.write_all(query.as_bytes()).await.unwrap();
        let mut first = Vec::new();
        while !first.ends_with(b"}}") {
            first.push(stream.read_u8().await.unwrap());
        }
        let again = format!("{head}\r\nHost: x\r\nConnection: close\r\n\r\n{query}");
        stream.write_all(again.as_bytes()).await.unwrap();
        let said = String::from_utf8(first).unwrap() + &heard(&mut stream).await;
        assert_eq!(said.matches("HTTP/1.1 100 Continue").count(), 2, "{said}");
        assert_eq!(said.matches("HTTP/1.1 200 OK").count(), 2, "{said}");
    })
    .await;
}
