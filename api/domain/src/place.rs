//! Where something was: a position with its own accuracy, never a bare pair of numbers.

use crate::refusal::{Code, Refusal};
use serde::{Deserialize, Serialize};
use std::fmt;

/// A position in WGS-84 as a phone gave it.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Position {
    /// Degrees north, -90 to 90.
    pub latitude: f64,
    /// Degrees east, -180 to 180.
    pub longitude: f64,
    /// Radius of 68 % confidence in metres, as the phone estimated it; unknown if it did not say.
    pub accuracy_m: Option<f64>,
}

/// [`Position::parse`] lets no NaN through.
impl Eq for Position {}

impl Position {
    /// Checks the ranges; exact zero/zero is refused because it is what broken phones send.
    pub fn parse(
        latitude: f64,
        longitude: f64,
        accuracy_m: Option<f64>,
        field: &'static str,
    ) -> Result<Self, Refusal> {
        let inside = (-90.0..=90.0).contains(&latitude) && (-180.0..=180.0).contains(&longitude);
        let nowhere = latitude == 0.0 && longitude == 0.0;
        let accuracy_ok = accuracy_m.is_none_or(|m| (0.0..=100_000.0).contains(&m));
        if !inside || nowhere || !accuracy_ok {
            return Err(Refusal::on(Code::OutOfRange, field));
        }
        Ok(Self {
            latitude,
            longitude,
            accuracy_m,
        })
    }
}

impl fmt::Display for Position {
    /// Degrees north and east to a hand's breadth, and the accuracy in metres.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.6} {:.6}", self.latitude, self.longitude)?;
        let accuracy = self.accuracy_m;
        accuracy.map_or(Ok(()), |metres| write!(f, " ±{metres}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_position_outside_the_earth_or_at_zero_zero_is_refused() {
        assert!(Position::parse(28.18, 112.98, Some(6.0), "p").is_ok());
        for (lat, lon, acc) in [
            (90.1, 0.0, None),
            (0.0, 180.5, None),
            (0.0, 0.0, None),
            (f64::NAN, 1.0, None),
            (1.0, 1.0, Some(-1.0)),
            (1.0, 1.0, Some(f64::INFINITY)),
        ] {
            assert_eq!(
                Position::parse(lat, lon, acc, "p").unwrap_err().code,
                Code::OutOfRange
            );
        }
    }
}
