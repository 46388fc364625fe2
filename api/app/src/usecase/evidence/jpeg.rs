//! Whether every block of a JPEG is there (ITU-T T.81). Decoders fill what is missing with grey and call
//! it a success, and an end marker may stand behind half a picture; a maker's trailer may stand where
//! the end marker should be. So the entropy-coded data itself is read: each block's codes, not its
//! values.

use bits::Bits;
use scan::{Component, Frame, Scan};

mod bits;
mod scan;

/// A frame with Huffman codes, in one pass or in several; decoders take no others.
const SEQUENTIAL: [u8; 2] = [0xC0, 0xC1];
const PROGRESSIVE: u8 = 0xC2;

/// Most scans of one picture; encoders make about ten. Each goes over all blocks again, for a few bytes.
const MOST_SCANS: usize = 100;

/// The position behind the picture: behind its end marker, or behind its last block if the marker is
/// missing. `None` if a block is missing or unreadable.
pub(super) fn end(bytes: &[u8]) -> Option<usize> {
    let mut picture = Picture::default();
    let mut at = 2;
    loop {
        let Some((marker, behind)) = marker_at(bytes, at) else {
            // Something else stands where a marker should: the picture ends here, if it is all there.
            return picture.is_whole().then_some(at);
        };
        at = behind;
        match marker {
            0xD9 => return picture.is_whole().then_some(at),
            // Markers that stand alone.
            0x01 | 0xD0..=0xD8 => {}
            _ => {
                let length =
                    usize::from(u16::from_be_bytes([*bytes.get(at)?, *bytes.get(at + 1)?]));
                let segment = bytes.get(at + 2..at + length.max(2))?;
                at += length.max(2);
                match marker {
                    0xC4 => picture.take_codes(segment)?,
                    0xC0..=0xC2 => picture.frame = Some(Frame::parse(marker, segment)?),
                    0xDD => {
                        picture.restart =
                            usize::from(u16::from_be_bytes([*segment.first()?, *segment.get(1)?]))
                    }
                    0xDA => at = picture.take_scan(bytes, at, segment)?,
                    _ => {}
                }
                if picture.needs_no_more() {
                    return Some(match marker_at(bytes, at) {
                        Some((0xD9, behind)) => behind,
                        _ => at,
                    });
                }
            }
        }
    }
}

/// The marker here, after any fill bytes, and the position behind it.
fn marker_at(bytes: &[u8], at: usize) -> Option<(u8, usize)> {
    let rest = bytes.get(at..)?;
    let fill = rest.iter().take_while(|byte| **byte == 0xFF).count();
    match rest.get(fill) {
        Some(marker) if fill > 0 && *marker != 0 => Some((*marker, at + fill + 1)),
        _ => None,
    }
}

/// What the segments said so far.
#[derive(Default)]
struct Picture {
    frame: Option<Frame>,
    /// Huffman codes by class (DC, AC) and number.
    codes: [[Option<bits::Codes>; 4]; 2],
    /// Units between restart markers; 0 if there are none.
    restart: usize,
    scans: usize,
}

impl Picture {
    /// Whether each component has come in a whole scan.
    fn is_whole(&self) -> bool {
        let frame = self.frame.as_ref();
        frame.is_some_and(|frame| frame.components.iter().all(|part| part.has_come))
    }

    /// Whether no later scan can add to it.
    fn needs_no_more(&self) -> bool {
        let is_sequential = |frame: &Frame| SEQUENTIAL.contains(&frame.kind);
        self.is_whole() && self.frame.as_ref().is_some_and(is_sequential)
    }

    /// Takes Huffman codes (B.2.4.2).
    fn take_codes(&mut self, mut segment: &[u8]) -> Option<()> {
        while let Some((head, rest)) = segment.split_first() {
            let lengths: &[u8; 16] = rest.first_chunk()?;
            let many = lengths.iter().map(|many| usize::from(*many)).sum();
            let symbols = rest.get(16..16_usize.checked_add(many)?)?;
            let class = self.codes.get_mut(usize::from(head >> 4))?;
            *class.get_mut(usize::from(head & 15))? = Some(bits::Codes::of(lengths, symbols)?);
            segment = rest.get(16 + many..)?;
        }
        Some(())
    }

    /// Reads the blocks of a scan (B.2.3); gives the position behind them.
    fn take_scan(&mut self, bytes: &[u8], at: usize, head: &[u8]) -> Option<usize> {
        self.scans += 1;
        let frame = self.frame.as_mut().filter(|_| self.scans <= MOST_SCANS)?;
        let scan = Scan::parse(head, frame)?;
        let mut reader = scan::Reader::new(Bits::new(bytes, at), &scan, &self.codes);
        let many = scan.units(frame);
        for unit in 0..many {
            if self.restart > 0 && unit > 0 && unit.is_multiple_of(self.restart) {
                reader.restart()?;
            }
            reader.unit(frame, unit)?;
        }
        let behind = reader.behind();
        for place in &scan.components {
            let part: &mut Component = frame.components.get_mut(place.component)?;
            part.has_come = true;
        }
        Some(behind)
    }
}

#[cfg(test)]
mod tests;
