//! When a photo was taken. A camera's clock counts if it says in which zone; satellites have none. A time that cannot be
//! is told as doubtful: a phone without battery begins in 1970, some programs write the largest number there is.

use super::{Fact, words::text, xmp::Xmp};
use chrono::{DateTime, FixedOffset, NaiveDate, NaiveDateTime, TimeDelta, Utc};
use exif::{Exif, In, Tag, Value};

/// A time that a photo tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Taken {
    /// As the clock at its place showed it; UTC where it comes from satellites. `None` if it is no time at all.
    pub local: Option<NaiveDateTime>,
    /// The moment, if a zone is told.
    pub at: Option<DateTime<Utc>>,
    /// Why it cannot be.
    pub doubt: Option<Doubt>,
}

/// Why a time cannot be the one of the capture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Doubt {
    /// Zeros: a clock that was never set.
    NeverSet,
    /// Before there were such cameras: a clock that began anew.
    BeforeCameras,
    /// After the photo came.
    AfterArrival,
    /// The satellites' fix is of another day than the camera's clock: an old one.
    OldFix,
}

/// Cameras that write EXIF appeared with its first edition, in October 1995.
const FIRST_YEAR: i32 = 1995;

/// Later editions of EXIF with their years: no camera that writes one was made before. What stands between two counts as the
/// former. When a model was made no file tells, and a list of models is not ours to invent.
///
/// JEITA CP-3451: 2.2 of April 2002, which names 2.1 of 1998; 2.21 of September 2003; CIPA DC-008: 2.3 of April 2010, 2.32 of
/// May 2019.
const EDITIONS: [(&[u8; 4], i32); 5] = [
    (b"0232", 2019),
    (b"0230", 2010),
    (b"0221", 2003),
    (b"0220", 2002),
    (b"0210", 1998),
];

/// How far a phone's clock may be ahead. A proposal.
const AHEAD: TimeDelta = TimeDelta::hours(24);

/// The zones that EXIF may tell, the one of the capture first.
const ZONES: [(Tag, &str); 3] = [
    (Tag::OffsetTimeOriginal, "OffsetTimeOriginal"),
    (Tag::OffsetTimeDigitized, "OffsetTimeDigitized"),
    (Tag::OffsetTime, "OffsetTime"),
];

/// The times of the capture that XMP may tell.
const FIELDS: [&str; 4] = [
    "exif:DateTimeOriginal",
    "photoshop:DateCreated",
    "exif:DateTimeDigitized",
    "xmp:CreateDate",
];

/// All times that are told, the most trustworthy first.
pub(super) fn taken(
    exif: Option<&Exif>,
    xmp: Option<&Xmp>,
    now: DateTime<Utc>,
) -> Vec<Fact<Taken>> {
    let mut found = Vec::new();
    if let Some(exif) = exif {
        let local = local(exif, Tag::DateTimeOriginal);
        let clock = local.map(|local| by_clock(exif, local));
        let zeros = text(exif, Tag::DateTimeOriginal).is_some_and(|it| it.starts_with("0000"));
        let fix = by_fix(exif, local);
        // Without its zone a camera's time is less than a satellite's.
        let (with, without): (Vec<_>, Vec<_>) =
            clock.into_iter().partition(|it| it.value.at.is_some());
        found.extend(with);
        found.extend(fix);
        found.extend(without);
        found.extend(zeros.then(never_set));
    }
    if let Some(xmp) = xmp {
        found.extend(FIELDS.iter().filter_map(|name| by_xmp(xmp, name)));
    }
    // A clock that writes a time without zone is held to it all the same: nowhere is it a day later.
    let first = first(exif);
    for fact in &mut found {
        let taken = &mut fact.value;
        let Some(local) = taken.local else { continue };
        let at = taken.at.unwrap_or_else(|| local.and_utc());
        let doubt = if local < first {
            Some(Doubt::BeforeCameras)
        } else if at > now + AHEAD {
            Some(Doubt::AfterArrival)
        } else {
            None
        };
        taken.doubt = doubt.or(taken.doubt);
    }
    found
}

/// Before this no camera wrote such a file.
fn first(exif: Option<&Exif>) -> NaiveDateTime {
    let edition = exif.and_then(|exif| exif.get_field(Tag::ExifVersion, In::PRIMARY));
    let edition = edition.and_then(|field| match &field.value {
        Value::Undefined(edition, _) => <&[u8; 4]>::try_from(edition.as_slice()).ok(),
        _ => None,
    });
    let edition = edition.filter(|edition| edition.iter().all(u8::is_ascii_digit));
    let made = edition.and_then(|edition| EDITIONS.iter().find(|(since, _)| edition >= *since));
    let year = made.map_or(FIRST_YEAR, |(_, year)| *year);
    let first = NaiveDate::from_ymd_opt(year, 1, 1);
    first.unwrap_or_default().into()
}

fn by_clock(exif: &Exif, local: NaiveDateTime) -> Fact<Taken> {
    let zone = ZONES.iter().find_map(|(tag, name)| {
        let zone: FixedOffset = text(exif, *tag)?.parse().ok()?;
        Some((zone, *name))
    });
    let at = zone.and_then(|(zone, _)| local.and_local_timezone(zone).single());
    let source = match zone {
        Some((_, name)) => format!("exif:DateTimeOriginal+{name}"),
        None => "exif:DateTimeOriginal".to_owned(),
    };
    Fact {
        value: Taken {
            local: Some(local),
            at: at.map(|at| at.to_utc()),
            doubt: None,
        },
        source,
    }
}

fn never_set() -> Fact<Taken> {
    Fact {
        value: Taken {
            local: None,
            at: None,
            doubt: Some(Doubt::NeverSet),
        },
        source: "exif:DateTimeOriginal".to_owned(),
    }
}

/// A time without zone; dates of zeros and blanks are none.
fn local(exif: &Exif, tag: Tag) -> Option<NaiveDateTime> {
    NaiveDateTime::parse_from_str(text(exif, tag)?, "%Y:%m:%d %H:%M:%S").ok()
}

/// The time of the position. A fix of another day than the picture's is an old one.
fn by_fix(exif: &Exif, local: Option<NaiveDateTime>) -> Option<Fact<Taken>> {
    let day = NaiveDate::parse_from_str(text(exif, Tag::GPSDateStamp)?, "%Y:%m:%d").ok()?;
    let Value::Rational(parts) = &exif.get_field(Tag::GPSTimeStamp, In::PRIMARY)?.value else {
        return None;
    };
    let whole = |part: &exif::Rational| (part.denom > 0).then(|| part.num / part.denom);
    let [hour, minute, second] = parts.as_slice() else {
        return None;
    };
    let at = day.and_hms_opt(whole(hour)?, whole(minute)?, whole(second)?)?;
    // Zones reach from 12 hours behind to 14 hours ahead.
    let is_of_the_day = |local: NaiveDateTime| {
        let ahead = local - at;
        TimeDelta::hours(-12) <= ahead && ahead <= TimeDelta::hours(14)
    };
    Some(Fact {
        value: Taken {
            local: Some(at),
            at: Some(at.and_utc()),
            doubt: (!local.is_none_or(is_of_the_day)).then_some(Doubt::OldFix),
        },
        source: "exif:GPSDateStamp+GPSTimeStamp".to_owned(),
    })
}

/// A time of XMP: ISO 8601, with or without zone.
fn by_xmp(xmp: &Xmp, name: &str) -> Option<Fact<Taken>> {
    let text = xmp.get(name)?;
    let (local, at) = match DateTime::parse_from_rfc3339(text) {
        Ok(at) => (at.naive_local(), Some(at.to_utc())),
        Err(_) => {
            let local = NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S%.f");
            (local.ok()?, None)
        }
    };
    Some(Fact {
        value: Taken {
            local: Some(local),
            at,
            doubt: None,
        },
        source: format!("xmp:{}", name.split(':').next_back().unwrap_or(name)),
    })
}
