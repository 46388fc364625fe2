//! What phones send from the field in one go, and what is held of it.

mod held;
mod input;
mod mutation;

pub use held::{HeldItemMutation, HeldItemQuery};
pub use input::read;
pub use mutation::PushMutation;
