//! From a file to a picture: JPEG by the reader of this crate, as small as serves; PNG and WebP by the crate `image`;
//! everything else by way of a smaller JPEG that stands in it.

use super::{Bounds, NoCopy};
use crate::{
    jpeg::{self, Component, Frame, Sink},
    picture::{Picture, Plane},
    structure::{Fault, Format, Structure, look, look_with},
    transform::Transform,
};
use image::{DynamicImage, ImageDecoder, ImageReader, Limits};
use std::io::Cursor;

/// Most pixels of a JPEG: its structure was looked at with a bound already.
const MOST: u64 = u64::MAX;

/// How much memory decoding takes, in bytes, the file not included.
fn memory(bytes: &[u8], structure: &Structure, side: u32) -> Result<u64, NoCopy> {
    let jpeg = |bytes: &[u8]| {
        let frame = jpeg::frame(bytes).ok_or(NoCopy::Damaged)?;
        Ok(Planes::new(&frame, side, Colours::of(bytes, &frame))
            .ok_or(NoCopy::Undecodable)?
            .weight(&frame))
    };
    let pixels = u64::from(structure.width) * u64::from(structure.height);
    match structure.format {
        Format::Jpeg => jpeg(bytes),
        // Pixels as they are stored, in three colours, and in planes; some decoders copy the file.
        Format::Png | Format::Webp => Ok(pixels * stored(bytes)? + pixels * 6 + bytes.len() as u64),
        Format::Heic | Format::Avif | Format::Dng => jpeg(preview(bytes, structure)?),
    }
}

/// The same by the header alone.
pub(super) fn weigh(bytes: &[u8], side: u32) -> Result<u64, NoCopy> {
    if let Some(frame) = jpeg::frame(bytes).filter(|_| bytes.starts_with(&[0xFF, 0xD8])) {
        let planes =
            Planes::new(&frame, side, Colours::of(bytes, &frame)).ok_or(NoCopy::Undecodable)?;
        return Ok(planes.weight(&frame));
    }
    if bytes.starts_with(b"\x89PNG") {
        let decoder = decoder(bytes, u64::MAX)?;
        let (width, height) = decoder.dimensions();
        let pixels = u64::from(width) * u64::from(height);
        return Ok(decoder
            .total_bytes()
            .saturating_add(pixels.saturating_mul(6)));
    }
    // The other containers are read in no time.
    let structure = look(bytes, u64::MAX).map_err(|_| NoCopy::Damaged)?;
    memory(bytes, &structure, side)
}

/// Bytes of a stored pixel.
fn stored(bytes: &[u8]) -> Result<u64, NoCopy> {
    let decoder = decoder(bytes, u64::MAX)?;
    let (width, height) = decoder.dimensions();
    let pixels = u64::from(width) * u64::from(height);
    Ok(decoder.total_bytes().div_ceil(pixels.max(1)))
}

fn decoder(bytes: &[u8], most_bytes: u64) -> Result<impl ImageDecoder, NoCopy> {
    let reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format();
    let mut reader = reader.map_err(|_| NoCopy::Undecodable)?;
    let mut limits = Limits::default();
    limits.max_alloc = Some(most_bytes);
    reader.limits(limits);
    reader.into_decoder().map_err(|_| NoCopy::Damaged)
}

/// Decodes a photo to at least so many pixels of its longer side, if it has them.
fn decode(bytes: &[u8], structure: &Structure, side: u32) -> Result<Picture, NoCopy> {
    match structure.format {
        Format::Jpeg => planes(bytes, side),
        Format::Heic | Format::Avif | Format::Dng => planes(preview(bytes, structure)?, side),
        Format::Png | Format::Webp => {
            let decoder = decoder(bytes, memory(bytes, structure, side)?)?;
            let decoded = DynamicImage::from_decoder(decoder).map_err(|_| NoCopy::Damaged)?;
            let rgb = on_white(decoded);
            let (width, height) = rgb.dimensions();
            Ok(Picture::of_rgb(
                width as usize,
                height as usize,
                rgb.as_raw(),
            ))
        }
    }
}

/// A picture that can be seen through, on white paper.
fn on_white(picture: DynamicImage) -> image::RgbImage {
    if !picture.color().has_alpha() {
        return picture.into_rgb8();
    }
    let picture = picture.into_rgba8();
    let (width, height) = picture.dimensions();
    let mut rgb = image::RgbImage::new(width, height);
    for (to, from) in rgb.pixels_mut().zip(picture.pixels()) {
        let [r, g, b, seen] = from.0.map(u32::from);
        to.0 = [r, g, b].map(|it| ((it * seen + 255 * (255 - seen) + 127) / 255) as u8);
    }
    rgb
}

/// The largest JPEG that stands in the file.
fn preview<'a>(bytes: &'a [u8], structure: &Structure) -> Result<&'a [u8], NoCopy> {
    let mut previews = structure.notes.previews.iter();
    let inside = previews.find_map(|range| bytes.get(range.clone()));
    inside.ok_or(NoCopy::Undecodable)
}

/// Looks at the structure of a photo and decodes it, if that takes no more than so much memory. A JPEG is read once for both: to
/// prove that it is whole costs as much as to decode it.
pub(super) fn look_and_decode(
    bytes: &[u8],
    most_pixels: u64,
    bounds: Bounds,
) -> Result<(Structure, Result<Picture, NoCopy>), Fault> {
    let frame = jpeg::frame(bytes).filter(|_| bytes.starts_with(&[0xFF, 0xD8]));
    let planes = frame.and_then(|frame| {
        let planes = Planes::new(&frame, bounds.side, Colours::of(bytes, &frame))?;
        (planes.weight(&frame) <= bounds.memory_bytes).then_some((frame, planes))
    });
    if let Some((frame, mut planes)) = planes {
        let structure = look_with(bytes, most_pixels, &mut planes)?;
        let picture = planes.picture(&frame).ok_or(NoCopy::Undecodable);
        return Ok((structure, picture));
    }
    let structure = look(bytes, most_pixels)?;
    let picture = within(bytes, &structure, bounds);
    Ok((structure, picture))
}

/// Decodes a photo, if that takes no more than so much memory.
pub(super) fn within(
    bytes: &[u8],
    structure: &Structure,
    bounds: Bounds,
) -> Result<Picture, NoCopy> {
    if memory(bytes, structure, bounds.side)? > bounds.memory_bytes {
        return Err(NoCopy::TooLarge);
    }
    decode(bytes, structure, bounds.side)
}

fn planes(bytes: &[u8], side: u32) -> Result<Picture, NoCopy> {
    let frame = jpeg::frame(bytes).ok_or(NoCopy::Damaged)?;
    let mut planes =
        Planes::new(&frame, side, Colours::of(bytes, &frame)).ok_or(NoCopy::Undecodable)?;
    jpeg::read(bytes, MOST, &mut planes).map_err(|_| NoCopy::Damaged)?;
    planes.picture(&frame).ok_or(NoCopy::Undecodable)
}

/// What the components of a JPEG are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Colours {
    Mixed,
    Rgb,
    /// Of printers, as Adobe writes it: each colour inverted, and black.
    Cmyk,
    /// The same, with the colours mixed.
    Ycck,
}

impl Colours {
    /// By Adobe's segment, if there is one.
    fn of(bytes: &[u8], frame: &Frame) -> Self {
        let adobe = jpeg::segments(bytes).find_map(|(marker, segment)| {
            let rest = segment.strip_prefix(b"Adobe").filter(|_| marker == 0xEE)?;
            rest.get(6).copied()
        });
        match (frame.components.len(), adobe) {
            (3, Some(0)) => Self::Rgb,
            (4, Some(2)) => Self::Ycck,
            (4, _) => Self::Cmyk,
            _ => Self::Mixed,
        }
    }
}

/// Takes the blocks of a JPEG into planes.
struct Planes {
    /// For each component how its blocks become points.
    transforms: Vec<Transform>,
    planes: Vec<Plane>,
    /// By how much the picture is smaller than it is stored.
    smaller: usize,
    colours: Colours,
}

impl Planes {
    /// For a frame whose picture needs a longer side of so many pixels; nothing is set aside yet. `None` if its samples
    /// have more bits than bytes hold.
    fn new(frame: &Frame, side: u32, colours: Colours) -> Option<Self> {
        let longer = frame.width.max(frame.height);
        let serves = |smaller: &usize| longer.div_ceil(*smaller) >= side as usize;
        let smaller = [8, 4, 2].into_iter().find(serves).unwrap_or(1);
        let most = |of: fn((usize, usize)) -> usize| {
            frame.components.iter().map(|it| of(it.sampling)).max()
        };
        let (across, down) = (most(|it| it.0)?, most(|it| it.1)?);
        let points = |(number, part): (usize, &Component)| {
            let (h, v) = part.sampling;
            // A component with fewer blocks gives more points of each, where that makes up for it. Of mixed colours a
            // copy has half of those of brightness.
            let (less, less_down) = (across / h, down / v);
            let is_even = less == less_down && [1, 2, 4].contains(&less);
            let half = if number > 0 && colours == Colours::Mixed {
                2
            } else {
                1
            };
            let more = if is_even { less } else { half };
            (8 / smaller * more / half).clamp(1, 8)
        };
        let components = frame.components.iter().enumerate();
        let transforms = components.map(|it| Transform::of(points(it)));
        (frame.precision == 8 && [1, 3, 4].contains(&frame.components.len())).then(|| Self {
            transforms: transforms.collect(),
            planes: Vec::new(),
            smaller,
            colours,
        })
    }

    /// How much memory it takes, in bytes.
    fn weight(&self, frame: &Frame) -> u64 {
        let parts = frame.components.iter().zip(&self.transforms);
        let bytes = parts.map(|(part, transform)| {
            let points = transform.points() * transform.points();
            // Of several passes, the coefficients and what is known of them.
            let passes = if frame.is_progressive() {
                2 * points + 8
            } else {
                0
            };
            part.padded.0 * part.padded.1 * (points + passes)
        });
        // And what the copies take.
        bytes.sum::<usize>() as u64 + 8_000_000
    }

    fn picture(self, frame: &Frame) -> Option<Picture> {
        let (width, height) = (
            frame.width.div_ceil(self.smaller),
            frame.height.div_ceil(self.smaller),
        );
        let most = |of: fn((usize, usize)) -> usize| {
            frame.components.iter().map(|it| of(it.sampling)).max()
        };
        let (across, down) = (most(|it| it.0)?, most(|it| it.1)?);
        let parts = frame
            .components
            .iter()
            .zip(self.transforms)
            .zip(self.planes);
        let planes = parts.map(|((part, transform), plane)| {
            let size = |pixels: usize, has: usize, most: usize| {
                (pixels * has * transform.points())
                    .div_ceil(most * 8)
                    .max(1)
            };
            let (h, v) = part.sampling;
            cut(
                plane,
                size(frame.width, h, across),
                size(frame.height, v, down),
            )
        });
        let planes: Vec<_> = planes.collect();
        if self.colours == Colours::Mixed {
            return Some(Picture {
                width,
                height,
                full: (frame.width, frame.height),
                planes,
            });
        }
        // Rare kinds keep all components at full size.
        let is_even = planes
            .iter()
            .all(|it| (it.width, it.height) == (width, height));
        is_even.then(|| mixed(width, height, &planes, self.colours))
    }
}

/// The left upper part of a plane.
fn cut(mut plane: Plane, width: usize, height: usize) -> Plane {
    let (width, height) = (width.min(plane.width), height.min(plane.height));
    if plane.width != width {
        for line in 1..height {
            let begin = line * plane.width;
            plane
                .samples
                .copy_within(begin..begin + width, line * width);
        }
    }
    plane.samples.truncate(width * height);
    Plane {
        width,
        height,
        samples: plane.samples,
    }
}

/// A picture of components that are not mixed as usual.
fn mixed(width: usize, height: usize, planes: &[Plane], colours: Colours) -> Picture {
    let mut rgb = Vec::with_capacity(3 * width * height);
    for place in 0..width * height {
        let of = |plane: usize| {
            let sample = planes.get(plane).and_then(|it| it.samples.get(place));
            i32::from(sample.copied().unwrap_or_default())
        };
        let (mut pixel, black) = ([of(0), of(1), of(2)], of(3));
        if colours == Colours::Ycck {
            let (y, blue, red) = (pixel[0], pixel[1] - 128, pixel[2] - 128);
            pixel = [
                y + ((91_881 * red) >> 16),
                y - ((22_554 * blue + 46_802 * red) >> 16),
                y + ((116_130 * blue) >> 16),
            ];
        }
        if colours != Colours::Rgb {
            pixel = pixel.map(|ink| ink.clamp(0, 255) * black / 255);
        }
        rgb.extend(pixel.map(|value| value.clamp(0, 255) as u8));
    }
    Picture::of_rgb(width, height, &rgb)
}

impl Sink for Planes {
    fn begin(&mut self, frame: &Frame) -> Option<()> {
        let parts = frame.components.iter().zip(&self.transforms);
        let plane = parts.map(|(part, transform)| {
            let points = transform.points();
            Plane::of(part.padded.0 * points, part.padded.1 * points, 128)
        });
        self.planes = plane.collect();
        (self.planes.len() == self.transforms.len()).then_some(())
    }

    fn side(&self, component: usize) -> usize {
        self.transforms.get(component).map_or(0, Transform::points)
    }

    fn block(
        &mut self,
        component: usize,
        (x, y): (usize, usize),
        values: &[i16; 64],
        steps: &[f32; 64],
    ) {
        let part = self
            .planes
            .get_mut(component)
            .zip(self.transforms.get(component));
        if let Some((plane, transform)) = part {
            let points = transform.points();
            let at = y * points * plane.width + x * points;
            if let Some(to) = plane.samples.get_mut(at..) {
                transform.back(values, steps, to, plane.width);
            }
        }
    }
}
