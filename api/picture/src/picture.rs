//! Pixels on their way to a copy: brightness and two colours (ITU-R BT.601, full range, as JFIF has it), each in a plane
//! of its own. JPEG comes in planes and goes out in planes; nothing is gained by mixing them in between.

/// One colour of a picture, line by line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Plane {
    pub(crate) width: usize,
    pub(crate) height: usize,
    pub(crate) samples: Vec<u8>,
}

impl Plane {
    /// A plane of one value.
    pub(crate) fn of(width: usize, height: usize, value: u8) -> Self {
        Self {
            width,
            height,
            samples: vec![value; width * height],
        }
    }
}

/// A picture. The planes of colours may be smaller than the one of brightness.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// Width in pixels.
    pub(crate) width: usize,
    /// Height in pixels.
    pub(crate) height: usize,
    /// Width and height of what it was made smaller from, in pixels.
    pub(crate) full: (usize, usize),
    /// Brightness, blue, red; brightness alone of a grey picture.
    pub(crate) planes: Vec<Plane>,
}

impl Picture {
    /// The picture of red, green and blue, three bytes a pixel.
    pub(crate) fn of_rgb(width: usize, height: usize, rgb: &[u8]) -> Self {
        let mut planes = vec![Plane::of(width, height, 0); 3];
        for (place, pixel) in rgb.chunks_exact(3).take(width * height).enumerate() {
            let [r, g, b] = [pixel[0], pixel[1], pixel[2]].map(i32::from);
            for (plane, value) in planes.iter_mut().zip(mixed(r, g, b)) {
                if let Some(sample) = plane.samples.get_mut(place) {
                    *sample = value;
                }
            }
        }
        Self {
            width,
            height,
            full: (width, height),
            planes,
        }
    }

    /// Its width and height, in pixels.
    #[must_use]
    pub const fn size(&self) -> (usize, usize) {
        (self.width, self.height)
    }
}

/// Brightness, blue and red of a pixel, in parts of 65,536.
pub(crate) fn mixed(r: i32, g: i32, b: i32) -> [u8; 3] {
    const HALF: i32 = 1 << 15;
    const MIDDLE: i32 = (128 << 16) + HALF;
    [
        (19_595 * r + 38_470 * g + 7_471 * b + HALF) >> 16,
        (-11_059 * r - 21_709 * g + 32_768 * b + MIDDLE) >> 16,
        (32_768 * r - 27_439 * g - 5_329 * b + MIDDLE) >> 16,
    ]
    .map(|value| value.clamp(0, 255) as u8)
}
