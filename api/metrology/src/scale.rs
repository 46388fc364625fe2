//! Weighing instruments: the facts on their plate and the error they are permitted in service.
//!
//! The in-service error is a multiple (two) of the error on initial verification, which depends on
//! the load counted in verification scale intervals `e` (JJG 539-2016, OIML R 76-1).

use std::fmt;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::input::InputError;
use crate::quantity::{Gram, plain};
use crate::rules::{Provenance, ScaleRules};
use crate::verdict::JudgeError;

/// The accuracy classes of scales in open trade.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum ScaleClass {
    /// Medium accuracy (中准确度).
    III,
    /// Ordinary accuracy (普通准确度).
    IIII,
}

/// What the plate of a scale says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "Plate", into = "Plate")]
pub struct ScaleFacts {
    class: ScaleClass,
    e: Gram,
    max: Gram,
}

impl ScaleFacts {
    /// A scale of accuracy class `class` with verification scale interval `e` and maximum capacity
    /// `max`. The interval must be above zero and the capacity above the interval; whether the class
    /// allows so many intervals is checked against the rules when judging.
    pub fn new(class: ScaleClass, e: Gram, max: Gram) -> Result<Self, InputError> {
        if e == Gram::ZERO {
            return Err(InputError::NotPositive { field: "scale.e" });
        }
        if max <= e {
            return Err(InputError::ScaleMaxTooSmall);
        }
        Ok(Self { class, e, max })
    }

    /// The accuracy class.
    pub fn class(&self) -> ScaleClass {
        self.class
    }

    /// The verification scale interval `e`.
    pub fn e(&self) -> Gram {
        self.e
    }

    /// The maximum capacity, Max.
    pub fn max(&self) -> Gram {
        self.max
    }
}

#[derive(Serialize, Deserialize)]
struct Plate {
    class: ScaleClass,
    e: Gram,
    max: Gram,
}

impl From<ScaleFacts> for Plate {
    fn from(ScaleFacts { class, e, max }: ScaleFacts) -> Self {
        Self { class, e, max }
    }
}

impl TryFrom<Plate> for ScaleFacts {
    type Error = InputError;

    fn try_from(Plate { class, e, max }: Plate) -> Result<Self, InputError> {
        Self::new(class, e, max)
    }
}

impl fmt::Display for ScaleClass {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::III => "III",
            Self::IIII => "IIII",
        })
    }
}

/// The error permitted to a scale in service at a load.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct InServiceError {
    pub limit: Gram,
    pub initial_in_e: Decimal,
    pub factor: u8,
    pub row: String,
    pub provenance: Provenance,
}

/// Refuses plate facts that no scale of the class can have.
pub(crate) fn check_intervals(rules: &ScaleRules, scale: &ScaleFacts) -> Result<(), InputError> {
    let bands = rules.initial_of(scale.class).rows();
    let is_known = bands
        .iter()
        .any(|band| scale.max.value() <= band.up_to.grams(scale.e));
    if is_known {
        Ok(())
    } else {
        Err(InputError::ScaleHasTooManyIntervals)
    }
}

/// The in-service error at `load`; nothing where the scale cannot weigh the load.
pub(crate) fn in_service_error(
    rules: &ScaleRules,
    scale: &ScaleFacts,
    load: Gram,
) -> Result<Option<InServiceError>, JudgeError> {
    if load > scale.max {
        return Ok(None);
    }
    let bands = rules.initial_of(scale.class).rows();
    // Compared as load against a multiple of e: a division would not be exact.
    let Some(band) = bands
        .iter()
        .find(|band| load.value() <= band.up_to.grams(scale.e))
    else {
        return Ok(None);
    };
    let factor = rules.in_service.factor.get();
    let limit = scale
        .e
        .times(band.limit.value() * Decimal::from(factor))
        .ok_or(JudgeError::NotExact {
            what: "in-service error",
        })?;
    Ok(Some(InServiceError {
        limit,
        initial_in_e: band.limit.value(),
        factor,
        row: format!(
            "class {} scale in service, e = {} g, {} e < load <= {} e",
            scale.class,
            plain(scale.e.value()),
            band.over,
            band.up_to,
        ),
        provenance: band.provenance.max(rules.in_service.provenance),
    }))
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::*;
    use crate::rules::RuleSet;

    fn gram(text: &str) -> Gram {
        Gram::parse(text).unwrap()
    }

    fn limit(class: ScaleClass, e: &str, max: &str, load: &str) -> Option<String> {
        let rules = RuleSet::embedded().unwrap();
        let day = NaiveDate::from_ymd_opt(2026, 11, 23).unwrap();
        let edition = rules.edition_on::<ScaleRules>(day).unwrap();
        let scale = ScaleFacts::new(class, gram(e), gram(max)).unwrap();
        let error = in_service_error(&edition.rules, &scale, gram(load)).unwrap();
        error.map(|error| error.limit.to_string())
    }

    #[test]
    fn the_in_service_error_of_class_iii_steps_at_500_and_2000_intervals() {
        let at = |load| limit(ScaleClass::III, "5", "30000", load);
        for (load, expected) in [
            ("0", "5"),
            ("2500", "5"),
            ("2500.0001", "10"),
            ("10000", "10"),
            ("10000.0001", "15"),
            ("30000", "15"),
        ] {
            assert_eq!(at(load).as_deref(), Some(expected), "{load}");
        }
        assert_eq!(at("30000.0001"), None);
    }

    #[test]
    fn the_in_service_error_of_class_iiii_steps_at_50_and_200_intervals() {
        let at = |load| limit(ScaleClass::IIII, "50", "50000", load);
        for (load, expected) in [
            ("2500", "50"),
            ("2500.0001", "100"),
            ("10000", "100"),
            ("10000.0001", "150"),
        ] {
            assert_eq!(at(load).as_deref(), Some(expected), "{load}");
        }
    }

    #[test]
    fn a_plate_that_cannot_be_is_refused() {
        let zero = ScaleFacts::new(ScaleClass::III, Gram::ZERO, gram("1")).unwrap_err();
        assert_eq!(
            (zero.code(), zero.field()),
            ("QUANTITY_NOT_POSITIVE", "scale.e")
        );
        let small = ScaleFacts::new(ScaleClass::III, gram("5"), gram("5")).unwrap_err();
        assert_eq!(
            (small.code(), small.field()),
            ("SCALE_MAX_TOO_SMALL", "scale.max")
        );
        assert!(
            serde_json::from_str::<ScaleFacts>(r#"{"class":"III","e":"0","max":"1"}"#).is_err()
        );
    }
}
