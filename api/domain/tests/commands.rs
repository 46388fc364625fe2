//! What tells a repeated write from another one under the same id: the serialised command. For each
//! noun stand here samples of every command, each with one field changed; no two may read alike.

#![cfg(test)]

#[path = "commands/rewards.rs"]
mod rewards;

use liangxin_domain::step::Command;
use std::collections::BTreeSet;

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
