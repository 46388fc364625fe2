//! When a phone is called to pull: at once, and when something changed that it can pull then; how it is told that it may
//! not listen, and when it has to come again.

use std::sync::Arc;
use std::time::{Duration, Instant};

use chrono::TimeDelta;
use futures_util::StreamExt as _;
use futures_util::future::{Either, join_all, select};
use liangxin_app::app::sha256;
use liangxin_app::usecase::accounts::{Recognised, recognise};
use liangxin_app::usecase::pull::listen;
use liangxin_demo::fixtures::{PASSWORD, merchant_id};
use liangxin_domain::actor::{Actor, SignedIn};
use liangxin_domain::id::UserId;
use liangxin_domain::limits::{ACCESS_TOKEN_SECONDS, STREAM_SECONDS, STREAMS, STREAMS_PER_PERSON};
use liangxin_domain::refusal::Code;
use liangxin_graphql::limits::Mode;
use liangxin_tests::app::{TestApp, on_both};
use liangxin_tests::contract::operation;
use liangxin_tests::program::Program;
use liangxin_tests::server::Server;
use liangxin_tests::statements::Asked;
use reqwest::{RequestBuilder, Response};
use serde_json::{Value, json};
use tokio::time::timeout;
use uuid::Uuid;

use super::{patrol, send, stall};
use crate::http_uploads::access_token;

/// As long may it take until something is said: transactions of other tests are open in the same cluster.
const PATIENCE: Duration = Duration::from_secs(60);

/// A phone that listens.
struct Line {
    answer: Response,
    unread: String,
}

impl Line {
    /// Sends something to be answered by events.
    async fn open(request: RequestBuilder) -> Self {
        let request = request.header("Accept", "text/event-stream");
        Self {
            answer: request.send().await.unwrap(),
            unread: String::new(),
        }
    }

    /// Listens with the token of somebody who may, and has heard the first call.
    async fn of(server: &Server, token: &str) -> Self {
        let request = server.graphql(&operation("PullNow"), &json!({}));
        let mut line = Self::open(request.bearer_auth(token)).await;
        line.called().await;
        line
    }

    /// The next event: its name and what it tells. None once the stream ended.
    async fn next(&mut self) -> Option<(String, Value)> {
        loop {
            if let Some((event, rest)) = self.unread.split_once("\n\n") {
                let told = read(event);
                self.unread = rest.to_owned();
                if told.is_some() {
                    return told;
                }
                continue;
            }
            let bytes = timeout(PATIENCE, self.answer.chunk()).await;
            let bytes = bytes.expect("nothing is said").unwrap()?;
            self.unread += std::str::from_utf8(&bytes).unwrap();
        }
    }

    /// Waits for the next call.
    async fn called(&mut self) {
        let (name, told) = self.next().await.expect("the stream ended");
        let at = &told["data"]["pullNow"]["at"];
        assert!(name == "next" && at.is_string(), "{name} {told}");
    }
}

/// An event as it stands in a stream; none if it is a comment.
fn read(event: &str) -> Option<(String, Value)> {
    let (name, told) = event.strip_prefix("event: ")?.split_once("\ndata:")?;
    Some((
        name.to_owned(),
        serde_json::from_str(told).unwrap_or_default(),
    ))
}

fn code(told: &Value) -> &str {
    let code = told["errors"][0]["extensions"]["code"].as_str();
    code.unwrap_or_default()
}

/// Somebody as a token names them.
async fn actor(app: &TestApp, who: &str) -> Actor {
    let token = access_token(app, who).await;
    match recognise(app.parts(), Some(&token)).await.unwrap().by {
        Recognised::Fully(actor) => actor,
        Recognised::ToSetUp(_) => panic!("{who} has a second factor to set up"),
    }
}

async fn can_pull(app: &TestApp, visit: Uuid) -> bool {
    let pulled = app.as_("zhou").run("PullVisits", json!({})).await.ok();
    let documents = pulled.data("pull.visits.documents").as_array().unwrap();
    let mut ids = documents.iter().map(|document| &document["id"]);
    ids.any(|id| *id == json!(visit))
}

#[tokio::test]
async fn a_call_says_when_it_was_and_nothing_else() {
    on_both(async |app| {
        let call = app.as_("zhou").run("PullNow", json!({})).await.ok();
        let told = json!({ "pullNow": { "at": "2026-11-23T01:00:00.000Z" } });
        assert_eq!(call.whole(), &told);
    })
    .await;
}

#[tokio::test]
async fn a_phone_is_called_at_once_and_when_there_is_something_to_pull_that_another_server_wrote() {
    on_both(async |app| {
        let server = Server::start(&app, Mode::Production).await;
        let mut zhou = Line::of(&server, &access_token(&app, "zhou").await).await;
        // It shares the database with that one, and nothing else of this.
        let elsewhere = app.with(|parts| parts.listeners = Arc::default());
        for merchant in ["tianxin-stall-05", "tianxin-stall-17"] {
            let visit = patrol(&elsewhere, merchant_id(merchant).uuid()).await;
            zhou.called().await;
            while !can_pull(&app, visit).await {
                zhou.called().await;
            }
        }
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn nobody_is_called_for_what_concerns_others_alone() {
    on_both(async |app| {
        let server = Server::start(&app, Mode::Production).await;
        let mut zhou = Line::of(&server, &access_token(&app, "zhou").await).await;
        let mut peng = Line::of(&server, &access_token(&app, "peng").await).await;
        // One look finds whom to call, and each hears of it within a second: before Peng's next call.
        let others = async {
            for merchant in ["tianxin-stall-05", "tianxin-stall-08"] {
                send(&app, merchant_id(merchant).uuid(), ["tang", "peng"]).await;
                peng.called().await;
            }
        };
        match select(Box::pin(zhou.next()), Box::pin(others)).await {
            Either::Left((told, _)) => panic!("called for another's work: {told:?}"),
            Either::Right(_) => {}
        }
        patrol(&app, stall()).await;
        zhou.called().await;
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn who_may_not_listen_is_told_so_by_one_event_and_a_dead_token_as_everywhere() {
    on_both(async |app| {
        let server = Server::start(&app, Mode::Production).await;
        let (zhou, lin) = (
            access_token(&app, "zhou").await,
            access_token(&app, "lin").await,
        );
        let ask = || server.graphql(&operation("PullNow"), &json!({}));
        let free = server.graphql("subscription { pullNow { at } }", &json!({}));
        for (request, expected) in [
            (ask(), "SIGN_IN_REQUIRED"),
            (ask().bearer_auth(&lin), "DENIED"),
            (free, "DOCUMENT_NOT_PUBLISHED"),
        ] {
            let mut line = Line::open(request).await;
            assert_eq!(line.answer.status(), 200);
            let (name, told) = line.next().await.unwrap();
            assert_eq!((name.as_str(), code(&told)), ("next", expected));
            let end = ("complete".to_owned(), Value::Null);
            assert_eq!(line.next().await, Some(end), "{expected}");
            assert_eq!(line.next().await, None, "{expected}");
        }
        let mut dead = Line::open(ask().bearer_auth("rubbish")).await;
        assert_eq!(dead.answer.status(), 401);
        let (_, told) = dead.next().await.unwrap();
        assert_eq!(code(&told), "SESSION_EXPIRED");
        // By the digest, as every document.
        let digest = sha256(operation("PullNow").as_bytes()).to_string();
        let named = server
            .post("/graphql")
            .json(&json!({ "documentId": digest }));
        Line::open(named.bearer_auth(&zhou)).await.called().await;
    })
    .await;
}

#[tokio::test]
async fn a_stream_ends_after_ten_minutes_with_its_token_and_with_its_session() {
    on_both(async |app| {
        let server = Server::start(&app, Mode::Production).await;
        let token = access_token(&app, "zhou").await;
        let mut zhou = Line::of(&server, &token).await;
        app.advance(TimeDelta::seconds(STREAM_SECONDS - 60));
        patrol(&app, stall()).await;
        zhou.called().await;
        app.advance(TimeDelta::seconds(60));
        assert_eq!(zhou.next().await, None);
        // The next one would last longer than what is left of the token.
        let mut zhou = Line::of(&server, &token).await;
        app.advance(TimeDelta::seconds(ACCESS_TOKEN_SECONDS - STREAM_SECONDS));
        assert_eq!(zhou.next().await, None);
        let token = access_token(&app, "zhou").await;
        let mut zhou = Line::of(&server, &token).await;
        let session = app.bearer(&token);
        let devices = session.run("MyDevices", json!({})).await.ok();
        let mut devices = devices.data("myDevices").as_array().unwrap().iter();
        let own = devices.find(|device| device["isThisOne"] == true).unwrap();
        let revoked = json!({ "deviceId": own["id"] });
        session.run("RevokeDevice", revoked).await.ok();
        assert_eq!(zhou.next().await, None);
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn a_stream_ends_with_the_account_and_where_nobody_sees_what_changed() {
    on_both(async |app| {
        let server = Server::start(&app, Mode::Production).await;
        let mut zhou = Line::of(&server, &access_token(&app, "zhou").await).await;
        let mut tang = Line::of(&server, &access_token(&app, "tang").await).await;
        app.execute("UPDATE \"user\" SET disabled_at = '2026-11-23 01:00:00+00:00' WHERE email LIKE 'zhou@%'")
            .await;
        assert_eq!(zhou.next().await, None);
        server.lose_database().await;
        assert_eq!(tang.next().await, None);
    })
    .await;
}

#[tokio::test]
async fn of_too_many_streams_of_a_person_the_oldest_ends() {
    on_both(async |app| {
        let server = Server::start(&app, Mode::Production).await;
        let token = access_token(&app, "zhou").await;
        let mut oldest = Line::of(&server, &token).await;
        let mut others = Vec::new();
        for _ in 0..STREAMS_PER_PERSON {
            others.push(Line::of(&server, &token).await);
        }
        assert_eq!(oldest.next().await, None);
        patrol(&app, stall()).await;
        for line in &mut others {
            line.called().await;
        }
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn a_server_with_as_many_streams_as_it_takes_says_so_until_one_ends() {
    on_both(async |app| {
        let zhou = actor(&app, "zhou").await;
        let somebody = || {
            let like = zhou.signed_in().unwrap().clone();
            let user = UserId::new(app.new_id());
            Actor::User(SignedIn { user, ..like })
        };
        let mut streams = Vec::new();
        for _ in 0..STREAMS {
            streams.push(listen(app.parts(), &somebody(), None).await.unwrap());
        }
        let full = listen(app.parts(), &somebody(), None).await.err().unwrap();
        assert_eq!(full.refusal().code, Code::Unavailable);
        streams.pop();
        assert!(listen(app.parts(), &somebody(), None).await.is_ok());
    })
    .await;
}

#[tokio::test]
async fn however_many_listen_they_share_one_look_a_second_at_the_database() {
    on_both(async |app| {
        let asked = Asked::default();
        let heard = app.with(|parts| {
            parts.db = asked.of(parts.db.clone());
            parts.listeners = Arc::default();
        });
        let mut streams = Vec::new();
        for who in ["zhou", "tang"] {
            let actor = actor(&app, who).await;
            for _ in 0..STREAMS_PER_PERSON {
                let mut stream = listen(heard.parts(), &actor, None).await.unwrap();
                assert!(stream.next().await.is_some());
                streams.push(stream);
            }
        }
        patrol(&app, stall()).await;
        asked.take();
        let began = Instant::now();
        let calls = join_all(streams.iter_mut().map(|stream| stream.next())).await;
        assert!(calls.iter().all(Option::is_some));
        let seconds = began.elapsed().as_secs();
        let asked = asked.take();
        let looks = asked
            .iter()
            .filter(|asked| asked.text.contains("AS newest"));
        let looks = looks.count();
        assert!(looks > 0 && asked.len() <= 3 * looks, "{asked:?}");
        assert!(u64::try_from(looks).unwrap() <= seconds + 1, "{asked:?}");
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn a_server_that_is_told_to_end_ends_its_streams_before_it_closes_its_port() {
    let directory = tempfile::tempdir().unwrap();
    let program = Program::serve(directory.path(), &[]).await;
    let ask = |name: &str, variables: Value| {
        let asked = json!({ "query": operation(name), "variables": variables });
        let url = format!("{}/graphql", program.url);
        reqwest::Client::new().post(url).json(&asked)
    };
    let credentials = json!({ "input": {
        "email": "zhou@tianxin.example", "password": PASSWORD, "deviceName": "phone",
    } });
    let signed_in = ask("SignIn", credentials).send().await.unwrap();
    let signed_in: Value = signed_in.json().await.unwrap();
    let token = &signed_in["data"]["signIn"]["session"]["accessToken"];
    let listening = ask("PullNow", json!({})).bearer_auth(token.as_str().unwrap());
    let mut line = Line::open(listening).await;
    line.called().await;
    let told = async {
        let told = line.next().await;
        let ready = reqwest::get(format!("{}/readyz", program.url)).await;
        (told, ready.unwrap().status().as_u16())
    };
    let (ended, told) = tokio::join!(program.terminate(), told);
    assert!(ended);
    assert_eq!(told, (None, 503));
}
