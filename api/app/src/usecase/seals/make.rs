//! Sealing what was committed since the last seal.

use super::{bytes, leaf, link, open, tree};
use crate::{
    app::App,
    error::AppError,
    ports::evidence_keys::Statement,
    store::seals::{self, Logged, Signed},
    work::Work,
};
use liangxin_domain::{
    actor::Actor,
    event::seal::{FORM, MOST_EVENTS, Seal, open_days},
    evidence::digest::Sha256,
};

/// Seals every event that is committed and waits, batch by batch; answers how many seals were made. No commit waits for it:
/// an event that is committed while it works, with an earlier id or a later one, comes under the next seal. What says no more
/// than its day waits until that is over.
pub async fn make(app: &App) -> Result<usize, AppError> {
    let mut made = 0;
    loop {
        let open = open_days(app.now());
        // Most looks find nothing, and write nothing.
        if !seals::is_anything_waiting(&app.db, open).await? {
            return Ok(made);
        }
        let work = app.work(&Actor::System).await?;
        let most = u64::try_from(MOST_EVENTS).unwrap_or(u64::MAX);
        let events = seals::list_waiting(&work, open, most).await?;
        if events.is_empty() {
            return Ok(made);
        }
        seal(app, &work, &events).await?;
        work.commit().await?;
        made += 1;
    }
}

/// Of two processes that seal at once, the number lets one.
async fn seal(app: &App, work: &Work, events: &[Logged]) -> Result<(), AppError> {
    let leaves: Vec<(_, Sha256)> = events
        .iter()
        .map(|event| Ok((event.id, leaf(&event.row)?)))
        .collect::<Result<_, AppError>>()?;
    let (Some((first, _)), Some((last, _))) = (leaves.first(), leaves.last()) else {
        return Ok(());
    };
    let before = seals::newest(work).await?;
    let hashes: Vec<Sha256> = leaves.iter().map(|(_, hash)| *hash).collect();
    let number = before.as_ref().map_or(0, |before| before.number) + 1;
    let seal = Seal {
        at: Seal::moment(work.now()),
        events: leaves.len(),
        first: *first,
        form: FORM.to_owned(),
        last: *last,
        number,
        previous: before.map(|before| link(&before.line).to_string()),
        root: tree::root(&hashes).to_string(),
    };
    let line = app.evidence_keys.sign(Statement::Seal, &bytes(&seal)?);
    let line = line.map_err(|error| AppError::internal("sign a seal", error))?;
    // What would not be proved is not kept: the clock went back behind the key's first day.
    open(app.evidence_keys.published(), &line)
        .map_err(|error| AppError::internal("prove a seal", error))?;
    seals::insert(work, &Signed { number, line }, &leaves).await
}
