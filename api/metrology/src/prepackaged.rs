//! Prepackaged goods with fixed content: net quantity of a lot (定量包装商品净含量).
//!
//! The Measures for prepackaged goods (Order 70/2023, before it Order 75/2005) say how much a single
//! package may be short of its label; the test rules (JJF 1070) say how many packages of a lot are
//! tested and what the lot comes to. [`judge`] applies both to one lot.
//!
//! # How a lot is judged
//!
//! 1. The day of the inspection picks both editions, within the body of rules that the measurement
//!    names ([`crate::rules::Scheme`]): the law of China unless it says otherwise.
//! 2. The labelled quantity Qn picks the band of the tolerable deficiency T (annex 3). A share of Qn
//!    of mass or volume is rounded as the edition commands: in China 修约, half to even. A mandatory
//!    standard's own deficiency for the goods governs instead of the table.
//! 3. The size of the lot picks the row of the plan: n packages, the printed factor λ, and how many T1
//!    packages are allowed. Fewer than n packages, or a tester without authorisation, give an
//!    indication and no verdict. More than n are refused: nobody may choose among them afterwards.
//! 4. The content of a package is what was measured, or gross less tare, or a mass over the density at
//!    20 °C. A mean tare may stand for every tare only where the tares are light against Qn or nearly
//!    alike (annex B); otherwise the lot is not assessable until each package has its own.
//! 5. The deficiency D of a package is Qn less its content. D ≤ T conforms, T < D ≤ 2 T is a T1
//!    package, D > 2 T a T2 package: exactly T conforms and exactly 2 T is T1. Where T is zero (length
//!    up to 5 m, up to 50 items) any deficiency is T2.
//! 6. The lot fails if its mean is below Qn - λ s, if it has more T1 packages than allowed, or one T2
//!    package. The mean is compared by squares, exactly: mean and s are rounded for showing only.
//!    Lots of up to 10 packages have no average test.
//! 7. Where nobody named the balance or measure, or its certificate has run out, no pass is more than
//!    screening, and a failure is firm only where it stands whatever the coarsest scale of a market could be
//!    wrong; by one that is too coarse it is firm where it stands whatever that one could be wrong. A package
//!    beyond 2 T, or more T1 packages than allowed, fail the lot with fewer packages than the plan asks for, too.
//! 8. Flour, rice and soap have rules of their own that correct for moisture and are not loaded: a lot
//!    of them is screening only, and the reason names the rule.
//! 9. A balance whose expanded uncertainty is above 0.2 T cannot show what is asked of it: not
//!    assessable.
//!
//! A double plan (76/211/EEC) tests the first n packages; where they leave the lot open, the second
//! sample follows them in the list and both are counted together. The mean is always that of the first
//! sample.

mod content;
mod deficiency;
mod doubt;
mod goods;
mod judge;
mod lot;
mod pick;
mod sample;
mod tare;
mod words;

pub use content::Content;
pub use goods::LotGoods;
pub(crate) use goods::refuse_left_out;
pub use judge::judge;
pub use lot::{
    Nominal, OwnDeficiency, Package, PrepackagedLot, ReferenceInstrument, TareTest, Tester,
};
pub use pick::pick_packages;
