//! What phones send from the field in one go. Each item is a write of its own, by the same command as the operation of its
//! name; what has to wait for another write, or for a person, is held.

pub mod held;
pub mod item;
