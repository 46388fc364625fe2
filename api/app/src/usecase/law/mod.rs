//! The law at work: what transitions do to statutory periods, who is warned of their ends, and
//! which years the calendar has.

mod apply;
mod load_calendar_year;
mod place;
mod recompute;
mod retime;
mod warn;

pub use apply::{apply, would_end};
pub use load_calendar_year::{
    MovedClocks, SentYear, changes_of, clocks_moved_by, confirm_calendar_year, load_calendar_year,
};
pub(crate) use place::place;
pub use recompute::recompute;
pub use retime::{Changed, Retimed, retime};
pub(crate) use warn::bearer;
pub use warn::warn;
