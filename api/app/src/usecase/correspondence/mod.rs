//! The mails about a matter, to whoever left an address with it. The consent to them is withdrawn with the
//! receipt code, or with the link that stands in each of them.

mod link;
mod stop;

pub(crate) use link::stop_link;
pub use link::{STOP_PARAMETER, STOP_PATH, find};
pub use stop::{is_open, stop};

use liangxin_domain::id::{ComplaintId, ReportId};

/// What the mails are about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Correspondence {
    /// A report.
    Report(ReportId),
    /// A complaint.
    Complaint(ComplaintId),
}
