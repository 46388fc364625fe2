//! Forgetting: sealed fields go when their time is over.

use crate::{app::App, error::AppError, store, work::Work};
use chrono::{DateTime, Utc};
use liangxin_domain::{
    actor::Actor,
    event::Event,
    id::IdentityId,
    privacy::identity::{IdentityField, IdentitySubject},
    rewards::reward::RewardChange,
};

/// How many fields one transaction deletes.
const AT_ONCE: u64 = 500;

/// Says until when fields of a subject's identity are kept, such as the bank account until the
/// audit period ends.
pub async fn keep_until(
    work: &Work,
    subject: IdentitySubject,
    fields: &[IdentityField],
    until: DateTime<Utc>,
) -> Result<(), AppError> {
    match store::identities::find(work, subject).await? {
        Some(identity) => store::identities::keep_until(work, identity.id, (fields, until)).await,
        None => Ok(()),
    }
}

/// Deletes every sealed field whose time is over; answers how many. Safe to run twice and at once.
pub async fn purge(app: &App) -> Result<usize, AppError> {
    let mut gone = 0;
    loop {
        let work = app.work(&Actor::System).await?;
        let lost = store::identities::purge(&work, AT_ONCE).await?;
        if lost.is_empty() {
            return Ok(gone);
        }
        for (identity, fields) in lost {
            app.record(&work, Event::IdentityPurged { identity });
            tell(app, &work, identity).await?;
            gone += fields;
        }
        work.commit().await?;
    }
}

/// A reporter who claimed a reward is told that the bank data is gone.
async fn tell(app: &App, work: &Work, identity: IdentityId) -> Result<(), AppError> {
    if let IdentitySubject::Reward(id) = store::identities::subject(work, identity).await? {
        let reward = store::rewards::get(work, &Actor::System, id).await?;
        app.record(
            work,
            Event::RewardChanged {
                reward: id,
                report: reward.report,
                change: RewardChange::PayoutPurged,
            },
        );
    }
    Ok(())
}
