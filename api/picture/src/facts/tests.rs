use super::*;
use crate::structure::{look, tests::heif_of};
use exif::{Field, In, Rational, Tag, Value};
use image::{ImageFormat, Rgb, RgbImage};
use std::io::Cursor;

fn now() -> DateTime<Utc> {
    "2026-11-28T00:00:00Z".parse().unwrap()
}

fn ascii(text: &str) -> Value {
    Value::Ascii(vec![text.as_bytes().to_vec()])
}

fn ratios(parts: &[(u32, u32)]) -> Value {
    let part = |(num, denom): &(u32, u32)| Rational {
        num: *num,
        denom: *denom,
    };
    Value::Rational(parts.iter().map(part).collect())
}

/// EXIF of the fields.
fn exif_of(fields: &[(Tag, Value)]) -> Vec<u8> {
    let fields: Vec<_> = fields
        .iter()
        .map(|(tag, value)| Field {
            tag: *tag,
            ifd_num: In::PRIMARY,
            value: value.clone(),
        })
        .collect();
    let mut writer = exif::experimental::Writer::new();
    fields.iter().for_each(|field| writer.push_field(field));
    let mut body = Cursor::new(Vec::new());
    writer.write(&mut body, false).unwrap();
    body.into_inner()
}

fn plain(format: ImageFormat) -> Vec<u8> {
    let mut file = Cursor::new(Vec::new());
    let picture = RgbImage::from_pixel(16, 8, Rgb([90, 120, 30]));
    picture.write_to(&mut file, format).unwrap();
    file.into_inner()
}

/// A JPEG with segments of a marker.
fn with(segments: &[(u8, Vec<u8>)]) -> Vec<u8> {
    let file = plain(ImageFormat::Jpeg);
    let mut built = file[..2].to_vec();
    for (marker, content) in segments {
        built.extend([0xFF, *marker]);
        built.extend(u16::try_from(content.len() + 2).unwrap().to_be_bytes());
        built.extend(content);
    }
    [built, file[2..].to_vec()].concat()
}

fn facts_of(file: &[u8]) -> Facts {
    read(&look(file, 1_000_000).unwrap(), now())
}

fn facts(fields: &[(Tag, Value)]) -> Facts {
    let exif = [b"Exif\0\0".to_vec(), exif_of(fields)].concat();
    facts_of(&with(&[(0xE1, exif)]))
}

fn xmp(attributes: &str) -> Facts {
    let text = format!(
        "http://ns.adobe.com/xap/1.0/\0<x:xmpmeta><rdf:RDF><rdf:Description {attributes}/></rdf:RDF></x:xmpmeta>"
    );
    facts_of(&with(&[(0xE1, text.into_bytes())]))
}

/// The time of the capture and its source.
fn taken(facts: &Facts) -> Option<(String, String)> {
    let fact = facts.taken_at()?;
    Some((fact.value.to_rfc3339(), fact.source))
}

fn told(at: &str, source: &str) -> Option<(String, String)> {
    Some((at.to_owned(), source.to_owned()))
}

#[test]
fn the_time_is_that_of_the_camera_with_its_zone_or_of_the_satellites() {
    let clock = (Tag::DateTimeOriginal, ascii("2026:11:27 23:59:58"));
    let time = (Tag::GPSTimeStamp, ratios(&[(15, 1), (59, 1), (590, 10)]));
    let day = (Tag::GPSDateStamp, ascii("2026:11:27"));
    let old = (Tag::GPSDateStamp, ascii("2026:11:20"));
    let by_fix = told(
        "2026-11-27T15:59:59+00:00",
        "exif:GPSDateStamp+GPSTimeStamp",
    );
    for (tag, name) in [
        (Tag::OffsetTimeOriginal, "OffsetTimeOriginal"),
        (Tag::OffsetTimeDigitized, "OffsetTimeDigitized"),
        (Tag::OffsetTime, "OffsetTime"),
    ] {
        let facts = facts(&[
            clock.clone(),
            (tag, ascii("+08:00")),
            day.clone(),
            time.clone(),
        ]);
        let source = format!("exif:DateTimeOriginal+{name}");
        assert_eq!(taken(&facts), told("2026-11-27T15:59:58+00:00", &source));
        assert_eq!(facts.taken.len(), 2, "the satellites' time is told too");
    }
    let both = facts(&[clock.clone(), day.clone(), time.clone()]);
    assert_eq!(taken(&both), by_fix);
    assert_eq!(both.taken[1].value.at, None, "a clock without zone");
    assert_eq!(taken(&facts(&[day, time.clone()])), by_fix);
    assert_eq!(taken(&facts(std::slice::from_ref(&clock))), None);
    let stale = facts(&[clock, old, time]);
    assert_eq!(taken(&stale), None);
    assert_eq!(stale.taken[0].value.doubt, Some(Doubt::OldFix));
}

#[test]
fn a_time_before_there_were_cameras_that_write_such_a_file_is_doubtful() {
    let zone = (Tag::OffsetTimeOriginal, ascii("+08:00"));
    for (edition, time, doubt) in [
        ("0232", "2015:01:01 00:00:09", Some(Doubt::BeforeCameras)),
        ("0232", "2019:06:01 00:00:00", None),
        ("0231", "2015:01:01 00:00:09", None),
        ("0231", "2009:12:31 23:59:59", Some(Doubt::BeforeCameras)),
        ("0220", "2009:12:31 23:59:59", None),
        ("0220", "2001:12:31 23:59:59", Some(Doubt::BeforeCameras)),
        ("9a99", "2009:12:31 23:59:59", None),
    ] {
        let edition = Value::Undefined(edition.as_bytes().to_vec(), 0);
        let facts = facts(&[
            (Tag::ExifVersion, edition.clone()),
            (Tag::DateTimeOriginal, ascii(time)),
            zone.clone(),
        ]);
        assert_eq!(facts.taken[0].value.doubt, doubt, "{edition:?} {time}");
    }
}

#[test]
fn a_time_that_cannot_be_is_told_as_doubtful() {
    let zone = (Tag::OffsetTimeOriginal, ascii("+08:00"));
    for (time, doubt) in [
        ("2106:02:07 06:28:15", Some(Doubt::AfterArrival)),
        ("2026:11:29 09:00:00", Some(Doubt::AfterArrival)),
        ("2026:11:28 23:00:00", None),
        ("1970:01:01 08:00:00", Some(Doubt::BeforeCameras)),
        ("1994:12:31 23:59:59", Some(Doubt::BeforeCameras)),
        ("1996:01:01 00:00:00", None),
    ] {
        let facts = facts(&[(Tag::DateTimeOriginal, ascii(time)), zone.clone()]);
        assert_eq!(facts.taken[0].value.doubt, doubt, "{time}");
        assert_eq!(facts.taken_at().is_none(), doubt.is_some(), "{time}");
    }
    let zeros = facts(&[(Tag::DateTimeOriginal, ascii("0000:00:00 00:00:00"))]);
    assert_eq!(zeros.taken[0].value.doubt, Some(Doubt::NeverSet));
    for none in ["    :  :     :  :  ", "yesterday"] {
        let facts = facts(&[(Tag::DateTimeOriginal, ascii(none)), zone.clone()]);
        assert!(facts.taken.is_empty(), "{none}");
    }
}

#[test]
fn a_place_has_its_accuracy_and_zero_is_none() {
    let at = |latitude: &[(u32, u32)], longitude: &[(u32, u32)]| {
        vec![
            (Tag::GPSLatitude, ratios(latitude)),
            (Tag::GPSLatitudeRef, ascii("S")),
            (Tag::GPSLongitude, ratios(longitude)),
            (Tag::GPSLongitudeRef, ascii("E")),
        ]
    };
    let mut fields = at(&[(28, 1), (15, 1), (0, 1)], &[(112, 1), (30, 1), (0, 1)]);
    fields.push((Tag::GPSHPositioningError, ratios(&[(47, 10)])));
    let place = facts(&fields).place.unwrap();
    assert_eq!(
        (place.value.latitude, place.value.longitude),
        (-28.25, 112.5)
    );
    assert_eq!(place.value.accuracy_metres, Some(4.7));
    let source = "exif:GPSLatitude+GPSLongitude+GPSHPositioningError";
    assert_eq!(place.source, source);
    let zero = [(0, 1); 3];
    for none in [at(&zero, &zero), at(&[(91, 1), (0, 1), (0, 1)], &zero)] {
        assert_eq!(facts(&none).place, None);
    }
    assert_eq!(facts(&at(&[(1, 0); 3], &[(1, 1); 3])).place, None);
}

#[test]
fn maker_model_and_program_are_short_texts() {
    let facts = facts(&[
        (Tag::Make, ascii("HUAWEI\u{7}  ")),
        (Tag::Model, ascii(&"x".repeat(500))),
        (Tag::Software, ascii("  ")),
        (Tag::Orientation, Value::Short(vec![6])),
    ]);
    assert_eq!(facts.make.unwrap().value, "HUAWEI");
    assert_eq!(facts.model.unwrap().value.len(), 120);
    assert_eq!(facts.software, None);
    assert_eq!(facts.turn.value.exif(), 6);
}

#[test]
fn xmp_tells_what_exif_leaves_out() {
    let facts = xmp(
        "xmp:CreateDate=\"2026-11-27T23:59:58+08:00\" tiff:Make='Xiaomi' xmp:CreatorTool=\"MIUI\"",
    );
    let at = told("2026-11-27T15:59:58+00:00", "xmp:CreateDate");
    assert_eq!(taken(&facts), at);
    let make = facts.make.unwrap();
    assert_eq!(
        (make.value.as_str(), make.source.as_str()),
        ("Xiaomi", "xmp:Make")
    );
    assert_eq!(facts.software.unwrap().value, "MIUI");
    let without = xmp("photoshop:DateCreated=\"2026-11-27T23:59:58\"");
    assert_eq!(taken(&without), None);
    assert_eq!(without.taken[0].source, "xmp:DateCreated");
}

#[test]
fn png_and_webp_tell_their_exif_too() {
    let exif = exif_of(&[(Tag::Make, ascii("vivo"))]);
    let png = plain(ImageFormat::Png);
    let named = [b"eXIf".as_slice(), &exif].concat();
    let mut crc = flate2::Crc::new();
    crc.update(&named);
    let chunk = [
        &u32::try_from(exif.len()).unwrap().to_be_bytes(),
        named.as_slice(),
        &crc.sum().to_be_bytes(),
    ];
    let png = [&png[..33], &chunk.concat(), &png[33..]].concat();
    assert_eq!(facts_of(&png).make.unwrap().value, "vivo");
    let webp = plain(ImageFormat::WebP);
    let mut padded = exif.clone();
    padded.resize(exif.len().next_multiple_of(2), 0);
    let length = u32::try_from(exif.len()).unwrap().to_le_bytes();
    let mut webp = [webp.as_slice(), b"EXIF", &length, &padded].concat();
    let size = u32::try_from(webp.len() - 8).unwrap();
    webp[4..8].copy_from_slice(&size.to_le_bytes());
    assert_eq!(facts_of(&webp).make.unwrap().value, "vivo");
}

#[test]
fn heic_and_avif_tell_their_exif_wherever_it_begins_in_its_item() {
    let exif = exif_of(&[
        (Tag::Make, ascii("Apple")),
        (Tag::DateTimeOriginal, ascii("2026:11:20 09:30:00")),
        (Tag::OffsetTimeOriginal, ascii("+08:00")),
    ]);
    let plain = [&[0; 4], exif.as_slice()].concat();
    let named = [&[0, 0, 0, 6], b"Exif\0\0".as_slice(), &exif].concat();
    for brand in [b"heic", b"avif"] {
        for item in [&plain, &named] {
            let file = heif_of(brand, &[9; 100], &[(b"Exif", item)]);
            let facts = read(&look(&file, 20_000_000).unwrap(), now());
            assert_eq!(taken(&facts).unwrap().0, "2026-11-20T01:30:00+00:00");
            assert_eq!(facts.make.unwrap().value, "Apple");
        }
    }
}

#[test]
fn a_manifest_is_a_fact_and_its_program_is_told() {
    let claim = b"\0\0\0\x40jumb....c2pa\x6fclaim_generator\x6aCamera 1.0rest";
    let segment = [b"JP\0\x01\0\0\0\x01".as_slice(), claim].concat();
    let facts = facts_of(&with(&[(0xEB, segment)]));
    let manifest = facts.manifest.unwrap().value;
    assert_eq!(manifest.generator.as_deref(), Some("Camera 1.0"));
    assert_eq!(manifest.size_bytes, claim.len());
    let newer = b"jumb\x74claim_generator_info\xa1\x64name\x66Lens 2";
    let segment = [b"JP\0\x01\0\0\0\x01".as_slice(), newer].concat();
    let manifest = facts_of(&with(&[(0xEB, segment)])).manifest.unwrap();
    assert_eq!(manifest.value.generator.as_deref(), Some("Lens 2"));
    assert_eq!(facts_of(&plain(ImageFormat::Jpeg)).manifest, None);
}

#[test]
fn a_box_of_another_kind_is_no_manifest() {
    let box_of_a_sphere = b"\0\0\0\x20jumb\0\0\0\x18jumdJPEG 360";
    let segment = [b"JP\0\x01\0\0\0\x01".as_slice(), box_of_a_sphere].concat();
    assert_eq!(facts_of(&with(&[(0xEB, segment)])).manifest, None);
}

#[test]
fn damaged_exif_tells_what_can_be_read_and_never_fails() {
    let exif = [
        b"Exif\0\0".to_vec(),
        exif_of(&[
            (Tag::Make, ascii("OPPO")),
            (Tag::Software, ascii("ColorOS 16")),
        ]),
    ]
    .concat();
    for at in 6..exif.len() {
        for byte in [0, 0xFF, exif[at] ^ 1] {
            let mut broken = exif.clone();
            broken[at] = byte;
            let _ = facts_of(&with(&[(0xE1, broken)]));
        }
    }
}
