//! The bits of entropy-coded data and the Huffman codes in them (ITU-T T.81, annexes C and F).

/// Huffman codes: for each sixteen bits the symbol that they begin with, and its length.
pub(super) struct Codes(Vec<(u8, u8)>);

impl Codes {
    /// Builds the codes from how many there are of each length, and their symbols (C.2).
    pub(super) fn of(lengths: &[u8; 16], symbols: &[u8]) -> Option<Self> {
        let mut table = vec![(0, 0); 1 << 16];
        let mut next = 0_usize;
        let mut symbols = symbols.iter();
        for (length, many) in (1_u8..).zip(lengths) {
            let width = 1_usize << (16 - length);
            for symbol in symbols.by_ref().take(usize::from(*many)) {
                table.get_mut(next..next + width)?.fill((*symbol, length));
                next += width;
            }
        }
        Some(Self(table))
    }
}

/// Reads bits up to the next marker.
pub(super) struct Bits<'a> {
    bytes: &'a [u8],
    at: usize,
    kept: u64,
    count: u32,
}

impl<'a> Bits<'a> {
    pub(super) const fn new(bytes: &'a [u8], at: usize) -> Self {
        Self {
            bytes,
            at,
            kept: 0,
            count: 0,
        }
    }

    /// Takes in whole bytes while there is room, over stuffed zeros, up to a marker.
    fn fill(&mut self) {
        while self.count <= 48 {
            let Some(byte) = self.bytes.get(self.at) else {
                return;
            };
            self.at += match (byte, self.bytes.get(self.at + 1)) {
                (0xFF, Some(0)) => 2,
                (0xFF, _) => return,
                _ => 1,
            };
            self.kept = self.kept << 8 | u64::from(*byte);
            self.count += 8;
        }
    }

    /// The next bits as a number; `None` if there are not so many. At most 16.
    pub(super) fn take(&mut self, many: u8) -> Option<u32> {
        let many = u32::from(many);
        if self.count < many {
            self.fill();
        }
        self.count = self.count.checked_sub(many)?;
        u32::try_from(self.kept >> self.count & ((1 << many) - 1)).ok()
    }

    /// The next symbol; `None` if the bits are no code.
    pub(super) fn symbol(&mut self, codes: &Codes) -> Option<u8> {
        if self.count < 16 {
            self.fill();
        }
        // Behind the end of the data stand zeros, which are never taken.
        let ahead = match self.count {
            0..16 => self.kept << (16 - self.count),
            count => self.kept >> (count - 16),
        };
        let (symbol, length) = codes.0.get(usize::try_from(ahead & 0xFFFF).ok()?)?;
        if *length == 0 {
            return None;
        }
        self.count = self.count.checked_sub(u32::from(*length))?;
        Some(*symbol)
    }

    /// Goes over a restart marker; `None` if another stands here or data comes before it.
    pub(super) fn restart(&mut self) -> Option<()> {
        if self.count < 8 {
            self.fill();
        }
        let (marker, behind) = super::marker_at(self.bytes, self.at)?;
        if self.count >= 8 || !(0xD0..=0xD7).contains(&marker) {
            return None;
        }
        (self.at, self.count) = (behind, 0);
        Some(())
    }

    /// The position behind the byte of the last bit.
    pub(super) fn behind(&self) -> usize {
        let mut at = self.at;
        for _ in 0..self.count / 8 {
            at -= 1;
            // A stuffed zero belongs to the byte before it.
            if at > 0 && self.bytes.get(at - 1..=at) == Some(&[0xFF, 0]) {
                at -= 1;
            }
        }
        at
    }
}
