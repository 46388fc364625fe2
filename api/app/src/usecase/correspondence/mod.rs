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
pub use stop::{MailState, standing, stop};

use crate::work::Dating;
use liangxin_domain::privacy::correspondence::Correspondence;

/// How exactly it is kept when mails about a matter began or ended: of a complaint by the day, since who ends those of both
/// parts of a letter does so one after the other.
const fn dating(about: Correspondence) -> Dating {
    match about {
        Correspondence::Report(_) => Dating::Moment,
        Correspondence::Complaint(_) => Dating::Day,
    }
}
