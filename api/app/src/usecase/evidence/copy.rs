//! The copies of a photo that everybody sees who works on its record: the picture alone, one to look at and one for lists.
//! They are made when somebody looks for the first time, and kept.

use super::{
    inspect::{DECODE_BYTES, decoded, refuse},
    read_photo::laid_down,
    remove_copies::remove_copies,
    store_photo::read,
};
use crate::{
    app::{App, sha256},
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
    id::{CopyId, PhotoId},
    refusal::{Code, Refusal},
};
use liangxin_picture::{
    copy::{Redaction, SIDES, weigh},
    facts,
};
use std::sync::Arc;

/// Which of the copies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Size {
    /// To look at.
    Large,
    /// For lists.
    Small,
}

impl Size {
    const fn of(self, copies: &Copies) -> Sha256 {
        match self {
            Self::Large => copies.large,
            Self::Small => copies.small,
        }
    }
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
    let [large, small] = SIDES;
    let (structure, decoded) = decoded(bytes, large)?;
    let facts = facts::read(&structure, now);
    let copier = decoded.map_err(none)?.upright(facts.turn.value);
    let copy = |side| copier.copy(side, covered).map_err(none);
    Ok([copy(large)?, copy(small)?])
}

/// The copies of a reporter's photo with the bytes of the larger one, made now if nobody looked at it before; none if no smaller
/// picture can be made of it. Those of an inspector's photo, which is shown as it is, only if they were made, and without bytes.
pub(in crate::usecase) async fn copies_of(
    app: &App,
    photo: &Photo,
) -> Result<Option<(Copies, Vec<u8>)>, AppError> {
    if matches!(photo.owner, PhotoOwner::Visit(_)) {
        let made = store::copies::find(&app.db, photo.declared.id).await?;
        return Ok(made.map(|copies| (copies, Vec::new())));
    }
    match made(app, photo, Size::Large).await {
        Ok(made) => Ok(Some(made)),
        Err(AppError::Refused(refusal)) if refusal.code == Code::PhotoNoCopy => Ok(None),
        Err(error) => Err(error),
    }
}

/// The digest and the bytes of a copy.
pub(super) async fn of(
    app: &App,
    photo: &Photo,
    size: Size,
) -> Result<(Sha256, Vec<u8>), AppError> {
    let (copies, bytes) = made(app, photo, size).await?;
    Ok((size.of(&copies), bytes))
}

/// The copies with the bytes of one. If something is covered or uncovered while they are made they are made once more.
async fn made(app: &App, photo: &Photo, size: Size) -> Result<(Copies, Vec<u8>), AppError> {
    let id = photo.declared.id;
    loop {
        if let Some(copies) = store::copies::find(&app.db, id).await? {
            let digest = size.of(&copies);
            let bytes = app.objects.get_copy(copies.id, digest).await;
            let bytes = bytes.map_err(|e| AppError::unavailable("fetch a copy", e))?;
            // What lies there under its name and is another may show what is covered, or who took it: nobody gets it.
            if let Some(bytes) = bytes.filter(|bytes| sha256(bytes) == digest) {
                return Ok((copies, bytes));
            }
            give_up(app, id, &copies).await?;
        }
        let covered = store::redactions::covered(&app.db, id).await?;
        if let Some((copies, [large, small])) = make(app, photo, &covered).await? {
            let bytes = match size {
                Size::Large => large,
                Size::Small => small,
            };
            return Ok((copies, bytes));
        }
    }
}

/// Gives up copies whose bytes are gone, or others: those of a database that came back from a backup, say. They are made anew.
async fn give_up(app: &App, photo: PhotoId, gone: &Copies) -> Result<(), AppError> {
    let work = app.work(&Actor::System).await?;
    store::evidence::lock(&work, photo).await?;
    if store::copies::find(&work, photo).await?.as_ref() == Some(gone) {
        tracing::warn!(%photo, "the bytes of a copy are gone or others, and it is made anew");
        store::copies::drop_all(&work, photo).await?;
        app.record(&work, Event::CopiesPurged { photo });
    }
    work.commit().await
}

/// Makes the copies of a photo, and notes them; none if something was covered or uncovered meanwhile, or somebody else was sooner.
async fn make(
    app: &App,
    photo: &Photo,
    covered: &Covered,
) -> Result<Option<(Copies, [Vec<u8>; 2])>, AppError> {
    let id = photo.declared.id;
    let now = app.now();
    let areas: Vec<_> = covered.areas.iter().filter_map(painted).collect();
    let [large, small] = pictures(app, photo, areas, now).await?;
    let copies = Copies {
        id: CopyId::new(app.ids.uuid(now)),
        large: sha256(&large),
        small: sha256(&small),
    };
    let work = app.work(&Actor::System).await?;
    store::copies::begin(&work, (id, covered.acts), &copies).await?;
    work.commit().await?;
    keep(app, copies.id, &large).await?;
    keep(app, copies.id, &small).await?;
    let work = app.work(&Actor::System).await?;
    store::evidence::lock(&work, id).await?;
    let is_held = store::copies::hold(&work, (id, covered.acts), copies.id).await?;
    if is_held {
        app.record(&work, Event::PhotoCopied { photo: id });
    }
    work.commit().await?;
    if !is_held {
        remove_copies(app, id).await?;
    }
    Ok(is_held.then_some((copies, [large, small])))
}

/// The pictures of a photo, made when its turns come: it is weighed first, by its header. Its bytes are in memory for its turns
/// alone, however many officers look at photos at once.
async fn pictures(
    app: &App,
    photo: &Photo,
    covered: Vec<Redaction>,
    now: DateTime<Utc>,
) -> Result<[Vec<u8>; 2], AppError> {
    let original = Arc::new(laid_down(app, photo).await?);
    let size_bytes = original.size_bytes;
    let weighed = Arc::clone(&original);
    let light = Heavy::Photo(Whose::Staff, size_bytes);
    let weighed = app.in_turn(light, "weigh a photo", move || {
        let weight = weigh(&read(&weighed)?, SIDES[0]).min(DECODE_BYTES);
        Ok::<_, AppError>(weight.saturating_add(size_bytes))
    });
    let heavy = Heavy::Photo(Whose::Staff, weighed.await??);
    let copying = app.in_turn(heavy, "copy a photo", move || {
        Ok::<_, AppError>(pictures_of(&read(&original)?, &covered, now)?)
    });
    copying.await?
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

/// Keeps a copy under its name.
async fn keep(app: &App, id: CopyId, copy: &[u8]) -> Result<(), AppError> {
    let kept = async {
        let size = u64::try_from(copy.len()).unwrap_or(u64::MAX);
        let mut spooling = app.spool.begin(size)?;
        spooling.write(copy).await?;
        spooling.finish().await
    };
    let kept = kept.await;
    let body = kept.map_err(|e| AppError::unavailable("keep a copy on its way", e))?;
    let put = app.objects.put_copy(id, &body).await;
    put.map_err(|e| AppError::unavailable("keep a copy", e))
}
