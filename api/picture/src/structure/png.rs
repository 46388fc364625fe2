//! PNG: whole if its chunks carry their checksums and the packed lines unpack to as many bytes as the header says.

use super::{Fault, Format, Notes, Structure, Turn, unknown_behind};
use crate::number::{Order::Big, find};
use flate2::{Crc, Decompress, FlushDecompress, Status};

/// Most bytes that the lines may unpack to: a hundred megapixels in four channels. Unpacking them all takes half a
/// second, whatever the file's size. A proposal.
const MOST_UNPACKED: u64 = 400_000_000;

pub(super) fn look(bytes: &[u8], most_pixels: u64) -> Result<Structure, Fault> {
    let mut at = 8;
    let mut header = None;
    let mut lines = Lines::default();
    let mut notes = Notes::default();
    let mut pictures = 1;
    loop {
        let (kind, content) = chunk(bytes, at).ok_or(Fault::Truncated)?;
        at += 12 + content.len();
        match kind {
            b"IHDR" => {
                let read = Header::read(content).ok_or(Fault::Truncated)?;
                let pixels = u64::from(read.width) * u64::from(read.height);
                if pixels > most_pixels || read.unpacked() > MOST_UNPACKED {
                    return Err(Fault::Pixels);
                }
                lines.expected = read.unpacked();
                header = Some(read);
            }
            b"IDAT" => lines.take(content).ok_or(Fault::Truncated)?,
            b"acTL" => pictures = Big.u32(content, 0).unwrap_or(1).max(1),
            b"eXIf" => notes.exif = Some(content.to_vec()),
            b"iTXt" => notes.xmp = notes.xmp.or_else(|| xmp(content)),
            b"caBX" => notes.manifest = Some(content.to_vec()),
            b"IEND" => break,
            _ => {}
        }
    }
    let header = header
        .filter(|_| lines.is_whole())
        .ok_or(Fault::Truncated)?;
    Ok(Structure {
        format: Format::Png,
        width: header.width,
        height: header.height,
        turn: Turn::NONE,
        pictures,
        behind: unknown_behind(bytes, at),
        notes,
    })
}

/// The chunk that begins here, if it is whole: a wrong checksum is forgiven where a reader may leave the chunk out.
fn chunk(bytes: &[u8], at: usize) -> Option<(&[u8; 4], &[u8])> {
    let length = Big.size(bytes, at)?;
    let kind: &[u8; 4] = bytes.get(at + 4..)?.first_chunk()?;
    let end = at.checked_add(8)?.checked_add(length)?;
    let named = bytes.get(at + 4..end)?;
    let sum = Big.u32(bytes, end)?;
    let mut crc = Crc::new();
    crc.update(named);
    let is_critical = kind[0].is_ascii_uppercase();
    (crc.sum() == sum || !is_critical).then_some((kind, named.get(4..)?))
}

/// The text of XMP, unless it is packed.
fn xmp(content: &[u8]) -> Option<Vec<u8>> {
    let content = content.strip_prefix(b"XML:com.adobe.xmp\0\0")?;
    let begin = find(content, b"<")?;
    content.get(begin..).map(<[u8]>::to_vec)
}

struct Header {
    width: u32,
    height: u32,
    bits: u64,
    is_interlaced: bool,
}

impl Header {
    fn read(content: &[u8]) -> Option<Self> {
        let depth = u64::from(*content.get(8)?);
        let channels = match *content.get(9)? {
            0 | 3 => 1,
            4 => 2,
            2 => 3,
            6 => 4,
            _ => return None,
        };
        let header = Self {
            width: Big.u32(content, 0)?,
            height: Big.u32(content, 4)?,
            bits: depth * channels,
            is_interlaced: *content.get(12)? == 1,
        };
        (header.width > 0 && header.height > 0 && depth <= 16).then_some(header)
    }

    /// How many bytes its lines have: each a byte for its filter, and whole bytes for its pixels.
    fn unpacked(&self) -> u64 {
        let (width, height) = (u64::from(self.width), u64::from(self.height));
        let lines = |width: u64, height: u64| match width {
            0 => 0,
            _ => height * (1 + (width * self.bits).div_ceil(8)),
        };
        if !self.is_interlaced {
            return lines(width, height);
        }
        // The seven passes of Adam7: where each begins and how far it steps.
        let passes = [
            (0, 0, 8, 8),
            (4, 0, 8, 8),
            (0, 4, 4, 8),
            (2, 0, 4, 4),
            (0, 2, 2, 4),
            (1, 0, 2, 2),
            (0, 1, 1, 2),
        ];
        let many = |size: u64, begin: u64, step: u64| size.saturating_sub(begin).div_ceil(step);
        let pass = |(x, y, across, down)| lines(many(width, x, across), many(height, y, down));
        passes.into_iter().map(pass).sum()
    }
}

/// The packed lines, unpacked into nothing.
struct Lines {
    unpacking: Decompress,
    expected: u64,
    has_ended: bool,
}

impl Default for Lines {
    fn default() -> Self {
        Self {
            unpacking: Decompress::new(true),
            expected: 0,
            has_ended: false,
        }
    }
}

impl Lines {
    fn take(&mut self, mut packed: &[u8]) -> Option<()> {
        let mut room = [0; 32 * 1024];
        // What unpacks to more than the picture needs is not unpacked further.
        while !self.has_ended && self.unpacking.total_out() <= self.expected {
            let before = (self.unpacking.total_in(), self.unpacking.total_out());
            let unpacking = &mut self.unpacking;
            let status = unpacking.decompress(packed, &mut room, FlushDecompress::None);
            self.has_ended = status.ok()? == Status::StreamEnd;
            let taken = usize::try_from(self.unpacking.total_in() - before.0).ok()?;
            packed = packed.get(taken..)?;
            let is_full = self.unpacking.total_out() - before.1 == room.len() as u64;
            if packed.is_empty() && !is_full {
                break;
            }
            if taken == 0 && self.unpacking.total_out() == before.1 {
                break;
            }
        }
        Some(())
    }

    fn is_whole(&self) -> bool {
        let unpacked = self.unpacking.total_out();
        unpacked > self.expected || (self.has_ended && unpacked == self.expected)
    }
}
