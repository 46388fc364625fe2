//! Giving the original bytes of a photo to somebody who may see the record that owes it.

use crate::{
    app::App,
    caller::Caller,
    error::AppError,
    store::{self, evidence::Photo},
};
use liangxin_domain::{
    evidence::photo::PhotoOwner,
    id::PhotoId,
    refusal::{Code, Refusal},
};

/// The photo with its bytes. What the actor may not see, and what has not arrived, is not found.
pub async fn read_photo(
    app: &App,
    caller: &Caller,
    id: PhotoId,
) -> Result<(Photo, Vec<u8>), AppError> {
    let not_found = || AppError::from(Refusal::on(Code::NotFound, "photoId"));
    let photo = store::evidence::find(&app.db, id).await?;
    let photo = photo
        .filter(|photo| photo.stored_at.is_some())
        .ok_or_else(not_found)?;
    match photo.owner {
        PhotoOwner::Report(report) => {
            store::reports::get(&app.db, &caller.actor, report).await?;
        }
        PhotoOwner::Visit(visit) => {
            store::inspections::get(&app.db, &caller.actor, visit).await?;
        }
    }
    let bytes = app.objects.get(photo.declared.sha256).await;
    let bytes = bytes.map_err(|e| AppError::unavailable("fetch an original", e))?;
    let lost = || {
        AppError::internal(
            "fetch an original",
            format!("the object of photo {id} is gone"),
        )
    };
    Ok((photo, bytes.ok_or_else(lost)?))
}
