//! Retail weighing: food, gold and silver sold by weight (零售商品称重).
//!
//! The Measures for the Metrological Supervision of Retail Goods Sold by Weight (Order 66/2004, as
//! amended by Order 31/2020) set, per class of goods and band of mass, how much less a customer may
//! receive than was settled (负偏差). [`judge`] applies them to one check weighing.
//!
//! # How a weighing is judged
//!
//! 1. The day of the inspection picks the edition.
//! 2. Live poultry, live fish and water-soaked goods are not covered: not assessable.
//! 3. Food has a class, by its name or by its unit price ([`ClassBy`]). The text joins the two by
//!    "or" without priority; the name decides unless the officer chooses the price and says why.
//! 4. The **settled** mass picks the band. The table speaks of the "weighed quantity" and does not
//!    say whether the settled or the checked mass is meant, so this is a reading. Every verdict from
//!    the tables notes it; where the checked mass lies in another band the verdict is provisional.
//! 5. The shortage, settled less checked, may not exceed the limit times the factor of the check
//!    method (article 6): 1 on the same or a better instrument, 2 on one of equal accuracy. Equality
//!    passes (article 5), and more than was paid for never fails.
//! 6. Above its last band the table is silent. Then the penalty rule for quantities (article 6)
//!    applies: the limit is the permissible error of the scale in use, read as its in-service error
//!    at the checked load. Such a verdict is provisional; without the facts of the scale there is none.
//! 7. A scale whose in-service error at the settled mass is above the limit is too coarse for the
//!    goods (article 3). That is a note, not a failure of this weighing.

mod explain;
mod judge;
mod table;
mod weighing;

use serde::{Deserialize, Serialize};

use crate::quantity::{Gram, GramDifference};
use crate::scale::ScaleClass;
use crate::verdict::Verdict;

pub use judge::judge;
pub use weighing::{
    CheckMethod, ClassBy, ExcludedKind, GoodsCategory, GoodsClass, GoodsGroup, PreciousMetal,
    RetailWeighing,
};

/// The verdict on one check weighing.
pub type RetailVerdict = Verdict<RetailFinding>;

/// What is particular to a retail weighing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RetailFinding {
    /// Where the limit comes from; nothing when not assessable.
    pub limit_from: Option<LimitSource>,
    /// The permitted shortage before the method's factor; nothing when not assessable.
    pub limit_g: Option<Gram>,
    /// How many times the limit the check method allows.
    pub method_factor: u8,
    /// The shortage allowed to this check: limit times factor; nothing when not assessable.
    pub allowed_g: Option<Gram>,
    /// The settled less the checked mass; negative when the customer received more.
    pub deviation_g: GramDifference,
    /// The input, whole.
    pub inputs: RetailWeighing,
}

/// Where the limit of a retail weighing comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "source", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum LimitSource {
    /// Table 1, food.
    #[serde(rename = "TABLE_1")]
    Table1 {
        /// The class the goods were put in.
        class: GoodsClass,
    },
    /// Table 2, a piece of precious metal.
    #[serde(rename = "TABLE_2")]
    Table2 {
        /// The metal.
        metal: PreciousMetal,
    },
    /// The in-service error of the scale in use, above the tables.
    Scale {
        /// The scale's accuracy class.
        class: ScaleClass,
        /// The scale's verification scale interval.
        e: Gram,
    },
}
