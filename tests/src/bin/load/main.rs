//! How much memory the program needs, and how long it is deaf, while careless and heavy senders are at it; with `--burst`, how
//! many photos it takes in while many honest phones are. Linux alone.
#![expect(clippy::print_stdout, reason = "a command prints")]

mod burst;
mod gauge;
mod senders;

use std::process::ExitCode;
use std::time::Duration;

use clap::Parser;
use liangxin_tests::program::Program;

/// Most that the program may hold, in megabytes.
const MOST_MEGABYTES: u64 = 700;

/// Within what time ninety-nine of a hundred looks at `/healthz` must be answered.
const PROMPT: Duration = Duration::from_millis(250);

/// Loads one program on two cores.
#[derive(Debug, Parser)]
struct Arguments {
    /// Seconds for which phones file reports and send photos of 2 MB; measures nothing else
    #[arg(long)]
    burst: Option<u64>,
}

#[tokio::main]
async fn main() -> ExitCode {
    let done = match Arguments::parse().burst {
        Some(seconds) => photos(Duration::from_secs(seconds)).await,
        None => run().await,
    };
    match done {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            println!("{error:#}");
            ExitCode::FAILURE
        }
    }
}

/// Lets honest phones send for so long; answers whether all went well.
async fn photos(time: Duration) -> anyhow::Result<bool> {
    let directory = tempfile::tempdir()?;
    let environment = [("LIANGXIN_TRUSTED_PROXIES", "127.0.0.1")];
    let program = Program::serve_on_two_cores(directory.path(), &environment).await?;
    let gauge = gauge::Gauge::on(&program)?;
    let (held, done) = gauge.during(burst::run(&program.url, time)).await?;
    println!("{done}\n{held}");
    Ok(true)
}

/// Lets everybody loose on one program, in turns and then together; answers whether it stayed within its bounds.
async fn run() -> anyhow::Result<bool> {
    let directory = tempfile::tempdir()?;
    // Each form comes from another address: what one address may send is bounded, and that is another matter.
    let environment = [("LIANGXIN_TRUSTED_PROXIES", "127.0.0.1")];
    let program = Program::serve_on_two_cores(directory.path(), &environment).await?;
    let gauge = gauge::Gauge::on(&program)?;
    let senders = senders::Senders::new(&program.url)?;
    println!("idle: {}", gauge.reading()?);
    let (stalled, _held) = gauge.during(senders.stall()).await?;
    println!("10 stalled forms of 90 MB each: {stalled}");
    let (packed, answers) = gauge.during(senders.packed()).await?;
    println!("8 packed bodies of 1,516 bytes that hold 2 GB: {packed}; {answers}");
    let (claims, answers) = gauge.during(senders.claims()).await?;
    println!("100 WebPs of 38 bytes that claim 99 megapixels, in 10 forms: {claims}; {answers}");
    let (deep, answers) = gauge.during(senders.deep()).await?;
    println!("10 PNGs of sixteen bits a colour that want 737 MB each: {deep}; {answers}");
    let (reset, answers) = gauge.during(senders.resets()).await?;
    println!("8 forms that are reset while they are looked into: {reset}; {answers}");
    let (forms, answers) = gauge.during(senders.forms()).await?;
    println!("20 forms of 4 photos of 24.9 MB: {forms}; {answers}");
    let whole = gauge.whole()?;
    println!("in all: {whole}");
    println!("allowed: {MOST_MEGABYTES} MB, {} ms", PROMPT.as_millis());
    Ok(whole.peak_megabytes <= MOST_MEGABYTES && whole.p99 <= PROMPT)
}
