//! What a picture looks like, in 64 bits, so that the same picture is found again after it was made smaller, packed anew,
//! made brighter or cut a little at its edges. Bits come from the lowest frequencies of its brightness (a "perceptual
//! hash": 32 x 32 points, the cosine transform, 64 frequencies without the mean, each above or below their median). A
//! second word of 64 bits says which of 8 x 8 fields are brighter than the median, and settles doubtful hits: what is
//! like by frequencies and not by fields is another picture.
//!
//! Searching: a million words are found by four indexed columns of sixteen bits each. If two words differ in at most
//! seven bits, one of their four bands differs in at most one (there are four bands, and twice four is eight), so asking
//! each column for the band itself and its sixteen neighbours finds all of them, and nothing is guessed. That works in
//! any database with an index; a tree of distances would have to live in the memory of one process. Frequencies and not
//! fields stand in the index, because their bits hardly depend on each other: half of all pictures have a bright sky,
//! and would share a band of fields. What frequencies bear badly is a cut at the edges; so whoever searches asks for the
//! picture as it would be cut, and as it was before it was cut, too ([`Likeness::probes`]).

use crate::{
    copy::{NoCopy, resized},
    picture::{Picture, Plane},
};
use fast_image_resize::Resizer;
use std::f32::consts::PI;

#[cfg(test)]
mod tests;

/// Points of brightness each way, and frequencies each way that are kept.
const POINTS: usize = 32;
const KEPT: usize = 8;

/// Samples each way of the small picture that the points are made of.
const BASE: usize = 160;

/// The whole picture.
const WHOLE: [f32; 4] = [0.0, 0.0, 1.0, 1.0];

/// How much is cut off in the words to search for: a twentieth of width and height.
const CUT: f32 = 0.05;

/// How many bits of two words may differ for their pictures to be taken for alike; all of them are found. A proposal,
/// by the measurements of the tests.
pub const MOST_APART: u32 = 7;

/// How many of the fields may differ besides. A proposal, by the same measurements.
const MOST_FIELDS_APART: u32 = 16;

/// How far brightness and colours of a blank picture stray from their means, in steps of 256. A covered lens and a bare
/// wall stay below it. A proposal.
const BLANK: f32 = 3.0;

/// What a picture looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Likeness {
    /// The lowest frequencies.
    pub frequencies: u64,
    /// The brighter fields.
    pub fields: u64,
}

impl Likeness {
    /// Of a picture as it stands upright.
    pub fn of(picture: &Picture) -> Result<Self, NoCopy> {
        Ok(Self::within(&base(picture)?, WHOLE))
    }

    /// The words to search for, the picture's own first: then as it would be with a twentieth cut off, in the middle and
    /// at each corner, and as it may have been before that, with its edges drawn out.
    pub fn probes(picture: &Picture) -> Result<Vec<Self>, NoCopy> {
        let base = base(picture)?;
        let mut probes = vec![Self::within(&base, WHOLE)];
        for cut in [CUT, -CUT] {
            let half = cut / 2.0;
            let ways = [(half, half), (0.0, 0.0), (cut, 0.0), (0.0, cut), (cut, cut)];
            probes.extend(ways.map(|(left, top)| {
                Self::within(&base, [left, top, left + 1.0 - cut, top + 1.0 - cut])
            }));
        }
        Ok(probes)
    }

    /// Of a part of a picture: left, top, right and bottom in fractions. Beyond its edges it goes on as they are.
    fn within(base: &Plane, [left, top, right, bottom]: [f32; 4]) -> Self {
        let columns = parts(left, right);
        let rows = parts(top, bottom);
        let mut points = Vec::with_capacity(POINTS * POINTS);
        for row in &rows {
            for column in &columns {
                let mut sum = 0.0;
                for (y, down) in row {
                    for (x, across) in column {
                        let sample = base.samples.get(y * BASE + x);
                        sum += down * across * f32::from(sample.copied().unwrap_or_default());
                    }
                }
                points.push(sum);
            }
        }
        let wide = POINTS / KEPT;
        let field = |field: usize| {
            let (left, top) = (field % KEPT * wide, field / KEPT * wide);
            let inside = (0..wide * wide)
                .filter_map(|it| points.get((top + it / wide) * POINTS + left + it % wide));
            inside.sum::<f32>()
        };
        let fields: Vec<f32> = (0..KEPT * KEPT).map(field).collect();
        Self {
            frequencies: above_median(&lowest(&points)),
            fields: above_median(&fields),
        }
    }

    /// The four bands of the word of frequencies, as they stand in indexed columns.
    #[must_use]
    pub const fn bands(self) -> [u16; 4] {
        let word = self.frequencies;
        [
            word as u16,
            (word >> 16) as u16,
            (word >> 32) as u16,
            (word >> 48) as u16,
        ]
    }

    /// Whether two pictures are taken for alike.
    #[must_use]
    pub const fn is_like(self, other: Self) -> bool {
        self.apart(other) <= MOST_APART
            && (self.fields ^ other.fields).count_ones() <= MOST_FIELDS_APART
    }

    /// In how many bits the words of frequencies differ.
    #[must_use]
    pub const fn apart(self, other: Self) -> u32 {
        (self.frequencies ^ other.frequencies).count_ones()
    }
}

/// The bands that a column is asked for: the band itself and all that differ in one bit.
#[must_use]
pub fn neighbours(band: u16) -> [u16; 17] {
    std::array::from_fn(|bit| match bit {
        16 => band,
        _ => band ^ 1 << bit,
    })
}

/// The brightness of a picture, small, from which all words are made.
fn base(picture: &Picture) -> Result<Plane, NoCopy> {
    let brightness = picture.planes.first().ok_or(NoCopy::Damaged)?.clone();
    resized(&mut Resizer::new(), brightness, (BASE, BASE))
}

/// For each point between two fractions the samples that it lies over, and how much of each.
fn parts(from: f32, to: f32) -> Vec<Vec<(usize, f32)>> {
    let step = (to - from) / POINTS as f32;
    let last = BASE as i32 - 1;
    (0..POINTS)
        .map(|point| {
            let begin = (from + point as f32 * step) * BASE as f32;
            let end = begin + step * BASE as f32;
            let samples = begin.floor() as i32..end.ceil() as i32;
            let part = |sample: i32| {
                let lies_over = end.min((sample + 1) as f32) - begin.max(sample as f32);
                (sample.clamp(0, last) as usize, lies_over)
            };
            samples.map(part).collect()
        })
        .collect()
}

/// Whether a picture is of one colour all over.
#[must_use]
pub fn is_blank(picture: &Picture) -> bool {
    picture.planes.iter().all(|plane| {
        let many = plane.samples.len().max(1) as f64;
        let (mut sum, mut squares) = (0_u64, 0_u64);
        for sample in &plane.samples {
            let sample = u64::from(*sample);
            sum += sample;
            squares += sample * sample;
        }
        let mean = sum as f64 / many;
        squares as f64 / many - mean * mean <= f64::from(BLANK * BLANK)
    })
}

/// The lowest frequencies of the points, without their mean and without whole lines of it.
fn lowest(points: &[f32]) -> Vec<f32> {
    let share = |frequency: usize, point: usize| {
        let angle = (2 * point + 1) as f32 * frequency as f32 * PI / (2 * POINTS) as f32;
        angle.cos()
    };
    let mut across = vec![0.0; POINTS * KEPT];
    for (line, sums) in points
        .chunks_exact(POINTS)
        .zip(across.chunks_exact_mut(KEPT))
    {
        for (frequency, sum) in (1..).zip(sums) {
            let parts = line.iter().enumerate();
            *sum = parts
                .map(|(at, point)| point * share(frequency, at))
                .sum::<f32>();
        }
    }
    let mut found = vec![0.0; KEPT * KEPT];
    for (frequency, sums) in (1..).zip(found.chunks_exact_mut(KEPT)) {
        for (at, line) in across.chunks_exact(KEPT).enumerate() {
            for (sum, value) in sums.iter_mut().zip(line) {
                *sum += value * share(frequency, at);
            }
        }
    }
    found
}

/// A bit for each of 64 values: whether it is above their median.
fn above_median(values: &[f32]) -> u64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f32::total_cmp);
    let middle = sorted.len() / 2;
    let median = sorted.get(middle).copied().unwrap_or_default();
    let bits = values.iter().map(|value| u64::from(*value >= median));
    bits.fold(0, |word, bit| word << 1 | bit)
}
