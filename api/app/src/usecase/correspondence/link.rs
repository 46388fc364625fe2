//! The links that begin and end the mails about a matter. They stand in a mail, which others may read: each does its
//! one thing, opens nothing and tells nothing, not even to whoever has the database which matter it is about.

use crate::{
    app::App,
    error::AppError,
    ports::keys::{Column, Place},
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use liangxin_domain::{
    privacy::correspondence::{Correspondence, CorrespondenceKind},
    refusal::{Code, Refusal},
};
use uuid::Uuid;

/// What a link is good for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Use {
    /// Beginning the mails.
    Confirm,
    /// Ending them.
    Stop,
}

/// The query parameter with the token.
pub const LINK_PARAMETER: &str = "t";

/// A letter for the kind, and the id, as they stood in the clear in a token of before.
const NAMED_BYTES: usize = 1 + 16;

/// With the keyed hash of both. No sealed token is as short.
const BYTES_OF_BEFORE: usize = NAMED_BYTES + 32;

impl Use {
    /// Where the link leads.
    #[must_use]
    pub const fn path(self) -> &'static str {
        match self {
            Self::Confirm => "/mail/confirm",
            Self::Stop => "/mail/stop",
        }
    }

    /// Where its tokens belong, which stand in no row.
    const fn place(self) -> Place {
        match self {
            Self::Confirm => Column::ConfirmLink.of(Uuid::nil()),
            Self::Stop => Column::StopLink.of(Uuid::nil()),
        }
    }

    /// What the tokens of before are hashed for.
    const fn purpose_of_before(self) -> &'static str {
        match self {
            Self::Confirm => "confirm mail",
            Self::Stop => "stop mail",
        }
    }
}

const fn letter(kind: CorrespondenceKind) -> char {
    match kind {
        CorrespondenceKind::Report => 'r',
        CorrespondenceKind::Complaint => 'c',
    }
}

fn of_letter(found: char, id: Uuid) -> Option<Correspondence> {
    let kinds = [CorrespondenceKind::Report, CorrespondenceKind::Complaint];
    let kind = kinds.into_iter().find(|kind| letter(*kind) == found)?;
    Some(Correspondence::of(kind, id))
}

/// The link for the mails of a matter. It is another one in each of them, and works as long as the matter is there.
pub(crate) fn link(app: &App, good_for: Use, about: Correspondence) -> Result<String, AppError> {
    let named = format!("{}{}", letter(about.kind()), about.id().simple());
    let sealed = app.keys.seal(&app.ids, good_for.place(), &named);
    let refused = || AppError::internal("seal a link", "the cipher refused");
    let token = URL_SAFE_NO_PAD.encode(sealed.ok_or_else(refused)?);
    let path = good_for.path();
    Ok(format!("{}{path}?{LINK_PARAMETER}={token}", app.public_url))
}

/// The matter of a token that stood in a mail of ours and is good for this.
pub fn find(app: &App, good_for: Use, token: &str) -> Result<Correspondence, Refusal> {
    let token = URL_SAFE_NO_PAD.decode(token).ok();
    let about = token.and_then(|token| match token.len() {
        BYTES_OF_BEFORE => of_before(app, good_for, &token),
        _ => sealed(app, good_for, &token),
    });
    about.ok_or_else(|| Refusal::of(Code::NotFound))
}

fn sealed(app: &App, good_for: Use, token: &[u8]) -> Option<Correspondence> {
    let named = app.keys.unseal(good_for.place(), token)?;
    let first = named.chars().next()?;
    of_letter(first, Uuid::try_parse(named.get(1..)?).ok()?)
}

/// Mails that went out before links were sealed lie in mailboxes: their links end the mails as they always did.
fn of_before(app: &App, good_for: Use, token: &[u8]) -> Option<Correspondence> {
    let (named, tag) = token.split_at_checked(NAMED_BYTES)?;
    let is_ours = app.keys.is_hash(good_for.purpose_of_before(), named, tag);
    let (first, id) = named.split_first().filter(|_| is_ours)?;
    of_letter(char::from(*first), Uuid::from_slice(id).ok()?)
}
