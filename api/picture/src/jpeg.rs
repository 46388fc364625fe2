//! The entropy-coded data of a JPEG (ITU-T T.81), read block by block: to prove that every block is there, and to make
//! a smaller picture of it. Decoders fill what is missing with grey and call it a success, and an end marker may stand
//! behind half a picture; a maker's trailer may stand where the end marker should be. What has been read here is there.

use crate::structure::Fault;
use bits::{Bits, Codes};
use frame::Scan;
pub(crate) use frame::{Component, Frame};
pub(crate) use scan::ZIGZAG;

mod bits;
mod frame;
mod scan;
#[cfg(test)]
mod tests;

/// A frame with Huffman codes, in one pass or in several.
const SEQUENTIAL: [u8; 2] = [0xC0, 0xC1];
const PROGRESSIVE: u8 = 0xC2;

/// Most scans of one picture; encoders make about ten. Each goes over all blocks again, for a few bytes.
const MOST_SCANS: usize = 100;

/// Most blocks of all scans together: twenty scans of the largest picture that a phone takes, or all scans of a small
/// one. It bounds the time that a few bytes may cost.
const MOST_VISITS: usize = 150_000_000;

/// Who wants the blocks.
pub(crate) trait Sink {
    /// Is told the frame before its first block; `None` if it wants none of such a frame.
    fn begin(&mut self, frame: &Frame) -> Option<()>;
    /// How many coefficients each way it wants of a component's blocks.
    fn side(&self, component: usize) -> usize;
    /// Takes a block: its component, its place, its coefficients and what they are multiplied by.
    fn block(
        &mut self,
        component: usize,
        at: (usize, usize),
        values: &[i16; 64],
        steps: &[f32; 64],
    );
}

/// Wants nothing but the certainty that they are there.
pub(crate) struct Proof;

impl Sink for Proof {
    fn begin(&mut self, _: &Frame) -> Option<()> {
        Some(())
    }

    fn side(&self, _: usize) -> usize {
        0
    }

    fn block(&mut self, _: usize, _: (usize, usize), _: &[i16; 64], _: &[f32; 64]) {}
}

/// Gives all blocks of a whole picture to the sink; the position behind it: behind its end marker, or behind its last block
/// if the marker is missing.
pub(crate) fn read(bytes: &[u8], most_pixels: u64, sink: &mut impl Sink) -> Result<usize, Fault> {
    let mut picture = Picture::new(sink);
    let mut at = 2;
    loop {
        let whole =
            |picture: &Picture<'_, _>, at| picture.is_whole().then_some(at).ok_or(Fault::Truncated);
        let Some((marker, behind)) = marker_at(bytes, at) else {
            // Something else stands where a marker should: the picture ends here, if it is all there.
            let end = whole(&picture, at).and_then(|end| picture.unmarked(end))?;
            picture.give();
            return Ok(end);
        };
        at = behind;
        match marker {
            0xD9 => {
                let end = whole(&picture, at)?;
                picture.give();
                return Ok(end);
            }
            // Markers that stand alone.
            0x01 | 0xD0..=0xD8 => continue,
            _ => {}
        }
        let segment = segment_at(bytes, at).ok_or(Fault::Truncated)?;
        at += segment.len() + 2;
        match marker {
            0xC0..=0xC2 => picture.take_frame(marker, segment, most_pixels)?,
            // Frames with arithmetic codes, without loss, or of several layers: no phone writes them.
            0xC3 | 0xC5..=0xC7 | 0xC9..=0xCB | 0xCD..=0xCF => return Err(Fault::Format),
            0xDA => {
                at = picture
                    .take_scan(bytes, at, segment)
                    .ok_or(Fault::Truncated)?
            }
            _ => picture.take(marker, segment).ok_or(Fault::Truncated)?,
        }
        if picture.needs_no_more() {
            return match marker_at(bytes, at) {
                Some((0xD9, behind)) => Ok(behind),
                _ => picture.unmarked(at),
            };
        }
    }
}

/// The frame as the header says, without a look at its blocks.
pub(crate) fn frame(bytes: &[u8]) -> Option<Frame> {
    let (kind, segment) = segments(bytes).find(|(marker, _)| (0xC0..=0xC2).contains(marker))?;
    Frame::parse(kind, segment)
}

/// The segments of the header up to the first scan: marker and content.
pub(crate) fn segments(bytes: &[u8]) -> impl Iterator<Item = (u8, &[u8])> {
    let mut at = 2;
    std::iter::from_fn(move || {
        let (marker, behind) = marker_at(bytes, at)?;
        let segment = segment_at(bytes, behind)?;
        at = behind + segment.len() + 2;
        (marker != 0xDA && marker != 0xD9).then_some((marker, segment))
    })
}

/// The content of the segment whose length stands here.
fn segment_at(bytes: &[u8], at: usize) -> Option<&[u8]> {
    let length = u16::from_be_bytes(*bytes.get(at..)?.first_chunk()?);
    bytes.get(at + 2..at + usize::from(length).max(2))
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
struct Picture<'s, S> {
    sink: &'s mut S,
    frame: Option<Frame>,
    codes: scan::Tables,
    /// Quantization tables in the order of a block.
    steps: [[f32; 64]; 4],
    /// Units between restart markers; 0 if there are none.
    restart: usize,
    scans: usize,
    visits: usize,
    /// Whether the last scan ends as a scan does.
    is_filled_up: bool,
}

impl<'s, S: Sink> Picture<'s, S> {
    fn new(sink: &'s mut S) -> Self {
        Self {
            sink,
            frame: None,
            codes: scan::Tables::default(),
            steps: [[1.0; 64]; 4],
            restart: 0,
            scans: 0,
            visits: 0,
            is_filled_up: false,
        }
    }

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

    /// An end that no marker marks. The last blocks may have been read out of whatever stands behind a cut: then the
    /// last of their bits is not where a scan ends, with one exception in many.
    const fn unmarked(&self, end: usize) -> Result<usize, Fault> {
        if self.is_filled_up {
            Ok(end)
        } else {
            Err(Fault::Truncated)
        }
    }

    /// Gives what was put together from several passes.
    fn give(self) {
        for (number, part) in self.frame.iter().flat_map(|f| &f.components).enumerate() {
            part.give(number, self.sink);
        }
    }

    fn take(&mut self, marker: u8, segment: &[u8]) -> Option<()> {
        match marker {
            0xC4 => self.take_codes(segment),
            0xDB => self.take_steps(segment),
            0xDD => {
                self.restart = usize::from(u16::from_be_bytes(*segment.first_chunk()?));
                Some(())
            }
            _ => Some(()),
        }
    }

    fn take_frame(&mut self, kind: u8, segment: &[u8], most_pixels: u64) -> Result<(), Fault> {
        let mut frame = Frame::parse(kind, segment).ok_or(Fault::Truncated)?;
        if frame.width as u64 * frame.height as u64 > most_pixels {
            return Err(Fault::Pixels);
        }
        // A second frame would throw away what has come.
        if self.frame.is_some() {
            return Err(Fault::Format);
        }
        self.sink.begin(&frame).ok_or(Fault::Format)?;
        frame.prepare(|component| self.sink.side(component));
        self.frame = Some(frame);
        Ok(())
    }

    /// Takes Huffman codes (B.2.4.2).
    fn take_codes(&mut self, mut segment: &[u8]) -> Option<()> {
        while let Some((head, rest)) = segment.split_first() {
            let lengths: &[u8; 16] = rest.first_chunk()?;
            let many = lengths.iter().map(|many| usize::from(*many)).sum();
            let symbols = rest.get(16..16_usize.checked_add(many)?)?;
            let class = self.codes.get_mut(usize::from(head >> 4))?;
            *class.get_mut(usize::from(head & 15))? = Some(Codes::of(lengths, symbols)?);
            segment = rest.get(16 + many..)?;
        }
        Some(())
    }

    /// Takes quantization tables (B.2.4.1).
    fn take_steps(&mut self, mut segment: &[u8]) -> Option<()> {
        while let Some((head, rest)) = segment.split_first() {
            let width = 1 + usize::from(head >> 4 > 0);
            let table = self.steps.get_mut(usize::from(head & 15))?;
            let values = rest.get(..64 * width)?.chunks_exact(width);
            for (place, value) in ZIGZAG.iter().zip(values) {
                let value = value
                    .iter()
                    .fold(0, |sum, byte| sum << 8 | u16::from(*byte));
                table[usize::from(*place)] = f32::from(value);
            }
            segment = rest.get(64 * width..)?;
        }
        Some(())
    }

    /// Reads the blocks of a scan (B.2.3); gives the position behind them.
    fn take_scan(&mut self, bytes: &[u8], at: usize, head: &[u8]) -> Option<usize> {
        self.scans += 1;
        let frame = self.frame.as_mut().filter(|_| self.scans <= MOST_SCANS)?;
        let scan = Scan::parse(head, frame)?;
        for place in &scan.components {
            let part = frame.components.get_mut(place.component)?;
            if part.steps.is_none() {
                part.steps = Some(Box::new(*self.steps.get(part.table)?));
            }
        }
        let many = scan.units(frame);
        self.visits += many;
        (self.visits <= MOST_VISITS).then_some(())?;
        let mut reader = scan::Reader::new(Bits::new(bytes, at), &scan, &self.codes, self.sink);
        for unit in 0..many {
            if self.restart > 0 && unit > 0 && unit.is_multiple_of(self.restart) {
                reader.restart()?;
            }
            reader.unit(frame, unit)?;
        }
        let behind = reader.behind();
        self.is_filled_up = reader.is_filled_up();
        for place in &scan.components {
            frame.components.get_mut(place.component)?.has_come = true;
        }
        Some(behind)
    }
}
