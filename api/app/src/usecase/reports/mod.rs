//! Reports: filing, and coming back with the receipt code. Every other step is a command to the
//! machine of the domain; `kept` says how reports are loaded and saved for it.

mod dispute;
mod file;
mod found;
mod kept;
pub mod kept_receipt;
mod open_receipt;
mod papers;
mod similar;
mod submit;
mod suggest;
mod upload;
mod withdraw;

pub use file::{Filed, file, named};
pub use found::put_on_record;
pub(super) use found::{found_on, open_found, open_lead};
pub use open_receipt::{Returned, come_back, open_receipt, reporter_of};
pub use similar::{Looking, fewest_in, similar};
pub use submit::{Submission, Submitted, submit};
pub use suggest::suggest;
pub use upload::{revoke_uploads, upload_token};
pub use withdraw::withdraw;
