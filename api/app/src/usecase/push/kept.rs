//! How a held write is loaded, permitted and written.

use crate::{
    app::App,
    error::AppError,
    store,
    usecase::{matter::Matter, office, step::Kept},
    work::Work,
};
use liangxin_domain::{
    actor::Actor,
    id::{CaseId, HeldItemId, PhotoId, VisitId},
    policy::{Facts, Stake},
    push::held::{Command, HeldItem, Setting},
    refusal::Code,
};

/// Who asks what a write is about.
const SYSTEM: Actor = Actor::System;

impl Kept for HeldItem {
    type Id = HeldItemId;

    async fn load(_: &App, work: &Work, actor: &Actor, id: HeldItemId) -> Result<Self, AppError> {
        store::held_items::get(work, actor, id).await
    }

    async fn facts(&self, work: &Work, actor: &Actor) -> Result<Facts, AppError> {
        office::facts(work, actor, &self.office, Stake::None).await
    }

    async fn setting(&self, _: &App, work: &Work, _: &Command) -> Result<Setting, AppError> {
        Ok(Setting { now: work.now() })
    }

    /// What it is asked of, as far as the server knows that yet.
    async fn matter(&self, work: &Work, _: &Command) -> Result<Matter, AppError> {
        let (visit, case) = (VisitId::new(self.thing), CaseId::new(self.thing));
        if let Some(visit) = seen(Box::pin(store::inspections::get(work, &SYSTEM, visit)).await)? {
            return Matter::of_visit(work, &visit).await;
        }
        if let Some(case) = seen(Box::pin(store::cases::get(work, &SYSTEM, case)).await)? {
            return Ok(Matter::of_case(&case));
        }
        match store::evidence::find(work, PhotoId::new(self.thing)).await? {
            Some(photo) => Matter::of_photo(work, photo.owner).await,
            None => Ok(Matter::default()),
        }
    }

    async fn save(&self, work: &Work) -> Result<(), AppError> {
        store::held_items::save(work, self).await
    }
}

/// What was found; nothing if there is none.
fn seen<T>(found: Result<T, AppError>) -> Result<Option<T>, AppError> {
    match found {
        Ok(found) => Ok(Some(found)),
        Err(AppError::Refused(refusal)) if refusal.code == Code::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}
