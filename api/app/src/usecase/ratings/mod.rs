//! Ratings: computing grades, of one merchant because something happened, of all because a day passed.

mod compute;
mod night;
mod weigh;

pub use compute::compute;
pub use night::compute_all;
