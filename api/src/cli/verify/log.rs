//! `liangxin verify log`: whether the log of events is what was sealed.

use super::keys::Published;
use crate::{
    boot::{self, Opening},
    config::Config,
};
use anyhow::Context as _;
use liangxin_app::{
    app::App,
    ports::{clock::Clock, evidence_keys::PublicKeys},
    usecase::seals::{self, Finding},
};
use std::{
    fs::File,
    io::{BufRead, BufReader, Read as _, stdin},
    path::Path,
};

/// Most bytes of one seal in a file.
const MOST_BYTES: u64 = 10_000;

/// Reads the log against its seals, and those against what was deposited.
pub(super) async fn run(
    config: Config,
    deposited: Option<&Path>,
    keys: Option<&Published>,
) -> anyhow::Result<()> {
    let app = boot::open(&config, Clock::System, String::new(), Opening::Look).await?;
    let keys = match keys {
        Some(keys) => keys.read().await?,
        None => app.evidence_keys.published().clone(),
    };
    let mut findings = 0_usize;
    let mut told = |finding: Finding| {
        findings += 1;
        println!("{finding}");
    };
    let verified = seals::verify(&app, &keys, &mut told).await?;
    if let Some(file) = deposited {
        let compared = compare(&app, &keys, file, &mut told).await?;
        println!("{compared} deposited seals compared");
    }
    println!(
        "{} events name what was recorded beside them",
        verified.beside
    );
    println!(
        "{} events under {} seals read, {} wait for a seal, {findings} findings",
        verified.events, verified.seals, verified.waiting
    );
    anyhow::ensure!(findings == 0, "the log is not what was sealed");
    Ok(())
}

async fn compare(
    app: &App,
    keys: &PublicKeys,
    file: &Path,
    told: &mut impl FnMut(Finding),
) -> anyhow::Result<usize> {
    let cannot = || format!("cannot read {}", file.display());
    let mut lines: Box<dyn BufRead> = match file {
        file if file == Path::new("-") => Box::new(BufReader::new(stdin())),
        file => Box::new(BufReader::new(File::open(file).with_context(cannot)?)),
    };
    let mut compared = 0;
    loop {
        let mut line = String::new();
        let read = lines.by_ref().take(MOST_BYTES).read_line(&mut line);
        if read.with_context(cannot)? == 0 {
            return Ok(compared);
        }
        if !line.trim().is_empty() {
            seals::compare_deposit(app, keys, &line, told).await?;
            compared += 1;
        }
    }
}
