//! Computing a merchant's grade out of what is settled.

use crate::{app::App, error::AppError, store};
use chrono::{Months, NaiveDate};
use liangxin_domain::{
    actor::Actor,
    event::Event,
    id::{EventId, MerchantId, RatingId},
    law::calendar::shanghai_date,
    ratings::{evidence::Evidence, score},
};

/// Computes the grade that an event asked for. However often it is tried, one event makes one grade.
pub async fn compute(app: &App, merchant: MerchantId, cause: EventId) -> Result<(), AppError> {
    let work = app.work(&Actor::System).await?;
    let today = work.today();
    let since = today
        .checked_sub_months(Months::new(12))
        .unwrap_or(NaiveDate::MIN);
    let found = store::merchants::get(&work, merchant).await?;
    let instruments = store::merchants::instruments_of(&work, merchant).await?;
    let findings = store::ratings::settled_findings(&work, merchant, since).await?;
    let told = store::cases::list_told(&work, merchant).await?;
    let recent = told
        .iter()
        .filter_map(|case| case.file.decision.as_ref())
        .filter(|decision| shanghai_date(decision.made.at) > since);
    let evidence = Evidence {
        merchant: &found,
        instruments: &instruments,
        findings: &findings,
        penalties: u32::try_from(recent.count()).unwrap_or(u32::MAX),
    };
    let facts = evidence
        .facts(&app.law.formula, today)
        .map_err(|e| AppError::internal("weigh a merchant", e))?;
    let standing = evidence.standing(today);
    let score = score::score(&app.law.formula, found.venue, &facts, &standing)
        .map_err(|e| AppError::internal("score a merchant", e))?;
    let rating = RatingId::new(app.ids.uuid(work.now()));
    if store::ratings::insert(
        &work,
        rating,
        merchant,
        (&score, standing.official_findings),
        cause,
    )
    .await?
    {
        app.record(&work, Event::RatingComputed { rating });
    }
    work.commit().await
}
