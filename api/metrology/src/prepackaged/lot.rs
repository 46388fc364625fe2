//! The input: one lot of prepackages and the packages taken from it.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Content, LotGoods};
use crate::quantity::{Gram, GramPerMillilitre, Millilitre, Millimetre, Piece, SquareCentimetre};
use crate::rules::Scheme;
use crate::standard::Standard;
use crate::text::{GoodsName, Text};

/// One lot with the packages that were tested.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct PrepackagedLot {
    /// The day of the inspection; picks the editions of the rules.
    pub inspected_on: NaiveDate,
    /// What the goods are called; for the explanation only.
    pub goods_name: GoodsName,
    /// What goods they are: some have a rule of their own, some none here. Where it is not said, the
    /// name of the goods tells those with a rule of their own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub goods: Option<LotGoods>,
    /// The body of rules; the law of China where nothing is said.
    #[serde(default, skip_serializing_if = "Scheme::is_cn")]
    pub scheme: Scheme,
    /// The labelled net quantity Qn.
    pub nominal: Nominal,
    /// How many packages the lot has, N; more than zero.
    pub lot_size: u32,
    /// The packages tested, in the order in which they were taken. A verdict needs as many as the
    /// plan says; fewer give an indication only, more are refused.
    pub packages: Vec<Package>,
    /// The tares whose mean stands for the tare of each package, where packages were not emptied.
    pub tare_test: Option<TareTest>,
    /// The density of the goods at 20 °C, where a volume was found by its mass.
    pub density: Option<GramPerMillilitre>,
    /// Whether the test destroyed the goods. Only [`Scheme::Eu`] has a plan of its own for that.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_destructive: bool,
    /// Who tested.
    pub tester: Tester,
    /// The balance or measure, where it is on a register.
    pub standard: Option<ReferenceInstrument>,
    /// The deficiency that a mandatory standard for these goods tolerates; it governs instead of the
    /// general table (JJF 1070-2005, section 6).
    pub own_deficiency: Option<OwnDeficiency>,
    /// Whether whoever entered the values confirmed one that looked like a slip.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub confirmed: bool,
}

tagged! {
    by "kind"
    /// The labelled net quantity Qn; more than zero.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
    pub enum Nominal {
        /// Sold by mass.
        Mass {
            /// Qn; at most 50 kg by Chinese rules.
            qn: Gram,
        },
        /// Sold by volume.
        Volume {
            /// Qn; at most 50 L by Chinese rules.
            qn: Millilitre,
        },
        /// Sold by length.
        Length {
            /// Qn.
            qn: Millimetre,
        },
        /// Sold by area.
        Area {
            /// Qn.
            qn: SquareCentimetre,
        },
        /// Sold by number.
        Count {
            /// Qn.
            qn: Piece,
        },
    }
}

impl Nominal {
    /// Qn, whatever its kind.
    pub fn content(self) -> Content {
        match self {
            Self::Mass { qn } => Content::Mass(qn),
            Self::Volume { qn } => Content::Volume(qn),
            Self::Length { qn } => Content::Length(qn),
            Self::Area { qn } => Content::Area(qn),
            Self::Count { qn } => Content::Count(qn),
        }
    }
}

tagged! {
    by "kind"
    /// How the content of one package was found.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
    pub enum Package {
        /// The content itself was measured, in a unit of the kind of Qn.
        Net {
            /// The actual content.
            net: Content,
        },
        /// The full package was weighed, and its own packing after it was emptied.
        Gross {
            /// The full package.
            gross: Gram,
            /// Its packing.
            tare: Gram,
        },
        /// The full package was weighed; the mean of [`PrepackagedLot::tare_test`] is taken off.
        GrossAverageTare {
            /// The full package.
            gross: Gram,
        },
        /// The content was weighed and is sold by volume: mass over [`PrepackagedLot::density`].
        MassOfVolume {
            /// The net mass.
            mass: Gram,
        },
    }
}

/// The test of the tare (JJF 1070-2005, annex B; OIML R 87, annex B).
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct TareTest {
    /// Unused dry tares, or used ones that were dried; at most 200.
    pub tares: Vec<Gram>,
}

tagged! {
    by "kind"
    /// Who tested.
    #[derive(Debug, Clone, PartialEq, Eq, Hash)]
    pub enum Tester {
        /// A body authorised to test for a verdict.
        Authorised {
            /// Its name.
            body: Text<120>,
            /// The number of its authorisation.
            certificate: Text<60>,
        },
        /// An officer in the field: an indication, no verdict.
        Field,
    }
}

/// The balance or measure that the content was found with.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ReferenceInstrument {
    /// The instrument and its certificate.
    pub standard: Standard,
    /// Its expanded uncertainty (k = 2) or its maximum error, in a unit of the kind of Qn; a mass
    /// where a volume was found by its mass.
    pub uncertainty: Content,
}

/// The deficiency that a mandatory standard for the goods tolerates.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct OwnDeficiency {
    /// Number and title of the standard.
    pub document: Text<200>,
    /// T, in a unit of the kind of Qn; less than Qn.
    pub deficiency: Content,
}
