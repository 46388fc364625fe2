//! Leaving an address, and reading it again to write to it.

use crate::{
    app::App, error::AppError, ports::keys::Column, store, store::contacts::Contact, work::Work,
};
use liangxin_domain::{privacy::correspondence::Correspondence, text::Email};
use std::iter;

/// To how many bytes an address is filled up before it is sealed, with what is noted of it; none is longer. What is sealed is as
/// long as what it holds: the two parts of a letter with the same address would be found by it.
const PADDED_TO: usize = 320;

/// What is noted behind an address that was asked whether it wants mails. Sealed with it: of two parts of a letter one alone is
/// asked on a day, and whoever reads which of them was not knows that the other one was.
const ASKED: &str = " asked";

/// An address that was left with a matter.
pub(crate) struct Address {
    /// Where it is.
    pub(crate) to: Email,
    /// Whether it was asked whether it wants mails about this matter.
    pub(crate) was_asked: bool,
}

/// Keeps the address that came with a matter, sealed.
pub(crate) async fn leave(
    app: &App,
    work: &Work,
    about: Correspondence,
    email: &Email,
) -> Result<(), AppError> {
    let sealed = seal(app, about, email.as_str().to_owned())?;
    store::contacts::insert(work, about, sealed).await
}

/// Notes that the address of a matter was asked.
pub(crate) async fn mark_asked(
    app: &App,
    about: Correspondence,
    to: &Email,
) -> Result<(), AppError> {
    let sealed = seal(app, about, format!("{}{ASKED}", to.as_str()))?;
    store::contacts::seal_anew(&app.db, about, sealed).await
}

fn seal(app: &App, about: Correspondence, mut text: String) -> Result<Vec<u8>, AppError> {
    let missing = PADDED_TO.saturating_sub(text.len());
    text.extend(iter::repeat_n(' ', missing));
    let sealed = app
        .keys
        .seal(&app.ids, Column::Contact.of(about.id()), &text);
    sealed.ok_or_else(|| AppError::internal("seal a contact", "the cipher refused"))
}

/// The address, for the mail alone.
pub(crate) fn address_of(
    app: &App,
    about: Correspondence,
    contact: &Contact,
) -> Result<Address, AppError> {
    let text = app
        .keys
        .unseal(Column::Contact.of(about.id()), &contact.sealed);
    let text =
        text.ok_or_else(|| AppError::internal("open a sealed contact", "the key does not fit"))?;
    let text = text.trim_end();
    let (address, was_asked) = match text.strip_suffix(ASKED) {
        Some(address) => (address, true),
        None => (text, contact.asked_at.is_some()),
    };
    let to = Email::parse(address, "contact")
        .map_err(|e| AppError::internal("read a sealed contact", e))?;
    Ok(Address { to, was_asked })
}
