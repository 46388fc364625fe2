use super::*;
use crate::structure::{
    look,
    tests::{dng_of, heif_of},
};
use image::{GrayImage, ImageFormat, Rgb, RgbImage, RgbaImage, codecs::jpeg::JpegEncoder};
use std::io::Cursor;

const BOUNDS: Bounds = Bounds {
    memory_bytes: 100_000_000,
    side: SIDES[0],
};

/// A picture with slopes, edges and colours.
fn drawn(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, y| {
        let edge = if (x / 160 + y / 160) % 2 == 0 { 60 } else { 0 };
        let slope = |part: u32, whole: u32| (part * 180 / whole) as u8;
        Rgb([
            slope(x, width) + edge,
            slope(y, height) + edge / 2,
            200 - slope(x, width),
        ])
    })
}

fn jpeg(picture: &RgbImage) -> Vec<u8> {
    let mut file = Vec::new();
    JpegEncoder::new_with_quality(&mut file, 92)
        .encode_image(picture)
        .unwrap();
    file
}

fn file(picture: &RgbImage, format: ImageFormat) -> Vec<u8> {
    let mut file = Cursor::new(Vec::new());
    picture.write_to(&mut file, format).unwrap();
    file.into_inner()
}

fn copier(bytes: &[u8], turn: u32) -> Copier {
    let (_, decoded) = Decoded::look(bytes, 300_000_000, BOUNDS).unwrap();
    decoded.unwrap().upright(Turn::of(turn))
}

fn decoded(copy: &[u8]) -> RgbImage {
    image::load_from_memory_with_format(copy, ImageFormat::Jpeg)
        .unwrap()
        .into_rgb8()
}

/// The mean difference of two pictures of one size, in steps of 256.
fn difference(one: &RgbImage, other: &RgbImage) -> f64 {
    assert_eq!(one.dimensions(), other.dimensions());
    let steps = one.as_raw().iter().zip(other.as_raw());
    let sum: u64 = steps.map(|(a, b)| u64::from(a.abs_diff(*b))).sum();
    sum as f64 / one.as_raw().len() as f64
}

/// The picture as another program makes it smaller.
fn smaller(picture: &RgbImage, side: u32) -> RgbImage {
    let scale = f64::from(side) / f64::from(picture.width().max(picture.height()));
    let size = |it: u32| (f64::from(it) * scale).round() as u32;
    image::imageops::resize(
        picture,
        size(picture.width()),
        size(picture.height()),
        image::imageops::FilterType::Lanczos3,
    )
}

#[test]
fn a_copy_looks_as_the_picture_does_whatever_its_size_and_format() {
    for (width, height) in [
        (1281, 400),
        (2600, 300),
        (5200, 300),
        (16, 9),
        (1, 1),
        (200, 1300),
    ] {
        let picture = drawn(width, height);
        for bytes in [jpeg(&picture), file(&picture, ImageFormat::Png)] {
            let copier = copier(&bytes, 1);
            for side in SIDES {
                let copy = decoded(&copier.copy(side, &[]).unwrap());
                let side = side.min(width.max(height));
                let apart = difference(&copy, &smaller(&picture, side));
                assert!(apart < 6.0, "{width} x {height} to {side}: {apart}");
            }
        }
    }
}

#[test]
fn progressive_grey_and_lossless_files_are_copied_too() {
    let progressive = include_bytes!("../../../../tests/photos/progressive.jpg");
    let picture = decoded(progressive);
    let copy = decoded(&copier(progressive, 1).copy(1280, &[]).unwrap());
    let apart = difference(
        &copy,
        &smaller(&picture, 1280.min(picture.width().max(picture.height()))),
    );
    assert!(apart < 4.0, "{apart}");
    let grey = GrayImage::from_fn(333, 222, |x, y| image::Luma([(x + y) as u8 / 3]));
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, 92)
        .encode_image(&grey)
        .unwrap();
    let copy = decoded(&copier(&bytes, 1).copy(1280, &[]).unwrap());
    let grey = image::DynamicImage::ImageLuma8(grey).into_rgb8();
    assert!(difference(&copy, &grey) < 2.0);
    let picture = drawn(400, 300);
    let copy = decoded(
        &copier(&file(&picture, ImageFormat::WebP), 1)
            .copy(1280, &[])
            .unwrap(),
    );
    assert!(difference(&copy, &picture) < 4.0);
}

#[test]
fn a_picture_that_can_be_seen_through_lies_on_white_paper() {
    let stroke = RgbaImage::from_pixel(20, 20, image::Rgba([0, 0, 0, 0]));
    let mut bytes = Cursor::new(Vec::new());
    stroke.write_to(&mut bytes, ImageFormat::Png).unwrap();
    let copy = decoded(&copier(&bytes.into_inner(), 1).copy(320, &[]).unwrap());
    assert!(
        copy.pixels()
            .all(|pixel| pixel.0.iter().all(|it| *it > 250))
    );
}

#[test]
fn a_copy_stands_upright() {
    use image::metadata::Orientation;
    let picture = drawn(640, 400);
    for turn in 1..=8_u8 {
        let mut upright = image::DynamicImage::ImageRgb8(picture.clone());
        upright.apply_orientation(Orientation::from_exif(turn).unwrap());
        let copy = decoded(&copier(&jpeg(&picture), turn.into()).copy(640, &[]).unwrap());
        let apart = difference(&copy, &upright.into_rgb8());
        assert!(apart < 4.0, "{turn}: {apart}");
    }
}

#[test]
fn nothing_is_in_a_copy_but_the_picture() {
    let original = [
        &jpeg(&drawn(900, 600)),
        b"film of a moving photo".as_slice(),
    ]
    .concat();
    let copy = copier(&original, 1).copy(1280, &[]).unwrap();
    let markers: Vec<u8> = crate::jpeg::segments(&copy)
        .map(|(marker, _)| marker)
        .collect();
    assert_eq!(markers, [0xE0, 0xDB, 0xDB, 0xC0, 0xC4, 0xC4, 0xC4, 0xC4]);
    let structure = look(&copy, 1_000_000).unwrap();
    assert!(structure.behind.is_empty());
    assert_eq!(structure.notes, crate::structure::Notes::default());
}

#[test]
fn what_is_painted_over_is_black_in_every_copy_and_nothing_else_is() {
    let white = RgbImage::from_pixel(1600, 1200, Rgb([250, 250, 250]));
    let copier = copier(&jpeg(&white), 6);
    let part = Redaction::of(0.5, 0.25, 0.25, 0.5).unwrap();
    for side in SIDES {
        let copy = decoded(&copier.copy(side, &[part]).unwrap());
        let (width, height) = copy.dimensions();
        assert!(height > width, "it is upright");
        for (x, y, pixel) in copy.enumerate_pixels() {
            let (across, down) = (
                f64::from(x) / f64::from(width),
                f64::from(y) / f64::from(height),
            );
            let near = 12.0 / f64::from(width);
            let inside = |it: f64, from: f64, to: f64| it > from && it < to;
            if inside(across, 0.5, 0.74) && inside(down, 0.25, 0.74) {
                assert!(pixel.0.iter().all(|it| *it < 16), "{x} {y}: {pixel:?}");
            } else if across < 0.5 - near
                || across > 0.75 + near
                || down < 0.25 - near
                || down > 0.75 + near
            {
                assert!(pixel.0.iter().all(|it| *it > 240), "{x} {y}: {pixel:?}");
            }
        }
    }
    for (left, top, width, height) in [
        (0.5, 0.0, 0.6, 1.0),
        (-0.1, 0.0, 0.5, 0.5),
        (0.0, 0.0, 0.0, 1.0),
        (f64::NAN, 0.0, 1.0, 1.0),
    ] {
        assert_eq!(Redaction::of(left, top, width, height), None);
    }
}

#[test]
fn of_what_no_decoder_reads_the_largest_jpeg_that_stands_in_it_is_copied() {
    let (picture, thumb) = (drawn(640, 480), jpeg(&drawn(160, 120)));
    let preview = jpeg(&picture);
    let strip = u32::try_from(preview.len()).unwrap();
    let beside: [(&[u8; 4], &[u8]); 2] = [(b"jpeg", &thumb), (b"jpeg", &preview)];
    for file in [
        heif_of(b"heic", &[9; 100], &beside),
        heif_of(b"avif", &[9; 100], &beside),
        dng_of(strip, &preview),
    ] {
        let copy = copier(&file, 1).copy(SIDES[1], &[]).unwrap();
        let apart = difference(&decoded(&copy), &smaller(&picture, SIDES[1]));
        assert!(apart < 6.0, "{apart}");
    }
    // As phones write them: without one.
    let file = heif_of(b"heic", &[9; 100], &[]);
    let (_, none) = Decoded::look(&file, 300_000_000, BOUNDS).unwrap();
    assert_eq!(none.unwrap_err(), NoCopy::Undecodable);
}

#[test]
fn what_cannot_be_decoded_in_bounds_has_no_copy() {
    let bytes = jpeg(&drawn(2600, 400));
    let few = Bounds {
        memory_bytes: 500_000,
        ..BOUNDS
    };
    let (structure, decoded) = Decoded::look(&bytes, 300_000_000, few).unwrap();
    assert_eq!(decoded.unwrap_err(), NoCopy::TooLarge);
    // It is looked at all the same, and found to be what it is.
    assert_eq!(structure, look(&bytes, 300_000_000).unwrap());
    let (again, decoded) = Decoded::look(&bytes, 300_000_000, BOUNDS).unwrap();
    assert!(decoded.is_ok() && again == structure);
    let half = &bytes[..bytes.len() / 2];
    for bounds in [few, BOUNDS] {
        let refused = Decoded::look(half, 300_000_000, bounds).unwrap_err();
        assert_eq!(refused, Fault::Truncated);
    }
    let many = Decoded::look(&bytes, 1_000, BOUNDS).unwrap_err();
    assert_eq!(many, Fault::Pixels);
    // Twice as small each way is a quarter of the pixels.
    let weight = weigh(&bytes, SIDES[0]);
    assert!(weight < 2600 * 400 * 3 / 2 + 8_000_000, "{weight}");
}
