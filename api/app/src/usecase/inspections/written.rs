//! When what is written on a visit was: reckoned as it comes, and kept beside it.

use crate::{app::App, error::AppError, store, work::Work};
use liangxin_domain::{
    id::EntryId,
    inspections::{
        command::{Command, Setting},
        occurred::{Claim, Known, Occurred},
        visit::Visit,
        written::{FieldAct, FieldWrite},
    },
    policy::Permit,
    step::Command as _,
};

/// When a write on a visit was; an act of the office is of the moment in which it is asked for.
pub(super) async fn occurred(
    work: &Work,
    visit: &Visit,
    command: &Command,
) -> Result<Occurred, AppError> {
    let heard = Occurred::heard(work.heard_at());
    let Some(said) = command.said() else {
        return Ok(heard);
    };
    let reckoned = reckon(work, visit, (said.act, &[said.claim])).await?;
    Ok(reckoned.into_iter().next().unwrap_or(heard))
}

/// Each of some claims beside what the server knows: when the inspectors were sent, what the same person's phone said before,
/// and when it heard of them.
async fn reckon(
    work: &Work,
    visit: &Visit,
    (act, claims): (FieldAct, &[Option<&Claim>]),
) -> Result<Vec<Occurred>, AppError> {
    let by = work.actor().user();
    let boots: Vec<_> = claims.iter().flatten().map(|claim| &claim.boot).collect();
    let readings = match by {
        Some(by) => store::visit_entries::readings(work, by, &boots).await?,
        None => Vec::new(),
    };
    let known = Known {
        sent_at: visit.dispatched_at,
        received_at: work.heard_at(),
        readings: &readings,
    };
    let reckoned = claims.iter().map(|claim| {
        let occurred = Occurred::of(claim.cloned(), &known);
        occurred.marked(visit.marks_of(act, by))
    });
    Ok(reckoned.collect())
}

/// Keeps beside a step what its phone said of when it was. The visit is as it is after the step; what the write contradicts was
/// reckoned before.
pub(super) async fn keep(
    app: &App,
    work: &Work,
    visit: &Visit,
    (permit, setting): (&Permit, &Setting),
    command: &Command,
) -> Result<(), AppError> {
    let Some(said) = command.said() else {
        return Ok(());
    };
    let by = permit.person(command.action())?;
    let occurred = visit.entry_occurred().unwrap_or(&setting.occurred).clone();
    let mut writes = vec![FieldWrite {
        act: said.act,
        entry: said.entry,
        by,
        occurred,
    }];
    if let Command::DeclarePhotos { taken, .. } = command {
        let claims: Vec<_> = taken.iter().map(|(_, claim)| Some(claim)).collect();
        let act = FieldAct::TakePhoto;
        let when = reckon(work, visit, (act, &claims)).await?;
        let photos = taken.iter().zip(when);
        writes.extend(photos.map(|((photo, _), occurred)| FieldWrite {
            act,
            entry: Some(EntryId::new(photo.uuid())),
            by,
            occurred,
        }));
    }
    let writes = writes.into_iter();
    let named = writes.map(|write| (work.new_id(&app.ids), write));
    store::visit_entries::insert(work, visit.id, named.collect()).await
}
