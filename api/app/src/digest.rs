//! Digests of bytes.

use liangxin_domain::evidence::digest::{Sha256, Sm3};
use ring::digest;
use sm3::Digest as _;

/// The SHA-256 digest of bytes.
#[must_use]
pub fn sha256(bytes: &[u8]) -> Sha256 {
    let mut out = [0; 32];
    out.copy_from_slice(digest::digest(&digest::SHA256, bytes).as_ref());
    Sha256::new(out)
}

/// The SM3 digest of bytes.
#[must_use]
pub fn sm3(bytes: &[u8]) -> Sm3 {
    Sm3::new(sm3::Sm3::digest(bytes).into())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The two examples of GB/T 32905-2016, appendix A.
    #[test]
    fn sm3_gives_the_digests_of_its_standard() {
        let twice = "abcd".repeat(16);
        for (bytes, digest) in [
            (
                "abc",
                "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0",
            ),
            (
                &*twice,
                "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732",
            ),
        ] {
            assert_eq!(sm3(bytes.as_bytes()).to_string(), digest);
        }
    }
}
