//! Leaving an address, and reading it again to write to it.

use crate::{
    app::App, error::AppError, ports::keys::Column, store, store::contacts::Contact, work::Work,
};
use liangxin_domain::{privacy::correspondence::Correspondence, text::Email};
use std::iter;

/// To how many bytes an address is filled up before it is sealed; none is longer. What is sealed is as long as what it holds: the
/// two parts of a letter with the same address would be found by it.
const PADDED_TO: usize = 256;

/// Keeps the address that came with a matter, sealed.
pub(crate) async fn leave(
    app: &App,
    work: &Work,
    about: Correspondence,
    email: &Email,
) -> Result<(), AppError> {
    let mut padded = email.as_str().to_owned();
    let missing = PADDED_TO.saturating_sub(padded.len());
    padded.extend(iter::repeat_n(' ', missing));
    let sealed = app
        .keys
        .seal(&app.ids, Column::Contact.of(about.id()), &padded);
    let refused = || AppError::internal("seal a contact", "the cipher refused");
    store::contacts::insert(work, about, sealed.ok_or_else(refused)?).await
}

/// The address, for the mail alone.
pub(crate) fn address_of(
    app: &App,
    about: Correspondence,
    contact: &Contact,
) -> Result<Email, AppError> {
    let address = app
        .keys
        .unseal(Column::Contact.of(about.id()), &contact.sealed);
    let address = address
        .ok_or_else(|| AppError::internal("open a sealed contact", "the key does not fit"))?;
    Email::parse(address.trim_end(), "contact")
        .map_err(|e| AppError::internal("read a sealed contact", e))
}
