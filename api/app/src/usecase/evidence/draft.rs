//! Photos of a form that comes back to be corrected, or whose reader looks at it in the other language. They wait for the
//! form, so that nobody has to choose and send them twice: on any replica, over restarts, for a day. They belong to nothing
//! yet: together they are bounded, and those that wait longest make room. What one address brings is bounded too, so that
//! nobody turns out the photos of everybody else.

use super::{part::part_pieces, read_photo::pour};
use crate::{
    app::{App, sha256},
    budget::DraftRoom,
    caller::Caller,
    error::AppError,
    soon::soon,
    spool::Spooled,
    store::{self, drafts::Draft},
};
use chrono::TimeDelta;
use liangxin_domain::{
    actor::Actor,
    evidence::digest::Sha256,
    id::{PartId, UploadId},
    limits::{FORM_PHOTO_BYTES, PHOTOS_PER_OWNER},
};
use std::sync::Arc;
use uuid::Builder;

/// How long a photo waits.
const PATIENCE: TimeDelta = TimeDelta::hours(24);

/// What waits for one form: twice what a form may have, so that what is exchanged pushes nothing out that stays. All of it is
/// fetched whenever the form is sent.
const OF_ONE_FORM: DraftRoom = DraftRoom {
    bytes: 2 * FORM_PHOTO_BYTES,
    photos: 2 * PHOTOS_PER_OWNER as u64,
};

/// Lets the photos of a form wait, as durably as originals are kept; while the database is away, in this process for a while.
/// Only whoever knows what the name of the form is made of reaches them. Refused if photos of too many forms from the same
/// address wait.
pub async fn keep_drafts(
    app: &App,
    caller: &Caller,
    form: Sha256,
    photos: &[Arc<Spooled>],
) -> Result<(), AppError> {
    let waiting = match soon(store::drafts::list(&app.db, form, app.now() - PATIENCE)).await {
        Err(away @ AppError::Unavailable { .. }) => {
            away.log();
            return lay_down(app, caller, form, photos);
        }
        waiting => waiting?,
    };
    let is_new = |photo: &&Arc<Spooled>| {
        let mut waiting = waiting.iter();
        waiting.all(|(draft, _)| draft.sha256 != photo.sha256)
    };
    let new: Vec<_> = photos.iter().filter(is_new).collect();
    if new.is_empty() {
        return Ok(());
    }
    let bytes = new.iter().map(|photo| photo.size_bytes).sum();
    let (budgets, address) = (&app.budgets, &caller.address);
    budgets.keep_drafts(bytes, address, app.now())?;
    let count = u64::try_from(new.len()).unwrap_or(u64::MAX);
    let waiting: Vec<_> = waiting.into_iter().map(|(draft, _)| draft).collect();
    remove(app, too_many(&waiting, (count, bytes))).await?;
    make_room(app, (count, bytes)).await?;
    for photo in new {
        keep(app, form, photo).await?;
    }
    app.shelf.clear(form);
    Ok(())
}

fn lay_down(
    app: &App,
    caller: &Caller,
    form: Sha256,
    photos: &[Arc<Spooled>],
) -> Result<(), AppError> {
    let bytes = photos.iter().map(|photo| photo.size_bytes).sum();
    let (budgets, now) = (&app.budgets, app.now());
    budgets.keep_drafts(bytes, &caller.address, now)?;
    app.shelf.put(form, photos, now);
    Ok(())
}

async fn keep(app: &App, form: Sha256, photo: &Spooled) -> Result<(), AppError> {
    let draft = Draft {
        id: draft_id(form, photo.sha256),
        sha256: photo.sha256,
        size_bytes: photo.size_bytes,
    };
    let part = PartId::new(app.ids.uuid(app.now()));
    let work = app.work(&Actor::Anonymous).await?;
    store::drafts::begin(&work, &draft, part).await?;
    work.commit().await?;
    let put = app.objects.put_part(part, photo).await;
    put.map_err(|e| AppError::unavailable("keep a photo of a form", e))?;
    let work = app.work(&Actor::Anonymous).await?;
    if store::drafts::insert_if_free(&work, form, &draft, part).await? {
        return work.commit().await;
    }
    drop(work);
    let work = app.work(&Actor::Anonymous).await?;
    store::uploads::drop_part(&work, part).await?;
    work.commit().await
}

/// Those of one form that have to go, the longest waiting first, so that so many photos with so many bytes have room.
fn too_many(waiting: &[Draft], (new, bytes): (u64, u64)) -> Vec<UploadId> {
    let mut photos = new.saturating_add(waiting.len() as u64);
    let mut held = waiting.iter().map(|draft| draft.size_bytes).sum::<u64>();
    held = held.saturating_add(bytes);
    let goes = waiting.iter().take_while(|draft| {
        let is_over = photos > OF_ONE_FORM.photos || held > OF_ONE_FORM.bytes;
        photos -= 1;
        held -= draft.size_bytes;
        is_over
    });
    goes.map(|draft| draft.id).collect()
}

/// Those of all forms that wait longest go, until so many photos with so many bytes have room.
async fn make_room(app: &App, (new, bytes): (u64, u64)) -> Result<(), AppError> {
    let (mut photos, mut held) = store::drafts::total(&app.db).await?;
    while photos.saturating_add(new) > app.drafts.photos
        || held.saturating_add(bytes) > app.drafts.bytes
    {
        let work = app.work(&Actor::System).await?;
        let Some((oldest, size)) = store::drafts::oldest(&work).await? else {
            return Ok(());
        };
        store::drafts::delete(&work, oldest).await?;
        work.commit().await?;
        (photos, held) = (photos.saturating_sub(1), held.saturating_sub(size));
    }
    Ok(())
}

/// A photo that waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Waiting {
    /// The digest of its bytes.
    pub sha256: Sha256,
    /// How many there are.
    pub size_bytes: u64,
}

/// Which photos wait for the form, in the order of their coming. Whether their bytes are still there nobody has looked.
pub async fn list_drafts(app: &App, form: Sha256) -> Result<Vec<Waiting>, AppError> {
    let kept = store::drafts::list(&app.db, form, app.now() - PATIENCE).await?;
    let kept = kept
        .iter()
        .map(|(draft, _)| (draft.sha256, draft.size_bytes));
    let lying = app.shelf.of(form, app.now());
    let lying = lying.iter().map(|photo| (photo.sha256, photo.size_bytes));
    let mut found: Vec<Waiting> = Vec::new();
    for (sha256, size_bytes) in kept.chain(lying) {
        if found.iter().all(|other| other.sha256 != sha256) {
            found.push(Waiting { sha256, size_bytes });
        }
    }
    Ok(found)
}

/// The photos that wait for the form, without some.
pub async fn fetch_drafts(
    app: &App,
    form: Sha256,
    without: &[Sha256],
) -> Result<Vec<Arc<Spooled>>, AppError> {
    let mut found = Vec::new();
    let kept = soon(store::drafts::list(&app.db, form, app.now() - PATIENCE)).await?;
    for (draft, part) in kept {
        let digest = draft.sha256;
        if without.contains(&digest) {
            continue;
        }
        // One that is not there, or is not what it was, has to be chosen again.
        found.extend(fetch(app, &draft, part).await?.map(Arc::new));
    }
    for photo in app.shelf.of(form, app.now()) {
        let digest = photo.sha256;
        let is_there = |other: &Arc<Spooled>| other.sha256 == digest;
        if !without.contains(&digest) && !found.iter().any(is_there) {
            found.push(photo);
        }
    }
    Ok(found)
}

/// A photo that waits; nothing if it is not there, or is not what it was.
async fn fetch(app: &App, draft: &Draft, part: PartId) -> Result<Option<Spooled>, AppError> {
    let no_room = |e| AppError::unavailable("fetch a photo of a form", e);
    let Some(pieces) = part_pieces(app, part).await? else {
        return Ok(None);
    };
    let mut body = app.spool.begin(draft.size_bytes).map_err(no_room)?;
    pour(pieces, &mut body).await?;
    let body = body.finish().await.map_err(no_room)?;
    Ok((body.sha256 == draft.sha256).then_some(body))
}

/// Lets go of the photos of a form that was filed.
pub async fn forget_drafts(app: &App, form: Sha256) -> Result<(), AppError> {
    app.shelf.clear(form);
    let waiting = store::drafts::of_form(&app.db, form).await?;
    remove(app, waiting).await
}

/// Lets go of the photos that waited a day.
pub(super) async fn clear_drafts(app: &App) -> Result<(), AppError> {
    app.shelf.clear_old(app.now());
    let old = store::drafts::list_old(&app.db, app.now() - PATIENCE).await?;
    remove(app, old).await
}

async fn remove(app: &App, drafts: Vec<UploadId>) -> Result<(), AppError> {
    if drafts.is_empty() {
        return Ok(());
    }
    let work = app.work(&Actor::System).await?;
    for draft in drafts {
        store::drafts::delete(&work, draft).await?;
    }
    work.commit().await
}

/// The same photo of the same form is the same draft.
fn draft_id(form: Sha256, photo: Sha256) -> UploadId {
    let mut id = [0; 16];
    id.copy_from_slice(&sha256(format!("draft\n{form}\n{photo}").as_bytes()).bytes()[..16]);
    UploadId::new(Builder::from_custom_bytes(id).into_uuid())
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn waiting(photos: u128, size_bytes: u64) -> Vec<Draft> {
        let draft = |n| Draft {
            id: UploadId::new(Uuid::from_u128(n)),
            sha256: Sha256::new([0; 32]),
            size_bytes,
        };
        (0..photos).map(draft).collect()
    }

    #[test]
    fn of_one_form_those_that_came_first_go_when_more_than_two_forms_full_would_wait() {
        for (photos, size, new, gone) in [
            (47, 1, (1, 1), 0),
            (48, 1, (1, 1), 1),
            (48, 1, (24, 24), 24),
            (7, 25_000_000, (1, 25_000_000), 0),
            (8, 25_000_000, (1, 1), 1),
            (8, 25_000_000, (4, 100_000_000), 4),
            (0, 1, (24, 100_000_000), 0),
        ] {
            let waiting = waiting(photos, size);
            let first: Vec<_> = waiting.iter().take(gone).map(|draft| draft.id).collect();
            assert_eq!(too_many(&waiting, new), first, "{photos} of {size}");
        }
    }
}
