//! Fetching the file of a case by a link. Whether its maker still may is asked now, not when the link was made.

use super::{Bundle, allowed, gather::gather};
use crate::{
    app::{App, sha256},
    error::AppError,
    ports::keys::Purpose,
    store,
    usecase::accounts::{Recognised, holder},
};
use liangxin_domain::{
    actor::Actor,
    evidence::digest::Sha256,
    id::{BundleId, DeviceId},
    refusal::{Code, Refusal},
};

/// The file of the case of a link, as the case stands now. A link that is over, one that was made up, and one whose device was
/// revoked have one answer.
pub async fn open(app: &App, token: &str) -> Result<Bundle, AppError> {
    let over = || AppError::from(Refusal::of(Code::LinkOver));
    let claims = app.keys.read(Purpose::Bundle, token, app.now());
    let claims = claims.ok_or_else(over)?;
    let device = DeviceId::new(claims.device.ok_or_else(over)?);
    let taken = store::bundles::find(&app.db, BundleId::new(claims.sub)).await?;
    let taken = taken.ok_or_else(over)?;
    let actor: Actor = match holder(app, taken.by, device).await? {
        Some(Recognised::Fully(actor)) => actor,
        Some(Recognised::ToSetUp(_)) | None => return Err(over()),
    };
    let case = store::cases::get(&app.db, &actor, taken.case).await?;
    allowed(app, &actor, &case).await?;
    gather(app, case).await
}

/// The bytes of a digest. What is gone or was altered is not handed out as evidence.
pub async fn fetch(app: &App, digest: Sha256) -> Result<Vec<u8>, AppError> {
    let bytes = app.objects.get(digest).await;
    let bytes = bytes.map_err(|error| AppError::unavailable("fetch an original", error))?;
    let bytes = bytes.filter(|bytes| sha256(bytes) == digest);
    bytes.ok_or_else(|| {
        let lost = format!("the object {digest} is gone or altered");
        AppError::internal("fetch an original", lost)
    })
}
