//! C2PA manifests: whether there is one, and which program says it made it (C2PA 2.1, `claim_generator`). The boxes are
//! not read through, and no signature is checked: the fact is that a manifest is there.

use super::{Fact, words::clean};
use crate::number::find;

/// A manifest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Manifest {
    /// The program that says it made it.
    pub generator: Option<String>,
    /// Its length in bytes.
    pub size_bytes: usize,
}

/// Boxes of JUMBF (ISO/IEC 19566-5) hold other things, too: a manifest is what has the label of one, or a claim.
pub(super) fn read(bytes: &[u8]) -> Option<Fact<Manifest>> {
    let is_manifest = [b"c2pa".as_slice(), b"claim_generator"];
    if !is_manifest.iter().any(|label| find(bytes, label).is_some()) {
        return None;
    }
    // Older manifests name the program, newer ones a map with its name.
    let generator = text_behind(bytes, b"claim_generator").or_else(|| {
        let map = bytes.get(find(bytes, b"claim_generator_info")?..)?;
        text_behind(map, b"\x64name")
    });
    Some(Fact {
        value: Manifest {
            generator: generator.and_then(clean),
            size_bytes: bytes.len(),
        },
        source: "c2pa".to_owned(),
    })
}

/// The CBOR text (RFC 8949, major type 3) that stands right behind a key.
fn text_behind<'a>(bytes: &'a [u8], key: &[u8]) -> Option<&'a str> {
    let rest = bytes.get(find(bytes, key)? + key.len()..)?;
    let (length, begin) = match rest {
        [head @ 0x60..=0x77, ..] => (usize::from(head & 31), 1),
        [0x78, length, ..] => (usize::from(*length), 2),
        [0x79, high, low, ..] => (usize::from(u16::from_be_bytes([*high, *low])), 3),
        _ => return None,
    };
    std::str::from_utf8(rest.get(begin..begin + length)?).ok()
}
