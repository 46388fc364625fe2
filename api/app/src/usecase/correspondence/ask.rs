//! Asking an address whether it wants mails: once a day at most, whoever left it with however many matters. What
//! tells that it was asked is hashed with the server's key, so that nobody who has the database alone tries addresses on it, and
//! with the key of the day, so that tomorrow nobody does who has both.

use crate::{app::App, error::AppError, naming, store};
use liangxin_domain::{actor::Actor, evidence::digest::Sha256, id::JobId, text::Email};

/// Whether this job may ask the address today.
pub(crate) async fn may_ask(app: &App, job: JobId, to: &Email) -> Result<bool, AppError> {
    // As mail servers read it, and as everybody writes it: in letters of one case.
    let address = to.as_str().to_lowercase();
    let address = Sha256::new(app.keys.hash("mail question", address.as_bytes()));
    let asking = naming::of_question(&app.keys, job.uuid());
    let work = app.work(&Actor::System).await?;
    let day = store::day_keys::get(&work, app.ids.bytes()).await?;
    let key = store::day_keys::keyed(day, address);
    let may = store::contacts::begin_question(&work, key, asking).await?;
    work.commit().await?;
    Ok(may)
}
