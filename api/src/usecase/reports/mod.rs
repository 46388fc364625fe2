//! Reports: filing, taking in, coming back with the receipt code.

mod accept;
mod file;
mod open_receipt;

pub use accept::accept;
pub use file::{Filed, file};
pub(crate) use file::{VERIFY, number};
pub(crate) use open_receipt::reporter_of;
pub use open_receipt::{Returned, come_back, open_receipt};
