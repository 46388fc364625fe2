//! The bits of entropy-coded data and the Huffman codes in them (ITU-T T.81, annexes C and F).

/// Codes up to so many bits are looked up at once; the table stays in the nearest cache.
const SHORT: u32 = 9;

/// Huffman codes.
pub(super) struct Codes {
    /// For each beginning of [`SHORT`] bits the symbol and, above it, the length of its code; 0 if the code is longer.
    short: Vec<u16>,
    /// For each length the first sixteen bits that no code up to it begins with.
    beyond: [u32; 17],
    /// For each length what is added to a code to find its symbol.
    offset: [i32; 17],
    symbols: Vec<u8>,
}

impl Codes {
    /// Builds the codes from how many there are of each length, and their symbols (C.2).
    pub(super) fn of(lengths: &[u8; 16], symbols: &[u8]) -> Option<Self> {
        let mut codes = Self {
            short: vec![0; 1 << SHORT],
            beyond: [0; 17],
            offset: [0; 17],
            symbols: symbols.to_vec(),
        };
        let (mut code, mut first) = (0_u32, 0_usize);
        for (length, many) in (1_u32..).zip(lengths) {
            let many = usize::from(*many);
            codes.offset[length as usize] = first as i32 - code as i32;
            for symbol in symbols.get(first..first + many)? {
                if length <= SHORT {
                    let at = (code << (SHORT - length)) as usize;
                    let short = codes.short.get_mut(at..at + (1 << (SHORT - length)))?;
                    short.fill((length as u16) << 8 | u16::from(*symbol));
                }
                code += 1;
            }
            first += many;
            let beyond = code << (16 - length);
            // More codes than there are bits for.
            (beyond <= 1 << 16).then_some(())?;
            codes.beyond[length as usize] = beyond;
            code <<= 1;
        }
        Some(codes)
    }

    /// The symbol that sixteen bits begin with, and the length of its code.
    fn find(&self, ahead: u32) -> Option<(u8, u32)> {
        let short = *self.short.get((ahead >> (16 - SHORT)) as usize)?;
        if short != 0 {
            return Some((short as u8, u32::from(short >> 8)));
        }
        let length = (SHORT + 1..=16).find(|length| ahead < self.beyond[*length as usize])?;
        let place = self.offset[length as usize] + (ahead >> (16 - length)) as i32;
        let symbol = self.symbols.get(usize::try_from(place).ok()?)?;
        Some((*symbol, length))
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
        if self.count <= 32
            && let Some(four) = self.bytes.get(self.at..).and_then(<[u8]>::first_chunk)
        {
            let four = u32::from_be_bytes(*four);
            // Whether one of the bytes is 0xFF: whether one of the inverted is zero.
            let inverted = !four;
            if inverted.wrapping_sub(0x0101_0101) & four & 0x8080_8080 == 0 {
                self.kept = self.kept << 32 | u64::from(four);
                self.count += 32;
                self.at += 4;
                return;
            }
        }
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
        Some((self.kept >> self.count) as u32 & ((1 << many) - 1))
    }

    /// The next number of so many bits, of which the lower half are negative (F.2.2.1); at most 16 bits.
    pub(super) fn number(&mut self, many: u8) -> Option<i32> {
        let bits = self.take(many)? as i32;
        let is_negative = many > 0 && bits < 1 << (many - 1);
        Some(if is_negative {
            bits - (1 << many) + 1
        } else {
            bits
        })
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
        let (symbol, length) = codes.find(ahead as u32 & 0xFFFF)?;
        self.count = self.count.checked_sub(length)?;
        Some(symbol)
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

    /// Whether the byte of the last bit is filled up with ones, as the end of a scan is (F.1.2.3).
    pub(super) const fn is_filled_up(&self) -> bool {
        let rest = (1 << (self.count % 8)) - 1;
        (self.kept >> (self.count - self.count % 8)) & rest == rest
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
