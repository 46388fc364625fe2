//! Fetching the file of a case by a link. Whether its maker still may is asked now, not when the link was made.

use super::{Bundle, allowed, gather::gather, sight};
use crate::{
    app::App,
    error::AppError,
    ports::keys::Purpose,
    store,
    usecase::{
        accounts::{Recognised, holder},
        evidence,
    },
};
use liangxin_domain::{
    actor::Actor,
    evidence::digest::Sha256,
    id::{BundleId, DeviceId, UserId},
    refusal::{Code, Refusal},
};

/// The file of the case of a link, as the case stands now, with what it was taken out as. A link that is over, one that was made up,
/// and one whose device was revoked have one answer.
pub async fn open(app: &App, token: &str) -> Result<(BundleId, Bundle), AppError> {
    let over = || AppError::from(Refusal::of(Code::LinkOver));
    let claims = app.keys.read(Purpose::Bundle, token, app.now());
    let claims = claims.ok_or_else(over)?;
    let device = DeviceId::new(claims.device.ok_or_else(over)?);
    let taken = store::bundles::find(&app.db, BundleId::new(claims.sub)).await?;
    let taken = taken.ok_or_else(over)?;
    let actor = maker(app, (taken.by, device)).await?.ok_or_else(over)?;
    let case = store::cases::get(&app.db, &actor, taken.case).await?;
    allowed(app, &actor, &case).await?;
    let sight = sight(app, &actor, &case).await?;
    Ok((taken.id, gather(app, case, sight).await?))
}

/// Who made a link on a device, as long as that opens something.
pub(super) async fn maker(
    app: &App,
    (by, device): (UserId, DeviceId),
) -> Result<Option<Actor>, AppError> {
    Ok(match holder(app, by, device).await? {
        Some(Recognised::Fully(actor)) => Some(actor),
        Some(Recognised::ToSetUp(_)) | None => None,
    })
}

/// Notes what is handed out by a link: the digest of the list of all parts.
pub async fn note_fetched(app: &App, id: BundleId, manifest: Sha256) -> Result<(), AppError> {
    let work = app.work(&Actor::System).await?;
    store::bundles::note_fetched(&work, id, manifest).await?;
    work.commit().await
}

/// The bytes of a digest, as they come. What is gone or was altered is not handed out as evidence.
pub async fn fetch(app: &App, digest: Sha256) -> Result<evidence::Reading, AppError> {
    evidence::whole(app, digest).await?;
    evidence::pieces(app, digest, 0).await
}
