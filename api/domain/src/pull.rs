//! What a phone takes along and asks about again: the collections, and the checkpoint that says how far it has come in one of
//! them. It knows how a checkpoint is written and when one counts; what lies in a collection is the application's.

use crate::{
    evidence::digest::Sha256,
    id::UserId,
    limits::{KNOWN_RULES, PULLED_GONE_DAYS},
    refusal::{Code, Refusal},
};
use chrono::{DateTime, TimeDelta, Utc};
use std::fmt;
use uuid::Uuid;

/// Raised by one with every change of what the same fields say: a phone whose checkpoint is of an earlier epoch gets everything
/// again. A field that a phone did not ask for before is told by its [`Shape`].
pub const EPOCH: u16 = 1;

/// So far may the clocks of servers that work on one database differ. Our choice.
const CLOCKS: TimeDelta = TimeDelta::minutes(1);

/// How a checkpoint is written.
const FORM: u8 = 2;

words! {
    /// Documents of one kind that a phone takes along.
    pub enum Collection as "PulledCollection" {
        /// Visits on which the inspector was sent: open ones, and those that were closed a short time ago.
        Visit,
        /// The merchants of these visits.
        Merchant,
        /// The instruments on the ledgers of these merchants.
        Instrument,
        /// The checklists.
        Checklist,
        /// The measurement rules.
        RuleEdition,
        /// The violations by their codes.
        Violation,
    }
}

words! {
    /// How phone and server differ about a document.
    pub enum Difference as "PulledDifference" {
        /// The phone should have it and has not.
        Missing,
        /// The phone has it as it was before.
        Outdated,
        /// The phone has it and should not.
        Surplus,
    }

    /// What a visit waits for.
    pub enum Wait as "SyncWait" {
        /// Declared photos have not come: send them, or withdraw them with a reason.
        PhotosMissing,
        /// Photos came that the visit did not declare: somebody declares them, or they stay beside the record.
        PhotosParked,
    }
}

impl Collection {
    const fn number(self) -> u8 {
        match self {
            Self::Visit => 1,
            Self::Merchant => 2,
            Self::Instrument => 3,
            Self::Checklist => 4,
            Self::RuleEdition => 5,
            Self::Violation => 6,
        }
    }

    /// Whether its documents change and have a place in the order of changes. The others are named by what they say.
    const fn has_order(self) -> bool {
        matches!(self, Self::Visit | Self::Merchant | Self::Instrument)
    }
}

/// A place in the order of changes: behind one document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// Where its last change stands.
    pub position: i64,
    /// The document; of one change there are many.
    pub document: Uuid,
}

impl Place {
    /// Before everything.
    pub const START: Self = Self {
        position: 0,
        document: Uuid::nil(),
    };
}

/// How far changes can be read: none that is still being written lies before `settled`, and none that was ever read at or
/// behind `newest`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tide {
    /// Before it everything is written for good.
    pub settled: i64,
    /// From here on nothing is written yet.
    pub newest: i64,
}

/// How far a phone has read changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Read {
    /// Behind what.
    pub place: Place,
    /// When it last had read everything; the beginning, as long as it has not.
    pub whole_at: DateTime<Utc>,
    /// Before it a phone that began with nothing need not be told what is gone.
    pub gone_from: i64,
    /// When it came to that place.
    pub came_at: DateTime<Utc>,
}

impl Read {
    /// Of a phone that has nothing.
    #[must_use]
    pub const fn nothing(tide: Tide, now: DateTime<Utc>) -> Self {
        Self {
            place: Place::START,
            whole_at: now,
            gone_from: tide.settled,
            came_at: now,
        }
    }

    /// Whether the database counts changes anew since: it noted one that does not lie behind the place after the phone came
    /// there. So it was brought back from a copy of before, and went on.
    #[must_use]
    pub fn is_of_another_past(&self, noted_at: Option<DateTime<Utc>>) -> bool {
        noted_at.is_some_and(|at| at - CLOCKS > self.came_at)
    }

    /// The same phone with everything to read again, and with all that is gone: it holds some of it.
    const fn again(self) -> Self {
        Self {
            place: Place::START,
            gone_from: 0,
            ..self
        }
    }
}

/// The name of a document that says what it says for ever: the first half of its SHA-256.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Stamp([u8; 16]);

impl Stamp {
    /// From a SHA-256 in hexadecimal; nothing if it is none.
    #[must_use]
    pub fn of_digest(hex: &str) -> Option<Self> {
        let half = hex.get(..32)?;
        u128::from_str_radix(half, 16)
            .ok()
            .map(|number| Self(number.to_be_bytes()))
    }
}

impl fmt::Display for Stamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:032x}", u128::from_be_bytes(self.0))
    }
}

/// What an app shows of each document of a collection: the first bytes of a digest over it. Another one is another app, or one
/// that was updated, and what it has does not say what it shows now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shape([u8; 8]);

impl Shape {
    /// From a digest over what is shown.
    #[must_use]
    pub fn of(shown: Sha256) -> Self {
        let mut first = [0; 8];
        for (byte, shown) in first.iter_mut().zip(shown.bytes()) {
            *byte = *shown;
        }
        Self(first)
    }
}

/// Who asks for which collection, and what is shown of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asking {
    /// Whose phone.
    pub user: UserId,
    /// Which collection.
    pub collection: Collection,
    /// What of each document.
    pub shape: Shape,
}

/// What a phone has of a collection.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Has {
    Read(Read),
    Stamped(Vec<Stamp>),
}

/// How far the phone of a person has come in a collection. To the phone it is a text without meaning.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkpoint {
    asking: Asking,
    epoch: u16,
    has: Has,
}

impl Checkpoint {
    /// After changes were read.
    #[must_use]
    pub const fn read(asking: Asking, read: Read) -> Self {
        Self {
            asking,
            epoch: EPOCH,
            has: Has::Read(read),
        }
    }

    /// With documents that never change.
    #[must_use]
    pub const fn stamped(asking: Asking, stamps: Vec<Stamp>) -> Self {
        Self {
            asking,
            epoch: EPOCH,
            has: Has::Stamped(stamps),
        }
    }

    /// The same, as another epoch wrote it.
    #[must_use]
    pub const fn in_epoch(mut self, epoch: u16) -> Self {
        self.epoch = epoch;
        self
    }

    /// How far a phone has read that comes with it. Refused if it is somebody else's or of another collection, if what went
    /// since is forgotten, or if it lies behind everything that was ever written: then the database is not the one it is from.
    pub fn resume(&self, asking: Asking, tide: Tide, now: DateTime<Utc>) -> Result<Read, Refusal> {
        let Has::Read(read) = self.of(asking)?.has else {
            return Err(unknown());
        };
        let forgotten = now - TimeDelta::days(PULLED_GONE_DAYS);
        if read.place.position >= tide.newest || read.whole_at < forgotten {
            return Err(unknown());
        }
        match self.again(asking) {
            Again::All => Ok(read.again()),
            Again::None => Ok(read),
        }
    }

    /// The documents that a phone has which comes with it, and which of them it gets again. Refused as above.
    pub fn stamps(&self, asking: Asking) -> Result<(&[Stamp], Again), Refusal> {
        let Has::Stamped(stamps) = &self.of(asking)?.has else {
            return Err(unknown());
        };
        Ok((stamps, self.again(asking)))
    }

    fn of(&self, asking: Asking) -> Result<&Self, Refusal> {
        let own = self.asking;
        match own.user == asking.user && own.collection == asking.collection {
            true => Ok(self),
            false => Err(unknown()),
        }
    }

    /// A server of an earlier version beside this one, while they are changed, takes what this one wrote as it is: else phones
    /// would begin again and again between the two.
    fn again(&self, asking: Asking) -> Again {
        match self.epoch < EPOCH || self.asking.shape != asking.shape {
            true => Again::All,
            false => Again::None,
        }
    }

    /// As bytes.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let Asking {
            user,
            collection,
            shape,
        } = self.asking;
        let mut bytes = vec![FORM, collection.number()];
        bytes.extend(self.epoch.to_be_bytes());
        bytes.extend(user.uuid().as_bytes());
        bytes.extend(shape.0);
        match &self.has {
            Has::Read(read) => {
                bytes.extend(read.place.position.to_be_bytes());
                bytes.extend(read.place.document.as_bytes());
                bytes.extend(read.whole_at.timestamp_millis().to_be_bytes());
                bytes.extend(read.gone_from.to_be_bytes());
                bytes.extend(read.came_at.timestamp_millis().to_be_bytes());
            }
            Has::Stamped(stamps) => bytes.extend(stamps.iter().flat_map(|stamp| stamp.0)),
        }
        bytes
    }

    /// From bytes that a phone was given; refused if no server wrote them.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Refusal> {
        taken_apart(bytes).ok_or_else(unknown)
    }
}

/// Which documents a phone gets again that it has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Again {
    /// None.
    None,
    /// All: they show more than they did.
    All,
}

/// The refusal of a checkpoint by which nobody can go on.
#[must_use]
pub const fn unknown() -> Refusal {
    Refusal::on(Code::CheckpointUnknown, "checkpoint")
}

fn taken_apart(mut bytes: &[u8]) -> Option<Checkpoint> {
    let rest = &mut bytes;
    let [form, number] = take(rest)?;
    let mut collections = <Collection as strum::IntoEnumIterator>::iter();
    let collection = collections.find(|it| form == FORM && it.number() == number)?;
    let epoch = u16::from_be_bytes(take(rest)?);
    let asking = Asking {
        user: UserId::new(Uuid::from_bytes(take(rest)?)),
        collection,
        shape: Shape(take(rest)?),
    };
    let has = match collection.has_order() {
        true => Has::Read(Read {
            place: Place {
                position: i64::from_be_bytes(take(rest)?),
                document: Uuid::from_bytes(take(rest)?),
            },
            whole_at: moment(rest)?,
            gone_from: i64::from_be_bytes(take(rest)?),
            came_at: moment(rest)?,
        }),
        false => {
            let mut stamps = Vec::new();
            while !rest.is_empty() && stamps.len() < KNOWN_RULES {
                stamps.push(Stamp(take(rest)?));
            }
            Has::Stamped(stamps)
        }
    };
    rest.is_empty().then_some(Checkpoint { asking, epoch, has })
}

fn moment(bytes: &mut &[u8]) -> Option<DateTime<Utc>> {
    DateTime::from_timestamp_millis(i64::from_be_bytes(take(bytes)?))
}

fn take<const N: usize>(bytes: &mut &[u8]) -> Option<[u8; N]> {
    let (first, rest) = bytes.split_first_chunk::<N>()?;
    *bytes = rest;
    Some(*first)
}

#[cfg(test)]
mod tests;
