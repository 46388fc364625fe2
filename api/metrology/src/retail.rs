//! Retail weighing: food, gold and silver sold by weight (零售商品称重).
//!
//! The Measures for the Metrological Supervision of Retail Goods Sold by Weight (Order 66/2004, as
//! amended by Order 31/2020) set, per class of goods and band of mass, how much less a customer may
//! receive than was settled (负偏差). [`judge`] applies them to one check weighing.
//!
//! # How a weighing is judged
//!
//! 1. The day of the inspection picks the edition.
//! 2. Live poultry, live fish and water-soaked goods are not covered. What is missing of them is held
//!    against the scale in use as in step 6, as an indication: whether that rule binds them is not confirmed.
//! 3. Food has a class, by its name and by its unit price ([`ClassBy`]). Above 100 yuan/kg the price
//!    decides. Below it the text joins the two by "or" without priority: a pass is firm by the stricter
//!    class, a failure by the other one, and between them the outcome is screening only.
//! 4. The **settled** mass picks the band. The table speaks of the "weighed quantity" and does not
//!    say whether the settled or the checked mass is meant, so the other reading counts like the
//!    other class does in step 3.
//! 5. The shortage, settled less checked, may not exceed the limit times the factor of the check
//!    method (article 6): 1 on the same or a better instrument, 2 on one of equal accuracy. Equality
//!    passes (article 5), and more than was paid for never fails.
//! 6. Above its last band the table is silent. Then the penalty rule for quantities (article 6)
//!    applies: the limit is the permissible error of the scale in use, read as its in-service error
//!    at the checked load. Such a verdict is provisional. Without the facts of the scale what is missing
//!    beyond the error of any scale of a market fails, where nothing is missing that is an indication,
//!    and between them there is no verdict.
//! 7. What the check was made with must be named and fine enough for its method (article 6). Too
//!    coarse, and nothing conforms: weights and a scale of higher accuracy may err by a third of the
//!    limit, a scale of equal accuracy by the limit; what is short by more than the limit and its own
//!    error fails all the same. Where it was not named, its certificate has run out or its error is not
//!    known, no pass is more than screening, and a failure is firm only where the shortage exceeds the limit
//!    by more than the coarsest scale of a market could be wrong. The same-instrument method also tests the
//!    scale of the sale with weights; an error that is beyond the limit by more than theirs fails.
//! 8. A scale whose in-service error at the settled mass is above the limit is too coarse for the
//!    goods (article 3). That is a note, not a failure of this weighing.
//! 9. Goods packed in the shop, each package with a mass of its own, are one measurement with a list:
//!    each package is held against the limit of its own mass, and one that fails makes the whole fail.
//! 10. Packing (rope, bag, box) that was settled as goods is a part of the shortage and told as a finding
//!     of its own; what is `checked` is the goods alone.
//! 11. Goods called live fish, live poultry or water-soaked are not firmly judged as food.
//! 12. Prices settled and due, and for a weighing that fails the refund and what the Consumer
//!     Protection Law (article 55) adds where a person finds fraud, are told and decide nothing.

mod excluded;
mod judge;
mod limits;
mod method;
mod off_tables;
mod packages;
mod remedy;
mod table;
mod tare;
mod weighing;
mod words;

use crate::quantity::Gram;
use crate::scale::ScaleClass;

pub use judge::judge;
use off_tables::OffTables;
pub use packages::ShopPackage;
pub use tare::{Tare, TareKind};
pub use weighing::{
    CheckInstrument, CheckMethod, ClassBy, ExcludedKind, GoodsCategory, GoodsClass, GoodsGroup,
    PreciousMetal, RetailWeighing, WeightTest, goods_mass,
};

/// Where the limit of a retail weighing comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum LimitSource {
    /// Table 1, food.
    Table1 { class: GoodsClass },
    /// Table 2, a piece of precious metal.
    Table2 { metal: PreciousMetal },
    /// What the coarsest scale of a market may be wrong, off the tables and without a plate.
    AnyScale(OffTables),
    /// Nothing is missing, off the tables and without a plate: no limit would fail that. What the check
    /// was made with is held against what the coarsest scale of a market may be wrong.
    NothingShort(OffTables, Gram),
    /// The in-service error of the scale in use, off the tables.
    Scale {
        why: OffTables,
        class: ScaleClass,
        e: Gram,
    },
}
