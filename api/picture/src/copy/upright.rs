//! Turning a picture upright (EXIF 3.0, tag 274).

use crate::{
    picture::{Picture, Plane},
    structure::Turn,
};

/// The picture as it stands upright.
pub(super) fn turned(picture: Picture, turn: Turn) -> Picture {
    if turn == Turn::NONE {
        return picture;
    }
    let turned = |(width, height): (usize, usize)| match turn.is_aside() {
        true => (height, width),
        false => (width, height),
    };
    let (width, height) = turned((picture.width, picture.height));
    Picture {
        width,
        height,
        full: turned(picture.full),
        planes: picture.planes.iter().map(|it| plane(it, turn)).collect(),
    }
}

fn plane(from: &Plane, turn: Turn) -> Plane {
    let (width, height) = match turn.is_aside() {
        true => (from.height, from.width),
        false => (from.width, from.height),
    };
    let (last_x, last_y) = (from.width.saturating_sub(1), from.height.saturating_sub(1));
    let mut samples = Vec::with_capacity(width * height);
    for y in 0..height {
        for x in 0..width {
            // Where the sample that is seen here is stored.
            let (at_x, at_y) = match turn.exif() {
                2 => (last_x - x, y),
                3 => (last_x - x, last_y - y),
                4 => (x, last_y - y),
                5 => (y, x),
                6 => (y, last_y - x),
                7 => (last_x - y, last_y - x),
                8 => (last_x - y, x),
                _ => (x, y),
            };
            let sample = from.samples.get(at_y * from.width + at_x);
            samples.push(sample.copied().unwrap_or_default());
        }
    }
    Plane {
        width,
        height,
        samples,
    }
}
