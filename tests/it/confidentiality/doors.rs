//! Every door through which somebody reads: operations of the contract, pages, papers, photos.

use liangxin_app::app::sha256;
use liangxin_demo::fixtures::{self, merchant_code};
use liangxin_tests::app::TestApp;
use liangxin_tests::census::column;
use liangxin_tests::contract::{operation, operations};
use liangxin_tests::server::Server;
use serde_json::{Value, json};
use uuid::Uuid;

/// The variables that an operation can be run with: for each id one, and the code for whoever has it.
fn variables(document: &str, ids: &[Uuid], code: Option<&str>) -> Vec<Value> {
    let declared = document.split_once('(').map_or("", |(_, rest)| rest);
    let declared = match document.split_once('{') {
        Some((head, _)) if head.contains('(') => declared.split(')').next().unwrap_or_default(),
        _ => "",
    };
    let names: Vec<(&str, &str)> = declared
        .split('$')
        .filter_map(|part| part.split_once(':'))
        .map(|(name, kind)| (name.trim(), kind.trim().trim_end_matches(',')))
        .collect();
    let value = |name: &str, kind: &str, id: Uuid| match (name, kind.trim_end_matches('!')) {
        (_, "UUID") => json!(id),
        ("receiptCode", _) => json!(code.unwrap_or("0000-0000-0000-0000-0000")),
        (name, "String") if name.to_lowercase().contains("code") => {
            json!(merchant_code("tianxin-stall-17").as_str())
        }
        (_, "String") if kind.ends_with('!') => json!("430103"),
        (_, "[CheckedTextInput!]") => json!([]),
        _ => Value::Null,
    };
    let ids = match declared.contains("UUID") {
        true => ids.to_vec(),
        false => vec![Uuid::nil()],
    };
    ids.into_iter()
        .map(|id| {
            let all = names
                .iter()
                .map(|(name, kind)| ((*name).to_owned(), value(name, kind, id)));
            Value::Object(all.filter(|(_, value)| !value.is_null()).collect())
        })
        .collect()
}

/// Everything that a viewer can read by the contract, as one text.
pub(super) async fn everything(
    app: &TestApp,
    key: Option<&str>,
    ids: &[Uuid],
    code: Option<&str>,
) -> String {
    let session = key.map_or_else(|| app.anonymous(), |key| app.as_(key));
    let mut read = String::new();
    for name in operations() {
        let document = operation(&name);
        if !document.lines().any(|line| line.starts_with("query")) {
            continue;
        }
        for variables in variables(&document, ids, code) {
            read += &session.run(&name, variables).await.body();
        }
    }
    read
}

/// What the pages show to everybody, and to whoever holds the code.
pub(super) async fn pages(server: &Server, code: Option<&str>) -> String {
    let mut read = String::new();
    let merchant = merchant_code("tianxin-stall-17");
    let code_form = code.map(|code| format!("code={code}"));
    for path in ["/", "/track", "/report", "/metrics", "/readyz"] {
        read += &server.get(path).send().await.unwrap().text().await.unwrap();
    }
    for path in [format!("/m/{merchant}"), format!("/report?m={merchant}")] {
        read += &server
            .get(&path)
            .send()
            .await
            .unwrap()
            .text()
            .await
            .unwrap();
    }
    if let Some(form) = code_form {
        let sent = server
            .post("/track")
            .header("Content-Type", "application/x-www-form-urlencoded")
            .body(form)
            .send();
        read += &sent.await.unwrap().text().await.unwrap();
    }
    read
}

/// Every paper and every photo that there is, as somebody gets it by the token of a session, or by the code.
pub(super) async fn sheets_and_photos(
    app: &TestApp,
    server: &Server,
    (key, code): (Option<&str>, Option<&str>),
) -> String {
    let token = match key {
        Some(key) => Some(signed_in(server, key).await),
        None => None,
    };
    let mut read = String::new();
    let db = &app.parts().db;
    for notice in column::<Uuid>(db, "notice", "id", "TRUE").await {
        let path = format!("/notices/{notice}");
        let asked = match (&token, code) {
            (Some(token), _) => server.get(&path).bearer_auth(token),
            (None, Some(code)) => server
                .post(&path)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .body(format!("code={code}")),
            (None, None) => server.get(&path),
        };
        read += &asked.send().await.unwrap().text().await.unwrap();
    }
    for photo in column::<Uuid>(db, "photo", "id", "TRUE").await {
        for path in [
            format!("/photos/{photo}"),
            format!("/photos/{photo}/large"),
            format!("/photos/{photo}/small"),
            format!("/photos/{photo}/original"),
        ] {
            let mut asked = server.get(&path);
            if let Some(token) = &token {
                asked = asked.bearer_auth(token);
            }
            let bytes = asked.send().await.unwrap().bytes().await.unwrap();
            read += &original(&sha256(&bytes).to_string());
            // What a phone writes into a file it writes in plain letters.
            read += &String::from_utf8_lossy(&bytes);
        }
    }
    read
}

/// That the bytes with this digest came through a door.
pub(super) fn original(digest: &str) -> String {
    format!("bytes of {digest}")
}

async fn signed_in(server: &Server, key: &str) -> String {
    let email = fixtures::email_of(key).unwrap();
    let credentials = json!({ "input": { "email": email.as_str(), "password": fixtures::PASSWORD,
        "deviceName": "desk" } });
    let reply = server.ask(&operation("SignIn"), &credentials).await.ok();
    reply.text("signIn.session.accessToken").to_owned()
}
