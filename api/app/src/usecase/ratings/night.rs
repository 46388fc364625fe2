//! Computing the grades of everybody, because a day passed: verifications end, tests lose weight, corrections
//! fall due and caps end, and nobody causes an event. In bounded steps that each stand alone, so that whoever is
//! stopped goes on from there.

use super::{compute::keep, weigh::weigh};
use crate::{
    app::App,
    error::AppError,
    store::{
        self,
        ratings::{Computed, Night, begin_night, find_night, freeze, save_night},
    },
    work::Work,
};
use liangxin_domain::{
    actor::Actor,
    id::{EventId, MerchantId},
    law::calendar::shanghai_date,
};

/// How many merchants are computed in one step.
const STEP: u64 = 200;

/// Computes all that was not computed today yet. When all are, the first day of a month that comes to that
/// keeps the edition of the month.
pub async fn compute_all(app: &App) -> Result<(), AppError> {
    // Most looks find the day done, and write nothing.
    let night = find_night(&app.db, shanghai_date(app.now())).await?;
    if night.is_some_and(|night| night.is_done) {
        return Ok(());
    }
    while go_on(app).await? {}
    Ok(())
}

/// One step; whether there is more to do.
async fn go_on(app: &App) -> Result<bool, AppError> {
    let work = app.work(&Actor::System).await?;
    let night = begin_night(&work, work.today()).await?;
    if night.is_done {
        return Ok(false);
    }
    let merchants = store::merchants::list_open_after(&work, night.after, STEP).await?;
    let is_done = merchants.is_empty();
    let after = merchants.last().copied().or(night.after);
    let now = Night {
        after,
        is_done,
        ..night
    };
    // First, so that of two who began here one goes on.
    save_night(&work, night, now).await?;
    if is_done {
        freeze(&work, night.day).await?;
    } else {
        let computed = weigh_each(app, &work, &merchants).await?;
        keep(app, &work, computed, EventId::new(work.new_id(&app.ids))).await?;
    }
    work.commit().await?;
    Ok(!is_done)
}

/// The grades of all that can be read. One whose rows are damaged keeps the grade that it has and is told to the log:
/// without them it would get a better one, and it must keep nobody else from a new one.
async fn weigh_each(
    app: &App,
    work: &Work,
    merchants: &[MerchantId],
) -> Result<Vec<(MerchantId, Computed)>, AppError> {
    match weigh(app, work, merchants).await {
        Err(AppError::Internal { .. } | AppError::Refused(_)) => {}
        weighed => return weighed,
    }
    let mut all = Vec::new();
    for merchant in merchants {
        match weigh(app, work, &[*merchant]).await {
            Ok(computed) => all.extend(computed),
            Err(error @ AppError::Unavailable { .. }) => return Err(error),
            Err(error) => error.log(),
        }
    }
    Ok(all)
}
