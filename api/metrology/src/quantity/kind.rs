//! The kinds of quantity: what each is measured in, how fine, and how great it may be.

use rust_decimal::Decimal;

use super::Quantity;

/// A kind of quantity. Implemented by the empty types of [`kinds`]; sealed, since every kind has its
/// place in the list that tells units of different kinds apart.
pub trait Kind: sealed::Sealed + 'static {
    /// What it is called in a refusal.
    const NAME: &'static str;
    /// The symbols it may be written in and how many base units each is worth; the base unit first.
    const UNITS: &'static [(&'static str, Decimal)];
    /// The most decimals, counted in the base unit.
    const DECIMALS: u32;
    /// The least value, in the base unit.
    const LEAST: Decimal;
    /// The greatest value, in the base unit.
    const MOST: Decimal;
}

mod sealed {
    pub trait Sealed {}
}

const fn int(value: u32) -> Decimal {
    Decimal::from_parts(value, 0, 0, false, 0)
}

const fn minus(value: u32) -> Decimal {
    Decimal::from_parts(value, 0, 0, true, 0)
}

const fn frac(value: u32, decimals: u32) -> Decimal {
    Decimal::from_parts(value, 0, 0, false, decimals)
}

const ZERO: Decimal = Decimal::ZERO;
const ONE: Decimal = Decimal::ONE;

/// The kinds themselves: names without values.
pub mod kinds {
    use super::{Decimal, Kind, ONE, ZERO, frac, int, minus, sealed};

    /// Writes down one kind: its type, its place in the seal, its units and its bounds.
    macro_rules! kind {
        ($(#[$doc:meta])* $name:ident, $text:literal, $units:expr, decimals $decimals:literal, $least:expr, $most:expr) => {
            $(#[$doc])*
            #[derive(Debug, Clone, Copy)]
            pub enum $name {}
            impl sealed::Sealed for $name {}
            impl Kind for $name {
                const NAME: &'static str = $text;
                const UNITS: &'static [(&'static str, Decimal)] = $units;
                const DECIMALS: u32 = $decimals;
                const LEAST: Decimal = $least;
                const MOST: Decimal = $most;
            }
        };
    }

    kind!(
        /// Mass: up to 10 t, to 0.1 mg.
        Mass, "mass", &[("g", ONE), ("kg", int(1_000)), ("mg", frac(1, 3)), ("t", int(1_000_000))],
        decimals 4, ZERO, int(10_000_000)
    );
    kind!(
        /// Volume: up to 10 m³, to 0.1 µL.
        Volume, "volume", &[("mL", ONE), ("ml", ONE), ("L", int(1_000)), ("l", int(1_000))],
        decimals 4, ZERO, int(10_000_000)
    );
    kind!(
        /// Length: up to 100 km, to 0.1 µm.
        Length, "length", &[("mm", ONE), ("cm", int(10)), ("m", int(1_000))],
        decimals 4, ZERO, int(100_000_000)
    );
    kind!(
        /// A length with a side: above or below, left or right, over or under.
        SignedLength, "signed length", &[("mm", ONE), ("cm", int(10)), ("m", int(1_000))],
        decimals 4, minus(100_000), int(100_000)
    );
    kind!(
        /// Area: up to 10 000 m².
        Area, "area",
        &[("cm²", ONE), ("cm2", ONE), ("mm²", frac(1, 2)), ("mm2", frac(1, 2)), ("dm²", int(100)), ("dm2", int(100)),
          ("m²", int(10_000)), ("m2", int(10_000))],
        decimals 6, ZERO, int(100_000_000)
    );
    kind!(
        /// A number of items.
        Count, "count", &[("pcs", ONE)], decimals 0, ZERO, int(10_000_000)
    );
    kind!(
        /// A price by mass, up to 10 000 yuan a gram, in whole fen.
        PriceByMass, "price by mass", &[("yuan/kg", ONE)], decimals 2, ZERO, int(10_000_000)
    );
    kind!(
        /// A price by volume, in whole fen.
        PriceByVolume, "price by volume", &[("yuan/L", ONE)], decimals 2, ZERO, int(1_000_000)
    );
    kind!(
        /// Money, in whole fen.
        Money, "money", &[("yuan", ONE), ("fen", frac(1, 2))], decimals 2, ZERO, int(1_000_000_000)
    );
    kind!(
        /// A load or an error counted in verification scale intervals `e`, to a hundredth.
        ScaleIntervals, "number of scale intervals", &[("e", ONE)], decimals 2, ZERO, int(1_000_000)
    );
    kind!(
        /// The power of a lens, with its sign.
        Power, "lens power", &[("D", ONE), ("m⁻¹", ONE)], decimals 3, minus(100), int(100)
    );
    kind!(
        /// Prism: centimetres of displacement at one metre.
        Prism, "prism", &[("Δ", ONE), ("pd", ONE), ("cm/m", ONE)], decimals 3, ZERO, int(100)
    );
    kind!(
        /// An angle of 0 to 180 degrees: the axis of a cylinder.
        Angle, "angle", &[("°", ONE), ("deg", ONE)], decimals 1, ZERO, int(180)
    );
    kind!(
        /// A tolerance of an angle.
        AngleDifference, "difference of angles", &[("°", ONE), ("deg", ONE)], decimals 1, ZERO, int(90)
    );
    kind!(
        /// A share in hundredths.
        Share, "share", &[("%", ONE)], decimals 4, ZERO, int(1_000)
    );
    kind!(
        /// A temperature.
        Temperature, "temperature", &[("°C", ONE), ("degC", ONE)], decimals 2, minus(100), int(200)
    );
    kind!(
        /// A density.
        Density, "density", &[("g/mL", ONE), ("g/ml", ONE), ("kg/L", ONE), ("kg/m³", frac(1, 3)), ("kg/m3", frac(1, 3))],
        decimals 6, ZERO, int(25)
    );
    kind!(
        /// A flow.
        Flow, "flow", &[("L/min", ONE)], decimals 2, ZERO, int(10_000)
    );
    kind!(
        /// Electrical energy.
        Energy, "energy", &[("kWh", ONE), ("Wh", frac(1, 3))], decimals 6, ZERO, int(1_000_000)
    );
    kind!(
        /// How much volume a millimetre on the neck of a measure stands for.
        NeckConstant, "neck constant", &[("mL/mm", ONE)], decimals 4, ZERO, int(10_000)
    );
    kind!(
        /// Expansion by temperature.
        Expansion, "expansion by temperature", &[("/°C", ONE), ("/degC", ONE)], decimals 8, ZERO, ONE
    );
    kind!(
        /// A span of time.
        Time, "time", &[("s", ONE), ("min", int(60))], decimals 3, ZERO, int(100_000_000)
    );
}

/// A mass; base unit gram.
pub type Gram = Quantity<kinds::Mass>;
/// A volume; base unit millilitre.
pub type Millilitre = Quantity<kinds::Volume>;
/// A length; base unit millimetre.
pub type Millimetre = Quantity<kinds::Length>;
/// A length with a side; base unit millimetre.
pub type SignedMillimetre = Quantity<kinds::SignedLength>;
/// An area; base unit square centimetre.
pub type SquareCentimetre = Quantity<kinds::Area>;
/// A number of items.
pub type Piece = Quantity<kinds::Count>;
/// A price by mass.
pub type YuanPerKg = Quantity<kinds::PriceByMass>;
/// A price by volume.
pub type YuanPerLitre = Quantity<kinds::PriceByVolume>;
/// Money.
pub type Yuan = Quantity<kinds::Money>;
/// A number of verification scale intervals `e`.
pub type Intervals = Quantity<kinds::ScaleIntervals>;
/// The power of a lens.
pub type Dioptre = Quantity<kinds::Power>;
/// Prism.
pub type PrismDioptre = Quantity<kinds::Prism>;
/// The axis of a cylinder.
pub type Degree = Quantity<kinds::Angle>;
/// A tolerance of an axis.
pub type DegreeDifference = Quantity<kinds::AngleDifference>;
/// A share in hundredths.
pub type Percent = Quantity<kinds::Share>;
/// A temperature.
pub type Celsius = Quantity<kinds::Temperature>;
/// A density.
pub type GramPerMillilitre = Quantity<kinds::Density>;
/// A flow.
pub type LitrePerMinute = Quantity<kinds::Flow>;
/// Electrical energy.
pub type KilowattHour = Quantity<kinds::Energy>;
/// Volume for each millimetre of a neck.
pub type MillilitrePerMillimetre = Quantity<kinds::NeckConstant>;
/// Expansion for each degree.
pub type PerCelsius = Quantity<kinds::Expansion>;
/// A span of time; base unit second.
pub type Second = Quantity<kinds::Time>;

/// The name of the kind that has a unit; of several, the first.
pub(super) fn of_unit(symbol: &str) -> Option<&'static str> {
    fn entry<K: Kind>() -> (&'static str, &'static [(&'static str, Decimal)]) {
        (K::NAME, K::UNITS)
    }
    let all = [
        entry::<kinds::Mass>(),
        entry::<kinds::Volume>(),
        entry::<kinds::Length>(),
        entry::<kinds::Area>(),
        entry::<kinds::Count>(),
        entry::<kinds::PriceByMass>(),
        entry::<kinds::PriceByVolume>(),
        entry::<kinds::Money>(),
        entry::<kinds::ScaleIntervals>(),
        entry::<kinds::Power>(),
        entry::<kinds::Prism>(),
        entry::<kinds::Angle>(),
        entry::<kinds::Share>(),
        entry::<kinds::Temperature>(),
        entry::<kinds::Density>(),
        entry::<kinds::Flow>(),
        entry::<kinds::Energy>(),
        entry::<kinds::NeckConstant>(),
        entry::<kinds::Expansion>(),
        entry::<kinds::Time>(),
    ];
    all.iter()
        .find(|(_, units)| units.iter().any(|(known, _)| *known == symbol))
        .map(|(name, _)| *name)
}
