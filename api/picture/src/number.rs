//! Numbers at a place in a file; `None` behind its end.

/// Which byte of a number comes first.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Order {
    /// The highest.
    Big,
    /// The lowest.
    Little,
}

impl Order {
    /// Two bytes.
    pub(crate) fn u16(self, bytes: &[u8], at: usize) -> Option<u16> {
        let two = *bytes.get(at..)?.first_chunk()?;
        Some(match self {
            Self::Big => u16::from_be_bytes(two),
            Self::Little => u16::from_le_bytes(two),
        })
    }

    /// Four bytes.
    pub(crate) fn u32(self, bytes: &[u8], at: usize) -> Option<u32> {
        let four = *bytes.get(at..)?.first_chunk()?;
        Some(match self {
            Self::Big => u32::from_be_bytes(four),
            Self::Little => u32::from_le_bytes(four),
        })
    }

    /// Four bytes that count or point.
    pub(crate) fn size(self, bytes: &[u8], at: usize) -> Option<usize> {
        usize::try_from(self.u32(bytes, at)?).ok()
    }
}

/// A number of some bytes, the highest first; 0 of none.
pub(crate) fn wide(bytes: &[u8], at: usize, many: usize) -> Option<usize> {
    let bytes = bytes.get(at..at.checked_add(many)?)?;
    let add = |sum: u64, byte: &u8| sum.checked_mul(256)?.checked_add(u64::from(*byte));
    usize::try_from(bytes.iter().try_fold(0, add)?).ok()
}

/// Where a row of bytes begins for the first time.
pub(crate) fn find(bytes: &[u8], row: &[u8]) -> Option<usize> {
    bytes.windows(row.len()).position(|window| window == row)
}
