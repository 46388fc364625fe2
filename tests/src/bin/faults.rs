//! Plays fault runs: `faults --seeds N [--seed S] [--database sqlite|postgres]`.
#![expect(clippy::print_stdout, reason = "a command prints")]

use std::process::ExitCode;

use clap::Parser;
use liangxin_tests::database::Engine;
use liangxin_tests::faults::{Standards, play};

/// Plays random faults against the program under load, and checks at the end that nothing acknowledged is lost or doubled.
#[derive(Debug, Parser)]
struct Arguments {
    /// How many seeds
    #[arg(long, default_value_t = 3)]
    seeds: u64,
    /// The first seed; the others follow it
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// sqlite or postgres; both if it is left out
    #[arg(long)]
    database: Option<String>,
}

#[tokio::main]
async fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let engines = match arguments.database.as_deref() {
        None => vec![Engine::Sqlite, Engine::Postgres],
        Some("sqlite") => vec![Engine::Sqlite],
        Some("postgres") => vec![Engine::Postgres],
        Some(other) => {
            println!("`{other}` is neither sqlite nor postgres");
            return ExitCode::FAILURE;
        }
    };
    let mut standards = Standards::default();
    let mut failed = Vec::new();
    for seed in arguments.seed..arguments.seed.saturating_add(arguments.seeds) {
        for engine in &engines {
            let outcome = play(seed, *engine, &mut standards).await;
            println!("seed {seed} on {engine}: {}", outcome.plan);
            println!("    {}", outcome.figures);
            for finding in &outcome.findings {
                println!("    NOT WELL: {finding}");
            }
            if !outcome.findings.is_empty() {
                failed.push(format!("{seed} on {engine}"));
            }
        }
    }
    let played = arguments.seeds;
    if failed.is_empty() {
        println!("{played} seeds: nothing acknowledged is lost or doubled, and nothing waits");
        return ExitCode::SUCCESS;
    }
    println!("{played} seeds, not well: {}", failed.join(", "));
    ExitCode::FAILURE
}
