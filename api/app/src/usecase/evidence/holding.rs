//! Signing that all photos of a record are held, and checking such a statement offline.

use super::restore::lost;
use crate::{
    app::{App, sha256},
    error::AppError,
    naming,
    ports::evidence_keys::{PublicKeys, Statement, Unproven},
    store::{self, evidence::Photo},
};
use liangxin_domain::{
    actor::Actor,
    event::Event,
    evidence::{
        holding::{FORM, HeldPhoto, HeldRecord, Holding, in_order},
        photo::PhotoOwner,
    },
};
use serde::Serialize;
use std::time::Duration;
use tokio::time::timeout;

/// How long the store has to show what is signed for. Whoever sent a photo, or looks after a record, gets the rest of the answer
/// when that is over, and the receipt another time.
const LOOK: Duration = Duration::from_secs(2);

/// How often it is tried again, if somebody signs for the same record at the same moment.
const TRIES: usize = 4;

/// The receipt that every photo which a record declared and did not withdraw is durably held: the signed statement, in one line. None while one
/// of them is missing or not in the store, and for a record that declared none. Asked for again, the same bytes are answered until other photos
/// are declared. Whoever asks has shown a right to the record.
pub async fn holding_receipt(app: &App, owner: PhotoOwner) -> Result<Option<String>, AppError> {
    let mut photos = store::evidence::list(&app.db, owner).await?;
    // What will not come is neither held nor waited for.
    photos.retain(|photo| photo.stored_at.is_some() || photo.withdrawn.is_none());
    if photos.is_empty() || photos.iter().any(|photo| photo.stored_at.is_none()) {
        return Ok(None);
    }
    let held = photos.iter().map(|photo| {
        let declared = &photo.declared;
        HeldPhoto::new(declared.id, declared.sha256, declared.size_bytes)
    });
    let held = in_order(held.collect());
    let content = sha256(&bytes(&held)?);
    for _ in 0..TRIES {
        if let Some(line) = store::holdings::find(&app.db, owner, content).await? {
            return Ok(Some(line));
        }
        if !are_there(app, &photos).await {
            return Ok(None);
        }
        let work = app.work(&Actor::System).await?;
        let version = store::holdings::next_version(&work, owner).await?;
        let record = HeldRecord {
            id: owner.uuid(),
            kind: owner.into(),
            version,
        };
        let stated = bytes(&Holding::new(record, held.clone(), work.now()))?;
        let line = app.evidence_keys.sign(Statement::Holding, &stated);
        let line = line.map_err(|error| AppError::internal("sign a receipt", error))?;
        if store::holdings::insert_if_free(&work, (owner, version), content, &line).await? {
            let receipt = naming::of_receipt(&line);
            app.record(&work, Event::HoldingSigned { receipt });
            work.commit().await?;
            return Ok(Some(line));
        }
    }
    let others = "others sign for the same record";
    Err(AppError::unavailable("sign a receipt", others))
}

/// Whether all photos lie in the store now. Those that came long ago are signed for once more when others follow, and a phone
/// deletes what is signed for: of what the store lost meanwhile, or does not show in time, nothing is stated.
async fn are_there(app: &App, photos: &[Photo]) -> bool {
    let photos: Vec<&Photo> = photos.iter().collect();
    let looked = timeout(LOOK, lost(app, &photos)).await;
    match looked.unwrap_or_else(|late| Err(AppError::unavailable("look for originals", late))) {
        Ok(lost) => {
            for digest in &lost {
                tracing::error!(%digest, "the bytes of an original are gone, and no receipt is signed for it");
            }
            lost.is_empty()
        }
        Err(error) => {
            error.log();
            false
        }
    }
}

fn bytes(stated: &impl Serialize) -> Result<Vec<u8>, AppError> {
    serde_json::to_vec(stated).map_err(|error| AppError::internal("write a receipt", error))
}

/// What a receipt states, once it is proved by the published keys. Nothing else is asked.
pub fn check_receipt(keys: &PublicKeys, line: &str) -> Result<Holding, Unproven> {
    keys.open_dated((Statement::Holding, FORM), line, |holding: &Holding| {
        (holding.form.as_str(), holding.at.as_str())
    })
}
