//! Reports: filing, taking in, coming back with the receipt code.

mod accept;
mod file;
mod open_receipt;

pub use accept::accept;
pub(crate) use file::number;
pub use file::{Filed, file};
pub use open_receipt::open_receipt;
