//! DNG: TIFF with raw values. Whole if each strip, tile and preview that a directory names lies within the file.

use super::{Fault, Format, Notes, Structure, Turn};
use crate::number::Order;
use std::ops::Range;

/// Most directories, and most pieces of all of them together.
const MOST_DIRECTORIES: usize = 64;
const MOST_PIECES: usize = 100_000;

/// Tags (TIFF 6.0; DNG 1.7).
const SUBFILE: u16 = 254;
const WIDTH: u16 = 256;
const HEIGHT: u16 = 257;
const COMPRESSION: u16 = 259;
const ORIENTATION: u16 = 274;
const SUB_DIRECTORIES: u16 = 330;
const XMP: u16 = 700;
const DNG_VERSION: u16 = 50706;

/// Where pieces stand and how long they are: strips, tiles, a preview.
const PIECES: [(u16, u16); 3] = [(273, 279), (324, 325), (513, 514)];

pub(super) fn look(bytes: &[u8]) -> Result<Structure, Fault> {
    let order = if bytes.starts_with(b"II") {
        Order::Little
    } else {
        Order::Big
    };
    let tiff = Tiff { bytes, order };
    let directories = tiff.directories().ok_or(Fault::Truncated)?;
    if !directories.iter().any(|it| it.has(DNG_VERSION)) {
        return Err(Fault::Format);
    }
    let mut pieces = 0;
    for directory in &directories {
        let here = directory.pieces(&tiff).ok_or(Fault::Truncated)?;
        pieces += here.len();
        if pieces > MOST_PIECES {
            return Err(Fault::Format);
        }
    }
    // A directory that stands alone, without strips, is no picture.
    if pieces == 0 {
        return Err(Fault::Truncated);
    }
    let is_full = |it: &&Directory| it.number(&tiff, SUBFILE).unwrap_or(0) == 0;
    let size = |it: &Directory| Some((it.number(&tiff, WIDTH)?, it.number(&tiff, HEIGHT)?));
    let sizes: Vec<_> = directories
        .iter()
        .filter(is_full)
        .filter_map(size)
        .collect();
    let largest = sizes
        .iter()
        .max_by_key(|(width, height)| u64::from(*width) * u64::from(*height));
    let (width, height) = *largest.ok_or(Fault::Truncated)?;
    let turn = directories
        .iter()
        .find_map(|it| it.number(&tiff, ORIENTATION));
    let xmp = directories.iter().find_map(|it| it.bytes(&tiff, XMP));
    Ok(Structure {
        format: Format::Dng,
        width,
        height,
        turn: Turn::of(turn.unwrap_or(1)),
        pictures: u32::try_from(sizes.len()).unwrap_or(u32::MAX),
        behind: Vec::new(),
        notes: Notes {
            exif: Some(bytes.to_vec()),
            xmp: xmp.map(<[u8]>::to_vec),
            manifest: None,
            previews: previews(&tiff, &directories),
        },
    })
}

/// The JPEGs among the pieces, the largest first: raw values are packed as lossless JPEG too, which is none.
fn previews(tiff: &Tiff<'_>, directories: &[Directory]) -> Vec<Range<usize>> {
    let is_jpeg = |range: &Range<usize>| {
        let bytes = tiff.bytes.get(range.clone()).unwrap_or_default();
        bytes.starts_with(&[0xFF, 0xD8, 0xFF]) && crate::jpeg::frame(bytes).is_some()
    };
    let mut found: Vec<_> = directories
        .iter()
        .filter(|it| matches!(it.number(tiff, COMPRESSION), None | Some(6 | 7)))
        .filter_map(|it| it.pieces(tiff).filter(|pieces| pieces.len() == 1)?.pop())
        .filter(is_jpeg)
        .collect();
    found.sort_by_key(|range| std::cmp::Reverse(range.len()));
    found
}

struct Tiff<'a> {
    bytes: &'a [u8],
    order: Order,
}

/// The entries of a directory: tag, type, count, and where its values stand.
struct Directory(Vec<(u16, u16, usize, usize)>);

impl Tiff<'_> {
    /// All directories: the chain, and those below each.
    fn directories(&self) -> Option<Vec<Directory>> {
        let mut wanted = vec![self.order.size(self.bytes, 4)?];
        let (mut seen, mut found) = (Vec::new(), Vec::new());
        while let Some(at) = wanted.pop() {
            if at == 0 || seen.contains(&at) {
                continue;
            }
            seen.push(at);
            (seen.len() <= MOST_DIRECTORIES).then_some(())?;
            let (directory, next) = self.directory(at)?;
            wanted.push(next);
            let below = directory.numbers(self, SUB_DIRECTORIES)?;
            wanted.extend(
                below
                    .into_iter()
                    .take(MOST_DIRECTORIES)
                    .map(|at| at as usize),
            );
            found.push(directory);
        }
        Some(found)
    }

    fn directory(&self, at: usize) -> Option<(Directory, usize)> {
        let many = usize::from(self.order.u16(self.bytes, at)?);
        let entry = |number: usize| {
            let at = at + 2 + 12 * number;
            let tag = self.order.u16(self.bytes, at)?;
            let kind = self.order.u16(self.bytes, at + 2)?;
            let count = self.order.size(self.bytes, at + 4)?;
            let size = count.checked_mul(width_of(kind))?;
            let values = if size <= 4 {
                at + 8
            } else {
                self.order.size(self.bytes, at + 8)?
            };
            Some((tag, kind, count, values))
        };
        let entries = (0..many).map(entry).collect::<Option<_>>()?;
        // Some writers leave the end of the chain out.
        let next = self.order.size(self.bytes, at + 2 + 12 * many).unwrap_or(0);
        Some((Directory(entries), next))
    }
}

/// The length of a value of a type, in bytes.
const fn width_of(kind: u16) -> usize {
    match kind {
        3 | 8 => 2,
        4 | 9 | 11 | 13 => 4,
        5 | 10 | 12 => 8,
        _ => 1,
    }
}

impl Directory {
    fn has(&self, tag: u16) -> bool {
        self.0.iter().any(|entry| entry.0 == tag)
    }

    /// The values of a tag, none if it is not there; `None` if they do not lie within the file.
    fn numbers(&self, tiff: &Tiff<'_>, tag: u16) -> Option<Vec<u32>> {
        let Some((_, kind, count, values)) = self.0.iter().find(|entry| entry.0 == tag) else {
            return Some(Vec::new());
        };
        let width = width_of(*kind);
        let end = values.checked_add(count.checked_mul(width)?)?;
        (end <= tiff.bytes.len() && *count <= MOST_PIECES).then_some(())?;
        let number = |number: usize| match width {
            1 => tiff.bytes.get(values + number).map(|byte| u32::from(*byte)),
            2 => tiff
                .order
                .u16(tiff.bytes, values + 2 * number)
                .map(u32::from),
            _ => tiff.order.u32(tiff.bytes, values + width * number),
        };
        (0..*count).map(number).collect()
    }

    fn number(&self, tiff: &Tiff<'_>, tag: u16) -> Option<u32> {
        self.numbers(tiff, tag)?.first().copied()
    }

    fn bytes<'a>(&self, tiff: &Tiff<'a>, tag: u16) -> Option<&'a [u8]> {
        let (_, _, count, values) = self.0.iter().find(|entry| entry.0 == tag)?;
        tiff.bytes.get(*values..values.checked_add(*count)?)
    }

    /// Where its pieces stand; `None` if one does not lie within the file.
    fn pieces(&self, tiff: &Tiff<'_>) -> Option<Vec<Range<usize>>> {
        let mut pieces = Vec::new();
        for (offsets, lengths) in PIECES {
            let offsets = self.numbers(tiff, offsets)?;
            let lengths = self.numbers(tiff, lengths)?;
            (offsets.len() == lengths.len()).then_some(())?;
            for (offset, length) in offsets.into_iter().zip(lengths) {
                let end = (offset as usize).checked_add(length as usize)?;
                (end <= tiff.bytes.len()).then_some(())?;
                pieces.push(offset as usize..end);
            }
        }
        Some(pieces)
    }
}
