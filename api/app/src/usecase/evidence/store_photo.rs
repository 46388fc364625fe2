//! Receiving the bytes of a declared photo.

use super::{
    inspect::{Inspected, inspect, weigh},
    park::park_other_bytes,
    upload::upload_id,
};
use crate::{
    app::{App, sm3},
    caller::Caller,
    error::AppError,
    spool::Spooled,
    store::{self, evidence::Photo},
    turns::{Heavy, Whose},
    usecase::office,
};
use liangxin_domain::{
    actor::Actor,
    event::{Event, beside::Beside},
    evidence::{digest::Sm3, photo::PhotoOwner},
    id::{PhotoId, ReportId, VisitId},
    policy::{Action, Stake, permit},
    refusal::{Class, Code, Refusal},
};
use std::sync::Arc;

/// A photo that was looked into: a whole picture. It is looked into once, whoever sent it.
#[derive(Debug)]
pub struct Looked {
    body: Arc<Spooled>,
    found: Inspected,
    sm3: Sm3,
}

impl Looked {
    /// What was looked into.
    #[must_use]
    pub fn body(&self) -> Arc<Spooled> {
        Arc::clone(&self.body)
    }
}

/// Looks into the bytes of a photo, in turn with all others who decode for the same people. It is weighed first, by its
/// header, and then waits for as much memory as it takes. Its bytes are in memory for its turns alone.
pub async fn look(
    app: &App,
    whose: Whose,
    body: impl Into<Arc<Spooled>>,
) -> Result<Looked, AppError> {
    let body = body.into();
    // The file, and a copy of it for the decoder.
    let light = Heavy::Photo(whose, body.size_bytes.saturating_mul(2));
    let weighed = Arc::clone(&body);
    let weighed = app.in_turn(light, "weigh a photo", move || {
        Ok::<_, AppError>(weigh(&read(&weighed)?))
    });
    let heavy = Heavy::Photo(whose, weighed.await??);
    let now = app.now();
    let looked = app.in_turn(heavy, "look into a photo", move || {
        let bytes = read(&body)?;
        let found = inspect(&bytes, now)?;
        let sm3 = sm3(&bytes);
        Ok(Looked { body, found, sm3 })
    });
    looked.await?
}

/// The bytes of a body, for whoever has a turn with as much memory.
pub(super) fn read(body: &Spooled) -> Result<Vec<u8>, AppError> {
    body.read()
        .map_err(|e| AppError::unavailable("read a photo that came", e))
}

/// Checks the bytes against what was declared, keeps them under their digest, and notes that they
/// are held. The same bytes again are a quiet success.
pub(super) async fn store_photo(
    app: &App,
    actor: &Actor,
    expected: Expected,
    body: Arc<Spooled>,
) -> Result<Photo, AppError> {
    if body.sha256 != expected.photo.declared.sha256 {
        park_other_bytes(app, actor, expected, body).await?;
        return Err(Refusal::on(Code::PhotoDigestMismatch, "photoId").into());
    }
    let whose = match expected.report {
        Some(_) => Whose::Guest,
        None => Whose::Staff,
    };
    match look(app, whose, body).await {
        Ok(looked) => keep(app, actor, expected, looked).await,
        Err(AppError::Refused(refusal)) => {
            note_refused(app, actor, &expected.photo, &refusal).await?;
            Err(refusal.into())
        }
        Err(error) => Err(error),
    }
}

/// Notes that the bytes with the declared digest came and are no whole picture, so that nobody waits for them: a phone that
/// asks learns that it need not send them again, and the office why they are missing.
async fn note_refused(
    app: &App,
    actor: &Actor,
    photo: &Photo,
    refusal: &Refusal,
) -> Result<(), AppError> {
    if photo.parked.is_some() || refusal.code.class() != Class::Permanent {
        return Ok(());
    }
    let work = app.work(actor).await?;
    let same = store::evidence::list_missing(&work, photo.owner, &photo.declared).await?;
    let same = same.into_iter().map(|(photo, _)| photo);
    store::photo_refusals::note(&work, same, refusal).await?;
    work.commit().await
}

/// Keeps a photo that was looked into already.
pub async fn store_looked(
    app: &App,
    caller: &Caller,
    id: PhotoId,
    looked: Looked,
) -> Result<Photo, AppError> {
    let expected = expected(app, &caller.actor, id).await?;
    if looked.body.sha256 != expected.photo.declared.sha256 {
        return Err(Refusal::on(Code::PhotoDigestMismatch, "photoId").into());
    }
    keep(app, &caller.actor, expected, looked).await
}

/// A photo that the actor may send.
pub(super) struct Expected {
    /// As it was declared.
    pub(super) photo: Photo,
    /// The report that owes it, if one does.
    pub(super) report: Option<ReportId>,
}

/// A photo that the actor may send; what the actor may not send is unknown.
pub(super) async fn expected(app: &App, actor: &Actor, id: PhotoId) -> Result<Expected, AppError> {
    let unknown = || AppError::from(Refusal::on(Code::PhotoUnknown, "photoId"));
    let photo = match actor {
        Actor::Reporter(report) => store::evidence::find_sent(&app.db, (*report, id)).await?,
        _ => store::evidence::find(&app.db, id).await?,
    };
    let photo = photo.ok_or_else(unknown)?;
    let report = match photo.owner {
        PhotoOwner::Report(report) if *actor == Actor::Reporter(report) => Some(report),
        PhotoOwner::Report(_) => return Err(unknown()),
        PhotoOwner::Visit(visit) => {
            may_send(app, actor, visit).await?;
            None
        }
    };
    Ok(Expected { photo, report })
}

/// Refuses whoever may not send photos of a visit; to whom does not see it they are unknown.
pub(super) async fn may_send(app: &App, actor: &Actor, visit: VisitId) -> Result<(), AppError> {
    let found = match store::inspections::get(&app.db, actor, visit).await {
        Err(AppError::Refused(_)) => {
            return Err(Refusal::on(Code::PhotoUnknown, "photoId").into());
        }
        found => found?,
    };
    // What was promised on site still comes from whoever promised it, though others go on.
    let stake = match actor.user() {
        Some(user) if found.is_worked_on_by(user) => Stake::Assigned,
        _ => Stake::None,
    };
    let facts = office::facts(&app.db, actor, &found.division, stake).await?;
    permit(actor, Action::RecordFinding, facts)?;
    Ok(())
}

/// Keeps a photo that was looked into: its bytes first, then that they are held.
pub(super) async fn keep(
    app: &App,
    actor: &Actor,
    Expected { photo, report }: Expected,
    looked: Looked,
) -> Result<Photo, AppError> {
    let id = photo.declared.id;
    if photo.stored_at.is_none() {
        let kept = app.objects.put(&looked.body).await;
        kept.map_err(|e| AppError::unavailable("keep an original", e))?;
        let work = app.work(actor).await?;
        store::digests::insert_if_free(&work, looked.body.sha256, looked.sm3).await?;
        // The same bytes may be declared twice by one record: they came once for all.
        let same = store::evidence::list_missing(&work, photo.owner, &photo.declared).await?;
        let mut is_new = false;
        let Inspected { facts, probes } = &looked.found;
        let (owner, size_bytes) = (photo.owner, photo.declared.size_bytes);
        for (photo, tells_place) in same {
            let facts = facts.clone().kept(owner, tells_place);
            if store::evidence::mark_stored(&work, (owner, photo), &facts).await? {
                store::look_alikes::insert_probes(&work, photo, probes).await?;
                store::photo_refusals::forget(&work, photo).await?;
                let beside = Beside::Photo {
                    id: photo,
                    sha256: looked.body.sha256,
                    size_bytes,
                    sm3: looked.sm3,
                };
                app.record_beside(&work, Event::PhotoStored { photo, report }, &beside)?;
                is_new = true;
            }
        }
        store::uploads::close(&work, upload_id(photo.owner, &photo.declared)).await?;
        work.commit().await?;
        if is_new && report.is_some() {
            app.unaccepted.add(looked.body.size_bytes);
        }
    }
    let stored = store::evidence::find(&app.db, id).await?;
    stored.ok_or_else(|| AppError::unavailable("find what was stored", "it is not there"))
}
