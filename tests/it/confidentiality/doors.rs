//! Every door through which somebody reads: operations of the contract, pages, papers, photos.

use std::collections::BTreeSet;

use chrono::TimeDelta;
use liangxin_app::app::sha256;
use liangxin_demo::fixtures::{self, merchant_code};
use liangxin_tests::app::TestApp;
use liangxin_tests::census::column;
use liangxin_tests::contract::{operation, operations};
use liangxin_tests::pictures;
use liangxin_tests::server::Server;
use reqwest::RequestBuilder;
use serde_json::{Value, json};
use uuid::Uuid;

/// The words of an enumeration of the contract, if it is one.
pub(super) fn words_of(kind: &str) -> Vec<String> {
    let schema = include_str!("../../../mobile-contract/schema.graphql");
    let head = format!("\nenum {kind} {{\n");
    let Some((_, rest)) = schema.split_once(&head) else {
        return Vec::new();
    };
    let body = rest.split("\n}").next().unwrap_or_default();
    let words = body.lines().map(str::trim);
    let is_word = |word: &&str| {
        !word.is_empty()
            && word
                .bytes()
                .all(|byte| byte.is_ascii_uppercase() || byte == b'_' || byte.is_ascii_digit())
    };
    words.filter(is_word).map(str::to_owned).collect()
}

/// Those variables with each word of every enumeration that has to be named.
fn with_each_word(variables: Vec<Value>, names: &[(&str, &str)]) -> Vec<Value> {
    let mut all = variables;
    for (name, kind) in names {
        let Some(words) = kind
            .strip_suffix('!')
            .map(words_of)
            .filter(|it| !it.is_empty())
        else {
            continue;
        };
        let each = all.iter().flat_map(|before| {
            words.iter().map(move |word| {
                let mut one = before.clone();
                one[*name] = json!(word);
                one
            })
        });
        all = each.collect();
    }
    all
}

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
        (_, "ReconcileInput") => json!({ "receiptCode": code, "records": [] }),
        (_, "SimilarReportsInput") => {
            json!({ "merchantCode": merchant_code("tianxin-stall-17").as_str() })
        }
        _ => Value::Null,
    };
    let ids = match declared.contains("UUID") {
        true => ids.to_vec(),
        false => vec![Uuid::nil()],
    };
    let plain = ids.into_iter().map(|id| {
        let all = names
            .iter()
            .map(|(name, kind)| ((*name).to_owned(), value(name, kind, id)));
        Value::Object(all.filter(|(_, value)| !value.is_null()).collect())
    });
    with_each_word(plain.collect(), &names)
}

/// The read operations of the contract.
pub(super) fn queries() -> Vec<String> {
    let is_query = |name: &String| {
        let document = operation(name);
        document.lines().any(|line| line.starts_with("query"))
    };
    operations().into_iter().filter(is_query).collect()
}

/// Everything that a viewer can read by the contract, as one text; which operations were not refused for their form is
/// noted.
pub(super) async fn everything(
    app: &TestApp,
    (key, code): (Option<&str>, Option<&str>),
    ids: &[Uuid],
    answered: &mut BTreeSet<String>,
) -> String {
    let session = key.map_or_else(|| app.anonymous(), |key| app.as_(key));
    let mut read = String::new();
    for name in queries() {
        let document = operation(&name);
        for variables in variables(&document, ids, code) {
            let answer = session.run(&name, variables).await;
            read += &answer.body();
            // What is refused has a code; a document or variables that do not fit have none.
            if !answer.problems().contains(&"NO_CODE".to_owned()) {
                answered.insert(name.clone());
            }
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
        let pdf = format!("{path}/pdf");
        read += &sheet(server, (asked, &pdf), token.as_deref()).await;
    }
    for visit in column::<Uuid>(db, "visit", "id", "TRUE").await {
        let mut asked = server.get(&format!("/visits/{visit}/record"));
        if let Some(token) = &token {
            asked = asked.bearer_auth(token);
        }
        let pdf = format!("/visits/{visit}/record.pdf");
        read += &sheet(server, (asked, &pdf), token.as_deref()).await;
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

/// A sheet as somebody gets it. The same words stand in its PDF, and whoever is refused the one is refused the other.
async fn sheet(
    server: &Server,
    (asked, pdf): (RequestBuilder, &str),
    token: Option<&str>,
) -> String {
    let answer = asked.send().await.unwrap();
    if let (false, Some(token)) = (answer.status().is_success(), token) {
        let refused = server.get(pdf).bearer_auth(token).send().await.unwrap();
        assert!(refused.status().is_client_error(), "{pdf}");
    }
    answer.text().await.unwrap()
}

/// What a viewer takes out of the system by writes that answer data, at the places where it lies: the file of a case, the log,
/// payments; and the indexes of papers.
pub(super) async fn taken_out(server: &Server, key: &str, ids: &[Uuid], app: &TestApp) -> String {
    let token = signed_in(server, key).await;
    let ask = async |name: &str, input: Value| {
        let variables = json!({ "input": input });
        let asked = server.graphql(&operation(name), &variables);
        let answer = asked.bearer_auth(&token).send().await.unwrap();
        answer.json::<Value>().await.unwrap()
    };
    let mut read = String::new();
    let (since, until) = (app.now() - TimeDelta::days(90), app.now());
    let log = json!({ "id": app.new_id(), "since": since, "until": until });
    read += &ask("ExportEventLog", log).await.to_string();
    read += &ask("ExportPayments", json!({ "id": app.new_id() }))
        .await
        .to_string();
    for id in ids {
        let wanted = json!({ "id": app.new_id(), "caseId": id, "purpose": "核对" });
        let made = ask("MakeCaseBundle", wanted).await;
        read += &made.to_string();
        if let Some(url) = made["data"]["makeCaseBundle"]["url"].as_str() {
            let path = url.split_once("/bundles/").map_or("", |(_, rest)| rest);
            let fetched = server
                .get(&format!("/bundles/{path}"))
                .send()
                .await
                .unwrap();
            assert!(fetched.status().is_success(), "{url}");
            let bytes = fetched.bytes().await.unwrap();
            // Nothing in it is packed.
            read += &String::from_utf8_lossy(&bytes);
            let scale = pictures::scale();
            if bytes.windows(scale.len()).any(|part| part == scale) {
                read += &original(&sha256(scale).to_string());
            }
        }
        for kind in words_of("NoticeSubjectKind") {
            let path = format!("/notices/of/{}/{id}", kind.to_lowercase());
            let page = server.get(&path).bearer_auth(&token).send().await.unwrap();
            read += &page.text().await.unwrap();
        }
    }
    read
}

/// That the bytes with this digest came through a door.
pub(super) fn original(digest: &str) -> String {
    format!("bytes of {digest}")
}

pub(super) async fn signed_in(server: &Server, key: &str) -> String {
    let email = fixtures::email_of(key).unwrap();
    let credentials = json!({ "input": { "email": email.as_str(), "password": fixtures::PASSWORD,
        "deviceName": "desk" } });
    let reply = server.ask(&operation("SignIn"), &credentials).await.ok();
    reply.text("signIn.session.accessToken").to_owned()
}
