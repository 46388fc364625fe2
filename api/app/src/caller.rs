//! Who calls, from where, and in which language to answer: one value through every use case, so that no
//! place forgets a part of it.

use chrono::{DateTime, Utc};
use liangxin_domain::{actor::Actor, refusal::Lang};

/// Whoever asks for something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caller {
    /// As whom the caller is known.
    pub actor: Actor,
    /// From which network address the call came, whose budgets it is taken from and whose guesses are
    /// counted; in IPv6 that of the household, empty if nobody knows.
    pub address: String,
    /// In which language to answer.
    pub lang: Lang,
    /// When the server heard of it, if that was before: it was held.
    pub heard_at: Option<DateTime<Utc>>,
}

impl Caller {
    /// The system itself, which calls from nowhere.
    #[must_use]
    pub fn system() -> Self {
        Self {
            actor: Actor::System,
            address: String::new(),
            lang: Lang::default(),
            heard_at: None,
        }
    }

    /// The same caller, now known as this actor.
    #[must_use]
    pub fn known_as(&self, actor: Actor) -> Self {
        Self {
            actor,
            ..self.clone()
        }
    }

    /// The same caller, of whom the server heard at that moment, if one is given.
    #[must_use]
    pub fn heard(self, heard_at: Option<DateTime<Utc>>) -> Self {
        Self { heard_at, ..self }
    }
}
