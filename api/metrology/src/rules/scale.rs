//! What a non-automatic weighing instrument must keep to: its plate, its errors, its tests. Numbers
//! counted in intervals `e` or `d`, since one table serves scales of every size.

use std::num::NonZeroU8;

use serde::Deserialize;

use super::file::Document;
use super::{BandProblem, Bands, Family, PickedBy, Provenance, RuleError, RuleText, ViolationCode};
use crate::quantity::{Gram, Intervals, Percent, Yuan};
use crate::scale::ScaleClass;
use crate::verdict::Rounding;

/// The limits and tests of one edition.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScaleRules {
    /// Errors on initial verification, by accuracy class.
    pub initial: InitialErrors,
    /// What becomes of them in service.
    pub in_service: StageRow,
    /// What becomes of them on subsequent verification.
    pub subsequent: StageRow,
    /// What `e`, Max and Min each accuracy class allows.
    pub classes: ClassTable,
    /// Accuracy of zero-setting.
    pub zero: ZeroRow,
    /// The loads of the eccentricity test.
    pub eccentricity: EccentricityRow,
    /// The discrimination test.
    pub discrimination: DiscriminationRow,
    /// The repeatability test.
    pub repeatability: RepeatabilityRow,
    /// The loads of the weighing test.
    pub load_points: LoadPointsRow,
    /// The price to pay.
    pub price: PriceRow,
}

/// Errors on initial verification. A class that the edition does not cover is absent.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InitialErrors {
    /// Special accuracy.
    pub class_i: Option<Bands<Intervals>>,
    /// High accuracy.
    pub class_ii: Option<Bands<Intervals>>,
    /// Medium accuracy.
    pub class_iii: Option<Bands<Intervals>>,
    /// Ordinary accuracy.
    pub class_iiii: Option<Bands<Intervals>>,
}

/// How many times the initial error is permitted at a later stage of an instrument's life.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StageRow {
    /// The multiple.
    pub factor: NonZeroU8,
    /// The code of the violation that a failure at this stage suggests.
    pub violation: Option<ViolationCode>,
    /// How well the row is known.
    pub provenance: Provenance,
    /// Where the row is from.
    pub source: RuleText,
}

/// The rows of the accuracy classes. A class that the edition does not cover has none.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClassTable {
    /// Special accuracy.
    #[serde(default)]
    pub class_i: Vec<ClassRow>,
    /// High accuracy.
    #[serde(default)]
    pub class_ii: Vec<ClassRow>,
    /// Medium accuracy.
    #[serde(default)]
    pub class_iii: Vec<ClassRow>,
    /// Ordinary accuracy.
    #[serde(default)]
    pub class_iiii: Vec<ClassRow>,
}

/// What a class allows to scales whose `e` lies from `e_from` to `e_to`, both included.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClassRow {
    /// The least verification scale interval `e`.
    pub e_from: Gram,
    /// The greatest; absent where there is no greatest.
    pub e_to: Option<Gram>,
    /// The least number of intervals, n = Max/e.
    pub n_min: u32,
    /// The greatest number of intervals; absent where there is no greatest.
    pub n_max: Option<u32>,
    /// The least minimum capacity, Min.
    pub min: Intervals,
    /// How well the row is known.
    pub provenance: Provenance,
    /// Where the row is from.
    pub source: RuleText,
}

/// Accuracy of zero-setting.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ZeroRow {
    /// The greatest error of zero, to either side.
    pub limit: Intervals,
    /// The load at which the zero error is found while zero tracking runs.
    pub tracking_load: Intervals,
    /// How well the row is known.
    pub provenance: Provenance,
    /// Where the row is from.
    pub source: RuleText,
}

/// The loads of the eccentricity test, as parts of Max and the additive tare together.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EccentricityRow {
    /// Up to so many supports, a load receptor has few.
    pub few_supports: NonZeroU8,
    /// On few supports the load is one part of so many; on more supports one of their number less 1.
    pub few_part: NonZeroU8,
    /// On a hopper or tank the load is one part of so many.
    pub hopper_part: NonZeroU8,
    /// A rolling load is at most this share of Max.
    pub rolling_at_most: Percent,
    /// How well the row is known.
    pub provenance: Provenance,
    /// Where the row is from.
    pub source: RuleText,
}

/// The discrimination test.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DiscriminationRow {
    /// The extra load that must change the indication, counted in actual scale intervals `d` though
    /// written with the symbol `e`.
    pub extra_in_d: Intervals,
    /// How well the row is known.
    pub provenance: Provenance,
    /// Where the row is from.
    pub source: RuleText,
}

/// The repeatability test: the spread may be at most the error permitted at the load.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RepeatabilityRow {
    /// The least number of weighings of a load.
    pub runs: u8,
    /// How well the number of weighings is known.
    pub runs_provenance: Provenance,
    /// How well the limit of the spread is known.
    pub provenance: Provenance,
    /// Where the row is from.
    pub source: RuleText,
}

/// The loads of the weighing test: Min, where the permitted error changes, and Max.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LoadPointsRow {
    /// The least number of different loads.
    pub least: u8,
    /// How well the row is known.
    pub provenance: Provenance,
    /// Where the row is from.
    pub source: RuleText,
}

/// The price to pay that a scale shows.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PriceRow {
    /// How unit price times net mass is rounded.
    pub rounding: Rounding,
    /// To how many decimals of a yuan it is rounded.
    pub decimals: u8,
    /// How far the price shown may lie from that.
    pub limit: Yuan,
    /// How well the row is known.
    pub provenance: Provenance,
    /// Where the row is from.
    pub source: RuleText,
}

impl ScaleRules {
    /// The initial errors of an accuracy class; nothing where the edition does not cover it.
    pub fn initial_of(&self, class: ScaleClass) -> Option<&Bands<Intervals>> {
        match class {
            ScaleClass::I => self.initial.class_i.as_ref(),
            ScaleClass::II => self.initial.class_ii.as_ref(),
            ScaleClass::III => self.initial.class_iii.as_ref(),
            ScaleClass::IIII => self.initial.class_iiii.as_ref(),
        }
    }

    /// The row of an accuracy class for an interval `e`; nothing where the class has no such `e`.
    pub fn class_row(&self, class: ScaleClass, e: Gram) -> Option<&ClassRow> {
        let rows = self.rows_of(class);
        rows.iter()
            .find(|row| row.e_from <= e && row.e_to.is_none_or(|end| e <= end))
    }

    /// The rows of an accuracy class.
    pub fn rows_of(&self, class: ScaleClass) -> &[ClassRow] {
        match class {
            ScaleClass::I => &self.classes.class_i,
            ScaleClass::II => &self.classes.class_ii,
            ScaleClass::III => &self.classes.class_iii,
            ScaleClass::IIII => &self.classes.class_iiii,
        }
    }

    fn check_class(&self, file: &str, class: ScaleClass) -> Result<(), RuleError> {
        let table = format!("classes.class_{}", class.to_string().to_lowercase());
        let rows = self.rows_of(class);
        let Some(bands) = self.initial_of(class) else {
            // Rows without errors would promise a class that cannot be judged.
            return match rows {
                [] => Ok(()),
                _ => Err(RuleError::row(file, table, BandProblem::NoLimit)),
            };
        };
        let errors = format!("initial.class_{}", class.to_string().to_lowercase());
        bands.check_with_limits(file, &errors)?;
        if rows.is_empty() {
            return Err(RuleError::row(file, table, BandProblem::Empty));
        }
        let mut before: Option<Gram> = None;
        for (index, row) in rows.iter().enumerate() {
            let is_upside_down = row.e_to.is_some_and(|end| end < row.e_from)
                || row.n_max.is_some_and(|most| most < row.n_min);
            let is_after = match (index, before) {
                (0, _) => true,
                (_, Some(end)) => end < row.e_from,
                (_, None) => false,
            };
            if is_upside_down || !is_after {
                let row = format!("{table}, row {}", index + 1);
                return Err(RuleError::row(file, row, BandProblem::Unsorted));
            }
            before = row.e_to;
        }
        Ok(())
    }
}

impl Family for ScaleRules {
    const NAME: &'static str = "scale_limits";
    const PICKED_BY: PickedBy = PickedBy::InspectionDate;

    fn of(document: &Document) -> Option<&Self> {
        document.scale_limits.as_ref()
    }

    fn check(&self, file: &str) -> Result<(), RuleError> {
        for class in ScaleClass::ALL {
            self.check_class(file, class)?;
        }
        let nothing = [
            ("zero", self.zero.limit.is_zero()),
            ("discrimination", self.discrimination.extra_in_d.is_zero()),
        ];
        match nothing.iter().find(|(_, is_zero)| *is_zero) {
            Some((row, _)) => Err(RuleError::row(file, *row, BandProblem::NoLimit)),
            None => Ok(()),
        }
    }
}
