//! What stands in the bytes of a photo, without decoding it where that can be helped: its structure, the facts that a
//! phone wrote into it, a smaller copy of it, and what it looks like. Bytes in, facts out: this crate knows no database,
//! no clock, no network and no rule of the trade; how much it may cost is bounded here, what is made of it is decided
//! elsewhere.

pub mod copy;
pub mod facts;
mod jpeg;
pub mod likeness;
mod number;
mod picture;
pub mod structure;
mod transform;

pub use picture::Picture;
pub use structure::{Behind, Extra, Fault, Format, Structure, look};
