//! The originals of reporters' photos. A file holds more than the picture: where and when it was taken, by which phone,
//! sometimes a second picture or some seconds of sound. Whoever works on a report sees a copy without all that; the
//! original is opened for a purpose, and the reporter learns of it.

use crate::{commands, text::Line};
use chrono::TimeDelta;

/// How long an opening lets the same person fetch the original. A proposal.
pub const OPEN_FOR: TimeDelta = TimeDelta::hours(24);

commands! {
    /// Writes about originals.
    OriginalWrite:

    /// Open the original of a photo.
    OpenOriginal {
        /// For what.
        purpose: Line,
    } => OpenOriginal;
}
