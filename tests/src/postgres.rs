//! A real PostgreSQL for the tests.
//!
//! Owns the one server that a test process uses: the one named by `TEST_DATABASE_URL`, or a private throw-away
//! cluster made from an installed PostgreSQL 15 or newer. It knows nothing of tables, migrations or fixtures: it
//! hands out empty databases.
//!
//! The server belongs to the process, so `cargo test` is the command to use: its one integration binary starts one
//! cluster and shares it. A runner with a process for each test (cargo-nextest) works too, but every test then pays
//! for a cluster of its own, about two seconds.

use std::collections::BTreeSet;
use std::hash::{BuildHasher as _, RandomState};
use std::io::Write as _;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::{Mutex, OnceLock, PoisonError};

use anyhow::ensure;
use sea_orm::{ConnectOptions, ConnectionTrait as _, Database, DatabaseConnection};

use crate::cluster::{Cluster, Commits};

/// The oldest major version that the tests accept; production asks for the same.
pub const OLDEST_VERSION: u32 = 15;

/// A PostgreSQL server in which the tests may make databases.
#[derive(Debug)]
pub struct Server {
    url: String,
    /// Held for as long as this process lives: its end removes the cluster.
    _cluster: Option<Cluster>,
}

/// The server of this test process, started by the first call.
///
/// `None` means that no PostgreSQL 15 or newer is installed: said once on standard error, and the tests go on with
/// SQLite alone. Panics if a server was named or found and does not work, or if `LIANGXIN_TEST_REQUIRE=1`.
pub fn server() -> Option<&'static Server> {
    static SERVER: OnceLock<Option<Server>> = OnceLock::new();
    SERVER
        .get_or_init(|| match start() {
            Ok(Some(server)) => Some(server),
            Ok(None) => {
                absent("no PostgreSQL 15+ found");
                None
            }
            Err(error) => panic!("the PostgreSQL for the tests did not start: {error:#}"),
        })
        .as_ref()
}

/// Says once, past the capture of the test runner, that a real part is missing and its tests are skipped.
///
/// Panics if `LIANGXIN_TEST_REQUIRE=1`: where everything is installed on purpose, a skipped test is a failed one.
pub fn absent(what: &'static str) {
    static SAID: Mutex<BTreeSet<&str>> = Mutex::new(BTreeSet::new());
    let required = variable("LIANGXIN_TEST_REQUIRE").as_deref() == Some("1");
    assert!(
        !required,
        "{what}, and LIANGXIN_TEST_REQUIRE=1 forbids to skip"
    );
    let mut said = SAID.lock().unwrap_or_else(PoisonError::into_inner);
    if said.insert(what) {
        // Not `eprintln!`: the test runner keeps that to itself while the test passes. Nobody reads a closed stream.
        let _ = writeln!(std::io::stderr(), "skipped: {what}");
    }
}

/// Where a program of the newest installed PostgreSQL is, such as `pgbench`.
pub fn tool(name: &str) -> Option<PathBuf> {
    let beside = installation().map(|bin| bin.join(name));
    beside.filter(|tool| tool.is_file())
}

/// A variable of the environment, if it is set to something.
#[expect(
    clippy::disallowed_methods,
    reason = "the tests are configured by the environment alone"
)]
pub fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

impl Server {
    /// The administrator's URL: a role that may create and drop databases.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Creates an empty database with a name never used before and returns its URL.
    pub async fn create_database(&self) -> String {
        let created = create_database_on(&self.url).await;
        created.unwrap_or_else(|error| panic!("PostgreSQL made no database: {error}"))
    }

    /// Drops a database made by [`Server::create_database`], cutting the connections that are still open to it.
    pub async fn drop_database(&self, url: &str) {
        let dropped = drop_database_on(&self.url, url).await;
        dropped.unwrap_or_else(|error| panic!("PostgreSQL keeps {url}: {error}"));
    }
}

/// Creates an empty database with a name never used before on the server of an administrator's URL; answers its URL.
pub async fn create_database_on(administrator: &str) -> Result<String, sea_orm::DbErr> {
    let name = unused_name();
    // template0, because nobody can be connected to it: a copy of template1 fails while anybody is.
    let statement = format!("CREATE DATABASE {name} TEMPLATE template0");
    administer(administrator, &statement).await?;
    Ok(with_database(administrator, &name))
}

/// Drops a database, cutting the connections that are still open to it. Panics if these tests did not make it.
pub async fn drop_database_on(administrator: &str, url: &str) -> Result<(), sea_orm::DbErr> {
    let name = database_of(url);
    assert!(
        name.starts_with("liangxin_test_"),
        "{name:?} was not made by these tests, so it stays"
    );
    let statement = format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)");
    administer(administrator, &statement).await
}

/// One statement on a connection of its own: a pool cannot be shared, since each test has its own runtime.
async fn administer(administrator: &str, statement: &str) -> Result<(), sea_orm::DbErr> {
    let connection = connect(administrator).await?;
    connection.execute_unprepared(statement).await?;
    connection.close().await
}

async fn connect(url: &str) -> Result<DatabaseConnection, sea_orm::DbErr> {
    let mut options = ConnectOptions::new(url);
    options.max_connections(1).sqlx_logging(false);
    Database::connect(options).await
}

fn start() -> anyhow::Result<Option<Server>> {
    if let Some(url) = variable("TEST_DATABASE_URL") {
        return Ok(Some(Server {
            url,
            _cluster: None,
        }));
    }
    match installation() {
        Some(programs) => {
            let cluster = Cluster::start(&programs, Commits::Loose)?;
            Ok(Some(Server {
                url: cluster.url().to_owned(),
                _cluster: Some(cluster),
            }))
        }
        None => Ok(None),
    }
}

/// The directory with the programs of the newest installed PostgreSQL that is new enough.
pub(crate) fn installation() -> Option<PathBuf> {
    let packaged = std::fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten();
    let packaged = packaged.map(|version| version.path().join("bin"));
    // On the search path there may be a link to one of the programs alone: the others lie where it points to.
    let linked = ["pg_ctl", "initdb", "postgres"]
        .into_iter()
        .filter_map(|program| {
            let found = output("sh", &["-c", "command -v \"$0\"", program]).ok()?;
            Some(std::fs::canonicalize(found).ok()?.parent()?.to_path_buf())
        });
    let complete = |bin: &PathBuf| {
        ["initdb", "pg_ctl", "postgres"]
            .iter()
            .all(|name| bin.join(name).is_file())
    };
    packaged
        .chain(linked)
        .filter(complete)
        .filter_map(|bin| {
            Some((
                major_version(&output(bin.join("postgres"), &["--version"]).ok()?)?,
                bin,
            ))
        })
        .filter(|(version, _)| *version >= OLDEST_VERSION)
        .max()
        .map(|(_, bin)| bin)
}

/// `15` of `postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)`, `18` of `postgres (PostgreSQL) 18beta1`.
fn major_version(said: &str) -> Option<u32> {
    let version = said
        .split_whitespace()
        .find(|word| word.starts_with(|first: char| first.is_ascii_digit()))?;
    version
        .split(|c: char| !c.is_ascii_digit())
        .next()?
        .parse()
        .ok()
}

pub(crate) fn output(
    program: impl AsRef<std::ffi::OsStr>,
    arguments: &[&str],
) -> anyhow::Result<String> {
    let output = Command::new(&program)
        .args(arguments)
        .stdin(Stdio::null())
        .output()?;
    ensure!(
        output.status.success(),
        "{} {arguments:?}: {}",
        program.as_ref().display(),
        output.status
    );
    Ok(String::from_utf8(output.stdout)?.trim().to_owned())
}

/// Random as the keys of a hash map are: a server that outlives the process must not see a name twice.
fn unused_name() -> String {
    let random = || RandomState::new().hash_one("database");
    format!("liangxin_test_{:016x}{:016x}", random(), random())
}

/// The same URL with another database; what follows a `?` stays.
fn with_database(url: &str, name: &str) -> String {
    let (address, options) = url.split_at(url.find('?').unwrap_or(url.len()));
    let authority = address.find("://").map_or(0, |scheme| scheme + 3);
    let end = address[authority..]
        .find('/')
        .map_or(address.len(), |slash| authority + slash);
    format!("{}/{name}{options}", &address[..end])
}

/// The name of the database in a URL.
fn database_of(url: &str) -> &str {
    let address = url.split('?').next().unwrap_or(url);
    address.rsplit('/').next().unwrap_or(address)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_database_in_a_url_is_replaced_and_the_options_stay() {
        let admin = "postgres://me:p%2F@host:5433/postgres?sslmode=disable";
        assert_eq!(
            with_database(admin, "x"),
            "postgres://me:p%2F@host:5433/x?sslmode=disable"
        );
        assert_eq!(with_database("postgres://host", "x"), "postgres://host/x");
        assert_eq!(database_of(&with_database(admin, "x")), "x");
    }

    #[test]
    fn the_major_version_is_read_from_what_the_server_says() {
        assert_eq!(
            major_version("postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)"),
            Some(15)
        );
        assert_eq!(major_version("postgres (PostgreSQL) 18beta1"), Some(18));
        assert_eq!(major_version("no number"), None);
    }

    #[tokio::test]
    async fn every_created_database_is_a_new_one_and_gone_after_the_drop() {
        let Some(server) = server() else { return };
        let (one, other) = (
            server.create_database().await,
            server.create_database().await,
        );
        for url in [&one, &other] {
            let database = connect(url).await.unwrap();
            database
                .execute_unprepared("CREATE TABLE 量信 (id uuid PRIMARY KEY)")
                .await
                .unwrap();
            server.drop_database(url).await;
            assert!(connect(url).await.is_err());
        }
    }
}
