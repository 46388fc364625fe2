//! Giving a photo to somebody who may see the record that owes it: its copies, of an inspector's photo the original, unless
//! something of it is covered, and of a reporter's the original that was opened.

use super::copy::{self, Size};
use crate::{
    app::{App, sha256},
    caller::Caller,
    error::AppError,
    spool::{Spooled, Spooling},
    store::{self, evidence::Photo},
    usecase::supervision::{looks_from_above, note_once_a_day},
};
use futures_util::{StreamExt as _, TryStreamExt as _, stream::BoxStream};
use liangxin_domain::{
    actor::Actor,
    event::Event,
    evidence::{
        digest::Sha256,
        original::OPEN_FOR,
        photo::{PhotoFormat, PhotoOwner},
    },
    id::PhotoId,
    limits::ORIGINAL_LINK_SECONDS,
    places::division::DivisionCode,
    refusal::{Code, Refusal},
};
use ring::digest::{Context, SHA256};
use std::time::Duration;

/// What is wanted of a photo.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    /// What is shown to whoever sees its record: of a reporter's photo the copy, of an inspector's the original.
    Picture,
    /// The copy to look at, of whosever photo: the picture alone.
    Large,
    /// The copy for lists.
    Small,
    /// The bytes that came.
    Original,
}

/// A photo as somebody gets it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// The format of the bytes; `None` if nobody looked.
    pub format: Option<PhotoFormat>,
    /// The digest of the bytes.
    pub sha256: Sha256,
    /// The bytes.
    pub content: Content,
}

/// The bytes of a photo as somebody gets them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// These, of a copy.
    Bytes(Vec<u8>),
    /// So many, of an original, which [`pieces`] gives.
    Held(u64),
}

/// How somebody gets a photo.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Given {
    /// Here.
    Here(Shown),
    /// From the object store, at an address that is good for at most [`ORIGINAL_LINK_SECONDS`]: an original that was
    /// opened, where browsers may reach the store.
    Elsewhere(String),
}

/// A photo with its bytes. What the actor may not see, and what has not arrived, is not found; the original of a
/// reporter's photo has to be opened first.
pub async fn read_photo(
    app: &App,
    caller: &Caller,
    id: PhotoId,
    wanted: Wanted,
) -> Result<Given, AppError> {
    let Seen { photo, unit } = seen(app, &caller.actor, id).await?;
    view(app, caller, (id, unit)).await?;
    let shown = match (wanted, photo.owner) {
        (Wanted::Large, _) | (Wanted::Picture, PhotoOwner::Report(_)) => {
            copied(app, &photo, Size::Large).await
        }
        (Wanted::Small, _) => copied(app, &photo, Size::Small).await,
        (Wanted::Picture, PhotoOwner::Visit(_)) => {
            let covered = store::redactions::covered(&app.db, id).await?;
            if covered.areas.is_empty() {
                original(app, &photo).await
            } else {
                copied(app, &photo, Size::Large).await
            }
        }
        (Wanted::Original, PhotoOwner::Visit(_)) => original(app, &photo).await,
        (Wanted::Original, PhotoOwner::Report(_)) => {
            let sealed = || Refusal::on(Code::OriginalSealed, "photoId");
            let user = caller.actor.user().ok_or_else(sealed)?;
            let since = app.now() - OPEN_FOR;
            if !store::originals::is_open(&app.db, (id, user), since).await? {
                return Err(sealed().into());
            }
            if let Some(link) = link(app, &photo).await? {
                return Ok(Given::Elsewhere(link));
            }
            original(app, &photo).await
        }
    };
    Ok(Given::Here(shown?))
}

/// The address of an original past this program, where there is one.
async fn link(app: &App, photo: &Photo) -> Result<Option<String>, AppError> {
    let lasts = Duration::from_secs(ORIGINAL_LINK_SECONDS);
    let link = app.objects.link(photo.declared.sha256, lasts).await;
    link.map_err(|e| AppError::unavailable("make a link to an original", e))
}

/// Notes in the log that an officer looks at a photo and what for, once a day.
async fn view(
    app: &App,
    caller: &Caller,
    (photo, unit): (PhotoId, DivisionCode),
) -> Result<(), AppError> {
    let event = if looks_from_above(app, &caller.actor, &unit).await? {
        Event::PhotoInspected { photo }
    } else {
        Event::PhotoViewed { photo }
    };
    note_once_a_day(app, caller, vec![event]).await
}

/// A photo whose record the actor may see.
pub(super) struct Seen {
    /// The photo.
    pub(super) photo: Photo,
    /// The division in whose hands the record is.
    pub(super) unit: DivisionCode,
}

/// A photo that is held, of a record that the actor may see.
pub(super) async fn seen(app: &App, actor: &Actor, id: PhotoId) -> Result<Seen, AppError> {
    let not_found = || AppError::from(Refusal::on(Code::NotFound, "photoId"));
    let photo = store::evidence::find(&app.db, id).await?;
    let photo = photo
        .filter(|photo| photo.stored_at.is_some())
        .ok_or_else(not_found)?;
    let unit = match photo.owner {
        PhotoOwner::Report(report) => store::reports::get(&app.db, actor, report)
            .await
            .map(|report| report.custody.unit),
        PhotoOwner::Visit(visit) => store::inspections::get(&app.db, actor, visit)
            .await
            .map(|visit| visit.division),
    };
    match unit {
        Err(AppError::Refused(_)) => Err(not_found()),
        unit => Ok(Seen { photo, unit: unit? }),
    }
}

async fn copied(app: &App, photo: &Photo, size: Size) -> Result<Shown, AppError> {
    let (sha256, bytes) = copy::of(app, photo, size).await?;
    Ok(Shown {
        format: Some(PhotoFormat::Jpeg),
        sha256,
        content: Content::Bytes(bytes),
    })
}

async fn original(app: &App, photo: &Photo) -> Result<Shown, AppError> {
    Ok(Shown {
        format: photo.facts.as_ref().map(|facts| facts.format),
        sha256: photo.declared.sha256,
        content: Content::Held(whole(app, photo.declared.sha256).await?),
    })
}

/// The bytes of an original as they come.
pub type Reading = BoxStream<'static, Result<Vec<u8>, AppError>>;

/// The bytes that are held under a digest, from one of them on, as they come. Whether they have it, [`whole`] tells.
pub async fn pieces(app: &App, digest: Sha256, from: u64) -> Result<Reading, AppError> {
    let away = |e| AppError::unavailable("fetch a photo", e);
    let pieces = app.objects.pieces(digest, from).await.map_err(away)?;
    let pieces = pieces.ok_or_else(|| lost(digest, "gone"))?;
    Ok(pieces.map_err(away).boxed())
}

/// Lays bytes down as they come: however many photos wait for something, none of them waits in memory.
pub(super) async fn pour(mut pieces: Reading, into: &mut Spooling) -> Result<(), AppError> {
    while let Some(piece) = pieces.try_next().await? {
        let written = into.write(&piece).await;
        written.map_err(|e| AppError::unavailable("lay bytes down", e))?;
    }
    Ok(())
}

/// An original in a file of its own. What is kept under its name and has another digest is given to nobody.
pub(super) async fn laid_down(app: &App, photo: &Photo) -> Result<Spooled, AppError> {
    let (digest, size_bytes) = (photo.declared.sha256, photo.declared.size_bytes);
    let no_room = |e| AppError::unavailable("lay a photo down", e);
    let pieces = pieces(app, digest, 0).await?;
    let mut body = app.spool.begin(size_bytes).map_err(no_room)?;
    pour(pieces, &mut body).await?;
    let body = body.finish().await.map_err(no_room)?;
    if body.sha256 != digest {
        return Err(lost(digest, "altered"));
    }
    Ok(body)
}

/// How many bytes are held under a digest, once all of them were read and have it. What lies there and has another one is
/// given to nobody.
pub async fn whole(app: &App, digest: Sha256) -> Result<u64, AppError> {
    let mut pieces = pieces(app, digest, 0).await?;
    let (mut found, mut size_bytes) = (Context::new(&SHA256), 0_u64);
    while let Some(piece) = pieces.try_next().await? {
        found.update(&piece);
        size_bytes = size_bytes.saturating_add(u64::try_from(piece.len()).unwrap_or(u64::MAX));
    }
    if found.finish().as_ref() == digest.bytes().as_slice() {
        Ok(size_bytes)
    } else {
        Err(lost(digest, "altered"))
    }
}

fn lost(digest: Sha256, how: &str) -> AppError {
    AppError::internal("fetch a photo", format!("the object {digest} is {how}"))
}

/// Bytes that are held under their digest. What lies there and has another one is given to nobody.
pub(in crate::usecase) async fn object(app: &App, digest: Sha256) -> Result<Vec<u8>, AppError> {
    let bytes = app.objects.get(digest).await;
    let bytes = bytes.map_err(|e| AppError::unavailable("fetch a photo", e))?;
    let bytes = bytes.ok_or_else(|| lost(digest, "gone"))?;
    if sha256(&bytes) != digest {
        return Err(lost(digest, "altered"));
    }
    Ok(bytes)
}
