//! The register: which bureaus, people, merchants and instruments there are, as four TOML files say
//! it, and how they come into an empty database.
//!
//! It owns the form of the files and every check of them. Who gives out ids and codes is passed in
//! as a [`Naming`]; where the text of the files comes from is the caller's business.

mod error;
mod files;
mod naming;
mod read;
mod row;
mod set_up;

pub use error::RegisterError;
pub use files::{Files, day, read};

pub use naming::{Naming, Random};
pub use read::{Register, email_of};
pub use row::unique;
pub use set_up::{Credential, Password, SetUp, SetUpError, rate, write};
