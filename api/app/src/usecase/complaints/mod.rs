//! Complaints: filing, and coming back with the receipt code. Every other step is a command to the
//! machine of the domain; `kept` says how complaints are loaded and saved for it.

mod file;
mod kept;
mod open_receipt;
mod papers;
mod particulars;

pub use file::{FiledComplaint, Timeliness, file};
pub(crate) use file::{Ready, command, filed, prepare, register, settle};
pub use open_receipt::{come_back, complainant_of, open_receipt};
pub use particulars::{Shown, particulars, shown};
