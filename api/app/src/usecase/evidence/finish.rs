//! Putting a photo together once its last byte came. It can be interrupted at any moment and begun again by anybody: by
//! the next request for the upload, or by the look that time asks for.

use super::{
    part::{join, lost},
    store_photo::{Expected, store_photo},
    upload::{UploadState, gone},
};
use crate::{
    app::App,
    error::AppError,
    spool::Spooled,
    store::{self, uploads::Upload},
};
use liangxin_domain::{
    actor::Actor,
    evidence::photo::PhotoOwner,
    refusal::{Code, Refusal},
};
use std::sync::Arc;
use tokio::task::JoinHandle;

/// How an upload stands, after a photo that came whole was put together.
pub(super) async fn settle(
    app: &App,
    actor: &Actor,
    upload: Upload,
) -> Result<UploadState, AppError> {
    let photo = find(app, &upload).await?;
    if photo.stored_at.is_some() || !upload.is_whole() {
        return Ok(UploadState::of(upload, photo));
    }
    if !store::uploads::claim_finish(&app.db, upload.id, app.now()).await? {
        return Err(Refusal::on(Code::UploadBusy, "photoId").into());
    }
    // Not by whoever asks, who may be gone before it is done.
    let (app, actor) = (app.clone(), actor.clone());
    let finishing = apart(async move {
        let finished = finish(&app, &actor, &upload, None).await;
        if matches!(finished, Err(AppError::Unavailable { .. })) {
            store::uploads::release_finish(&app.db, upload.id).await?;
        }
        finished
    });
    let finished = finishing.await;
    finished.map_err(|e| AppError::internal("put a photo together", e))?
}

/// Puts a photo together from what is kept of it and what came `last`, and keeps it as an original. Bytes that are not
/// those that were declared, or are no photo, go: the same photo can begin anew.
pub(super) async fn finish(
    app: &App,
    actor: &Actor,
    upload: &Upload,
    last: Option<&Arc<Spooled>>,
) -> Result<UploadState, AppError> {
    let parts = store::uploads::list_parts(&app.db, upload.id).await?;
    let came = parts.iter().fold(0, |end, part| match part {
        part if part.offset_bytes == end => part.end(),
        _ => end,
    });
    let rest = last.map_or(0, |last| last.size_bytes);
    if came.saturating_add(rest) != upload.size_bytes {
        return Err(lost(app, upload, came).await?);
    }
    let body = join(app, upload, &parts, last).await?;
    let photo = find(app, upload).await?;
    let report = match photo.owner {
        PhotoOwner::Report(report) => Some(report),
        PhotoOwner::Visit(_) => None,
    };
    match store_photo(app, actor, Expected { photo, report }, body).await {
        Ok(photo) => Ok(UploadState::of(upload.clone(), photo)),
        Err(AppError::Refused(refusal)) => {
            let work = app.work(actor).await?;
            store::uploads::delete(&work, upload).await?;
            store::parkings::remove_empty(&work, upload.photo).await?;
            work.commit().await?;
            Err(refusal.into())
        }
        Err(error) => Err(error),
    }
}

pub(super) async fn find(app: &App, upload: &Upload) -> Result<store::evidence::Photo, AppError> {
    let photo = store::evidence::find(&app.db, upload.photo).await?;
    photo.ok_or_else(gone)
}

/// Goes on with work when whoever asked for it goes away.
#[expect(
    clippy::disallowed_methods,
    reason = "what came is kept also when the connection ends; whoever is still there awaits it"
)]
pub(super) fn apart<T: Send + 'static>(
    work: impl Future<Output = T> + Send + 'static,
) -> JoinHandle<T> {
    tokio::spawn(work)
}
