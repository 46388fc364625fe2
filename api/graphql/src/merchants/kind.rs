//! What an instrument is, in the words of the contract: every kind that a ledger holds.

use async_graphql::Enum;
use liangxin_domain::merchants::instrument::InstrumentKind;

/// What an instrument is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(name = "InstrumentKind", remote = "InstrumentKind")]
pub(crate) enum InstrumentKindView {
    /// Electronic price-computing scale.
    #[graphql(name = "PRICE_SCALE")]
    PriceComputingScale,
    /// A market's fair-check scale.
    FairScale,
    /// Platform scale.
    PlatformScale,
    /// Truck scale.
    TruckScale,
    /// Mechanical platform or counter scale.
    MechanicalScale,
    /// Steelyard.
    Steelyard,
    /// Automatic scale or belt scale.
    AutomaticScale,
    /// Automatic checkweigher.
    Checkweigher,
    /// Weights used in trade.
    TradeWeight,
    /// Fuel dispenser.
    FuelDispenser,
    /// Dispenser of compressed natural gas.
    CngDispenser,
    /// Dispenser of liquefied natural gas.
    LngDispenser,
    /// Charger of electric vehicles.
    EvCharger,
    /// Standard metal measure.
    StandardMetalMeasure,
    /// Cold-water meter up to DN 25.
    #[graphql(name = "WATER_METER_UP_TO_DN25")]
    WaterMeterUpToDn25,
    /// Water meter above DN 25 up to DN 50.
    #[graphql(name = "WATER_METER_DN25_TO_DN50")]
    WaterMeterDn25ToDn50,
    /// Water meter above DN 50.
    #[graphql(name = "WATER_METER_ABOVE_DN50")]
    WaterMeterAboveDn50,
    /// Gas meter up to G16: under compulsory verification. The word is older than that.
    #[graphql(name = "GAS_METER_UP_TO_10")]
    GasMeterUpTo10,
    /// Gas meter above G16: under none.
    #[graphql(name = "GAS_METER_ABOVE_10")]
    GasMeterAbove10,
    /// Single-phase electricity meter.
    ElectricityMeter,
    /// Heat meter.
    HeatMeter,
    /// Taximeter.
    Taximeter,
    /// Grain moisture meter.
    GrainMoistureMeter,
    /// Mercury or aneroid sphygmomanometer.
    Sphygmomanometer,
    /// Electronic sphygmomanometer.
    ElectronicSphygmomanometer,
    /// Electrocardiograph.
    Electrocardiograph,
    /// Focimeter.
    Focimeter,
    /// Refractometer.
    Refractometer,
    /// Phoropter.
    Phoropter,
    /// Trial lens set.
    TrialLensSet,
    /// Keratometer.
    Keratometer,
    /// Pupilometer.
    Pupilometer,
    /// Glass clinical thermometer.
    ClinicalThermometer,
    /// Pressure gauge for safety.
    PressureGauge,
    /// Radar speed meter.
    RadarSpeedMeter,
    /// Breath alcohol tester.
    BreathAlcoholTester,
    /// Sound level meter.
    SoundLevelMeter,
    /// Anything else, such as a hydrogen dispenser.
    Other,
}
