//! Proving what the log says about some things to somebody who has nothing but the published keys: each event in the bytes that
//! were sealed, the way from it up to the root, and the seal that states the root.

use super::{bytes, make, tree};
use crate::{
    app::App,
    error::AppError,
    store::{
        history::{self, Place},
        seals::{self, Logged, Signed},
    },
};
use liangxin_domain::{event::seal::SealedEvent, evidence::digest::Sha256};
use std::collections::{BTreeMap, btree_map::Entry};
use uuid::Uuid;

/// An event with what proves it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proved {
    /// What happened.
    pub event: SealedEvent,
    /// The bytes that were hashed.
    pub text: String,
    /// The number of the seal.
    pub seal: i32,
    /// The place under it, from 0 on.
    pub position: i32,
    /// The hashes beside the way up to the root, the lowest one first.
    pub path: Vec<Sha256>,
}

/// What happened, and the seals over it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct History {
    /// The events, in the order in which they happened.
    pub events: Vec<Proved>,
    /// The seals over them, by their numbers.
    pub seals: Vec<Signed>,
}

/// What happened to some things so far. What waits for its seal gets it first. An event that was changed behind our back is told
/// as it is now: its proof then fails, which is for whoever checks it to see.
pub async fn prove(app: &App, about: &[Uuid]) -> Result<History, AppError> {
    // Somebody else may seal at the same moment: then there is nothing left to do.
    if make(app).await.is_err() {
        make(app).await?;
    }
    let found = history::list(&app.db, about).await?;
    let mut batches = BTreeMap::new();
    for (_, place) in &found {
        if let Entry::Vacant(free) = batches.entry(place.seal) {
            free.insert(Batch::read(app, place.seal).await?);
        }
    }
    let events = found
        .into_iter()
        .map(|(event, place)| proved(event, place, &batches));
    Ok(History {
        events: events.collect::<Result<_, _>>()?,
        seals: batches.into_values().map(|batch| batch.signed).collect(),
    })
}

/// A seal with the hashes under it.
struct Batch {
    signed: Signed,
    hashes: Vec<Sha256>,
}

impl Batch {
    async fn read(app: &App, seal: i32) -> Result<Self, AppError> {
        let signed = seals::find(&app.db, seal).await?;
        let signed = signed.ok_or_else(|| AppError::damaged("seal", "number"))?;
        let leaves = seals::list_leaves(&app.db, seal).await?;
        let hashes = leaves.into_iter().map(|leaf| leaf.hash);
        let hashes = hashes.collect::<Option<_>>();
        Ok(Self {
            signed,
            hashes: hashes.ok_or_else(|| AppError::damaged("sealed_event", "leaf"))?,
        })
    }
}

fn proved(
    event: Logged,
    Place { seal, position }: Place,
    batches: &BTreeMap<i32, Batch>,
) -> Result<Proved, AppError> {
    let hashes = batches.get(&seal).map(|batch| batch.hashes.as_slice());
    let place = usize::try_from(position).unwrap_or(usize::MAX);
    let text = String::from_utf8(bytes(&event.row)?);
    Ok(Proved {
        event: event.row,
        text: text.map_err(|error| AppError::internal("write an event", error))?,
        seal,
        position,
        path: tree::path(hashes.unwrap_or_default(), place),
    })
}
