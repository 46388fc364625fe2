//! Another key in the place of one. The next file is written first, then the database takes its check value, then the file
//! takes its place: whatever cuts that, the next start goes on from there, and no key is lost that something hangs on.

use super::{
    evidence,
    settle::{
        Named, Place, RECIPIENT_ROW, SIGNED_BEFORE, SettleError, Start, file_key, root, settle,
    },
};
use crate::{
    error::AppError,
    ports::{
        identity_keys::IdentityKeys,
        key_files::{FileKey, KeyError, SECRET, SIGNING},
        keys::public_of,
    },
    store::server_keys::{self, Proof},
};
use liangxin_domain::evidence::digest::Sha256;

/// Which key gets a successor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rotated<'a> {
    /// The one that signs tokens. What it signed works until it ends.
    Signing,
    /// The one that signs evidence. What it signed stays proved, by its public half.
    Evidence,
    /// The one that unwraps the secret root, which stays: every code and everything sealed goes on.
    Secret,
    /// The pair that the server made itself.
    OwnIdentity,
    /// The public identity key that an operator made; the setting has to follow.
    Recipient(&'a str),
}

/// Whether the key that gets a successor is still there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Present {
    /// It is.
    Held,
    /// It is lost for good, and what hangs on it too.
    Lost,
}

/// Puts another key in the place of one. Servers that run go on with what they hold; they take the successor at their next
/// start.
pub async fn rotate(
    place: &Place<'_>,
    named: Named<'_>,
    (which, present): (Rotated<'_>, Present),
) -> Result<(), SettleError> {
    if present == Present::Held && !matches!(which, Rotated::Recipient(_)) {
        // What a rotation that was cut left is ended first, and nothing is rotated on a foreign database.
        settle(place, named, Start::Work).await?;
    }
    match (which, present) {
        (Rotated::Signing, Present::Held) => signing(place).await,
        (Rotated::Secret, Present::Held) => secret(place).await,
        (Rotated::Evidence, Present::Held) => evidence::rotate(place).await,
        (Rotated::Evidence, Present::Lost) => evidence::replace_lost(place).await,
        (Rotated::OwnIdentity, _) => own_identity(place).await,
        (Rotated::Recipient(recipient), _) => new_recipient(place, recipient).await,
        (Rotated::Signing, Present::Lost) => lost(place, SIGNING).await,
        (Rotated::Secret, Present::Lost) => lost(place, SECRET).await,
    }
}

async fn signing(place: &Place<'_>) -> Result<(), SettleError> {
    let present = file_key(place, SIGNING, true, Start::Work).await?;
    let held = file_key(place, SECRET, true, Start::Work).await?;
    let root = FileKey::of(root(place, &held, true, Start::Work).await?);
    let damaged = |_| KeyError::Damaged(place.directory.name_of(SIGNING));
    let public = public_of(present.bytes()).map_err(damaged)?;
    // Known by a part of its check value: the row must not be that of another key.
    let value = present.check_value(SIGNING);
    let name = format!("{SIGNED_BEFORE}{:.8}", value.to_string());
    let before = Proof {
        check_value: value,
        wrapped: root.wrap(place.ids, &name, &public),
    };
    server_keys::keep(place.db, &name, before, place.now).await?;
    let next = place.directory.make_next(SIGNING, place.ids)?;
    let after = Proof::of(next.check_value(SIGNING));
    take(place, SIGNING, (value, after)).await?;
    Ok(place.directory.take_next(SIGNING)?)
}

async fn secret(place: &Place<'_>) -> Result<(), SettleError> {
    let present = file_key(place, SECRET, true, Start::Work).await?;
    let root = root(place, &present, true, Start::Work).await?;
    let next = place.directory.make_next(SECRET, place.ids)?;
    let after = wrapping(place, &next, &root)?;
    take(place, SECRET, (present.check_value(SECRET), after)).await?;
    Ok(place.directory.take_next(SECRET)?)
}

/// A key that nobody has any more gets a successor on which nothing hangs yet.
async fn lost(place: &Place<'_>, name: &str) -> Result<(), SettleError> {
    let told = || place.directory.name_of(name);
    let known = server_keys::find(place.db, name).await?;
    let known = known.ok_or_else(|| KeyError::Missing(told()))?;
    let is_held = |key: FileKey| key.check_value(name) == known.check_value;
    if place.directory.find(name)?.is_some_and(is_held) {
        return Err(KeyError::Held(told()).into());
    }
    let next = place.directory.make_next(name, place.ids)?;
    let after = match name {
        SECRET => wrapping(place, &next, &place.ids.bytes())?,
        _ => Proof::of(next.check_value(name)),
    };
    take(place, name, (known.check_value, after)).await?;
    Ok(place.directory.take_next(name)?)
}

async fn own_identity(place: &Place<'_>) -> Result<(), SettleError> {
    let directory = place.directory.path();
    let next = IdentityKeys::make_next(directory, place.ids)?;
    let value = to_recipient(place, &next).await?;
    Ok(IdentityKeys::take_next(directory, value, place.ids)?)
}

async fn new_recipient(place: &Place<'_>, recipient: &str) -> Result<(), SettleError> {
    let next = IdentityKeys::recipient_of(recipient)?;
    to_recipient(place, &next).await?;
    // If the private half of before lies here, it goes on opening what was sealed to it.
    Ok(IdentityKeys::put_aside(place.directory.path())?)
}

/// From now on the database expects another public identity key.
async fn to_recipient(place: &Place<'_>, next: &IdentityKeys) -> Result<Sha256, SettleError> {
    let value = next
        .check_value()
        .ok_or_else(|| KeyError::Damaged("the public identity key".to_owned()))?;
    match server_keys::find(place.db, RECIPIENT_ROW).await? {
        Some(known) => take(place, RECIPIENT_ROW, (known.check_value, Proof::of(value))).await?,
        None => {
            server_keys::keep(place.db, RECIPIENT_ROW, Proof::of(value), place.now).await?;
        }
    }
    Ok(value)
}

fn wrapping(place: &Place<'_>, key: &FileKey, root: &[u8; 32]) -> Result<Proof, SettleError> {
    let wrapped = key.wrap(place.ids, SECRET, root);
    let wrapped = wrapped.ok_or_else(|| KeyError::Damaged(place.directory.name_of(SECRET)))?;
    Ok(Proof {
        check_value: key.check_value(SECRET),
        wrapped: Some(wrapped),
    })
}

pub(super) async fn take(
    place: &Place<'_>,
    name: &str,
    change: (Sha256, Proof),
) -> Result<(), SettleError> {
    if server_keys::replace(place.db, name, change, place.now).await? {
        return Ok(());
    }
    let other = "another rotation came first";
    Err(AppError::unavailable("rotate a key", other).into())
}
