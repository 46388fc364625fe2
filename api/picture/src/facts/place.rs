//! Where a photo was taken.

use super::Fact;
use exif::{Exif, In, Rational, Tag, Value};

/// A place on the earth.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Place {
    /// Degrees north of the equator.
    pub latitude: f64,
    /// Degrees east of Greenwich.
    pub longitude: f64,
    /// How far it may be wrong, in metres.
    pub accuracy_metres: Option<f64>,
}

/// The place that EXIF tells. What lies outside the earth counts as missing, and exactly zero too: programs write that
/// where they take a place away.
pub(super) fn of(exif: Option<&Exif>) -> Option<Fact<Place>> {
    let exif = exif?;
    let latitude = degrees(exif, Tag::GPSLatitude, Tag::GPSLatitudeRef, b'S')?;
    let longitude = degrees(exif, Tag::GPSLongitude, Tag::GPSLongitudeRef, b'W')?;
    let is_on_earth = latitude.abs() <= 90.0 && longitude.abs() <= 180.0;
    let is_zero = latitude == 0.0 && longitude == 0.0;
    let accuracy = match &exif.get_field(Tag::GPSHPositioningError, In::PRIMARY) {
        Some(field) => match &field.value {
            Value::Rational(parts) => parts.first().and_then(number),
            _ => None,
        },
        None => None,
    };
    (is_on_earth && !is_zero).then(|| Fact {
        value: Place {
            latitude,
            longitude,
            accuracy_metres: accuracy.filter(|metres| *metres > 0.0),
        },
        source: match accuracy {
            Some(_) => "exif:GPSLatitude+GPSLongitude+GPSHPositioningError".to_owned(),
            None => "exif:GPSLatitude+GPSLongitude".to_owned(),
        },
    })
}

fn number(part: &Rational) -> Option<f64> {
    (part.denom > 0).then(|| part.to_f64())
}

fn degrees(exif: &Exif, tag: Tag, reference: Tag, negative: u8) -> Option<f64> {
    let Value::Rational(parts) = &exif.get_field(tag, In::PRIMARY)?.value else {
        return None;
    };
    let [degrees, minutes, seconds] = parts.as_slice() else {
        return None;
    };
    let value = number(degrees)? + number(minutes)? / 60.0 + number(seconds)? / 3600.0;
    let Value::Ascii(side) = &exif.get_field(reference, In::PRIMARY)?.value else {
        return None;
    };
    let is_negative = side.first()?.first()? == &negative;
    Some(if is_negative { -value } else { value })
}
