//! `liangxin log`: the seals over the log of events.

use super::Place;
use crate::boot;
use clap::Subcommand;
use liangxin_app::store::seals;

/// How many seals are read together.
const ROWS: u64 = 200;

#[derive(Subcommand)]
pub(super) enum LogCommand {
    /// Print every seal, a line each, the first one first.
    Seals {
        #[command(flatten)]
        place: Place,
    },
}

/// Prints what was signed; nobody who reads it learns who did what.
pub(super) async fn run(what: LogCommand) -> anyhow::Result<()> {
    let LogCommand::Seals { place } = what;
    let db = boot::look(&place.settings()?.check()?).await?;
    let mut after = 0;
    loop {
        let page = seals::list(&db, after, ROWS).await?;
        let Some(last) = page.last() else {
            return Ok(());
        };
        after = last.number;
        page.iter().for_each(|seal| println!("{}", seal.line));
    }
}
