//! Photos: sending them, showing them, opening an original.

mod copy;
mod decode;
mod jpeg;
mod open_original;
mod read_photo;
mod store_photo;

pub use open_original::open_original;
pub use read_photo::{Shown, Wanted, read_photo};
pub use store_photo::{Looked, look, promised, store_looked, store_photo};
