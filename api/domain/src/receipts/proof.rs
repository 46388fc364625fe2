//! A proof of work: a number that makes the digest of a challenge begin with zero bits. Finding one
//! takes time, checking it takes none.

use crate::refusal::{Code, Refusal};

/// Longest challenge, in bytes.
const CHALLENGE_BYTES: usize = 200;
/// Longest answer, in bytes.
const NONCE_BYTES: usize = 32;

/// What a phone found out.
#[derive(Clone, PartialEq, Eq)]
pub struct Proof {
    challenge: String,
    nonce: String,
}

impl Proof {
    /// Reads a proof as a phone sends it.
    pub fn parse(challenge: &str, nonce: &str) -> Result<Self, Refusal> {
        let plain = |text: &str, most| {
            (1..=most).contains(&text.len())
                && text
                    .bytes()
                    .all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b))
        };
        if plain(challenge, CHALLENGE_BYTES) && plain(nonce, NONCE_BYTES) {
            Ok(Self {
                challenge: challenge.to_owned(),
                nonce: nonce.to_owned(),
            })
        } else {
            Err(Refusal::on(Code::ProofInvalid, "proof"))
        }
    }

    /// The challenge, as the server gave it.
    #[must_use]
    pub fn challenge(&self) -> &str {
        &self.challenge
    }

    /// The text whose SHA-256 digest must begin with zero bits: challenge, colon, answer.
    #[must_use]
    pub fn text(&self) -> String {
        format!("{}:{}", self.challenge, self.nonce)
    }
}

impl std::fmt::Debug for Proof {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Proof(…)")
    }
}

/// How many bits of a digest are zero before the first that is not.
#[must_use]
pub fn leading_zero_bits(digest: &[u8]) -> u32 {
    let whole = digest.iter().take_while(|byte| **byte == 0).count();
    let rest = digest.get(whole).map_or(0, |byte| byte.leading_zeros());
    u32::try_from(whole).unwrap_or(u32::MAX).saturating_mul(8) + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zero_bits_are_counted_from_the_front() {
        assert_eq!(leading_zero_bits(&[0x80]), 0);
        assert_eq!(leading_zero_bits(&[0, 0x1f]), 11);
        assert_eq!(leading_zero_bits(&[0, 0]), 16);
    }

    #[test]
    fn rubbish_is_no_proof() {
        assert!(Proof::parse("abc.def", "42").is_ok());
        for (challenge, nonce) in [
            ("", "1"),
            ("a", ""),
            ("a b", "1"),
            ("a", "ü"),
            (&*"a".repeat(201), "1"),
        ] {
            assert_eq!(
                Proof::parse(challenge, nonce).unwrap_err().code,
                Code::ProofInvalid
            );
        }
        assert_eq!(format!("{:?}", Proof::parse("a", "b").unwrap()), "Proof(…)");
    }
}
