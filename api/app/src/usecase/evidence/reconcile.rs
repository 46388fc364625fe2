//! What became of photos that a phone still has: the answer by which it deletes, sends or shows them. It may be asked at any
//! time and changes nothing.

use super::{holding_receipt, restore::lost};
use crate::{
    app::App,
    caller::Caller,
    error::AppError,
    store::{self, evidence::Photo},
    usecase::reports,
};
use chrono::{DateTime, Utc};
use liangxin_domain::{
    actor::Actor,
    evidence::{digest::Sha256, photo::PhotoOwner},
    id::PhotoId,
    refusal::{Code, Refusal},
};
use std::collections::{HashMap, HashSet};

/// A record with the digests of the photos that a phone has for it; one that cannot be read is refused by itself.
#[derive(Debug, Clone)]
pub struct Asked {
    /// The record.
    pub record: PhotoOwner,
    /// The photos.
    pub photos: Vec<Result<Sha256, Refusal>>,
}

/// What became of a photo.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fate {
    /// It is durably held since then.
    Held(DateTime<Utc>),
    /// The record owes it: the phone sends it.
    Missing,
    /// It will never be taken for this record, or not from this caller; the phone keeps it and shows why.
    Refused(Refusal),
}

/// A record with what became of its photos.
#[derive(Debug, Clone)]
pub struct Reconciled {
    /// The record.
    pub record: PhotoOwner,
    /// Each photo that was asked about, in the order of the question.
    pub photos: Vec<(Option<Sha256>, Fate)>,
    /// The receipt of the record, once all its photos are held.
    pub receipt: Option<String>,
}

/// Tells of each photo how it stands: of visits to officers who may see them, of a report to the holder of its receipt code
/// and to officers who may see it. A record that the caller may not see refuses its photos and keeps none of the others.
pub async fn reconcile(
    app: &App,
    caller: &Caller,
    receipt_code: Option<&str>,
    asked: Vec<Asked>,
) -> Result<Vec<Reconciled>, AppError> {
    let reporter = match receipt_code {
        Some(code) => Some(reports::reporter_of(app, caller, code).await?.1.actor),
        None => None,
    };
    let mut told = Vec::with_capacity(asked.len());
    for Asked { record, photos } in asked {
        let actor = match record {
            PhotoOwner::Report(_) => reporter.as_ref().unwrap_or(&caller.actor),
            PhotoOwner::Visit(_) => &caller.actor,
        };
        told.push(match may_not_see(app, actor, record).await? {
            Some(refusal) => Reconciled {
                record,
                photos: refused(photos, &refusal),
                receipt: None,
            },
            None => seen(app, record, photos).await?,
        });
    }
    Ok(told)
}

/// Why the actor may not see the record, if so.
async fn may_not_see(
    app: &App,
    actor: &Actor,
    record: PhotoOwner,
) -> Result<Option<Refusal>, AppError> {
    if *actor == Actor::Anonymous {
        return Ok(Some(Refusal::of(Code::SignInRequired)));
    }
    let found = match record {
        PhotoOwner::Report(report) => store::reports::get(&app.db, actor, report).await.map(drop),
        PhotoOwner::Visit(visit) => store::inspections::get(&app.db, actor, visit)
            .await
            .map(drop),
    };
    match found {
        Ok(()) => Ok(None),
        Err(AppError::Refused(_)) => Ok(Some(Refusal::of(Code::NotFound))),
        Err(error) => Err(error),
    }
}

fn refused(photos: Vec<Result<Sha256, Refusal>>, why: &Refusal) -> Vec<(Option<Sha256>, Fate)> {
    let each = photos.into_iter().map(|photo| match photo {
        Ok(digest) => (Some(digest), Fate::Refused(why.clone())),
        Err(refusal) => (None, Fate::Refused(refusal)),
    });
    each.collect()
}

async fn seen(
    app: &App,
    record: PhotoOwner,
    photos: Vec<Result<Sha256, Refusal>>,
) -> Result<Reconciled, AppError> {
    let owed = store::evidence::list(&app.db, record).await?;
    let missing = owed.iter().filter(|photo| photo.stored_at.is_none());
    let missing = missing.map(|photo| photo.declared.id);
    let refused = store::photo_refusals::list(&app.db, missing).await?;
    // The phone may have the last copy, and deletes it by this answer.
    let asked: HashSet<Sha256> = photos.iter().flatten().copied().collect();
    let is_asked = |photo: &&Photo| asked.contains(&photo.declared.sha256);
    let kept: Vec<&Photo> = owed.iter().filter(is_asked).collect();
    let lost = lost(app, &kept).await?;
    let each = photos.into_iter().map(|photo| match photo {
        Ok(digest) if lost.contains(&digest) => (Some(digest), Fate::Missing),
        Ok(digest) => (Some(digest), standing(&owed, &refused, digest)),
        Err(refusal) => (None, Fate::Refused(refusal)),
    });
    let photos = each.collect();
    let receipt = if lost.is_empty() {
        holding_receipt(app, record).await?
    } else {
        None
    };
    Ok(Reconciled {
        record,
        photos,
        receipt,
    })
}

/// How a photo stands by its bytes. A record may owe the same bytes twice: they count as held once all of them are. Bytes that
/// came and are no whole picture are not asked for again.
fn standing(owed: &[Photo], refused: &HashMap<PhotoId, Refusal>, digest: Sha256) -> Fate {
    let these = owed.iter().filter(|photo| photo.declared.sha256 == digest);
    let stored: Option<Vec<_>> = these.clone().map(|photo| photo.stored_at).collect();
    match stored.map(|stored| stored.into_iter().max()) {
        None => {
            let mut these = these.filter_map(|photo| refused.get(&photo.declared.id));
            let refused = these.next().cloned();
            refused.map_or(Fate::Missing, Fate::Refused)
        }
        Some(Some(at)) => Fate::Held(at),
        Some(None) => Fate::Refused(Refusal::of(Code::PhotoUnknown)),
    }
}
