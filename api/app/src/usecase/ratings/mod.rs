//! Ratings: computing grades, of one merchant because something happened, of all because a day passed; and giving
//! all of them to everybody, and each signed to its merchant.

mod badge;
mod compute;
mod night;
mod open;
mod weigh;

pub use badge::{BadgeFault, Made, check_badge, made_badge, open_revoked, revoked_badges};
pub use compute::compute;
pub use night::compute_all;
pub use open::{COLUMNS, Listed, line, list_after};
