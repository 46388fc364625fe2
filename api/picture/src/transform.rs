//! The cosine transform of JPEG (ITU-T T.81, A.3.3), backwards to fewer points than eight: a block becomes 1, 2, 4 or 8
//! points across and down, of the lowest frequencies alone. That is a good smaller picture, for less work than the whole.

use std::array::from_fn;
use std::f32::consts::PI;

/// The cosines for a number of points: for each frequency its share in each point.
#[derive(Debug, Clone)]
pub(crate) struct Transform {
    points: usize,
    shares: [[f32; 8]; 8],
    /// The same the other way round: for each point the share of each frequency.
    turned: [[f32; 8]; 8],
}

impl Transform {
    /// For so many points: 1, 2, 4 or 8.
    pub(crate) fn of(points: usize) -> Self {
        let mut shares = [[0.0; 8]; 8];
        for (frequency, shares) in shares.iter_mut().enumerate().take(points) {
            let weight = if frequency == 0 { 0.5_f32.sqrt() } else { 1.0 };
            for (point, share) in shares.iter_mut().enumerate().take(points) {
                let angle = (2 * point + 1) as f32 * frequency as f32 * PI / (2 * points) as f32;
                *share = 0.5 * weight * angle.cos();
            }
        }
        let turned = from_fn(|point| shares.map(|shares: [f32; 8]| shares[point]));
        Self {
            points,
            shares,
            turned,
        }
    }

    /// How many points each way.
    pub(crate) const fn points(&self) -> usize {
        self.points
    }

    /// The points of a block, line by line in `to`, whose lines are `stride` long.
    pub(crate) fn back(&self, values: &[i16; 64], steps: &[f32; 64], to: &mut [u8], stride: usize) {
        match self.points {
            1 => self.level(values, steps, to, stride),
            2 => self.back_to::<2>(values, steps, to, stride),
            4 => self.back_to::<4>(values, steps, to, stride),
            _ => self.back_to::<8>(values, steps, to, stride),
        }
    }

    /// A block of one value.
    fn level(&self, values: &[i16; 64], steps: &[f32; 64], to: &mut [u8], stride: usize) {
        let value = rounded(f32::from(values[0]) * steps[0] / 8.0);
        for line in to.chunks_mut(stride).take(self.points) {
            line.iter_mut()
                .take(self.points)
                .for_each(|point| *point = value);
        }
    }

    fn back_to<const N: usize>(
        &self,
        values: &[i16; 64],
        steps: &[f32; 64],
        to: &mut [u8],
        stride: usize,
    ) {
        if values[1..].iter().all(|value| *value == 0) {
            return self.level(values, steps, to, stride);
        }
        // Of few points every frequency is taken, zero or not: to ask each costs more than to reckon with it.
        let points = if N <= 4 {
            self.dense::<N>(values, steps)
        } else {
            self.sparse::<N>(values, steps)
        };
        for (line, points) in to.chunks_mut(stride).zip(&points) {
            for (to, point) in line.iter_mut().zip(points) {
                *to = rounded(*point);
            }
        }
    }

    fn dense<const N: usize>(&self, values: &[i16; 64], steps: &[f32; 64]) -> [[f32; N]; N] {
        let mut points = [[0.0_f32; N]; N];
        let shares: [[f32; N]; N] = from_fn(|frequency| from_fn(|at| self.shares[frequency][at]));
        for (row, shares_down) in shares.iter().enumerate() {
            let mut across = [0.0_f32; N];
            for (frequency, shares) in shares.iter().enumerate() {
                let at = row * 8 + frequency;
                let value = f32::from(values[at]) * steps[at];
                for (sum, share) in across.iter_mut().zip(shares) {
                    *sum += value * share;
                }
            }
            for (line, share) in points.iter_mut().zip(shares_down) {
                for (point, value) in line.iter_mut().zip(&across) {
                    *point += value * share;
                }
            }
        }
        points
    }

    /// The same, for blocks of which most frequencies are zero.
    fn sparse<const N: usize>(&self, values: &[i16; 64], steps: &[f32; 64]) -> [[f32; N]; N] {
        let mut points = [[0.0_f32; N]; N];
        for (row, (values, steps)) in values
            .chunks_exact(8)
            .zip(steps.chunks_exact(8))
            .take(N)
            .enumerate()
        {
            let mut across = [0.0_f32; N];
            let mut is_zero = true;
            for (frequency, (value, step)) in values.iter().zip(steps).take(N).enumerate() {
                if *value != 0 {
                    is_zero = false;
                    let value = f32::from(*value) * step;
                    for (sum, share) in across.iter_mut().zip(&self.shares[frequency]) {
                        *sum += value * share;
                    }
                }
            }
            if !is_zero {
                for (line, share) in points.iter_mut().zip(&self.shares[row]) {
                    for (point, value) in line.iter_mut().zip(&across) {
                        *point += value * share;
                    }
                }
            }
        }
        points
    }

    /// The frequencies of eight lines of eight points, which are less by 128.
    pub(crate) fn forth(&self, points: &[[f32; 8]; 8]) -> [[f32; 8]; 8] {
        let mut across = [[0.0_f32; 8]; 8];
        for (line, sums) in points.iter().zip(&mut across) {
            for (point, shares) in line.iter().zip(&self.turned) {
                for (sum, share) in sums.iter_mut().zip(shares) {
                    *sum += point * share;
                }
            }
        }
        let mut found = [[0.0_f32; 8]; 8];
        for (frequency, sums) in found.iter_mut().enumerate() {
            for (line, share) in across.iter().zip(&self.shares[frequency]) {
                for (sum, value) in sums.iter_mut().zip(line) {
                    *sum += value * share;
                }
            }
        }
        found
    }
}

/// A sample: values stand around 128.
fn rounded(value: f32) -> u8 {
    nearest((value + 128.0).clamp(0.0, 255.0)) as u8
}

/// The nearest whole number, of numbers below four million. A float of that size has no bits for parts, so that what is
/// added rounds; the machine does it for several at once.
pub(crate) fn nearest(value: f32) -> i32 {
    const NO_PARTS: f32 = 12_582_912.0;
    (value + NO_PARTS).to_bits() as i32 - NO_PARTS.to_bits() as i32
}

#[cfg(test)]
mod tests {
    use super::*;

    fn block() -> [[f32; 8]; 8] {
        std::array::from_fn(|y| std::array::from_fn(|x| (x * 9 + y * 11) as f32 - 70.0))
    }

    #[test]
    fn forth_and_back_is_the_same() {
        let transform = Transform::of(8);
        let block = block();
        let found = transform.forth(&block);
        let values: [i16; 64] = std::array::from_fn(|at| (found[at / 8][at % 8] * 8.0) as i16);
        let mut back = [0; 64];
        transform.back(&values, &[1.0 / 8.0; 64], &mut back, 8);
        for (at, point) in back.iter().enumerate() {
            let was = block[at / 8][at % 8] + 128.0;
            assert!(
                (f32::from(*point) - was).abs() <= 1.5,
                "{at}: {point} for {was}"
            );
        }
    }

    #[test]
    fn fewer_points_are_the_mean_of_more() {
        let found = Transform::of(8).forth(&block());
        let values: [i16; 64] = std::array::from_fn(|at| found[at / 8][at % 8].round() as i16);
        let mut whole = [0; 64];
        Transform::of(8).back(&values, &[1.0; 64], &mut whole, 8);
        let whole = whole.map(f32::from);
        for points in [1, 2, 4] {
            let mut small = [0; 16];
            Transform::of(points).back(&values, &[1.0; 64], &mut small, points);
            let wide = 8 / points;
            for (at, point) in small.iter().enumerate().take(points * points) {
                let (left, top) = (at % points * wide, at / points * wide);
                let inside =
                    (0..wide * wide).map(|it| whole[(top + it / wide) * 8 + left + it % wide]);
                let mean = inside.sum::<f32>() / (wide * wide) as f32;
                assert!((f32::from(*point) - mean).abs() < 8.0, "{points}: {at}");
            }
        }
    }
}
