//! Removing the bytes of copies that are not shown any more. Their rows stay until the bytes are gone, so that whoever goes on after a
//! crash finds what is left to do; originals are out of reach, as the copies have names of their own.

use crate::{
    app::App,
    error::AppError,
    store::{self, copies::Copies},
};
use liangxin_domain::{actor::Actor, id::PhotoId};

/// Removes the copies of a photo that were given up.
pub async fn remove_copies(app: &App, photo: PhotoId) -> Result<(), AppError> {
    loop {
        let dropped = store::copies::list_dropped(&app.db, Some(photo)).await?;
        if dropped.is_empty() {
            return Ok(());
        }
        for copies in dropped {
            remove(app, copies).await?;
        }
    }
}

/// Gives up the copies that a process began to put and never noted, and removes what was given up of whatever photo.
pub(super) async fn clear_copies(app: &App) -> Result<(), AppError> {
    if store::copies::is_any_lost(&app.db, app.now()).await? {
        let work = app.work(&Actor::System).await?;
        store::copies::drop_lost(&work).await?;
        work.commit().await?;
    }
    for copies in store::copies::list_dropped(&app.db, None).await? {
        // One that cannot go keeps none of the others; it is tried again at the next look.
        if let Err(error) = remove(app, copies).await {
            error.log();
        }
    }
    Ok(())
}

async fn remove(app: &App, Copies { id, large, small }: Copies) -> Result<(), AppError> {
    for digest in [large, small] {
        let removed = app.objects.remove_copy(id, digest).await;
        removed.map_err(|e| AppError::unavailable("remove a copy", e))?;
    }
    store::copies::forget(&app.db, id).await
}
