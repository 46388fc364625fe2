//! From a picture to a baseline JPEG (ITU-T T.81): colours half as wide and high as brightness, Huffman codes made for
//! this picture. The file holds what is needed to show it, and not a byte more.

use crate::{
    jpeg::ZIGZAG,
    picture::{Picture, Plane},
    transform::{Transform, nearest},
};
use code::Counts;
use write::Writer;

mod code;
mod write;

/// How coarse brightness and colours are at the middle quality (annex K.1), in the order of a block.
const BRIGHTNESS: [u8; 64] = [
    16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55, 14, 13, 16, 24, 40, 57, 69, 56,
    14, 17, 22, 29, 51, 87, 80, 62, 18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113,
    92, 49, 64, 78, 87, 103, 121, 120, 101, 72, 92, 95, 98, 112, 100, 103, 99,
];
const COLOUR: [u8; 64] = [
    17, 18, 24, 47, 99, 99, 99, 99, 18, 21, 26, 66, 99, 99, 99, 99, 24, 26, 56, 99, 99, 99, 99, 99,
    47, 66, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99,
    99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99,
];

/// A block in the order in which it is written.
type Block = [i16; 64];

/// Encodes a picture; `None` if it has no pixels or more than a JPEG can have.
pub(super) fn encode(picture: &Picture, quality: u8) -> Option<Vec<u8>> {
    let width = u16::try_from(picture.width).ok().filter(|it| *it > 0)?;
    let height = u16::try_from(picture.height).ok().filter(|it| *it > 0)?;
    let steps = [scaled(&BRIGHTNESS, quality), scaled(&COLOUR, quality)];
    let is_grey = picture.planes.len() == 1;
    let units = Units::of(picture, &steps)?;
    let mut counts = [Counts::new(), Counts::new(), Counts::new(), Counts::new()];
    units.each(|class, symbol, _| counts[class].add(symbol));
    let codes = counts.map(|counts| counts.code());
    let tables = if is_grey { 1 } else { 2 };
    let mut writer = Writer::new();
    writer.segment(0xE0, b"JFIF\0\x01\x01\0\0\x01\0\x01\0\0");
    for (number, steps) in (0_u8..).zip(&steps).take(tables) {
        let steps = ZIGZAG.map(|place| steps[usize::from(place)]);
        writer.segment(0xDB, &[&[number], steps.as_slice()].concat());
    }
    writer.segment(0xC0, &frame(width, height, is_grey));
    for (number, code) in codes.iter().enumerate().take(2 * tables) {
        // First those of DC, then those of AC.
        let head = (((number % 2) << 4) | (number / 2)) as u8;
        writer.segment(0xC4, &[&[head], code.table().as_slice()].concat());
    }
    let scan: &[u8] = match is_grey {
        true => &[1, 1, 0, 0, 63, 0],
        false => &[3, 1, 0, 2, 0x11, 3, 0x11, 0, 63, 0],
    };
    writer.segment(0xDA, scan);
    let find = |class: usize| codes.get(class);
    units.each(|class, symbol, rest| {
        if let Some(code) = find(class) {
            writer.bits(code.of(symbol));
            writer.bits(rest);
        }
    });
    Some(writer.finish())
}

/// The frame: its components with their sampling and their steps.
fn frame(width: u16, height: u16, is_grey: bool) -> Vec<u8> {
    let mut frame = vec![8];
    frame.extend(height.to_be_bytes());
    frame.extend(width.to_be_bytes());
    frame.extend(match is_grey {
        true => [1, 1, 0x11, 0].as_slice(),
        false => &[3, 1, 0x22, 0, 2, 0x11, 1, 3, 0x11, 1],
    });
    frame
}

/// The steps for a quality from 1 to 100, as the Independent JPEG Group has it.
fn scaled(steps: &[u8; 64], quality: u8) -> [u8; 64] {
    let quality = u32::from(quality.clamp(1, 100));
    let percent = if quality < 50 {
        5000 / quality
    } else {
        200 - 2 * quality
    };
    steps.map(|step| ((u32::from(step) * percent + 50) / 100).clamp(1, 255) as u8)
}

/// The blocks of a picture in the order in which they are written, with the component of each.
struct Units(Vec<(usize, Block)>);

impl Units {
    fn of(picture: &Picture, steps: &[[u8; 64]; 2]) -> Option<Self> {
        let transform = Transform::of(8);
        let parts = steps
            .map(|steps| std::array::from_fn(|at| 1.0 / f32::from(steps[usize::from(ZIGZAG[at])])));
        let block = |plane: &Plane, x: usize, y: usize, parts: &[f32; 64]| {
            quantized(&transform.forth(&points(plane, x, y)), parts)
        };
        let mut blocks = Vec::new();
        match picture.planes.as_slice() {
            [grey] => {
                for y in 0..grey.height.div_ceil(8) {
                    for x in 0..grey.width.div_ceil(8) {
                        blocks.push((0, block(grey, x, y, &parts[0])));
                    }
                }
            }
            [brightness, blue, red] => {
                for y in 0..picture.height.div_ceil(16) {
                    for x in 0..picture.width.div_ceil(16) {
                        for (right, down) in [(0, 0), (1, 0), (0, 1), (1, 1)] {
                            let (x, y) = (2 * x + right, 2 * y + down);
                            blocks.push((0, block(brightness, x, y, &parts[0])));
                        }
                        blocks.push((1, block(blue, x, y, &parts[1])));
                        blocks.push((2, block(red, x, y, &parts[1])));
                    }
                }
            }
            _ => return None,
        }
        Some(Self(blocks))
    }

    /// Gives each symbol with the class of its codes (DC and AC of brightness, DC and AC of colours) and with the bits
    /// behind it and their number (F.1.2).
    fn each(&self, mut give: impl FnMut(usize, u8, (u32, u32))) {
        let mut last = [0_i16; 3];
        for (component, block) in &self.0 {
            let class = if *component == 0 { 0 } else { 2 };
            let difference = i32::from(block[0]) - i32::from(last[*component]);
            last[*component] = block[0];
            let (size, bits) = sized(difference);
            give(class, size as u8, (bits, size));
            let mut zeros = 0_u8;
            let end = block.iter().rposition(|value| *value != 0).unwrap_or(0);
            for value in block.iter().take(end + 1).skip(1) {
                if *value == 0 {
                    zeros += 1;
                    continue;
                }
                while zeros > 15 {
                    give(class + 1, 0xF0, (0, 0));
                    zeros -= 16;
                }
                let (size, bits) = sized(i32::from(*value));
                give(class + 1, (zeros << 4) | size as u8, (bits, size));
                zeros = 0;
            }
            if end < 63 {
                give(class + 1, 0, (0, 0));
            }
        }
    }
}

/// How many bits a value needs, and which (F.1.2.1).
const fn sized(value: i32) -> (u32, u32) {
    let size = 32 - value.unsigned_abs().leading_zeros();
    let bits = if value < 0 { value - 1 } else { value };
    (size, bits as u32 & ((1 << size) - 1))
}

/// The points of a block; beyond the picture its edge goes on.
fn points(plane: &Plane, x: usize, y: usize) -> [[f32; 8]; 8] {
    let (last_x, last_y) = (
        plane.width.saturating_sub(1),
        plane.height.saturating_sub(1),
    );
    let mut points = [[0.0; 8]; 8];
    for (down, line) in points.iter_mut().enumerate() {
        let begin = (8 * y + down).min(last_y) * plane.width;
        let samples = plane
            .samples
            .get(begin..begin + plane.width)
            .unwrap_or_default();
        if let Some(eight) = samples.get(8 * x..8 * x + 8) {
            for (point, sample) in line.iter_mut().zip(eight) {
                *point = f32::from(*sample) - 128.0;
            }
        } else {
            for (across, point) in line.iter_mut().enumerate() {
                let sample = samples.get((8 * x + across).min(last_x));
                *point = f32::from(sample.copied().unwrap_or_default()) - 128.0;
            }
        }
    }
    points
}

/// The values of a block, in the order in which they are written.
fn quantized(found: &[[f32; 8]; 8], parts: &[f32; 64]) -> Block {
    let flat = found.as_flattened();
    std::array::from_fn(|at| nearest(flat[usize::from(ZIGZAG[at])] * parts[at]) as i16)
}
