//! The form of the rules for finished spectacles: centres, axis, prism, readings.

use std::num::NonZeroU8;

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::Deserialize;

use super::file::Rows;
use super::lens_power::LensLimit;
use super::{BandProblem, Bands, Parts, Reading, RuleError, RuleText, ViolationCode};
use crate::optics::SpectacleKind;
use crate::quantity::{DegreeDifference, Dioptre, Millimetre, PrismDioptre};

rows! {
    /// One edition of the rules for finished spectacles (GB 13511.1). The power of their lenses is
    /// held against [`super::LensPowerRules`].
    pub struct SpectacleRules {
        /// The code of the violation that a failure suggests.
        pub violation: ViolationCode,
        /// Whether the standard is a recommended one, so that falling short of it alone breaks no
        /// mandatory standard.
        pub is_recommended: bool,
        /// How far the distance of the optical centres may be off, by the strongest meridian.
        pub centre_distance: Bands<Dioptre, CentreLimit>,
        /// What share of that one eye may take.
        pub each_eye: EachEye,
        /// How far the distance of the optical centres of reading spectacles may be off.
        pub reading_centre_distance: LensLimit<Millimetre>,
        /// How far one optical centre may lie above the other, by the strongest meridian.
        pub centre_height: Bands<Dioptre, CentreLimit>,
        /// How far the axis may be off, by the size of the cylinder.
        pub axis: Bands<Dioptre, DegreeDifference>,
        /// How far horizontal prism may be off: by the prism prescribed, then by the strongest
        /// meridian.
        pub prism_horizontal: Bands<PrismDioptre, Bands<Dioptre, PrismLimit>>,
        /// How far vertical prism may be off: by the prism prescribed, then by the strongest
        /// meridian.
        pub prism_vertical: Bands<PrismDioptre, Bands<Dioptre, PrismLimit>>,
        /// The choices taken where the text leaves one.
        pub readings: SpectacleReadings,
        /// Kinds of pairs that have a standard of their own.
        #[serde(default)]
        pub other_standards: Vec<OtherStandardRow>,
        /// The parts without which nothing is found to conform.
        pub parts: Parts,
    }
}

/// A limit on the place of an optical centre: a length, or for weak lenses, whose centre cannot be
/// found, the prism that the displacement makes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
pub enum CentreLimit {
    /// In millimetres.
    Length(Millimetre),
    /// In prism dioptres.
    Prism(PrismDioptre),
}

impl CentreLimit {
    fn is_zero(self) -> bool {
        match self {
            Self::Length(limit) => limit.is_zero(),
            Self::Prism(limit) => limit.is_zero(),
        }
    }
}

/// A limit on prism: a fixed part and the prism that a displacement makes at the power of the lens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PrismLimit {
    /// The fixed part.
    pub base: PrismDioptre,
    /// The displacement.
    pub shift: Millimetre,
}

impl PrismLimit {
    /// The limit at a power, in prism dioptres: the fixed part and power times displacement in
    /// centimetres (Prentice).
    pub fn at(&self, power: Dioptre) -> Decimal {
        self.base.value() + power.value().abs() * self.shift.value() * Decimal::new(1, 1)
    }
}

rows! {
    /// The share of the tolerance of the centre distance that one eye may take.
    pub struct EachEye {
        /// The tolerance of both is divided by this.
        pub divisor: NonZeroU8,
    } with source

    /// A kind of pairs with a standard of its own, which is not loaded.
    pub struct OtherStandardRow {
        /// The kind.
        pub kind: SpectacleKind,
        /// The number of the standard.
        pub standard: RuleText,
        /// Its title in Chinese.
        pub title_zh: RuleText,
        /// Its title in English.
        pub title_en: RuleText,
        /// The first day of manufacture that it holds for; absent where it holds for all of this
        /// edition.
        pub from: Option<NaiveDate>,
        /// What holds for the power of the lenses.
        pub lenses: LensesOf,
    } with source

    /// The choices taken where the text leaves one.
    pub struct SpectacleReadings {
        /// A power between two printed bands belongs to the upper one.
        pub band_between_steps: Reading,
        /// Of two lenses the stronger one picks the band.
        pub stronger_lens: Reading,
        /// Lenses with prescribed prism are held against the prism, not against the place of the
        /// centre.
        pub prism_moves_centre: Reading,
    }
}

/// What holds for the power of the lenses of a pair with a standard of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum LensesOf {
    /// The standard of lenses that is loaded.
    LensStandard,
    /// One that is not loaded either.
    OwnStandard,
}

impl SpectacleRules {
    /// The standard of its own that a kind of pairs made on a day has.
    pub fn other_standard(&self, kind: SpectacleKind, on: NaiveDate) -> Option<&OtherStandardRow> {
        let is_in_force = |row: &&OtherStandardRow| row.from.is_none_or(|from| from <= on);
        let mut rows = self.other_standards.iter().filter(is_in_force);
        rows.find(|row| row.kind == kind)
    }
}

impl Rows for SpectacleRules {
    fn check(&self, file: &str) -> Result<(), RuleError> {
        check_centres(file, "centre_distance", &self.centre_distance)?;
        check_centres(file, "centre_height", &self.centre_height)?;
        self.reading_centre_distance
            .check(file, "reading_centre_distance")?;
        self.axis.check_with_limits(file, "axis")?;
        check_prism(file, "prism_horizontal", &self.prism_horizontal)?;
        check_prism(file, "prism_vertical", &self.prism_vertical)?;
        self.parts.check(file)
    }
}

fn check_centres(
    file: &str,
    table: &str,
    bands: &Bands<Dioptre, CentreLimit>,
) -> Result<(), RuleError> {
    bands.check(file, table)?;
    if bands.rows().iter().any(|band| band.limit.is_zero()) {
        return Err(RuleError::row(file, table, BandProblem::NoLimit));
    }
    Ok(())
}

fn check_prism(
    file: &str,
    table: &str,
    bands: &Bands<PrismDioptre, Bands<Dioptre, PrismLimit>>,
) -> Result<(), RuleError> {
    bands.check(file, table)?;
    for band in bands.rows() {
        let table = format!("{table}, {}", band.range("P"));
        band.limit.check(file, &table)?;
        let is_nothing = |limit: &PrismLimit| limit.base.is_zero() && limit.shift.is_zero();
        if band.limit.rows().iter().any(|row| is_nothing(&row.limit)) {
            return Err(RuleError::row(file, table, BandProblem::NoLimit));
        }
    }
    Ok(())
}
