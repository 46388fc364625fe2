//! In what forms a secret could lie somewhere without a key.

use std::fmt::Write as _;

use aho_corasick::AhoCorasick;
use base64::{
    Engine as _,
    engine::general_purpose::{STANDARD, URL_SAFE},
};
use liangxin_app::app::sha256;

/// No value stands among the bytes in any form that needs no key.
pub(super) fn assert_hidden(bytes: &[u8], values: &[&str]) {
    if let Some((value, form)) = find(bytes, values) {
        panic!("{value} stands as {form}");
    }
}

/// A value that stands among the bytes, and how.
fn find<'a>(bytes: &[u8], values: &[&'a str]) -> Option<(&'a str, &'static str)> {
    Search::of(values).find(bytes)
}

/// A search for many values in all their forms at once, letters of ASCII alike in both cases.
pub(super) struct Search<'a> {
    forms: AhoCorasick,
    /// The value and the name of each form.
    named: Vec<(&'a str, &'static str)>,
}

impl<'a> Search<'a> {
    pub(super) fn of(values: &[&'a str]) -> Self {
        let (mut sought, mut named) = (Vec::new(), Vec::new());
        for value in values {
            for (name, form) in forms(value) {
                sought.push(form);
                named.push((*value, name));
            }
        }
        let forms = AhoCorasick::builder()
            .ascii_case_insensitive(true)
            .build(sought)
            .unwrap();
        Self { forms, named }
    }

    /// A value that stands among the bytes, and how.
    pub(super) fn find(&self, bytes: &[u8]) -> Option<(&'a str, &'static str)> {
        let found = self.forms.find(bytes)?;
        Some(self.named[found.pattern().as_usize()])
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        write!(text, "{byte:02x}").unwrap();
        text
    })
}

/// How a value could stand somewhere without a key, in the case that encoders use or any other: plain, hexadecimal, both base
/// 64 in their three alignments, percent-encoded, quoted-printable, with the escapes of JSON, in UTF-16, and as an unkeyed
/// digest.
fn forms(value: &str) -> Vec<(&'static str, Vec<u8>)> {
    let bytes = value.as_bytes();
    let utf16: [Vec<u8>; 2] = [
        value.encode_utf16().flat_map(u16::to_le_bytes).collect(),
        value.encode_utf16().flat_map(u16::to_be_bytes).collect(),
    ];
    let mut forms = vec![
        ("itself", bytes.to_vec()),
        ("hexadecimal", hex(bytes).into_bytes()),
        ("percent-encoded", escaped(bytes, '%')),
        ("quoted-printable", escaped(bytes, '=')),
        ("JSON with escapes", json_escaped(value)),
    ];
    for utf16 in utf16 {
        forms.push(("UTF-16 in hexadecimal", hex(&utf16).into_bytes()));
        forms.push(("UTF-16", utf16));
    }
    for shift in 0..3 {
        let mut padded = vec![b' '; shift];
        padded.extend_from_slice(bytes);
        for text in [STANDARD.encode(&padded), URL_SAFE.encode(&padded)] {
            // The ends depend on what stands around.
            let whole = text.trim_end_matches('=');
            let inner = &whole[(shift * 8).div_ceil(6)..whole.len() - 1];
            forms.push(("base 64", inner.as_bytes().to_vec()));
        }
    }
    for digest in [sha256(bytes).bytes().to_vec(), md5(bytes).to_vec()] {
        forms.push(("a digest", STANDARD.encode(&digest).into_bytes()));
        forms.push(("a digest in hexadecimal", hex(&digest).into_bytes()));
        forms.push(("a digest in bytes", digest));
    }
    forms
}

/// Everything but letters, digits and `-._~` by its number, as forms and mails write it.
fn escaped(bytes: &[u8], mark: char) -> Vec<u8> {
    let mut text = String::new();
    for byte in bytes {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(byte) {
            text.push(char::from(*byte));
        } else {
            write!(text, "{mark}{byte:02X}").unwrap();
        }
    }
    text.into_bytes()
}

/// As JSON writes it that keeps to ASCII.
fn json_escaped(value: &str) -> Vec<u8> {
    let mut text = String::new();
    for unit in value.encode_utf16() {
        match u8::try_from(unit) {
            Ok(ascii) if ascii.is_ascii() => text.push(char::from(ascii)),
            _ => write!(text, "\\u{unit:04x}").unwrap(),
        }
    }
    text.into_bytes()
}

/// MD5 (RFC 1321): nobody should use it, and nobody does here, which is what the test shows.
fn md5(message: &[u8]) -> [u8; 16] {
    const SHIFTS: [[u32; 4]; 4] = [
        [7, 12, 17, 22],
        [5, 9, 14, 20],
        [4, 11, 16, 23],
        [6, 10, 15, 21],
    ];
    let mut state = [0x6745_2301_u32, 0xefcd_ab89, 0x98ba_dcfe, 0x1032_5476];
    let mut padded = message.to_vec();
    padded.push(0x80);
    padded.resize((padded.len() + 8).next_multiple_of(64) - 8, 0);
    padded.extend((message.len() as u64 * 8).to_le_bytes());
    for block in padded.chunks(64) {
        let word = |at: usize| u32::from_le_bytes(block[at * 4..at * 4 + 4].try_into().unwrap());
        let [mut a, mut b, mut c, mut d] = state;
        for i in 0..64 {
            let (f, g) = match i / 16 {
                0 => ((b & c) | (!b & d), i),
                1 => ((d & b) | (!d & c), (5 * i + 1) % 16),
                2 => (b ^ c ^ d, (3 * i + 5) % 16),
                _ => (c ^ (b | !d), (7 * i) % 16),
            };
            let constant = (((i + 1) as f64).sin().abs() * 4_294_967_296.0) as u32;
            let sum = a
                .wrapping_add(f)
                .wrapping_add(constant)
                .wrapping_add(word(g));
            (a, d, c) = (d, c, b);
            b = b.wrapping_add(sum.rotate_left(SHIFTS[i / 16][i % 4]));
        }
        for (sum, part) in state.iter_mut().zip([a, b, c, d]) {
            *sum = sum.wrapping_add(part);
        }
    }
    let mut out = [0; 16];
    for (bytes, word) in out.chunks_mut(4).zip(state) {
        bytes.copy_from_slice(&word.to_le_bytes());
    }
    out
}

#[test]
fn the_digest_that_is_looked_for_is_the_right_one() {
    let hex: String = md5(b"abc").iter().map(|b| format!("{b:02x}")).collect();
    assert_eq!(hex, "900150983cd24fb0d6963f7d28e17f72");
}

#[test]
fn a_value_is_found_in_every_form_and_nothing_else_is() {
    let value = "银杏树下-2026";
    for (name, form) in forms(value) {
        let around = [b"x ".as_slice(), &form, b" y"].concat();
        assert!(find(&around, &[value]).is_some(), "{name}");
    }
    let mail = [
        b"To: ".as_slice(),
        STANDARD.encode("，银杏树下-2026。").as_bytes(),
    ]
    .concat();
    assert!(find(&mail, &[value]).is_some());
    assert_eq!(find("银杏树上-2026".as_bytes(), &[value]), None);
}
