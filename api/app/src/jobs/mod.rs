//! Work after commits: claimed from the database, done outside any transaction, safe to do twice.

mod ask_for_calendar;
mod mail_complainant;
mod mail_reporter;
mod warn_of_deadline;

use crate::{
    app::App,
    error::AppError,
    store,
    store::jobs::Claimed,
    usecase::{identity, law, ratings, rewards},
};
use liangxin_domain::event::Job;
use std::time::Duration;
use tokio::{sync::watch, task::JoinHandle};

/// How often to look for work that nobody announced: another replica's, or one that waits for its
/// next try.
const POLL: Duration = Duration::from_secs(2);

/// What became of one job.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    /// Its effect is there.
    Done,
    /// It will be tried again, or waits for a person.
    Failed,
}

/// Told of each job that ended, by the word for its kind.
pub type Watcher = Box<dyn Fn(&'static str, Ended) + Send + Sync>;

/// Works until told to stop.
#[must_use]
pub fn start(app: App, watcher: Watcher, mut stop: watch::Receiver<bool>) -> JoinHandle<()> {
    #[expect(clippy::disallowed_methods, reason = "the one worker of this process")]
    tokio::spawn(async move {
        while !*stop.borrow() {
            if let Err(error) = drain(&app, &watcher).await {
                error.log();
            }
            tokio::select! {
                () = app.wake.notified() => {}
                () = tokio::time::sleep(POLL) => {}
                changed = stop.changed() => if changed.is_err() { return },
            }
        }
    })
}

/// Does everything that is due now, after a look at the periods that come to their end and at sealed fields whose time is over; answers how many jobs ended well.
pub async fn drain(app: &App, watcher: &Watcher) -> Result<usize, AppError> {
    // A look that fails is made again; the jobs do not wait for it.
    if let Err(error) = law::warn(app).await {
        error.log();
    }
    rewards::close_windows(app).await?;
    identity::purge(app).await?;
    let mut done = 0;
    while let Some(claimed) = store::jobs::claim(&app.db, app.now()).await? {
        let kind = kind(&claimed.job);
        match perform(app, &claimed).await {
            Ok(()) => {
                store::jobs::finish(&app.db, claimed.id).await?;
                watcher(kind, Ended::Done);
                done += 1;
            }
            Err(error) => {
                error.log();
                store::jobs::postpone(&app.db, &claimed, &error.to_string(), app.now()).await?;
                watcher(kind, Ended::Failed);
            }
        }
    }
    Ok(done)
}

async fn perform(app: &App, claimed: &Claimed) -> Result<(), AppError> {
    match claimed.job {
        Job::MailReporter { report, news } => {
            mail_reporter::perform(app, claimed.id, report, news).await
        }
        Job::MailComplainant { complaint, news } => {
            mail_complainant::perform(app, claimed.id, complaint, news).await
        }
        Job::ComputeRating { merchant } => ratings::compute(app, merchant, claimed.cause).await,
        Job::WarnOfDeadline { clock, warned } => {
            warn_of_deadline::perform(app, claimed.id, clock, warned).await
        }
        Job::AskForCalendar { year } => ask_for_calendar::perform(app, claimed.id, year).await,
        Job::RecomputeClocks => law::recompute(app).await,
    }
}

const fn kind(job: &Job) -> &'static str {
    match job {
        Job::MailReporter { .. } => "mail_reporter",
        Job::MailComplainant { .. } => "mail_complainant",
        Job::ComputeRating { .. } => "compute_rating",
        Job::WarnOfDeadline { .. } => "warn_of_deadline",
        Job::AskForCalendar { .. } => "ask_for_calendar",
        Job::RecomputeClocks => "recompute_clocks",
    }
}
