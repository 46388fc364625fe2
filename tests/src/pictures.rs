//! Photos for the tests: small ones drawn by the program's own fixtures, and files that are not what they say.

use std::sync::OnceLock;

use chrono::{DateTime, Utc};
use liangxin::app::sha256;
use liangxin::fixtures::photo::{Capture, Scene, draw, signature};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::app::START;

/// Width of the drawn photos in pixels: small, because decoding takes time.
const WIDTH: u32 = 320;

/// The scale with the goods on its pan, as a citizen took it: a JPEG with EXIF.
pub fn scale() -> &'static [u8] {
    static BYTES: OnceLock<Vec<u8>> = OnceLock::new();
    let scene = Scene::ScaleDisplay {
        grams: 1850,
        yuan_per_kg_cents: 2800,
    };
    BYTES.get_or_init(|| drawn(&scene))
}

/// The stall, as an inspector took it: a JPEG with EXIF.
pub fn stall() -> &'static [u8] {
    static BYTES: OnceLock<Vec<u8>> = OnceLock::new();
    let scene = Scene::Stall { sign_no: 17 };
    BYTES.get_or_init(|| drawn(&scene))
}

/// The merchant's signature: a PNG.
pub fn stroke() -> &'static [u8] {
    static BYTES: OnceLock<Vec<u8>> = OnceLock::new();
    BYTES.get_or_init(|| match signature(17, WIDTH) {
        Ok(bytes) => bytes,
        Err(error) => panic!("the signature could not be drawn: {error}"),
    })
}

fn drawn(scene: &Scene) -> Vec<u8> {
    let taken_at: DateTime<Utc> = START.parse().unwrap_or_default();
    let capture = Capture {
        taken_at,
        latitude: 28.17059,
        longitude: 112.97383,
        device: "Example Phone 1",
    };
    draw(scene, &capture, WIDTH)
        .unwrap_or_else(|error| panic!("the photo could not be drawn: {error}"))
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
