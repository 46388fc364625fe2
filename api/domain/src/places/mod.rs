//! Where things are and who is competent there: administrative divisions by their national code.

pub mod competence;
pub mod custody;
pub mod dispute;
pub mod division;
