//! What an inspector's phone takes along, on the wire.

#[macro_use]
mod page;

mod compare;
mod health;
mod law;
pub(super) mod query;
mod records;
pub(super) mod subscription;
