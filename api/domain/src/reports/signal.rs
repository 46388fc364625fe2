//! Signs of abuse by the factors of Order 121, article 17: hints to an officer, never a decision.
//!
//! The system refuses nothing because of them. What counts as "many" no rule says; the bounds here
//! are our choice and are told with the signal, so that an officer can judge them.
//!
//! Whether several senders share a telephone number or an address is not among them: an insider could
//! send a suspect's number with a report of his own and read from the signal what that person sent.

use chrono::TimeDelta;

/// What counts as a short time.
pub const SHORT_TIME: TimeDelta = TimeDelta::days(30);
/// From how many submissions of one sender in a short time on there is a signal.
pub const MANY: u64 = 3;
/// From how many grams of one purchase on the quantity is out of line with daily use.
const LARGE_PURCHASE_GRAMS: u32 = 20_000;

words! {
    /// A factor of Order 121, article 17.
    pub enum Factor as "SignalFactor" {
        /// Quantity or frequency out of line with shelf life or habit.
        Quantity,
        /// Many in a short time.
        ManyInShortTime,
        /// No proof of a real purchase or of harm.
        NoProof,
        /// Another circumstance: the same words were sent before.
        Other,
    }
}

/// A hint with its reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signal {
    /// Which factor.
    pub factor: Factor,
    /// Why, for an officer, without any data of the sender.
    pub why: String,
}

/// What is known when something is taken in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct IntakeFacts {
    /// What was bought, in whole grams.
    pub grams: u32,
    /// Earlier submissions of the same sender, known by an earlier receipt code, in a short time.
    pub recent_of_sender: u64,
    /// Earlier submissions to the same unit with the very same words in a short time.
    pub same_words: u64,
    /// Photos or other proof that were declared.
    pub proofs: usize,
}

/// The signals of one submission.
#[must_use]
pub fn signals(facts: IntakeFacts) -> Vec<Signal> {
    let days = SHORT_TIME.num_days();
    let found = [
        (facts.grams >= LARGE_PURCHASE_GRAMS).then(|| {
            (
                Factor::Quantity,
                format!("{} g ≥ {LARGE_PURCHASE_GRAMS} g", facts.grams),
            )
        }),
        // The one that just came counts.
        (facts.recent_of_sender + 1 >= MANY).then(|| {
            (
                Factor::ManyInShortTime,
                format!("{} / {days} d ≥ {MANY}", facts.recent_of_sender + 1),
            )
        }),
        (facts.proofs == 0).then(|| (Factor::NoProof, "0".to_owned())),
        (facts.same_words > 0).then(|| {
            (
                Factor::Other,
                format!("{} × / {days} d", facts.same_words + 1),
            )
        }),
    ];
    found
        .into_iter()
        .flatten()
        .map(|(factor, why)| Signal { factor, why })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use strum::IntoEnumIterator as _;

    #[test]
    fn an_ordinary_purchase_with_a_photo_gives_no_signal() {
        let facts = IntakeFacts {
            grams: 2000,
            proofs: 1,
            ..IntakeFacts::default()
        };
        assert_eq!(signals(facts), []);
    }

    #[test]
    fn every_factor_has_its_signal_with_a_reason() {
        let facts = IntakeFacts {
            grams: 20_000,
            recent_of_sender: 2,
            same_words: 1,
            proofs: 0,
        };
        let found = signals(facts);
        assert_eq!(
            found.iter().map(|signal| signal.factor).collect::<Vec<_>>(),
            Factor::iter().collect::<Vec<_>>()
        );
        assert!(found.iter().all(|signal| !signal.why.is_empty()));
    }
}
