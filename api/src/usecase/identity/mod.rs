//! Sealed identities: sealing, asking to see, approving, seeing, forgetting.

mod approve;
mod forget;
mod open;
mod request;
mod seal;

pub use approve::{Approval, approve};
pub(crate) use forget::forget_reporter_of;
pub use forget::{keep_until, purge};
pub use open::{Opened, OpenedField, open};
pub use request::{Request, request};
pub use seal::{recognise, seal};
