//! Photos: sending them, showing them, opening an original, and the receipt that they are held.

mod clear_uploads;
mod copy;
mod draft;
mod finish;
mod holding;
mod inspect;
mod look_alikes;
mod open_original;
mod park;
mod part;
mod read_photo;
mod receive;
mod reconcile;
mod redact;
mod remove_copies;
mod store_photo;
mod upload;
mod verify_objects;
mod withdraw_photo;

pub use clear_uploads::clear_uploads;
pub(super) use copy::copies_of;
pub use draft::{fetch_drafts, forget_drafts, keep_drafts};
pub use holding::{check_receipt, holding_receipt};
pub use look_alikes::{find_look_alikes, look_alikes};
pub use open_original::open_original;
pub use park::Stray;
pub use read_photo::{Given, Shown, Wanted, read_photo};
pub use receive::{Checksum, Coming, From, Receiving, receive};
pub use reconcile::{Asked, Fate, Reconciled, reconcile};
pub use redact::{redact_photo, remove_redaction};
pub use remove_copies::remove_copies;
pub use store_photo::{Looked, look, store_looked};
pub use upload::{Announced, Body, Standing, begin_upload, end_upload, find_upload};
pub use verify_objects::{Difference, verify_objects};
pub use withdraw_photo::withdraw_photo;
