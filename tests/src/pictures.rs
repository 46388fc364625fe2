//! Photos for the tests: the small ones of `tests/photos`, and files that are not what they say.

use liangxin_app::app::sha256;
use serde_json::{Value, json};
use uuid::Uuid;

/// The scale with the goods on its pan, as a citizen took it: a JPEG with EXIF.
pub fn scale() -> &'static [u8] {
    include_bytes!("../photos/scale.jpg")
}

/// The stall, as an inspector took it: a JPEG with EXIF.
pub fn stall() -> &'static [u8] {
    include_bytes!("../photos/stall.jpg")
}

/// The merchant's signature: a PNG.
pub fn stroke() -> &'static [u8] {
    include_bytes!("../photos/signature.png")
}

/// A PNG of a few bytes that claims 20 000 x 20 000 pixels.
pub fn claims_400_megapixels() -> Vec<u8> {
    let side = 20_000_u32.to_be_bytes();
    // Eight bits of grey, no interlacing.
    let header = [side.as_slice(), &side, &[8, 0, 0, 0, 0]].concat();
    // The zlib stream of nothing (RFC 1950).
    let pixels = [0x78, 0x9c, 0x03, 0x00, 0x00, 0x00, 0x00, 0x01];
    let mut png = vec![0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a];
    for (kind, data) in [
        (b"IHDR", header.as_slice()),
        (b"IDAT", &pixels),
        (b"IEND", &[]),
    ] {
        let length = u32::try_from(data.len()).unwrap_or_default();
        let content = [kind.as_slice(), data].concat();
        png.extend(length.to_be_bytes());
        png.extend(&content);
        png.extend(crc32(&content).to_be_bytes());
    }
    png
}

/// The checksum of a PNG chunk (ISO 3309).
fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| match crc & 1 {
            1 => crc >> 1 ^ 0xEDB8_8320,
            _ => crc >> 1,
        })
    })
}

/// A photo as a phone declares it.
pub fn declared(id: Uuid, bytes: &[u8]) -> Value {
    json!({ "id": id, "sha256": sha256(bytes).to_string(), "sizeBytes": bytes.len() })
}
