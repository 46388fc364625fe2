//! Huffman codes made for one picture (ITU-T T.81, annex K.2).

/// How often each symbol comes. One more that never comes keeps the code of ones alone free, as it has to be.
pub(super) struct Counts([u32; 257]);

/// A code: for each symbol its bits and their number; and the table that says so.
pub(super) struct Code {
    of: [(u32, u32); 256],
    lengths: [u8; 16],
    symbols: Vec<u8>,
}

/// Longer codes than any can be before they are shortened.
const LONGEST: usize = 64;

impl Counts {
    pub(super) const fn new() -> Self {
        let mut counts = [0; 257];
        counts[256] = 1;
        Self(counts)
    }

    pub(super) fn add(&mut self, symbol: u8) {
        self.0[usize::from(symbol)] += 1;
    }

    /// The best code with at most sixteen bits a symbol.
    pub(super) fn code(self) -> Code {
        let sizes = self.sizes();
        let mut many = [0_usize; LONGEST + 1];
        sizes.iter().for_each(|size| many[*size] += 1);
        many[0] = 0;
        shorten(&mut many);
        let mut lengths = [0; 16];
        for (length, many) in lengths.iter_mut().zip(&many[1..]) {
            *length = *many as u8;
        }
        // Shorter codes for what had the shorter ones; equal ones in the order of the symbols.
        let mut symbols: Vec<u8> = (0..=255).filter(|it| sizes[usize::from(*it)] > 0).collect();
        symbols.sort_by_key(|symbol| sizes[usize::from(*symbol)]);
        let (mut of, mut next, mut rest) = ([(0, 0); 256], 0_u32, symbols.iter());
        for (length, many) in (1..).zip(&lengths) {
            for symbol in rest.by_ref().take(usize::from(*many)) {
                of[usize::from(*symbol)] = (next, length);
                next += 1;
            }
            next <<= 1;
        }
        Code {
            of,
            lengths,
            symbols,
        }
    }

    /// How long the code of each symbol is, without regard to the most: the two rarest trees become one, again and
    /// again.
    fn sizes(&self) -> [usize; 257] {
        let mut sizes = [0_usize; 257];
        let mut trees: Vec<(u32, Vec<usize>)> = (0..257)
            .rev()
            .filter(|symbol| self.0[*symbol] > 0)
            .map(|symbol| (self.0[symbol], vec![symbol]))
            .collect();
        let rarest = |trees: &mut Vec<(u32, Vec<usize>)>| {
            let least = trees.iter().map(|tree| tree.0).min()?;
            let at = trees.iter().position(|tree| tree.0 == least)?;
            Some(trees.remove(at))
        };
        while trees.len() > 1 {
            if let (Some(one), Some(other)) = (rarest(&mut trees), rarest(&mut trees)) {
                let both = [one.1, other.1].concat();
                both.iter()
                    .for_each(|symbol| sizes[*symbol] = (sizes[*symbol] + 1).min(LONGEST));
                trees.push((one.0 + other.0, both));
            }
        }
        sizes
    }
}

/// Makes codes of more than sixteen bits shorter, and takes the one of ones alone away.
fn shorten(many: &mut [usize; LONGEST + 1]) {
    for length in (17..=LONGEST).rev() {
        while many[length] > 0 {
            // Two of the longest become one of a bit less; the other hangs on a shorter one, made longer.
            let Some(shorter) = (1..=length - 2).rev().find(|it| many[*it] > 0) else {
                break;
            };
            many[length] -= 2;
            many[length - 1] += 1;
            many[shorter + 1] += 2;
            many[shorter] -= 1;
        }
    }
    if let Some(longest) = (1..=16).rev().find(|length| many[*length] > 0) {
        many[longest] -= 1;
    }
}

impl Code {
    /// The bits of a symbol and their number.
    pub(super) const fn of(&self, symbol: u8) -> (u32, u32) {
        self.of[symbol as usize]
    }

    /// How many codes there are of each length, and the symbols.
    pub(super) fn table(&self) -> Vec<u8> {
        [self.lengths.as_slice(), &self.symbols].concat()
    }
}
