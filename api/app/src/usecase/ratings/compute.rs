//! Computing a merchant's grade out of what is settled.

use super::weigh::weigh;
use crate::{
    app::App,
    error::AppError,
    store::{self, ratings::Computed},
    work::Work,
};
use liangxin_domain::{
    actor::Actor,
    event::Event,
    id::{EventId, MerchantId, RatingId},
    ratings::badge::VoidedBy,
};

/// Computes the grade that an event asked for. A grade that says the same as the present one is not kept again, so that
/// it makes no difference how often it is tried.
pub async fn compute(app: &App, merchant: MerchantId, cause: EventId) -> Result<(), AppError> {
    let work = app.work(&Actor::System).await?;
    let computed = weigh(app, &work, &[merchant]).await?;
    keep(app, &work, computed, cause).await?;
    work.commit().await
}

/// Keeps the grades that say anything new.
pub(super) async fn keep(
    app: &App,
    work: &Work,
    computed: Vec<(MerchantId, Computed)>,
    cause: EventId,
) -> Result<(), AppError> {
    let merchants: Vec<_> = computed.iter().map(|(merchant, _)| *merchant).collect();
    let kept = store::ratings::list_newest(work, &merchants).await?;
    for (merchant, computed) in computed {
        if kept
            .get(&merchant)
            .is_some_and(|kept| computed.is_said_by(kept))
        {
            continue;
        }
        let why = match kept.get(&merchant) {
            Some(kept) => computed.voids(kept),
            // What it said cannot be read, so that nobody knows whether this one is worse: no badge on it stands.
            None => store::ratings::has_present(work, merchant)
                .await?
                .then_some(VoidedBy::WorseGrade),
        };
        if let Some(why) = why {
            store::badges::revoke(work, merchant, why).await?;
        }
        let rating = RatingId::new(work.new_id(&app.ids));
        store::ratings::insert(work, rating, merchant, &computed, cause).await?;
        app.record(work, Event::RatingComputed { rating });
    }
    Ok(())
}
