//! Where things are and who has them: administrative divisions by their national code.

pub mod custody;
pub mod dispute;
pub mod division;
