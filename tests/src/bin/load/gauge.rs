//! What the program holds and how soon it answers, measured from outside.

use std::fmt;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use anyhow::Context as _;
use liangxin_tests::program::Program;
use reqwest::Client;

/// How often `/healthz` is asked.
const PAUSE: Duration = Duration::from_millis(20);

/// How long an answer is waited for; one that does not come counts as that long.
const PATIENCE: Duration = Duration::from_secs(30);

/// Looks at one program.
pub struct Gauge {
    http: Client,
    url: String,
    status: String,
    waits: Mutex<Vec<Duration>>,
}

/// What was found in some time.
#[derive(Debug, Clone, Copy)]
pub struct Reading {
    /// Most that was held since the program began, as the kernel noted it (`VmHWM`).
    pub peak_megabytes: u64,
    /// What is held at the end.
    pub now_megabytes: u64,
    /// How many times `/healthz` was asked.
    pub looks: usize,
    /// How long ninety-nine of a hundred answers took at most.
    pub p99: Duration,
    /// How long the slowest answer took.
    pub slowest: Duration,
}

impl fmt::Display for Reading {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "peak so far {} MB, now {} MB; /healthz p99 {} ms, slowest {} ms of {}",
            self.peak_megabytes,
            self.now_megabytes,
            self.p99.as_millis(),
            self.slowest.as_millis(),
            self.looks
        )
    }
}

impl Gauge {
    /// Looks at a program.
    pub fn on(program: &Program) -> anyhow::Result<Self> {
        Ok(Self {
            http: Client::builder().no_proxy().timeout(PATIENCE).build()?,
            url: format!("{}/healthz", program.url),
            status: format!("/proc/{}/status", program.process_id()),
            waits: Mutex::default(),
        })
    }

    /// Looks on while something goes on; answers what was found meanwhile, and what came of it.
    pub async fn during<T>(
        &self,
        work: impl Future<Output = anyhow::Result<T>>,
    ) -> anyhow::Result<(Reading, T)> {
        let first = self.waits().len();
        let looking = async {
            loop {
                let began = Instant::now();
                let answer = self.http.get(&self.url).send().await;
                let is_well = answer.is_ok_and(|answer| answer.status().is_success());
                let wait = if is_well { began.elapsed() } else { PATIENCE };
                self.note(wait);
                tokio::time::sleep(PAUSE).await;
            }
        };
        let done = tokio::select! {
            done = work => done?,
            () = looking => anyhow::bail!("nobody stops looking"),
        };
        let waits = self.waits();
        Ok((self.of(&waits[first..])?, done))
    }

    /// What is held now.
    pub fn reading(&self) -> anyhow::Result<Reading> {
        self.of(&[])
    }

    /// What was found in all.
    pub fn whole(&self) -> anyhow::Result<Reading> {
        self.of(&self.waits())
    }

    fn note(&self, wait: Duration) {
        let mut waits = self.waits.lock().unwrap_or_else(PoisonError::into_inner);
        waits.push(wait);
    }

    fn waits(&self) -> Vec<Duration> {
        let waits = self.waits.lock();
        waits.unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn of(&self, waits: &[Duration]) -> anyhow::Result<Reading> {
        let mut sorted = waits.to_vec();
        sorted.sort();
        let at = |percent: usize| {
            sorted.get((sorted.len() * percent / 100).min(sorted.len().saturating_sub(1)))
        };
        Ok(Reading {
            peak_megabytes: self.megabytes("VmHWM:")?,
            now_megabytes: self.megabytes("VmRSS:")?,
            looks: waits.len(),
            p99: at(99).copied().unwrap_or_default(),
            slowest: sorted.last().copied().unwrap_or_default(),
        })
    }

    fn megabytes(&self, name: &str) -> anyhow::Result<u64> {
        let status = std::fs::read_to_string(&self.status).context("the program has ended")?;
        let line = status.lines().find_map(|line| line.strip_prefix(name));
        let kibibytes = line.and_then(|line| line.split_whitespace().next());
        let kibibytes: u64 = kibibytes.context("no such line")?.parse()?;
        Ok(kibibytes * 1024 / 1_000_000)
    }
}
