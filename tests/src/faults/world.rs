//! Everything around the program, and the program: made, hurt and mended here.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use anyhow::Context as _;
use liangxin_app::ports::clock::Clock;
use liangxin_app::ports::ids::Ids;
use liangxin_app::ports::key_files::KeyDirectory;
use liangxin_app::ports::keys::Keys;
use liangxin_app::usecase::keys::{self, Named, Start};
use liangxin_app::work::Db;
use tempfile::TempDir;
use tokio::sync::watch;

use crate::cluster::{Cluster, Commits};
use crate::database::Engine;
use crate::post_office::PostOffice;
use crate::postgres::{self, installation};
use crate::program::{self, Program};
use crate::proxy::Proxy;
use crate::s3::{self, S3Server};
use crate::volume::Volume;

use super::plan::Place;

/// How long a start may take after what it needs is there again.
const TO_START: Duration = Duration::from_secs(60);

/// How a part is, as far as the world knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Up,
    Down,
    /// Slow, or in between.
    Unsure,
}

/// What `/readyz` has to agree with, and since when.
#[derive(Debug, Clone, Copy)]
pub(super) struct Known {
    pub(super) program: Part,
    pub(super) database: Part,
    pub(super) objects: Part,
    pub(super) since: Instant,
}

/// The database of a run, and the way to it.
pub(super) enum Database {
    File,
    Server { cluster: Arc<Cluster>, way: Proxy },
}

pub(super) struct World {
    pub(super) engine: Engine,
    pub(super) mail: PostOffice,
    pub(super) known: watch::Sender<Known>,
    pub(super) database: Database,
    /// For whoever looks from outside: not through the way that fails.
    pub(super) database_url: String,
    pub(super) volume: Option<Volume>,
    data: PathBuf,
    store: S3Server,
    pub(super) to_store: Proxy,
    pub(super) to_program: Proxy,
    environment: Vec<(&'static str, String)>,
    program: Mutex<Option<(Program, Instant)>>,
    findings: Mutex<Vec<String>>,
    _directory: TempDir,
}

impl World {
    /// Makes a world in which all is well, and starts the program in it. Panics if it cannot be made.
    pub(super) async fn make(engine: Engine) -> Self {
        let made = Self::try_make(engine).await;
        made.unwrap_or_else(|error| panic!("no world to fail in: {error:#}"))
    }

    async fn try_make(engine: Engine) -> anyhow::Result<Self> {
        let directory = tempfile::tempdir()?;
        let data = directory.path().join("data");
        std::fs::create_dir(&data)?;
        let volume = match engine {
            Engine::Sqlite => Volume::mount(&data),
            Engine::Postgres => None,
        };
        if engine == Engine::Sqlite && volume.is_none() {
            postgres::absent("no small disk can be mounted to be filled");
        }
        let (database, database_url) = database(engine, &data).await?;
        let store = s3::start(&directory.path().join("s3")).await;
        let to_store = Proxy::open(store.address()).await;
        let mail = PostOffice::open().await;
        // Where nothing listens yet.
        let to_program = Proxy::open(SocketAddr::from(([127, 0, 0, 1], 9))).await;
        let mut world = Self {
            engine,
            known: watch::Sender::new(Known {
                program: Part::Unsure,
                database: Part::Up,
                objects: Part::Up,
                since: Instant::now(),
            }),
            environment: Vec::new(),
            mail,
            database,
            database_url,
            volume,
            data,
            store,
            to_store,
            to_program,
            program: Mutex::default(),
            findings: Mutex::default(),
            _directory: directory,
        };
        world.environment = world.settings()?;
        world.start().await;
        Ok(world)
    }

    fn settings(&self) -> anyhow::Result<Vec<(&'static str, String)>> {
        let mut settings = vec![
            ("S3_BUCKET", self.store.bucket.clone()),
            ("S3_ENDPOINT", format!("http://{}", self.to_store.address())),
            ("AWS_ACCESS_KEY_ID", self.store.access_key.clone()),
            ("AWS_SECRET_ACCESS_KEY", self.store.secret_key.clone()),
            ("SMTP_URL", self.mail.url()),
            ("LIANGXIN_PUBLIC_URL", self.url()),
            ("LIANGXIN_DATA", self.data.display().to_string()),
            // The disk is small: what the program keeps free of photos has to fit on it.
            ("LIANGXIN_DISK_RESERVE", "4".to_owned()),
        ];
        if let Database::Server { way, .. } = &self.database {
            let (_, name) = self.database_url.rsplit_once('/').context("no database")?;
            let url = format!("postgres://postgres@{}/{name}", way.address());
            settings.push(("DATABASE_URL", url));
        }
        Ok(settings)
    }

    /// How phones reach the program, wherever it listens.
    pub(super) fn url(&self) -> String {
        format!("http://{}", self.to_program.address())
    }

    /// The program's own address, past the way that fails; none while it is away.
    pub(super) fn program(&self) -> Option<Program> {
        let program = self.program.lock();
        let program = program.unwrap_or_else(PoisonError::into_inner);
        program.as_ref().map(|(program, _)| program.clone())
    }

    /// How long the present process has been there.
    pub(super) fn alive_for(&self) -> Duration {
        let program = self.program.lock();
        let program = program.unwrap_or_else(PoisonError::into_inner);
        program
            .as_ref()
            .map_or(Duration::ZERO, |(_, since)| since.elapsed())
    }

    /// Where something can fail here.
    pub(super) fn places(&self) -> Vec<Place> {
        let mut places = vec![Place::Process, Place::Mail, Place::Objects, Place::Clients];
        if self.volume.is_some() {
            places.push(Place::Disk);
        }
        if matches!(self.database, Database::Server { .. }) {
            places.push(Place::Database);
        }
        places
    }

    /// Runs a command of the program beside it, and answers whether it ended well and what it printed.
    pub(super) fn command(&self, arguments: &[&str]) -> (bool, String) {
        program::said_with(arguments, &self.settings_as_text())
    }

    /// A look at the database from outside. Panics if there is none.
    pub(super) async fn db(&self) -> Db {
        let db = Db::connect(&self.database_url, 1).await;
        db.unwrap_or_else(|error| panic!("the database cannot be looked at: {error}"))
    }

    /// The keys of the program, for whoever asks under which name something went out. Panics if they cannot be read.
    pub(super) async fn keys(&self, db: &Db) -> Keys {
        let place = keys::Place {
            db,
            directory: &KeyDirectory::new(self.data.join("keys")),
            ids: &Ids::system(),
            now: Clock::System.now(),
        };
        let settled = keys::settle(&place, Named::Own, Start::Look).await;
        let settled = settled.unwrap_or_else(|error| panic!("no keys to look with: {error}"));
        settled.keys
    }

    /// Starts the program, again and again while what it needs is away.
    pub(super) async fn start(&self) {
        let began = Instant::now();
        loop {
            let settings = self.settings_as_text();
            match Program::try_serve(&self.data, &settings).await {
                Ok(program) => {
                    let address = program.url.trim_start_matches("http://").parse();
                    if let Ok(address) = address {
                        self.to_program.lead_to(address);
                    }
                    self.set_program(Some(program));
                    return self.note(|known| known.program = Part::Up);
                }
                Err(error) if began.elapsed() > TO_START => {
                    return self.find(format!("the program does not start: {error:#}"));
                }
                Err(_) => tokio::time::sleep(Duration::from_millis(100)).await,
            }
        }
    }

    fn settings_as_text(&self) -> Vec<(&str, &str)> {
        let settings = self.environment.iter();
        settings
            .map(|(name, value)| (*name, value.as_str()))
            .collect()
    }

    pub(super) fn note(&self, change: impl FnOnce(&mut Known)) {
        self.known.send_modify(|known| {
            change(known);
            known.since = Instant::now();
        });
    }

    pub(super) fn set_program(&self, program: Option<Program>) {
        *self.program.lock().unwrap_or_else(PoisonError::into_inner) =
            program.map(|program| (program, Instant::now()));
    }

    /// Keeps what must not be.
    pub(super) fn find(&self, finding: String) {
        let mut findings = self.findings.lock().unwrap_or_else(PoisonError::into_inner);
        findings.push(finding);
    }

    /// What must not be, as far as the world saw it.
    pub(super) fn findings(&self) -> Vec<String> {
        self.read_log();
        let findings = self.findings.lock();
        findings.unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Looks for a panic in the log of the present process; the next one begins the log anew.
    pub(super) fn read_log(&self) {
        let log = std::fs::read_to_string(self.data.join("stderr.log")).unwrap_or_default();
        for line in log.lines().filter(|line| line.contains("panicked at")) {
            self.find(format!("the program says: {line}"));
        }
    }

    /// The last lines of the log, for whoever looks for the reason of a finding.
    pub(super) fn log(&self) -> String {
        let log = std::fs::read_to_string(self.data.join("stderr.log")).unwrap_or_default();
        let lines: Vec<_> = log.lines().collect();
        lines[lines.len().saturating_sub(3)..].join(" | ")
    }

    /// Takes everything away.
    pub(super) async fn end(self) {
        if let Some(program) = self.program() {
            program.kill();
        }
        if let Database::Server { .. } = &self.database
            && let Some(server) = FAULTY.get().and_then(|made| made.as_ref().ok())
        {
            let dropped = postgres::drop_database_on(server.url(), &self.database_url).await;
            dropped.unwrap_or_else(|error| panic!("the database stays: {error:#}"));
        }
    }
}

/// The server of all fault runs of this process: one that keeps what it acknowledged when it crashes.
static FAULTY: std::sync::OnceLock<Result<Arc<Cluster>, String>> = std::sync::OnceLock::new();

async fn database(engine: Engine, data: &Path) -> anyhow::Result<(Database, String)> {
    if engine == Engine::Sqlite {
        let url = format!("sqlite://{}", data.join("liangxin.db").display());
        return Ok((Database::File, url));
    }
    let cluster = FAULTY.get_or_init(|| {
        let programs = installation().ok_or("no PostgreSQL 15+ found")?;
        let cluster = Cluster::start(&programs, Commits::Kept);
        cluster.map(Arc::new).map_err(|error| format!("{error:#}"))
    });
    let cluster = cluster.clone().map_err(anyhow::Error::msg)?;
    let url = postgres::create_database_on(cluster.url()).await?;
    let address = cluster
        .url()
        .split(['@', '/'])
        .nth(3)
        .context("no address")?;
    let way = Proxy::open(address.parse()?).await;
    Ok((Database::Server { cluster, way }, url))
}
