//! A database for each test, with the fixtures in it.
//!
//! Migrations and fixtures take a second, copying takes milliseconds: the first test of a process makes a template for
//! each engine, every test gets a copy. It knows nothing of what a test does with its copy.

use std::fmt;
use std::io::Read as _;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};

use anyhow::Context as _;
use flate2::read::GzDecoder;
use liangxin_app::work::Db;
use sea_orm::{ConnectOptions, ConnectionTrait as _, Database};
use tempfile::TempDir;
use tokio::sync::OnceCell;

use crate::app;
use crate::postgres::{self, Server};

/// The two databases that the program runs on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    /// A file, as in the demo.
    Sqlite,
    /// A server, as in production.
    Postgres,
}

impl Engine {
    /// The engines that can be tested here; PostgreSQL only where one is installed or named.
    pub fn available() -> Vec<Self> {
        match postgres::server() {
            Some(_) => vec![Self::Sqlite, Self::Postgres],
            None => vec![Self::Sqlite],
        }
    }
}

impl fmt::Display for Engine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Sqlite => "SQLite",
            Self::Postgres => "PostgreSQL",
        })
    }
}

/// A test's own copy of the template.
#[derive(Debug)]
pub struct TestDatabase {
    url: String,
    place: Place,
}

#[derive(Debug)]
enum Place {
    /// Removed with the value.
    Directory(#[expect(dead_code, reason = "held for its Drop")] TempDir),
    /// Removed by [`TestDatabase::remove`], because that takes a connection.
    Server(&'static Server),
}

impl TestDatabase {
    /// Copies the template of an engine. Panics if it cannot.
    pub async fn copy(engine: Engine) -> Self {
        let copied = match engine {
            Engine::Sqlite => copy_file().await,
            Engine::Postgres => copy_on_server().await,
        };
        copied.unwrap_or_else(|error| panic!("no {engine} database for the test: {error:#}"))
    }

    /// A database that the version before filled, as it left it. Panics if it cannot be loaded.
    pub async fn stored(engine: Engine) -> Self {
        let loaded = match engine {
            Engine::Sqlite => load_file().await,
            Engine::Postgres => load_on_server().await,
        };
        loaded.unwrap_or_else(|error| panic!("no stored {engine} database: {error:#}"))
    }

    /// The URL, as the settings take it.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Removes the copy, cutting whoever is still connected.
    pub async fn remove(self) {
        if let Place::Server(server) = self.place {
            server.drop_database(&self.url).await;
        }
    }
}

async fn copy_file() -> anyhow::Result<TestDatabase> {
    static TEMPLATE: OnceCell<Vec<u8>> = OnceCell::const_new();
    let template = TEMPLATE.get_or_try_init(make_file).await?;
    let directory = tempfile::tempdir().context("make a directory")?;
    let path = directory.path().join("liangxin.db");
    std::fs::write(&path, template).context("copy the template")?;
    Ok(TestDatabase {
        url: file_url(&path),
        place: Place::Directory(directory),
    })
}

async fn make_file() -> anyhow::Result<Vec<u8>> {
    let directory = tempfile::tempdir().context("make a directory")?;
    let path = directory.path().join("template.db");
    fill(&file_url(&path)).await?;
    std::fs::read(&path).context("read the template")
}

fn file_url(path: &Path) -> String {
    format!("sqlite://{}?mode=rwc", path.display())
}

async fn copy_on_server() -> anyhow::Result<TestDatabase> {
    static TEMPLATE: OnceCell<String> = OnceCell::const_new();
    static COPIES: AtomicU64 = AtomicU64::new(1);
    let server = postgres::server().context("there is no PostgreSQL")?;
    let template = TEMPLATE
        .get_or_try_init(|| async {
            let url = server.create_database().await;
            fill(&url).await.map(|()| url)
        })
        .await?;
    // The name of the template occurs once in its URL, and it is random: no other process has the same.
    let (_, name) = template
        .rsplit_once('/')
        .context("the URL of the template")?;
    let name = name.split('?').next().unwrap_or(name);
    let copy = format!("{name}_{}", COPIES.fetch_add(1, Ordering::Relaxed));
    let mut options = ConnectOptions::new(server.url());
    options.max_connections(1).sqlx_logging(false);
    let administrator = Database::connect(options).await?;
    administrator
        .execute_unprepared(&format!("CREATE DATABASE {copy} TEMPLATE {name}"))
        .await
        .context("copy the template")?;
    administrator.close().await?;
    Ok(TestDatabase {
        url: template.replace(name, &copy),
        place: Place::Server(server),
    })
}

async fn load_file() -> anyhow::Result<TestDatabase> {
    let directory = tempfile::tempdir().context("make a directory")?;
    let url = file_url(&directory.path().join("stored.db"));
    load(&url, include_bytes!("../stored/sqlite.sql.gz")).await?;
    Ok(TestDatabase {
        url,
        place: Place::Directory(directory),
    })
}

async fn load_on_server() -> anyhow::Result<TestDatabase> {
    let server = postgres::server().context("there is no PostgreSQL")?;
    let url = server.create_database().await;
    load(&url, include_bytes!("../stored/postgres.sql.gz")).await?;
    Ok(TestDatabase {
        url,
        place: Place::Server(server),
    })
}

/// Runs a compressed dump on a connection of its own, because a dump changes the settings of its session.
async fn load(url: &str, dump: &[u8]) -> anyhow::Result<()> {
    let mut statements = String::new();
    GzDecoder::new(dump)
        .read_to_string(&mut statements)
        .context("unpack the dump")?;
    let mut options = ConnectOptions::new(url);
    options.max_connections(1).sqlx_logging(false);
    let connection = Database::connect(options).await?;
    connection.execute_unprepared(&statements).await?;
    connection.close().await.context("let go of the database")
}

/// Migrates an empty database, loads the fixtures, and lets go of it completely.
async fn fill(url: &str) -> anyhow::Result<()> {
    let parts = app::parts(connect(url, 1).await?, 0)?;
    liangxin::boot::migrate(&parts.db).await?;
    liangxin_demo::fixtures::load(&parts)
        .await
        .context("load the fixtures")?;
    // A file is whole only after its last connection is closed, and a template that is in use cannot be copied.
    parts.db.close().await?;
    Ok(())
}

/// Connects to a database that lives no longer than this process. SQLite waits for no disk, as PostgreSQL does not
/// (`cluster.rs`): the machine under the tests does not lose its power, and a commit takes microseconds, not milliseconds.
pub(crate) async fn connect(url: &str, connections: u32) -> anyhow::Result<Db> {
    let db = Db::connect(url, connections).await.context("connect")?;
    if !db.is_postgres() {
        let careless = db.writer().execute_unprepared("PRAGMA synchronous = OFF");
        careless.await.context("wait for no disk")?;
    }
    Ok(db)
}
