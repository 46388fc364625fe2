//! Promising photos of a visit.

use crate::{
    app::{self, App},
    error::AppError,
    store,
    work::Begun,
};
use liangxin_domain::{
    actor::Actor,
    canonical::Canonical,
    event::Event,
    evidence::photo::{self, DeclaredPhoto, PhotoOwner},
    id::{CommandId, VisitId},
    limits::PHOTOS_PER_OWNER,
    policy::{Action, Facts, permit},
    refusal::{Code, Refusal},
};

/// Photos that an inspector's phone holds.
#[derive(Debug, Clone)]
pub struct Declaration {
    /// The visit.
    pub visit: VisitId,
    /// The photos.
    pub photos: Vec<DeclaredPhoto>,
}

/// Notes which photos a visit owes.
pub async fn declare(
    app: &App,
    actor: &Actor,
    id: CommandId,
    declaration: Declaration,
) -> Result<(), AppError> {
    let Declaration { visit, photos } = declaration;
    photo::check_declarations(&photos)?;
    let content = Canonical::of("DeclarePhotos").field("visit", visit);
    let content = photos.iter().fold(content, |content, photo| {
        content
            .field("photo", photo.id)
            .field("kind", photo.kind)
            .field("sha256", photo.sha256)
            .field("size", photo.size_bytes)
    });
    let command = app::command(id, "DeclarePhotos", visit.uuid(), &content);
    let Begun::Fresh(work) = app.begin(actor, &command).await? else {
        return Ok(());
    };
    let found = store::inspections::get(&work, actor, visit).await?;
    let stake = crate::usecase::inspections::stake(actor, &found);
    let permit = permit(
        actor,
        Action::RecordFinding,
        Facts::at(actor, &found.division, stake),
    )?;
    found.record(&permit)?;
    let before = store::evidence::count(&work, PhotoOwner::Visit(visit)).await?;
    if usize::try_from(before).unwrap_or(usize::MAX) + photos.len() > PHOTOS_PER_OWNER {
        return Err(Refusal::on(Code::PhotoLimit, "photos")
            .with(PHOTOS_PER_OWNER.to_string())
            .into());
    }
    store::evidence::declare(&work, PhotoOwner::Visit(visit), &photos).await?;
    app.record(&work, Event::PhotosDeclared { visit });
    work.commit().await
}
