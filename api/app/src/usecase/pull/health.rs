//! How what an inspector sent stands: what was declared and what is held, and what waits for somebody.

use crate::{
    app::App,
    error::AppError,
    store::{self, phone_documents::Standing},
};
use liangxin_domain::{
    actor::Actor,
    id::VisitId,
    pull::{Collection, Wait},
};

/// A visit of which something is missing, and what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Short {
    /// The visit with what was counted on it.
    pub visit: Standing,
    /// What waits for somebody.
    pub waits: Vec<Wait>,
}

/// How everything stands that an inspector's phone takes along.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Health {
    /// The visits.
    pub visits: Vec<Standing>,
    /// Those of which something is missing.
    pub short: Vec<Short>,
}

/// How what was recorded on the visits of an inspector's phone stands.
pub async fn health(app: &App, actor: &Actor) -> Result<Health, AppError> {
    let user = actor.signed_in()?.user;
    let held = store::phone_documents::list_held(&app.db, (user, Collection::Visit)).await?;
    let ids = held.iter().map(|held| VisitId::new(held.document));
    let ids: Vec<VisitId> = ids.collect();
    let visits = store::phone_documents::stand(&app.db, actor, &ids).await?;
    let short = visits.iter().filter_map(|visit| {
        let waits = waits_of(visit);
        (!waits.is_empty()).then(|| Short {
            visit: visit.clone(),
            waits,
        })
    });
    Ok(Health {
        short: short.collect(),
        visits,
    })
}

fn waits_of(visit: &Standing) -> Vec<Wait> {
    let missing = (visit.photos_missing > 0).then_some(Wait::PhotosMissing);
    let parked = (visit.photos_parked > 0).then_some(Wait::PhotosParked);
    missing.into_iter().chain(parked).collect()
}
