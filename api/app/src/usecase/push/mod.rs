//! What phones send from the field in one go. Each item is taken by the use case of its command, in a unit of work of its own,
//! so that none spoils another. What builds on something that has not come is held and taken when that comes; after some
//! days it is taken without, or put before a person. What comes after the access of its sender had ended is quarantined.

mod hand_in;
mod hold;
mod items;
mod kept;
mod look;
mod settle;
mod take;

pub use hand_in::hand_in;
pub use items::push;
pub use look::look;
pub use settle::apply;

use liangxin_domain::{push::item::Item, refusal::Refusal};

/// An item as it came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sent {
    /// What was read, or why it is none that the sender may send.
    pub item: Result<Item, Refusal>,
    /// The item as it is held, if it has to be.
    pub content: String,
}

/// What became of an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// It was taken just now.
    Accepted,
    /// It was taken before.
    Duplicate,
    /// It is kept, and waits for another write or for a person.
    Held,
    /// It will be refused for ever.
    Rejected(Refusal),
    /// It was not taken for now: it is to be sent again.
    Retry(Refusal),
}
