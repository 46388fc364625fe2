//! The program itself, killed at random moments while photos come and are put together, on all that is embedded and on
//! PostgreSQL with S3: every receipt is true, nothing is lost, nothing is doubled, no upload is stuck.

use std::{ops::Range, time::Duration};

use liangxin_app::app::sha256;
use liangxin_app::ports::evidence_keys::PublicKeys;
use liangxin_app::usecase::evidence::check_receipt;
use liangxin_app::work::Db;
use liangxin_tests::census::count;
use liangxin_tests::chance::Chance;
use liangxin_tests::database::Engine;
use liangxin_tests::flow::Step;
use liangxin_tests::phone::Phone;
use liangxin_tests::pictures;
use liangxin_tests::postgres::{self, variable};
use liangxin_tests::program::Program;
use liangxin_tests::proxy::{Proxy, Way};
use liangxin_tests::script::Script;
use liangxin_tests::store::{Kind, Store};
use liangxin_tests::tus::Tus;
use reqwest::Client;
use serde_json::Value;
use tokio::sync::watch;
use uuid::Uuid;

use crate::bad_lines::{address, by_way_of};

/// What a program runs on.
struct Ground {
    store: Store,
    database: Option<String>,
}

impl Ground {
    async fn of(engine: Engine) -> Self {
        let kind = match engine {
            Engine::Sqlite => Kind::Directory,
            Engine::Postgres => Kind::Service,
        };
        let database = match (engine, postgres::server()) {
            (Engine::Postgres, Some(server)) => Some(server.create_database().await),
            _ => None,
        };
        let store = Store::start(kind).await;
        Self { store, database }
    }

    async fn serve(&self) -> Program {
        let mut settings = self.store.settings();
        settings.extend(self.database.as_deref().map(|url| ("DATABASE_URL", url)));
        Program::serve(&self.store.data(), &settings).await
    }

    fn url(&self) -> String {
        let file = self.store.data().join("liangxin.db");
        let embedded = || format!("sqlite://{}", file.display());
        self.database.clone().unwrap_or_else(embedded)
    }

    async fn remove(self) {
        if let (Some(url), Some(server)) = (self.database, postgres::server()) {
            server.drop_database(&url).await;
        }
    }
}

/// The photos of a report on their way.
struct Sending {
    photos: Vec<(Uuid, Vec<u8>)>,
    token: String,
}

impl Sending {
    /// Declares three photos.
    async fn begin(program: &Program, chance: &mut Chance) -> Self {
        let (_, give_up) = watch::channel(None);
        let citizen = Phone::new(&program.url, give_up);
        let photos: Vec<_> = (0..3)
            .map(|n| (chance.uuid(), pictures::large(n, 300_000)))
            .collect();
        let now = citizen.server_time().await.unwrap();
        let script = Script::new(|| chance.uuid(), now);
        let mut variables = script.variables(Step::FileReport);
        let declared = photos.iter();
        variables["input"]["photos"] = declared
            .map(|(id, photo)| pictures::declared(*id, photo))
            .collect();
        let filed: Value = citizen.run(None, "FileReport", &variables).await.unwrap();
        let token = filed["receipt"]["uploadToken"].as_str().unwrap().to_owned();
        Self { photos, token }
    }

    async fn send(&self, phone: &Tus) {
        for (id, photo) in &self.photos {
            let sent = phone.send(*id, photo).await;
            sent.unwrap_or_else(|error| panic!("{error:#}"));
        }
    }

    /// The receipt that every photo is held, as the phone asks for it again.
    async fn receipt(&self, program: &Program) -> String {
        let phone = Tus::new(&program.url, &self.token);
        let (id, photo) = &self.photos[0];
        let path = phone.create(*id, photo.len()).await.unwrap().location;
        let asked = Client::new().head(format!("{}{}", program.url, path.unwrap()));
        let asked = asked
            .bearer_auth(&self.token)
            .header("Tus-Resumable", "1.0.0");
        let told = asked.send().await.unwrap();
        let receipt = told.headers()["Liangxin-Receipt"].to_str().unwrap();
        receipt.to_owned()
    }

    /// Whether a receipt names exactly these photos, by the keys that the program publishes.
    async fn is_true(&self, program: &Program, receipt: &str) -> bool {
        let keys = format!("{}/.well-known/liangxin-keys.json", program.url);
        let keys = Client::new().get(keys).send().await.unwrap();
        let keys = PublicKeys::parse(&keys.bytes().await.unwrap()).unwrap();
        let holding = check_receipt(&keys, receipt).unwrap();
        let mut stated: Vec<_> = holding.photos.into_iter().map(|it| it.sha256).collect();
        let photos = self.photos.iter();
        let mut sent: Vec<_> = photos.map(|it| sha256(&it.1).to_string()).collect();
        stated.sort_unstable();
        sent.sort_unstable();
        stated == sent
    }
}

/// Kills the program with photos on their way, and once more while they are put together, again and again.
async fn killed_at_random(engine: Engine, seed: u64) {
    let ground = Ground::of(engine).await;
    let mut chance = Chance::of(seed);
    let mut program = ground.serve().await;
    let sending = Sending::begin(&program, &mut chance).await;
    let proxy = Proxy::open(address(&program.url)).await;
    proxy.set(Way::Line {
        bytes_per_second: 1_500_000,
        cut_after_bytes: 1_000_000,
    });
    let phone = Tus::new(&by_way_of(&proxy), &sending.token);
    let kills = async {
        for _ in 0..3 {
            tokio::time::sleep(Duration::from_millis(chance.between(1, 400))).await;
            program.kill();
            program = ground.serve().await;
            proxy.lead_to(address(&program.url));
        }
    };
    tokio::join!(sending.send(&phone), kills);
    sending.send(&phone).await;
    let receipt = sending.receipt(&program).await;
    assert!(sending.is_true(&program, &receipt).await, "{receipt}");
    for given in phone.receipts() {
        assert_eq!(given, receipt, "what was signed before a kill still holds");
    }
    program.kill();
    let db = Db::connect(&ground.url(), 1).await.unwrap();
    assert_eq!(count(&db, "event", "kind = 'photo_stored'").await, 3);
    assert_eq!(count(&db, "photo", "stored_at IS NULL").await, 0);
    assert_eq!(count(&db, "holding_receipt", "TRUE").await, 1);
    assert_eq!(count(&db, "event", "kind = 'holding_signed'").await, 1);
    db.close().await.unwrap();
    let originals = ground.store.originals();
    assert_eq!(originals.len(), 3);
    for (name, bytes) in originals {
        assert_eq!(sha256(&bytes).to_string(), name);
    }
    ground.remove().await;
}

/// `LIANGXIN_TEST_KILLS` says how many runs on each, or which, as `118..200`; a few by default.
fn seeds() -> Range<u64> {
    let wanted = variable("LIANGXIN_TEST_KILLS").unwrap_or_else(|| "3".to_owned());
    let (first, end) = wanted.split_once("..").unwrap_or(("0", &wanted));
    let seed = |text: &str| text.parse().unwrap_or_else(|_| panic!("no seed: {text}"));
    seed(first)..seed(end)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_is_killed_at_random_moments_loses_no_photo_and_doubles_none() {
    for seed in seeds() {
        for engine in Engine::available() {
            eprintln!("killed on {engine}, seed {seed}");
            killed_at_random(engine, seed).await;
        }
    }
}
