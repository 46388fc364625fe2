//! Whether this process can serve, told truly and within a bounded time.

use crate::{app::App, error::AppError, store};
use chrono::TimeDelta;
use liangxin_domain::limits::PHOTO_BYTES;
use std::{fmt, time::Duration};
use tokio::time::timeout;

/// How long a part may take before it counts as failed.
const PATIENCE: Duration = Duration::from_secs(2);

/// How long the background's oldest work that is due has been waiting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    /// The lane, or `sweeps`.
    pub lane: &'static str,
    /// How long; zero if nothing is due.
    pub age: TimeDelta,
}

/// How the background stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Background {
    /// Each lane, and the looks that time asks for.
    pub lanes: Vec<Waiting>,
    /// Jobs that wait for a person.
    pub for_a_person: u64,
    /// Looks that time asks for and that failed the last time; each is made again, whatever comes of it.
    pub failing_looks: u64,
}

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Health {
    /// Whether something could be written to the database.
    pub database: bool,
    /// Whether the store of photos answers.
    pub objects: bool,
    /// Whether the disk has room for photos beside its reserve.
    pub has_room: bool,
    /// How the background stands, if that could be read.
    pub background: Option<Background>,
}

impl Health {
    /// Whether requests should come here. Without the store of photos everything else is served: to send everybody
    /// away would help nobody.
    #[must_use]
    pub const fn is_ready(&self) -> bool {
        self.database
    }
}

impl fmt::Display for Health {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let word = |ok| if ok { "ok" } else { "failed" };
        writeln!(f, "database {}", word(self.database))?;
        let without = if self.objects {
            ""
        } else {
            ": photos are refused, all else is served"
        };
        writeln!(f, "objects {}{without}", word(self.objects))?;
        let room = if self.has_room {
            "ok"
        } else {
            "short: photos are refused, all else is served"
        };
        writeln!(f, "disk {room}")?;
        let Some(background) = &self.background else {
            return writeln!(f, "background unknown");
        };
        for Waiting { lane, age } in &background.lanes {
            writeln!(f, "oldest due in {lane} {} s", age.num_seconds())?;
        }
        writeln!(f, "jobs waiting for a person {}", background.for_a_person)?;
        writeln!(f, "looks that fail {}", background.failing_looks)
    }
}

/// Looks at every part at once.
pub async fn look(app: &App) -> Health {
    let (database, objects, background) = tokio::join!(
        timeout(PATIENCE, store::health::touch(&app.db, app.now())),
        timeout(PATIENCE, app.objects.ping()),
        timeout(PATIENCE, background(app)),
    );
    Health {
        database: matches!(database, Ok(Ok(()))),
        objects: matches!(objects, Ok(Ok(()))),
        has_room: app.spool.has_room(PHOTO_BYTES).unwrap_or(false),
        background: background.ok().and_then(Result::ok),
    }
}

/// How the background stands now.
pub async fn background(app: &App) -> Result<Background, AppError> {
    let now = app.now();
    let age = |since: Option<_>| since.map_or(TimeDelta::zero(), |since| now - since);
    let lanes = store::jobs::list_oldest(&app.db, now).await?;
    let mut lanes: Vec<_> = lanes
        .into_iter()
        .map(|(lane, since)| Waiting {
            lane: lane.into(),
            age: age(since),
        })
        .collect();
    lanes.push(Waiting {
        lane: "sweeps",
        age: age(store::sweeps::oldest(&app.db, now).await?),
    });
    Ok(Background {
        lanes,
        for_a_person: store::jobs::count_failed(&app.db).await?,
        failing_looks: store::sweeps::count_failing(&app.db).await?,
    })
}
