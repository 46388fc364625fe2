//! The form of the fuel dispenser rules (燃油加油机检定规程, JJG 443).

use super::file::Rows;
use super::{
    ErrorReading, LimitRow, Parts, RangeDivisors, RequirementRow, RuleError, StageReading,
    ViolationsByCost,
};
use crate::fuel::{Fuel, MeasureMaterial};
use crate::quantity::{Celsius, LitrePerMinute, PerCelsius, Percent};

rows! {
    /// One edition of the fuel dispenser rules.
    pub struct FuelRules {
        /// What a failed error or repeatability suggests.
        pub violations: ViolationsByCost,
        /// The limits at the flow points Q1 and Q2.
        pub flow_point: PointLimits,
        /// The limits at the minimum measured quantity (最小被测量).
        pub minimum_quantity: PointLimits,
        /// How many runs a point needs.
        pub runs: RunsRow,
        /// The divisors of the repeatability.
        pub range_divisors: RangeDivisors,
        /// Which error the limit binds.
        pub error_reading: ErrorReading,
        /// The expansion of the fuel, β_Y.
        pub fuel_expansion: FuelExpansion,
        /// The expansion of the measure, β_B.
        pub measure_expansion: MeasureExpansion,
        /// The temperature at which the measure holds its nominal volume.
        pub reference_temperature: ReferenceTemperature,
        /// The dispensers the edition covers; absent where that is not known.
        pub scope: Option<ScopeRow>,
        /// That the sum paid is price times volume, to the minimum payment step (最小付费变量); absent
        /// where the edition is not known to want it.
        pub payment: Option<RequirementRow>,
        /// That the seals are whole.
        pub seals: RequirementRow,
        /// That the dispenser locks itself when pulse or volume is abnormal; absent before 2023.
        pub self_lock: Option<RequirementRow>,
        /// That transducer, encoder, control board and software are those of the type; absent
        /// before 2023.
        pub type_match: Option<RequirementRow>,
        /// That every hose has a transducer of its own; absent before 2023.
        pub own_transducer: Option<RequirementRow>,
        /// The conditions of a test; they only ever make notes.
        pub conditions: ConditionsRow,
        /// When errors all on one side are pointed out.
        pub systematic_bias: BiasRow,
        /// How a verification is judged, of which the sources say nothing of its own.
        pub stages: StageReading,
        /// The parts without which nothing is found to conform.
        pub parts: Parts,
    }

    /// The limits at one kind of point.
    pub struct PointLimits {
        /// The greatest error of indication, on either side.
        pub error: LimitRow,
        /// The greatest repeatability.
        pub repeatability: LimitRow,
        /// That of the edition before, where it is not sure that this one changed it.
        pub repeatability_before: Option<LimitRow>,
    }

    /// How many runs a point needs.
    pub struct RunsRow {
        /// The least number.
        pub least: u8,
    } with source

    /// One coefficient of expansion by temperature.
    pub struct ExpansionRow {
        /// The coefficient.
        pub beta: PerCelsius,
    } with source

    /// β_Y of each fuel.
    pub struct FuelExpansion by Fuel => ExpansionRow {
        /// Petrol (汽油).
        Petrol => petrol,
        /// Kerosene (煤油).
        Kerosene => kerosene,
        /// Light diesel (轻柴油).
        Diesel => diesel,
    }

    /// β_B of each material.
    pub struct MeasureExpansion by MeasureMaterial => ExpansionRow {
        /// Stainless steel (不锈钢).
        StainlessSteel => stainless_steel,
        /// Carbon steel (碳钢).
        CarbonSteel => carbon_steel,
    }

    /// The temperature at which the measure holds its nominal volume.
    pub struct ReferenceTemperature {
        /// The temperature.
        pub temperature: Celsius,
    } with source

    /// The dispensers an edition covers.
    pub struct ScopeRow {
        /// The greatest maximum flow.
        pub max_flow: LitrePerMinute,
    } with source

    /// The conditions of a test.
    pub struct ConditionsRow {
        /// The greatest difference between the oil at the nozzle and in the measure.
        pub difference_up_to: Celsius,
        /// The greatest temperature of the oil.
        pub oil_up_to: Celsius,
        /// The least temperature of the air.
        pub ambient_from: Celsius,
        /// The greatest temperature of the air.
        pub ambient_up_to: Celsius,
    } with source

    /// When errors all on one side are pointed out. Not law.
    pub struct BiasRow {
        /// How much of the limit the mean error of every point must exceed.
        pub share_of_limit: Percent,
        /// The least number of nozzles.
        pub nozzles: u8,
    } with source
}

impl Rows for FuelRules {
    fn check(&self, file: &str) -> Result<(), RuleError> {
        for (point, limits) in [
            ("flow_point", &self.flow_point),
            ("minimum_quantity", &self.minimum_quantity),
        ] {
            limits.error.check(file, &format!("{point}.error"))?;
            let repeatability = format!("{point}.repeatability");
            limits.repeatability.check(file, &repeatability)?;
        }
        for (fuel, row) in self.fuel_expansion.each() {
            RuleError::if_zero(&row.beta, file, &format!("fuel_expansion.{fuel}"))?;
        }
        for (material, row) in self.measure_expansion.each() {
            RuleError::if_zero(&row.beta, file, &format!("measure_expansion.{material}"))?;
        }
        self.range_divisors.check(file)?;
        self.parts.check(file)
    }
}
