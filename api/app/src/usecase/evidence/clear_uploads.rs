//! The look at photos on their way that time asks for.

use super::{draft::clear_drafts, finish::settle, remove_copies::clear_copies};
use crate::{
    app::App,
    error::AppError,
    store::{self, uploads::Upload},
};
use liangxin_domain::actor::Actor;

/// Puts together what came whole and was left, ends what nobody went on with, lets go of the photos of forms that nobody
/// filed, and removes the copies and the parts that nobody needs. Originals are out of reach: those have names of their own.
pub async fn clear_uploads(app: &App) -> Result<(), AppError> {
    for upload in store::uploads::list_unfinished(&app.db, app.now()).await? {
        match settle(app, &Actor::System, upload).await {
            // What is no photo is gone by now; what somebody else puts together is in good hands.
            Ok(_) | Err(AppError::Refused(_)) => {}
            Err(error) => error.log(),
        }
    }
    for upload in store::uploads::list_expired(&app.db, app.now()).await? {
        // One that cannot be ended keeps none of the others.
        if let Err(error) = end_expired(app, &upload).await {
            error.log();
        }
    }
    clear_drafts(app).await?;
    clear_copies(app).await?;
    if store::uploads::is_any_lost(&app.db, app.now()).await? {
        let work = app.work(&Actor::System).await?;
        store::uploads::drop_lost(&work).await?;
        work.commit().await?;
    }
    remove_dropped(app).await
}

async fn end_expired(app: &App, upload: &Upload) -> Result<(), AppError> {
    let work = app.work(&Actor::System).await?;
    if store::uploads::delete_expired(&work, upload.id).await? {
        store::parkings::remove_empty(&work, upload.photo).await?;
    }
    work.commit().await
}

async fn remove_dropped(app: &App) -> Result<(), AppError> {
    loop {
        let dropped = store::uploads::list_dropped(&app.db).await?;
        if dropped.is_empty() {
            return Ok(());
        }
        let mut removed = Vec::new();
        for part in &dropped {
            match app.objects.remove_part(*part).await {
                Ok(()) => removed.push(*part),
                // One that cannot go keeps none of the others; it is tried again at the next look.
                Err(e) => AppError::unavailable("remove what came of a photo", e).log(),
            }
        }
        store::uploads::forget_parts(&app.db, &removed).await?;
        if removed.len() < dropped.len() {
            return Ok(());
        }
    }
}
