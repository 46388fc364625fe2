//! Making a picture smaller, plane by plane.

use super::NoCopy;
use crate::picture::{Picture, Plane};
use fast_image_resize::{
    FilterType, PixelType, ResizeAlg, ResizeOptions, Resizer,
    images::{Image, ImageRef},
};

/// The picture with a longer side of at most so many pixels. Colours are then half as wide and high as brightness, as
/// the encoder wants them.
pub(super) fn within(picture: Picture, side: u32) -> Result<Picture, NoCopy> {
    let full = picture.full;
    let longer = full.0.max(full.1).max(1);
    let side = (side as usize).min(longer);
    let scaled = |size: usize| ((size * side + longer / 2) / longer).max(1);
    let (width, height) = (scaled(full.0), scaled(full.1));
    let mut resizer = Resizer::new();
    let mut planes = Vec::new();
    for (number, plane) in picture.planes.into_iter().enumerate() {
        let size = match number {
            0 => (width, height),
            _ => (width.div_ceil(2), height.div_ceil(2)),
        };
        planes.push(resized(&mut resizer, plane, size)?);
    }
    Ok(Picture {
        width,
        height,
        full,
        planes,
    })
}

/// The plane in another size.
pub(crate) fn resized(
    resizer: &mut Resizer,
    plane: Plane,
    (width, height): (usize, usize),
) -> Result<Plane, NoCopy> {
    if (plane.width, plane.height) == (width, height) {
        return Ok(plane);
    }
    let from = ImageRef::new(
        plane.width as u32,
        plane.height as u32,
        &plane.samples,
        PixelType::U8,
    );
    let from = from.map_err(|_| NoCopy::Damaged)?;
    let mut to = Image::new(width as u32, height as u32, PixelType::U8);
    let options = ResizeOptions::new().resize_alg(ResizeAlg::Convolution(FilterType::Lanczos3));
    resizer
        .resize(&from, &mut to, &options)
        .map_err(|_| NoCopy::Damaged)?;
    Ok(Plane {
        width,
        height,
        samples: to.into_vec(),
    })
}
