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

/// Most memory that one decoding may ask for, in bytes: 100 megapixels with four channels.
const DECODE_BYTES: u64 = PHOTO_PIXELS * 4;

/// Decodes a photo completely and reads its facts; anything that is not a whole picture in a known
/// format is refused. Runs long: call it on a blocking thread.
pub fn inspect(bytes: &[u8]) -> Result<PhotoFacts, Refusal> {
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
