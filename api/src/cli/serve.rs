//! `liangxin serve`.

use crate::{
    boot::{self, Opening},
    config::{Config, Settings},
    open_files,
};
use actix_web::dev::ServerHandle;
use anyhow::Context as _;
use chrono::{NaiveDate, TimeDelta};
use futures_util::future::BoxFuture;
use liangxin_app::{
    app::App,
    jobs::{self, Ended},
    ports::clock::Clock,
    store,
};
use liangxin_demo::fixtures;
use liangxin_domain::law::calendar::shanghai_date;
use liangxin_graphql::contract;
use liangxin_web::{
    self as http,
    body::Pace,
    face::Face,
    metrics::{JobOutcome, Metrics},
    server::Front,
};
use std::{net::TcpListener, sync::Arc, time::Duration};
use tokio::{sync::watch, time::timeout};

/// How long the workers have for their present jobs, counted from when the process is told to end. A job that
/// is cut is taken up again after its lease.
const TO_END: Duration = Duration::from_secs(8);

/// Whose system it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum People {
    /// A bureau's own.
    Real,
    /// Made up.
    Fixtures,
}

/// A server that runs.
pub(super) struct Running {
    /// The application behind it.
    pub(super) app: App,
    /// How the outside reaches it.
    pub(super) url: String,
    /// Stops it.
    pub(super) handle: ServerHandle,
    server: actix_web::dev::Server,
    workers: BoxFuture<'static, ()>,
    stop: Arc<watch::Sender<bool>>,
}

/// Runs the server until it is told to stop.
pub(super) async fn run(settings: Settings, people: People) -> anyhow::Result<()> {
    let config = match people {
        People::Real => settings.check()?,
        People::Fixtures => super::for_fixtures(settings, "liangxin-data")?,
    };
    let running = start(&config, people).await?;
    println!("listening on {}", running.url);
    running.wait().await
}

/// Binds, opens everything, migrates the embedded database, and begins to serve.
pub(super) async fn start(config: &Config, people: People) -> anyhow::Result<Running> {
    let listener = TcpListener::bind(config.listen)
        .with_context(|| format!("cannot listen on {}", config.listen))?;
    let url = format!(
        "http://{}",
        listener.local_addr().context("cannot tell the address")?
    );
    let public_url = config.public_url.clone().unwrap_or_else(|| url.clone());
    let opening = if config.is_embedded || people == People::Fixtures {
        Opening::Migrate
    } else {
        Opening::Work
    };
    let mut app = boot::open(config, Clock::System, public_url, opening).await?;
    if people == People::Fixtures {
        app.clock = fixture_clock(&app).await?;
        fixtures::load(&app)
            .await
            .context("cannot load the fixtures")?;
    }
    // Nobody else takes bodies in here: what a killed process left is nobody's.
    app.spool.clear().context("cannot clear the spool")?;
    if config.is_embedded {
        // What a killed process had claimed need not wait for its lease to end.
        store::jobs::release_all(&app.db).await?;
        store::sweeps::release_all(&app.db).await?;
    }
    let metrics = Arc::new(Metrics::new(contract::names()).context("cannot set up the metrics")?);
    let (stop, stopped) = watch::channel(false);
    let stop = Arc::new(stop);
    let counted = Arc::clone(&metrics);
    let watcher: jobs::Watcher = Box::new(move |kind, ended| {
        counted.count_job(
            kind,
            match ended {
                Ended::Done => JobOutcome::Done,
                Ended::Failed => JobOutcome::Failed,
            },
        );
    });
    let workers = jobs::start(&app, watcher, &stopped);
    let front = Front {
        mode: config.mode,
        proxies: config.trusted_proxies.clone(),
        metrics,
        most_connections: open_files::raise(),
        pace: Pace::default(),
        stop: Arc::clone(&stop),
        face: Face::at(config.paper_font.clone()),
    };
    let server = http::server::serve(app.clone(), front, listener).context("cannot serve")?;
    Ok(Running {
        app,
        url,
        handle: server.handle(),
        server,
        workers: Box::pin(workers),
        stop,
    })
}

impl Running {
    /// Waits until the process was told to end, and until its server and its workers did.
    pub(super) async fn wait(self) -> anyhow::Result<()> {
        let mut told = self.stop.subscribe();
        let served = async {
            let served = self.server.await;
            // Who stopped the server alone ends the workers too.
            self.stop.send_replace(true);
            served
        };
        let worked = async {
            // It cannot be closed: the sender is ours.
            let _ = told.wait_for(|is_told| *is_told).await;
            // What is cut is taken up again after its lease.
            let _ = timeout(TO_END, self.workers).await;
        };
        let (served, ()) = tokio::join!(served, worked);
        served.context("the server failed")
    }
}

/// The time for made-up people, which may be moved on. Their dates, and the calendar for their deadlines, fit the weeks
/// around the fixtures' day; in those the clock starts at the machine's time. At any other time it starts on that day. It
/// never runs behind what the database has seen.
async fn fixture_clock(app: &App) -> anyhow::Result<Clock> {
    let (Some(first), Some(last)) = (
        NaiveDate::from_ymd_opt(2026, 11, 23),
        NaiveDate::from_ymd_opt(2026, 12, 10),
    ) else {
        return Ok(Clock::System);
    };
    let now = Clock::System.now();
    let start = if (first..=last).contains(&shanghai_date(now)) {
        now
    } else {
        // Half past nine in the morning of the fixtures' day in China.
        first.and_hms_opt(1, 30, 0).unwrap_or_default().and_utc()
    };
    let newest = store::events::newest(&app.db).await?;
    let origin = newest.map_or(start, |at| start.max(at + TimeDelta::seconds(1)));
    tracing::info!(%origin, "the clock of the made-up people starts");
    Ok(Clock::running_from(origin))
}
