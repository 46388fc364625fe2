//! Which keys a process works with. They are made only where nothing hangs on a key yet, and the database holds a check value
//! of each from then on; a key that is missing or is another one is told by name, and nothing is made in its place. A
//! database that an earlier version filled takes the check values of the keys that are there.

use super::evidence;
use crate::{
    error::AppError,
    ports::{
        evidence_keys::EvidenceKeys,
        identity_keys::{IdentityKeys, RECIPIENT, SETTING},
        ids::Ids,
        key_files::{FileKey, KeyDirectory, KeyError, SECRET, SIGNING},
        keys::{Column, Keys},
    },
    store::server_keys::{self, Proof},
    work::Db,
};
use chrono::{DateTime, Utc};
use uuid::Uuid;

/// Under which name the public identity key is known.
pub(super) const RECIPIENT_ROW: &str = "recipient";
/// How the names of the public keys begin that signed tokens before.
pub(super) const SIGNED_BEFORE: &str = "signed before ";

/// Why a process has no keys to work with.
#[derive(Debug, thiserror::Error)]
pub enum SettleError {
    /// A key.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// The database.
    #[error(transparent)]
    Database(#[from] AppError),
}

/// Where the keys belong.
#[derive(Debug)]
pub struct Place<'a> {
    /// The database that is filled with them.
    pub db: &'a Db,
    /// Their files.
    pub directory: &'a KeyDirectory,
    /// Randomness for new ones.
    pub ids: &'a Ids,
    /// The time.
    pub now: DateTime<Utc>,
}

/// What a process may do with the keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Start {
    /// Make them where nothing hangs on them, and leave their check values.
    Work,
    /// Read them. Where nothing hangs on them and none are there, keys that end with the process.
    Look,
}

/// Where the public identity key comes from.
#[derive(Debug, Clone, Copy)]
pub enum Named<'a> {
    /// The operator says it.
    Setting(&'a str),
    /// The server makes a pair of its own.
    Own,
    /// From nowhere: real names are refused.
    Nowhere,
}

/// The keys of a process.
#[derive(Debug)]
pub struct Settled {
    /// Those that sign tokens, hash codes and seal.
    pub keys: Keys,
    /// Those that sign evidence.
    pub evidence: EvidenceKeys,
    /// The bureau's identity key.
    pub identity: IdentityKeys,
}

/// The keys of a process, compared with the check values of the database.
pub async fn settle(
    place: &Place<'_>,
    named: Named<'_>,
    start: Start,
) -> Result<Settled, SettleError> {
    let must_be_there = server_keys::hangs_on_keys(place.db).await?;
    let signing = file_key(place, SIGNING, must_be_there, start).await?;
    let secret = file_key(place, SECRET, must_be_there, start).await?;
    let proof = Proof::of(signing.check_value(SIGNING));
    let told = place.directory.name_of(SIGNING);
    proven(place, (SIGNING, told), proof, start).await?;
    let root = root(place, &secret, must_be_there, start).await?;
    let damaged = |_| KeyError::Damaged(place.directory.name_of(SIGNING));
    let keys = Keys::of(signing.bytes(), &root).map_err(damaged)?;
    let keys = keys.knowing(&before(place, root).await?);
    Ok(Settled {
        keys,
        evidence: evidence::settle(place, root, start).await?,
        identity: identity(place, named, start).await?,
    })
}

/// The key of a file. It is made if nothing hangs on it and the process may; for a look it ends with the process.
pub(super) async fn file_key(
    place: &Place<'_>,
    name: &str,
    must_be_there: bool,
    start: Start,
) -> Result<FileKey, SettleError> {
    // Before the look at the file: another process that starts now makes the file first.
    let known = server_keys::find(place.db, name).await?;
    let found = place.directory.find(name)?;
    let Some(known) = known else {
        return match (found, start) {
            (Some(found), _) => Ok(found),
            (None, _) if must_be_there => {
                Err(KeyError::Missing(place.directory.name_of(name)).into())
            }
            (None, Start::Work) => Ok(place.directory.make(name, place.ids)?),
            (None, Start::Look) => Ok(FileKey::generate(place.ids)),
        };
    };
    let is_known = |key: &FileKey| key.check_value(name) == known.check_value;
    let told = place.directory.name_of(name);
    match found {
        Some(found) if is_known(&found) => Ok(found),
        found => match place.directory.find_next(name)?.filter(is_known) {
            // A rotation was cut behind its last look at the database.
            Some(next) => {
                if start == Start::Work {
                    place.directory.take_next(name)?;
                }
                Ok(next)
            }
            None if found.is_some() => Err(KeyError::Foreign(told).into()),
            None => Err(KeyError::Missing(told).into()),
        },
    }
}

/// Compares a key with what the database holds under its name, and leaves its proof there if that is nothing; answers what
/// stands there then. `told` is how the operator knows it.
pub(super) async fn proven(
    place: &Place<'_>,
    (name, told): (&str, String),
    proof: Proof,
    start: Start,
) -> Result<Proof, SettleError> {
    let expected = proof.check_value;
    let kept = match start {
        Start::Work => server_keys::keep(place.db, name, proof, place.now).await?,
        Start::Look => server_keys::find(place.db, name).await?.unwrap_or(proof),
    };
    if kept.check_value == expected {
        Ok(kept)
    } else {
        Err(KeyError::Foreign(told).into())
    }
}

/// The secret root, which the key of the file unwraps. A database that an earlier version filled was filled with the file
/// itself.
pub(super) async fn root(
    place: &Place<'_>,
    secret: &FileKey,
    was_filled: bool,
    start: Start,
) -> Result<[u8; 32], SettleError> {
    let foreign = || KeyError::Foreign(place.directory.name_of(SECRET));
    let known = server_keys::find(place.db, SECRET).await?;
    let root = match (&known, was_filled) {
        (None, true) => {
            opens_what_is_there(place, secret).await?;
            *secret.bytes()
        }
        _ => place.ids.bytes(),
    };
    let wrapped = secret.wrap(place.ids, SECRET, &root).ok_or_else(foreign)?;
    let proof = Proof {
        check_value: secret.check_value(SECRET),
        wrapped: Some(wrapped),
    };
    let told = place.directory.name_of(SECRET);
    let kept = proven(place, (SECRET, told), proof, start).await?;
    let wrapped = kept.wrapped.as_deref();
    let unwrapped = wrapped.and_then(|kept| secret.open(SECRET, kept));
    Ok(unwrapped.ok_or_else(foreign)?)
}

/// The public keys of before, with the time since when another one signs. They are wrapped under the secret root, so that
/// nobody who writes into the database alone adds one of his own.
async fn before(
    place: &Place<'_>,
    root: [u8; 32],
) -> Result<Vec<([u8; 32], DateTime<Utc>)>, SettleError> {
    public_keys(place, root, SIGNED_BEFORE).await
}

/// The public keys whose names begin so, each with the time in its row.
pub(super) async fn public_keys(
    place: &Place<'_>,
    root: [u8; 32],
    named: &str,
) -> Result<Vec<([u8; 32], DateTime<Utc>)>, SettleError> {
    let root = FileKey::of(root);
    let kept = server_keys::list(place.db).await?;
    let kept = kept
        .into_iter()
        .filter(|(name, ..)| name.starts_with(named));
    Ok(kept
        .filter_map(|(name, since, proof)| {
            let public = root.open(&name, proof.wrapped.as_deref()?)?;
            Some((public, since))
        })
        .collect())
}

/// Nobody knows yet which key a database of an earlier version was filled with, but what is sealed in it.
async fn opens_what_is_there(place: &Place<'_>, secret: &FileKey) -> Result<(), SettleError> {
    let foreign = || KeyError::Foreign(place.directory.name_of(SECRET));
    let keys = Keys::of(&[0; 32], secret.bytes()).map_err(|_| foreign())?;
    let particulars = server_keys::find_particulars(place.db).await?;
    let contact = server_keys::find_contact(place.db).await?;
    for (column, sealed) in [
        (Column::Particulars, particulars),
        (Column::Contact, contact),
    ] {
        let opens = |(row, sealed): (Uuid, Vec<u8>)| keys.unseal(column.of(row), &sealed).is_some();
        if !sealed.is_none_or(opens) {
            return Err(foreign().into());
        }
    }
    Ok(())
}

/// The identity key: that of the setting, or the pair of the directory, which is made if none was ever used.
async fn identity(
    place: &Place<'_>,
    named: Named<'_>,
    start: Start,
) -> Result<IdentityKeys, SettleError> {
    let directory = place.directory.path();
    // Before the look at the files, as with the others.
    let known = server_keys::find(place.db, RECIPIENT_ROW).await?;
    let was_settled = known.is_some();
    if let (Some(known), Named::Own, Start::Work) = (known, named, start) {
        IdentityKeys::take_next(directory, known.check_value, place.ids)?;
    }
    let (keys, told) = match named {
        Named::Setting(recipient) => {
            let keys = IdentityKeys::configured(recipient, directory)?;
            (Some(keys), SETTING.to_owned())
        }
        Named::Own => {
            let told = place.directory.name_of(RECIPIENT);
            (IdentityKeys::find(directory)?, told)
        }
        // Whoever looks may do so in another mode than the server that made a pair.
        Named::Nowhere if start == Start::Look => {
            (IdentityKeys::find(directory)?, SETTING.to_owned())
        }
        Named::Nowhere => (None, SETTING.to_owned()),
    };
    let keys = match keys {
        Some(keys) => keys,
        None if was_settled => return Err(KeyError::Missing(told).into()),
        None if !matches!(named, Named::Own) => return Ok(IdentityKeys::none()),
        None if server_keys::has_sealed_fields(place.db).await? => {
            return Err(KeyError::Missing(told).into());
        }
        None if start == Start::Look => return Ok(IdentityKeys::none()),
        None => IdentityKeys::make(directory, place.ids)?,
    };
    if let Some(check_value) = keys.check_value() {
        proven(place, (RECIPIENT_ROW, told), Proof::of(check_value), start).await?;
    }
    Ok(keys)
}
