//! Weighing instruments: the facts on their plate, the error they are permitted, and their test.
//!
//! The permitted error of a scale depends on the load counted in verification scale intervals `e`; in
//! service it is a multiple (two) of the error on initial verification (JJG 539-2016, OIML R 76-1).
//! Other families ask for the in-service error of a scale by its [`ScaleFacts`]; [`judge`] judges the
//! test of a scale.
//!
//! # How a test is judged
//!
//! 1. The day of the test picks the edition; the measurement may name OIML R 76-1 instead of the law
//!    of China, which covers classes III and IIII only.
//! 2. The plate: `e` must be one the class allows, the number of intervals n = Max/e of every partial
//!    weighing range must lie within the class, and Min must be at least so many `e` (R 76-1, table 3).
//! 3. The weights: a certificate that has run out, or weights whose errors add up to more than a third
//!    of the error permitted at the greatest load, let nothing conform. An error that is beyond its limit by
//!    more than that sum fails all the same, and so does what does not hang on the weights.
//! 4. Each reading has an error E = P − L with P = I + 0.5 e − ΔL, where ΔL is the small weight that
//!    made the indication I change. Without small weights E = I − L; then the rounding of the
//!    indication is in the error, which a note says. The zero error E0 is taken off: Ec = E − E0.
//! 5. Weighing and eccentricity: Ec lies within the permitted error at the load, that of the table
//!    times the multiple of the stage. `e` is that of the partial weighing range the load lies in.
//!    The load is put off centre on each quarter of a table, along a rolling platform at three places,
//!    elsewhere on each support; fewer places are screening only. A scale that goods hang from has none.
//! 6. Repeatability: the greatest indication less the least is at most the permitted error.
//! 7. Zero: E0 is within 0.25 `e`. Discrimination: 1.4 `d` more changes the indication; a smaller
//!    weight that changes it proves it too, and a greater one that does not refutes it.
//! 8. Price: unit price times net mass, rounded to the fen, is what is shown.
//! 9. Tare: what the empty scale shows after it took a tare is within 0.25 `e`, and the net load beside a
//!    tare is held to the errors of the table (R 76-1: they hold for net loads, not for preset tare). A
//!    scale whose plate states a subtractive tare is to be tested with one.
//! 10. Keys and modes: a load that shows something else after a key, the remote control or a password,
//!     by more than the error permitted at it, fails and is a sign of cheating. A note says that the
//!     instrument stays as it is; whether anybody cheated, a person decides.
//! 11. A weighing test without Min, a load where the permitted error changes, or Max, or with fewer
//!     than five different loads, or a load repeated fewer than three times, is screening only.

mod check;
mod course;
mod judge;
mod modes;
mod parts;
mod plate;
mod tare;
mod test;
mod trials;
mod undone;
mod weights;
mod words;

use std::fmt;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::input::{InputError, InputProblem};
use crate::quantity::{Gram, Intervals};
use crate::refusal::JudgeError;
use crate::rules::{Band, Bands, Provenance, ScaleRules};

pub use crate::stage::TestStage;
pub use judge::judge;
pub use test::{
    DiscriminationTrial, EccentricReading, IndicationAfter, LoadReceptor, ModeReading,
    RepeatedReading, ScaleKind, ScaleMode, ScalePlate, ScaleReading, ScaleTest, ShownPrice,
    TareReading, WeighingRange,
};
pub use weights::{TestWeights, WeightClass};

/// The accuracy classes of scales, finest first. The law of China has limits for III and IIII.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum ScaleClass {
    /// Special accuracy (特种准确度).
    I,
    /// High accuracy (高准确度).
    II,
    /// Medium accuracy (中准确度).
    III,
    /// Ordinary accuracy (普通准确度).
    IIII,
}

impl ScaleClass {
    /// All of them.
    pub(crate) const ALL: [Self; 4] = [Self::I, Self::II, Self::III, Self::IIII];

    /// What the class is called in Chinese.
    pub(crate) fn name_zh(self) -> &'static str {
        match self {
            Self::I => "特种准确度级",
            Self::II => "高准确度级",
            Self::III => "中准确度级",
            Self::IIII => "普通准确度级",
        }
    }
}

/// What the plate of a scale says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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
            return Err(InputError::at("scale.e", InputProblem::NotPositive));
        }
        if max <= e {
            let why = "Max is not above the interval e";
            return Err(InputError::at("scale.max", InputProblem::Absurd { why }));
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

/// What the plate of a scale says.
#[derive(Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
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
    type Error = String;

    fn try_from(Plate { class, e, max }: Plate) -> Result<Self, String> {
        Self::new(class, e, max).map_err(|error| format!("{}: {error}", error.code()))
    }
}

impl fmt::Display for ScaleClass {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::I => "I",
            Self::II => "II",
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

/// The initial errors of a class, or the refusal of a class that the edition does not cover.
fn bands_of<'a>(
    rules: &'a ScaleRules,
    class: ScaleClass,
    field: &'static str,
) -> Result<&'a [Band<Intervals>], InputError> {
    let why = "the edition has no limits for this accuracy class";
    rules
        .initial_of(class)
        .map(Bands::rows)
        .ok_or(InputError::at(field, InputProblem::OutOfScope { why }))
}

/// The band of a load, its end included; nothing above the table. Compared as load against a multiple
/// of `e`, since a division would not be exact.
fn band_at(bands: &[Band<Intervals>], e: Gram, load: Gram) -> Option<&Band<Intervals>> {
    bands
        .iter()
        .find(|band| band.up_to.is_none_or(|end| load.value() <= end.grams(e)))
}

/// Refuses plate facts that no scale of the class can have.
pub(crate) fn check_intervals(rules: &ScaleRules, scale: &ScaleFacts) -> Result<(), InputError> {
    let bands = bands_of(rules, scale.class, "scale.class")?;
    match band_at(bands, scale.e, scale.max) {
        Some(_) => Ok(()),
        None => Err(InputError::at("scale.max", InputProblem::TooManyIntervals)),
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
    let bands = bands_of(rules, scale.class, "scale.class")?;
    let Some(band) = band_at(bands, scale.e, load) else {
        return Ok(None);
    };
    let factor = rules.in_service.factor.get();
    let limit = scale
        .e
        .times(band.limit.value() * Decimal::from(factor))
        .ok_or_else(|| {
            let why = "its permissible error has no exact value in grams";
            InputError::at("scale.e", InputProblem::Absurd { why })
        })?;
    Ok(Some(InServiceError {
        limit,
        initial_in_e: band.limit.value(),
        factor,
        row: format!(
            "class {} scale in service, e = {}, {}",
            scale.class,
            scale.e,
            band.range("load"),
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
        let error = in_service_error(edition.rules, &scale, gram(load)).unwrap();
        error.map(|error| error.limit.value().to_string())
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
            (zero.code(), &*zero.field),
            ("QUANTITY_NOT_POSITIVE", "scale.e")
        );
        let small = ScaleFacts::new(ScaleClass::III, gram("5"), gram("5")).unwrap_err();
        assert_eq!((small.code(), &*small.field), ("VALUE_ABSURD", "scale.max"));
        assert!(
            serde_json::from_str::<ScaleFacts>(r#"{"class":"III","e":"0 g","max":"1 g"}"#).is_err()
        );
    }
}
