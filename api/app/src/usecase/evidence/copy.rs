//! The copies of a photo that everybody sees who works on its record: the picture alone, one to look at and one for lists.
//! They are made when somebody looks for the first time, and kept.

use super::{
    inspect::{DECODE_BYTES, copier, refuse, structure},
    read_photo::object,
};
use crate::{
    app::App,
    error::AppError,
    store::{self, copies::Copies, evidence::Photo, redactions::Covered},
    turns::{Heavy, Whose},
};
use chrono::{DateTime, Utc};
use liangxin_domain::{
    actor::Actor,
    event::Event,
    evidence::{
        digest::Sha256,
        photo::PhotoOwner,
        redaction::{Area, PARTS},
    },
    refusal::{Code, Refusal},
};
use liangxin_picture::{
    copy::{Redaction, SIDES, weigh},
    facts,
};

/// Which of the copies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Size {
    /// To look at.
    Large,
    /// For lists.
    Small,
}

/// The pictures of a photo and nothing else, upright, as JPEGs: what a phone wrote into the file, and what stands behind
/// the picture, is not in them. Runs long: call it on a blocking thread.
///
/// Every copy that leaves is made here, and so none without what is covered.
fn pictures_of(
    bytes: &[u8],
    covered: &[Redaction],
    now: DateTime<Utc>,
) -> Result<[Vec<u8>; 2], Refusal> {
    let none = |_| refuse(Code::PhotoNoCopy);
    let structure = structure(bytes)?;
    let facts = facts::read(&structure, now);
    let [large, small] = SIDES;
    let copier = copier(bytes, &structure, &facts, large).map_err(none)?;
    let copy = |side| copier.copy(side, covered).map_err(none);
    Ok([copy(large)?, copy(small)?])
}

/// The copies of a reporter's photo with the bytes of the larger one, made now if nobody looked at it before; none if no smaller
/// picture can be made of it. An inspector's photo is shown as it is, and has none.
pub(in crate::usecase) async fn copies_of(
    app: &App,
    photo: &Photo,
) -> Result<Option<(Copies, Vec<u8>)>, AppError> {
    if matches!(photo.owner, PhotoOwner::Visit(_)) {
        return Ok(None);
    }
    let bytes = match of(app, photo, Size::Large).await {
        Ok((_, bytes)) => bytes,
        Err(AppError::Refused(refusal)) if refusal.code == Code::PhotoNoCopy => return Ok(None),
        Err(error) => return Err(error),
    };
    let copies = store::copies::find(&app.db, photo.declared.id).await?;
    Ok(copies.map(|copies| (copies, bytes)))
}

/// The digest and the bytes of a copy. If something is covered while it is made it is made once more.
pub(super) async fn of(
    app: &App,
    photo: &Photo,
    size: Size,
) -> Result<(Sha256, Vec<u8>), AppError> {
    let id = photo.declared.id;
    loop {
        if let Some(Copies { large, small }) = store::copies::find(&app.db, id).await? {
            let digest = match size {
                Size::Large => large,
                // Of copies that were made before there were two.
                Size::Small => small.unwrap_or(large),
            };
            return Ok((digest, object(app, digest).await?));
        }
        let covered = store::redactions::covered(&app.db, id).await?;
        let [large, small] = make(app, photo, &covered).await?;
        if store::redactions::covered(&app.db, id).await? == covered {
            return Ok(match size {
                Size::Large => large,
                Size::Small => small,
            });
        }
    }
}

/// Makes the copies of a photo, and notes them.
async fn make(
    app: &App,
    photo: &Photo,
    covered: &Covered,
) -> Result<[(Sha256, Vec<u8>); 2], AppError> {
    let id = photo.declared.id;
    let original = object(app, photo.declared.sha256).await?;
    // The picture, and once more while it is made smaller.
    let weight = weigh(&original, SIDES[0]).min(DECODE_BYTES);
    let heavy = Heavy::Photo(Whose::Staff, weight);
    let now = app.now();
    let areas: Vec<_> = covered.areas.iter().filter_map(painted).collect();
    let making = move || pictures_of(&original, &areas, now);
    let copying = app.in_turn(heavy, "copy a photo", making);
    let [large, small] = copying.await??;
    let digests = [keep(app, &large).await?, keep(app, &small).await?];
    let copies = Copies {
        large: digests[0],
        small: Some(digests[1]),
    };
    let work = app.work(&Actor::System).await?;
    if store::copies::insert_if_newer(&work, (id, covered.acts), copies).await? {
        app.record(&work, Event::PhotoCopied { photo: id });
    }
    work.commit().await?;
    Ok([(digests[0], large), (digests[1], small)])
}

/// A part of a picture as it is painted over.
fn painted(area: &Area) -> Option<Redaction> {
    let part = |parts: u16| f64::from(parts) / f64::from(PARTS);
    let (left, top) = (part(area.left), part(area.top));
    // Rounded, both ends together can lie a hair beyond the picture.
    let (width, height) = (
        part(area.width).min(1.0 - left),
        part(area.height).min(1.0 - top),
    );
    Redaction::of(left, top, width, height)
}

/// Keeps a copy under its digest.
async fn keep(app: &App, copy: &[u8]) -> Result<Sha256, AppError> {
    let kept = async {
        let size = u64::try_from(copy.len()).unwrap_or(u64::MAX);
        let mut spooling = app.spool.begin(size)?;
        spooling.write(copy).await?;
        spooling.finish().await
    };
    let kept = kept.await;
    let body = kept.map_err(|e| AppError::unavailable("keep a copy on its way", e))?;
    let put = app.objects.put(&body).await;
    put.map_err(|e| AppError::unavailable("keep a copy", e))?;
    Ok(body.sha256)
}
