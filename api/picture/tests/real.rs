//! Files as phones and their programs wrote them, where there are some: `LIANGXIN_TEST_PHOTOS` names directories, separated as
//! in a search path. They belong to others and are no part of this repository. Of those that are known by name it is said what
//! must be found; every other one is read all the same: nothing falls over it, and what is whole and can be decoded has copies
//! with nothing but the picture.

use std::{error::Error, fs, path::PathBuf};

use chrono::{DateTime, Utc};
use liangxin_picture::{
    Fault, Format,
    copy::{Bounds, Decoded, NoCopy, SIDES},
    facts, look,
};

const BOUNDS: Bounds = Bounds {
    memory_bytes: 400_000_000,
    side: SIDES[0],
};

/// What is found in a file.
#[derive(Debug, Clone, PartialEq)]
enum Found {
    Whole {
        format: Format,
        size: (u32, u32),
        taken_at: Option<DateTime<Utc>>,
        has_place: bool,
        has_copy: bool,
    },
    Refused(Fault),
}

/// What must be found in a file of a name: what it is there for, and the size and the moment that its header has; nothing of one
/// that is not known.
fn known(name: &str) -> Option<Found> {
    let whole = |format, size, (taken_at, has_place): (&str, bool), has_copy| Found::Whole {
        format,
        size,
        taken_at: taken_at.parse().ok(),
        has_place,
        has_copy,
    };
    let jpeg = |size, told| whole(Format::Jpeg, size, told, true);
    Some(match name {
        // No smaller JPEG stands in it.
        "heic_mobile_iphone_13_pro_max.HEIC" => {
            let told = ("2022-02-16T11:55:41Z", false);
            whole(Format::Heic, (4032, 3024), told, false)
        }
        "jpg_corrupted.jpg" | "half-with-eoi.jpg" => Found::Refused(Fault::Truncated),
        "jpg_Canon_40D.jpg" => jpeg((100, 68), ("", false)),
        "jpg_gps_DSCN0010.jpg" | "jpg_gps_DSCN0021.jpg" => jpeg((640, 480), ("", true)),
        "jpg_hdr_iphone_hdr_NO.jpg" => jpeg((3264, 2448), ("2015-04-10T18:12:22Z", true)),
        "jpg_mobile_HMD_Nokia_8.3_5G.jpg" => jpeg((4608, 1976), ("2022-08-14T11:12:31Z", false)),
        "jpg_mobile_jolla.jpg" => jpeg((3264, 2448), ("2014-09-21T14:00:56Z", false)),
        "jpg_orientation_landscape_6.jpg" => jpeg((450, 600), ("", false)),
        "jpg_tests_67-0_length_string.jpg" => jpeg((4032, 2012), ("", true)),
        "samsung-pano-noeoi-plain.jpg" | "concat2.jpg" | "lone-ff-eoi.jpg" => {
            jpeg((1200, 900), ("", false))
        }
        // One tells the time by satellite, the other its zone in another field.
        "exif-nooffset-gps.jpg" => jpeg((1200, 900), ("2026-11-27T15:59:58Z", true)),
        "exif-offsettime-only.jpg" => jpeg((1200, 900), ("2026-11-27T15:59:58Z", false)),
        _ => return None,
    })
}

/// Late enough for no time in them to be doubtful.
fn late() -> DateTime<Utc> {
    DateTime::from_timestamp(4_000_000_000, 0).unwrap_or_default()
}

#[expect(
    clippy::disallowed_methods,
    reason = "whoever runs this test says where there are photos, and nobody else can"
)]
fn named_files() -> Result<Vec<PathBuf>, Box<dyn Error>> {
    let Some(named) = std::env::var_os("LIANGXIN_TEST_PHOTOS") else {
        eprintln!("no photos of phones: LIANGXIN_TEST_PHOTOS names no directory");
        return Ok(Vec::new());
    };
    let mut files = Vec::new();
    for directory in std::env::split_paths(&named) {
        for entry in fs::read_dir(directory)? {
            files.push(entry?.path());
        }
    }
    files.retain(|file| file.is_file());
    Ok(files)
}

fn found(bytes: &[u8]) -> Result<Found, Box<dyn Error>> {
    let (structure, decoded) = match Decoded::look(bytes, 300_000_000, BOUNDS) {
        Ok(looked) => looked,
        Err(fault) => return Ok(Found::Refused(fault)),
    };
    let facts = facts::read(&structure, late());
    let copied = decoded.and_then(|decoded| {
        let copier = decoded.upright(facts.turn.value);
        let [large, small] = SIDES;
        Ok([copier.copy(large, &[])?, copier.copy(small, &[])?])
    });
    let has_copy = match copied {
        Ok(copies) => {
            copies.iter().try_for_each(|copy| bare(copy))?;
            true
        }
        Err(NoCopy::Undecodable) => false,
        Err(other) => return Err(other.into()),
    };
    Ok(Found::Whole {
        format: structure.format,
        size: (structure.width, structure.height),
        taken_at: facts.taken_at().map(|fact| fact.value),
        has_place: facts.place.is_some(),
        has_copy,
    })
}

/// A copy is whole, and tells nothing but the picture.
fn bare(copy: &[u8]) -> Result<(), Box<dyn Error>> {
    let structure = look(copy, 300_000_000)?;
    let facts = facts::read(&structure, late());
    assert_eq!(
        (facts.taken, facts.place, facts.make),
        (Vec::new(), None, None)
    );
    assert_eq!(structure.behind, []);
    Ok(())
}

#[test]
fn what_phones_wrote_is_read_as_it_is_and_nothing_of_it_is_in_a_copy() -> Result<(), Box<dyn Error>>
{
    for file in named_files()? {
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        let found = found(&fs::read(&file)?).map_err(|error| format!("{name}: {error}"))?;
        if let Some(known) = known(&name) {
            assert_eq!(found, known, "{name}");
        }
    }
    Ok(())
}
