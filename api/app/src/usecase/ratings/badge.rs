//! The badge of a merchant: signed when it is asked for, checked offline by the published keys, and void by a signed list
//! as soon as the grade is worse, a penalty is decided, or the merchant ends.

use crate::{
    app::App,
    error::AppError,
    ports::evidence_keys::{PublicKeys, Statement, Unproven},
    store,
};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use liangxin_domain::{
    law::calendar::shanghai_date,
    merchants::{code::MerchantCode, merchant::Merchant},
    ratings::badge::{Badge, Doubt, REVOKED_FORM, Revoked},
};

/// How long a badge may hang before it is made anew.
const LIFE: &str = "RT-BADGE";

/// A badge with its signature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Made {
    /// What it says.
    pub badge: Badge,
    /// The same, signed, in one line.
    pub token: String,
}

/// Why a badge proves nothing, or is no good where it hangs.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadgeFault {
    /// Nobody here signed it.
    #[error("it is forged: {0}")]
    Forged(Unproven),
    /// It was signed, and is no good here.
    #[error("{0}")]
    Doubtful(Doubt),
}

/// The badge of a merchant as it is now; none while it has no grade that everybody may see. Asked for again on the
/// same day it is the same to the byte.
pub async fn made_badge(app: &App, merchant: &Merchant) -> Result<Option<Made>, AppError> {
    let Some(rating) = store::ratings::find_newest(&app.db, merchant.id).await? else {
        return Ok(None);
    };
    let today = shanghai_date(app.now());
    let shown = app.law.formulas.shown();
    if merchant.ended.is_some() || !shown.is_public(rating.grade, merchant, today) {
        return Ok(None);
    }
    let rule = app
        .law
        .deadlines
        .rule_on(LIFE, today)
        .map_err(|e| AppError::internal("date a badge", e))?;
    let badge = Badge {
        merchant: merchant.code.clone(),
        grade: rating.grade,
        fact: rating.basis.sentences.iter().find_map(|it| it.fact),
        since: seconds(midnight(today).max(rating.computed_at)),
        formula: rating.formula_version,
        until: rule.plain_end(today),
    };
    let token = signed(app, Statement::Badge, &badge)?;
    Ok(Some(Made { badge, token }))
}

/// The signed list of badges that are void. One that is over anyway is not on it any more.
pub async fn revoked_badges(app: &App) -> Result<String, AppError> {
    let now = app.now();
    let today = shanghai_date(now);
    let rule = app
        .law
        .deadlines
        .rule_on(LIFE, today)
        .map_err(|e| AppError::internal("date the revoked badges", e))?;
    let revoked = store::badges::list_revoked(&app.db).await?;
    let counts = |it: &DateTime<Utc>| rule.plain_end(shanghai_date(*it)) >= today;
    let list = Revoked {
        form: REVOKED_FORM.to_owned(),
        at: seconds(now),
        revoked: revoked
            .into_iter()
            .filter(|it| counts(&it.before))
            .collect(),
    };
    signed(app, Statement::Revoked, &list)
}

fn signed(
    app: &App,
    statement: Statement,
    what: &impl serde::Serialize,
) -> Result<String, AppError> {
    let payload = serde_json::to_vec(what);
    let signed = payload.and_then(|payload| app.evidence_keys.sign(statement, &payload));
    signed.map_err(|e| AppError::internal("sign a badge", e))
}

/// What a badge says, once it is sure who signed it, that it belongs where it hangs, and that nobody made it void.
/// Whoever has no list of void badges cannot know of those.
pub fn check_badge(
    keys: &PublicKeys,
    token: &str,
    (hangs_at, today): (Option<&MerchantCode>, NaiveDate),
    revoked: Option<&Revoked>,
) -> Result<Badge, BadgeFault> {
    let forged = BadgeFault::Forged;
    let (payload, key) = keys.open(Statement::Badge, token).map_err(forged)?;
    let badge: Badge = serde_json::from_slice(&payload).map_err(|_| forged(Unproven::Form))?;
    if !key.was_the_one(badge.since) {
        return Err(forged(Unproven::Time(key.id().to_owned())));
    }
    badge
        .check(hangs_at, today, revoked)
        .map_err(BadgeFault::Doubtful)?;
    Ok(badge)
}

/// The list of void badges in a signed line.
pub fn open_revoked(keys: &PublicKeys, line: &str) -> Result<Revoked, Unproven> {
    let (payload, key) = keys.open(Statement::Revoked, line)?;
    let list: Revoked = serde_json::from_slice(&payload).map_err(|_| Unproven::Form)?;
    match (list.form == REVOKED_FORM, key.was_the_one(list.at)) {
        (false, _) => Err(Unproven::Form),
        (true, false) => Err(Unproven::Time(key.id().to_owned())),
        (true, true) => Ok(list),
    }
}

/// Badges and lists are dated in whole seconds.
fn seconds(at: DateTime<Utc>) -> DateTime<Utc> {
    DateTime::from_timestamp(at.timestamp(), 0).unwrap_or(at)
}

/// The first moment of a day in China.
fn midnight(day: NaiveDate) -> DateTime<Utc> {
    day.and_time(chrono::NaiveTime::MIN).and_utc() - TimeDelta::hours(8)
}
