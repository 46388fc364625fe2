//! Reports (举报): a citizen's tip-off, from the first word to the last answer.

pub mod receipt;
pub mod report;
