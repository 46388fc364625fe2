//! What phones keep of places in the order of changes. On PostgreSQL a place is the number of a transaction: told as it is, it
//! would count what everybody writes, and so say that somebody is filing a report now.

use crate::{
    app::App,
    error::AppError,
    ports::keys::{self, Column},
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use liangxin_domain::{
    id::UserId,
    pull::{Checkpoint, Place, unknown},
};

/// How many bytes tell one change of a document from another.
const VERSION_BYTES: usize = 8;

/// A checkpoint stands in no row, and belongs to one person.
const fn place(user: UserId) -> keys::Place {
    Column::Checkpoint.of(user.uuid())
}

/// A checkpoint as the phone of a person keeps it.
pub fn seal(app: &App, user: UserId, checkpoint: &Checkpoint) -> Result<Vec<u8>, AppError> {
    let sealed = app
        .keys
        .seal_bytes(&app.ids, place(user), &checkpoint.to_bytes());
    sealed.ok_or_else(|| AppError::internal("seal a checkpoint", "the cipher refused"))
}

/// The checkpoint that the phone of a person kept; refused if it was given to nobody, or to somebody else.
pub fn open(app: &App, user: UserId, sealed: &[u8]) -> Result<Checkpoint, AppError> {
    let bytes = app.keys.unseal_bytes(place(user), sealed);
    Ok(Checkpoint::from_bytes(&bytes.ok_or_else(unknown)?)?)
}

/// What tells one change of a document from another, the same for everybody.
#[must_use]
pub fn version(app: &App, changed: Place) -> String {
    let Place { position, document } = changed;
    let changed = [document.as_bytes().as_slice(), &position.to_be_bytes()].concat();
    let hash = app.keys.hash("version of a document on phones", &changed);
    let (short, _) = hash.split_at(VERSION_BYTES);
    URL_SAFE_NO_PAD.encode(short)
}
