//! What an app declares about the taking of a photo.

use super::PositionInput;
use async_graphql::InputObject;
use chrono::DateTime;
use liangxin_domain::{
    evidence::capture::{Capture, Fix, FixSource},
    refusal::{Code, Refusal},
    text::Line,
};

/// What an app knows about the taking of a photo. It is told as facts with the source `declared`, and the file is held against it. A time
/// that cannot be is kept and told as doubtful. Of a citizen's photo the phone is not kept, nor the place without `tellsPlace`.
#[derive(InputObject)]
pub(super) struct CaptureInput {
    /// When, by the phone's clock with its offset, as RFC 3339: `2026-11-29T09:59:00+08:00`. Text, since a moment alone would lose
    /// the offset.
    taken_at: Option<String>,
    /// Where the phone was, with the accuracy.
    fix: Option<FixInput>,
    /// Who made the phone, as the app knows it. At most 120 characters.
    make: Option<String>,
    /// Which model it is. At most 120 characters.
    model: Option<String>,
}

/// The phone's last fix when the photo was taken.
#[derive(InputObject)]
struct FixInput {
    /// The place.
    position: PositionInput,
    /// How it was found.
    source: Option<FixSource>,
    /// Whether the phone says that another app made it up.
    is_mock: Option<bool>,
    /// How old it was, in seconds; at most a week.
    age_seconds: Option<u32>,
}

impl CaptureInput {
    pub(super) fn parse(&self) -> Result<Capture, Refusal> {
        let line = |text: &Option<String>| Line::parse_optional(text.as_deref(), "photos");
        let clock = |text: &String| {
            let read = DateTime::parse_from_rfc3339(text);
            read.map_err(|_| Refusal::on(Code::FieldFormat, "photos"))
        };
        Ok(Capture {
            taken_at: self.taken_at.as_ref().map(clock).transpose()?,
            fix: self.fix.as_ref().map(FixInput::parse).transpose()?,
            make: line(&self.make)?,
            model: line(&self.model)?,
        })
    }
}

impl FixInput {
    fn parse(&self) -> Result<Fix, Refusal> {
        let fix = Fix {
            position: self.position.parse("photos")?,
            source: self.source,
            is_mock: self.is_mock,
            age_seconds: self.age_seconds,
        };
        fix.check()
    }
}
