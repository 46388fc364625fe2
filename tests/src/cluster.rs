//! A private throw-away cluster of PostgreSQL, made from installed programs.
//!
//! Owns the server process: it is made, restarted and removed here. It knows nothing of what is in it.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::TcpListener;
use std::os::unix::process::CommandExt as _;
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::{Mutex, PoisonError};

use anyhow::{Context as _, bail, ensure};
use strum::Display;

use crate::postgres::output;

/// The user that runs the cluster when the tests run as root, which PostgreSQL refuses to do.
const SERVER_USER: &str = "postgres";

/// Free ports offered to the cluster. More than one, because another process may take a port between the moment
/// it was found free and the moment PostgreSQL binds it.
const PORT_CANDIDATES: usize = 5;

/// Makes, runs, restarts and removes the cluster. Arguments: directory of the PostgreSQL programs, directory to work
/// in, `synchronous_commit`, ports. Each line of its standard input is how to stop before a restart.
///
/// It outlives the test process on purpose. The kernel closes the pipe on standard input however that process ends,
/// `kill -9` included; only then does the script stop the server and delete everything it made.
const WATCHDOG: &str = r#"
set -u
umask 077
trap '' HUP INT TERM PIPE
bin=$1
place=$2
commits=$3
shift 3
# A copy of the template is a thousand files, and a file system on a disk takes longer to make them than a test to run.
# In memory, where there is plenty; what measures commits stays where a server would.
plenty=8388608
room=$(df -kP /dev/shm 2>/dev/null | awk 'END { print $4 }')
left=$(awk '/^MemAvailable:/ { print $2 }' /proc/meminfo 2>/dev/null)
if [ "$commits" = off ] && [ -w /dev/shm ] && [ "${room:-0}" -ge $plenty ] && [ "${left:-0}" -ge $plenty ]; then
    place=/dev/shm
fi
root=$(mktemp -d "$place/liangxin-postgres-XXXXXX") || exit 1
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
random_page_cost = 1.1
fsync = off
synchronous_commit = $commits
full_page_writes = off
wal_level = minimal
max_wal_senders = 0
CONF
for port in "$@"; do
    if "$bin/pg_ctl" -D "$data" -l "$root/log" -o "-p $port" -t 60 -w start >/dev/null 2>&1 </dev/null; then
        echo "ready $port"
        while read -r how; do
            "$bin/pg_ctl" -D "$data" -l "$root/log" -o "-p $port" -m "$how" -t 60 -w restart >/dev/null 2>&1 </dev/null ||
                refuse "pg_ctl restart"
            echo "restarted"
        done
        exit 0
    fi
done
refuse "pg_ctl start"
"#;

/// What a commit waits for. `fsync` is off in both, since the machine under the tests does not lose its power.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Commits {
    /// Nothing: fast, and a server that is stopped at once may lose the last ones.
    Loose,
    /// That the kernel has them: what was acknowledged survives the death of the server.
    Kept,
}

/// How a server is stopped before it starts again; the words of `pg_ctl`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Display)]
#[strum(serialize_all = "lowercase")]
pub enum Stop {
    /// Whoever is connected is cut, and what they had begun is rolled back.
    Fast,
    /// As a crash: the next start recovers.
    Immediate,
}

/// A running cluster. Dropping it removes everything.
#[derive(Debug)]
pub struct Cluster {
    url: String,
    pipes: Mutex<Pipes>,
}

/// The way to the watchdog and back. The end of `orders` tells it to clean up.
#[derive(Debug)]
struct Pipes {
    orders: ChildStdin,
    answers: BufReader<ChildStdout>,
}

impl Cluster {
    /// Makes and starts one from the programs in a directory.
    pub(crate) fn start(programs: &Path, commits: Commits) -> anyhow::Result<Self> {
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
        command.arg(match commits {
            Commits::Loose => "off",
            Commits::Kept => "on",
        });
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
        let mut pipes = Pipes::of(&mut watchdog)?;
        let said = pipes.answer()?;
        let port = said.strip_prefix("ready ");
        let port: u16 = port
            .with_context(|| said.clone())?
            .parse()
            .context("the port of PostgreSQL")?;
        Ok(Self {
            url: format!("postgres://postgres@127.0.0.1:{port}/postgres"),
            pipes: Mutex::new(pipes),
        })
    }

    /// The administrator's URL.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Stops the server and starts it again on the same port; it takes connections when this returns. Blocks.
    pub fn restart(&self, how: Stop) -> anyhow::Result<()> {
        let mut pipes = self.pipes.lock().unwrap_or_else(PoisonError::into_inner);
        writeln!(pipes.orders, "{how}")?;
        let said = pipes.answer()?;
        ensure!(said == "restarted", "{said}");
        Ok(())
    }
}

impl Pipes {
    fn of(watchdog: &mut Child) -> anyhow::Result<Self> {
        let orders = watchdog.stdin.take();
        let answers = watchdog.stdout.take();
        Ok(Self {
            orders: orders.context("the watchdog of PostgreSQL has no input")?,
            answers: BufReader::new(answers.context("the watchdog of PostgreSQL has no output")?),
        })
    }

    /// What it says next; all that it says if it gives up.
    fn answer(&mut self) -> anyhow::Result<String> {
        let mut said = String::new();
        while self.answers.read_line(&mut said)? > 0 {
            if said.starts_with("ready ") || said.starts_with("restarted") {
                return Ok(said.trim().to_owned());
            }
        }
        bail!("no server came up\n{said}")
    }
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
