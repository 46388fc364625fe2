//! Forgetting: sealed fields go when their time is over.

use crate::{app::App, error::AppError, store, work::Work};
use chrono::{DateTime, TimeDelta, Utc};
use liangxin_domain::{
    actor::Actor,
    complaints::complaint::Complaint,
    event::Event,
    id::IdentityId,
    law::calendar::shanghai_start_of,
    limits::IDENTITY_KEEP_DAYS,
    privacy::{
        correspondence::Correspondence,
        identity::{IdentityField, IdentitySubject},
    },
    reports::report::Report,
};

/// What tells who somebody is. The bank account is not among it: the audit of a payment says how long that is kept.
const PERSON: [IdentityField; 4] = [
    IdentityField::Name,
    IdentityField::Phone,
    IdentityField::Address,
    IdentityField::IdNumber,
];

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

/// Begins the time after which a reporter is forgotten, with the address for news and the claim password, once the report is
/// over.
pub(crate) async fn forget_reporter_of(work: &Work, report: &Report) -> Result<(), AppError> {
    if !report.state.is_over() {
        return Ok(());
    }
    let subject = IdentitySubject::Report(report.id);
    let until = work.now() + TimeDelta::days(IDENTITY_KEEP_DAYS);
    store::contacts::keep_until(work, Correspondence::Report(report.id), until).await?;
    store::rewards::keep_claim_secret_until(work, report.id, until).await?;
    keep_until(work, subject, &PERSON, until).await
}

/// Begins the time after which a complainant's address for news is forgotten, once the complaint is over. What forms and
/// papers say of the complainant is the record of the complaint and stays with it.
pub(crate) async fn forget_address_of(work: &Work, complaint: &Complaint) -> Result<(), AppError> {
    if !complaint.kind().is_over() {
        return Ok(());
    }
    // By the day, as everything that is noted of a complaint's address.
    let ended = shanghai_start_of(work.today());
    let until = ended + TimeDelta::days(IDENTITY_KEEP_DAYS);
    store::contacts::keep_until(work, Correspondence::Complaint(complaint.id), until).await
}

/// Deletes every sealed field, every address and every claim password whose time is over; answers how many fields. Safe to
/// run twice and at once.
pub async fn purge(app: &App) -> Result<usize, AppError> {
    let now = app.now();
    if store::contacts::has_over(&app.db, now).await?
        || store::rewards::has_claim_secret_over(&app.db, now).await?
    {
        let work = app.work(&Actor::System).await?;
        store::contacts::forget_over(&work).await?;
        store::rewards::forget_claim_secrets_over(&work).await?;
        work.commit().await?;
    }
    let mut gone = 0;
    // A look takes no lock; most find nothing.
    while store::identities::has_over(&app.db, app.now()).await? {
        let work = app.work(&Actor::System).await?;
        let lost = store::identities::purge(&work, AT_ONCE).await?;
        for (identity, fields) in lost {
            app.record(&work, Event::IdentityPurged { identity });
            // What is told rests on other rows; forgetting does not wait for them.
            if let Err(error) = tell(app, &work, identity).await {
                error.log();
            }
            gone += fields;
        }
        work.commit().await?;
    }
    Ok(gone)
}

/// A reporter who claimed a reward is told that the bank data is gone.
async fn tell(app: &App, work: &Work, identity: IdentityId) -> Result<(), AppError> {
    if let IdentitySubject::Reward(id) = store::identities::subject(work, identity).await? {
        store::rewards::show_payees(work, id, None).await?;
        let reward = store::rewards::get(work, &Actor::System, id).await?;
        app.record(
            work,
            Event::PayoutPurged {
                reward: id,
                report: reward.report,
            },
        );
    }
    Ok(())
}
