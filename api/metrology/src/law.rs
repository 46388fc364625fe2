//! The words of the law that everybody shares: how well a number is known, the code of a violation,
//! the kind of a venue and of an instrument. Rules, verdicts, the register and the ratings speak of
//! the same things by these types; nobody has a second list.

pub mod instrument;
pub mod provenance;
pub mod venue;
pub mod violation;
