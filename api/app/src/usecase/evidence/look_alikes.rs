//! Photos that look like one: searched when its bytes are held, told to whoever works with either of them.

use crate::{app::App, error::AppError, store};
use liangxin_domain::{
    actor::Actor,
    event::Event,
    evidence::{
        look_alike::{self, LookAlike, Told},
        photo::PhotoOwner,
    },
    id::{PhotoId, ReportId, VisitId},
};

/// Searches among all photos for those that look like one, and keeps what is found. Done again, it finds the same.
pub async fn find_look_alikes(app: &App, photo: PhotoId) -> Result<(), AppError> {
    let probes = store::look_alikes::list_probes(&app.db, photo).await?;
    let found = store::look_alikes::search(&app.db, photo, &probes).await?;
    let kept = look_alike::kept(found);
    let work = app.work(&Actor::System).await?;
    if store::look_alikes::insert(&work, photo, &kept).await? {
        app.record(&work, Event::PhotoLookAlikeFound { photo });
    }
    work.commit().await
}

/// What an officer is told of the photos that look like one, whose record this officer may see. Nobody else is told
/// anything.
pub async fn look_alikes(
    app: &App,
    actor: &Actor,
    photo: PhotoId,
) -> Result<Option<Told>, AppError> {
    if actor.user().is_none() {
        return Ok(None);
    }
    let found = store::look_alikes::list(&app.db, photo).await?;
    if found.is_empty() {
        return Ok(Some(look_alike::told(found, |_| false)));
    }
    let reports: Vec<ReportId> = found.iter().filter_map(report).collect();
    let visits: Vec<VisitId> = found.iter().filter_map(visit).collect();
    let reports = store::reports::seen_among(&app.db, actor, &reports).await?;
    let visits = store::inspections::seen_among(&app.db, actor, &visits).await?;
    Ok(Some(look_alike::told(found, |owner| match owner {
        PhotoOwner::Report(report) => reports.contains(&report),
        PhotoOwner::Visit(visit) => visits.contains(&visit),
    })))
}

const fn report(found: &LookAlike) -> Option<ReportId> {
    match found.owner {
        PhotoOwner::Report(report) => Some(report),
        PhotoOwner::Visit(_) => None,
    }
}

const fn visit(found: &LookAlike) -> Option<VisitId> {
    match found.owner {
        PhotoOwner::Visit(visit) => Some(visit),
        PhotoOwner::Report(_) => None,
    }
}
