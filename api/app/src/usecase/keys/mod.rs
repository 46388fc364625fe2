//! The keys of the server: whether they are those that the database was filled with, and their successors.

mod evidence;
mod rotate;
mod sealed;
mod settle;

pub use rotate::{Present, Rotated, rotate};
pub use sealed::{Sealed, sealed};
pub use settle::{Named, Place, SettleError, Settled, Start, settle};
