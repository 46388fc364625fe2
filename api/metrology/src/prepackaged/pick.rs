//! Which packages to take: a choice that nobody can steer and anybody can repeat.

use std::collections::BTreeSet;

use sha2::{Digest as _, Sha256};

/// The numbers of `n` packages of a lot of `lot_size`, counted from 1, sorted and each once; all of
/// them where `n` is not less than the lot.
///
/// The seed is written down before the lot is seen, so that the choice can be repeated by hand:
///
/// 1. `key` = SHA-256 of the bytes of the seed.
/// 2. For the counter 0, 1, 2, …: `block` = SHA-256 of `key` followed by the counter as 8 bytes, the
///    greatest first; `x` = the first 8 bytes of `block` as a whole number, the greatest first.
/// 3. Let `whole` be the greatest multiple of `lot_size` that is at most 2^64. Where `x` is not less
///    than `whole`, go on to the next counter: otherwise low numbers would be likelier than high ones.
/// 4. The package is number `x mod lot_size + 1`; one already taken is skipped. Stop at `n`.
///
/// ```
/// use liangxin_metrology::prepackaged::pick_packages;
///
/// let numbers = pick_packages(b"2026-11-23 lot 7", 60, 13);
/// assert_eq!(numbers, pick_packages(b"2026-11-23 lot 7", 60, 13));
/// assert_eq!(numbers.len(), 13);
/// ```
pub fn pick_packages(seed: &[u8], lot_size: u32, n: u32) -> Vec<u32> {
    if n >= lot_size {
        return (1..=lot_size).collect();
    }
    let key = Sha256::digest(seed);
    let lot = u64::from(lot_size);
    let everything = u128::from(u64::MAX) + 1;
    let whole = everything - everything % u128::from(lot);
    let mut taken = BTreeSet::new();
    let mut counter: u64 = 0;
    while taken.len() < n as usize {
        let block = Sha256::new()
            .chain_update(key)
            .chain_update(counter.to_be_bytes())
            .finalize();
        let x = block[..8]
            .iter()
            .fold(0, |x, byte| (x << 8) | u64::from(*byte));
        if u128::from(x) < whole {
            // Below the size of the lot, which is a u32.
            taken.insert(u32::try_from(x % lot).unwrap_or(u32::MAX - 1) + 1);
        }
        counter += 1;
    }
    taken.into_iter().collect()
}
