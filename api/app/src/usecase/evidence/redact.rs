//! Covering a part of a photo on every copy, and uncovering it. From the commit on no copy that was made before is shown.

use super::read_photo::{Seen, seen};
use crate::{
    app::App,
    caller::Caller,
    error::AppError,
    store,
    usecase::{inspections, matter::Matter, office},
    work::{Begun, Work},
};
use liangxin_domain::{
    actor::Actor,
    event::{Event, beside::Beside},
    evidence::{
        photo::PhotoOwner,
        redaction::{Area, Redaction, RedactionWrite, Removed},
    },
    id::{CommandId, PhotoId, RedactionId, UserId},
    limits::REDACTIONS_PER_PHOTO,
    policy::{Action, Stake, permit},
    refusal::{Code, Refusal},
    text::Reason,
};

/// Covers a part of a photo.
pub async fn redact_photo(
    app: &App,
    caller: &Caller,
    id: CommandId,
    (photo, area, reason): (PhotoId, Area, Reason),
) -> Result<(), AppError> {
    let actor = &caller.actor;
    let wanted = RedactionWrite::RedactPhoto {
        area,
        reason: reason.clone(),
    };
    let named = app.named(id, photo.uuid(), &wanted)?;
    let by = allowed(app, actor, (photo, Action::RedactPhoto)).await?;
    let Begun::Fresh(work) = app.begin(actor, &named).await? else {
        return Ok(());
    };
    store::evidence::lock(&work, photo).await?;
    let so_far = store::redactions::list(&work, photo).await?;
    if so_far.len() >= REDACTIONS_PER_PHOTO {
        return Err(Refusal::on(Code::FieldTooLong, "photoId")
            .with(REDACTIONS_PER_PHOTO.to_string())
            .into());
    }
    let new = Redaction {
        id: RedactionId::new(id.uuid()),
        area,
        reason,
        by,
        at: work.now(),
        removed: None,
    };
    store::redactions::insert(&work, photo, &new).await?;
    let Area {
        left,
        top,
        width,
        height,
    } = area;
    let beside = Beside::Covered {
        area: [left, top, width, height].map(i32::from),
        by,
        id: new.id,
        of: photo,
        reason: new.reason.to_string(),
    };
    app.record_beside(&work, Event::PhotoRedacted { photo }, &beside)?;
    purge(app, &work, photo).await?;
    work.commit().await
}

/// Uncovers a part of a photo; whoever covered it may not.
pub async fn remove_redaction(
    app: &App,
    caller: &Caller,
    id: CommandId,
    (photo, redaction, reason): (PhotoId, RedactionId, Reason),
) -> Result<(), AppError> {
    let actor = &caller.actor;
    let wanted = RedactionWrite::RemoveRedaction {
        redaction,
        reason: reason.clone(),
    };
    let named = app.named(id, photo.uuid(), &wanted)?;
    let by = allowed(app, actor, (photo, Action::RemoveRedaction)).await?;
    let Begun::Fresh(work) = app.begin(actor, &named).await? else {
        return Ok(());
    };
    store::evidence::lock(&work, photo).await?;
    let all = store::redactions::list(&work, photo).await?;
    let found = all.into_iter().find(|one| one.id == redaction);
    let found = found.ok_or(Refusal::on(Code::NotFound, "redactionId"))?;
    let removed = Removed {
        reason,
        by,
        at: work.now(),
    };
    found.remove(removed.clone())?;
    store::redactions::remove(&work, redaction, &removed).await?;
    let beside = Beside::Uncovered {
        by,
        id: redaction,
        of: photo,
        reason: removed.reason.to_string(),
    };
    app.record_beside(&work, Event::RedactionRemoved { photo }, &beside)?;
    purge(app, &work, photo).await?;
    work.commit().await
}

/// Shows the copies that were made so far to nobody any more; they are made anew for whoever looks next. A job of the act removes
/// their bytes.
async fn purge(app: &App, work: &Work, photo: PhotoId) -> Result<(), AppError> {
    if store::copies::drop_all(work, photo).await? {
        app.record(work, Event::CopiesPurged { photo });
    }
    Ok(())
}

async fn allowed(
    app: &App,
    actor: &Actor,
    (photo, action): (PhotoId, Action),
) -> Result<UserId, AppError> {
    let Seen { photo, unit } = seen(app, actor, photo).await?;
    let stake = match photo.owner {
        PhotoOwner::Report(_) => Stake::None,
        PhotoOwner::Visit(visit) => {
            let visit = store::inspections::get(&app.db, actor, visit).await?;
            inspections::stake(actor, &visit)
        }
    };
    let facts = office::facts(&app.db, actor, &unit, stake).await?;
    let by = permit(actor, action, facts)?.person(action)?;
    let matter = Matter::of_photo(&app.db, photo.owner).await?;
    matter.check_own(&app.db, actor).await?;
    Ok(by)
}
