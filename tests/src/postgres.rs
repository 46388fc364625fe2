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
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::TcpListener;
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::{Mutex, OnceLock, PoisonError};

use anyhow::{Context as _, bail, ensure};
use sea_orm::{ConnectOptions, ConnectionTrait as _, Database, DatabaseConnection};

/// The oldest major version that the tests accept; production asks for the same.
pub const OLDEST_VERSION: u32 = 15;

/// The user that runs the cluster when the tests run as root, which PostgreSQL refuses to do.
const SERVER_USER: &str = "postgres";

/// Free ports offered to the cluster. More than one, because another process may take a port between the moment
/// it was found free and the moment PostgreSQL binds it.
const PORT_CANDIDATES: usize = 5;

/// Makes, runs and removes the cluster. Arguments: directory of the PostgreSQL programs, directory to work in, ports.
///
/// It outlives the test process on purpose. The kernel closes the pipe on standard input however that process ends,
/// `kill -9` included; only then does the script stop the server and delete everything it made.
const WATCHDOG: &str = r#"
set -u
umask 077
trap '' HUP INT TERM PIPE
bin=$1
root=$(mktemp -d "$2/liangxin-postgres-XXXXXX") || exit 1
shift 2
cd "$root" || exit 1
data=$root/data
finish() {
    if [ -f "$data/postmaster.pid" ]; then
        "$bin/pg_ctl" -D "$data" -m fast -t 10 -w stop || "$bin/pg_ctl" -D "$data" -m immediate -t 10 -w stop
    fi >"$root/stop.log" 2>&1 </dev/null
    cd / && rm -rf "$root"
}
trap finish EXIT
refuse() {
    echo "failed: $1"
    tail -n 20 "$root/log" 2>/dev/null
    exit 1
}
"$bin/initdb" -D "$data" -U postgres --auth=trust -E UTF8 --locale=C --no-sync >"$root/log" 2>&1 </dev/null ||
    refuse "initdb"
cat >>"$data/postgresql.conf" <<CONF
listen_addresses = '127.0.0.1'
unix_socket_directories = '$root'
max_connections = 200
fsync = off
synchronous_commit = off
full_page_writes = off
wal_level = minimal
max_wal_senders = 0
CONF
for port in "$@"; do
    if "$bin/pg_ctl" -D "$data" -l "$root/log" -o "-p $port" -t 60 -w start >/dev/null 2>&1 </dev/null; then
        echo "ready $port"
        cat >/dev/null
        exit 0
    fi
done
refuse "pg_ctl start"
"#;

/// A PostgreSQL server in which the tests may make databases.
#[derive(Debug)]
pub struct Server {
    url: String,
    /// Held open for as long as this process lives: its end tells the watchdog to clean up.
    _lifeline: Option<ChildStdin>,
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

/// A variable of the environment, if it is set to something.
#[expect(
    clippy::disallowed_methods,
    reason = "the tests are configured by the environment alone"
)]
pub(crate) fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

impl Server {
    /// The administrator's URL: a role that may create and drop databases.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Creates an empty database with a name never used before and returns its URL.
    pub async fn create_database(&self) -> String {
        let name = unused_name();
        // template0, because nobody can be connected to it: a copy of template1 fails while anybody is.
        self.administer(&format!("CREATE DATABASE {name} TEMPLATE template0"))
            .await;
        with_database(&self.url, &name)
    }

    /// Drops a database made by [`Server::create_database`], cutting the connections that are still open to it.
    pub async fn drop_database(&self, url: &str) {
        let name = database_of(url);
        assert!(
            name.starts_with("liangxin_test_"),
            "{name:?} was not made by these tests, so it stays"
        );
        self.administer(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
            .await;
    }

    /// One statement on a connection of its own: a pool cannot be shared, since each test has its own runtime.
    async fn administer(&self, statement: &str) {
        let outcome = async {
            let connection = connect(&self.url).await?;
            connection.execute_unprepared(statement).await?;
            connection.close().await
        };
        outcome
            .await
            .unwrap_or_else(|error| panic!("PostgreSQL refused `{statement}`: {error}"));
    }
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
            _lifeline: None,
        }));
    }
    match installation() {
        Some(programs) => start_cluster(&programs).map(Some),
        None => Ok(None),
    }
}

fn start_cluster(programs: &Path) -> anyhow::Result<Server> {
    let mut command = Command::new("sh");
    command
        .args(["-c", WATCHDOG, "liangxin-test-postgres"])
        .arg(programs);
    if output("id", &["-u"])? == "0" {
        let uid = output("id", &["-u", SERVER_USER])
            .context("root needs a user `postgres` to run the server")?;
        let gid = output("id", &["-g", SERVER_USER])?;
        command.uid(uid.parse()?).gid(gid.parse()?);
        // The directory named by TMPDIR may be closed to that user.
        command.arg("/tmp");
    } else {
        command.arg(std::env::temp_dir());
    }
    command.args(free_ports()?.iter().map(u16::to_string));
    // A group of its own: an interrupt at the terminal must not end the watchdog before its work.
    command
        .process_group(0)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null());
    let mut watchdog = command
        .spawn()
        .context("start the watchdog of PostgreSQL")?;
    let port = wait_until_ready(&mut watchdog)?;
    Ok(Server {
        url: format!("postgres://postgres@127.0.0.1:{port}/postgres"),
        _lifeline: watchdog.stdin.take(),
    })
}

fn wait_until_ready(watchdog: &mut Child) -> anyhow::Result<u16> {
    let output = watchdog
        .stdout
        .take()
        .context("the watchdog of PostgreSQL has no output")?;
    let mut said = String::new();
    for line in BufReader::new(output).lines() {
        let line = line?;
        if let Some(port) = line.strip_prefix("ready ") {
            return port.parse().context("the port of PostgreSQL");
        }
        said.push_str(&line);
        said.push('\n');
    }
    bail!("no server came up\n{said}")
}

/// The directory with the programs of the newest installed PostgreSQL that is new enough.
fn installation() -> Option<PathBuf> {
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

fn output(program: impl AsRef<std::ffi::OsStr>, arguments: &[&str]) -> anyhow::Result<String> {
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

fn free_ports() -> std::io::Result<Vec<u16>> {
    // All bound at the same time, so that they differ.
    let listeners: Vec<_> = (0..PORT_CANDIDATES)
        .map(|_| TcpListener::bind(("127.0.0.1", 0)))
        .collect::<Result<_, _>>()?;
    listeners
        .iter()
        .map(|listener| Ok(listener.local_addr()?.port()))
        .collect()
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
