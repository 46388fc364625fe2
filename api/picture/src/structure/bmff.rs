//! Boxes of the ISO base media file format (ISO/IEC 14496-12): HEIC, AVIF and the films of moving photos. A picture is
//! whole if each box ends within the file and each item of it lies within its box.

use super::{Behind, Extra, Fault, Format, Structure, items::Items, unknown_behind};
use crate::number::{Order::Big, wide};
use std::ops::Range;

/// Most boxes of one level that are read.
const MOST_BOXES: usize = 4096;

/// The box of C2PA: a `uuid` box with this name.
const C2PA: [u8; 16] = [
    0xD8, 0xFE, 0xC3, 0xD6, 0x1B, 0x0E, 0x48, 0x3C, 0x92, 0x97, 0x58, 0x28, 0x87, 0x7E, 0xC4, 0x81,
];

/// What stands before the manifest in it: version and flags, the purpose `manifest` with its zero, an offset.
const C2PA_HEAD: usize = 16 + 4 + 9 + 8;

/// A box: its kind and where its content stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Box {
    pub(super) kind: [u8; 4],
    pub(super) content: Range<usize>,
}

/// The box that begins here, within bytes.
pub(super) fn box_at(bytes: &[u8], at: usize, end: usize) -> Option<Box> {
    let kind = *bytes.get(at.checked_add(4)?..)?.first_chunk()?;
    let (head, size) = match Big.size(bytes, at)? {
        0 => (8, end.checked_sub(at)?),
        1 => (16, wide(bytes, at + 8, 8)?),
        size => (8, size),
    };
    let behind = at.checked_add(size)?;
    (size >= head && behind <= end).then_some(Box {
        kind,
        content: at + head..behind,
    })
}

/// The boxes that fill a range; `None` if one of them does not end in it.
pub(super) fn boxes(bytes: &[u8], within: Range<usize>) -> Option<Vec<Box>> {
    let (mut at, mut found) = (within.start, Vec::new());
    while at < within.end {
        let next = box_at(bytes, at, within.end)?;
        at = next.content.end;
        found.push(next);
        (found.len() <= MOST_BOXES).then_some(())?;
    }
    Some(found)
}

/// The length of the film that the bytes begin with, if all of it is there.
pub(super) fn film(bytes: &[u8]) -> Option<usize> {
    (bytes.get(4..8)? == b"ftyp").then_some(())?;
    let (mut at, mut kinds) = (0, Vec::new());
    while let Some(next) = box_at(bytes, at, bytes.len()).filter(is_known) {
        at = next.content.end;
        kinds.push(next.kind);
        (kinds.len() <= MOST_BOXES).then_some(())?;
    }
    let has = |kind: &[u8; 4]| kinds.contains(kind);
    (has(b"moov") && has(b"mdat")).then_some(at)
}

/// Whether a box may stand at the top of a file; anything else is no part of it.
fn is_known(found: &Box) -> bool {
    const TOP: [&[u8; 4]; 16] = [
        b"ftyp", b"meta", b"mdat", b"moov", b"moof", b"mfra", b"free", b"skip", b"wide", b"uuid",
        b"mpvd", b"pdin", b"styp", b"sidx", b"idat", b"sefd",
    ];
    TOP.contains(&&found.kind)
}

/// Looks at a HEIF.
pub(super) fn look(bytes: &[u8]) -> Result<Structure, Fault> {
    let brands = box_at(bytes, 0, bytes.len()).ok_or(Fault::Truncated)?;
    let format = format(bytes.get(brands.content.clone()).unwrap_or_default())?;
    let (mut at, mut top) = (0, Vec::new());
    while at < bytes.len() {
        let Some(next) = box_at(bytes, at, bytes.len()).filter(is_known) else {
            let kind = bytes.get(at + 4..at + 8).unwrap_or_default();
            // A part of the picture that does not end in the file; anything else stands behind it.
            if [b"mdat", b"meta", b"idat", b"moov"]
                .iter()
                .any(|part| kind == *part)
            {
                return Err(Fault::Truncated);
            }
            break;
        };
        at = next.content.end;
        top.push(next);
        if top.len() > MOST_BOXES {
            return Err(Fault::Format);
        }
    }
    let meta = top.iter().find(|found| &found.kind == b"meta");
    let meta = meta.ok_or(Fault::Truncated)?;
    let items = Items::read(bytes, meta.content.clone()).ok_or(Fault::Truncated)?;
    let (width, height) = items.size().ok_or(Fault::Truncated)?;
    let film = |found: &&Box| &found.kind == b"mpvd";
    let mut behind: Vec<_> = top.iter().filter(film).map(motion).collect();
    behind.extend(unknown_behind(bytes, at));
    let mut notes = items.notes(bytes);
    notes.manifest = top.iter().find_map(|found| manifest(bytes, found));
    Ok(Structure {
        format,
        width,
        height,
        turn: items.turn(),
        pictures: items.pictures(),
        behind,
        notes,
    })
}

const fn motion(found: &Box) -> Behind {
    Behind {
        extra: Extra::Motion,
        offset: found.content.start,
        size: found.content.end - found.content.start,
    }
}

fn manifest(bytes: &[u8], found: &Box) -> Option<Vec<u8>> {
    let content = bytes.get(found.content.clone())?;
    let is_manifest = &found.kind == b"uuid" && content.starts_with(&C2PA);
    is_manifest.then(|| content.get(C2PA_HEAD..).unwrap_or_default().to_vec())
}

/// The kind, by the brands: the first, a version, and those that it is compatible with.
fn format(brands: &[u8]) -> Result<Format, Fault> {
    let names: Vec<&[u8]> = brands.chunks_exact(4).collect();
    let has = |brand: &[&[u8; 4]]| brand.iter().any(|brand| names.contains(&brand.as_slice()));
    if has(&[b"avif", b"avis"]) {
        Ok(Format::Avif)
    } else if has(&[
        b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"mif2",
    ]) {
        Ok(Format::Heic)
    } else {
        Err(Fault::Format)
    }
}
