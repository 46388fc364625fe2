//! Jobs that wait for a person. They are the whole server's: administrators of the highest bureau see to them.

mod list;
mod retry;

pub use list::list;
pub use retry::retry;

use super::office::of_the_highest;
