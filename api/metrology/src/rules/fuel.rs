//! The form of the fuel dispenser rules (燃油加油机检定规程, JJG 443).

use serde::Deserialize;

use super::file::Document;
use super::series::check_limit;
use super::{
    BandProblem, ErrorReading, Family, LimitRow, PickedBy, Provenance, RangeDivisors,
    RequirementRow, RuleError, RuleText, ViolationsByCost,
};
use crate::fuel::{Fuel, MeasureMaterial};
use crate::quantity::{Celsius, LitrePerMinute, PerCelsius, Percent};

/// One edition of the fuel dispenser rules.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
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
    /// That both flow points are tested; absent where the edition is not known to want it.
    pub both_flow_points: Option<RequirementRow>,
    /// That the sum paid is price times volume, to the minimum payment step (最小付费变量); absent
    /// where the edition is not known to want it.
    pub payment: Option<RequirementRow>,
    /// That the seals are whole.
    pub seals: RequirementRow,
    /// That the dispenser locks itself when pulse or volume is abnormal; absent before 2023.
    pub self_lock: Option<RequirementRow>,
    /// That transducer, encoder, control board and software are those of the type; absent before 2023.
    pub type_match: Option<RequirementRow>,
    /// That every hose has a transducer of its own; absent before 2023.
    pub own_transducer: Option<RequirementRow>,
    /// The conditions of a test; they only ever make notes.
    pub conditions: ConditionsRow,
    /// When errors all on one side are pointed out.
    pub systematic_bias: BiasRow,
}

/// The limits at one kind of point.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PointLimits {
    /// The greatest error of indication, on either side.
    pub error: LimitRow,
    /// The greatest repeatability.
    pub repeatability: LimitRow,
}

/// How many runs a point needs.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RunsRow {
    /// The least number.
    pub least: u8,
    /// How well the row is known.
    pub provenance: Provenance,
    /// Where the row is from.
    pub source: RuleText,
}

/// One coefficient of expansion by temperature.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExpansionRow {
    /// The coefficient.
    pub beta: PerCelsius,
    /// How well the row is known.
    pub provenance: Provenance,
    /// Where the row is from.
    pub source: RuleText,
}

/// β_Y of each fuel.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FuelExpansion {
    /// Petrol (汽油).
    pub petrol: ExpansionRow,
    /// Kerosene (煤油).
    pub kerosene: ExpansionRow,
    /// Light diesel (轻柴油).
    pub diesel: ExpansionRow,
}

impl FuelExpansion {
    /// The row of a fuel.
    pub fn of(&self, fuel: Fuel) -> &ExpansionRow {
        match fuel {
            Fuel::Petrol => &self.petrol,
            Fuel::Kerosene => &self.kerosene,
            Fuel::Diesel => &self.diesel,
        }
    }
}

/// β_B of each material.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MeasureExpansion {
    /// Stainless steel (不锈钢).
    pub stainless_steel: ExpansionRow,
    /// Carbon steel (碳钢).
    pub carbon_steel: ExpansionRow,
}

impl MeasureExpansion {
    /// The row of a material.
    pub fn of(&self, material: MeasureMaterial) -> &ExpansionRow {
        match material {
            MeasureMaterial::StainlessSteel => &self.stainless_steel,
            MeasureMaterial::CarbonSteel => &self.carbon_steel,
        }
    }
}

/// The temperature at which the measure holds its nominal volume.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReferenceTemperature {
    /// The temperature.
    pub temperature: Celsius,
    /// How well the row is known.
    pub provenance: Provenance,
    /// Where the row is from.
    pub source: RuleText,
}

/// The dispensers an edition covers.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScopeRow {
    /// The greatest maximum flow.
    pub max_flow: LitrePerMinute,
    /// How well the row is known.
    pub provenance: Provenance,
    /// Where the row is from.
    pub source: RuleText,
}

/// The conditions of a test.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ConditionsRow {
    /// The greatest difference between the oil at the nozzle and in the measure.
    pub difference_up_to: Celsius,
    /// The greatest temperature of the oil.
    pub oil_up_to: Celsius,
    /// The least temperature of the air.
    pub ambient_from: Celsius,
    /// The greatest temperature of the air.
    pub ambient_up_to: Celsius,
    /// How well the row is known.
    pub provenance: Provenance,
    /// Where the row is from.
    pub source: RuleText,
}

/// When errors all on one side are pointed out. Not law.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BiasRow {
    /// How much of the limit the mean error of every point must exceed.
    pub share_of_limit: Percent,
    /// The least number of nozzles.
    pub nozzles: u8,
    /// How well the row is founded.
    pub provenance: Provenance,
    /// Where the row is from.
    pub source: RuleText,
}

impl Family for FuelRules {
    const NAME: &'static str = "fuel_dispenser";
    const PICKED_BY: PickedBy = PickedBy::InspectionDate;

    fn of(document: &Document) -> Option<&Self> {
        document.fuel_dispenser.as_ref()
    }

    fn check(&self, file: &str) -> Result<(), RuleError> {
        for (point, limits) in [
            ("flow_point", &self.flow_point),
            ("minimum_quantity", &self.minimum_quantity),
        ] {
            check_limit(file, &format!("{point}.error"), &limits.error)?;
            check_limit(
                file,
                &format!("{point}.repeatability"),
                &limits.repeatability,
            )?;
        }
        let FuelExpansion {
            petrol,
            kerosene,
            diesel,
        } = &self.fuel_expansion;
        let MeasureExpansion {
            stainless_steel,
            carbon_steel,
        } = &self.measure_expansion;
        for (row, expansion) in [
            ("fuel_expansion.petrol", petrol),
            ("fuel_expansion.kerosene", kerosene),
            ("fuel_expansion.diesel", diesel),
            ("measure_expansion.stainless_steel", stainless_steel),
            ("measure_expansion.carbon_steel", carbon_steel),
        ] {
            if expansion.beta.is_zero() {
                return Err(RuleError::row(file, row, BandProblem::NoLimit));
            }
        }
        self.range_divisors.check(file)
    }
}
