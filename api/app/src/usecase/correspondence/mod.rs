//! The mails about a matter, to whoever left an address with it. Nothing goes there before somebody who reads the
//! address said so, except one question. The consent is withdrawn with the receipt code, or with the link that stands
//! in each mail.

mod ask;
mod confirm;
mod leave;
mod link;
mod stop;

pub(crate) use ask::may_ask;
pub use confirm::confirm;
pub(crate) use leave::{Address, address_of, leave, mark_asked};
pub(crate) use link::link;
pub use link::{LINK_PARAMETER, Use, find};
pub use stop::{Standing, standing, stop};
