//! Opening the original of a reporter's photo.

use super::read_photo::seen;
use crate::{
    app::App,
    caller::Caller,
    error::AppError,
    store,
    usecase::{matter::Matter, office},
    work::Begun,
};
use liangxin_domain::{
    event::{Event, beside::Beside},
    evidence::{original::OriginalWrite, photo::PhotoOwner},
    id::{CommandId, PhotoId},
    policy::{Action, Stake, permit},
    refusal::{Code, Refusal},
    text::Line,
};

/// Lets the caller fetch the original for a day; the reporter is told.
pub async fn open_original(
    app: &App,
    caller: &Caller,
    id: CommandId,
    (photo, purpose): (PhotoId, Line),
) -> Result<(), AppError> {
    let actor = &caller.actor;
    let named = OriginalWrite::OpenOriginal {
        purpose: purpose.clone(),
    };
    let named = app.named(id, photo.uuid(), &named)?;
    let found = seen(app, actor, photo).await?;
    let PhotoOwner::Report(report) = found.photo.owner else {
        return Err(Refusal::on(Code::NotFound, "photoId").into());
    };
    let unit = found.unit;
    let facts = office::facts(&app.db, actor, &unit, Stake::None).await?;
    let by = permit(actor, Action::OpenOriginal, facts)?.person(Action::OpenOriginal)?;
    let matter = Matter::of_photo(&app.db, found.photo.owner).await?;
    matter.check_own(&app.db, actor).await?;
    let Begun::Fresh(work) = app.begin(actor, &named).await? else {
        return Ok(());
    };
    let id = work.new_id(&app.ids);
    store::originals::insert_opening(&work, id, (photo, by), &purpose).await?;
    let beside = Beside::Purpose {
        by,
        id,
        of: photo.uuid(),
        purpose: purpose.to_string(),
    };
    app.record_beside(&work, Event::OriginalOpened { photo, report }, &beside)?;
    work.commit().await
}
