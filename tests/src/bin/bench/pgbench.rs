//! `pgbench`, which sends statements and throws the answers away: what the database alone can do on this machine.

use std::io::Write as _;
use std::process::{Command, Stdio};
use std::time::Duration;

use anyhow::{Context as _, ensure};
use liangxin_tests::postgres;

/// How often a script was run in a second, with prepared statements as the program has them.
pub fn run(url: &str, script: &str, clients: usize, time: Duration) -> anyhow::Result<f64> {
    let tool = postgres::tool("pgbench").context("pgbench is not beside PostgreSQL")?;
    let mut file = tempfile::NamedTempFile::new()?;
    file.write_all(script.as_bytes())?;
    let output = Command::new(tool)
        .args(["--no-vacuum", "--protocol", "prepared"])
        .args(["--client", &clients.to_string()])
        .args(["--jobs", &clients.min(2).to_string()])
        .args(["--time", &time.as_secs().max(1).to_string()])
        .arg("--file")
        .arg(file.path())
        .arg(url)
        .stdin(Stdio::null())
        .output()
        .context("run pgbench")?;
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let complained = String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.success(), "pgbench: {said}{complained}");
    let line = said.lines().find_map(|line| line.strip_prefix("tps = "));
    let figure = line.and_then(|line| line.split_whitespace().next());
    Ok(figure.with_context(|| said.clone())?.parse()?)
}
