//! Documents that say what they say for ever: a change is another document. They have no place in the order of changes; the
//! checkpoint names those that the phone has.

use crate::error::AppError;
use liangxin_domain::{
    actor::Actor,
    pull::{Again, Asking, Checkpoint, Collection, Shape, Stamp},
};
use std::collections::BTreeSet;

/// A page of documents that a phone does not have, and those that it has in vain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stamped<T> {
    /// What it does not have.
    pub new: Vec<(Stamp, T)>,
    /// What is in force no longer.
    pub gone: Vec<Stamp>,
    /// With what it has then.
    pub checkpoint: Checkpoint,
    /// Whether more follow now.
    pub has_more: bool,
}

/// Of all documents of a collection the first so many that a phone with a checkpoint does not have.
pub fn stamped<T>(
    actor: &Actor,
    (collection, shape): (Collection, Shape),
    (since, first): (Option<&Checkpoint>, u64),
    all: Vec<(Stamp, T)>,
) -> Result<Stamped<T>, AppError> {
    let asking = Asking {
        user: actor.signed_in()?.user,
        collection,
        shape,
    };
    let (has, again) = match since {
        None => (&[][..], Again::None),
        Some(since) => since.stamps(asking)?,
    };
    let has: BTreeSet<Stamp> = has.iter().copied().collect();
    let there: BTreeSet<Stamp> = all.iter().map(|(stamp, _)| *stamp).collect();
    let gone = has.difference(&there).copied().collect();
    let mut kept: BTreeSet<Stamp> = match again {
        Again::None => has.intersection(&there).copied().collect(),
        Again::All => BTreeSet::new(),
    };
    let new = all.into_iter().filter(|(stamp, _)| !kept.contains(stamp));
    let mut new: Vec<_> = new.collect();
    let first = usize::try_from(first).unwrap_or(usize::MAX);
    let has_more = new.len() > first;
    new.truncate(first);
    kept.extend(new.iter().map(|(stamp, _)| *stamp));
    let stamps = kept.into_iter().collect();
    Ok(Stamped {
        new,
        gone,
        checkpoint: Checkpoint::stamped(asking, stamps),
        has_more,
    })
}
