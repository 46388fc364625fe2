//! What tells a repeated write from another one under the same id: the serialised command. For each
//! noun stand here samples of every command, each with one field changed; no two may read alike.

#![cfg(test)]

#[path = "commands/law.rs"]
mod law;
#[path = "commands/notices.rs"]
mod notices;
#[path = "commands/privacy.rs"]
mod privacy;
#[path = "commands/visits.rs"]
mod visits;

use liangxin_domain::{
    evidence::{
        digest::Sha256,
        photo::{DeclaredPhoto, PhotoKind},
    },
    id::PhotoId,
    step::Command,
};
use std::collections::BTreeSet;
use uuid::Uuid;

/// Holds samples of all commands of a noun against each other.
fn check<C: Command>(samples: &[C]) {
    let mut texts = BTreeSet::new();
    for sample in samples {
        let text = serde_json::to_string(sample).unwrap();
        assert!(texts.insert(text.clone()), "said twice: {text}");
    }
    let sampled: BTreeSet<_> = samples.iter().map(Command::operation).collect();
    let known: BTreeSet<_> = C::OPERATIONS.iter().map(|(name, _)| *name).collect();
    assert_eq!(sampled, known);
}

/// Lists of photos of which no two are the same.
fn photos() -> Vec<Vec<DeclaredPhoto>> {
    let photo = |id, kind, digest, size_bytes| DeclaredPhoto {
        id: PhotoId::new(Uuid::from_u128(id)),
        kind,
        sha256: Sha256::new([digest; 32]),
        size_bytes,
    };
    let first = photo(1, PhotoKind::Scene, 1, 1);
    let second = photo(2, PhotoKind::Scene, 1, 1);
    vec![
        Vec::new(),
        vec![first.clone()],
        vec![second.clone()],
        vec![first.clone(), second.clone()],
        vec![second, first],
        vec![photo(1, PhotoKind::Mark, 1, 1)],
        vec![photo(1, PhotoKind::Signature, 1, 1)],
        vec![photo(1, PhotoKind::Scene, 2, 1)],
        vec![photo(1, PhotoKind::Scene, 1, 2)],
    ]
}
