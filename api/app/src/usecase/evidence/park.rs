//! Photos that come and that their record did not declare: another file than the one that was named, or one that nobody
//! named. They are evidence all the same: kept beside the record with the reason, and shown; nothing counts them among what
//! was declared.

use super::store_photo::{Expected, keep, look, may_send};
use crate::{
    app::{App, sha256},
    error::AppError,
    naming,
    spool::Spooled,
    store,
    turns::Whose,
};
use liangxin_domain::{
    actor::Actor,
    evidence::{
        capture::Capture,
        digest::Sha256,
        photo::{DeclaredPhoto, Parking, ParkingReason, PhotoKind, PhotoOwner},
    },
    id::{PhotoId, VisitId},
    limits::PHOTOS_PER_OWNER,
    refusal::{Code, Refusal},
};
use std::sync::Arc;
use uuid::Builder;

/// A photo that its record may not have declared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stray {
    /// The visit that an officer names; a reporter has one report, and needs to name none.
    pub visit: Option<VisitId>,
    /// Digest of its bytes.
    pub sha256: Sha256,
}

/// Makes room for a photo that nobody declared: with the visit that its phone names, or with the report of its sender.
pub(super) async fn park_stray(
    app: &App,
    actor: &Actor,
    (photo, size_bytes): (PhotoId, u64),
    Stray { visit, sha256 }: Stray,
) -> Result<(), AppError> {
    let (owner, kind, id) = match (actor, visit) {
        (Actor::Reporter(report), _) => {
            let own = naming::of_photo(*report, photo);
            (PhotoOwner::Report(*report), PhotoKind::Report, own)
        }
        (_, Some(visit)) => {
            may_send(app, actor, visit).await?;
            (PhotoOwner::Visit(visit), PhotoKind::Scene, photo)
        }
        (_, None) => return Err(Refusal::on(Code::PhotoUnknown, "photoId").into()),
    };
    let photo = DeclaredPhoto {
        id,
        kind,
        sha256,
        size_bytes,
        // Where a reporter was is told by the declaration alone.
        tells_place: kind != PhotoKind::Report,
        capture: Capture::default(),
    };
    let parking = Parking {
        reason: ParkingReason::Undeclared,
        instead_of: None,
    };
    let work = app.work(actor).await?;
    store::parkings::insert(&work, owner, (&photo, parking), PHOTOS_PER_OWNER).await?;
    work.commit().await
}

/// Keeps the whole picture that came as a declared photo and is another one. Nothing is kept of what is no picture, nor of
/// more than a record may have. The declared photo is missing as before.
pub(super) async fn park_other_bytes(
    app: &App,
    actor: &Actor,
    Expected { photo, report }: Expected,
    body: Arc<Spooled>,
) -> Result<(), AppError> {
    let whose = match report {
        Some(_) => Whose::Guest,
        None => Whose::Staff,
    };
    let (digest, size_bytes) = (body.sha256, body.size_bytes);
    let looked = match look(app, whose, body).await {
        // No picture at all: the refusal of its digest says enough.
        Err(AppError::Refused(_)) => return Ok(()),
        looked => looked?,
    };
    let other = DeclaredPhoto {
        id: other_id(photo.declared.id, digest),
        sha256: digest,
        size_bytes,
        capture: Capture::default(),
        ..photo.declared
    };
    let parking = Parking {
        reason: ParkingReason::OtherBytes,
        instead_of: Some(photo.declared.id),
    };
    let work = app.work(actor).await?;
    let parked = (&other, parking);
    store::parkings::insert(&work, photo.owner, parked, PHOTOS_PER_OWNER).await?;
    work.commit().await?;
    let Some(photo) = store::evidence::find(&app.db, other.id).await? else {
        return Err(Refusal::on(Code::PhotoLimit, "photoId")
            .with(PHOTOS_PER_OWNER.to_string())
            .into());
    };
    keep(app, actor, Expected { photo, report }, looked).await?;
    Ok(())
}

/// The same file that comes again as the same photo is the same parked one.
fn other_id(photo: PhotoId, digest: Sha256) -> PhotoId {
    let name = format!("other bytes\n{photo}\n{digest}");
    let mut id = [0; 16];
    id.copy_from_slice(&sha256(name.as_bytes()).bytes()[..16]);
    PhotoId::new(Builder::from_custom_bytes(id).into_uuid())
}
