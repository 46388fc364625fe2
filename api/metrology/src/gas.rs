//! Dispensers of natural gas and hydrogen sold by mass: compressed natural gas (压缩天然气加气机, JJG
//! 996), liquefied natural gas (液化天然气加气机, JJG 1114), hydrogen (加氢机).
//!
//! # How a dispenser is judged
//!
//! 1. The gas picks the instrument of law, the day of the test its edition. No limit for hydrogen is
//!    known: its errors are shown and the outcome is not assessable.
//! 2. Compressed natural gas is sold by the kilogram. A dispenser that shows cubic metres fails by
//!    that alone, with or without runs.
//! 3. The error of a run is `(indicated - reference) / reference`, both as mass.
//! 4. The mean error may be at most the limit, on either side; whether each run is bound too is a
//!    reading in the rule file. The repeatability `(E_max - E_min) / d_n` has a limit of its own.
//! 5. One run has no repeatability: the outcome is an indication only, unless something else fails.

mod dispenser;
mod judge;

pub use dispenser::{Gas, GasDispenser, GasRun, UnitShown};
pub use judge::judge;
