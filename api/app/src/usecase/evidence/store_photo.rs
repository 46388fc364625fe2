//! Receiving the bytes of a declared photo.

use super::decode::inspect;
use crate::{
    app::{self, App},
    error::AppError,
    store::{self, evidence::Photo},
    turns::Heavy,
};
use liangxin_domain::{
    actor::Actor,
    event::Event,
    evidence::photo::PhotoOwner,
    id::PhotoId,
    policy::{Action, Facts, permit},
    refusal::{Code, Refusal},
};

/// Checks the bytes against what was declared, keeps them under their digest, and notes that they
/// are held. The same bytes again are a quiet success.
pub async fn store_photo(
    app: &App,
    actor: &Actor,
    id: PhotoId,
    bytes: Vec<u8>,
) -> Result<Photo, AppError> {
    let unknown = || AppError::from(Refusal::on(Code::PhotoUnknown, "photoId"));
    let photo = store::evidence::find(&app.db, id)
        .await?
        .ok_or_else(unknown)?;
    let report = match photo.owner {
        PhotoOwner::Report(report) if *actor == Actor::Reporter(report) => Some(report),
        PhotoOwner::Report(_) => return Err(unknown()),
        PhotoOwner::Visit(visit) => {
            let found = match store::inspections::get(&app.db, actor, visit).await {
                Err(AppError::Refused(_)) => return Err(unknown()),
                found => found?,
            };
            let stake = crate::usecase::inspections::stake(actor, &found);
            permit(
                actor,
                Action::RecordFinding,
                Facts::at(actor, &found.division, stake),
            )?;
            None
        }
    };
    if u64::try_from(bytes.len()).unwrap_or(u64::MAX) != photo.declared.size_bytes {
        return Err(Refusal::on(Code::PhotoSizeMismatch, "photoId").into());
    }
    let declared = photo.declared.sha256;
    let checked = app.in_turn(Heavy::Photo, "decode a photo", move || {
        if app::sha256(&bytes) != declared {
            return Err(Refusal::on(Code::PhotoDigestMismatch, "photoId"));
        }
        inspect(&bytes).map(|facts| (bytes, facts))
    });
    let (bytes, facts) = checked.await??;
    if photo.stored_at.is_none() {
        let kept = app.objects.put(declared, bytes).await;
        kept.map_err(|e| AppError::unavailable("keep an original", e))?;
        let work = app.work(actor).await?;
        if store::evidence::mark_stored(&work, id, &facts).await? {
            app.record(&work, Event::PhotoStored { photo: id, report });
        }
        work.commit().await?;
    }
    let stored = store::evidence::find(&app.db, id).await?;
    stored.ok_or_else(|| AppError::unavailable("find what was stored", "it is not there"))
}
