//! Photos for the tests: the small ones of `tests/photos`, and files that are not what they say.

use std::io::Write as _;

use flate2::Compression;
use flate2::write::ZlibEncoder;
use image::codecs::jpeg::JpegEncoder;
use image::imageops::{self, FilterType};
use liangxin_app::app::sha256;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::chance::Chance;

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

/// What somebody made of a picture to use it again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reuse {
    /// Made smaller and packed harder.
    Smaller,
    /// Made brighter.
    Brighter,
    /// Cut a fortieth at each edge.
    Cut,
}

/// A picture that was made of another one: a JPEG without EXIF.
pub fn reused(picture: &[u8], reuse: Reuse) -> anyhow::Result<Vec<u8>> {
    let picture = image::load_from_memory(picture)?.to_rgb8();
    let (width, height) = picture.dimensions();
    let (picture, quality) = match reuse {
        Reuse::Smaller => {
            let (width, height) = (width * 3 / 5, height * 3 / 5);
            (
                imageops::resize(&picture, width, height, FilterType::Triangle),
                40,
            )
        }
        Reuse::Brighter => (imageops::brighten(&picture, 20), 90),
        Reuse::Cut => {
            let (left, top) = (width / 40, height / 40);
            let (width, height) = (width - 2 * left, height - 2 * top);
            (
                imageops::crop_imm(&picture, left, top, width, height).to_image(),
                90,
            )
        }
    };
    let mut file = Vec::new();
    JpegEncoder::new_with_quality(&mut file, quality).encode_image(&picture)?;
    Ok(file)
}

/// The stall as a phone of 12 megapixels takes it: a JPEG with grain in it, of the least quality at which it has 2 MB.
pub fn of_a_phone() -> anyhow::Result<Vec<u8>> {
    let small = image::load_from_memory(stall())?.to_rgb8();
    let mut picture = imageops::resize(&small, 4000, 3000, FilterType::Triangle);
    let mut number = 1_u32;
    for pixel in picture.pixels_mut() {
        number = number.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let grain = number.to_be_bytes()[0] % 9;
        pixel.0 = pixel.0.map(|colour| colour.saturating_add(grain));
    }
    let mut file = Vec::new();
    for quality in 70..=100 {
        file.clear();
        JpegEncoder::new_with_quality(&mut file, quality).encode_image(&picture)?;
        if file.len() >= 2_000_000 {
            break;
        }
    }
    Ok(file)
}

/// The scale, of which half the data never came, closed with an end marker by whoever cut it.
pub fn half_a_scale() -> Vec<u8> {
    [&scale()[..scale().len() / 2], &END_OF_JPEG].concat()
}

/// The scale as some phones write it: a trailer of theirs stands where the end marker should be.
pub fn scale_with_trailer() -> Vec<u8> {
    let picture = scale().strip_suffix(&END_OF_JPEG).unwrap_or(scale());
    [picture, b"\0\0\x01\x0AImage_UTC_Data1790000000000SEFT"].concat()
}

/// The scale with more behind its end than any phone writes.
pub fn scale_with_cargo() -> Vec<u8> {
    [scale(), &[7; 12_000_001]].concat()
}

/// The scale with so many bytes behind its end, as phones put a film there: a photo of `size_bytes` that is another for
/// each `number`.
pub fn large(number: u64, size_bytes: usize) -> Vec<u8> {
    let mut chance = Chance::of(number);
    let mut photo = scale().to_vec();
    while photo.len() < size_bytes {
        photo.extend(chance.uuid().into_bytes());
    }
    photo.truncate(size_bytes);
    photo
}

/// The scale with so many bytes in all, the rest of them comments before its first table.
pub fn with_comments(size_bytes: usize) -> Vec<u8> {
    let (start, picture) = scale().split_at(2);
    let mut photo = start.to_vec();
    loop {
        let left = size_bytes - photo.len() - picture.len();
        // Marker and length take four bytes; no comment leaves less than these.
        let whole = match left {
            0 => break,
            1..=60_000 => left,
            _ => 50_000,
        };
        let length = u16::try_from(whole - 2).unwrap_or(u16::MAX);
        photo.extend([0xFF, 0xFE]);
        photo.extend(length.to_be_bytes());
        photo.resize(photo.len() + whole - 4, b' ');
    }
    [photo, picture.to_vec()].concat()
}

const END_OF_JPEG: [u8; 2] = [0xFF, 0xD9];

/// A PNG of a few bytes that claims 20 000 x 20 000 pixels.
pub fn claims_400_megapixels() -> Vec<u8> {
    // The zlib stream of nothing (RFC 1950).
    let pixels = [0x78, 0x9c, 0x03, 0x00, 0x00, 0x00, 0x00, 0x01];
    // Eight bits of grey.
    png(20_000, [8, 0], &pixels)
}

/// A lossless WebP of 38 bytes that claims 99 megapixels.
pub fn claims_99_megapixels() -> Vec<u8> {
    let claimed = (9949 | (9949 << 14)) as u32;
    let body = [
        b"WEBPVP8L".as_slice(),
        &18_u32.to_le_bytes(),
        &[0x2F],
        &claimed.to_le_bytes(),
        &[0; 13],
    ]
    .concat();
    let size = u32::try_from(body.len()).unwrap_or_default();
    [b"RIFF".as_slice(), &size.to_le_bytes(), &body].concat()
}

/// A PNG of noise, which is nearly as large packed as it is unpacked: 2,880 x 2,880 pixels in 24.9 MB.
pub fn noise() -> anyhow::Result<Vec<u8>> {
    let side = 2880;
    let mut number = 1_u32;
    let mut byte = || {
        // Numerical Recipes' generator: nothing is to be guessed, only nothing to be packed.
        number = number.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        number.to_be_bytes()[0]
    };
    let mut packed = ZlibEncoder::new(Vec::new(), Compression::none());
    let mut line = vec![0; 1 + 3 * side];
    for _ in 0..side {
        line[1..].fill_with(&mut byte);
        packed.write_all(&line)?;
    }
    Ok(png(u32::try_from(side)?, [8, 2], &packed.finish()?))
}

/// A PNG with sixteen bits a colour, 9,600 x 9,600 pixels that are all alike: under a megabyte that wants 737 MB.
pub fn deep() -> anyhow::Result<Vec<u8>> {
    let side = 9600;
    let mut packed = ZlibEncoder::new(Vec::new(), Compression::fast());
    let line = vec![0; 1 + 8 * side];
    for _ in 0..side {
        packed.write_all(&line)?;
    }
    Ok(png(u32::try_from(side)?, [16, 6], &packed.finish()?))
}

/// A PNG that is grey all over.
pub fn blank() -> anyhow::Result<Vec<u8>> {
    let side = 64;
    let mut packed = ZlibEncoder::new(Vec::new(), Compression::fast());
    for _ in 0..side {
        packed.write_all(&[0])?;
        packed.write_all(&[128; 64])?;
    }
    Ok(png(side, [8, 0], &packed.finish()?))
}

/// A PNG of two colours and 200 megapixels: more memory than any picture may take on its way to a copy.
pub fn of_200_megapixels() -> anyhow::Result<Vec<u8>> {
    let side = 14_143_u16;
    let mut packed = ZlibEncoder::new(Vec::new(), Compression::fast());
    let line = vec![0; 1 + usize::from(side).div_ceil(8)];
    for _ in 0..side {
        packed.write_all(&line)?;
    }
    Ok(png(side.into(), [1, 0], &packed.finish()?))
}

/// A HEIC as phones write it, of 4,096 x 3,072 pixels that no decoder could read: its data are sevens.
pub fn heic() -> Vec<u8> {
    let boxed = |kind: &[u8; 4], content: &[u8]| {
        let size = u32::try_from(content.len() + 8).unwrap_or_default();
        [&size.to_be_bytes(), kind.as_slice(), content].concat()
    };
    let full = |content: &[u8]| [&[0; 4], content].concat();
    let entry = boxed(b"infe", b"\x02\0\0\0\0\x01\0\0hvc1\0");
    let size = full(&[0, 0, 16, 0, 0, 0, 12, 0]);
    let properties = [
        boxed(b"ipco", &boxed(b"ispe", &size)),
        boxed(b"ipma", &full(&[0, 0, 0, 1, 0, 1, 1, 1])),
    ];
    let data = boxed(b"mdat", &[7; 1000]);
    let meta = |start: u32| {
        let place = [
            &[0x44, 0, 0, 1, 0, 1, 0, 0, 0, 1],
            start.to_be_bytes().as_slice(),
        ]
        .concat();
        let place = [place.as_slice(), &1000_u32.to_be_bytes()].concat();
        let parts = [
            boxed(b"pitm", &full(&[0, 1])),
            boxed(b"iinf", &full(&[&[0, 1], entry.as_slice()].concat())),
            boxed(b"iloc", &full(&place)),
            boxed(b"iprp", &properties.concat()),
        ];
        boxed(b"meta", &full(&parts.concat()))
    };
    let kind = boxed(b"ftyp", b"heic\0\0\0\0mif1heic");
    let start = u32::try_from(kind.len() + meta(0).len() + 8).unwrap_or_default();
    [kind, meta(start), data].concat()
}

/// A square PNG of bits a colour and a kind of colour, without interlacing, from packed lines.
fn png(side: u32, colour: [u8; 2], pixels: &[u8]) -> Vec<u8> {
    let side = side.to_be_bytes();
    let header = [side.as_slice(), &side, &colour, &[0, 0, 0]].concat();
    let mut png = vec![0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a];
    for (kind, data) in [
        (b"IHDR", header.as_slice()),
        (b"IDAT", pixels),
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
