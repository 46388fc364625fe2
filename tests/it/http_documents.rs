//! Documents by their digests, as clients of others send them, and who may send one that is not published.

use liangxin_app::app::sha256;
use liangxin_domain::refusal::Code;
use liangxin_graphql::limits::Mode;
use liangxin_tests::app::on_both;
use liangxin_tests::contract::operation;
use liangxin_tests::server::Server;
use reqwest::StatusCode;
use serde_json::{Value, json};

use crate::http_uploads::access_token;

const FREE: &str = "{ limits { pageMost } }";

fn digest(text: &str) -> String {
    sha256(text.as_bytes()).to_string()
}

/// As Apollo's clients name a document.
fn persisted(digest: &str) -> Value {
    json!({ "persistedQuery": { "version": 1, "sha256Hash": digest } })
}

/// As generators sort the operation before they make its digest.
fn sorted_limits() -> String {
    let text = operation("Limits");
    let fields = text.rsplit_once('{').unwrap().1.split_once('}').unwrap().0;
    let mut fields: Vec<_> = fields.split_whitespace().collect();
    fields.sort_unstable();
    format!("query Limits {{ limits {{ {} }} }}", fields.join(" "))
}

/// As a client with a cache prints the operation.
fn printed_limits() -> String {
    let text = operation("Limits");
    let (_, text) = text.split_once('\n').unwrap();
    let text = text.split_whitespace().collect::<Vec<_>>().join("\n");
    text.replace("{\nphotoBytes", "{ __typename photoBytes")
}

async fn ask(server: &Server, token: Option<&str>, body: &Value) -> (StatusCode, Value) {
    let request = server.post("/graphql").header("Accept-Language", "zh");
    let request = request.header("Accept", "application/graphql-response+json");
    let request = match token {
        Some(token) => request.bearer_auth(token),
        None => request,
    };
    let answer = request.json(body).send().await.unwrap();
    (answer.status(), answer.json().await.unwrap())
}

fn is_answered((status, body): &(StatusCode, Value)) -> bool {
    *status == 200 && body["data"]["limits"]["pageMost"].is_u64()
}

fn code((status, body): &(StatusCode, Value)) -> (u16, &str) {
    let code = body["errors"][0]["extensions"]["code"].as_str();
    (status.as_u16(), code.unwrap_or_default())
}

#[tokio::test]
async fn a_published_document_is_named_by_every_digest_that_tools_make_of_it() {
    on_both(async |app| {
        let server = Server::start(&app, Mode::Production).await;
        let text = operation("Limits");
        let (_, bare) = text.split_once('\n').unwrap();
        let one_line = bare.split_whitespace().collect::<Vec<_>>().join(" ");
        for form in [text.as_str(), one_line.as_str(), sorted_limits().as_str()] {
            let digest = digest(form);
            for body in [
                json!({ "documentId": digest }),
                json!({ "documentId": format!("sha256:{digest}") }),
                json!({ "documentId": digest.to_uppercase() }),
                json!({ "extensions": persisted(&digest) }),
                json!({ "documentId": digest, "query": text }),
                json!({ "documentId": digest, "extensions": persisted(&digest) }),
            ] {
                let answer = ask(&server, None, &body).await;
                assert!(is_answered(&answer), "{body}: {answer:?}");
            }
        }
        let by_get = format!("/graphql?documentId=sha256:{}", digest(&text));
        let answer = server.get(&by_get).send().await.unwrap();
        assert_eq!(answer.status(), 200);
        let write = format!("/graphql?documentId={}", digest(&operation("SignIn")));
        assert_eq!(server.get(&write).send().await.unwrap().status(), 405);
    })
    .await;
}

#[tokio::test]
async fn an_unknown_digest_is_told_as_clients_look_for_it_and_nobody_registers_one() {
    on_both(async |app| {
        for mode in [Mode::Production, Mode::Development] {
            let server = Server::start(&app, mode).await;
            let digest = digest(FREE);
            for body in [
                json!({ "extensions": persisted(&digest) }),
                json!({ "documentId": digest }),
                json!({ "documentId": "" }),
            ] {
                let answer = ask(&server, None, &body).await;
                assert_eq!(code(&answer), (400, "PERSISTED_QUERY_NOT_FOUND"));
                let message = &answer.1["errors"][0]["message"];
                assert_eq!(message, "PersistedQueryNotFound");
            }
            let both = json!({ "query": FREE, "extensions": persisted(&digest) });
            let answer = ask(&server, None, &both).await;
            match mode {
                Mode::Development => assert!(is_answered(&answer), "{answer:?}"),
                Mode::Production => assert_eq!(code(&answer), (400, "DOCUMENT_NOT_PUBLISHED")),
            }
            let again = ask(&server, None, &json!({ "documentId": digest })).await;
            assert_eq!(code(&again), (400, "PERSISTED_QUERY_NOT_FOUND"));
        }
    })
    .await;
}

#[tokio::test]
async fn a_digest_beside_a_text_is_its_own_or_refused() {
    on_both(async |app| {
        let server = Server::start(&app, Mode::Development).await;
        let (limits, time) = (operation("Limits"), operation("ServerTime"));
        for body in [
            json!({ "query": FREE, "documentId": digest(&limits) }),
            json!({ "query": limits, "documentId": digest(FREE) }),
            json!({ "query": limits, "extensions": persisted(&digest(&time)) }),
            json!({ "documentId": digest(&limits), "extensions": persisted(&digest(&time)) }),
            json!({ "query": limits, "extensions": { "persistedQuery": { "version": 2, "sha256Hash": digest(&limits) } } }),
            json!({ "query": limits, "extensions": { "persistedQuery": "x" } }),
        ] {
            let answer = ask(&server, None, &body).await;
            assert_eq!(code(&answer), (400, "QUERY_INVALID"), "{body}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_document_of_ones_own_is_for_officers_and_for_who_develops() {
    on_both(async |app| {
        let (officer, merchant) = (
            access_token(&app, "he").await,
            access_token(&app, "wu").await,
        );
        let (officer, merchant) = (Some(officer.as_str()), Some(merchant.as_str()));
        let free = json!({ "query": FREE });
        let server = Server::start(&app, Mode::Production).await;
        for stranger in [None, merchant] {
            let answer = ask(&server, stranger, &free).await;
            assert_eq!(code(&answer), (400, "DOCUMENT_NOT_PUBLISHED"));
            assert_eq!(answer.1["extensions"]["cost"]["requested"], Value::Null);
        }
        assert!(is_answered(&ask(&server, officer, &free).await));
        // Whose session ended may be an officer, and is told to refresh it.
        let answer = ask(&server, Some("rubbish"), &free).await;
        assert_eq!(code(&answer), (401, "SESSION_EXPIRED"));
        for published in [operation("Limits"), printed_limits(), sorted_limits()] {
            let answer = ask(&server, None, &json!({ "query": published })).await;
            assert!(is_answered(&answer), "{published}: {answer:?}");
        }
        let server = Server::start(&app, Mode::Development).await;
        assert!(is_answered(&ask(&server, None, &free).await));
    })
    .await;
}

/// The class of a code, as phones read it.
fn class(name: &str) -> &'static str {
    let code = Code::all().find(|code| code.as_str() == name).unwrap();
    code.class().into()
}

#[tokio::test]
async fn an_app_that_is_newer_than_the_server_is_told_to_keep_what_it_sends() {
    on_both(async |app| {
        let server = Server::start(&app, Mode::Production).await;
        let newer = "query LimitsOfTomorrow { limits { pageMost } }";
        for (body, expected) in [
            (json!({ "query": newer }), "DOCUMENT_NOT_PUBLISHED"),
            (
                json!({ "documentId": digest(newer) }),
                "PERSISTED_QUERY_NOT_FOUND",
            ),
        ] {
            let answer = ask(&server, None, &body).await;
            assert_eq!(code(&answer), (400, expected));
            assert_eq!(class(expected), "RETRY");
            let told = &answer.1["errors"][0]["extensions"]["class"];
            assert!(told.is_null() || told == "RETRY", "{told}");
        }
    })
    .await;
}
