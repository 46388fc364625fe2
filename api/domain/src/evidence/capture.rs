//! What an app declares about the taking of a photo: when by the phone's clock, where by the fix that it had, with which phone. It
//! stands beside what the file says and is never mixed with it: each fact has its own field and, where facts are shown, the
//! source `declared`. Everything is optional, and what is missing says nothing.

use crate::{
    evidence::photo::{PhotoDoubt, PhotoFact, PhotoFactKind, PhotoKind},
    limits::{CLOCK_AHEAD_SECONDS, FIX_AGE_SECONDS},
    place::Position,
    refusal::{Code, Refusal},
    text::Line,
};
use chrono::{DateTime, Datelike as _, FixedOffset, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

/// Cameras that write the time into their files appeared then (EXIF 1.0, October 1995).
const FIRST_YEAR: i32 = 1995;

/// The source of what an app declares, where facts are shown.
pub const SOURCE: &str = "declared";

words! {
    /// How a phone found where it was.
    pub enum FixSource as "PositionSource" {
        /// By satellites.
        Satellite,
        /// By cells and wireless networks.
        Network,
        /// By the phone's own mix of these.
        Fused,
        /// Somebody set it on a map.
        Manual,
    }
}

/// Where the phone was, by its last fix.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fix {
    /// The place, with its accuracy in metres.
    pub position: Position,
    /// How it was found.
    pub source: Option<FixSource>,
    /// Whether the phone says that another app made it up.
    pub is_mock: Option<bool>,
    /// How old it was when the photo was taken, in seconds.
    pub age_seconds: Option<u32>,
}

impl Fix {
    /// Refuses an age that no phone keeps a fix for.
    pub fn check(self) -> Result<Self, Refusal> {
        match self.age_seconds {
            Some(age) if age > FIX_AGE_SECONDS => {
                let most = FIX_AGE_SECONDS.to_string();
                Err(Refusal::on(Code::OutOfRange, "photos").with(most))
            }
            _ => Ok(self),
        }
    }
}

/// What is declared about the taking of a photo.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Capture {
    /// When, by the phone's clock, with its offset.
    pub taken_at: Option<DateTime<FixedOffset>>,
    /// Where.
    pub fix: Option<Fix>,
    /// Who made the phone.
    pub make: Option<Line>,
    /// Which model it is.
    pub model: Option<Line>,
}

impl Capture {
    /// As much of it as is kept: of a reporter's photo neither the phone, which would tell who reported, nor the place, unless the
    /// reporter tells it.
    #[must_use]
    pub fn kept(self, kind: PhotoKind, tells_place: bool) -> Self {
        if kind != PhotoKind::Report {
            return self;
        }
        Self {
            taken_at: self.taken_at,
            fix: self.fix.filter(|_| tells_place),
            make: None,
            model: None,
        }
    }

    /// Why the declared time cannot be, if it was declared at a moment. It is kept and shown all the same.
    #[must_use]
    pub fn time_doubt(&self, declared_at: DateTime<Utc>) -> Option<PhotoDoubt> {
        let taken_at = self.taken_at?;
        if taken_at.year() < FIRST_YEAR {
            return Some(PhotoDoubt::BeforeCameras);
        }
        let latest = declared_at + TimeDelta::seconds(CLOCK_AHEAD_SECONDS);
        (taken_at > latest).then_some(PhotoDoubt::AfterArrival)
    }

    /// Why the declared place cannot be relied upon.
    #[must_use]
    pub fn place_doubt(&self) -> Option<PhotoDoubt> {
        let is_mock = self.fix.as_ref().and_then(|fix| fix.is_mock);
        (is_mock == Some(true)).then_some(PhotoDoubt::MockPosition)
    }

    /// Each of its facts by itself, as it is shown beside those of the file.
    #[must_use]
    pub fn facts(&self, declared_at: DateTime<Utc>) -> Vec<PhotoFact> {
        let fact = |kind, value: String, doubt| PhotoFact {
            kind,
            value,
            source: SOURCE.to_owned(),
            doubt,
        };
        let mut facts = Vec::new();
        facts.extend(self.taken_at.map(|at| {
            let doubt = self.time_doubt(declared_at);
            fact(PhotoFactKind::TakenAt, at.to_rfc3339(), doubt)
        }));
        if let Some(fix) = &self.fix {
            let place = fix.position.to_string();
            facts.push(fact(PhotoFactKind::Position, place, self.place_doubt()));
            let told = [
                (
                    PhotoFactKind::PositionSource,
                    fix.source.map(|it| it.to_string()),
                ),
                (
                    PhotoFactKind::PositionMock,
                    fix.is_mock.map(|it| it.to_string()),
                ),
                (
                    PhotoFactKind::PositionAge,
                    fix.age_seconds.map(|it| it.to_string()),
                ),
            ];
            let told = told.into_iter();
            facts.extend(told.filter_map(|(kind, value)| Some(fact(kind, value?, None))));
        }
        for (kind, line) in [
            (PhotoFactKind::Make, &self.make),
            (PhotoFactKind::Model, &self.model),
        ] {
            facts.extend(line.as_ref().map(|it| fact(kind, it.to_string(), None)));
        }
        facts
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn capture(taken_at: &str) -> Capture {
        Capture {
            taken_at: Some(DateTime::parse_from_rfc3339(taken_at).unwrap()),
            fix: Some(Fix {
                position: Position::parse(28.18, 112.98, Some(6.0), "p").unwrap(),
                source: Some(FixSource::Fused),
                is_mock: Some(false),
                age_seconds: Some(4),
            }),
            make: Some(Line::parse("Example", "make").unwrap()),
            model: Some(Line::parse("Phone 1", "model").unwrap()),
        }
    }

    #[test]
    fn a_declared_time_that_cannot_be_is_doubtful() {
        let now = "2026-11-29T02:00:00Z".parse().unwrap();
        for (taken_at, doubt) in [
            ("2026-11-29T09:59:00+08:00", None),
            ("2026-11-29T10:10:00+08:00", None),
            ("2026-11-29T10:11:00+08:00", Some(PhotoDoubt::AfterArrival)),
            ("1994-12-31T23:59:59+08:00", Some(PhotoDoubt::BeforeCameras)),
        ] {
            let facts = capture(taken_at).facts(now);
            assert_eq!((facts[0].doubt, &*facts[0].value), (doubt, taken_at));
        }
    }

    #[test]
    fn every_fact_is_told_by_itself_as_declared() {
        let facts =
            capture("2026-11-29T09:59:00+08:00").facts("2026-11-29T02:00:00Z".parse().unwrap());
        let told: Vec<_> = facts.iter().map(|it| (it.kind, &*it.value)).collect();
        let expected = [
            (PhotoFactKind::TakenAt, "2026-11-29T09:59:00+08:00"),
            (PhotoFactKind::Position, "28.180000 112.980000 ±6"),
            (PhotoFactKind::PositionSource, "fused"),
            (PhotoFactKind::PositionMock, "false"),
            (PhotoFactKind::PositionAge, "4"),
            (PhotoFactKind::Make, "Example"),
            (PhotoFactKind::Model, "Phone 1"),
        ];
        assert_eq!(told, expected);
        assert!(facts.iter().all(|fact| fact.source == SOURCE));
    }

    #[test]
    fn of_a_reporters_photo_no_phone_is_kept_and_no_place_that_is_not_told() {
        let whole = capture("2026-11-29T09:59:00+08:00");
        assert_eq!(whole.clone().kept(PhotoKind::Scene, false), whole);
        let kept = whole.clone().kept(PhotoKind::Report, true);
        assert_eq!((&kept.fix, &kept.make), (&whole.fix, &None));
        let kept = whole.clone().kept(PhotoKind::Report, false);
        assert_eq!((kept.taken_at, kept.fix), (whole.taken_at, None));
    }

    #[test]
    fn a_fix_that_is_older_than_any_phone_keeps_one_is_refused() {
        let fix = |age| Fix {
            age_seconds: Some(age),
            ..capture("2026-11-29T09:59:00+08:00").fix.unwrap()
        };
        assert!(fix(FIX_AGE_SECONDS).check().is_ok());
        let refused = fix(FIX_AGE_SECONDS + 1).check().unwrap_err();
        assert_eq!(refused.code, Code::OutOfRange);
    }
}
