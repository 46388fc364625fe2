//! The kinds of measuring instruments.

use serde::{Deserialize, Serialize};

/// What a measuring instrument is: the kinds of the table of verification intervals, and those that
/// a merchant's ledger tells apart within one row of it. A measurement names a kind as the table does
/// (`PRICE_COMPUTING_SCALE`); a ledger has words of its own (`price_scale`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[derive(strum::Display, strum::EnumString, strum::EnumIter, strum::IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum InstrumentKind {
    /// Price-computing and other digital indicating scales (电子计价秤、数字指示秤).
    #[strum(serialize = "price_scale")]
    PriceComputingScale,
    /// Truck scale (汽车衡).
    TruckScale,
    /// Mechanical platform or counter scale (机械台秤、案秤).
    MechanicalScale,
    /// Steelyard (杆秤).
    Steelyard,
    /// Automatic checkweigher or belt scale (自动衡器).
    AutomaticScale,
    /// Weights used in trade (砝码).
    TradeWeight,
    /// Fuel dispenser (燃油加油机).
    FuelDispenser,
    /// Dispenser of compressed natural gas (压缩天然气加气机).
    CngDispenser,
    /// Dispenser of liquefied natural gas (液化天然气加气机).
    LngDispenser,
    /// Charger of electric vehicles (电动汽车充电桩).
    EvCharger,
    /// Standard metal measure (标准金属量器).
    StandardMetalMeasure,
    /// Cold-water meter up to DN 25 (冷水水表).
    #[serde(rename = "WATER_METER_UP_TO_DN25")]
    WaterMeterUpToDn25,
    /// Water meter above DN 25 up to DN 50.
    #[serde(rename = "WATER_METER_DN25_TO_DN50")]
    WaterMeterDn25ToDn50,
    /// Water meter above DN 50.
    #[serde(rename = "WATER_METER_ABOVE_DN50")]
    WaterMeterAboveDn50,
    /// Gas meter up to G16 (燃气表): under compulsory verification. The word is older than that.
    #[serde(rename = "GAS_METER_UP_TO_10")]
    GasMeterUpTo10,
    /// Gas meter above G16: under none.
    #[serde(rename = "GAS_METER_ABOVE_10")]
    GasMeterAbove10,
    /// Single-phase electricity meter (单相电能表).
    ElectricityMeter,
    /// Heat meter (热能表).
    HeatMeter,
    /// Taximeter (出租汽车计价器).
    Taximeter,
    /// Grain moisture meter (谷物水分测定仪).
    GrainMoistureMeter,
    /// Mercury or aneroid sphygmomanometer (血压计、血压表).
    Sphygmomanometer,
    /// Electronic sphygmomanometer (电子血压计).
    ElectronicSphygmomanometer,
    /// Electrocardiograph (心电图机).
    Electrocardiograph,
    /// Focimeter (焦度计).
    Focimeter,
    /// Eye refractometer (验光仪).
    Refractometer,
    /// Phoropter (综合验光仪).
    Phoropter,
    /// Trial lens set (验光镜片箱).
    TrialLensSet,
    /// Keratometer (角膜曲率计).
    Keratometer,
    /// Pupilometer (瞳距仪).
    Pupilometer,
    /// Glass clinical thermometer (玻璃体温计).
    ClinicalThermometer,
    /// Pressure gauge for safety (压力表).
    PressureGauge,
    /// Radar speed meter (雷达测速仪).
    RadarSpeedMeter,
    /// Breath alcohol tester (呼出气体酒精含量检测仪).
    BreathAlcoholTester,
    /// Sound level meter (声级计).
    SoundLevelMeter,
    /// Anything else.
    Other,
    /// A market's fair-check scale (公平秤). On a ledger only.
    #[serde(skip)]
    FairScale,
    /// Platform scale (台秤), digital or mechanical. On a ledger only.
    #[serde(skip)]
    PlatformScale,
    /// Automatic checkweigher (自动检重秤). On a ledger only.
    #[serde(skip)]
    Checkweigher,
}

impl InstrumentKind {
    /// The kind whose row of the table of verification intervals speaks of it.
    pub fn listed_as(self) -> Self {
        match self {
            // Digital indicating scales have one row. A mechanical platform scale has its own, with
            // the same interval.
            Self::FairScale | Self::PlatformScale => Self::PriceComputingScale,
            Self::Checkweigher => Self::AutomaticScale,
            listed => listed,
        }
    }
}

#[cfg(test)]
mod tests {
    use strum::IntoEnumIterator;

    use super::*;

    #[test]
    fn every_kind_reads_back_from_its_word_on_a_ledger() {
        for kind in InstrumentKind::iter() {
            assert_eq!(kind.to_string().parse(), Ok(kind));
            assert!(kind.to_string().len() <= 32, "{kind} fits its column");
        }
        assert_eq!(
            InstrumentKind::PriceComputingScale.to_string(),
            "price_scale"
        );
    }

    #[test]
    fn a_measurement_names_what_the_table_lists_and_nothing_else() {
        for kind in InstrumentKind::iter() {
            let is_listed = kind.listed_as() == kind;
            assert_eq!(serde_json::to_string(&kind).is_ok(), is_listed, "{kind}");
        }
        let fair = serde_json::from_str::<InstrumentKind>("\"FAIR_SCALE\"");
        assert!(fair.is_err());
    }
}
