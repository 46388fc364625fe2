//! Photos: sending them.

mod decode;
mod jpeg;
mod read_photo;
mod store_photo;

pub use read_photo::read_photo;
pub use store_photo::{Looked, look, promised, store_looked, store_photo};
