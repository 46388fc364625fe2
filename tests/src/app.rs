//! The application under test: the program's own, with a manual clock, seeded ids, and mail and objects in memory,
//! over a database that nobody else touches.

use std::collections::BTreeSet;
use std::fs::Permissions;
use std::os::unix::fs::PermissionsExt as _;
use std::panic::{AssertUnwindSafe, resume_unwind};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use anyhow::Context as _;
use chrono::{DateTime, TimeDelta, Utc};
use futures_util::FutureExt as _;
use liangxin_app::app::{App, Law, sha256};
use liangxin_app::budget::DraftRoom;
use liangxin_app::caller::Caller;
use liangxin_app::ports::{
    clock::Clock,
    evidence_keys::EvidenceKeys,
    identity_keys::IdentityKeys,
    ids::Ids,
    key_files::{KeyDirectory, SECRET, SIGNING},
    keys::Keys,
    mailer::{Mail, Mailer},
    objects::Objects,
};
use liangxin_app::receivings::Receivings;
use liangxin_app::shelf::Shelf;
use liangxin_app::spool::Spool;
use liangxin_app::usecase::correspondence::{self, Use};
use liangxin_app::work::Db;
use liangxin_app::{jobs, reference, store, turns::Turns, unaccepted::Unaccepted};
use liangxin_domain::accounts::second_factor::Demand;
use liangxin_domain::actor::Actor;
use liangxin_domain::refusal::Lang;
use sea_orm::ConnectionTrait as _;
use tokio::sync::watch;
use uuid::Uuid;

use crate::census::Census;
use crate::database::{self, Engine, TestDatabase};
use crate::postgres::variable;
use crate::session::{Session, Who};

/// When every test begins: nine o'clock on a Monday morning in China.
pub const START: &str = "2026-11-23T01:00:00Z";

/// The application under test. Clones share everything.
#[derive(Clone)]
pub struct TestApp {
    parts: App,
    seed: u64,
    connections: u32,
    url: Arc<str>,
    known: Arc<Known>,
}

/// What a test told its application.
#[derive(Debug, Default)]
struct Known {
    /// People whose device is in the database already.
    signed_in: Mutex<BTreeSet<String>>,
    leaves_jobs: AtomicBool,
}

/// Runs a test on SQLite, then on PostgreSQL if there is one, and says on which it failed.
///
/// The pool has one connection, so that work which asks the pool while it holds a transaction fails here and not in
/// production. A test that leaves jobs behind fails.
pub async fn on_both(test: impl AsyncFn(TestApp)) {
    on_both_connected(1, test).await;
}

/// As [`on_both`], with a pool of `connections`: for what happens at the same time.
pub async fn on_both_connected(connections: u32, test: impl AsyncFn(TestApp)) {
    for engine in Engine::available() {
        let database = TestDatabase::copy(engine).await;
        let app = TestApp::open(database.url(), connections).await;
        on(engine, database, app, &test).await;
    }
}

/// As [`on_both`], over the database that the version before filled, with the keys it was filled with.
pub async fn on_stored(test: impl AsyncFn(TestApp)) {
    for engine in Engine::available() {
        let database = TestDatabase::stored(engine).await;
        let app = TestApp::open(database.url(), 1).await.with(|parts| {
            let keys = stored_keys();
            (parts.keys, parts.identity_keys) =
                keys.unwrap_or_else(|error| panic!("the stored keys cannot be read: {error:#}"));
        });
        on(engine, database, app, &test).await;
    }
}

async fn on(engine: Engine, database: TestDatabase, app: TestApp, test: &impl AsyncFn(TestApp)) {
    // The story of a test is large without optimization, and every frame above it would hold it.
    let run = Box::pin(async {
        test(app.clone()).await;
        app.assert_no_jobs_left().await;
    });
    let outcome = AssertUnwindSafe(run).catch_unwind().await;
    let closed = app.parts.db.close().await;
    database.remove().await;
    if let Err(panic) = outcome {
        eprintln!("failed on {engine}, seed {}", app.seed);
        resume_unwind(panic);
    }
    if let Err(error) = closed {
        panic!("the {engine} database did not close: {error}");
    }
}

impl TestApp {
    /// The application over a database that has the fixtures. Panics if it does not open.
    pub async fn open(url: &str, connections: u32) -> Self {
        let seed = seed();
        let opened = async { parts(database::connect(url, connections).await?, seed) };
        let parts = opened
            .await
            .unwrap_or_else(|error| panic!("the application did not open: {error:#}"));
        Self {
            parts,
            seed,
            connections,
            url: url.into(),
            known: Arc::default(),
        }
    }

    /// The same application with other parts, over the same database.
    pub fn with(&self, change: impl FnOnce(&mut App)) -> Self {
        let mut parts = self.parts.clone();
        change(&mut parts);
        Self {
            parts,
            ..self.clone()
        }
    }

    /// The URL of the database.
    pub fn database_url(&self) -> &str {
        &self.url
    }

    /// The program's own application inside.
    pub fn parts(&self) -> &App {
        &self.parts
    }

    /// What the random choices of this test follow from.
    pub fn seed(&self) -> u64 {
        self.seed
    }

    /// Whether one thing happens after the other in this test, so that it tells the same each time.
    pub(crate) fn is_alone(&self) -> bool {
        self.connections == 1
    }

    /// Acts as the person with that key in the fixtures.
    pub fn as_(&self, key: &str) -> Session {
        Session::of(self, Who::Person(key.to_owned()))
    }

    /// Acts as a citizen without account.
    pub fn anonymous(&self) -> Session {
        Session::of(self, Who::Nobody)
    }

    /// Acts as the citizen who holds a receipt code.
    pub fn reporter(&self, receipt_code: &str) -> Session {
        Session::of(self, Who::Reporter(receipt_code.to_owned()))
    }

    /// Acts as whoever holds a token.
    pub fn bearer(&self, token: &str) -> Session {
        Session::of(self, Who::Bearer(token.to_owned()))
    }

    /// The time now.
    pub fn now(&self) -> DateTime<Utc> {
        self.parts.now()
    }

    /// An id as a phone makes one.
    pub fn new_id(&self) -> Uuid {
        self.parts.ids.uuid(self.now())
    }

    /// An id without the time in it.
    pub fn random_id(&self) -> Uuid {
        uuid::Builder::from_random_bytes(self.parts.ids.bytes()).into_uuid()
    }

    /// Moves the clock forward.
    pub fn advance(&self, by: TimeDelta) {
        self.parts.clock.advance(by);
    }

    /// Does every job that is due; answers how many ended well. Panics if one failed.
    pub async fn drain_jobs(&self) -> usize {
        let watcher: jobs::Watcher =
            Box::new(|kind, ended| assert_eq!(ended, jobs::Ended::Done, "the job {kind}"));
        let done = jobs::drain(&self.parts, &watcher).await;
        done.unwrap_or_else(|error| panic!("the jobs could not be done: {error:?}"))
    }

    /// The mails that were sent, oldest first.
    pub fn mails(&self) -> Vec<Mail> {
        self.parts.mailer.kept()
    }

    /// Whoever reads the addresses that were asked so far says that the mails are wanted, by the link in the mail.
    pub async fn confirm_mail(&self) {
        let citizen = Caller {
            actor: Actor::Anonymous,
            address: "203.0.113.7".to_owned(),
            lang: Lang::Zh,
            heard_at: None,
        };
        for mail in self.mails() {
            let Some((_, rest)) = mail.body.split_once(Use::Confirm.path()) else {
                continue;
            };
            let token = rest
                .split_whitespace()
                .next()
                .and_then(|query| query.split_once('='));
            let token = token.map_or("", |(_, token)| token);
            let about = correspondence::find(&self.parts, Use::Confirm, token);
            let about = about.unwrap_or_else(|refusal| panic!("{refusal:?}: {token}"));
            let confirmed = correspondence::confirm(&self.parts, &citizen, about).await;
            confirmed.unwrap_or_else(|error| panic!("the mails could not be confirmed: {error:?}"));
        }
    }

    /// This test ends with jobs that are not done, and that is right.
    pub fn leave_jobs(&self) {
        self.known.leaves_jobs.store(true, Ordering::Relaxed);
    }

    /// Everything in the database and how many objects there are.
    pub async fn census(&self) -> Census {
        Census::take(&self.parts).await
    }

    /// Gives a person of the fixtures one more role.
    pub async fn grant(&self, key: &str, role: &str) {
        let literal = self.literal(liangxin_demo::fixtures::user_id(key).uuid());
        self.execute(&format!(
            "INSERT INTO user_role (user_id, role) VALUES ({literal}, '{role}')"
        ))
        .await;
    }

    /// An id as it stands in a statement.
    pub fn literal(&self, id: Uuid) -> String {
        match self.parts.db.is_postgres() {
            true => format!("'{id}'"),
            false => format!("X'{}'", id.simple()),
        }
    }

    /// Runs a statement that the program itself never would. Panics if the database refuses it.
    pub async fn execute(&self, statement: &str) {
        let done = self.parts.db.writer().execute_unprepared(statement).await;
        done.unwrap_or_else(|error| panic!("the database refused `{statement}`: {error}"));
    }

    /// Notes that a person has a device; true the first time.
    pub(crate) fn is_first_use_of(&self, key: &str) -> bool {
        let mut signed_in = self
            .known
            .signed_in
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        signed_in.insert(key.to_owned())
    }

    async fn assert_no_jobs_left(&self) {
        if self.known.leaves_jobs.load(Ordering::Relaxed) {
            return;
        }
        let open = store::jobs::count_open(&self.parts.db).await;
        let failed = store::jobs::count_failed(&self.parts.db).await;
        match (open, failed) {
            (Ok(0), Ok(0)) => {}
            (Ok(open), Ok(failed)) => panic!(
                "the test leaves {open} jobs to do and {failed} failed ones: drain them, or say that they are left"
            ),
            (Err(error), _) | (_, Err(error)) => panic!("the jobs cannot be counted: {error:?}"),
        }
    }
}

/// The parts of an application over a database: the clock stands still, ids follow from the seed, mail and objects
/// stay in memory.
pub fn parts(db: Db, seed: u64) -> anyhow::Result<App> {
    let ids = Ids::seeded(seed);
    let start = START.parse().context("read the beginning")?;
    Ok(App {
        db,
        clock: Clock::manual(start),
        keys: Arc::new(Keys::in_memory(&ids).ok().context("make the keys")?),
        evidence_keys: Arc::new(
            EvidenceKeys::in_memory(&ids)
                .ok()
                .context("make the keys")?,
        ),
        identity_keys: identity_keys(),
        ids,
        mailer: Arc::new(Mailer::Memory(Mutex::default())),
        objects: Arc::new(Objects::Memory(Mutex::default())),
        spool: Arc::new(Spool::open(
            std::env::temp_dir().join("liangxin-test-spool"),
            0,
        )?),
        receivings: Receivings::default(),
        shelf: Shelf::default(),
        unaccepted: Arc::new(Unaccepted::new(u64::MAX)),
        drafts: DraftRoom::default(),
        law: law(),
        calendars: Arc::default(),
        budgets: Arc::default(),
        public_url: "https://liangxin.example".into(),
        wake: Arc::new(watch::Sender::new(())),
        turns: Arc::new(Turns::new(2)),
        demand: Demand::Optional,
        settling_days: 3,
        tries: Arc::default(),
        listeners: Arc::default(),
        read_item: liangxin_graphql::push::read,
    })
}

/// The identity key of all tests in this process; what it seals is never the same twice anyway.
fn identity_keys() -> Arc<IdentityKeys> {
    static KEYS: OnceLock<Arc<IdentityKeys>> = OnceLock::new();
    Arc::clone(KEYS.get_or_init(|| Arc::new(IdentityKeys::generate())))
}

/// The keys of the database that the version before filled, whose `secret.key` was the secret root itself.
fn stored_keys() -> anyhow::Result<(Arc<Keys>, Arc<IdentityKeys>)> {
    let directory = tempfile::tempdir().context("make a directory")?;
    copy_stored_keys(directory.path());
    let files = KeyDirectory::new(directory.path().to_owned());
    let find = |name| files.find(name)?.context(name);
    let keys = Keys::of(find(SIGNING)?.bytes(), find(SECRET)?.bytes()).ok();
    let identity = IdentityKeys::find(directory.path())?;
    Ok((
        Arc::new(keys.context("make the keys")?),
        Arc::new(identity.context("the identity key")?),
    ))
}

/// Copies the keys of the database that the version before filled, readable by their owner alone as the program made them.
/// Panics if it cannot.
pub fn copy_stored_keys(to: &Path) {
    let copied = || -> std::io::Result<()> {
        std::fs::create_dir_all(to)?;
        for entry in std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/stored/keys"))? {
            let entry = entry?;
            let copy = to.join(entry.file_name());
            std::fs::copy(entry.path(), &copy)?;
            std::fs::set_permissions(&copy, Permissions::from_mode(0o600))?;
        }
        Ok(())
    };
    copied().unwrap_or_else(|error| panic!("the stored keys cannot be copied: {error}"));
}

fn law() -> Arc<Law> {
    static LAW: OnceLock<Arc<Law>> = OnceLock::new();
    let law = LAW.get_or_init(|| match reference::law() {
        Ok(law) => Arc::new(law),
        Err(error) => panic!("the built-in law cannot be read: {error}"),
    });
    Arc::clone(law)
}

/// The seed of this test: `LIANGXIN_TEST_SEED`, or a number that follows from the test's name. It is never that of
/// the template, so that no id of the fixtures is made twice.
fn seed() -> u64 {
    if let Some(seed) = variable("LIANGXIN_TEST_SEED").and_then(|seed| seed.parse().ok()) {
        return seed;
    }
    let thread = std::thread::current();
    let digest = sha256(thread.name().unwrap_or_default().as_bytes());
    let first = digest.bytes().iter().take(4);
    1 + first.fold(0, |seed, byte| seed << 8 | u64::from(*byte))
}
