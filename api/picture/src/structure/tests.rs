use super::*;
use image::{ImageFormat, Rgb, RgbImage};
use std::io::Cursor;

/// More pixels than the test pictures have.
const MANY: u64 = 300_000_000;

/// A plain picture in a format.
fn plain(format: ImageFormat) -> Vec<u8> {
    let mut file = Cursor::new(Vec::new());
    let picture = RgbImage::from_fn(64, 48, |x, y| {
        Rgb([x as u8 * 4, y as u8 * 5, (x * y) as u8])
    });
    picture.write_to(&mut file, format).unwrap();
    file.into_inner()
}

fn seen(bytes: &[u8]) -> Result<Structure, Fault> {
    look(bytes, MANY)
}

/// The kinds of what stands behind, with their sizes.
fn behind(bytes: &[u8]) -> Vec<(Extra, usize)> {
    let found = seen(bytes).unwrap().behind;
    found
        .iter()
        .map(|piece| (piece.extra, piece.size))
        .collect()
}

fn boxed(kind: &[u8; 4], content: &[u8]) -> Vec<u8> {
    let size = u32::try_from(content.len() + 8).unwrap();
    [&size.to_be_bytes(), kind.as_slice(), content].concat()
}

/// A film of no length.
fn film() -> Vec<u8> {
    [
        boxed(b"ftyp", b"mp42\0\0\0\0mp42"),
        boxed(b"mdat", &[1; 300]),
        boxed(b"moov", &[2; 40]),
    ]
    .concat()
}

/// A HEIF of a brand whose only item holds so many bytes, with EXIF beside it, turned by a quarter.
fn heif(brand: &[u8; 4], data: usize) -> Vec<u8> {
    let exif = b"\0\0\0\0MM\0*\0\0\0\x08\0\0";
    heif_of(brand, &vec![9; data], &[(b"Exif", exif)])
}

/// A HEIF of 4,096 x 3,072 pixels, turned by a quarter, whose picture no decoder could read, with other items beside it.
pub(crate) fn heif_of(brand: &[u8; 4], picture: &[u8], beside: &[(&[u8; 4], &[u8])]) -> Vec<u8> {
    let full = |version: u8, content: &[u8]| [&[version, 0, 0, 0], content].concat();
    let entry = |id: u8, kind: &[u8; 4]| {
        boxed(
            b"infe",
            &full(2, &[&[0, id, 0, 0], kind.as_slice(), b"\0"].concat()),
        )
    };
    let size = [0, 0, 16, 0, 0, 0, 12, 0];
    let properties = [
        boxed(
            b"ipco",
            &[boxed(b"ispe", &full(0, &size)), boxed(b"irot", &[3])].concat(),
        ),
        boxed(b"ipma", &full(0, &[0, 0, 0, 1, 0, 1, 2, 1, 2])),
    ]
    .concat();
    let kind = if brand == b"avif" { b"av01" } else { b"hvc1" };
    let items: Vec<_> = [(kind, picture)]
        .into_iter()
        .chain(beside.iter().copied())
        .collect();
    let many = u8::try_from(items.len()).unwrap();
    let meta = |start: u32| {
        let (mut entries, mut places, mut at) = (Vec::new(), Vec::new(), start);
        for (id, (kind, content)) in (1..).zip(&items) {
            let length = u32::try_from(content.len()).unwrap();
            entries.extend(entry(id, kind));
            places.extend([0, id, 0, 0, 0, 1]);
            places.extend(at.to_be_bytes());
            places.extend(length.to_be_bytes());
            at += length;
        }
        let content = [
            boxed(b"pitm", &full(0, &[0, 1])),
            boxed(
                b"iinf",
                &full(0, &[&[0, many], entries.as_slice()].concat()),
            ),
            boxed(
                b"iloc",
                &full(0, &[&[0x44, 0, 0, many], places.as_slice()].concat()),
            ),
            boxed(b"iprp", &properties),
        ]
        .concat();
        boxed(b"meta", &full(0, &content))
    };
    let kind = boxed(
        b"ftyp",
        &[brand, b"\0\0\0\0mif1".as_slice(), brand].concat(),
    );
    let start = u32::try_from(kind.len() + meta(0).len() + 8).unwrap();
    let content: Vec<_> = items
        .iter()
        .flat_map(|(_, content)| content.iter().copied())
        .collect();
    [kind, meta(start), boxed(b"mdat", &content)].concat()
}

/// A DNG of one strip of so many bytes, of which so many are there.
fn dng(strip: u32, there: usize) -> Vec<u8> {
    dng_of(strip, &vec![7; there])
}

/// A DNG of one strip of so many bytes, of which these are there.
pub(crate) fn dng_of(strip: u32, there: &[u8]) -> Vec<u8> {
    let entries: [(u16, u16, u32); 6] = [
        (256, 4, 4000),
        (257, 4, 3000),
        (273, 4, 8 + 2 + 6 * 12 + 4),
        (274, 3, 6),
        (279, 4, strip),
        (50706, 4, 0x0104_0000),
    ];
    let mut file = b"II*\0\x08\0\0\0".to_vec();
    file.extend(6_u16.to_le_bytes());
    for (tag, kind, value) in entries {
        file.extend(tag.to_le_bytes());
        file.extend(kind.to_le_bytes());
        file.extend(1_u32.to_le_bytes());
        file.extend(value.to_le_bytes());
    }
    file.extend([0; 4]);
    file.extend(there);
    file
}

#[test]
fn each_kind_is_told_by_its_content() {
    for (bytes, format) in [
        (plain(ImageFormat::Jpeg), Format::Jpeg),
        (plain(ImageFormat::Png), Format::Png),
        (plain(ImageFormat::WebP), Format::Webp),
        (heif(b"heic", 50), Format::Heic),
        (heif(b"avif", 50), Format::Avif),
        (dng(400, 400), Format::Dng),
    ] {
        let structure = seen(&bytes).unwrap();
        assert_eq!((structure.format, structure.pictures), (format, 1));
        assert!(structure.behind.is_empty(), "{format:?}");
    }
    for other in [b"GIF89a\x01\0".as_slice(), b"<html>", b"", b"BM", &film()] {
        assert_eq!(seen(other), Err(Fault::Format));
    }
    let mut tiff = dng(400, 400);
    tiff[8 + 2 + 5 * 12] = 7;
    assert_eq!(seen(&tiff), Err(Fault::Format), "a TIFF that is no DNG");
}

#[test]
fn what_ends_early_is_truncated_wherever_it_ends() {
    for bytes in [
        plain(ImageFormat::Png),
        plain(ImageFormat::WebP),
        heif(b"heic", 50),
        dng(400, 400),
    ] {
        for cut in (13..bytes.len()).step_by(3) {
            let fault = seen(&bytes[..cut]).unwrap_err();
            assert!(
                fault == Fault::Truncated || (fault == Fault::Format && cut < 40),
                "{cut} of {}: {fault}",
                bytes.len()
            );
        }
    }
}

#[test]
fn a_head_without_its_data_is_truncated_whatever_follows() {
    let junk = [7; 600];
    let heic = heif(b"heic", 500);
    let cut = &heic[..heic.len() - 200];
    assert_eq!(seen(cut), Err(Fault::Truncated));
    assert_eq!(seen(&dng(400, 399)), Err(Fault::Truncated));
    let png = plain(ImageFormat::Png);
    let half = png.len() / 2;
    let end = &png[png.len() - 12..];
    assert_eq!(seen(&[&png[..half], end].concat()), Err(Fault::Truncated));
    assert_eq!(
        seen(&[&png[..half], &junk[..]].concat()),
        Err(Fault::Truncated)
    );
    let jpeg = plain(ImageFormat::Jpeg);
    let half = &jpeg[..jpeg.len() - 200];
    for behind in [
        &[0xFF, 0xD9][..],
        &junk,
        &film(),
        b"\0\0\x01\x0AImage_UTC_DataSEFT",
    ] {
        assert_eq!(seen(&[half, behind].concat()), Err(Fault::Truncated));
    }
}

#[test]
fn a_changed_byte_of_a_png_is_found_by_its_checksum() {
    let mut png = plain(ImageFormat::Png);
    let middle = png.len() / 2;
    png[middle] ^= 1;
    assert_eq!(seen(&png), Err(Fault::Truncated));
}

#[test]
fn what_phones_put_behind_a_jpeg_is_told_apart() {
    let jpeg = plain(ImageFormat::Jpeg);
    let film = film();
    let moving = [jpeg.as_slice(), &film].concat();
    assert_eq!(behind(&moving), [(Extra::Motion, film.len())]);
    let two = [jpeg.as_slice(), &[0; 40], &jpeg].concat();
    assert_eq!(
        behind(&two),
        [(Extra::Unknown, 40), (Extra::Picture, jpeg.len())]
    );
    assert_eq!(seen(&two).unwrap().pictures, 2);
    let name = b"http://ns.adobe.com/hdr-gain-map/1.0/";
    let length = u16::try_from(name.len() + 2).unwrap().to_be_bytes();
    let map = [&jpeg[..2], &[0xFF, 0xE1], &length, name, &jpeg[2..]].concat();
    let bright = [jpeg.as_slice(), &map].concat();
    assert_eq!(behind(&bright), [(Extra::GainMap, map.len())]);
    assert_eq!(seen(&bright).unwrap().pictures, 1);
    let open = &jpeg[..jpeg.len() - 2];
    let panorama = [open, b"\0\0\x01\x0AImage_UTC_Data1790000000000SEFT"].concat();
    assert_eq!(behind(&panorama), [(Extra::MakerTrailer, 35)]);
    let head = b"\0\0\x30\x0A\x10\0\0\0MotionPhoto_Data";
    let samsung = [jpeg.as_slice(), head, &film, b"SEFHxxxxSEFT"].concat();
    let pieces = [
        (Extra::MakerTrailer, head.len()),
        (Extra::Motion, film.len()),
        (Extra::MakerTrailer, 12),
    ];
    assert_eq!(behind(&samsung), pieces);
}

#[test]
fn a_moving_heic_is_one_picture_with_a_film() {
    let film = film();
    let moving = [heif(b"heic", 50), boxed(b"mpvd", &film)].concat();
    assert_eq!(behind(&moving), [(Extra::Motion, film.len())]);
    assert_eq!(seen(&moving).unwrap().pictures, 1);
}

#[test]
fn unknown_bytes_behind_a_picture_are_bounded_by_its_format() {
    for (format, most) in [
        (ImageFormat::Jpeg, JPEG_TAIL),
        (ImageFormat::Png, TAIL),
        (ImageFormat::WebP, TAIL),
    ] {
        let mut file = plain(format);
        file.resize(file.len() + most, 7);
        assert!(seen(&file).is_ok(), "{format:?}");
        file.push(7);
        assert_eq!(seen(&file), Err(Fault::Tail(most)));
    }
}

#[test]
fn a_heic_is_as_large_as_it_stands_when_it_is_turned() {
    let structure = seen(&heif(b"heic", 50)).unwrap();
    assert_eq!((structure.width, structure.height), (4096, 3072));
    assert_eq!(structure.turn.exif(), 6);
    assert_eq!(structure.upright(structure.turn), (3072, 4096));
    assert!(
        structure
            .notes
            .exif
            .is_some_and(|exif| exif.starts_with(b"MM"))
    );
}

#[test]
fn a_claim_of_too_many_pixels_is_refused_before_anything_is_read() {
    let jpeg = plain(ImageFormat::Jpeg);
    assert_eq!(look(&jpeg, 64 * 48 - 1), Err(Fault::Pixels));
    assert_eq!(
        look(&plain(ImageFormat::Png), 64 * 48 - 1),
        Err(Fault::Pixels)
    );
    assert_eq!(look(&heif(b"heic", 50), 1_000_000), Err(Fault::Pixels));
}

#[test]
fn a_lossless_webp_of_a_header_alone_is_no_picture() {
    let claimed = 9949_u32 | (9949 << 14);
    let body = [
        b"WEBPVP8L".as_slice(),
        &18_u32.to_le_bytes(),
        &[0x2F],
        &claimed.to_le_bytes(),
        &[0; 13],
    ]
    .concat();
    let size = u32::try_from(body.len()).unwrap();
    let file = [b"RIFF".as_slice(), &size.to_le_bytes(), &body].concat();
    assert_eq!(seen(&file), Err(Fault::Truncated));
}

#[test]
fn no_bytes_make_it_fail() {
    let files = [
        plain(ImageFormat::Png),
        plain(ImageFormat::WebP),
        heif(b"heic", 50),
        dng(400, 400),
        [plain(ImageFormat::Jpeg), film()].concat(),
    ];
    for file in files {
        for at in 0..file.len() {
            for byte in [0xFF, 0, file[at] ^ 0x55] {
                let mut broken = file.clone();
                broken[at] = byte;
                let _ = seen(&broken);
            }
        }
    }
}
