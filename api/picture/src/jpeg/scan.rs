//! The entropy-coded data of a scan, block by block (ITU-T T.81, annexes F and G).

use super::{
    Sink,
    bits::{Bits, Codes},
    frame::{Component, Frame, Part, Pass, Scan},
};

/// Where the coefficients stand in a block, in the order in which they come (figure A.6); runs that lead beyond the
/// block end in its last place.
pub(crate) const ZIGZAG: [u8; 64] = [
    0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20,
    13, 6, 7, 14, 21, 28, 35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59,
    52, 45, 38, 31, 39, 46, 53, 60, 61, 54, 47, 55, 62, 63,
];

/// The codes by class (DC, AC) and number.
pub(super) type Tables = [[Option<Codes>; 4]; 2];

/// Reads the units of one scan.
pub(super) struct Reader<'a, S> {
    bits: Bits<'a>,
    scan: &'a Scan,
    codes: &'a Tables,
    sink: &'a mut S,
    /// The last DC of each component.
    last: [i32; 4],
    /// Blocks still to come that have nothing more in this band.
    empty: u32,
}

impl<'a, S: Sink> Reader<'a, S> {
    pub(super) const fn new(
        bits: Bits<'a>,
        scan: &'a Scan,
        codes: &'a Tables,
        sink: &'a mut S,
    ) -> Self {
        Self {
            bits,
            scan,
            codes,
            sink,
            last: [0; 4],
            empty: 0,
        }
    }

    pub(super) fn behind(&self) -> usize {
        self.bits.behind()
    }

    pub(super) const fn is_filled_up(&self) -> bool {
        self.bits.is_filled_up()
    }

    pub(super) fn restart(&mut self) -> Option<()> {
        self.empty = 0;
        self.last = [0; 4];
        self.bits.restart()
    }

    /// Reads one unit; `None` if its bits are not there.
    pub(super) fn unit(&mut self, frame: &mut Frame, unit: usize) -> Option<()> {
        let scan = self.scan;
        if let Some(alone) = scan.alone(frame) {
            let across = alone.blocks.0;
            let place = (unit % across, unit / across);
            let part = scan.components.first()?;
            return self.block(frame.components.get_mut(part.component)?, part, place);
        }
        let (column, row) = (unit % frame.units.0, unit / frame.units.0);
        for part in &scan.components {
            let component = frame.components.get_mut(part.component)?;
            let (h, v) = component.sampling;
            for y in 0..v {
                for x in 0..h {
                    self.block(component, part, (column * h + x, row * v + y))?;
                }
            }
        }
        Some(())
    }

    fn block(&mut self, component: &mut Component, part: &Part, at: (usize, usize)) -> Option<()> {
        let codes = self.codes;
        let of = |class: usize, number: usize| codes.get(class)?.get(number)?.as_ref();
        let place = at.1 * component.padded.0 + at.0;
        match (self.scan.pass, self.scan.band) {
            (Pass::Whole, _) => {
                let mut values = [0; 64];
                values[0] = self.dc(of(0, part.codes.0)?, part)?;
                self.sequential(of(1, part.codes.1)?, &mut values)?;
                let steps = component.steps.as_deref()?;
                self.sink.block(part.component, at, &values, steps);
                Some(())
            }
            (Pass::First, (0, _)) => {
                let value = self.dc(of(0, part.codes.0)?, part)?;
                let shifted = value.wrapping_shl(self.scan.shift.into());
                component.keep(place, 0, |_| shifted);
                Some(())
            }
            (Pass::Refining, (0, _)) => {
                let bit = self.bits.take(1)? as i16;
                component.keep(place, 0, |value| value | bit << self.scan.shift);
                Some(())
            }
            (Pass::First, _) => self.first(of(1, part.codes.1)?, component, place),
            (Pass::Refining, _) => self.refine(of(1, part.codes.1)?, component, place),
        }
    }

    /// A DC value, from its difference to the last one (F.2.2.1).
    fn dc(&mut self, codes: &Codes, part: &Part) -> Option<i16> {
        let size = self.bits.symbol(codes)?;
        (size <= 16).then_some(())?;
        let difference = self.bits.number(size)?;
        let last = self.last.get_mut(part.component)?;
        *last = last.wrapping_add(difference);
        Some(*last as i16)
    }

    /// The AC coefficients of a sequential block (F.2.2.2).
    fn sequential(&mut self, codes: &Codes, values: &mut [i16; 64]) -> Option<()> {
        let mut at = 1;
        while at <= 63 {
            let symbol = self.bits.symbol(codes)?;
            match (symbol >> 4, symbol & 15) {
                (15, 0) => at += 16,
                (_, 0) => return Some(()),
                (zeros, size) => {
                    at += usize::from(zeros);
                    let place = ZIGZAG.get(at)?;
                    values[usize::from(place & 63)] = self.bits.number(size)? as i16;
                    at += 1;
                }
            }
        }
        // A run that leads beyond the block is no picture.
        (at <= 64).then_some(())
    }

    /// The first pass over a band (G.1.2.2).
    fn first(&mut self, codes: &Codes, component: &mut Component, place: usize) -> Option<()> {
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
                    let value = self.bits.number(size)? as i16;
                    at += u32::from(zeros);
                    (at <= last).then(|| component.learn(place, at))??;
                    component.keep(place, at, |_| value.wrapping_shl(self.scan.shift.into()));
                    at += 1;
                }
            }
        }
        Some(())
    }

    /// A later pass, a bit for each coefficient that is known, with new ones between them (G.1.2.3).
    fn refine(&mut self, codes: &Codes, component: &mut Component, place: usize) -> Option<()> {
        let known = *component.known.get(place)?;
        let bit = 1_i16 << self.scan.shift;
        let (mut at, last) = self.scan.band;
        while self.empty == 0 && at <= last {
            let symbol = self.bits.symbol(codes)?;
            let (run, size) = (symbol >> 4, symbol & 15);
            if size == 0 && run < 15 {
                self.empty = (1 << run) + self.bits.take(run)?;
                break;
            }
            let is_positive = size == 0 || self.bits.take(1)? == 1;
            let mut zeros = run;
            while at <= last {
                if known >> at & 1 == 1 {
                    self.sharpen(component, place, at)?;
                } else if zeros == 0 {
                    break;
                } else {
                    zeros -= 1;
                }
                at += 1;
            }
            if size > 0 {
                (at <= last).then(|| component.learn(place, at))??;
                component.keep(place, at, |_| if is_positive { bit } else { -bit });
            }
            at += 1;
        }
        if self.empty > 0 {
            // Most blocks have nothing known in the band.
            if at <= last && known >> at != 0 {
                for at in at..=last {
                    if known >> at & 1 == 1 {
                        self.sharpen(component, place, at)?;
                    }
                }
            }
            self.empty -= 1;
        }
        Some(())
    }

    /// One more bit of a coefficient that is known.
    fn sharpen(&mut self, component: &mut Component, place: usize, at: u32) -> Option<()> {
        if self.bits.take(1)? == 1 {
            let bit = 1_i16 << self.scan.shift;
            component.keep(place, at, |value| match value {
                0.. => value.wrapping_add(bit),
                _ => value.wrapping_sub(bit),
            });
        }
        Some(())
    }
}

impl Component {
    /// Notes that a coefficient of a block is not zero.
    fn learn(&mut self, place: usize, at: u32) -> Option<()> {
        *self.known.get_mut(place)? |= 1 << at;
        Some(())
    }

    /// Changes a coefficient of a block, if it is wanted.
    fn keep(&mut self, place: usize, at: u32, change: impl FnOnce(i16) -> i16) {
        let natural = usize::from(ZIGZAG[(at & 63) as usize]);
        let (x, y) = (natural % 8, natural / 8);
        if x < self.side
            && y < self.side
            && let Some(value) = self
                .values
                .get_mut(place * self.side * self.side + y * self.side + x)
        {
            *value = change(*value);
        }
    }

    /// Gives the blocks of a progressive frame that somebody wants.
    pub(super) fn give(&self, number: usize, sink: &mut impl Sink) {
        let Some(steps) = self.steps.as_deref().filter(|_| self.side > 0) else {
            return;
        };
        let blocks = self.values.chunks_exact(self.side * self.side);
        for (place, block) in blocks.enumerate() {
            let mut values = [0; 64];
            for (to, from) in values
                .chunks_exact_mut(8)
                .zip(block.chunks_exact(self.side))
            {
                to[..self.side].copy_from_slice(from);
            }
            let at = (place % self.padded.0, place / self.padded.0);
            sink.block(number, at, &values, steps);
        }
    }
}
