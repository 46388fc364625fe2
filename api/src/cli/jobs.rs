//! `liangxin jobs`: the work after commits that waits for a person.

use super::Place;
use crate::boot::{self, Opening};
use clap::Subcommand;
use liangxin_app::{app::App, ports::clock::Clock, store};
use liangxin_domain::id::JobId;
use uuid::Uuid;

#[derive(Subcommand)]
pub(super) enum JobsCommand {
    /// List what waits for a person, with the reason.
    List {
        #[command(flatten)]
        place: Place,
    },
    /// Try again: the job of that id, or all.
    Retry {
        /// The id that `list` shows; all if it is left out
        id: Option<Uuid>,
        #[command(flatten)]
        place: Place,
    },
}

/// Works on the database beside a server that runs.
pub(super) async fn run(what: JobsCommand) -> anyhow::Result<()> {
    match what {
        JobsCommand::List { place } => {
            let app = open(place).await?;
            let waiting = store::jobs::list_waiting(&app.db).await?;
            for job in &waiting {
                println!(
                    "{}  {}  about {}  tried {} times  {}",
                    job.id, job.kind, job.subject, job.attempts, job.last_error
                );
            }
            println!("{} jobs wait for a person", waiting.len());
        }
        JobsCommand::Retry { id, place } => {
            let app = open(place).await?;
            let retried = store::jobs::retry(&app.db, id.map(JobId::new), app.now()).await?;
            anyhow::ensure!(
                id.is_none() || retried == 1,
                "no job of that id waits for a person"
            );
            println!("{retried} jobs will be tried again");
        }
    }
    Ok(())
}

async fn open(place: Place) -> anyhow::Result<App> {
    let config = place.settings()?.check()?;
    boot::open(&config, Clock::System, String::new(), Opening::Look).await
}
