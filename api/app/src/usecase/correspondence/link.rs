//! The links that begin and end the mails about a matter. They stand in a mail, which others may read: each does its
//! one thing, opens nothing and tells nothing.

use crate::app::App;
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

/// A letter for the kind, and the id.
const NAMED_BYTES: usize = 1 + 16;

/// With the keyed hash of both.
const TOKEN_BYTES: usize = NAMED_BYTES + 32;

impl Use {
    /// Where the link leads.
    #[must_use]
    pub const fn path(self) -> &'static str {
        match self {
            Self::Confirm => "/mail/confirm",
            Self::Stop => "/mail/stop",
        }
    }

    /// What the tokens are hashed for.
    const fn purpose(self) -> &'static str {
        match self {
            Self::Confirm => "confirm mail",
            Self::Stop => "stop mail",
        }
    }
}

fn named(about: Correspondence) -> [u8; NAMED_BYTES] {
    let kind = match about.kind() {
        CorrespondenceKind::Report => b'r',
        CorrespondenceKind::Complaint => b'c',
    };
    let mut named = [kind; NAMED_BYTES];
    named[1..].copy_from_slice(about.id().as_bytes());
    named
}

fn about(named: &[u8]) -> Option<Correspondence> {
    let (kind, id) = named.split_first()?;
    let kind = match kind {
        b'r' => CorrespondenceKind::Report,
        b'c' => CorrespondenceKind::Complaint,
        _ => return None,
    };
    Some(Correspondence::of(kind, Uuid::from_slice(id).ok()?))
}

/// The link for the mails of a matter. It is the same in each of them and works as long as the matter is there.
pub(crate) fn link(app: &App, good_for: Use, about: Correspondence) -> String {
    let named = named(about);
    let hash = app.keys.hash(good_for.purpose(), &named);
    let token = URL_SAFE_NO_PAD.encode([named.as_slice(), &hash].concat());
    let path = good_for.path();
    format!("{}{path}?{LINK_PARAMETER}={token}", app.public_url)
}

/// The matter of a token that stood in a mail of ours and is good for this.
pub fn find(app: &App, good_for: Use, token: &str) -> Result<Correspondence, Refusal> {
    let unknown = || Refusal::of(Code::NotFound);
    let token = URL_SAFE_NO_PAD.decode(token).map_err(|_| unknown())?;
    if token.len() != TOKEN_BYTES {
        return Err(unknown());
    }
    let (named, tag) = token.split_at(NAMED_BYTES);
    if !app.keys.is_hash(good_for.purpose(), named, tag) {
        return Err(unknown());
    }
    about(named).ok_or_else(unknown)
}
