//! Whether a phone has what it should.

use super::version;
use crate::{
    app::{App, sha256},
    error::AppError,
    store,
};
use liangxin_domain::{actor::Actor, evidence::digest::Sha256, pull::Collection};
use std::{collections::BTreeMap, fmt::Write as _};
use uuid::Uuid;

pub use liangxin_domain::pull::Difference;

/// What a phone says to have of a collection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// How many documents.
    pub count: u64,
    /// The digest over their ids and versions.
    pub digest: Sha256,
    /// Each with its version, if the phone says it.
    pub documents: Option<BTreeMap<Uuid, String>>,
}

/// A document of which phone and server do not say the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Differing {
    /// Which.
    pub document: Uuid,
    /// How they differ.
    pub kind: Difference,
}

/// What a comparison comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Compared {
    /// Whether the phone has what it should.
    pub is_equal: bool,
    /// What differs, in the order of ids; nothing unless the phone says what it has.
    pub differing: Vec<Differing>,
}

/// A document that a phone should have, with its version.
type Due = (Uuid, String);

/// Compares what a person's phone says to have of a collection with what it should.
pub async fn compare(
    app: &App,
    actor: &Actor,
    collection: Collection,
    held: &Held,
) -> Result<Compared, AppError> {
    let user = actor.signed_in()?.user;
    let whose = (user, collection);
    let tide = store::phone_documents::tide(&app.db).await?;
    let due = store::phone_documents::list_held(&app.db, whose).await?;
    let due = due.into_iter();
    let due: Vec<_> = due
        .map(|place| (place.document, version(app, place)))
        .collect();
    let count = u64::try_from(due.len()).unwrap_or(u64::MAX);
    let is_same = held.count == count && held.digest == digest_of(&due);
    let Some(documents) = held.documents.as_ref().filter(|_| !is_same) else {
        return Ok(Compared {
            is_equal: is_same,
            differing: Vec::new(),
        });
    };
    let unsettled = store::phone_documents::list_unsettled(&app.db, whose, tide).await?;
    let mut differing = differing(&due, documents);
    // What no phone is shown yet none can have: whoever began anew for it would begin again and again.
    differing.retain(|it| !unsettled.contains(&it.document));
    Ok(Compared {
        is_equal: differing.is_empty() && !unsettled.is_empty(),
        differing,
    })
}

/// The SHA-256 over a line for each document: its id, a blank, its version, a line feed.
fn digest_of(due: &[Due]) -> Sha256 {
    let mut lines = String::new();
    for (document, version) in due {
        // A text takes every line.
        let _ = writeln!(lines, "{document} {version}");
    }
    sha256(lines.as_bytes())
}

fn differing(due: &[Due], documents: &BTreeMap<Uuid, String>) -> Vec<Differing> {
    let mut found: BTreeMap<Uuid, Difference> = documents
        .keys()
        .map(|document| (*document, Difference::Surplus))
        .collect();
    for (document, version) in due {
        match documents.get(document) {
            None => found.insert(*document, Difference::Missing),
            Some(known) if known == version => found.remove(document),
            Some(_) => found.insert(*document, Difference::Outdated),
        };
    }
    let found = found.into_iter();
    found
        .map(|(document, kind)| Differing { document, kind })
        .collect()
}
