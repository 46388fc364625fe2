//! Leaving an address, and reading it again to write to it.

use crate::{
    app::App, error::AppError, ports::keys::Column, store, store::contacts::Contact, work::Work,
};
use liangxin_domain::{privacy::correspondence::Correspondence, text::Email};

/// Keeps the address that came with a matter, sealed.
pub(crate) async fn leave(
    app: &App,
    work: &Work,
    about: Correspondence,
    email: &Email,
) -> Result<(), AppError> {
    let sealed = app
        .keys
        .seal(&app.ids, Column::Contact.of(about.id()), email.as_str());
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
    Email::parse(&address, "contact").map_err(|e| AppError::internal("read a sealed contact", e))
}
