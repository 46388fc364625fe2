//! Photos that look like one: searched when its bytes are held, told to whoever works with either of them.

use crate::{app::App, error::AppError, store};
use liangxin_domain::{
    actor::Actor,
    event::Event,
    evidence::{
        look_alike::{self, LookAlike, Told},
        photo::PhotoOwner,
    },
    id::{PhotoId, ReportId, UserId, VisitId},
    law::calendar::shanghai_start_of,
};
use std::collections::BTreeSet;

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
/// anything. Whoever has a copy of a picture can send it, to learn by somebody in the office whether it was reported: what is
/// told of a report's photo is noted, and its reporter sees that.
pub async fn look_alikes(
    app: &App,
    actor: &Actor,
    photo: PhotoId,
) -> Result<Option<Told>, AppError> {
    let Some(user) = actor.user() else {
        return Ok(None);
    };
    let found = store::look_alikes::list(&app.db, photo).await?;
    if found.is_empty() {
        return Ok(Some(look_alike::told(found, |_| false)));
    }
    let reports: Vec<ReportId> = found.iter().filter_map(report).collect();
    let visits: Vec<VisitId> = found.iter().filter_map(visit).collect();
    let reports = store::reports::seen_among(&app.db, actor, &reports).await?;
    let visits = store::inspections::seen_among(&app.db, actor, &visits).await?;
    let told = look_alike::told(found, |owner| match owner {
        PhotoOwner::Report(report) => reports.contains(&report),
        PhotoOwner::Visit(visit) => visits.contains(&visit),
    });
    let compared: BTreeSet<ReportId> = told.seen.iter().filter_map(report).collect();
    note(app, (actor, user), compared).await?;
    Ok(Some(told))
}

/// Notes once a day that an officer was told of photos of reports. What cannot be noted is not told.
async fn note(
    app: &App,
    (actor, user): (&Actor, UserId),
    reports: BTreeSet<ReportId>,
) -> Result<(), AppError> {
    if reports.is_empty() {
        return Ok(());
    }
    let work = app.work(actor).await?;
    let today = shanghai_start_of(work.today());
    for report in reports {
        let compared = Event::PhotosCompared { report };
        if !store::events::is_noted(&work, &compared, user, today).await? {
            app.record(&work, compared);
        }
    }
    work.commit().await
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
