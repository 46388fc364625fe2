//! Photos on their way: begun, asked after, ended. What came of one is kept by whoever receives it (`receive`), and put
//! together at its last byte (`finish`).

use super::{
    finish::settle,
    park::{Stray, park_stray},
    restore::is_lost,
    store_photo::{Expected, expected},
};
use crate::{
    app::{App, sha256},
    caller::Caller,
    error::AppError,
    store::{
        self,
        evidence::Photo,
        uploads::{Upload, expiry},
    },
};
use chrono::{DateTime, Utc};
use liangxin_domain::{
    actor::Actor,
    evidence::photo::{DeclaredPhoto, PhotoOwner},
    id::{PhotoId, UploadId},
    refusal::{Code, Refusal},
};
use uuid::Builder;

/// How a photo on its way stands.
#[derive(Debug, Clone, PartialEq)]
pub struct UploadState {
    /// Its upload.
    pub upload: UploadId,
    /// The photo; held once it is stored.
    pub photo: Photo,
    /// How many of its bytes came.
    pub offset_bytes: u64,
    /// Until when what came is kept.
    pub expires_at: DateTime<Utc>,
}

impl UploadState {
    pub(super) fn of(upload: Upload, photo: Photo) -> Self {
        // What is held is whole, whichever way it came.
        let offset_bytes = match photo.stored_at {
            Some(_) => photo.declared.size_bytes,
            None => upload.offset_bytes,
        };
        Self {
            upload: upload.id,
            photo,
            offset_bytes,
            expires_at: upload.expires_at,
        }
    }

    /// Of a photo that is noted as held and that the store lost: nothing of it is there.
    fn lost(upload: Upload, photo: Photo, now: DateTime<Utc>) -> Self {
        let upload = Upload {
            offset_bytes: 0,
            expires_at: expiry(now),
            ..upload
        };
        let stored_at = None;
        Self::of(upload, Photo { stored_at, ..photo })
    }
}

/// A photo that is about to come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Announced {
    /// As it was declared.
    pub photo: PhotoId,
    /// How many bytes it has, as the phone says now.
    pub size_bytes: u64,
    /// Whether bytes come at once.
    pub body: Body,
    /// What the phone says of it, should no record have declared it.
    pub stray: Option<Stray>,
}

/// Whether a request brings bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Body {
    /// It does.
    Comes,
    /// They come later.
    Follows,
}

/// The upload of a photo: the same for the same bytes of the same record, so that a phone that forgot it finds it again.
#[must_use]
pub(super) fn upload_id(owner: PhotoOwner, declared: &DeclaredPhoto) -> UploadId {
    let (kind, record) = match owner {
        PhotoOwner::Report(report) => ("report", report.uuid()),
        PhotoOwner::Visit(visit) => ("visit", visit.uuid()),
    };
    let DeclaredPhoto {
        sha256: digest,
        size_bytes,
        ..
    } = declared;
    let name = format!("upload\n{kind}\n{record}\n{digest}\n{size_bytes}");
    let mut id = [0; 16];
    id.copy_from_slice(&sha256(name.as_bytes()).bytes()[..16]);
    UploadId::new(Builder::from_custom_bytes(id).into_uuid())
}

/// Begins to take in a declared photo, or finds where it stands. Asked before any byte is read: whether a stranger may send more,
/// and whether there is room for what waits for the bureau. Nothing is taken of either for what was only announced.
pub async fn begin_upload(
    app: &App,
    caller: &Caller,
    announced: Announced,
) -> Result<UploadState, AppError> {
    let Expected { photo, report } = announced_photo(app, &caller.actor, announced).await?;
    let declared = &photo.declared;
    if announced.size_bytes != declared.size_bytes {
        return Err(Refusal::on(Code::PhotoSizeMismatch, "photoId").into());
    }
    let id = upload_id(photo.owner, declared);
    let known = known(app, &caller.actor, (id, &photo)).await?;
    if report.is_some() && (known.is_none() || announced.body == Body::Comes) {
        app.may_send_photos(caller)?;
        if photo.stored_at.is_none() {
            // Whoever receives takes the room; here it is only looked at, before a phone begins in vain.
            drop(app.admit_photos(declared.size_bytes).await?);
        }
    }
    if known.is_none() {
        let new = Upload {
            id,
            photo: declared.id,
            size_bytes: declared.size_bytes,
            offset_bytes: match photo.stored_at {
                Some(_) => declared.size_bytes,
                None => 0,
            },
            expires_at: expiry(app.now()),
        };
        let work = app.work(&caller.actor).await?;
        store::uploads::insert_if_free(&work, &new).await?;
        work.commit().await?;
    }
    find_upload(app, caller, id).await
}

/// The upload by which a photo comes, if it is known. Photos of a record with the same bytes have one, and come together; that of
/// one that is held goes to another that was declared since, whose bytes come once more.
async fn known(
    app: &App,
    actor: &Actor,
    (id, photo): (UploadId, &Photo),
) -> Result<Option<Upload>, AppError> {
    let Some(upload) = store::uploads::find(&app.db, id).await? else {
        return Ok(None);
    };
    if upload.photo == photo.declared.id || photo.stored_at.is_some() {
        return Ok(Some(upload));
    }
    let other = store::evidence::find(&app.db, upload.photo).await?;
    if other.is_none_or(|other| other.stored_at.is_none()) {
        return Ok(Some(upload));
    }
    let work = app.work(actor).await?;
    store::uploads::delete(&work, &upload).await?;
    work.commit().await?;
    Ok(None)
}

/// The photo that is announced; one that no record declared is parked with the visit that its phone names.
async fn announced_photo(
    app: &App,
    actor: &Actor,
    announced: Announced,
) -> Result<Expected, AppError> {
    match (expected(app, actor, announced.photo).await, announced.stray) {
        (Err(AppError::Refused(refusal)), Some(stray)) if refusal.code == Code::PhotoUnknown => {
            let photo = (announced.photo, announced.size_bytes);
            park_stray(app, actor, photo, stray).await?;
            expected(app, actor, announced.photo).await
        }
        (found, _) => found,
    }
}

/// Where an upload stands. Whoever asks goes on with it: a connection that had it before can move it no more, so that the
/// answer stays true. One that came whole is put together first if that was interrupted; told to come again while
/// somebody else does it.
pub async fn find_upload(
    app: &App,
    caller: &Caller,
    id: UploadId,
) -> Result<UploadState, AppError> {
    let (upload, Expected { photo, .. }) = wanted(app, &caller.actor, id).await?;
    if is_lost(app, &photo).await? {
        return Ok(UploadState::lost(upload, photo, app.now()));
    }
    if photo.stored_at.is_some() {
        return Ok(UploadState::of(upload, photo));
    }
    let upload = hold(app, &caller.actor, upload.id).await?.0;
    settle(app, &caller.actor, upload).await
}

/// Ends an upload; what came of it goes. A photo that is held stays.
pub async fn end_upload(app: &App, caller: &Caller, id: UploadId) -> Result<(), AppError> {
    let (upload, Expected { photo, .. }) = wanted(app, &caller.actor, id).await?;
    if photo.stored_at.is_some() {
        return Err(Refusal::on(Code::UploadFinished, "photoId").into());
    }
    let work = app.work(&caller.actor).await?;
    store::uploads::delete(&work, &upload).await?;
    store::parkings::remove_empty(&work, upload.photo).await?;
    work.commit().await
}

/// An upload of a photo that the actor may send. What the actor may not send is not there.
pub(super) async fn wanted(
    app: &App,
    actor: &Actor,
    id: UploadId,
) -> Result<(Upload, Expected), AppError> {
    let upload = store::uploads::find(&app.db, id).await?.ok_or_else(gone)?;
    let expected = expected(app, actor, upload.photo).await?;
    Ok((upload, expected))
}

/// Gives an upload to a new holder, after the one before had a moment to keep what it has; answers how it stands, and who that is.
pub(super) async fn hold(
    app: &App,
    actor: &Actor,
    id: UploadId,
) -> Result<(Upload, uuid::Uuid), AppError> {
    app.receivings.end(id).await;
    let work = app.work(actor).await?;
    let holder = work.new_id(&app.ids);
    let upload = store::uploads::take_over(&work, id, holder).await?;
    work.commit().await?;
    Ok((upload.ok_or_else(gone)?, holder))
}

pub(super) fn gone() -> AppError {
    Refusal::on(Code::PhotoUnknown, "photoId").into()
}
