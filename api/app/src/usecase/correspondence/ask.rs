//! Asking an address whether it wants mails: once a day at most, whoever left it with however many matters. What
//! tells that it was asked is hashed with the key of the day, so that tomorrow nobody can find out who it was.

use crate::{app::App, error::AppError, naming, store};
use liangxin_domain::{actor::Actor, evidence::digest::Sha256, id::JobId, text::Email};
use ring::hmac;

/// Whether this job may ask the address today.
pub(crate) async fn may_ask(app: &App, job: JobId, to: &Email) -> Result<bool, AppError> {
    let work = app.work(&Actor::System).await?;
    let key = store::day_keys::get(&work, app.ids.bytes()).await?;
    let key = hmac::Key::new(hmac::HMAC_SHA256, &key);
    // As mail servers read it, and as everybody writes it: in letters of one case.
    let tag = hmac::sign(&key, to.as_str().to_lowercase().as_bytes());
    let mut digest = [0; 32];
    digest.copy_from_slice(tag.as_ref());
    let asking = naming::of_question(&app.keys, job.uuid());
    let may = store::contacts::begin_question(&work, Sha256::new(digest), asking).await?;
    work.commit().await?;
    Ok(may)
}
