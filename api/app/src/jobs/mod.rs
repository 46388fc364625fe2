//! Work after commits: claimed from the database, done outside any transaction, safe to do twice.

mod ask_for_calendar;
mod by_consent;
mod mail_complainant;
mod mail_reporter;
mod sweeps;
mod tell_of_access;
mod tell_of_interest;
mod warn_of_deadline;

pub use sweeps::run_due;

use crate::{
    app::App,
    error::AppError,
    naming,
    ports::mailer::Mail,
    store,
    store::jobs::{Claimed, Next},
    usecase::{evidence, law, ratings},
};
use futures_util::future::{BoxFuture, FutureExt as _};
use liangxin_domain::{
    accounts::{account::Account, role::Role},
    event::{Job, Lane},
    id::{JobId, UserId},
    places::division::DivisionCode,
};
use std::{sync::Arc, time::Duration};
use strum::IntoEnumIterator as _;
use tokio::{sync::watch, task::JoinHandle};

/// How often to look for work that nobody announced: another replica's, or one that waits for its
/// next try.
const POLL: Duration = Duration::from_secs(2);

/// How long a job may take: less than its lease, so that nobody takes over from the living.
const PATIENCE: Duration = Duration::from_secs(25);

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

/// Works until told to stop: a worker a lane, so that a slow mail server delays mail alone, and one for
/// the looks that time asks for. A worker that is told ends after its present job; one that is lost to a
/// fault of ours is begun anew.
pub fn start(
    app: &App,
    watcher: Watcher,
    stop: &watch::Receiver<bool>,
) -> impl Future<Output = ()> + use<> {
    let watcher = Arc::new(watcher);
    let mut workers: Vec<_> = Lane::iter()
        .map(|lane| {
            let (app, watcher, told) = (app.clone(), Arc::clone(&watcher), stop.clone());
            keep(stop.clone(), move || {
                work(app.clone(), lane, Arc::clone(&watcher), told.clone()).boxed()
            })
            .boxed()
        })
        .collect();
    let (app, told) = (app.clone(), stop.clone());
    workers.push(
        keep(stop.clone(), move || {
            sweeps::work(app.clone(), told.clone()).boxed()
        })
        .boxed(),
    );
    let workers: Vec<_> = workers.into_iter().map(spawn).collect();
    async move {
        for worker in workers {
            // What kept a worker does nothing that could fail; it ends when it is told.
            let _ = worker.await;
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "the workers of this process")]
fn spawn(worker: BoxFuture<'static, ()>) -> JoinHandle<()> {
    tokio::spawn(worker)
}

/// Begins a worker, and another one in its place if it is lost, until it is told to stop.
async fn keep(stop: watch::Receiver<bool>, begin: impl Fn() -> BoxFuture<'static, ()>) {
    while !*stop.borrow() {
        if let Err(lost) = spawn(begin()).await {
            tracing::error!(%lost, "a worker was lost and is begun anew");
            tokio::time::sleep(POLL).await;
        }
    }
}

async fn work(app: App, lane: Lane, watcher: Arc<Watcher>, mut stop: watch::Receiver<bool>) {
    let mut wake = app.wake.subscribe();
    while !*stop.borrow() {
        if let Err(error) = drain_lane(&app, lane, &watcher, || *stop.borrow()).await {
            error.log();
        }
        tokio::select! {
            _ = wake.changed() => {}
            () = tokio::time::sleep(POLL) => {}
            changed = stop.changed() => if changed.is_err() { return },
        }
    }
}

/// Does everything that is due now, after every look that time asks for; answers how many jobs ended well.
pub async fn drain(app: &App, watcher: &Watcher) -> Result<usize, AppError> {
    sweeps::make_all(app).await;
    let mut done = 0;
    // Mail last: what is worked on causes some.
    for lane in Lane::iter().rev() {
        done += drain_lane(app, lane, watcher, || false).await?;
    }
    Ok(done)
}

/// Does what is due in a lane, until there is nothing or somebody says to stop; answers how many jobs
/// ended well.
pub async fn drain_lane(
    app: &App,
    lane: Lane,
    watcher: &Watcher,
    is_stopped: impl Fn() -> bool,
) -> Result<usize, AppError> {
    let mut done = 0;
    while !is_stopped() {
        let claim = in_time(store::jobs::claim(&app.db, lane, app.now()));
        let Some(claimed) = claim.await? else {
            break;
        };
        let kind = kind(&claimed.job);
        // All periods are computed anew in steps that each stand alone and have a bound of their own: that job takes as
        // long as it takes.
        let ended = match claimed.job {
            Job::RecomputeClocks => perform(app, &claimed).await,
            _ => in_time(perform(app, &claimed)).await,
        };
        match ended {
            Ok(()) => {
                in_time(store::jobs::finish(&app.db, claimed.id, app.now())).await?;
                watcher(kind, Ended::Done);
                done += 1;
            }
            Err(Failure { error, next }) => {
                error.log();
                let told = error.to_string();
                let put_off = store::jobs::postpone(&app.db, &claimed, (&told, next), app.now());
                in_time(put_off).await?;
                watcher(kind, Ended::Failed);
            }
        }
    }
    Ok(done)
}

/// What is done within the patience of the background: a database whose machine is gone says nothing, for ever.
async fn in_time<T, E: From<AppError>>(work: impl Future<Output = Result<T, E>>) -> Result<T, E> {
    match tokio::time::timeout(PATIENCE, work).await {
        Ok(done) => done,
        Err(late) => Err(AppError::unavailable("do it in time", late).into()),
    }
}

/// Why a job was not done, and what it waits for.
#[derive(Debug)]
struct Failure {
    error: AppError,
    next: Next,
}

impl From<AppError> for Failure {
    fn from(error: AppError) -> Self {
        Self {
            error,
            next: Next::Later,
        }
    }
}

/// Sends the mails of a job, in any number of tries: each that was taken is noted before the next one goes, and
/// is not sent again. One that is refused, for good or for now, keeps none of the others. The id by which a mail is noted is
/// not the one that it goes out under.
///
/// Between a server's answer and the note a process can die: that one mail goes twice, under the same `Message-ID`.
async fn send(app: &App, job: JobId, mails: impl IntoIterator<Item = Mail>) -> Result<(), Failure> {
    let sent = store::mails::list_sent(&app.db, job).await?;
    let (mut refused, mut put_off) = (None, None);
    for mail in mails {
        if sent.contains(&mail.id) {
            continue;
        }
        let noted = mail.id;
        let mail = Mail {
            id: naming::of_mail(&app.keys, noted),
            ..mail
        };
        match app.mailer.send(&mail).await {
            Ok(()) => store::mails::insert_sent(&app.db, job, noted, app.now()).await?,
            Err(error) if error.is_for_good() => {
                refused = Some(AppError::internal(
                    "send a mail that is refused for good",
                    error,
                ));
            }
            Err(error) if error.is_of_one_mail() => {
                put_off = Some(AppError::unavailable("send a mail", error));
            }
            Err(error) => return Err(AppError::unavailable("send a mail", error).into()),
        }
    }
    if let Some(error) = put_off {
        return Err(error.into());
    }
    refused.map_or(Ok(()), |error| {
        Err(Failure {
            error,
            next: Next::Person,
        })
    })
}

/// Sends a mail that the caller notes; in any number of tries it goes under the same name.
async fn send_unnoted(app: &App, mail: Mail) -> Result<(), Failure> {
    let mail = Mail {
        id: naming::of_mail(&app.keys, mail.id),
        ..mail
    };
    let sent = app.mailer.send(&mail).await;
    sent.map_err(|error| match error.is_for_good() {
        true => Failure {
            error: AppError::internal("send a mail that is refused for good", error),
            next: Next::Person,
        },
        false => AppError::unavailable("send a mail", error).into(),
    })
}

/// The people of a role in the division, or in the nearest one above that has any; `but` is whoever is not counted.
async fn nearest(
    app: &App,
    (role, but): (Role, Option<UserId>),
    division: DivisionCode,
) -> Result<Vec<Account>, AppError> {
    let mut next = Some(division);
    while let Some(division) = next {
        let mut found = store::accounts::list_by_role(&app.db, role, division).await?;
        found.retain(|account| but != Some(account.id));
        if !found.is_empty() {
            return Ok(found);
        }
        next = app
            .law
            .divisions
            .find(division)
            .and_then(|found| found.parent);
    }
    Ok(Vec::new())
}

async fn perform(app: &App, claimed: &Claimed) -> Result<(), Failure> {
    match claimed.job {
        Job::MailReporter { report, news } => {
            mail_reporter::perform(app, claimed.id, report, news).await
        }
        Job::MailComplainant { complaint, news } => {
            mail_complainant::perform(app, claimed.id, complaint, news).await
        }
        Job::ComputeRating { merchant } => {
            Ok(ratings::compute(app, merchant, claimed.cause).await?)
        }
        Job::WarnOfDeadline { clock, warned } => {
            warn_of_deadline::perform(app, claimed.id, clock, warned).await
        }
        Job::AskForCalendar { year } => ask_for_calendar::perform(app, claimed.id, year).await,
        Job::TellOfInterest { interest } => {
            tell_of_interest::perform(app, claimed.id, interest).await
        }
        Job::TellOfAccess { user } => tell_of_access::perform(app, claimed.id, user).await,
        Job::RecomputeClocks => Ok(law::recompute(app).await?),
        Job::FindLookAlikes { photo } => Ok(evidence::find_look_alikes(app, photo).await?),
        Job::RemoveCopies { photo } => Ok(evidence::remove_copies(app, photo).await?),
    }
}

const fn kind(job: &Job) -> &'static str {
    match job {
        Job::MailReporter { .. } => "mail_reporter",
        Job::MailComplainant { .. } => "mail_complainant",
        Job::ComputeRating { .. } => "compute_rating",
        Job::WarnOfDeadline { .. } => "warn_of_deadline",
        Job::AskForCalendar { .. } => "ask_for_calendar",
        Job::TellOfInterest { .. } => "tell_of_interest",
        Job::TellOfAccess { .. } => "tell_of_access",
        Job::RecomputeClocks => "recompute_clocks",
        Job::FindLookAlikes { .. } => "find_look_alikes",
        Job::RemoveCopies { .. } => "remove_copies",
    }
}
