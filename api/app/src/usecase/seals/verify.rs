//! Reading the log against its seals. Each thing that is not as it was sealed is named; nothing is mended. It reads in pages,
//! beside a server that runs.

use super::{beside, leaf, link, open, tree};
use crate::{
    app::App,
    error::AppError,
    ports::evidence_keys::PublicKeys,
    store::seals::{self, Leaf, Logged, Signed},
};
use chrono::{DateTime, TimeDelta, Utc};
use liangxin_domain::{
    event::seal::{MOST_EVENTS, Seal, sealed_from},
    evidence::digest::Sha256,
};
use std::{cell::Cell, collections::HashMap, fmt};
use uuid::Uuid;

/// How many rows are read together.
pub(super) const ROWS: u64 = 500;

/// How much earlier than what was sealed before it an event may say that it happened: far longer than any transaction of this
/// program is open.
const LATE: TimeDelta = TimeDelta::hours(1);

/// What is not as it was sealed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Finding {
    /// The row of an event is not what it was.
    Changed(Uuid, i32),
    /// An event is gone that stood under a seal.
    Removed(Uuid, i32),
    /// An event is gone that waited for its seal.
    RemovedBefore(Uuid),
    /// An event is gone with its entry under the seal; its place, and the events around it.
    Cut(i32, i32, [Option<Uuid>; 2]),
    /// An event stands in the log that this program did not write there.
    Inserted(Uuid),
    /// An event came under a seal long after the time at which it says that it happened.
    Late(Uuid, i32),
    /// What was recorded beside an event is not what the event names.
    BesideChanged(Uuid),
    /// An event does not stand where it was sealed.
    Moved(Uuid, i32),
    /// The list of the events under a seal was changed, and the log with it so that no one event is to be named; the first and
    /// the last of them as they were sealed.
    List(i32, [Uuid; 2]),
    /// A seal is gone.
    SealRemoved(i32),
    /// A seal proves nothing, for that reason.
    SealForged(i32, String),
    /// A seal does not follow the one before it.
    SealUnlinked(i32),
    /// A deposited seal is not the one of that number here.
    SealReplaced(i32),
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Changed(event, seal) => write!(f, "event {event}: changed since seal {seal}"),
            Self::Removed(event, seal) => write!(f, "event {event}: removed since seal {seal}"),
            Self::RemovedBefore(event) => write!(f, "event {event}: removed before it was sealed"),
            Self::Cut(seal, place, [before, after]) => {
                write!(f, "seal {seal}: the event at place {place} was removed")?;
                before.map_or(Ok(()), |event| write!(f, ", behind event {event}"))?;
                after.map_or(Ok(()), |event| write!(f, ", before event {event}"))
            }
            Self::Inserted(event) => write!(
                f,
                "event {event}: inserted, no seal covers it and none is due"
            ),
            Self::Late(event, seal) => write!(
                f,
                "event {event}: came under seal {seal} long after the time that it names: inserted, or its transaction was \
                 open for so long"
            ),
            Self::BesideChanged(event) => write!(
                f,
                "event {event}: what was recorded beside it (digests, a purpose, a reason) was changed or removed"
            ),
            Self::Moved(event, seal) => write!(f, "event {event}: moved under seal {seal}"),
            Self::List(seal, [first, last]) => write!(
                f,
                "seal {seal}: the list of its events was changed; it covers those from {first} to {last}"
            ),
            Self::SealRemoved(seal) => write!(f, "seal {seal}: removed"),
            Self::SealForged(seal, why) => write!(f, "seal {seal}: {why}"),
            Self::SealUnlinked(seal) => write!(f, "seal {seal}: does not follow the one before it"),
            Self::SealReplaced(seal) => write!(f, "seal {seal}: is not the one that was deposited"),
        }
    }
}

/// What was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Verified {
    /// How many seals.
    pub seals: usize,
    /// How many events under them.
    pub events: usize,
    /// How many events wait for a seal.
    pub waiting: u64,
    /// How many name what was recorded beside them; those that a version before wrote do not.
    pub beside: usize,
}

/// Reads the whole log against its seals, whose keys are given, and tells each finding.
pub async fn verify(
    app: &App,
    keys: &PublicKeys,
    told: &mut impl FnMut(Finding),
) -> Result<Verified, AppError> {
    let mut chain = Chain::default();
    loop {
        let page = seals::list(&app.db, chain.number, ROWS).await?;
        if page.is_empty() {
            break;
        }
        for signed in page {
            chain.follow(app, keys, &signed, told).await?;
        }
    }
    let greatest = seals::greatest_with_events(&app.db).await?;
    for gone in (chain.number + 1..=greatest.unwrap_or(0)).take(MOST_EVENTS) {
        told(Finding::SealRemoved(gone));
    }
    uncovered(app, told).await?;
    Ok(Verified {
        beside: beside::check(app, told).await?,
        waiting: seals::count_waiting(&app.db).await?,
        ..chain.verified
    })
}

/// Compares seals that were deposited elsewhere, each a line, with those here; tells each that is another one or gone.
pub async fn compare_deposit(
    app: &App,
    keys: &PublicKeys,
    line: &str,
    told: &mut impl FnMut(Finding),
) -> Result<(), AppError> {
    match open(keys, line) {
        Err(error) => told(Finding::SealForged(0, format!("deposited: {error}"))),
        Ok(seal) => match seals::find(&app.db, seal.number).await? {
            None => told(Finding::SealRemoved(seal.number)),
            Some(here) if here.line != line.trim() => told(Finding::SealReplaced(seal.number)),
            Some(_) => {}
        },
    }
    Ok(())
}

/// The chain as far as it was read.
#[derive(Default)]
struct Chain {
    number: i32,
    link: Option<Sha256>,
    /// The latest moment of any event so far.
    latest: Option<DateTime<Utc>>,
    verified: Verified,
}

impl Chain {
    async fn follow(
        &mut self,
        app: &App,
        keys: &PublicKeys,
        signed: &Signed,
        told: &mut impl FnMut(Finding),
    ) -> Result<(), AppError> {
        for gone in (self.number + 1..signed.number).take(MOST_EVENTS) {
            told(Finding::SealRemoved(gone));
        }
        let is_next = signed.number == self.number + 1;
        self.number = signed.number;
        self.verified.seals += 1;
        let before = self.link.replace(link(&signed.line));
        let seal = match open(keys, &signed.line) {
            Ok(seal) if seal.number == signed.number => seal,
            Ok(_) => {
                let other = "it is the seal of another number".to_owned();
                told(Finding::SealForged(signed.number, other));
                return Ok(());
            }
            Err(error) => {
                told(Finding::SealForged(signed.number, error.to_string()));
                return Ok(());
            }
        };
        if is_next && seal.previous != before.map(|before| before.to_string()) {
            told(Finding::SealUnlinked(seal.number));
        }
        let batch = Batch::read(app, seal).await?;
        self.verified.events += batch.leaves.len();
        batch.check(told);
        self.look_for_late(&batch, told);
        Ok(())
    }

    /// Of the events that are what they were: one that was changed says nothing about time.
    fn look_for_late(&mut self, batch: &Batch, told: &mut impl FnMut(Finding)) {
        let in_place = batch.leaves.iter().filter(|leaf| batch.fits(leaf));
        let in_place: Vec<_> = in_place
            .filter_map(|leaf| batch.events.get(&leaf.event))
            .collect();
        for event in &in_place {
            let due = sealed_from(event.at);
            if self.latest.is_some_and(|latest| due < latest - LATE) {
                told(Finding::Late(event.id, batch.seal.number));
            }
        }
        let latest = in_place.iter().map(|event| event.at).max();
        self.latest = self.latest.max(latest);
    }
}

/// The events under a seal.
struct Batch {
    seal: Seal,
    leaves: Vec<Leaf>,
    events: HashMap<Uuid, Logged>,
    /// The hashes of the rows as they are now.
    hashes: HashMap<Uuid, Sha256>,
}

impl Batch {
    async fn read(app: &App, seal: Seal) -> Result<Self, AppError> {
        let leaves = seals::list_leaves(&app.db, seal.number).await?;
        let ids = leaves.iter().map(|leaf| leaf.event);
        let events = seals::list_events(&app.db, ids).await?;
        let hashes = events
            .iter()
            .map(|(id, event)| Ok((*id, leaf(&event.row)?)));
        let hashes = hashes.collect::<Result<_, AppError>>()?;
        Ok(Self {
            seal,
            leaves,
            events,
            hashes,
        })
    }

    /// Whether an event is what was kept of it.
    fn fits(&self, kept: &Leaf) -> bool {
        kept.hash.is_some() && kept.hash.as_ref() == self.hashes.get(&kept.event)
    }

    /// The rows as they are now decide whether the batch is whole; what was kept of each beside them says which is not.
    fn check(&self, told: &mut impl FnMut(Finding)) {
        let is_named = Cell::new(false);
        let mut told = |finding| {
            is_named.set(true);
            told(finding);
        };
        let mut now = Vec::with_capacity(self.leaves.len());
        for kept in &self.leaves {
            match self.hashes.get(&kept.event) {
                None => told(Finding::Removed(kept.event, self.seal.number)),
                Some(_) if !self.fits(kept) => {
                    told(Finding::Changed(kept.event, self.seal.number));
                }
                Some(hash) => now.push(*hash),
            }
        }
        self.places(&mut told);
        if !is_named.get() && !self.is_as_sealed(&now) {
            told(Finding::List(
                self.seal.number,
                [self.seal.first, self.seal.last],
            ));
        }
    }

    fn is_as_sealed(&self, now: &[Sha256]) -> bool {
        let ends = self.leaves.first().zip(self.leaves.last());
        ends.is_some_and(|(first, last)| {
            (first.event, last.event) == (self.seal.first, self.seal.last)
        }) && now.len() == self.seal.events
            && tree::root(now).to_string() == self.seal.root
    }

    /// Each place is taken once, without a gap, in the order of the ids.
    fn places(&self, told: &mut impl FnMut(Finding)) {
        let number = self.seal.number;
        let events = i32::try_from(self.seal.events).unwrap_or(i32::MAX);
        let mut next = 0;
        let mut before: Option<Uuid> = None;
        for leaf in &self.leaves {
            if leaf.position >= events {
                told(Finding::Inserted(leaf.event));
                continue;
            }
            for gap in next..leaf.position {
                told(Finding::Cut(number, gap, [before, Some(leaf.event)]));
            }
            if before.is_some_and(|before| leaf.event < before) {
                told(Finding::Moved(leaf.event, number));
            }
            next = leaf.position.saturating_add(1);
            before = Some(leaf.event);
        }
        for gap in next..events {
            told(Finding::Cut(number, gap, [before, None]));
        }
    }
}

/// Events that stand in the log without having come there, and those that are gone before their seal.
async fn uncovered(app: &App, told: &mut impl FnMut(Finding)) -> Result<(), AppError> {
    let mut after = None;
    loop {
        let (read, inserted) = seals::list_uncovered(&app.db, after, ROWS).await?;
        inserted
            .into_iter()
            .map(Finding::Inserted)
            .for_each(&mut *told);
        match read.last() {
            Some(last) => after = Some(*last),
            None => break,
        }
    }
    after = None;
    loop {
        let (read, lost) = seals::list_lost_waiting(&app.db, after, ROWS).await?;
        lost.into_iter()
            .map(Finding::RemovedBefore)
            .for_each(&mut *told);
        match read.last() {
            Some(last) => after = Some(*last),
            None => return Ok(()),
        }
    }
}
