//! Ratings: computing a grade.

mod compute;

pub use compute::compute;
