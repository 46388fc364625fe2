//! Copies of a photo: smaller, upright, with nothing in them but the picture, and with parts painted over where somebody
//! said so. Every copy that anybody gets goes through [`Copier::copy`]; there is no other way from an original to a
//! picture.

use crate::{
    picture::Picture,
    structure::{Fault, Structure, Turn},
};

mod decode;
mod encode;
mod redact;
mod resize;
#[cfg(test)]
mod tests;
mod upright;

pub use redact::Redaction;
pub(crate) use resize::resized;

/// The longer side of the copies, in pixels: one to look at, one for lists.
pub const SIDES: [u32; 2] = [1280, 320];

/// Of a copy: a scale's display stays readable. A proposal.
const QUALITY: u8 = 86;

/// How far a decoder may go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bounds {
    /// Most memory of one picture on its way to a copy, in bytes, the file not included.
    pub memory_bytes: u64,
    /// The longer side of the largest copy that is wanted, in pixels.
    pub side: u32,
}

/// Why there is no copy of a photo. The original is held all the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NoCopy {
    /// No decoder here knows the format, and no smaller JPEG stands in the file.
    #[error("no decoder for the format")]
    Undecodable,
    /// It would take more memory than the bounds allow.
    #[error("too large to be decoded")]
    TooLarge,
    /// The decoder found it damaged.
    #[error("damaged for the decoder")]
    Damaged,
}

/// How much memory looking at a photo and copying it with a longer side takes, in bytes, the file not included: by what
/// the header claims. No pixel is made.
#[must_use]
pub fn weigh(bytes: &[u8], side: u32) -> u64 {
    let copy = decode::weigh(bytes, side).unwrap_or_default();
    crate::structure::memory(bytes).max(copy)
}

/// A picture as it is stored, from which no larger copy than was wanted is made.
#[derive(Debug)]
pub struct Decoded {
    picture: Picture,
    side: u32,
}

impl Decoded {
    /// Looks at a photo as [`look`](crate::look) does, and decodes it as small as its decoder can without making the largest copy
    /// worse.
    pub fn look(
        bytes: &[u8],
        most_pixels: u64,
        bounds: Bounds,
    ) -> Result<(Structure, Result<Self, NoCopy>), Fault> {
        let (structure, picture) = decode::look_and_decode(bytes, most_pixels, bounds)?;
        let decoded = picture.and_then(|picture| Self::of(picture, bounds));
        Ok((structure, decoded))
    }

    fn of(picture: Picture, bounds: Bounds) -> Result<Self, NoCopy> {
        Ok(Self {
            picture: resize::within(picture, bounds.side)?,
            side: bounds.side,
        })
    }

    /// Turns it upright.
    #[must_use]
    pub fn upright(self, turn: Turn) -> Copier {
        Copier {
            picture: upright::turned(self.picture, turn),
            side: self.side,
        }
    }
}

/// A picture from which copies are made, of any size up to the one that was wanted.
#[derive(Debug)]
pub struct Copier {
    picture: Picture,
    side: u32,
}

impl Copier {
    /// A JPEG whose longer side has at most so many pixels, with the redactions painted over: the picture and nothing
    /// else.
    pub fn copy(&self, side: u32, redactions: &[Redaction]) -> Result<Vec<u8>, NoCopy> {
        let mut picture = resize::within(self.picture.clone(), side.min(self.side))?;
        redact::paint(&mut picture, redactions);
        encode::encode(&picture, QUALITY).ok_or(NoCopy::Damaged)
    }

    /// The picture as it stands upright.
    #[must_use]
    pub const fn picture(&self) -> &Picture {
        &self.picture
    }
}
