//! What a non-automatic weighing instrument must keep to: its plate, its errors, its tests. Numbers
//! counted in intervals `e` or `d`, since one table serves scales of every size.

use std::num::NonZeroU8;

use super::file::Rows;
use super::{BandProblem, Bands, Parts, RuleError, ViolationCode};
use crate::quantity::{Gram, Intervals, Percent, Yuan};
use crate::scale::ScaleClass;
use crate::verdict::Rounding;

rows! {
    /// The limits and tests of one edition.
    pub struct ScaleRules {
        /// The scales that the edition covers alone; absent where it covers all that no other edition
        /// does.
        pub price_computing: Option<PriceComputingRow>,
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
        /// Accuracy of tare-setting.
        pub tare: TareSettingRow,
        /// The loads of the eccentricity test.
        pub eccentricity: EccentricityRow,
        /// The places of the eccentricity test.
        pub eccentric_places: EccentricPlacesRow,
        /// The discrimination test.
        pub discrimination: DiscriminationRow,
        /// The repeatability test.
        pub repeatability: RepeatabilityRow,
        /// The loads of the weighing test.
        pub load_points: LoadPointsRow,
        /// From which loads on the other tests are those tests.
        pub test_loads: TestLoadsRow,
        /// The price to pay.
        pub price: PriceRow,
        /// The parts without which nothing is found to conform.
        pub parts: Parts,
    }

    /// That an edition covers price-computing scales alone.
    pub struct PriceComputingRow {
        /// The greatest Max of a price-computing scale, this capacity included.
        pub max_up_to: Gram,
    } with source

    /// Errors on initial verification. A class that the edition does not cover is absent.
    pub struct InitialErrors by ScaleClass => Option<Bands<Intervals>> {
        /// Special accuracy.
        I => class_i,
        /// High accuracy.
        II => class_ii,
        /// Medium accuracy.
        III => class_iii,
        /// Ordinary accuracy.
        IIII => class_iiii,
    }

    /// How many times the initial error is permitted at a later stage of an instrument's life.
    pub struct StageRow {
        /// The multiple.
        pub factor: NonZeroU8,
        /// The code of the violation that a failure at this stage suggests.
        pub violation: Option<ViolationCode>,
    } with source

    /// The rows of the accuracy classes. A class that the edition does not cover has none.
    pub struct ClassTable by ScaleClass => Vec<ClassRow> {
        /// Special accuracy.
        #[serde(default)]
        I => class_i,
        /// High accuracy.
        #[serde(default)]
        II => class_ii,
        /// Medium accuracy.
        #[serde(default)]
        III => class_iii,
        /// Ordinary accuracy.
        #[serde(default)]
        IIII => class_iiii,
    }

    /// What a class allows to scales whose `e` lies from `e_from` to `e_to`, both included.
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
    } with source

    /// Accuracy of zero-setting.
    pub struct ZeroRow {
        /// The greatest error of zero, to either side.
        pub limit: Intervals,
        /// The load at which the zero error is found while zero tracking runs.
        pub tracking_load: Intervals,
    } with source

    /// Accuracy of tare-setting; net loads beside a tare are held to the errors of the table.
    pub struct TareSettingRow {
        /// The greatest error after the tare was taken, to either side.
        pub limit: Intervals,
    } with source

    /// The loads of the eccentricity test, as parts of Max and the additive tare together.
    pub struct EccentricityRow {
        /// Up to so many supports, a load receptor has few.
        pub few_supports: NonZeroU8,
        /// On few supports the load is one part of so many; on more supports one of their number
        /// less 1.
        pub few_part: NonZeroU8,
        /// On a hopper or tank the load is one part of so many.
        pub hopper_part: NonZeroU8,
        /// A rolling load is at most this share of Max.
        pub rolling_at_most: Percent,
    } with source

    /// At how many places a load is put off centre. On a hopper, or above few supports, at each support.
    pub struct EccentricPlacesRow {
        /// On a table with few supports.
        pub table: u8,
        /// Along a platform that loads roll over.
        pub rolling: u8,
        /// On a scale that goods hang from.
        pub hook: u8,
    } with source

    /// The discrimination test.
    pub struct DiscriminationRow {
        /// The extra load that must change the indication, counted in actual scale intervals `d`
        /// though written with the symbol `e`.
        pub extra_in_d: Intervals,
    } with source

    /// The repeatability test: the spread may be at most the error permitted at the load.
    pub struct RepeatabilityRow {
        /// The least number of weighings of a load.
        pub runs: u8,
    } with source

    /// From which loads on a test is that test: whatever weighs less shows nothing.
    pub struct TestLoadsRow {
        /// A load off centre, as a share of the one that is asked for.
        pub eccentric_at_least: Percent,
        /// The heaviest load that was weighed again and again, as a share of Max.
        pub repeated_at_least: Percent,
    } with source

    /// The loads of the weighing test: Min, where the permitted error changes, and Max.
    pub struct LoadPointsRow {
        /// The least number of different loads.
        pub least: u8,
    } with source

    /// The price to pay that a scale shows.
    pub struct PriceRow {
        /// How unit price times net mass is rounded.
        pub rounding: Rounding,
        /// To how many decimals of a yuan it is rounded.
        pub decimals: u8,
        /// How far the price shown may lie from that.
        pub limit: Yuan,
    } with source
}

impl ScaleRules {
    /// The variant of the editions that cover price-computing scales alone.
    pub const PRICE_COMPUTING: &'static str = "price_computing";

    /// The initial errors of an accuracy class; nothing where the edition does not cover it.
    pub fn initial_of(&self, class: ScaleClass) -> Option<&Bands<Intervals>> {
        self.initial.of(class).as_ref()
    }

    /// The row of an accuracy class for an interval `e`; nothing where the class has no such `e`.
    pub fn class_row(&self, class: ScaleClass, e: Gram) -> Option<&ClassRow> {
        let rows = self.rows_of(class);
        rows.iter()
            .find(|row| row.e_from <= e && row.e_to.is_none_or(|end| e <= end))
    }

    /// The rows of an accuracy class.
    pub fn rows_of(&self, class: ScaleClass) -> &[ClassRow] {
        self.classes.of(class)
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

impl Rows for ScaleRules {
    fn variant(&self) -> &str {
        match self.price_computing {
            Some(_) => Self::PRICE_COMPUTING,
            None => "",
        }
    }

    fn check(&self, file: &str) -> Result<(), RuleError> {
        for class in ScaleClass::ALL {
            self.check_class(file, class)?;
        }
        RuleError::if_zero(&self.zero.limit, file, "zero")?;
        RuleError::if_zero(&self.tare.limit, file, "tare")?;
        RuleError::if_zero(&self.discrimination.extra_in_d, file, "discrimination")?;
        self.parts.check(file)
    }
}
