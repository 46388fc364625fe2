use super::*;
use image::codecs::jpeg::JpegEncoder;

/// More pixels than the test pictures have.
const MANY: u64 = 1_000_000;

/// A baseline picture with something in every block.
fn baseline() -> Vec<u8> {
    let picture = image::RgbImage::from_fn(61, 47, |x, y| {
        image::Rgb([x * 4, y * 5, x * y].map(|shade| u8::try_from(shade % 256).unwrap()))
    });
    let mut file = Vec::new();
    JpegEncoder::new_with_quality(&mut file, 80)
        .encode_image(&picture)
        .unwrap();
    file
}

/// A progressive picture, with every kind of pass.
fn progressive() -> &'static [u8] {
    include_bytes!("../../../../tests/photos/progressive.jpg")
}

fn end_of(file: &[u8]) -> Option<usize> {
    read(file, MANY, &mut Proof).ok()
}

/// The file without its end marker.
fn open_ended(file: &[u8]) -> &[u8] {
    file.strip_suffix(&[0xFF, 0xD9]).unwrap()
}

#[test]
fn a_whole_picture_ends_behind_its_marker_whatever_follows() {
    for file in [&baseline(), progressive()] {
        assert_eq!(end_of(file), Some(file.len()));
        for behind in [b"maker's note".as_slice(), &[0xFF, 0xD8, 0xFF], file] {
            assert_eq!(end_of(&[file, behind].concat()), Some(file.len()));
        }
        let filled = [open_ended(file), &[0xFF, 0xFF, 0xFF, 0xD9]].concat();
        assert_eq!(end_of(&filled), Some(filled.len()));
    }
}

#[test]
fn a_picture_without_end_marker_is_whole_if_every_block_is_there() {
    for file in [&baseline(), progressive()] {
        let picture = open_ended(file);
        assert_eq!(end_of(picture), Some(picture.len()));
        let trailer = [picture, b"\0\0\x01\x0A Image_UTC_Data SEFT"].concat();
        assert_eq!(end_of(&trailer), Some(picture.len()));
    }
}

#[test]
fn an_end_marker_behind_half_a_picture_does_not_make_it_whole() {
    let closed = |part: &[u8]| [part, &[0xFF, 0xD9]].concat();
    for (file, parts) in [(&baseline()[..], 1), (progressive(), 60)] {
        let data = open_ended(file);
        let mut whole = 0;
        for cut in 1..data.len() {
            whole += usize::from(end_of(&closed(&data[..cut])).is_some());
        }
        // A progressive picture is whole, if coarse, behind each of its passes and of their codes.
        assert!(whole <= parts, "{whole} of {}", data.len());
        assert_eq!(end_of(&data[..data.len() / 2]), None);
    }
}

#[test]
fn scans_without_end_are_not_followed() {
    let file = open_ended(progressive());
    // The first scan brings the coarsest of all blocks, and reads the same however often it comes.
    let begin = file
        .windows(2)
        .position(|pair| pair == [0xFF, 0xDA])
        .unwrap();
    let next = |pair: &[u8]| {
        pair[0] == 0xFF && matches!(pair[1], 0xC0..=0xFE) && !(0xD0..=0xD7).contains(&pair[1])
    };
    let end_of_scan = begin + 2 + file[begin + 2..].windows(2).position(next).unwrap();
    let (before, after) = file.split_at(end_of_scan);
    let again = |times| {
        let more = before[begin..].repeat(times);
        end_of(&[before, &more, after, &[0xFF, 0xD9]].concat())
    };
    assert!(again(3).is_some());
    assert_eq!(again(MOST_SCANS), None);
}

#[test]
fn no_bytes_make_it_fail() {
    for file in [&baseline()[..], progressive()] {
        for at in (2..file.len()).step_by(7) {
            for byte in [0xFF, file[at] ^ 0x55] {
                let mut broken = file.to_vec();
                broken[at] = byte;
                let _ = end_of(&broken);
            }
        }
    }
}
