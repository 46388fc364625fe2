//! The keys of the server: whether they are those that the database was filled with.

mod settle;

pub use settle::{Named, Place, SettleError, Start, settle};
