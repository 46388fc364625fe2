//! Goods sold by volume, by length or by the piece (按体积、长度、件数零售的商品).
//!
//! The Measures for goods sold by weight (Order 66) have no table for them. Where no shortage is
//! prescribed, the quantity penalty rule (article 6) takes the permissible error of the instrument of
//! the sale for the limit: a measuring can, a tape. Goods sold by the piece have no instrument: what is
//! missing is told, and no limit is guessed.
//!
//! # How a sale is judged
//!
//! 1. The day of the check picks the edition of the quantity penalty rule.
//! 2. The shortage, settled less found, may not exceed the permissible error of the instrument of the
//!    sale. Equality passes, and more than was paid for never fails. Where nobody gives that error,
//!    and of goods sold by the piece, a shortage is not assessable, and the reason says so by name; where
//!    nothing is missing the sale conforms whatever the limit would be.
//! 3. What the check was made with must be named, with the error it may have: otherwise a pass is
//!    screening only. A shortage that this error could explain is no firm failure.
//! 4. What was charged too much is told and decides nothing.

mod input;
mod judge;
mod words;

pub use input::{MeasuredSale, SoldByMeasure};
pub use judge::judge;
