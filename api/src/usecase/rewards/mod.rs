//! Rewards: whether the scheme in force pays one.

mod screen;

pub use screen::screen;
