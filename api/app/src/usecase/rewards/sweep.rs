//! What the passing of time does: windows that ran out end their rewards. It is safe to run twice
//! and by two processes at once: the version of the reward decides who was first.

use crate::{
    app::App,
    error::AppError,
    store,
    usecase::step::{self, Kept as _},
};
use liangxin_domain::{
    actor::Actor,
    id::RewardId,
    law::calendar::shanghai_date,
    policy::permit,
    rewards::{command::RewardCommand, reward::Reward},
    step::{Command as _, Machine as _},
};

/// How many rewards are read at once.
const BATCH: u64 = 100;

/// Ends every reward whose window is over; answers how many.
pub async fn close_windows(app: &App) -> Result<usize, AppError> {
    let today = shanghai_date(app.now());
    let (mut closed, mut last) = (0, None);
    loop {
        let closing = store::rewards::list_closing(&app.db, today, (last, BATCH)).await?;
        let Some(end) = closing.last() else {
            return Ok(closed);
        };
        last = Some(*end);
        for id in closing {
            match close(app, id).await {
                Ok(()) => closed += 1,
                // Somebody was faster, or the last day is still to come or still unknown.
                Err(AppError::Refused(_)) => {}
                // One that cannot be closed keeps none of the others.
                Err(error) => error.log(),
            }
        }
    }
}

/// Ends one reward. A last day that could be computed only now is written down even if it is still
/// to come.
async fn close(app: &App, id: RewardId) -> Result<(), AppError> {
    let work = app.work(&Actor::System).await?;
    let found = store::rewards::get(&work, &Actor::System, id).await?;
    let reward = Reward::load(app, &work, &Actor::System, id).await?;
    let close = RewardCommand::CloseReward;
    let facts = reward.facts(&work, &Actor::System).await?;
    let permit = permit(&Actor::System, close.action(), facts)?;
    let setting = reward.setting(app, &work, &close).await?;
    match reward.clone().take(close, &permit, &setting) {
        Ok(step) => step::keep(app, &work, step).await.map(|_| ())?,
        Err(refusal) if reward == found => return Err(refusal.into()),
        Err(_) => store::rewards::save(&work, &reward).await?,
    }
    work.commit().await
}
