//! Withdrawing a declared photo that will not come.

use crate::{
    app::App,
    caller::Caller,
    error::AppError,
    store::{self, evidence::Photo},
    usecase::{inspections, matter::Matter, office, reports, step::Written},
    work::Begun,
};
use liangxin_domain::{
    actor::Actor,
    event::{Event, beside::Beside},
    evidence::{photo::PhotoOwner, withdrawal::PhotoWrite},
    id::{CommandId, PhotoId},
    policy::{Action, Facts, Permit, Stake, permit},
    refusal::{Code, Refusal},
    text::Reason,
};

/// Withdraws a photo: the reporter with the receipt code, an inspector of the visit, or the head of the office, who lets
/// the record go on without it. Another one may be declared in its place, and should it come after all it is taken.
pub async fn withdraw_photo(
    app: &App,
    caller: &Caller,
    id: CommandId,
    (photo, reason): (PhotoId, Reason),
    receipt_code: Option<&str>,
) -> Result<(Photo, Written), AppError> {
    let caller = match receipt_code {
        Some(code) => reports::reporter_of(app, caller, code).await?.1,
        None => caller.clone(),
    };
    let actor = &caller.actor;
    let write = PhotoWrite::WithdrawPhoto {
        reason: reason.clone(),
    };
    let named = app.named(id, photo.uuid(), &write)?;
    let found = match actor {
        Actor::Reporter(report) => store::evidence::find_sent(&app.db, (*report, photo)).await?,
        _ => store::evidence::find(&app.db, photo).await?,
    };
    let found = found.ok_or_else(unknown)?;
    let photo = found.declared.id;
    let permit = permitted(app, actor, &found).await?;
    let written = if let Begun::Fresh(work) = app.begin(actor, &named).await? {
        if found.stored_at.is_none() && found.withdrawn.is_some() {
            return Err(Refusal::on(Code::PhotoWithdrawn, "photoId").into());
        }
        let of = (found.owner, photo);
        store::withdrawals::withdraw(&work, of, (permit.by(), &reason)).await?;
        let report = match found.owner {
            PhotoOwner::Report(report) => Some(report),
            PhotoOwner::Visit(_) => None,
        };
        let event = Event::PhotoWithdrawn { photo, report };
        match permit.by() {
            Some(by) => {
                let (id, reason) = (photo, reason.to_string());
                app.record_beside(&work, event, &Beside::Withdrawn { by, id, reason })?;
            }
            // What a reporter wrote is named by nothing that stays.
            None => app.record(&work, event),
        }
        work.commit().await?;
        Written::Now
    } else {
        Written::Before
    };
    let now = store::evidence::find(&app.db, photo).await?;
    let gone = || AppError::unavailable("find what was withdrawn", "it is not there");
    Ok((now.ok_or_else(gone)?, written))
}

fn unknown() -> AppError {
    Refusal::on(Code::PhotoUnknown, "photoId").into()
}

/// Whether the actor may withdraw a photo; of a record that the actor does not see it is unknown.
async fn permitted(app: &App, actor: &Actor, photo: &Photo) -> Result<Permit, AppError> {
    let unseen = |error| match error {
        AppError::Refused(_) => unknown(),
        error => error,
    };
    let facts = match photo.owner {
        PhotoOwner::Report(report) if *actor == Actor::Reporter(report) => {
            Facts::placeless(Stake::Own)
        }
        PhotoOwner::Report(report) => {
            let seen = store::reports::get(&app.db, actor, report).await;
            let unit = seen.map_err(unseen)?.custody.unit;
            office::facts(&app.db, actor, &unit, Stake::None).await?
        }
        PhotoOwner::Visit(visit) => {
            let seen = store::inspections::get(&app.db, actor, visit).await;
            let seen = seen.map_err(unseen)?;
            let stake = inspections::stake(actor, &seen);
            office::facts(&app.db, actor, &seen.division, stake).await?
        }
    };
    let permit = permit(actor, Action::WithdrawPhoto, facts)?;
    let matter = Matter::of_photo(&app.db, photo.owner).await?;
    matter.check_own(&app.db, actor).await?;
    Ok(permit)
}
