//! The C mark (计量保证能力合格标志): a producer's own declaration that its net contents are in hand.
//!
//! Nobody has to bear the mark. Since 2019 a producer evaluates itself, declares the result for named
//! products on the provincial portal and may then print the mark; the state supervises afterwards.
//! [`judge`] compares one marked package with the declaration.
//!
//! # How a mark is judged
//!
//! 1. The day of the inspection picks the edition.
//! 2. No mark: conforms, with a note that the mark is voluntary. Nobody looked: not assessable.
//! 3. `MARK_USER`: producers and contract packers may use the mark, sellers may not. While the text on
//!    sellers is not confirmed that is an indication and suggests no violation.
//! 4. `DECLARATION`: the portal has a declaration of the user. Not looked up: not assessable.
//! 5. `DECLARED_PRODUCT`: the declaration covers the product, by the officer's word, or because the
//!    goods bear a declared name exactly. A declaration speaks for its products and not for the
//!    enterprise. Unknown: not assessable.
//! 6. `DECLARATION_IN_FORCE`: it stood when the goods were made. Where that day is not known nothing
//!    conforms, and a declaration withdrawn before the inspection is not assessable. Nor does anything conform
//!    where nobody looked up whether it was withdrawn.
//! 7. Goods made while a certificate of the provincial bureau could still stand in the place of a
//!    declaration are not held to 4, 5 and 6: not assessable. Without the day the goods were made a failure of 4
//!    or 5 is therefore no firm one, however sure it were with it: the day is a part that could undo it.

mod input;
mod judge;

pub use input::{CMark, Coverage, Declaration, DeclarationSearch, MarkUser};
pub use judge::judge;
