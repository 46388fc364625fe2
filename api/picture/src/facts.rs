//! What a phone wrote into a photo: when, where, by what. Each fact stands by itself, with the field that it comes from;
//! none is made of others, and what cannot be is told as doubtful. A fact that is missing says nothing: honest phones
//! and programs drop them.

use crate::structure::{Format, Structure, Turn};
use chrono::{DateTime, Utc};
use exif::Exif;

mod manifest;
mod place;
#[cfg(test)]
mod tests;
mod time;
mod words;
mod xmp;

pub use manifest::Manifest;
pub use place::Place;
pub use time::{Doubt, Taken};

/// A fact and where it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Fact<T> {
    /// What it says.
    pub value: T,
    /// The fields that say so, as `exif:DateTimeOriginal+OffsetTime` or `xmp:CreateDate`.
    pub source: String,
}

/// All facts of a photo.
#[derive(Debug, Clone, PartialEq)]
pub struct Facts {
    /// Every time that says of itself to be the one of the capture, the most trustworthy first.
    pub taken: Vec<Fact<Taken>>,
    /// Where it was taken.
    pub place: Option<Fact<Place>>,
    /// Who made the camera.
    pub make: Option<Fact<String>>,
    /// Which model it is.
    pub model: Option<Fact<String>>,
    /// Which program wrote the file.
    pub software: Option<Fact<String>>,
    /// How the picture is turned to stand upright.
    pub turn: Fact<Turn>,
    /// A C2PA manifest. Its signatures are not checked here.
    pub manifest: Option<Fact<Manifest>>,
}

impl Facts {
    /// The time of the capture: the first that is told with its zone and is not doubtful.
    #[must_use]
    pub fn taken_at(&self) -> Option<Fact<DateTime<Utc>>> {
        let sure = self.taken.iter().filter(|it| it.value.doubt.is_none());
        sure.filter_map(|it| {
            let source = it.source.clone();
            it.value.at.map(|value| Fact { value, source })
        })
        .next()
    }
}

/// Reads the facts of a picture that came at a time.
#[must_use]
pub fn read(structure: &Structure, now: DateTime<Utc>) -> Facts {
    let notes = &structure.notes;
    let exif = notes.exif.clone().and_then(read_exif);
    let xmp = notes.xmp.as_deref().and_then(xmp::Xmp::read);
    let (exif, xmp) = (exif.as_ref(), xmp.as_ref());
    let word = |tag, name: &'static str, field: &'static str| {
        words::exif(exif, tag, name).or_else(|| words::xmp(xmp, field))
    };
    Facts {
        taken: time::taken(exif, xmp, now),
        place: place::of(exif),
        make: word(exif::Tag::Make, "Make", "tiff:Make"),
        model: word(exif::Tag::Model, "Model", "tiff:Model"),
        software: word(exif::Tag::Software, "Software", "xmp:CreatorTool"),
        turn: turn(structure, exif),
        manifest: notes.manifest.as_deref().and_then(manifest::read),
    }
}

/// Reads EXIF, and of a damaged one what can be read.
fn read_exif(raw: Vec<u8>) -> Option<Exif> {
    let mut reader = exif::Reader::new();
    reader.continue_on_error(true);
    match reader.read_raw(raw) {
        Ok(exif) => Some(exif),
        Err(error) => error.distill_partial_result(|_| ()).ok(),
    }
}

/// A HEIF turns its picture by properties of its own, and repeats it in EXIF for those who look nowhere else.
fn turn(structure: &Structure, exif: Option<&Exif>) -> Fact<Turn> {
    let container = |name: &str| Fact {
        value: structure.turn,
        source: name.to_owned(),
    };
    match structure.format {
        Format::Heic | Format::Avif => return container("heif:irot+imir"),
        Format::Dng => return container("exif:Orientation"),
        Format::Jpeg | Format::Png | Format::Webp => {}
    }
    let field = exif.and_then(|exif| exif.get_field(exif::Tag::Orientation, exif::In::PRIMARY));
    match field.and_then(|field| field.value.get_uint(0)) {
        Some(value) => Fact {
            value: Turn::of(value),
            source: "exif:Orientation".to_owned(),
        },
        None => Fact {
            value: Turn::NONE,
            source: "none".to_owned(),
        },
    }
}
