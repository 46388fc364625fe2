//! Frames and scans: which blocks a scan holds, and the codes of each (ITU-T T.81, annexes A, F and G).

use super::PROGRESSIVE;
use super::bits::{Bits, Codes};

/// Most blocks of one component: more than a picture of the most pixels has, with its padding.
const MOST_BLOCKS: usize = 4_000_000;

/// The frame: the picture's size in blocks.
pub(super) struct Frame {
    /// The marker that began it.
    pub(super) kind: u8,
    /// Its components.
    pub(super) components: Vec<Component>,
    /// Units of an interleaved scan, across and down.
    units: (usize, usize),
}

/// One component of the picture.
pub(super) struct Component {
    id: u8,
    /// Blocks in a unit, across and down.
    sampling: (usize, usize),
    /// Blocks that show, across and down: those of a scan of its own.
    blocks: (usize, usize),
    /// Blocks across, with those that fill the last unit.
    stride: usize,
    /// For each block of a progressive frame the coefficients that are not zero, a bit each.
    known: Vec<u64>,
    /// Whether a whole scan of it has come.
    pub(super) has_come: bool,
}

impl Frame {
    /// Reads a frame header (B.2.2).
    pub(super) fn parse(kind: u8, segment: &[u8]) -> Option<Self> {
        let size = |at: usize| {
            let pair = segment.get(at..at + 2)?.try_into().ok()?;
            Some(usize::from(u16::from_be_bytes(pair))).filter(|size| *size > 0)
        };
        let (height, width) = (size(1)?, size(3)?);
        let parts = segment.get(6..)?.chunks_exact(3);
        let parts: Vec<_> = parts
            .take(usize::from(*segment.get(5)?).min(4))
            .map(|part| {
                (
                    part[0],
                    usize::from(part[1] >> 4),
                    usize::from(part[1] & 15),
                )
            })
            .collect();
        let is_sound =
            |part: &(u8, usize, usize)| (1..=4).contains(&part.1) && (1..=4).contains(&part.2);
        if !parts.iter().all(is_sound) {
            return None;
        }
        let across = parts.iter().map(|part| part.1).max()?;
        let down = parts.iter().map(|part| part.2).max()?;
        let units = (width.div_ceil(8 * across), height.div_ceil(8 * down));
        let component = |(id, h, v): (u8, usize, usize)| {
            let stride = units.0 * h;
            let many = stride * units.1 * v;
            (many <= MOST_BLOCKS).then(|| Component {
                id,
                sampling: (h, v),
                blocks: (
                    (width * h).div_ceil(across).div_ceil(8),
                    (height * v).div_ceil(down).div_ceil(8),
                ),
                stride,
                known: vec![0; if kind == PROGRESSIVE { many } else { 0 }],
                has_come: false,
            })
        };
        let components = parts.into_iter().map(component).collect::<Option<_>>()?;
        Some(Self {
            kind,
            components,
            units,
        })
    }
}

/// A component in a scan.
pub(super) struct Part {
    /// Its place in the frame.
    pub(super) component: usize,
    /// The numbers of its codes for DC and AC.
    codes: (usize, usize),
}

/// The header of a scan.
pub(super) struct Scan {
    /// The components whose blocks it holds.
    pub(super) components: Vec<Part>,
    /// The first and the last coefficient.
    band: (u32, u32),
    /// Whether it adds a bit to what is known, in a progressive frame.
    pass: Pass,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Pass {
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
        let band = match pass {
            Pass::Whole => (0, 63),
            _ => (u32::from(*first), u32::from(*last)),
        };
        // Only DC may hold several components in a progressive frame (G.1.1.1.1).
        let is_sound = band.1 <= 63
            && band.0 <= band.1
            && (pass == Pass::Whole || band.1 == 0 || (band.0 > 0 && components.len() == 1));
        (is_sound && !components.is_empty()).then_some(Self {
            components,
            band,
            pass,
        })
    }

    /// How many units it has: blocks if one component stands alone (A.2.2), else groups of blocks.
    pub(super) fn units(&self, frame: &Frame) -> usize {
        match self.alone(frame) {
            Some(alone) => alone.blocks.0 * alone.blocks.1,
            None => frame.units.0 * frame.units.1,
        }
    }

    fn alone<'f>(&self, frame: &'f Frame) -> Option<&'f Component> {
        match self.components.as_slice() {
            [only] => frame.components.get(only.component),
            _ => None,
        }
    }
}

/// Reads the units of one scan.
pub(super) struct Reader<'a> {
    bits: Bits<'a>,
    scan: &'a Scan,
    codes: &'a [[Option<Codes>; 4]; 2],
    /// Blocks still to come that have nothing more in this band.
    empty: u32,
}

impl<'a> Reader<'a> {
    pub(super) const fn new(
        bits: Bits<'a>,
        scan: &'a Scan,
        codes: &'a [[Option<Codes>; 4]; 2],
    ) -> Self {
        Self {
            bits,
            scan,
            codes,
            empty: 0,
        }
    }

    pub(super) fn behind(&self) -> usize {
        self.bits.behind()
    }

    pub(super) fn restart(&mut self) -> Option<()> {
        self.empty = 0;
        self.bits.restart()
    }

    /// Reads one unit; `None` if its bits are not there.
    pub(super) fn unit(&mut self, frame: &mut Frame, unit: usize) -> Option<()> {
        let scan = self.scan;
        if let Some(alone) = scan.alone(frame) {
            let (across, stride) = (alone.blocks.0, alone.stride);
            let place = unit / across * stride + unit % across;
            let part = scan.components.first()?;
            return self.block(frame.components.get_mut(part.component)?, part, place);
        }
        let (column, row) = (unit % frame.units.0, unit / frame.units.0);
        for part in &scan.components {
            let component = frame.components.get_mut(part.component)?;
            let (h, v) = component.sampling;
            for block in 0..h * v {
                let (x, y) = (column * h + block % h, row * v + block / h);
                self.block(component, part, y * component.stride + x)?;
            }
        }
        Some(())
    }

    fn block(&mut self, component: &mut Component, part: &Part, place: usize) -> Option<()> {
        let codes = self.codes;
        let of = |class: usize, number: usize| codes.get(class)?.get(number)?.as_ref();
        match (self.scan.pass, self.scan.band) {
            (Pass::Whole, _) => {
                self.dc(of(0, part.codes.0)?)?;
                self.sequential(of(1, part.codes.1)?)
            }
            (Pass::First, (0, _)) => self.dc(of(0, part.codes.0)?),
            (Pass::Refining, (0, _)) => self.bits.take(1).map(|_| ()),
            (Pass::First, _) => {
                let known = component.known.get_mut(place)?;
                self.first(of(1, part.codes.1)?, known)
            }
            (Pass::Refining, _) => {
                let known = component.known.get_mut(place)?;
                self.refine(of(1, part.codes.1)?, known)
            }
        }
    }

    /// A DC difference (F.2.2.1).
    fn dc(&mut self, codes: &Codes) -> Option<()> {
        let size = self.bits.symbol(codes)?;
        (size <= 16).then_some(())?;
        self.bits.take(size).map(|_| ())
    }

    /// The AC coefficients of a sequential block (F.2.2.2).
    fn sequential(&mut self, codes: &Codes) -> Option<()> {
        let mut at = 1;
        while at <= 63 {
            let symbol = self.bits.symbol(codes)?;
            match (symbol >> 4, symbol & 15) {
                (15, 0) => at += 16,
                (_, 0) => return Some(()),
                (zeros, size) => {
                    self.bits.take(size)?;
                    at += u32::from(zeros) + 1;
                }
            }
        }
        // A run that leads beyond the block is no picture.
        (at <= 64).then_some(())
    }

    /// The first pass over a band (G.1.2.2).
    fn first(&mut self, codes: &Codes, known: &mut u64) -> Option<()> {
        if self.empty > 0 {
            self.empty -= 1;
            return Some(());
        }
        let (mut at, last) = self.scan.band;
        while at <= last {
            let symbol = self.bits.symbol(codes)?;
            match (symbol >> 4, symbol & 15) {
                (15, 0) => at += 16,
                (run, 0) => {
                    self.empty = (1 << run) - 1 + self.bits.take(run)?;
                    return Some(());
                }
                (zeros, size) => {
                    self.bits.take(size)?;
                    at += u32::from(zeros);
                    (at <= last).then(|| *known |= 1 << at)?;
                    at += 1;
                }
            }
        }
        Some(())
    }

    /// A later pass, a bit for each coefficient that is known, with new ones between them (G.1.2.3).
    fn refine(&mut self, codes: &Codes, known: &mut u64) -> Option<()> {
        let (mut at, last) = self.scan.band;
        while self.empty == 0 && at <= last {
            let symbol = self.bits.symbol(codes)?;
            let (run, size) = (symbol >> 4, symbol & 15);
            if size == 0 && run < 15 {
                self.empty = (1 << run) + self.bits.take(run)?;
                break;
            }
            self.bits.take(u8::from(size > 0))?;
            let mut zeros = run;
            while at <= last {
                if *known >> at & 1 == 1 {
                    self.bits.take(1)?;
                } else if zeros == 0 {
                    break;
                } else {
                    zeros -= 1;
                }
                at += 1;
            }
            if size > 0 {
                (at <= last).then(|| *known |= 1 << at)?;
            }
            at += 1;
        }
        if self.empty > 0 {
            for at in at..=last {
                if *known >> at & 1 == 1 {
                    self.bits.take(1)?;
                }
            }
            self.empty -= 1;
        }
        Some(())
    }
}
