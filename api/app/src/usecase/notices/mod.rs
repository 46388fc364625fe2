//! Papers: issuing them inside the step that makes them, serving them, reading them again.

mod content;
mod deliver;
mod issue;
mod kept;
mod open;
mod read;

pub(crate) use deliver::deliver;
pub use issue::{NewNotice, issue};
pub use open::{citizen, open};
pub use read::{OpenNotice, list, read};
