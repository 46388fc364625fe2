//! Reports (举报): a citizen's tip-off, from the first word to the last answer.

pub mod command;
pub mod machine;
pub mod matter;
pub mod nearby;
pub mod parts;
pub mod receipt;
pub mod record;
pub mod regime;
pub mod report;
pub mod resemblance;
pub mod signal;
pub mod state;
