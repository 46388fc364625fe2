//! What happened, and what follows from it. Recording an event is the only way to cause anything
//! after a commit.

pub mod beside;
mod job;
mod log;
#[macro_use]
mod row;
#[macro_use]
mod accounts;
pub mod seal;
mod subject;
/// Every event: its word, what it is about, who is told, and what has to be done after it.
mod table;

pub use job::{ComplaintNews, Job, JobKind, JobWrite, Lane, News, Sweep};
pub use log::{LogFilter, LogGroup, LogWrite};
pub use row::Audience;
pub use subject::subject_of_year;
pub use table::{Event, EventKind};
