//! What an inspector's phone takes along for a day without a line: what changed since it asked last, whether it has what it
//! should, and how what it sent stands; and the call to ask again.

mod changed;
mod compare;
mod health;
mod let_go;
mod listen;
mod sealed;
mod stamped;

pub use changed::{Changed, changed};
pub use compare::{Compared, Difference, Differing, Held, compare};
pub use health::{Health, Short, health};
pub use let_go::let_go;
pub use listen::listen;
pub use sealed::{open, seal, version};
pub use stamped::{Stamped, stamped};
