//! Whether bytes are a whole picture of a known kind, told by the container's own structure. Nothing is decoded into
//! pixels: a picture that no decoder here understands is whole all the same. One module for each container; what makes
//! a file look whole to a careless reader (an end marker behind half a picture, a header of a few bytes) is seen here.

use crate::jpeg::{Proof, Sink};
use std::ops::Range;

mod behind;
mod bmff;
mod items;
mod jpeg;
mod png;
#[cfg(test)]
pub(crate) mod tests;
mod tiff;
mod webp;

/// Why bytes are not taken for a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// They are of no kind that is known here.
    #[error("the bytes are no picture of a known kind")]
    Format,
    /// A part of the picture is missing or unreadable, whatever stands behind it.
    #[error("a part of the picture is missing")]
    Truncated,
    /// It claims more pixels, or more unpacked bytes, than any camera makes.
    #[error("the picture claims more pixels than any camera makes")]
    Pixels,
    /// More than so many bytes that nobody knows stand behind its end.
    #[error("more than {0} unknown bytes stand behind the picture")]
    Tail(usize),
}

/// The kind of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// JPEG (ITU-T T.81), alone or with more behind it: see [`Structure::behind`].
    Jpeg,
    /// PNG (ISO/IEC 15948).
    Png,
    /// WebP (RFC 9649).
    Webp,
    /// HEIF with HEVC or another coding than AV1 (ISO/IEC 23008-12).
    Heic,
    /// HEIF with AV1.
    Avif,
    /// DNG: TIFF with raw values.
    Dng,
}

/// What stands behind the end of a picture, or beside it in its container.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Extra {
    /// The seconds of film of a moving photo.
    Motion,
    /// How much brighter a bright screen shows each part.
    GainMap,
    /// Another picture: the other eye, the other lens.
    Picture,
    /// A note of the phone's maker.
    MakerTrailer,
    /// Something else.
    Unknown,
}

impl Extra {
    /// Its name, as it is noted.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Motion => "motion",
            Self::GainMap => "gain_map",
            Self::Picture => "picture",
            Self::MakerTrailer => "maker_trailer",
            Self::Unknown => "unknown",
        }
    }
}

/// A piece behind the end of a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Behind {
    /// What it is.
    pub extra: Extra,
    /// Where it begins in the file, in bytes.
    pub offset: usize,
    /// Its length, in bytes.
    pub size: usize,
}

/// How a stored picture is turned to stand upright: the eight values of EXIF's tag 274.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Turn(u8);

impl Turn {
    /// As it is stored.
    pub const NONE: Self = Self(1);

    /// One of the eight; as it is stored for everything else.
    #[must_use]
    pub const fn of(value: u32) -> Self {
        if value >= 1 && value <= 8 {
            Self(value as u8)
        } else {
            Self::NONE
        }
    }

    /// The value of EXIF's tag.
    #[must_use]
    pub const fn exif(self) -> u8 {
        self.0
    }

    /// Whether width and height change places.
    #[must_use]
    pub const fn is_aside(self) -> bool {
        self.0 >= 5
    }
}

/// A whole picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Structure {
    /// Its kind.
    pub format: Format,
    /// Width as it is stored, in pixels.
    pub width: u32,
    /// Height as it is stored, in pixels.
    pub height: u32,
    /// How it is turned to stand upright, where the container itself says so; JPEG, PNG and WebP leave it to EXIF.
    pub turn: Turn,
    /// How many pictures the file holds that are shown as such; tiles, thumbnails and gain maps do not count.
    pub pictures: u32,
    /// What stands behind the end, in the order of the file.
    pub behind: Vec<Behind>,
    pub(crate) notes: Notes,
}

impl Structure {
    /// Width and height as a person sees it, in pixels.
    #[must_use]
    pub const fn upright(&self, turn: Turn) -> (u32, u32) {
        if turn.is_aside() {
            (self.height, self.width)
        } else {
            (self.width, self.height)
        }
    }
}

/// What stands beside the pixels in a container.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Notes {
    /// EXIF: a TIFF header and what follows.
    pub(crate) exif: Option<Vec<u8>>,
    /// XMP: a text in RDF.
    pub(crate) xmp: Option<Vec<u8>>,
    /// A C2PA manifest: JUMBF boxes.
    pub(crate) manifest: Option<Vec<u8>>,
    /// Where smaller JPEGs of the same picture stand, the largest first.
    pub(crate) previews: Vec<Range<usize>>,
}

/// Most bytes that nobody knows behind the end of a JPEG: phones put films, gain maps and second pictures there, which
/// are known; a maker's note has kilobytes. A proposal.
const JPEG_TAIL: usize = 12_000_000;

/// The same behind all others. A proposal.
const TAIL: usize = 64 * 1024;

/// Looks at the structure of a picture of at most so many pixels.
pub fn look(bytes: &[u8], most_pixels: u64) -> Result<Structure, Fault> {
    look_with(bytes, most_pixels, &mut Proof)
}

/// The same; the blocks of a JPEG, which are read for the proof that it is whole, are given to the sink.
pub(crate) fn look_with(
    bytes: &[u8],
    most_pixels: u64,
    sink: &mut impl Sink,
) -> Result<Structure, Fault> {
    let structure = match bytes {
        [0xFF, 0xD8, 0xFF, ..] => jpeg::look(bytes, most_pixels, sink),
        [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1A, b'\n', ..] => png::look(bytes, most_pixels),
        [
            b'R',
            b'I',
            b'F',
            b'F',
            _,
            _,
            _,
            _,
            b'W',
            b'E',
            b'B',
            b'P',
            ..,
        ] => webp::look(bytes),
        [_, _, _, _, b'f', b't', b'y', b'p', ..] => bmff::look(bytes),
        [b'I', b'I', 42, 0, ..] | [b'M', b'M', 0, 42, ..] => tiff::look(bytes),
        _ => Err(Fault::Format),
    }?;
    if u64::from(structure.width) * u64::from(structure.height) > most_pixels {
        return Err(Fault::Pixels);
    }
    let most = match structure.format {
        Format::Jpeg => JPEG_TAIL,
        _ => TAIL,
    };
    let unknown = structure.behind.iter();
    let unknown = unknown.filter(|piece| piece.extra == Extra::Unknown);
    if unknown.map(|piece| piece.size).sum::<usize>() > most {
        return Err(Fault::Tail(most));
    }
    Ok(structure)
}

/// How much memory [`look`] takes beside the file, in bytes, by what the header claims.
#[must_use]
pub fn memory(bytes: &[u8]) -> u64 {
    const NOTES: u64 = 1_000_000;
    // Of a frame in several passes a word for each block.
    let blocks = crate::jpeg::frame(bytes).filter(crate::jpeg::Frame::is_progressive);
    let blocks = blocks.map_or(0, |frame| frame.blocks() as u64);
    // DNG is given to the reader of EXIF as it is.
    let copy = if bytes.starts_with(b"II") || bytes.starts_with(b"MM") {
        bytes.len() as u64
    } else {
        0
    };
    blocks.saturating_mul(8).saturating_add(NOTES + copy)
}

/// What stands behind the end of a picture whose format puts nothing there.
fn unknown_behind(bytes: &[u8], end: usize) -> Vec<Behind> {
    let size = bytes.len().saturating_sub(end);
    let piece = Behind {
        extra: Extra::Unknown,
        offset: end,
        size,
    };
    (size > 0).then_some(piece).into_iter().collect()
}
