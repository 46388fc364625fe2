//! The link that ends the mails about a matter. It stands in a mail, which others may read: it opens nothing,
//! tells nothing, and can do nothing else.

use super::Correspondence;
use crate::app::App;
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use liangxin_domain::{
    id::{ComplaintId, ReportId},
    refusal::{Code, Refusal},
};
use uuid::Uuid;

/// Where the link leads.
pub const STOP_PATH: &str = "/mail/stop";

/// The query parameter with the token.
pub const STOP_PARAMETER: &str = "t";

/// What the tokens are hashed for.
const PURPOSE: &str = "stop mail";

/// A letter for the kind, and the id.
const NAMED_BYTES: usize = 1 + 16;

/// With the keyed hash of both.
const TOKEN_BYTES: usize = NAMED_BYTES + 32;

impl Correspondence {
    fn named(self) -> [u8; NAMED_BYTES] {
        let (kind, id) = match self {
            Self::Report(report) => (b'r', report.uuid()),
            Self::Complaint(complaint) => (b'c', complaint.uuid()),
        };
        let mut named = [kind; NAMED_BYTES];
        named[1..].copy_from_slice(id.as_bytes());
        named
    }

    fn of(named: &[u8]) -> Option<Self> {
        let (kind, id) = named.split_first()?;
        let id = Uuid::from_slice(id).ok()?;
        match kind {
            b'r' => Some(Self::Report(ReportId::new(id))),
            b'c' => Some(Self::Complaint(ComplaintId::new(id))),
            _ => None,
        }
    }
}

/// The link for the mails of a matter. It is the same in each of them and works as long as the matter is there.
pub(crate) fn stop_link(app: &App, about: Correspondence) -> String {
    let named = about.named();
    let token = [named.as_slice(), &app.keys.hash(PURPOSE, &named)].concat();
    let token = URL_SAFE_NO_PAD.encode(token);
    format!("{}{STOP_PATH}?{STOP_PARAMETER}={token}", app.public_url)
}

/// The matter of a token that stood in a mail of ours.
pub fn find(app: &App, token: &str) -> Result<Correspondence, Refusal> {
    let unknown = || Refusal::of(Code::NotFound);
    let token = URL_SAFE_NO_PAD.decode(token).map_err(|_| unknown())?;
    if token.len() != TOKEN_BYTES {
        return Err(unknown());
    }
    let (named, tag) = token.split_at(NAMED_BYTES);
    if !app.keys.is_hash(PURPOSE, named, tag) {
        return Err(unknown());
    }
    Correspondence::of(named).ok_or_else(unknown)
}
