//! Sealed identities: sealing, asking to see, approving, seeing, forgetting.

mod forget;
mod kept;
mod open;
mod request;
mod seal;

pub(crate) use forget::{forget_address_of, forget_reporter_of};
pub use forget::{keep_until, purge};
pub use open::{Opened, OpenedField, open};
pub use request::request;
pub use seal::seal;
