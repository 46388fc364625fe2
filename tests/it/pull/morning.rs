//! The morning: forty tasks in two answers and sixty kilobytes, and nothing for who has everything.

use liangxin_app::store;
use liangxin_demo::fixtures::{self, instrument_id, merchant_id};
use liangxin_domain::actor::Actor;
use liangxin_domain::id::{InstrumentId, MerchantId};
use liangxin_domain::merchants::code::MerchantCode;
use liangxin_domain::merchants::instrument::Instrument;
use liangxin_domain::merchants::merchant::Merchant;
use liangxin_domain::metrology::rules::RuleSet;
use liangxin_graphql::limits::Mode;
use liangxin_tests::app::{TestApp, on_both};
use liangxin_tests::contract::operation;
use liangxin_tests::flow::{Flow, Step};
use liangxin_tests::server::Server;
use liangxin_tests::statements::Asked;
use reqwest::header::{ACCEPT_ENCODING, CONTENT_ENCODING};
use serde_json::{Value, json};
use std::io::Read as _;
use uuid::Uuid;

use super::patrol;
use super::phone::settled;

/// How many places an inspector goes to.
const TASKS: usize = 40;

/// How many instruments stand at each.
const INSTRUMENTS: usize = 3;

/// In how few answers all of it has to come.
const MOST_TRIPS: usize = 2;

/// In how few bytes, packed.
const MOST_BYTES: usize = 60_000;

/// How few bytes it takes to hear that nothing changed.
const NOTHING_NEW_BYTES: usize = 1_500;

/// How few bytes the law takes, of which only what is new comes again.
const LAW_BYTES: usize = 100_000;

/// As many stalls, each with its instruments.
async fn stalls(app: &TestApp) -> Vec<Uuid> {
    let parts = app.parts();
    let known = store::merchants::get(&parts.db, merchant_id("tianxin-stall-17")).await;
    let known = known.unwrap();
    let scale = instrument_id("tianxin-stall-17-scale");
    let scale = store::merchants::get_instrument(&parts.db, scale).await;
    let scale = scale.unwrap();
    let work = parts.work(&Actor::System).await.unwrap();
    let mut stalls = Vec::new();
    for number in 0..TASKS {
        let stall = Merchant {
            id: MerchantId::new(app.new_id()),
            code: MerchantCode::from_random(parts.ids.bytes()),
            name_zh: format!("书院坪{number}号鲜肉"),
            name_en: format!("Meat stall {number}"),
            credit_code: None,
            stall_no: Some(number.to_string()),
            ..known.clone()
        };
        store::merchants::insert_merchant(&work, &stall)
            .await
            .unwrap();
        for more in 0..INSTRUMENTS {
            let one = Instrument {
                id: InstrumentId::new(app.new_id()),
                merchant: stall.id,
                serial: format!("2023{number:03}{more:02}"),
                ..scale.clone()
            };
            store::merchants::insert_instrument(&work, &one)
                .await
                .unwrap();
        }
        stalls.push(stall.id.uuid());
    }
    work.commit().await.unwrap();
    stalls
}

/// Zhou's phone on a line.
struct Line {
    server: Server,
    token: String,
}

impl Line {
    async fn of(app: &TestApp) -> Self {
        let server = Server::start(app, Mode::Production).await;
        let email = fixtures::email_of("zhou").unwrap();
        let credentials = json!({ "input": { "email": email.as_str(), "password": fixtures::PASSWORD,
            "deviceName": "phone" } });
        let reply = server.ask(&operation("SignIn"), &credentials).await.ok();
        let token = reply.text("signIn.session.accessToken").to_owned();
        Self { server, token }
    }

    /// What an operation is answered with, and how many bytes came.
    async fn ask(&self, name: &str, variables: &Value) -> (Value, usize) {
        let asked = self.server.graphql(&operation(name), variables);
        let asked = asked
            .bearer_auth(&self.token)
            .header(ACCEPT_ENCODING, "gzip");
        let answer = asked.send().await.unwrap();
        assert_eq!(answer.status(), 200);
        assert_eq!(answer.headers()[CONTENT_ENCODING], "gzip");
        let packed = answer.bytes().await.unwrap();
        let mut text = String::new();
        let mut unpacked = flate2::read::GzDecoder::new(packed.as_ref());
        unpacked.read_to_string(&mut text).unwrap();
        let answer: Value = serde_json::from_str(&text).unwrap();
        assert!(answer["errors"].is_null(), "{answer}");
        (answer["data"]["pull"].clone(), packed.len())
    }

    /// Asks an operation until no collection has more: with which checkpoints it ends, how many documents of each came, in how
    /// many answers and bytes.
    async fn pull(&self, name: &str, mut variables: Value) -> Pulled {
        let mut pulled = Pulled::default();
        loop {
            let (answer, bytes) = self.ask(name, &variables).await;
            pulled.trips += 1;
            pulled.bytes += bytes;
            let mut has_more = false;
            for (collection, page) in answer.as_object().unwrap() {
                let documents = page["documents"].as_array().unwrap().len();
                pulled.documents += documents;
                variables[collection] = page["checkpoint"].clone();
                has_more |= page["hasMore"] == true;
            }
            if !has_more {
                pulled.checkpoints = variables;
                return pulled;
            }
        }
    }
}

#[derive(Default)]
struct Pulled {
    documents: usize,
    trips: usize,
    bytes: usize,
    checkpoints: Value,
}

#[tokio::test]
async fn forty_tasks_come_in_two_answers_and_sixty_kilobytes() {
    on_both(async |app| {
        for stall in stalls(&app).await {
            patrol(&app, stall).await;
        }
        settled(&app).await;
        let line = Line::of(&app).await;
        let morning = line.pull("Pull", json!({})).await;
        assert_eq!(morning.documents, TASKS * (2 + INSTRUMENTS));
        println!(
            "{TASKS} tasks: {} answers, {} bytes",
            morning.trips, morning.bytes
        );
        assert!(morning.trips <= MOST_TRIPS, "{} answers", morning.trips);
        assert!(morning.bytes <= MOST_BYTES, "{} bytes", morning.bytes);
        let again = line.pull("Pull", morning.checkpoints).await;
        assert_eq!((again.documents, again.trips), (0, 1));
        assert!(again.bytes <= NOTHING_NEW_BYTES, "{} bytes", again.bytes);
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn the_law_comes_once_and_then_only_what_is_new() {
    on_both(async |app| {
        let line = Line::of(&app).await;
        let first = line.pull("PullLaw", json!({ "limit": 50 })).await;
        let editions = RuleSet::embedded().unwrap().files().count();
        let violations = app.parts().law.violations.iter().count();
        assert_eq!(first.documents, editions + violations + 7);
        println!("law: {} answers, {} bytes", first.trips, first.bytes);
        assert!(first.bytes <= LAW_BYTES, "{} bytes", first.bytes);
        let again = line.pull("PullLaw", first.checkpoints).await;
        assert_eq!((again.documents, again.trips), (0, 1));
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn many_visits_take_hardly_more_statements_than_one() {
    on_both(async |app| {
        let asked = Asked::default();
        let heard = app.with(|parts| parts.db = asked.of(parts.db.clone()));
        heard.as_("zhou").run("Me", json!({})).await.ok();
        let (mut made, mut counted) = (0, Vec::new());
        for visits in [1, 3] {
            while made < visits {
                Flow::after(&app, Step::RecordMeasurement).await;
                made += 1;
            }
            settled(&app).await;
            asked.take();
            let reply = heard.as_("zhou").run("PullVisits", json!({})).await.ok();
            let documents = reply.data("pull.visits.documents").as_array().unwrap();
            assert_eq!(documents.len(), visits);
            counted.push(asked.take().len());
        }
        println!("statements: {counted:?}");
        assert!(counted[1] <= counted[0] + 2, "{counted:?}");
        app.drain_jobs().await;
    })
    .await;
}
