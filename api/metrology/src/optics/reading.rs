//! One reading of an optician's instrument: what it is of, how far it is off, and its limit.

use rust_decimal::Decimal;

use super::finding::Aspect;
use super::lens::angle_between;
use crate::quantity::{
    Degree, DegreeDifference, Dioptre, Kind, Millimetre, PrismDioptre, Quantity,
};
use crate::rules::{Band, InstrumentLimits, LensLimit, Provenance};

tagged! {
    by "quantity"
    /// One reading: the value of the standard and what the instrument showed.
    #[derive(Debug, Clone, PartialEq, Eq, Hash)]
    pub enum InstrumentReading {
        /// A spherical power, in dioptres; zero without a lens.
        Sphere {
            /// The standard.
            nominal: Dioptre,
            /// The reading.
            indicated: Dioptre,
        },
        /// A cylinder, in dioptres.
        Cylinder {
            /// The standard.
            nominal: Dioptre,
            /// The reading.
            indicated: Dioptre,
        },
        /// An axis, in degrees.
        Axis {
            /// The standard.
            nominal: Degree,
            /// The reading.
            indicated: Degree,
        },
        /// A prism, in prism dioptres.
        Prism {
            /// The standard.
            nominal: PrismDioptre,
            /// The reading.
            indicated: PrismDioptre,
        },
        /// A pupillary distance, in millimetres.
        PupillaryDistance {
            /// The standard.
            nominal: Millimetre,
            /// The reading.
            indicated: Millimetre,
        },
        /// A radius of curvature, in millimetres.
        CurvatureRadius {
            /// The standard.
            nominal: Millimetre,
            /// The reading.
            indicated: Millimetre,
        },
    }
}

/// The limit of one reading with the row that sets it.
pub(super) struct Limit<'a> {
    pub value: Decimal,
    pub row: String,
    pub source: &'a str,
    pub provenance: Provenance,
}

impl<'a> Limit<'a> {
    fn of_band(band: &'a Band<Dioptre>, (name, symbol): (&str, &str)) -> Self {
        Self {
            value: band.limit.value(),
            row: format!("{name}, {}", band.range(symbol)),
            source: band.source.as_str(),
            provenance: band.provenance,
        }
    }

    fn of<K: Kind>(row: &'a LensLimit<Quantity<K>>, name: &str) -> Self {
        Self {
            value: row.limit.value(),
            row: name.to_owned(),
            source: row.source.as_str(),
            provenance: row.provenance,
        }
    }
}

impl InstrumentReading {
    pub(super) fn aspect(&self) -> Aspect {
        let (code, zh, en) = match self {
            Self::Sphere { nominal, .. } if nominal.is_zero() => ("ZERO", "零位误差", "zero error"),
            Self::Sphere { .. } => ("SPHERE", "球镜示值误差", "error of the sphere"),
            Self::Cylinder { .. } => ("CYLINDER", "柱镜示值误差", "error of the cylinder"),
            Self::Axis { .. } => ("AXIS", "轴位示值误差", "error of the axis"),
            Self::Prism { .. } => ("PRISM", "棱镜示值误差", "error of the prism"),
            Self::PupillaryDistance { .. } => (
                "PUPILLARY_DISTANCE",
                "瞳距示值误差",
                "error of the pupillary distance",
            ),
            Self::CurvatureRadius { .. } => (
                "CURVATURE_RADIUS",
                "曲率半径示值误差",
                "error of the radius of curvature",
            ),
        };
        Aspect { code, zh, en }
    }

    /// Indicated less nominal, and its unit; of an axis the angle between both.
    pub(super) fn error(&self) -> (Decimal, &'static str) {
        match *self {
            Self::Sphere { nominal, indicated } | Self::Cylinder { nominal, indicated } => {
                (indicated.minus(nominal), Dioptre::UNIT)
            }
            Self::Axis { nominal, indicated } => {
                (angle_between(nominal, indicated), DegreeDifference::UNIT)
            }
            Self::Prism { nominal, indicated } => (indicated.minus(nominal), PrismDioptre::UNIT),
            Self::PupillaryDistance { nominal, indicated }
            | Self::CurvatureRadius { nominal, indicated } => {
                (indicated.minus(nominal), Millimetre::UNIT)
            }
        }
    }

    pub(super) fn is_power(&self) -> bool {
        matches!(self, Self::Sphere { .. } | Self::Cylinder { .. })
    }

    /// The limits it may have, the least first: one, or none where nobody knows it. A zero without the
    /// resolution that decides its limit has that of every resolution.
    pub(super) fn limits<'a>(
        &self,
        limits: &'a InstrumentLimits,
        resolution: Option<Dioptre>,
    ) -> Vec<Limit<'a>> {
        let mut known: Vec<Limit<'a>> = match (self, &limits.zero, resolution) {
            (Self::Sphere { nominal, .. }, Some(zero), None) if nominal.is_zero() => {
                let of_zero = |band| Limit::of_band(band, ("zero", "resolution"));
                zero.rows().iter().map(of_zero).collect()
            }
            _ => self.limit(limits, resolution).into_iter().collect(),
        };
        known.sort_by_key(|limit| limit.value);
        known
    }

    fn limit<'a>(
        &self,
        limits: &'a InstrumentLimits,
        resolution: Option<Dioptre>,
    ) -> Option<Limit<'a>> {
        match self {
            Self::Sphere { nominal, .. } => {
                let (bands, by, names) = match (&limits.zero, nominal.is_zero()) {
                    (Some(zero), true) => (zero, resolution?, ("zero", "resolution")),
                    _ => {
                        let size = Dioptre::from_value(nominal.value().abs())?;
                        (limits.sphere.as_ref()?, size, ("sphere", "|D|"))
                    }
                };
                Some(Limit::of_band(bands.at(by)?, names))
            }
            Self::Cylinder { .. } => Some(Limit::of(limits.cylinder.as_ref()?, "cylinder")),
            Self::Axis { .. } => Some(Limit::of(limits.axis.as_ref()?, "axis")),
            Self::PupillaryDistance { .. } => {
                let row = limits.pupillary_distance.as_ref()?;
                Some(Limit::of(row, "pupillary distance"))
            }
            Self::Prism { .. } | Self::CurvatureRadius { .. } => None,
        }
    }
}
