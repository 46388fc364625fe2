//! Codes by time (RFC 6238) from `ring`, which is in the tree already. SHA-1, six digits and 30 seconds are what
//! every authenticator app knows; what is known against SHA-1 does not reach it within HMAC (RFC 6194).

use liangxin_domain::accounts::second_factor::{DIGITS, STEP_SECONDS};
use ring::hmac;

/// Base 32 (RFC 4648, 6).
const BASE_32: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/// The code of a step, with so many digits (RFC 4226, 5.3).
#[must_use]
pub fn code(secret: &[u8], step: i64, digits: u32) -> String {
    let key = hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, secret);
    let tag = hmac::sign(&key, &step.to_be_bytes());
    let last = tag.as_ref().last().copied().unwrap_or_default();
    let from = usize::from(last & 0xf);
    let chosen = tag.as_ref().iter().skip(from).take(4);
    let number = chosen.fold(0_u32, |number, byte| number << 8 | u32::from(*byte));
    let short = (number & 0x7fff_ffff) % 10_u32.pow(digits);
    format!("{short:0width$}", width = digits as usize)
}

/// Whether a code is that of a step. The comparison takes as long whatever differs.
#[must_use]
pub fn is_code_of(secret: &[u8], step: i64, tried: &str) -> bool {
    let right = code(secret, step, DIGITS);
    let differs = right
        .bytes()
        .zip(tried.bytes())
        .fold(0, |differs, (one, other)| differs | (one ^ other));
    right.len() == tried.len() && differs == 0
}

/// A secret as apps take it by hand.
#[must_use]
pub fn base_32(secret: &[u8]) -> String {
    let bits = secret
        .iter()
        .flat_map(|byte| (0..8).rev().map(move |at| byte >> at & 1));
    let bits: Vec<u8> = bits.collect();
    let letters = bits.chunks(5).map(|five| {
        let filled = five.iter().copied().chain([0; 5]).take(5);
        let index = filled.fold(0, |index, bit| index << 1 | bit);
        char::from(BASE_32[usize::from(index)])
    });
    letters.collect()
}

/// A secret as apps scan it. Who it is for is shown beside the code.
#[must_use]
pub fn uri(secret: &[u8], email: &str) -> String {
    format!(
        "otpauth://totp/Liangxin:{}?secret={}&issuer=Liangxin&algorithm=SHA1&digits={DIGITS}&period={STEP_SECONDS}",
        escaped(email),
        base_32(secret)
    )
}

/// What has no meaning of its own in a URI stays (RFC 3986, 2.3).
fn escaped(text: &str) -> String {
    let letter = |byte: u8| match byte {
        byte if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) => {
            char::from(byte).to_string()
        }
        byte => format!("%{byte:02X}"),
    };
    text.bytes().map(letter).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 6238, appendix B, the rows of SHA-1.
    const RFC_6238: [(i64, &str); 6] = [
        (59, "94287082"),
        (1_111_111_109, "07081804"),
        (1_111_111_111, "14050471"),
        (1_234_567_890, "89005924"),
        (2_000_000_000, "69279037"),
        (20_000_000_000, "65353130"),
    ];

    /// RFC 4226, appendix D.
    const RFC_4226: [&str; 10] = [
        "755224", "287082", "359152", "969429", "338314", "254676", "287922", "162583", "399871",
        "520489",
    ];

    #[test]
    fn codes_are_those_of_the_specifications() {
        let secret = b"12345678901234567890";
        for (seconds, expected) in RFC_6238 {
            assert_eq!(code(secret, seconds / STEP_SECONDS, 8), expected);
        }
        for (step, expected) in (0..).zip(RFC_4226) {
            assert_eq!(code(secret, step, DIGITS), expected);
            assert!(is_code_of(secret, step, expected));
        }
        for wrong in ["", "755225", "7552244", "75522"] {
            assert!(!is_code_of(secret, 0, wrong), "{wrong}");
        }
    }

    #[test]
    fn a_secret_is_written_in_base_32_without_padding() {
        for (plain, expected) in [
            ("", ""),
            ("f", "MY"),
            ("fo", "MZXQ"),
            ("foo", "MZXW6"),
            ("foobar", "MZXW6YTBOI"),
        ] {
            assert_eq!(base_32(plain.as_bytes()), expected);
        }
    }

    #[test]
    fn an_app_scans_for_whom_it_is() {
        let uri = uri(b"12345678901234567890", "a+b&c@d.example");
        assert_eq!(
            uri,
            "otpauth://totp/Liangxin:a%2Bb%26c%40d.example?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ\
             &issuer=Liangxin&algorithm=SHA1&digits=6&period=30"
        );
    }
}
