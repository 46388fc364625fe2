//! What stands behind the end of a JPEG: films of moving photos, gain maps, second pictures, notes of makers.

use super::{Behind, Extra, bmff};
use crate::{
    jpeg::{self, Proof, segments},
    number::find,
};

/// Most pieces that are told apart.
const MOST_PIECES: usize = 16;

/// How Samsung's notes end, and what stands before the film in them.
const SAMSUNG_END: &[u8] = b"SEFT";
const SAMSUNG_FILM: &[u8] = b"MotionPhoto_Data";

/// What a gain map says of itself: Android's and Apple's XMP, ISO 21496-1.
const GAIN_MAPS: [&[u8]; 3] = [
    b"http://ns.adobe.com/hdr-gain-map/1.0/",
    b"HDRGainMap",
    b"urn:iso:std:iso:ts:21496:-1",
];

/// The pieces behind the end.
pub(super) fn behind(bytes: &[u8], end: usize, most_pixels: u64) -> Vec<Behind> {
    let mut pieces = Vec::new();
    let mut at = end;
    while let Some(rest) = bytes.get(at..).filter(|rest| !rest.is_empty()) {
        let (extra, size) = if pieces.len() < MOST_PIECES {
            first(rest, most_pixels)
        } else {
            (Extra::Unknown, rest.len())
        };
        pieces.push(Behind {
            extra,
            offset: at,
            size,
        });
        at += size;
    }
    pieces
}

/// The piece that the bytes begin with, and its length, which is never zero.
fn first(rest: &[u8], most_pixels: u64) -> (Extra, usize) {
    if rest.starts_with(&[0xFF, 0xD8, 0xFF])
        && let Ok(size) = jpeg::read(rest, most_pixels, &mut Proof)
    {
        let says = |segment: &[u8]| GAIN_MAPS.iter().any(|name| find(segment, name).is_some());
        let is_map = segments(rest).any(|(_, segment)| says(segment));
        let extra = if is_map {
            Extra::GainMap
        } else {
            Extra::Picture
        };
        return (extra, size);
    }
    if let Some(size) = bmff::film(rest) {
        return (Extra::Motion, size);
    }
    if rest.ends_with(SAMSUNG_END) {
        let film = find(rest, SAMSUNG_FILM).map(|at| at + SAMSUNG_FILM.len());
        let film = film.filter(|at| rest.get(*at..).and_then(bmff::film).is_some());
        return (Extra::MakerTrailer, film.unwrap_or(rest.len()));
    }
    // Second pictures begin where a page of memory does.
    let filled = rest.iter().take_while(|byte| **byte == 0).count();
    let goes_on = rest.get(filled..).is_some_and(|next| {
        next.starts_with(&[0xFF, 0xD8, 0xFF]) || next.get(4..8) == Some(b"ftyp")
    });
    let size = if goes_on && filled > 0 {
        filled
    } else {
        rest.len()
    };
    (Extra::Unknown, size)
}
