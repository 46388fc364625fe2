//! What stands in a photo, held against what was declared: the time against the visit or what was reported, the place
//! against where somebody says to have been and against the merchant's address, both against what the app says of the taking. A check agrees, is silent or contradicts,
//! and says its numbers. Silence is neutral: honest phones write nothing, and programs that send photos take it away.
//!
//! Pure: the same facts and circumstances give the same checks, today and in ten years.

use crate::{
    evidence::{
        capture::Capture,
        photo::{PhotoDoubt, PhotoFactKind, PhotoFacts},
    },
    law::calendar::shanghai_moment,
    place::Position,
    reports::nearby::metres,
};
use chrono::{DateTime, NaiveDateTime, Utc};

mod bounds;
mod declared;
mod words;

pub use bounds::Bounds;

words! {
    /// What a check compares.
    pub enum CheckKind as "PhotoCheckKind" {
        /// When the photo was taken with the time of the visit, or with what was reported.
        Time,
        /// Where it was taken with where an officer arrived, or where the reporter was.
        Place,
        /// Where it was taken with the merchant's address.
        MerchantPlace,
        /// When the file says it was taken with when its app declared it to be.
        DeclaredTime,
        /// Where the file says it was taken with where its app declared the phone to be.
        DeclaredPlace,
    }

    /// How a check ends.
    pub enum CheckOutcome as "PhotoCheckOutcome" {
        /// Both say the same, within the bound.
        Agrees,
        /// One of them says nothing, or nothing that can be relied upon. That counts neither for nor against the photo.
        Silent,
        /// They cannot both be right.
        Contradicts,
    }
}

impl CheckOutcome {
    /// How a comparison of times ends: a clock without zone may agree, and never contradicts.
    const fn of(is_near: bool, is_sure: bool) -> Self {
        match (is_near, is_sure) {
            (true, _) => Self::Agrees,
            (false, true) => Self::Contradicts,
            (false, false) => Self::Silent,
        }
    }
}

/// How far apart two statements are, and how far they may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Apart {
    /// Minutes before the time began (negative) or after it ended; 0 within it.
    Minutes {
        /// As it is.
        is: i64,
        /// The most that agrees, on that side.
        most: i64,
    },
    /// Metres.
    Metres {
        /// As it is.
        is: i64,
        /// The most that agrees: the bound and both accuracies.
        most: i64,
    },
}

/// One comparison.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Check {
    /// What is compared.
    pub kind: CheckKind,
    /// How it ends.
    pub outcome: CheckOutcome,
    /// How far apart; `None` if there is nothing to compare.
    pub apart: Option<Apart>,
    /// The fields of the file that say so; `None` if none does.
    pub source: Option<String>,
    /// Why a time or a declared place cannot be, where that is why nothing is compared.
    pub doubt: Option<PhotoDoubt>,
}

/// When a photo should have been taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Occasion {
    /// On a visit, before anybody arrived: no photo of it can be right or wrong yet.
    VisitToCome,
    /// On a visit.
    Visit {
        /// From the first arrival.
        since: DateTime<Utc>,
        /// Until it was closed; `None` while it is under way.
        until: Option<DateTime<Utc>>,
    },
    /// For a report: about the moment that is reported.
    Report(DateTime<Utc>),
}

/// What was declared about a record, as far as a photo can agree with it.
#[derive(Debug, Clone, PartialEq)]
pub struct Circumstances {
    /// When it should have been taken.
    pub occasion: Occasion,
    /// Where officers arrived, or where the reporter was.
    pub places: Vec<Position>,
    /// The merchant's address, if it is known where that is.
    pub merchant: Option<Position>,
}

/// A photo as it is checked.
#[derive(Debug, Clone, Copy)]
pub struct Checked<'a> {
    /// What the file says.
    pub facts: &'a PhotoFacts,
    /// What its app declared about the taking.
    pub capture: &'a Capture,
    /// When it was declared.
    pub declared_at: DateTime<Utc>,
    /// Whether it is told where it was taken.
    pub tells_place: bool,
}

/// Holds a photo against its circumstances and against what its app declared. Of a photo that is not told where it was taken no place
/// is compared: the distance would tell it.
#[must_use]
pub fn checks(photo: Checked, circumstances: &Circumstances, bounds: &Bounds) -> Vec<Check> {
    let Checked {
        facts,
        capture,
        declared_at,
        tells_place,
    } = photo;
    let place = place(facts).filter(|_| tells_place);
    let nearest = circumstances.places.as_slice();
    let merchant = circumstances.merchant.as_slice();
    let mut checks = vec![
        time(facts, circumstances.occasion, bounds),
        by_place(
            CheckKind::Place,
            place.as_ref(),
            (nearest, bounds.place_metres),
        ),
        by_place(
            CheckKind::MerchantPlace,
            place.as_ref(),
            (merchant, bounds.merchant_metres),
        ),
    ];
    let taking = (capture, declared_at);
    checks.extend(declared::checks(facts, place.as_ref(), taking, bounds));
    checks
}

/// A time of the file, as far as it can be relied upon.
enum Told {
    /// A moment.
    Moment(DateTime<Utc>, String),
    /// A clock without zone.
    Clock(NaiveDateTime, String),
    /// One that cannot be.
    Doubtful(PhotoDoubt, String),
}

/// The best time that a file tells: with its zone before without, and what cannot be last.
fn told(facts: &PhotoFacts) -> Option<Told> {
    let times = || {
        let times = facts.found.iter();
        times.filter(|fact| fact.kind == PhotoFactKind::TakenAt)
    };
    let sure = || times().filter(|fact| fact.doubt.is_none());
    let moment = sure().find_map(|fact| {
        let at = DateTime::parse_from_rfc3339(&fact.value).ok()?;
        Some(Told::Moment(at.to_utc(), fact.source.clone()))
    });
    let clock = || {
        sure().find_map(|fact| {
            let local: NaiveDateTime = fact.value.parse().ok()?;
            Some(Told::Clock(local, fact.source.clone()))
        })
    };
    let doubtful =
        || times().find_map(|fact| Some(Told::Doubtful(fact.doubt?, fact.source.clone())));
    moment.or_else(clock).or_else(doubtful)
}

fn time(facts: &PhotoFacts, occasion: Occasion, bounds: &Bounds) -> Check {
    let silent = |source: Option<String>, doubt: Option<PhotoDoubt>| Check {
        kind: CheckKind::Time,
        outcome: CheckOutcome::Silent,
        apart: None,
        source,
        doubt,
    };
    let (at, source, is_sure) = match told(facts) {
        None => return silent(None, None),
        Some(Told::Doubtful(doubt, source)) => return silent(Some(source), Some(doubt)),
        Some(Told::Moment(at, source)) => (at, source, true),
        // Read as China's.
        Some(Told::Clock(local, source)) => (shanghai_moment(local), source, false),
    };
    let ([from, until], [before, after]) = match occasion {
        Occasion::VisitToCome => return silent(Some(source), None),
        Occasion::Visit { since, until } => (
            [since, until.unwrap_or(at.max(since))],
            [bounds.before_arrival_minutes, bounds.after_visit_minutes],
        ),
        Occasion::Report(at) => (
            [at, at],
            [bounds.before_event_minutes, bounds.after_event_minutes],
        ),
    };
    let (is, most) = if at < from {
        (-(from - at).num_minutes(), before)
    } else if at > until {
        ((at - until).num_minutes(), after)
    } else {
        (0, after)
    };
    Check {
        outcome: CheckOutcome::of(is.abs() <= most, is_sure),
        apart: Some(Apart::Minutes { is, most }),
        ..silent(Some(source), None)
    }
}

/// A place and the fields that say so.
fn place(facts: &PhotoFacts) -> Option<(Position, String)> {
    let fact = facts
        .found
        .iter()
        .find(|fact| fact.kind == PhotoFactKind::Position)?;
    Some((facts.position?, fact.source.clone()))
}

/// Compares the place of a photo with the nearest of some others.
fn by_place(
    kind: CheckKind,
    place: Option<&(Position, String)>,
    (others, bound): (&[Position], i64),
) -> Check {
    let mut check = Check {
        kind,
        outcome: CheckOutcome::Silent,
        apart: None,
        source: place.map(|(_, source)| source.clone()),
        doubt: None,
    };
    let Some((here, _)) = place else { return check };
    let apart = others.iter().map(|other| {
        let accuracies = [here.accuracy_m, other.accuracy_m].into_iter().flatten();
        let most = bound + whole(accuracies.sum());
        (whole(metres(*here, *other)), most)
    });
    let Some((is, most)) = apart.min_by_key(|(is, most)| is - most) else {
        return check;
    };
    check.apart = Some(Apart::Metres { is, most });
    check.outcome = match is <= most {
        true => CheckOutcome::Agrees,
        false => CheckOutcome::Contradicts,
    };
    check
}

/// Whole metres: no phone knows better.
const fn whole(metres: f64) -> i64 {
    metres.round() as i64
}

#[cfg(test)]
mod tests;
