//! Originals that the store lost: a disk died, or a bucket came back from before. Whoever still has one sends it again as a
//! whole, and it lies where it lay. Nothing else changes: what is held is told by its digest.

use super::{finish::find, part::elsewhere};
use crate::{
    app::App,
    error::AppError,
    spool::Spooled,
    store::{evidence::Photo, uploads::Upload},
};
use futures_util::future::try_join_all;
use liangxin_domain::{
    actor::Actor,
    event::Event,
    evidence::digest::Sha256,
    refusal::{Code, Refusal},
};
use std::{collections::HashSet, sync::Arc};

/// Whether the bytes of a photo that is noted as held are gone, or cut by a copy of the store that was brought back: those stand
/// in the way of the whole ones until somebody takes them out, but whoever has these must not delete them meanwhile.
pub(super) async fn is_lost(app: &App, photo: &Photo) -> Result<bool, AppError> {
    if photo.stored_at.is_none() {
        return Ok(false);
    }
    let there = app.objects.size_bytes(photo.declared.sha256).await;
    let there = there.map_err(|e| AppError::unavailable("look for an original", e))?;
    Ok(there != Some(photo.declared.size_bytes))
}

/// Of photos of one record, the digests of those that are noted as held and whose bytes are gone. The store is asked for all of
/// them at once: they are few.
pub(super) async fn lost(app: &App, photos: &[&Photo]) -> Result<HashSet<Sha256>, AppError> {
    let looks: Vec<_> = photos.iter().map(|photo| is_lost(app, photo)).collect();
    let found = try_join_all(looks).await?;
    let lost = photos.iter().zip(found).filter(|(_, is_lost)| *is_lost);
    Ok(lost.map(|(photo, _)| photo.declared.sha256).collect())
}

/// Puts an original back. Other bytes than those that were held are refused; of fewer none is kept, and it begins anew.
pub(super) async fn restore(
    app: &App,
    actor: &Actor,
    upload: &Upload,
    body: Option<Arc<Spooled>>,
) -> Result<(), AppError> {
    let photo = find(app, upload).await?;
    let came = body.as_ref().map_or(0, |body| body.size_bytes);
    if came < upload.size_bytes {
        return Err(elsewhere(0));
    }
    let body = body.filter(|body| body.sha256 == photo.declared.sha256);
    let body = body.ok_or_else(|| Refusal::on(Code::PhotoDigestMismatch, "photoId"))?;
    let put = app.objects.put(&body).await;
    put.map_err(|e| AppError::unavailable("put an original back", e))?;
    let photo = photo.declared.id;
    tracing::warn!(%photo, "the bytes of an original were gone, and came back");
    let work = app.work(actor).await?;
    app.record(&work, Event::PhotoRestored { photo });
    work.commit().await
}
