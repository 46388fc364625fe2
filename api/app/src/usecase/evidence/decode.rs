//! Looking into photo bytes: is it a whole picture, how large, and what does its EXIF say?

use chrono::{DateTime, FixedOffset, NaiveDateTime, Utc};
use exif::{In, Tag, Value};
use image::{DynamicImage, ImageDecoder as _, ImageFormat, ImageReader, Limits};
use liangxin_domain::{
    evidence::photo::{PhotoFacts, PhotoFormat},
    limits::{PHOTO_BYTES, PHOTO_PIXELS},
    place::Position,
    refusal::{Code, Refusal},
};
use std::io::Cursor;

/// Most memory that one decoding may ask for, in bytes, the file included: 100 megapixels with four
/// channels.
const DECODE_BYTES: u64 = PHOTO_PIXELS * 4;

/// As many pixels a file may claim whatever its size.
const FEW_PIXELS: u64 = 1_000_000;

/// Most pixels that a byte of a larger picture stands for. Sky and wall stay below a hundred; a file that
/// claims more is no photo, and would cost a third of a second for a few bytes. A proposal.
const PIXELS_PER_BYTE: u64 = 4_000;

/// Decodes a photo completely and reads its facts; anything that is not a whole picture in a known
/// format is refused. Runs long: call it on a blocking thread.
pub(super) fn inspect(bytes: &[u8]) -> Result<PhotoFacts, Refusal> {
    let refuse = |code| Refusal::on(code, "photoId");
    if u64::try_from(bytes.len()).unwrap_or(u64::MAX) > PHOTO_BYTES {
        return Err(refuse(Code::PhotoTooLarge).with(PHOTO_BYTES.to_string()));
    }
    let format = match image::guess_format(bytes) {
        Ok(ImageFormat::Jpeg) => PhotoFormat::Jpeg,
        Ok(ImageFormat::Png) => PhotoFormat::Png,
        Ok(ImageFormat::WebP) => PhotoFormat::Webp,
        _ => return Err(refuse(Code::PhotoFormat)),
    };
    if !is_whole(bytes, format) {
        return Err(refuse(Code::PhotoTruncated));
    }
    let mut reader = ImageReader::new(Cursor::new(bytes))
        .with_guessed_format()
        .map_err(|_| refuse(Code::PhotoFormat))?;
    let mut limits = Limits::default();
    limits.max_alloc = Some(DECODE_BYTES);
    reader.limits(limits);
    let mut decoder = reader
        .into_decoder()
        .map_err(|_| refuse(Code::PhotoTruncated))?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > PHOTO_PIXELS {
        return Err(refuse(Code::PhotoTooManyPixels).with(PHOTO_PIXELS.to_string()));
    }
    // What the header claims is held against the file and the memory before a picture is made of it.
    let size = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    let pixels = u64::from(width) * u64::from(height);
    if pixels > FEW_PIXELS && pixels / size.max(1) > PIXELS_PER_BYTE {
        return Err(refuse(Code::PhotoTruncated));
    }
    if decoder.total_bytes().saturating_add(size) > DECODE_BYTES {
        return Err(refuse(Code::PhotoTooManyPixels).with(PHOTO_PIXELS.to_string()));
    }
    let exif = decoder.exif_metadata().ok().flatten();
    DynamicImage::from_decoder(decoder).map_err(|_| refuse(Code::PhotoTruncated))?;
    let exif = exif.and_then(|raw| exif::Reader::new().read_raw(raw).ok());
    Ok(PhotoFacts {
        format,
        width,
        height,
        taken_at: exif.as_ref().and_then(taken_at),
        position: exif.as_ref().and_then(position),
    })
}

/// Whether the file reaches its own end. Decoders fill the missing rest of a picture with grey and
/// call it a success; evidence may not be half grey.
fn is_whole(bytes: &[u8], format: PhotoFormat) -> bool {
    match format {
        PhotoFormat::Jpeg => jpeg_end(bytes).is_some(),
        PhotoFormat::Png => bytes.windows(4).rev().any(|window| window == b"IEND"),
        PhotoFormat::Webp => bytes
            .get(4..8)
            .and_then(|size| size.try_into().ok())
            .map(u32::from_le_bytes)
            .and_then(|size| usize::try_from(size).ok())
            .is_some_and(|size| size.checked_add(8).is_some_and(|end| end <= bytes.len())),
    }
}

/// Walks the segments of a JPEG to its end-of-image marker; what phones append after it does not
/// matter. Returns the position behind the marker.
fn jpeg_end(bytes: &[u8]) -> Option<usize> {
    let mut at = 2;
    loop {
        if *bytes.get(at)? != 0xFF {
            return None;
        }
        let marker = *bytes.get(at + 1)?;
        match marker {
            0xD9 => return Some(at + 2),
            // A fill byte, and the markers that stand alone.
            0xFF => at += 1,
            0x01 | 0xD0..=0xD8 => at += 2,
            _ => {
                let length = usize::from(u16::from_be_bytes([
                    *bytes.get(at + 2)?,
                    *bytes.get(at + 3)?,
                ]));
                at += 2 + length.max(2);
                if marker == 0xDA {
                    at = scan_end(bytes, at)?;
                }
            }
        }
    }
}

/// The position of the first marker after entropy-coded data; stuffed bytes and restarts are data.
fn scan_end(bytes: &[u8], from: usize) -> Option<usize> {
    let mut at = from;
    loop {
        at += bytes.get(at..)?.iter().position(|byte| *byte == 0xFF)?;
        match *bytes.get(at + 1)? {
            0x00 | 0xD0..=0xD7 => at += 2,
            _ => return Some(at),
        }
    }
}

/// The capture time, if the camera said in which zone.
fn taken_at(exif: &exif::Exif) -> Option<DateTime<Utc>> {
    let local = exif
        .get_field(Tag::DateTimeOriginal, In::PRIMARY)?
        .display_value()
        .to_string();
    let zone = exif.get_field(Tag::OffsetTimeOriginal, In::PRIMARY)?;
    let Value::Ascii(zone) = &zone.value else {
        return None;
    };
    let zone: FixedOffset = std::str::from_utf8(zone.first()?).ok()?.parse().ok()?;
    let local = NaiveDateTime::parse_from_str(&local, "%Y-%m-%d %H:%M:%S").ok()?;
    local
        .and_local_timezone(zone)
        .single()
        .map(|at| at.to_utc())
}

/// The capture position; what is outside the earth or exactly zero counts as missing.
fn position(exif: &exif::Exif) -> Option<Position> {
    let latitude = degrees(exif, Tag::GPSLatitude, Tag::GPSLatitudeRef, b'S')?;
    let longitude = degrees(exif, Tag::GPSLongitude, Tag::GPSLongitudeRef, b'W')?;
    Position::parse(latitude, longitude, None, "exif").ok()
}

fn degrees(exif: &exif::Exif, tag: Tag, reference: Tag, negative: u8) -> Option<f64> {
    let Value::Rational(parts) = &exif.get_field(tag, In::PRIMARY)?.value else {
        return None;
    };
    let [degrees, minutes, seconds] = parts.as_slice() else {
        return None;
    };
    if [degrees, minutes, seconds]
        .iter()
        .any(|part| part.denom == 0)
    {
        return None;
    }
    let value = degrees.to_f64() + minutes.to_f64() / 60.0 + seconds.to_f64() / 3600.0;
    let Value::Ascii(side) = &exif.get_field(reference, In::PRIMARY)?.value else {
        return None;
    };
    let sign = if side.first()?.first()? == &negative {
        -1.0
    } else {
        1.0
    };
    Some(sign * value)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A PNG that says of itself what it is, with so many bytes of no picture in it.
    fn png(width: u32, height: u32, bits: u8, data: usize) -> Vec<u8> {
        let mut file = b"\x89PNG\r\n\x1a\n".to_vec();
        let mut chunk = |name: &[u8; 4], body: &[u8]| {
            let named = [name.as_slice(), body].concat();
            let mut sum = flate2::Crc::new();
            sum.update(&named);
            file.extend(u32::try_from(body.len()).unwrap().to_be_bytes());
            file.extend(&named);
            file.extend(sum.sum().to_be_bytes());
        };
        let (width, height) = (width.to_be_bytes(), height.to_be_bytes());
        // Four channels, no interlace.
        chunk(
            b"IHDR",
            &[&width[..], &height, &[bits, 6, 0, 0, 0]].concat(),
        );
        chunk(b"IDAT", &vec![7; data]);
        chunk(b"IEND", &[]);
        file
    }

    /// A lossless WebP of a few bytes that claims a picture.
    fn webp(width: u32, height: u32) -> Vec<u8> {
        let claimed = (width - 1) | ((height - 1) << 14);
        let body = [
            b"WEBPVP8L".as_slice(),
            &18_u32.to_le_bytes(),
            &[0x2F],
            &claimed.to_le_bytes(),
            &[0; 13],
        ]
        .concat();
        let size = u32::try_from(body.len()).unwrap();
        [b"RIFF".as_slice(), &size.to_le_bytes(), &body].concat()
    }

    #[test]
    fn what_a_header_claims_is_refused_before_a_picture_is_made_of_it() {
        let refused = |bytes: &[u8]| inspect(bytes).unwrap_err().code;
        assert_eq!(webp(9950, 9950).len(), 38);
        assert_eq!(refused(&webp(9950, 9950)), Code::PhotoTruncated);
        assert_eq!(refused(&png(8000, 8000, 8, 10)), Code::PhotoTruncated);
        // Eight bytes a pixel are more than the memory for a photo, whatever the pixels are.
        let deep = png(8000, 8000, 16, 20_000);
        assert_eq!(refused(&deep), Code::PhotoTooManyPixels);
        assert_eq!(
            refused(&png(20_000, 20_000, 8, 200_000)),
            Code::PhotoTooManyPixels
        );
    }
}
