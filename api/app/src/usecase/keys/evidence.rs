//! The key that signs evidence. Its row and those of its predecessors hold the public halves, wrapped under the secret root,
//! so that what a lost key signed stays proved and nobody who writes into the database alone adds one of his own; the time of
//! each row is when that key became the one.

use super::{
    rotate::take,
    settle::{Place, SettleError, Start, file_key, proven, public_keys, root},
};
use crate::{
    ports::{
        evidence_keys::EvidenceKeys,
        key_files::{EVIDENCE, FileKey, KeyError, SECRET},
        keys::public_of,
    },
    store::server_keys::{self, Proof},
};
use chrono::{DateTime, Utc};
use liangxin_domain::evidence::digest::Sha256;

/// How the names of the public keys begin that signed evidence before.
const SIGNED_BEFORE: &str = "evidence before ";

/// The keys for evidence. Nothing was signed before the database knows the key: then one is made, whatever else the database
/// holds.
pub(super) async fn settle(
    place: &Place<'_>,
    root: [u8; 32],
    start: Start,
) -> Result<EvidenceKeys, SettleError> {
    let key = file_key(place, EVIDENCE, false, start).await?;
    let proof = proof(place, &FileKey::of(root), &key)?;
    proven(place, (EVIDENCE, told(place)), proof, start).await?;
    let before = public_keys(place, root, SIGNED_BEFORE).await?;
    let since = since(place).await?.unwrap_or(place.now);
    let keys = EvidenceKeys::of((key.bytes(), since), before);
    Ok(keys.map_err(|_| KeyError::Damaged(told(place)))?)
}

/// Puts another key in the place of the present one.
pub(super) async fn rotate(place: &Place<'_>) -> Result<(), SettleError> {
    let present = file_key(place, EVIDENCE, true, Start::Work).await?;
    let root = secret_root(place).await?;
    let public = public(place, &present)?;
    follow(place, &root, present.check_value(EVIDENCE), Some(public)).await
}

/// Puts another key in the place of one that nobody has any more. Its public half stays.
pub(super) async fn replace_lost(place: &Place<'_>) -> Result<(), SettleError> {
    let known = server_keys::find(place.db, EVIDENCE).await?;
    let known = known.ok_or_else(|| KeyError::Missing(told(place)))?;
    let is_held = |key: FileKey| key.check_value(EVIDENCE) == known.check_value;
    if place.directory.find(EVIDENCE)?.is_some_and(is_held) {
        return Err(KeyError::Held(told(place)).into());
    }
    let root = secret_root(place).await?;
    let public = known.wrapped.and_then(|kept| root.open(EVIDENCE, &kept));
    follow(place, &root, known.check_value, public).await
}

async fn follow(
    place: &Place<'_>,
    root: &FileKey,
    value: Sha256,
    public: Option<[u8; 32]>,
) -> Result<(), SettleError> {
    if let (Some(public), Some(since)) = (public, since(place).await?) {
        let name = format!("{SIGNED_BEFORE}{:.8}", value.to_string());
        let before = Proof {
            check_value: value,
            wrapped: root.wrap(place.ids, &name, &public),
        };
        server_keys::keep(place.db, &name, before, since).await?;
    }
    let next = place.directory.make_next(EVIDENCE, place.ids)?;
    let after = proof(place, root, &next)?;
    take(place, EVIDENCE, (value, after)).await?;
    Ok(place.directory.take_next(EVIDENCE)?)
}

/// What stands in the database for a key: its check value and its public half.
fn proof(place: &Place<'_>, root: &FileKey, key: &FileKey) -> Result<Proof, SettleError> {
    Ok(Proof {
        check_value: key.check_value(EVIDENCE),
        wrapped: root.wrap(place.ids, EVIDENCE, &public(place, key)?),
    })
}

fn public(place: &Place<'_>, key: &FileKey) -> Result<[u8; 32], SettleError> {
    Ok(public_of(key.bytes()).map_err(|_| KeyError::Damaged(told(place)))?)
}

async fn secret_root(place: &Place<'_>) -> Result<FileKey, SettleError> {
    let held = file_key(place, SECRET, true, Start::Work).await?;
    Ok(FileKey::of(root(place, &held, true, Start::Work).await?))
}

/// Since when the present key is the one.
async fn since(place: &Place<'_>) -> Result<Option<DateTime<Utc>>, SettleError> {
    let kept = server_keys::list(place.db).await?;
    let present = kept.into_iter().find(|(name, ..)| name == EVIDENCE);
    Ok(present.map(|(_, since, _)| since))
}

fn told(place: &Place<'_>) -> String {
    place.directory.name_of(EVIDENCE)
}
