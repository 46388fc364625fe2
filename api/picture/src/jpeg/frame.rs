//! Frames and scan headers: which blocks a picture has, and which of them a scan holds (ITU-T T.81, annexes A and B).

use super::PROGRESSIVE;

/// The frame: the picture's size in blocks.
pub(crate) struct Frame {
    /// The marker that began it.
    pub(super) kind: u8,
    /// Bits a sample.
    pub(crate) precision: u8,
    /// Width in pixels.
    pub(crate) width: usize,
    /// Height in pixels.
    pub(crate) height: usize,
    /// Its components.
    pub(crate) components: Vec<Component>,
    /// Units of an interleaved scan, across and down.
    pub(super) units: (usize, usize),
}

/// One component of the picture.
pub(crate) struct Component {
    id: u8,
    /// Blocks in a unit, across and down.
    pub(crate) sampling: (usize, usize),
    /// Blocks that show, across and down: those of a scan of its own.
    pub(crate) blocks: (usize, usize),
    /// Blocks across and down, with those that fill the last units.
    pub(crate) padded: (usize, usize),
    /// The number of its quantization table.
    pub(super) table: usize,
    /// What its coefficients are multiplied by, since its first scan.
    pub(super) steps: Option<Box<[f32; 64]>>,
    /// For each block of a progressive frame the coefficients that are not zero, a bit each.
    pub(super) known: Vec<u64>,
    /// Coefficients each way of a progressive frame that somebody wants; 0 if nobody does.
    pub(super) side: usize,
    /// The wanted coefficients of a progressive frame, block by block.
    pub(super) values: Vec<i16>,
    /// Whether a whole scan of it has come.
    pub(super) has_come: bool,
}

impl Frame {
    /// Reads a frame header (B.2.2). Nothing is set aside for it yet.
    pub(super) fn parse(kind: u8, segment: &[u8]) -> Option<Self> {
        let size = |at: usize| {
            let pair = segment.get(at..at + 2)?.try_into().ok()?;
            Some(usize::from(u16::from_be_bytes(pair))).filter(|size| *size > 0)
        };
        let (height, width) = (size(1)?, size(3)?);
        let many = usize::from(*segment.get(5)?);
        let parts = segment.get(6..6 + 3 * many)?.chunks_exact(3);
        let parts: Vec<_> = parts
            .map(|part| (part[0], (part[1] >> 4, part[1] & 15), part[2]))
            .collect();
        let is_sound = |part: &(u8, (u8, u8), u8)| {
            (1..=4).contains(&part.1.0) && (1..=4).contains(&part.1.1) && part.2 < 4
        };
        (many <= 4 && parts.iter().all(is_sound)).then_some(())?;
        let across = usize::from(parts.iter().map(|part| part.1.0).max()?);
        let down = usize::from(parts.iter().map(|part| part.1.1).max()?);
        let units = (width.div_ceil(8 * across), height.div_ceil(8 * down));
        let component = |(id, (h, v), table): (u8, (u8, u8), u8)| {
            let (h, v) = (usize::from(h), usize::from(v));
            Component {
                id,
                sampling: (h, v),
                blocks: (
                    (width * h).div_ceil(across).div_ceil(8),
                    (height * v).div_ceil(down).div_ceil(8),
                ),
                padded: (units.0 * h, units.1 * v),
                table: usize::from(table),
                steps: None,
                known: Vec::new(),
                side: 0,
                values: Vec::new(),
                has_come: false,
            }
        };
        Some(Self {
            kind,
            precision: *segment.first()?,
            width,
            height,
            components: parts.into_iter().map(component).collect(),
            units,
        })
    }

    /// All its blocks.
    pub(crate) fn blocks(&self) -> usize {
        let of = |part: &Component| part.padded.0 * part.padded.1;
        self.components.iter().map(of).sum()
    }

    /// Whether it comes in several passes.
    pub(crate) const fn is_progressive(&self) -> bool {
        self.kind == PROGRESSIVE
    }

    /// Sets memory aside for what later passes build on.
    pub(super) fn prepare(&mut self, side: impl Fn(usize) -> usize) {
        if !self.is_progressive() {
            return;
        }
        for (at, part) in self.components.iter_mut().enumerate() {
            let many = part.padded.0 * part.padded.1;
            part.side = side(at);
            part.known = vec![0; many];
            part.values = vec![0; many * part.side * part.side];
        }
    }
}

/// A component in a scan.
pub(super) struct Part {
    /// Its place in the frame.
    pub(super) component: usize,
    /// The numbers of its codes for DC and AC.
    pub(super) codes: (usize, usize),
}

/// The header of a scan.
pub(super) struct Scan {
    /// The components whose blocks it holds.
    pub(super) components: Vec<Part>,
    /// The first and the last coefficient.
    pub(super) band: (u32, u32),
    /// Whether it adds a bit to what is known, in a progressive frame.
    pub(super) pass: Pass,
    /// By how many bits its values are shifted, in a progressive frame.
    pub(super) shift: u8,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Pass {
    Whole,
    First,
    Refining,
}

impl Scan {
    /// Reads a scan header (B.2.3).
    pub(super) fn parse(head: &[u8], frame: &Frame) -> Option<Self> {
        let many = usize::from(*head.first()?);
        let part = |part: &[u8]| {
            let component = frame.components.iter().position(|it| it.id == part[0])?;
            Some(Part {
                component,
                codes: (usize::from(part[1] >> 4), usize::from(part[1] & 15)),
            })
        };
        let components = head.get(1..1 + 2 * many)?.chunks_exact(2).map(part);
        let components: Vec<_> = components.collect::<Option<_>>()?;
        let [first, last, bits] = head.get(1 + 2 * many..)?.first_chunk()?;
        let pass = match (frame.kind, bits >> 4) {
            (PROGRESSIVE, 0) => Pass::First,
            (PROGRESSIVE, _) => Pass::Refining,
            _ => Pass::Whole,
        };
        let (band, shift) = match pass {
            Pass::Whole => ((0, 63), 0),
            _ => ((u32::from(*first), u32::from(*last)), bits & 15),
        };
        // Only DC may hold several components in a progressive frame (G.1.1.1.1).
        let is_sound = band.1 <= 63
            && band.0 <= band.1
            && shift <= 13
            && (pass == Pass::Whole || band.1 == 0 || (band.0 > 0 && components.len() == 1));
        (is_sound && !components.is_empty()).then_some(Self {
            components,
            band,
            pass,
            shift,
        })
    }

    /// How many units it has: blocks if one component stands alone (A.2.2), else groups of blocks.
    pub(super) fn units(&self, frame: &Frame) -> usize {
        match self.alone(frame) {
            Some(alone) => alone.blocks.0 * alone.blocks.1,
            None => frame.units.0 * frame.units.1,
        }
    }

    pub(super) fn alone<'f>(&self, frame: &'f Frame) -> Option<&'f Component> {
        match self.components.as_slice() {
            [only] => frame.components.get(only.component),
            _ => None,
        }
    }
}
