//! Redactions (遮盖): parts of a photo that nobody sees on a copy, because they show a face, a plate, a paper of somebody who is
//! no part of the matter. The original is never altered. Whoever lays one down says why; another person alone takes it away.

use crate::{
    commands,
    id::{RedactionId, UserId},
    refusal::{Code, Refusal},
    text::Reason,
};
use chrono::{DateTime, Utc};
use serde::Serialize;

/// Into how many parts width and height are divided.
pub const PARTS: u16 = 10_000;

/// A rectangle of the upright picture, in ten-thousandths of its width and height, so that it fits every copy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Area {
    /// Where it begins, from the left.
    pub left: u16,
    /// Where it begins, from above.
    pub top: u16,
    /// How wide it is.
    pub width: u16,
    /// How high it is.
    pub height: u16,
}

impl Area {
    /// A rectangle that lies within the picture and covers something of it.
    pub fn parse((left, top): (i32, i32), (width, height): (i32, i32)) -> Result<Self, Refusal> {
        let (left, width) = side((left, "left"), (width, "width"))?;
        let (top, height) = side((top, "top"), (height, "height"))?;
        Ok(Self {
            left,
            top,
            width,
            height,
        })
    }
}

/// One side of a rectangle: where it begins and how long it is.
fn side(
    (from, begins): (i32, &'static str),
    (length, lasts): (i32, &'static str),
) -> Result<(u16, u16), Refusal> {
    let out = |field| Refusal::on(Code::OutOfRange, field);
    let from = u16::try_from(from).map_err(|_| out(begins))?;
    let length = u16::try_from(length).map_err(|_| out(lasts))?;
    if from >= PARTS {
        return Err(out(begins));
    }
    if length == 0 || length > PARTS - from {
        return Err(out(lasts));
    }
    Ok((from, length))
}

commands! {
    /// Writes about redactions.
    RedactionWrite:

    /// Cover a part of a photo on every copy of it.
    RedactPhoto {
        /// Which part.
        area: Area,
        /// Why.
        reason: Reason,
    } => RedactPhoto;
    /// Take a redaction away.
    RemoveRedaction {
        /// Which.
        redaction: RedactionId,
        /// Why.
        reason: Reason,
    } => RemoveRedaction;
}

/// A part of a photo that is covered, or was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Redaction {
    /// Its id.
    pub id: RedactionId,
    /// Which part.
    pub area: Area,
    /// Why.
    pub reason: Reason,
    /// Who covered it.
    pub by: UserId,
    /// When it was covered.
    pub at: DateTime<Utc>,
    /// Who took it away, when and why, if somebody did.
    pub removed: Option<Removed>,
}

/// That a redaction was taken away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Removed {
    /// Why.
    pub reason: Reason,
    /// By whom.
    pub by: UserId,
    /// When it was taken away.
    pub at: DateTime<Utc>,
}

impl Redaction {
    /// Takes it away. What one person covered another one uncovers.
    pub fn remove(self, removed: Removed) -> Result<Self, Refusal> {
        if self.removed.is_some() {
            return Err(Refusal::on(Code::NotFound, "redactionId"));
        }
        if self.by == removed.by {
            return Err(Refusal::of(Code::RedactionSamePerson));
        }
        Ok(Self {
            removed: Some(removed),
            ..self
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rectangle_covers_something_and_stays_in_the_picture() {
        let whole = Area::parse((0, 0), (10_000, 10_000)).unwrap();
        assert_eq!((whole.left, whole.width), (0, PARTS));
        assert!(Area::parse((9_999, 0), (1, 1)).is_ok());
        for (from, size, field) in [
            ((-1, 0), (1, 1), "left"),
            ((0, 10_000), (1, 1), "top"),
            ((0, 0), (0, 1), "width"),
            ((0, 0), (1, -1), "height"),
            ((5_000, 0), (5_001, 1), "width"),
            ((0, 0), (1, i32::MAX), "height"),
        ] {
            let refused = Area::parse(from, size).unwrap_err();
            assert_eq!(
                (refused.code, refused.field),
                (Code::OutOfRange, Some(field))
            );
        }
    }
}
