//! Reports: filing, sorting, verifying, deciding what becomes of them, coming back with the receipt
//! code.

mod accept;
mod decline;
mod dispatch;
mod dispute;
mod extend;
mod file;
mod link;
mod mark_duplicate;
mod merge;
mod open_receipt;
mod papers;
mod pause;
mod reply_not_competent;
mod similar;
mod step;
mod submit;
mod suggest;
mod tell_outcome;
mod transfer;
mod withdraw;

pub use accept::accept;
pub use decline::{decline_filing, propose_not_filing};
pub use dispatch::{dispatch, give_back};
pub use dispute::{designate, raise_dispute, settle_dispute};
pub use extend::extend;
pub(crate) use file::number;
pub use file::{Filed, file};
pub use link::link;
pub use mark_duplicate::mark_duplicate;
pub use merge::merge;
pub(crate) use open_receipt::reporter_of;
pub use open_receipt::{Returned, come_back, open_receipt};
pub use pause::{Sample, pause, resume};
pub use reply_not_competent::reply_not_competent;
pub use similar::{Looking, similar};
pub use step::Asked;
pub use submit::{Submission, Submitted, submit};
pub use suggest::suggest;
pub use tell_outcome::tell_outcome;
pub use transfer::{Handing, close_without_penalty, transfer};
pub use withdraw::withdraw;
