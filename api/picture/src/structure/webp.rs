//! WebP: whole if its chunks fill its RIFF and one of them is a picture.

use super::{Fault, Format, Notes, Structure, Turn, unknown_behind};
use crate::number::Order::Little;

/// As many pixels a file may claim whatever its size.
const FEW_PIXELS: u64 = 1_000_000;

/// Most pixels that a byte of a larger picture stands for: its packed data is not read here, so that a header alone
/// must not pass for a picture. Sky and wall stay below a hundred. A proposal.
const PIXELS_PER_BYTE: u64 = 4_000;

pub(super) fn look(bytes: &[u8]) -> Result<Structure, Fault> {
    let end = Little.size(bytes, 4).and_then(|size| size.checked_add(8));
    let end = end
        .filter(|end| *end <= bytes.len())
        .ok_or(Fault::Truncated)?;
    let riff = bytes.get(..end).ok_or(Fault::Truncated)?;
    let (mut canvas, mut picture, mut frames) = (None, None, 0);
    let mut notes = Notes::default();
    let mut at = 12;
    while at < end {
        let (kind, content) = chunk(riff, at).ok_or(Fault::Truncated)?;
        at += 8 + content.len().next_multiple_of(2);
        match kind {
            b"VP8X" => canvas = canvas_of(content),
            b"VP8 " => picture = Some(lossy(content).ok_or(Fault::Truncated)?),
            b"VP8L" => picture = Some(lossless(content).ok_or(Fault::Truncated)?),
            b"ANMF" => frames += 1,
            b"EXIF" => {
                let exif = content.strip_prefix(b"Exif\0\0").unwrap_or(content);
                notes.exif = Some(exif.to_vec());
            }
            b"XMP " => notes.xmp = Some(content.to_vec()),
            b"C2PA" => notes.manifest = Some(content.to_vec()),
            _ => {}
        }
    }
    let moving = canvas.filter(|_| frames > 0);
    let (width, height) = picture.or(moving).ok_or(Fault::Truncated)?;
    let pixels = u64::from(width) * u64::from(height);
    if pixels > FEW_PIXELS && pixels / (end as u64) > PIXELS_PER_BYTE {
        return Err(Fault::Truncated);
    }
    Ok(Structure {
        format: Format::Webp,
        width,
        height,
        turn: Turn::NONE,
        pictures: frames.max(1),
        behind: unknown_behind(bytes, end),
        notes,
    })
}

fn chunk(riff: &[u8], at: usize) -> Option<(&[u8; 4], &[u8])> {
    let kind = riff.get(at..)?.first_chunk()?;
    let length = Little.size(riff, at + 4)?;
    let content = riff.get(at + 8..at.checked_add(8)?.checked_add(length)?)?;
    Some((kind, content))
}

/// The canvas of an extended file: two sizes of three bytes, less one.
fn canvas_of(content: &[u8]) -> Option<(u32, u32)> {
    let size = |at| Some((Little.u32(content, at)? & 0xFF_FFFF) + 1);
    let height = content.get(7..10)?;
    let height = height
        .iter()
        .rev()
        .fold(0, |sum, byte| sum << 8 | u32::from(*byte))
        + 1;
    Some((size(4)?, height))
}

/// A lossy key frame (RFC 6386, 9.1), whose first partition lies within.
fn lossy(content: &[u8]) -> Option<(u32, u32)> {
    let head = Little.u32(content, 0)? & 0xFF_FFFF;
    let first = usize::try_from(head >> 5).ok()?;
    let is_key = head & 1 == 0 && content.get(3..6)? == [0x9D, 0x01, 0x2A];
    // Behind it stands at least one partition of tokens.
    (is_key && first > 0 && 10 + first < content.len()).then_some(())?;
    let size = |at| Some(u32::from(Little.u16(content, at)? & 0x3FFF)).filter(|size| *size > 0);
    Some((size(6)?, size(8)?))
}

/// A lossless picture: two sizes of fourteen bits, less one.
fn lossless(content: &[u8]) -> Option<(u32, u32)> {
    (*content.first()? == 0x2F).then_some(())?;
    let sizes = Little.u32(content, 1)?;
    Some(((sizes & 0x3FFF) + 1, (sizes >> 14 & 0x3FFF) + 1))
}
