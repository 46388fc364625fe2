//! What changed for a person in a collection.

use crate::{
    app::App,
    error::AppError,
    store::{
        self,
        phone_documents::{Entry, Span},
    },
};
use liangxin_domain::{
    actor::Actor,
    pull::{Asking, Checkpoint, Collection, Read, Shape, unknown},
};

/// A page of what changed, and where the next one begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changed {
    /// The documents in the order of their last change, each once.
    pub entries: Vec<Entry>,
    /// Behind them.
    pub checkpoint: Checkpoint,
    /// Whether more follow now.
    pub has_more: bool,
}

/// The first so many documents that changed behind a checkpoint; without one, those that a phone with nothing takes along.
pub async fn changed(
    app: &App,
    actor: &Actor,
    (collection, shape): (Collection, Shape),
    (since, first): (Option<&Checkpoint>, u64),
) -> Result<Changed, AppError> {
    let user = actor.signed_in()?.user;
    let asking = Asking {
        user,
        collection,
        shape,
    };
    let whose = (user, collection);
    let tide = store::phone_documents::tide(&app.db).await?;
    let now = app.now();
    let read = match since {
        None => Read::nothing(tide, now),
        Some(since) => {
            let read = since.resume(asking, tide, now)?;
            let noted = store::phone_documents::find_noted(&app.db, whose, read.place).await?;
            if read.is_of_another_past(noted) {
                return Err(unknown().into());
            }
            read
        }
    };
    let span = Span {
        after: read.place,
        below: tide.settled,
        gone_from: read.gone_from,
    };
    let most = first.saturating_add(1);
    let mut entries = store::phone_documents::list(&app.db, whose, span, most).await?;
    let first = usize::try_from(first).unwrap_or(usize::MAX);
    let has_more = entries.len() > first;
    entries.truncate(first);
    let last = entries.last();
    let read = Read {
        place: last.map_or(read.place, |last| last.place),
        came_at: last.map_or(read.came_at, |_| now),
        // What went before the phone had everything is told until it has.
        whole_at: if has_more { read.whole_at } else { now },
        ..read
    };
    Ok(Changed {
        entries,
        checkpoint: Checkpoint::read(asking, read),
        has_more,
    })
}
