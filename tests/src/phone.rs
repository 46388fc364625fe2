//! A phone over HTTP that does what the contract tells phones: it repeats what got no answer or may be sent again, under
//! the same id, and signs in when its token does not work.
//!
//! It knows the contract and nothing of the server's inside.

use std::collections::BTreeMap;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use anyhow::Context as _;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, Utc};
use liangxin_demo::fixtures;
use reqwest::{Client, RequestBuilder};
use serde_json::{Value, json};
use tokio::sync::{Mutex, watch};
use uuid::Uuid;

use crate::contract;

/// How long the phone waits for an answer.
const PATIENCE: Duration = Duration::from_secs(12);

/// How long it waits before the second try, and at most before any other.
const WAITS: (Duration, Duration) = (Duration::from_millis(30), Duration::from_millis(800));

/// What came of one request.
#[derive(Debug, Clone, PartialEq)]
pub enum Answer {
    /// It was served: the root field.
    Done(Value),
    /// It was refused.
    Refused {
        /// The code of the contract.
        code: String,
        /// What the contract says to do: `PERMANENT`, `RETRY` or `SIGN_IN`.
        class: String,
        /// The whole answer, for whoever reads the report.
        body: String,
    },
    /// Nobody knows: no answer, or none of this program.
    Unknown(String),
}

/// What a write waits for before it gives up; `None` while it may go on.
pub type GiveUp = watch::Receiver<Option<Instant>>;

#[derive(Debug, Clone)]
struct Tokens {
    access: String,
    refresh: String,
}

/// A phone on which everybody of the fixtures may sign in.
#[derive(Debug)]
pub struct Phone {
    http: Client,
    url: String,
    give_up: GiveUp,
    sessions: Mutex<BTreeMap<&'static str, Tokens>>,
    tries: AtomicU64,
    refused: AtomicU64,
    unknown: AtomicU64,
}

impl Phone {
    /// A phone that talks to the server at that address. Panics if no client can be made.
    pub fn new(url: &str, give_up: GiveUp) -> Self {
        let http = Client::builder().no_proxy().timeout(PATIENCE).build();
        Self {
            http: http.unwrap_or_else(|error| panic!("no client: {error}")),
            url: url.to_owned(),
            give_up,
            sessions: Mutex::default(),
            tries: AtomicU64::new(0),
            refused: AtomicU64::new(0),
            unknown: AtomicU64::new(0),
        }
    }

    /// How many requests it sent; how many of them were refused for now, and how many had no answer.
    pub fn counts(&self) -> (u64, u64, u64) {
        let read = |count: &AtomicU64| count.load(Ordering::Relaxed);
        (read(&self.tries), read(&self.refused), read(&self.unknown))
    }

    /// Runs an operation of the contract until it is served, as a person of the fixtures or as nobody. An error says
    /// what the server did that the contract does not allow.
    pub async fn run(
        &self,
        who: Option<&'static str>,
        operation: &str,
        variables: &Value,
    ) -> anyhow::Result<Value> {
        self.persist(operation, who, async |token| {
            self.ask(operation, variables, token).await
        })
        .await
    }

    /// Sends the bytes of a declared photo until the server holds them, with the upload token of a report.
    pub async fn upload(&self, token: &str, photo: Uuid, bytes: &[u8]) -> anyhow::Result<()> {
        let what = format!("the photo {photo}");
        let sent = self.persist(&what, None, async |_| self.send(token, photo, bytes).await);
        sent.await.map(drop)
    }

    /// Sends the bytes of a declared photo until the server holds them, as a person of the fixtures.
    pub async fn upload_as(
        &self,
        who: &'static str,
        photo: Uuid,
        bytes: &[u8],
    ) -> anyhow::Result<()> {
        let what = format!("the photo {photo}");
        let sent = self.persist(&what, Some(who), async |token| {
            self.send(token.unwrap_or_default(), photo, bytes).await
        });
        sent.await.map(drop)
    }

    /// Exchanges the refresh token of a person until that is answered. The session must survive it.
    pub async fn refresh(&self, who: &'static str) -> anyhow::Result<()> {
        let mut sessions = self.sessions.lock().await;
        let tokens = self.signed_in(&mut sessions, who).await?;
        let variables = json!({ "refreshToken": tokens.refresh });
        let answer = self.persist("RefreshSession", None, async |_| {
            self.ask("RefreshSession", &variables, None).await
        });
        let tokens = Tokens::of(&answer.await?)?;
        sessions.insert(who, tokens);
        Ok(())
    }

    /// The server's time.
    pub async fn server_time(&self) -> anyhow::Result<DateTime<Utc>> {
        let time = self.run(None, "ServerTime", &json!({})).await?;
        Ok(time.as_str().context("no time")?.parse()?)
    }

    async fn persist(
        &self,
        what: &str,
        who: Option<&'static str>,
        attempt: impl AsyncFn(Option<&str>) -> Answer,
    ) -> anyhow::Result<Value> {
        let (mut wait, most) = WAITS;
        loop {
            let token = match who {
                Some(who) => Some(Box::pin(self.token(who)).await?),
                None => None,
            };
            self.tries.fetch_add(1, Ordering::Relaxed);
            let last = match attempt(token.as_deref()).await {
                Answer::Done(value) => return Ok(value),
                Answer::Refused { class, body, .. } if class == "RETRY" => {
                    self.refused.fetch_add(1, Ordering::Relaxed);
                    body
                }
                Answer::Refused { class, body, .. } if class == "SIGN_IN" && who.is_some() => {
                    self.forget(token.as_deref()).await;
                    body
                }
                Answer::Refused { class, body, .. } => {
                    anyhow::bail!("{what} was refused for good ({class}): {body}")
                }
                Answer::Unknown(said) => {
                    self.unknown.fetch_add(1, Ordering::Relaxed);
                    said
                }
            };
            let give_up = *self.give_up.borrow();
            if give_up.is_some_and(|at| Instant::now() > at) {
                anyhow::bail!("{what} was never served, and all is well again; at last: {last}");
            }
            tokio::time::sleep(wait).await;
            wait = (wait * 2).min(most);
        }
    }

    async fn token(&self, who: &'static str) -> anyhow::Result<String> {
        let mut sessions = self.sessions.lock().await;
        Ok(self.signed_in(&mut sessions, who).await?.access)
    }

    async fn signed_in(
        &self,
        sessions: &mut BTreeMap<&'static str, Tokens>,
        who: &'static str,
    ) -> anyhow::Result<Tokens> {
        if let Some(tokens) = sessions.get(who) {
            return Ok(tokens.clone());
        }
        let email = fixtures::email_of(who)?;
        let input = json!({ "input": {
            "email": email.as_str(), "password": fixtures::PASSWORD, "deviceName": "fault run",
        } });
        let answer = self.persist("SignIn", None, async |_| {
            self.ask("SignIn", &input, None).await
        });
        let tokens = Tokens::of(&answer.await?)?;
        sessions.insert(who, tokens.clone());
        Ok(tokens)
    }

    async fn forget(&self, token: Option<&str>) {
        let mut sessions = self.sessions.lock().await;
        sessions.retain(|_, tokens| Some(tokens.access.as_str()) != token);
    }

    /// Sends an operation once.
    pub async fn ask(&self, operation: &str, variables: &Value, token: Option<&str>) -> Answer {
        let body = json!({ "query": contract::operation(operation), "variables": variables });
        let request = self.http.post(format!("{}/graphql", self.url)).json(&body);
        answer(with(request, token)).await
    }

    async fn send(&self, token: &str, photo: Uuid, bytes: &[u8]) -> Answer {
        let request = self
            .http
            .post(format!("{}/uploads", self.url))
            .header("Tus-Resumable", "1.0.0")
            .header("Upload-Length", bytes.len())
            .header(
                "Upload-Metadata",
                format!("id {}", STANDARD.encode(photo.to_string())),
            )
            .header("Content-Type", "application/offset+octet-stream")
            .body(bytes.to_vec());
        answer(with(request, Some(token))).await
    }
}

impl Tokens {
    fn of(answer: &Value) -> anyhow::Result<Self> {
        let session = &answer["session"];
        let word = |name: &str| {
            session[name]
                .as_str()
                .map(str::to_owned)
                .context("no token")
        };
        Ok(Self {
            access: word("accessToken")?,
            refresh: word("refreshToken")?,
        })
    }
}

fn with(request: RequestBuilder, token: Option<&str>) -> RequestBuilder {
    let request = request.header("Accept-Language", "en");
    match token {
        Some(token) => request.bearer_auth(token),
        None => request,
    }
}

async fn answer(request: RequestBuilder) -> Answer {
    let response = match request.send().await {
        Ok(response) => response,
        Err(error) => return Answer::Unknown(error.to_string()),
    };
    let status = response.status();
    match response.json::<Value>().await {
        Ok(body) => read(&body),
        Err(error) => Answer::Unknown(format!("{status}: {error}")),
    }
}

/// Reads an answer of `/graphql` or of `/uploads`.
fn read(body: &Value) -> Answer {
    if let Some(error) = body.pointer("/errors/0") {
        return refused(&error["extensions"]["code"], body);
    }
    let root = body["data"]
        .as_object()
        .and_then(|data| data.values().next());
    match (root, &body["code"], &body["storedAt"]) {
        (Some(root), ..) => match root.pointer("/problems/0/code") {
            Some(code) => refused(code, body),
            None => Answer::Done(root.clone()),
        },
        (None, Value::String(_), _) => refused(&body["code"], body),
        (None, _, Value::String(_)) => Answer::Done(body.clone()),
        _ => Answer::Unknown(body.to_string()),
    }
}

fn refused(code: &Value, body: &Value) -> Answer {
    let code = code.as_str().unwrap_or_default();
    Answer::Refused {
        code: code.to_owned(),
        class: class_of(code).to_owned(),
        body: body.to_string(),
    }
}

/// What the contract says to do about a code; a code that it does not have is one for ever.
pub(crate) fn class_of(code: &str) -> &'static str {
    static CLASSES: OnceLock<BTreeMap<String, String>> = OnceLock::new();
    let classes = CLASSES.get_or_init(|| {
        let path = contract::root().join("mobile-contract/error-codes.json");
        let text = std::fs::read_to_string(path).unwrap_or_default();
        let codes: Vec<Value> = serde_json::from_str(&text).unwrap_or_default();
        let word = |code: &Value, name: &str| code[name].as_str().unwrap_or_default().to_owned();
        let pair = |code: &Value| (word(code, "code"), word(code, "class"));
        codes.iter().map(pair).collect()
    });
    classes.get(code).map_or("PERMANENT", String::as_str)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_done_refused_with_its_class_or_unknown() {
        let done = json!({ "data": { "fileReport": { "receipt": {}, "problems": [] } } });
        assert!(matches!(read(&done), Answer::Done(_)));
        let stored = json!({ "id": "x", "storedAt": "2026-11-23T01:00:00Z" });
        assert!(matches!(read(&stored), Answer::Done(_)));
        let busy = json!({ "errors": [{ "extensions": { "code": "UNAVAILABLE" } }] });
        let busy = read(&busy);
        assert!(matches!(busy, Answer::Refused { class, .. } if class == "RETRY"));
        let late = json!({ "code": "SESSION_EXPIRED", "message": "" });
        assert!(matches!(read(&late), Answer::Refused { class, .. } if class == "SIGN_IN"));
        let wrong = json!({ "data": { "x": { "problems": [{ "code": "WRONG_STATE" }] } } });
        assert!(matches!(read(&wrong), Answer::Refused { class, .. } if class == "PERMANENT"));
        assert!(matches!(read(&json!("ok")), Answer::Unknown(_)));
    }
}
