//! How fast the program is beside its database: lists and filings over HTTP against `pgbench` with the same statements, in one run on
//! one machine. PostgreSQL alone; `--release` for figures that count. With `--photos`: searches for look-alikes.
#![expect(clippy::print_stdout, reason = "a command prints")]

mod alike;
mod clients;
mod filing;
mod parts;
mod pgbench;
mod stand;

use std::process::ExitCode;
use std::time::Duration;

use clap::Parser;
use stand::{LISTS, Stand};

/// How many clients there are at the same time.
const CLIENTS: [usize; 3] = [1, 8, 16];

/// Compares the program with pgbench on a full database and on a small one.
#[derive(Debug, Parser)]
struct Arguments {
    /// Reports in the full database; merchants, visits and the rest are in proportion
    #[arg(long, default_value_t = 300_000)]
    reports: u64,
    /// Reports in the small database
    #[arg(long, default_value_t = 3_000)]
    few: u64,
    /// Seconds of each measurement
    #[arg(long, default_value_t = 5)]
    seconds: u64,
    /// Searches for look-alikes among so many photos on both databases, and measures nothing else
    #[arg(long)]
    photos: Option<u64>,
}

// On one thread, as each worker of the program is: what one request names in one go is then loaded in one go here too.
#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    match run(&Arguments::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            println!("{error:#}");
            ExitCode::FAILURE
        }
    }
}

async fn run(arguments: &Arguments) -> anyhow::Result<()> {
    let time = Duration::from_secs(arguments.seconds);
    if cfg!(debug_assertions) {
        println!("debug build: no figure counts");
    }
    if let Some(photos) = arguments.photos {
        return alike::run(photos).await;
    }
    let few = Stand::build(arguments.few).await?;
    let mut small = Vec::new();
    for list in LISTS {
        small.push(clients::read(&few, list, 1, time).await?);
    }
    few.close().await?;
    let stand = Stand::build(arguments.reports).await?;
    println!("{} reports, {time:?} each", arguments.reports);
    for (list, small) in LISTS.iter().zip(small) {
        compare(&stand, list, time).await?;
        let full = clients::read(&stand, list, 1, time).await?;
        println!(
            "    p50 at {} reports {:.2} ms, at {} {:.2} ms: {:.2} times",
            arguments.few,
            small.p50_ms,
            arguments.reports,
            full.p50_ms,
            full.p50_ms / small.p50_ms
        );
        println!("    {}", parts::of(&stand, list, full.p50_ms).await?);
    }
    filing::compare(&stand, time).await?;
    stand.close().await
}

/// One list, for each number of clients.
async fn compare(stand: &Stand, list: &stand::List, time: Duration) -> anyhow::Result<()> {
    println!("{} of 20 rows", list.operation);
    let script = stand.script(list).await?;
    for count in CLIENTS {
        let ours = clients::read(stand, list, count, time).await?;
        let theirs = pgbench::run(&stand.database_url, &script, count, time)?;
        println!(
            "    {count:>2} clients: {:>6.0} a second (p50 {:.2} ms), pgbench {theirs:>6.0}: {:.0} %",
            ours.a_second,
            ours.p50_ms,
            100.0 * ours.a_second / theirs
        );
    }
    Ok(())
}
