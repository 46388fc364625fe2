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
//! 3. `MARK_USER`: producers and contract packers may use the mark, sellers may not.
//! 4. `DECLARATION`: the portal has a declaration of the user. Not looked up: not assessable. Goods made
//!    while a certificate of the provincial bureau could still stand in its place are not held to the
//!    portal; where the day is not known, what is missing there is no firm failure.
//! 5. `DECLARED_PRODUCT`: the declaration covers the product, by the officer's word, or because the
//!    goods bear a declared name exactly. A declaration speaks for its products and not for the
//!    enterprise. Unknown: not assessable.
//! 6. `DECLARATION_IN_FORCE`: it stood when the goods were made, or, where that day is not known, from
//!    before the inspection. A declaration withdrawn before the inspection is not assessable without
//!    the day the goods were made.

mod input;
mod judge;

pub use input::{CMark, Coverage, Declaration, DeclarationSearch, MarkUser};
pub use judge::judge;
