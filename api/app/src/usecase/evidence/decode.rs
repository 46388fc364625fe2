//! Looking into photo bytes: is it a whole picture, how large, and what does its EXIF say?

use super::jpeg;
use chrono::{DateTime, FixedOffset, NaiveDate, NaiveDateTime, TimeDelta, Utc};
use exif::{In, Tag, Value};
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits};
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

/// How much memory decoding a photo may take, in bytes, by what its header claims and its file holds; refused if that
/// shows already that it is no photo. Nothing of the picture is made.
pub(super) fn weigh(bytes: &[u8]) -> Result<u64, Refusal> {
    let (format, decoder) = open(bytes)?;
    let picture = match format {
        // A progressive one is put together from coefficients of two bytes, which stand beside its pixels.
        PhotoFormat::Jpeg => decoder.total_bytes().saturating_mul(3),
        PhotoFormat::Png | PhotoFormat::Webp => decoder.total_bytes(),
    };
    // Decoders make a copy of the file.
    Ok(picture.saturating_add(size_of(bytes).saturating_mul(2)))
}

/// Decodes a photo completely and reads its facts; anything that is not a whole picture in a known
/// format is refused. Runs long: call it on a blocking thread.
pub(super) fn inspect(bytes: &[u8]) -> Result<PhotoFacts, Refusal> {
    let (format, mut decoder) = open(bytes)?;
    let (width, height) = decoder.dimensions();
    let end = end(bytes, format).ok_or_else(|| refuse(Code::PhotoTruncated))?;
    let tail = most_behind(format);
    if bytes.len().saturating_sub(end) > tail {
        return Err(refuse(Code::PhotoTail).with(tail.to_string()));
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

/// Reads the header of a photo, and holds what it claims against the file and the memory before a picture is made of it.
pub(super) fn open(bytes: &[u8]) -> Result<(PhotoFormat, impl ImageDecoder), Refusal> {
    let size = size_of(bytes);
    if size > PHOTO_BYTES {
        return Err(refuse(Code::PhotoTooLarge).with(PHOTO_BYTES.to_string()));
    }
    let format = match image::guess_format(bytes) {
        Ok(ImageFormat::Jpeg) => PhotoFormat::Jpeg,
        Ok(ImageFormat::Png) => PhotoFormat::Png,
        Ok(ImageFormat::WebP) => PhotoFormat::Webp,
        _ => return Err(refuse(Code::PhotoFormat)),
    };
    let mut reader = ImageReader::new(Cursor::new(bytes))
        .with_guessed_format()
        .map_err(|_| refuse(Code::PhotoFormat))?;
    let mut limits = Limits::default();
    limits.max_alloc = Some(DECODE_BYTES);
    reader.limits(limits);
    let decoder = reader
        .into_decoder()
        .map_err(|_| refuse(Code::PhotoTruncated))?;
    let (width, height) = decoder.dimensions();
    let pixels = u64::from(width) * u64::from(height);
    if pixels > PHOTO_PIXELS {
        return Err(refuse(Code::PhotoTooManyPixels).with(PHOTO_PIXELS.to_string()));
    }
    if pixels > FEW_PIXELS && pixels / size.max(1) > PIXELS_PER_BYTE {
        return Err(refuse(Code::PhotoTruncated));
    }
    if decoder.total_bytes().saturating_add(size) > DECODE_BYTES {
        return Err(refuse(Code::PhotoTooManyPixels).with(PHOTO_PIXELS.to_string()));
    }
    Ok((format, decoder))
}

pub(super) fn refuse(code: Code) -> Refusal {
    Refusal::on(code, "photoId")
}

fn size_of(bytes: &[u8]) -> u64 {
    u64::try_from(bytes.len()).unwrap_or(u64::MAX)
}

/// Where the picture ends; `None` if a part of it is missing. Decoders fill the missing rest of a picture
/// with grey and call it a success; evidence may not be half grey.
fn end(bytes: &[u8], format: PhotoFormat) -> Option<usize> {
    match format {
        PhotoFormat::Jpeg => jpeg::end(bytes),
        PhotoFormat::Png => png_end(bytes),
        PhotoFormat::Webp => {
            let size = u32::from_le_bytes(bytes.get(4..8)?.try_into().ok()?);
            let end = usize::try_from(size).ok()?.checked_add(8)?;
            (end <= bytes.len()).then_some(end)
        }
    }
}

/// Most bytes behind the end of a picture: what nobody looks into, and what could be anything. Phones put
/// a second picture behind a JPEG (the gain map of a bright screen, the other eye) and the two or three
/// seconds of a moving photo, some megabytes; nothing known writes more than a note behind the others.
/// Proposals.
const fn most_behind(format: PhotoFormat) -> usize {
    match format {
        PhotoFormat::Jpeg => 12_000_000,
        PhotoFormat::Png | PhotoFormat::Webp => 64 * 1024,
    }
}

/// The position behind the last chunk of a PNG.
fn png_end(bytes: &[u8]) -> Option<usize> {
    let mut at = 8_usize;
    loop {
        let length = u32::from_be_bytes(bytes.get(at..at + 4)?.try_into().ok()?);
        let kind = bytes.get(at + 4..at + 8)?;
        // Behind length, kind and data stand four bytes of checksum.
        at = at
            .checked_add(12)?
            .checked_add(usize::try_from(length).ok()?)?;
        if at > bytes.len() {
            return None;
        }
        if kind == b"IEND" {
            return Some(at);
        }
    }
}

/// The capture time. The camera's own clock counts if it says in which zone, by itself or for all times
/// of the file; else the satellites' time, which is without zone.
fn taken_at(exif: &exif::Exif) -> Option<DateTime<Utc>> {
    let by_clock = || {
        let zone =
            offset(exif, Tag::OffsetTimeOriginal).or_else(|| offset(exif, Tag::OffsetTime))?;
        let local = local_time(exif)?.and_local_timezone(zone);
        local.single().map(|at| at.to_utc())
    };
    by_clock().or_else(|| satellite_time(exif))
}

fn local_time(exif: &exif::Exif) -> Option<NaiveDateTime> {
    let local = exif.get_field(Tag::DateTimeOriginal, In::PRIMARY)?;
    let local = local.display_value().to_string();
    NaiveDateTime::parse_from_str(&local, "%Y-%m-%d %H:%M:%S").ok()
}

fn offset(exif: &exif::Exif, tag: Tag) -> Option<FixedOffset> {
    text(exif, tag)?.parse().ok()
}

/// The time of the position. A fix of another day than the picture's is an old one and says nothing.
fn satellite_time(exif: &exif::Exif) -> Option<DateTime<Utc>> {
    let day = NaiveDate::parse_from_str(text(exif, Tag::GPSDateStamp)?, "%Y:%m:%d").ok()?;
    let Value::Rational(parts) = &exif.get_field(Tag::GPSTimeStamp, In::PRIMARY)?.value else {
        return None;
    };
    let whole = |part: &exif::Rational| (part.denom > 0).then(|| part.num / part.denom);
    let [hour, minute, second] = parts.as_slice() else {
        return None;
    };
    let at = day.and_hms_opt(whole(hour)?, whole(minute)?, whole(second)?)?;
    // Zones reach from 12 hours behind to 14 hours ahead.
    let is_of_the_day = |local: NaiveDateTime| {
        let ahead = local - at;
        TimeDelta::hours(-12) <= ahead && ahead <= TimeDelta::hours(14)
    };
    local_time(exif)
        .is_none_or(is_of_the_day)
        .then(|| at.and_utc())
}

fn text(exif: &exif::Exif, tag: Tag) -> Option<&str> {
    let Value::Ascii(lines) = &exif.get_field(tag, In::PRIMARY)?.value else {
        return None;
    };
    std::str::from_utf8(lines.first()?).ok().map(str::trim)
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

    /// The bytes of a plain picture in a format.
    fn plain(format: ImageFormat) -> Vec<u8> {
        let mut file = Cursor::new(Vec::new());
        let picture = image::RgbImage::from_pixel(16, 8, image::Rgb([90, 120, 30]));
        picture.write_to(&mut file, format).unwrap();
        file.into_inner()
    }

    #[test]
    fn bytes_behind_a_picture_are_bounded_by_its_format() {
        for (format, most) in [
            (ImageFormat::Jpeg, 12_000_000),
            (ImageFormat::Png, 64 * 1024),
            (ImageFormat::WebP, 64 * 1024),
        ] {
            let mut file = plain(format);
            file.resize(file.len() + most, 7);
            assert!(inspect(&file).is_ok(), "{format:?}");
            file.push(7);
            let refusal = inspect(&file).unwrap_err();
            assert_eq!(
                (refusal.code, refusal.detail),
                (Code::PhotoTail, Some(most.to_string()))
            );
        }
    }

    /// A JPEG whose EXIF holds the fields.
    fn with_exif(fields: &[(Tag, Value)]) -> Vec<u8> {
        let fields: Vec<_> = fields
            .iter()
            .map(|(tag, value)| exif::Field {
                tag: *tag,
                ifd_num: In::PRIMARY,
                value: value.clone(),
            })
            .collect();
        let mut writer = exif::experimental::Writer::new();
        fields.iter().for_each(|field| writer.push_field(field));
        let mut raw = Cursor::new(b"Exif\0\0".to_vec());
        raw.set_position(6);
        let mut body = Cursor::new(Vec::new());
        writer.write(&mut body, false).unwrap();
        let segment = [raw.into_inner(), body.into_inner()].concat();
        let length = u16::try_from(segment.len() + 2).unwrap().to_be_bytes();
        let file = plain(ImageFormat::Jpeg);
        [&file[..2], &[0xFF, 0xE1], &length, &segment, &file[2..]].concat()
    }

    #[test]
    fn the_time_is_that_of_the_camera_with_its_zone_or_of_the_satellites() {
        let ascii = |text: &str| Value::Ascii(vec![text.as_bytes().to_vec()]);
        let clock = (Tag::DateTimeOriginal, ascii("2026:11:27 23:59:58"));
        let whole = |num| exif::Rational { num, denom: 1 };
        let fix = |day: &str| {
            let time = vec![
                whole(15),
                whole(59),
                exif::Rational {
                    num: 590,
                    denom: 10,
                },
            ];
            [
                (Tag::GPSDateStamp, ascii(day)),
                (Tag::GPSTimeStamp, Value::Rational(time)),
            ]
        };
        let taken = |fields: &[(Tag, Value)]| {
            let facts = inspect(&with_exif(fields)).unwrap();
            facts.taken_at.map(|at| at.to_rfc3339())
        };
        let [day, time] = fix("2026:11:27");
        let [old_day, _] = fix("2026:11:20");
        let zone = (Tag::OffsetTime, ascii("+08:00"));
        let by_clock = Some("2026-11-27T15:59:58+00:00".to_owned());
        let by_fix = Some("2026-11-27T15:59:59+00:00".to_owned());
        assert_eq!(taken(&[clock.clone(), zone.clone()]), by_clock);
        let both = [clock.clone(), zone, day.clone(), time.clone()];
        assert_eq!(taken(&both), by_clock);
        assert_eq!(taken(&[clock.clone(), day.clone(), time.clone()]), by_fix);
        assert_eq!(taken(&[day, time.clone()]), by_fix);
        assert_eq!(taken(&[clock.clone(), old_day, time]), None);
        assert_eq!(taken(&[clock]), None);
    }

    #[test]
    fn a_photo_weighs_what_its_header_claims_whatever_its_pixels_are() {
        let claims = png(9950, 9950, 8, 30_000);
        let size = size_of(&claims);
        assert_eq!(weigh(&claims), Ok(9950 * 9950 * 4 + 2 * size));
        let file = plain(ImageFormat::Jpeg);
        assert_eq!(weigh(&file), Ok(16 * 8 * 3 * 3 + 2 * size_of(&file)));
        assert_eq!(weigh(b"no photo").unwrap_err().code, Code::PhotoFormat);
    }

    #[test]
    fn what_a_header_claims_is_refused_before_a_picture_is_made_of_it() {
        let refused = |bytes: &[u8]| {
            let code = inspect(bytes).unwrap_err().code;
            assert_eq!(weigh(bytes).unwrap_err().code, code);
            code
        };
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
