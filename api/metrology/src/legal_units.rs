//! Legal units (法定计量单位): what prices, labels, receipts and advertisements may be written in.
//!
//! The State Council order of 27 February 1984 makes the units of the SI, some others it names, and
//! what is made of them the legal units of China; the traditional units (市制) were tolerated to the
//! end of 1990. [`judge`] looks through one text for units that are not legal.
//!
//! # How a text is judged
//!
//! 1. The day the text was seen picks the edition. Before the end of the tolerance: not assessable.
//! 2. Full-width signs are read as plain ones. Words in which the same characters are no unit
//!    (斤斤计较, 两个, 一寸照, 担心, 零钱) are set aside; the list is in the rule file.
//! 3. A character is a unit only where a unit can stand: after a number (`3斤`, `三斤`, `半斤`,
//!    `10多斤`) or after `/`, 每 or `per`. The longest spelling wins, so 公斤 is never 斤, nor 市斤 twice.
//!    两 before another unit is a numeral (`两斤`).
//! 4. Each unit found is a finding: where it stands, what to write instead, and how many legal units it
//!    is, exactly, where that is known (`1 尺 = 1/3 m`).
//! 5. A use with an exception (literature, export contracts, mmHg in medicine, carat for gems) passes,
//!    and the finding says which exception. A colloquial or ambiguous name (度, 码) is a note.
//! 6. A text without such a unit conforms; that is a statement about the units on the list.

mod input;
mod judge;
mod scan;

pub use input::{LegalUnitsText, TextUse};
pub use judge::judge;
pub(crate) use scan::{Hit, scan};

#[cfg(test)]
mod tests;
