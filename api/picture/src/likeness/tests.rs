use super::*;
use crate::{
    copy::{Bounds, Copier, Decoded},
    structure::Turn,
};
use image::{Rgb, RgbImage, codecs::jpeg::JpegEncoder, imageops};

/// A picture of a number: slopes, discs and stripes where the number puts them.
fn drawn(number: u64) -> RgbImage {
    let mut state = number.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    let mut next = move |most: u32| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 33) as u32 % most
    };
    let (width, height) = (320, 240);
    let discs: Vec<[u32; 4]> = (0..14)
        .map(|_| [next(width), next(height), 10 + next(60), next(256)])
        .collect();
    let (across, down, base) = (next(200), next(200), next(100));
    RgbImage::from_fn(width, height, |x, y| {
        let mut shade = base + across * x / width + down * y / height;
        for [left, top, radius, value] in &discs {
            let (x, y) = (x.abs_diff(*left), y.abs_diff(*top));
            if x * x + y * y < radius * radius {
                shade = (shade + 2 * value) / 3;
            }
        }
        let shade = shade.min(255) as u8;
        Rgb([shade, shade / 2 + 60, 255 - shade])
    })
}

fn jpeg(picture: &RgbImage, quality: u8) -> Vec<u8> {
    let mut file = Vec::new();
    JpegEncoder::new_with_quality(&mut file, quality)
        .encode_image(picture)
        .unwrap();
    file
}

fn copier(picture: &RgbImage, quality: u8) -> Copier {
    let bytes = jpeg(picture, quality);
    let bounds = Bounds {
        memory_bytes: 100_000_000,
        side: 320,
    };
    let (_, decoded) = Decoded::look(&bytes, 10_000_000, bounds).unwrap();
    decoded.unwrap().upright(Turn::NONE)
}

fn likeness(picture: &RgbImage, quality: u8) -> Likeness {
    Likeness::of(copier(picture, quality).picture()).unwrap()
}

/// What people do to a picture that they use again.
fn changed(picture: &RgbImage) -> Vec<(&'static str, Vec<Likeness>)> {
    let likeness =
        |picture: &RgbImage, quality| Likeness::probes(copier(picture, quality).picture()).unwrap();
    let (width, height) = picture.dimensions();
    let cut = |left: u32, top: u32| {
        imageops::crop_imm(picture, left, top, width * 95 / 100, height * 95 / 100).to_image()
    };
    let resized =
        |size: u32| imageops::resize(picture, size, size * 3 / 4, imageops::FilterType::Triangle);
    vec![
        ("made smaller", likeness(&resized(160), 90)),
        ("made larger", likeness(&resized(500), 90)),
        ("packed hard", likeness(picture, 30)),
        ("brighter", likeness(&imageops::brighten(picture, 25), 90)),
        ("darker", likeness(&imageops::brighten(picture, -25), 90)),
        (
            "cut at the edges",
            likeness(&cut(width / 40, height / 40), 90),
        ),
        ("cut at two sides", likeness(&cut(0, 0), 90)),
    ]
}

#[test]
fn a_picture_is_found_after_what_people_do_to_it_and_no_other_is() {
    let pictures: Vec<RgbImage> = (1..=12).map(drawn).collect();
    let words: Vec<Likeness> = pictures.iter().map(|it| likeness(it, 92)).collect();
    let (mut missed, mut tries) = (Vec::new(), 0);
    for (number, (picture, word)) in pictures.iter().zip(&words).enumerate() {
        let searched = Likeness::probes(copier(picture, 92).picture()).unwrap();
        assert_eq!(searched[0], *word);
        for (what, probes) in changed(picture) {
            // The changed one is held and the first is searched for, and the other way round.
            for (probes, held) in [(&probes, word), (&searched, &probes[0])] {
                tries += 1;
                if !probes.iter().any(|probe| probe.is_like(*held)) {
                    let apart = probes.iter().map(|probe| probe.apart(*held)).min();
                    missed.push((number, what, apart));
                }
            }
            let others = words
                .iter()
                .enumerate()
                .filter(|(other, _)| *other != number);
            for (other, word) in others {
                let like = probes.iter().any(|probe| probe.is_like(*word));
                assert!(!like, "{number} {what} is like {other}");
            }
        }
    }
    assert!(
        missed.iter().all(|it| it.1.starts_with("cut")),
        "{missed:?}"
    );
    assert!(
        missed.len() * 20 <= tries,
        "{} of {tries}: {missed:?}",
        missed.len()
    );
}

#[test]
fn what_differs_in_seven_bits_has_a_band_that_differs_in_one() {
    let word = Likeness {
        frequencies: 0x0123_4567_89AB_CDEF,
        fields: 0,
    };
    let mut bits = 1_u64;
    for _ in 0..5000 {
        let mut other = word;
        for _ in 0..MOST_APART {
            bits = bits.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            other.frequencies ^= 1 << (bits >> 58);
        }
        assert!(other.apart(word) <= MOST_APART);
        let mut bands = word.bands().into_iter().zip(other.bands());
        assert!(bands.any(|(one, other)| neighbours(one).contains(&other)));
    }
}

#[test]
fn a_picture_of_one_colour_is_blank_and_a_scale_is_not() {
    for shade in [[0, 0, 0], [255, 255, 255], [180, 40, 40]] {
        let picture = RgbImage::from_pixel(600, 400, Rgb(shade));
        assert!(is_blank(copier(&picture, 80).picture()));
    }
    // A covered lens: noise of a few steps.
    let covered = RgbImage::from_fn(600, 400, |x, y| Rgb([(x * 7 + y * 13) as u8 % 5; 3]));
    assert!(is_blank(copier(&covered, 80).picture()));
    assert!(!is_blank(copier(&drawn(1), 80).picture()));
    let paper = RgbImage::from_fn(600, 400, |x, y| {
        Rgb(if x == y {
            [20, 20, 20]
        } else {
            [250, 250, 250]
        })
    });
    assert!(!is_blank(copier(&paper, 80).picture()), "a line on paper");
}
