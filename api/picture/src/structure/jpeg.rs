//! JPEG: whole if each block is there. What phones put behind it, and into its segments.

use super::{Extra, Fault, Format, Notes, Structure, Turn, behind};
use crate::jpeg::{self, Sink, segments};

pub(super) fn look(
    bytes: &[u8],
    most_pixels: u64,
    sink: &mut impl Sink,
) -> Result<Structure, Fault> {
    let end = jpeg::read(bytes, most_pixels, sink)?;
    let frame = jpeg::frame(bytes).ok_or(Fault::Truncated)?;
    // Huffman codes come with no other depth.
    if ![8, 12].contains(&frame.precision) {
        return Err(Fault::Format);
    }
    let behind = behind::behind(bytes, end, most_pixels);
    // Without an end marker the last blocks may have been read out of what stands behind a cut: then it has to be
    // something that phones put there.
    let is_marked = bytes
        .get(..end)
        .is_some_and(|bytes| bytes.ends_with(&[0xFF, 0xD9]));
    if !is_marked
        && behind
            .first()
            .is_some_and(|piece| piece.extra == Extra::Unknown)
    {
        return Err(Fault::Truncated);
    }
    let others = behind.iter().filter(|piece| piece.extra == Extra::Picture);
    Ok(Structure {
        format: Format::Jpeg,
        width: frame.width as u32,
        height: frame.height as u32,
        turn: Turn::NONE,
        pictures: 1 + others.count() as u32,
        notes: notes(bytes),
        behind,
    })
}

fn notes(bytes: &[u8]) -> Notes {
    let mut notes = Notes::default();
    for (marker, segment) in segments(bytes) {
        let content = |name: &[u8]| segment.strip_prefix(name).map(<[u8]>::to_vec);
        match marker {
            0xE1 => {
                notes.exif = notes.exif.or_else(|| content(b"Exif\0\0"));
                let xmp = content(b"http://ns.adobe.com/xap/1.0/\0");
                notes.xmp = notes.xmp.or(xmp);
            }
            // JPEG XT: an identifier, a number of the box, a number of the piece; then the box, whose head stands in
            // each piece.
            0xEB if segment.starts_with(b"JP") => {
                let is_first = notes.manifest.is_none();
                let piece = segment
                    .get(if is_first { 8 } else { 16 }..)
                    .unwrap_or_default();
                notes.manifest.get_or_insert_default().extend(piece);
            }
            _ => {}
        }
    }
    notes
}
