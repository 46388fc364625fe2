//! Photos: sending them.

mod decode;
mod read_photo;
mod store_photo;

pub use decode::inspect;
pub use read_photo::read_photo;
pub use store_photo::store_photo;
