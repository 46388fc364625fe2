//! How often the file of a case was taken out.

use super::{allowed, make::expiry, open::maker};
use crate::{
    app::App,
    error::AppError,
    store::{
        self,
        bundles::{Fetched, Taken},
    },
};
use chrono::{DateTime, Utc};
use liangxin_domain::{actor::Actor, cases::case::Case, limits::BUNDLES_SHOWN};

/// That the file of a case was taken out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Made {
    /// By whom, when, for what.
    pub taken: Taken,
    /// Until when its link works at most.
    pub expires_at: DateTime<Utc>,
    /// Whether the link still opens.
    pub is_open: bool,
    /// What was fetched by it, the first first.
    pub fetched: Vec<Fetched>,
}

/// How often the file of a case was taken out, the last time first; nothing for who may not take it out.
pub async fn list(app: &App, actor: &Actor, case: &Case) -> Result<Option<Vec<Made>>, AppError> {
    match allowed(app, actor, case).await {
        Err(AppError::Refused(_)) => return Ok(None),
        allowed => allowed?,
    };
    let mut made = Vec::new();
    for (taken, fetched) in store::bundles::list(&app.db, case.id, BUNDLES_SHOWN).await? {
        made.push(Made {
            expires_at: expiry(&taken),
            is_open: is_open(app, case, &taken).await?,
            taken,
            fetched,
        });
    }
    Ok(Some(made))
}

/// By the same rules as the link itself.
async fn is_open(app: &App, case: &Case, taken: &Taken) -> Result<bool, AppError> {
    let Some(device) = taken.device.filter(|_| app.now() < expiry(taken)) else {
        return Ok(false);
    };
    let Some(maker) = maker(app, (taken.by, device)).await? else {
        return Ok(false);
    };
    match allowed(app, &maker, case).await {
        Err(AppError::Refused(_)) => Ok(false),
        allowed => allowed.map(|_| true),
    }
}
