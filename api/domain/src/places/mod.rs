//! Where things are and who is competent there: administrative divisions by their national code.

pub mod division;
