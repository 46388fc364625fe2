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

/// One row a kind: the type of its quantities and its own, what it is called, its units, its decimals,
/// its least and its greatest value.
macro_rules! kinds {
    ($(
        $(#[$doc:meta])*
        $Quantity:ident of $Kind:ident: $name:literal, $units:expr,
        decimals $decimals:literal, $least:expr, $most:expr;
    )*) => {
        /// The kinds themselves: names without values.
        pub mod kinds {
            use super::*;

            $(
                $(#[$doc])*
                #[derive(Debug, Clone, Copy)]
                pub enum $Kind {}

                impl sealed::Sealed for $Kind {}

                impl Kind for $Kind {
                    const NAME: &'static str = $name;
                    const UNITS: &'static [(&'static str, Decimal)] = $units;
                    const DECIMALS: u32 = $decimals;
                    const LEAST: Decimal = $least;
                    const MOST: Decimal = $most;
                }
            )*
        }

        $(
            $(#[$doc])*
            pub type $Quantity = Quantity<kinds::$Kind>;
        )*

        /// The name of the kind that has a unit; of several, the first.
        pub(super) fn of_unit(symbol: &str) -> Option<&'static str> {
            let all = [$((kinds::$Kind::NAME, kinds::$Kind::UNITS)),*];
            all.iter()
                .find(|(_, units)| units.iter().any(|(known, _)| *known == symbol))
                .map(|(name, _)| *name)
        }
    };
}

/// A unit that people write and that is none of these: its sign and the legal unit to use.
const NOT_LEGAL: &[(&str, &str)] = &[
    ("oz", "g"),
    ("盎司", "g"),
    ("lb", "g"),
    ("lbs", "g"),
    ("磅", "g"),
    ("pound", "g"),
    ("pounds", "g"),
    ("ounce", "g"),
    ("ounces", "g"),
    ("carat", "g"),
    ("carats", "g"),
    ("ct", "g"),
    ("克拉", "g"),
    ("担", "kg"),
    ("石", "kg"),
    ("台斤", "g"),
    ("市两", "g"),
    ("gal", "L"),
    ("加仑", "L"),
    ("floz", "mL"),
    ("液盎司", "mL"),
    ("pt", "mL"),
    ("品脱", "mL"),
    ("qt", "L"),
    ("夸脱", "L"),
    ("斗", "L"),
    ("in", "mm"),
    ("英寸", "mm"),
    ("ft", "m"),
    ("英尺", "m"),
    ("yd", "m"),
    ("码", "m"),
    ("尺", "m"),
    ("寸", "cm"),
    ("丈", "m"),
    ("亩", "m²"),
    ("cal", "kWh"),
    ("°F", "°C"),
];

/// The legal unit to use instead of one that is none here.
pub(super) fn legal_instead_of(symbol: &str) -> Option<&'static str> {
    let symbol = symbol.to_lowercase();
    match symbol.split_once('/') {
        Some(("元" | "yuan", of)) => price_by(legal(of)?),
        _ => legal(&symbol),
    }
}

fn legal(symbol: &str) -> Option<&'static str> {
    let mut units = NOT_LEGAL.iter();
    let (_, legal) = units.find(|(unit, _)| unit.to_lowercase() == symbol)?;
    Some(legal)
}

/// The price that is said in place of one by a unit that is not legal.
fn price_by(legal: &str) -> Option<&'static str> {
    match legal {
        "g" | "kg" => Some("yuan/kg"),
        "mL" | "L" => Some("yuan/L"),
        "mm" | "cm" | "m" => Some("yuan/m"),
        _ => None,
    }
}

kinds! {
    /// A mass of up to 400 t, to 0.1 mg; base unit gram. The heaviest scales end at 200 t, and one that is wrong may
    /// show twice what lies on it. The units of the market (斤, 两, 钱) are read as they are seen; whether they may be
    /// used is a matter of its own ([`crate::legal_units`]).
    Gram of Mass: "mass",
        &[("g", ONE), ("kg", int(1_000)), ("mg", frac(1, 3)), ("t", int(1_000_000)), ("克", ONE),
          ("千克", int(1_000)), ("公斤", int(1_000)), ("毫克", frac(1, 3)), ("吨", int(1_000_000)),
          ("斤", int(500)), ("市斤", int(500)), ("两", int(50)), ("钱", int(5)), ("Kg", int(1_000)),
          ("KG", int(1_000)), ("G", ONE)],
        decimals 4, ZERO, int(400_000_000);
    /// A volume of up to 10 m³, to 0.1 µL; base unit millilitre.
    Millilitre of Volume: "volume",
        &[("mL", ONE), ("ml", ONE), ("L", int(1_000)), ("l", int(1_000)), ("毫升", ONE), ("升", int(1_000)),
          ("ML", ONE)],
        decimals 4, ZERO, int(10_000_000);
    /// A length of up to 100 km, to 0.1 µm; base unit millimetre.
    Millimetre of Length: "length", &[("mm", ONE), ("cm", int(10)), ("m", int(1_000)), ("毫米", ONE), ("厘米", int(10)), ("米", int(1_000))],
        decimals 4, ZERO, int(100_000_000);
    /// A length with a side: above or below, left or right, over or under; base unit millimetre.
    SignedMillimetre of SignedLength: "signed length",
        &[("mm", ONE), ("cm", int(10)), ("m", int(1_000)), ("毫米", ONE), ("厘米", int(10)), ("米", int(1_000))],
        decimals 4, minus(100_000), int(100_000);
    /// An area of up to 10 000 m²; base unit square centimetre.
    SquareCentimetre of Area: "area",
        &[("cm²", ONE), ("cm2", ONE), ("mm²", frac(1, 2)), ("mm2", frac(1, 2)), ("dm²", int(100)),
          ("dm2", int(100)), ("m²", int(10_000)), ("m2", int(10_000)), ("平方厘米", ONE), ("平方毫米", frac(1, 2)),
          ("平方分米", int(100)), ("平方米", int(10_000))],
        decimals 6, ZERO, int(100_000_000);
    /// A number of items.
    Piece of Count: "count",
        &[("pcs", ONE), ("件", ONE), ("个", ONE), ("只", ONE), ("枚", ONE), ("条", ONE), ("支", ONE), ("盒", ONE),
          ("袋", ONE), ("瓶", ONE), ("包", ONE), ("片", ONE), ("抽", ONE), ("张", ONE), ("根", ONE), ("粒", ONE)],
        decimals 0, ZERO, int(10_000_000);
    /// A price by mass, up to 10 000 yuan a gram, in whole fen.
    YuanPerKg of PriceByMass: "price by mass",
        &[("yuan/kg", ONE), ("元/kg", ONE), ("元/千克", ONE), ("元/公斤", ONE), ("元/斤", int(2)),
          ("元/市斤", int(2)), ("元/500g", int(2)), ("元/500克", int(2)), ("元/两", int(20)), ("元/钱", int(200)),
          ("元/50g", int(20)), ("元/50克", int(20)), ("元/100g", int(10)), ("元/100克", int(10)),
          ("元/g", int(1_000)), ("元/克", int(1_000)), ("元/吨", frac(1, 3)), ("yuan/500g", int(2)),
          ("yuan/g", int(1_000)), ("元/Kg", ONE), ("元/KG", ONE)],
        decimals 2, ZERO, int(10_000_000);
    /// A price by volume, in whole fen.
    YuanPerLitre of PriceByVolume: "price by volume",
        &[("yuan/L", ONE), ("元/L", ONE), ("元/l", ONE), ("元/升", ONE), ("元/500mL", int(2)),
          ("元/500ml", int(2)), ("元/500毫升", int(2)), ("元/100mL", int(10)), ("元/100ml", int(10)),
          ("元/100毫升", int(10))],
        decimals 2, ZERO, int(1_000_000);
    /// A price by length, in whole fen.
    YuanPerMetre of PriceByLength: "price by length",
        &[("yuan/m", ONE), ("元/m", ONE), ("元/米", ONE)], decimals 2, ZERO, int(1_000_000);
    /// A price by the piece, in whole fen.
    YuanPerPiece of PriceByPiece: "price by piece",
        &[("yuan/pcs", ONE), ("元/件", ONE), ("元/个", ONE), ("元/只", ONE), ("元/枚", ONE), ("元/条", ONE),
          ("元/支", ONE), ("元/盒", ONE), ("元/袋", ONE), ("元/瓶", ONE), ("元/包", ONE), ("元/片", ONE), ("元/张", ONE),
          ("元/根", ONE)],
        decimals 2, ZERO, int(1_000_000);
    /// Money, in whole fen.
    Yuan of Money: "money",
        &[("yuan", ONE), ("fen", frac(1, 2)), ("元", ONE), ("角", frac(1, 1)), ("分", frac(1, 2))], decimals 2, ZERO, int(1_000_000_000);
    /// A load or an error counted in verification scale intervals `e`, to a hundredth.
    Intervals of ScaleIntervals: "number of scale intervals", &[("e", ONE)], decimals 2, ZERO, int(1_000_000);
    /// The power of a lens, with its sign.
    Dioptre of Power: "lens power", &[("D", ONE), ("m⁻¹", ONE), ("屈光度", ONE)], decimals 3, minus(100), int(100);
    /// Prism: centimetres of displacement at one metre.
    PrismDioptre of Prism: "prism", &[("Δ", ONE), ("pd", ONE), ("cm/m", ONE)], decimals 3, ZERO, int(100);
    /// An angle of 0 to 180 degrees: the axis of a cylinder.
    Degree of Angle: "angle", &[("°", ONE), ("deg", ONE)], decimals 1, ZERO, int(180);
    /// A tolerance of an angle, such as that of an axis.
    DegreeDifference of AngleDifference: "difference of angles", &[("°", ONE), ("deg", ONE)],
        decimals 1, ZERO, int(90);
    /// A share in hundredths.
    Percent of Share: "share", &[("%", ONE)], decimals 4, ZERO, int(1_000);
    /// A temperature.
    Celsius of Temperature: "temperature", &[("°C", ONE), ("degC", ONE), ("℃", ONE), ("摄氏度", ONE)], decimals 2, minus(100), int(200);
    /// A density.
    GramPerMillilitre of Density: "density",
        &[("g/mL", ONE), ("g/ml", ONE), ("kg/L", ONE), ("kg/m³", frac(1, 3)), ("kg/m3", frac(1, 3))],
        decimals 6, ZERO, int(25);
    /// A flow.
    LitrePerMinute of Flow: "flow", &[("L/min", ONE), ("升/分钟", ONE), ("升/分", ONE)], decimals 2, ZERO, int(10_000);
    /// Electrical energy.
    KilowattHour of Energy: "energy",
        &[("kWh", ONE), ("Wh", frac(1, 3)), ("千瓦时", ONE), ("kW·h", ONE), ("度", ONE)], decimals 6, ZERO, int(1_000_000);
    /// How much volume a millimetre on the neck of a measure stands for.
    MillilitrePerMillimetre of NeckConstant: "neck constant", &[("mL/mm", ONE)], decimals 4, ZERO, int(10_000);
    /// Expansion by temperature, for each degree.
    PerCelsius of Expansion: "expansion by temperature", &[("/°C", ONE), ("/degC", ONE)], decimals 8, ZERO, ONE;
    /// A span of time; base unit second.
    Second of Time: "time", &[("s", ONE), ("min", int(60)), ("秒", ONE), ("分钟", int(60))], decimals 3, ZERO, int(100_000_000);
}
