//! The net content mark of prepackaged goods (定量包装商品净含量标注).
//!
//! The Measures for the Metrological Supervision of Prepackaged Goods (Order 75/2005, Order 70/2023)
//! say what the mark is made of, in which unit, how high its characters are and what a package with
//! several items says. [`judge`] applies them to one label.
//!
//! # How a label is judged
//!
//! 1. The day the goods were made picks the edition. Goods made before the test rules of 2023 began
//!    bear a note: they may be sold to the end of their shelf life.
//! 2. `MARK_PRESENT`: a package without a mark fails, and nothing more is looked at but the items.
//! 3. `MARK_WORDS`: the mark begins with 净含量. Length, area and count may leave the words out;
//!    含量 alone is wrong for every kind.
//! 4. `NUMBER`: there is a number, and it is not zero. A number that the reader cannot read (五百克,
//!    `1,000 g`) is not assessed, so that a person looks. More than three significant digits are a note.
//! 5. `UNIT_SPELLING`: capitals count: `Kg` and `Ml` are wrong; mL, ml, L and l are right.
//!    `UNIT_OF_ANNEX`: a unit that annex 1 does not know. `UNIT_LEGAL`: a unit that is not legal
//!    (`1斤`, `17.6 oz`), also where it stands beside a right one; see [`crate::legal_units`].
//! 6. `UNIT_FOR_SIZE`: annex 1. Of exactly 1000 g or 1000 mL sources differ: either unit passes, with
//!    a note.
//! 7. `CHARACTER_HEIGHT`: at least the height of annex 2, equality passes. The first quantity of the
//!    mark picks the row; where another one would pick another, that is a reading.
//! 8. `CONSPICUOUS` and `SEVERAL_ITEMS`, as seen. Several equal items: the quantity of one and their
//!    number, or the total. Several different ones: the same for each kind. A mark of several items
//!    (`250g×2`) on goods recorded as a single one is not assessed.
//! 9. What nobody looked at is not assessed. If nothing else fails, the verdict is a screening only.
//!
//! 10. `QUANTITIES_AGREE`: a total beside several quantities (`360抽（120抽×3包）`) that they do not come
//!     to is not assessed. Of counted goods the number of items is the quantity, whatever else the mark
//!     gives.
//!
//! A range (`500-550 g`, of counted goods `10~12片`) is said whole and leaves the quantity open: for a person.
//! A number that belongs to no quantity, to a name (`SPF50`) or is written in Chinese numerals is said.
//! A number without a unit of its own, beside × or before a word such as 袋, is a number of items. Drugs
//! and hazardous chemicals are outside Order 70 and refused, by their category or by their name.

mod input;
mod judge;
mod marks;
mod reader;
mod runs;
mod words;

pub use input::{LabelUnit, NetContentLabel, PackedItems, PrintedMark, QuantityKind};
pub use judge::judge;

#[cfg(test)]
mod tests;
