//! What fails, when, and for how long.

use std::fmt;
use std::time::Duration;

use strum::Display;

use crate::chance::Chance;
use crate::cluster::Stop;

/// How long anything fails.
const SPAN_MS: u64 = 7000;

/// Where something can fail; two faults of one place never overlap.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// The program.
    Process,
    /// Its disk.
    Disk,
    /// The mail server.
    Mail,
    /// The object store.
    Objects,
    /// PostgreSQL and the way to it.
    Database,
    /// The way between phones and program.
    Clients,
}

/// What fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Display)]
pub(super) enum Fault {
    /// `kill -9`, and a new start after the time.
    Killed,
    /// No byte is free.
    DiskFull,
    /// The mail server takes connections and says nothing.
    MailSilent,
    /// The mail server takes no mail for now.
    MailBusy,
    /// The mail server is not there.
    MailAway,
    /// The object store is not there.
    ObjectsClosed,
    /// The object store takes connections and says nothing.
    ObjectsSilent,
    /// The object store is slow.
    ObjectsSlow,
    /// The object store writes, and its answers are lost.
    ObjectsDeaf,
    /// PostgreSQL is restarted at once, as after a crash.
    DatabaseCrashed,
    /// PostgreSQL is restarted in order.
    DatabaseRestarted,
    /// Every connection to PostgreSQL is cut once.
    DatabaseCut,
    /// No connection to PostgreSQL is possible.
    DatabaseClosed,
    /// PostgreSQL says nothing.
    DatabaseSilent,
    /// Commits happen, and their answers are lost.
    DatabaseDeaf,
    /// The phones' connections are cut once.
    ClientsCut,
    /// What the phones send arrives, and the answers are lost.
    ClientsDeaf,
}

impl Place {
    fn faults(self) -> &'static [Fault] {
        match self {
            Self::Process => &[Fault::Killed],
            Self::Disk => &[Fault::DiskFull],
            Self::Mail => &[Fault::MailSilent, Fault::MailBusy, Fault::MailAway],
            Self::Objects => &[
                Fault::ObjectsClosed,
                Fault::ObjectsSilent,
                Fault::ObjectsSlow,
                Fault::ObjectsDeaf,
            ],
            Self::Database => &[
                Fault::DatabaseCrashed,
                Fault::DatabaseRestarted,
                Fault::DatabaseCut,
                Fault::DatabaseClosed,
                Fault::DatabaseSilent,
                Fault::DatabaseDeaf,
            ],
            Self::Clients => &[Fault::ClientsCut, Fault::ClientsDeaf],
        }
    }
}

impl Fault {
    /// How PostgreSQL is stopped, if it is.
    pub(super) const fn stop(self) -> Option<Stop> {
        match self {
            Self::DatabaseCrashed => Some(Stop::Immediate),
            Self::DatabaseRestarted => Some(Stop::Fast),
            _ => None,
        }
    }

    /// Between what bounds of milliseconds it lasts: most are short, and those whose readiness is looked at last long
    /// enough to be looked at.
    const fn bounds_ms(self) -> (u64, u64) {
        match self {
            Self::Killed => (0, 400),
            Self::DatabaseCut | Self::ClientsCut => (0, 1),
            Self::DiskFull | Self::DatabaseClosed | Self::ObjectsClosed => (800, 3500),
            _ => (200, 2500),
        }
    }
}

/// One fault in a run.
#[derive(Debug, Clone, Copy)]
pub(super) struct Planned {
    /// When it begins, counted from the beginning of the run.
    pub(super) at: Duration,
    /// What fails.
    pub(super) fault: Fault,
    /// For how long.
    pub(super) lasts: Duration,
}

/// The faults of a run: a list for each place where anything fails.
#[derive(Debug)]
pub(super) struct Plan {
    pub(super) places: Vec<Vec<Planned>>,
}

impl Plan {
    /// The plan that follows from a chance: two or three places of those that can fail.
    pub(super) fn of(chance: &mut Chance, places: &[Place]) -> Self {
        let mut left = places.to_vec();
        let count = chance.between(2, 4);
        let mut planned = Vec::new();
        for _ in 0..count {
            if left.is_empty() {
                break;
            }
            let place = chance.pick(&left);
            left.retain(|other| *other != place);
            planned.push(list(chance, place));
        }
        Self { places: planned }
    }
}

fn list(chance: &mut Chance, place: Place) -> Vec<Planned> {
    let mut planned = Vec::new();
    let mut at = chance.between(100, 2500);
    while at < SPAN_MS {
        let fault = chance.pick(place.faults());
        let (least, bound) = fault.bounds_ms();
        let lasts = chance.between(least, bound);
        planned.push(Planned {
            at: Duration::from_millis(at),
            fault,
            lasts: Duration::from_millis(lasts),
        });
        at += lasts + chance.between(500, 3500);
    }
    planned
}

impl fmt::Display for Plan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut all: Vec<_> = self.places.iter().flatten().collect();
        all.sort_by_key(|planned| planned.at);
        for (n, planned) in all.into_iter().enumerate() {
            let Planned { at, fault, lasts } = planned;
            let (at, lasts) = (at.as_secs_f64(), lasts.as_secs_f64());
            let comma = if n == 0 { "" } else { ", " };
            write!(f, "{comma}{fault} at {at:.1} s for {lasts:.1} s")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_plans_the_same_and_no_place_has_two_faults_at_once() {
        let places = [Place::Process, Place::Mail, Place::Objects, Place::Clients];
        for seed in 0..50 {
            let plan = Plan::of(&mut Chance::of(seed), &places);
            let again = Plan::of(&mut Chance::of(seed), &places);
            assert_eq!(plan.to_string(), again.to_string());
            assert!((2..4).contains(&plan.places.len()));
            for pair in plan.places.iter().flat_map(|list| list.windows(2)) {
                assert!(pair[0].at + pair[0].lasts < pair[1].at);
            }
        }
    }
}
