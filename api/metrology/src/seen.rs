//! What an officer saw with the naked eye: a point that needs no instrument.

use serde::{Deserialize, Serialize};

/// Whether a point that is looked at, not measured, is so.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Seen {
    /// It was looked for and is so.
    Yes,
    /// It was looked for and is not so.
    No,
    /// Nobody looked.
    #[default]
    NotSeen,
}

impl Seen {
    /// Whether nobody looked; for a field that is then not written.
    pub(crate) fn is_not_seen(&self) -> bool {
        *self == Self::NotSeen
    }

    /// Whether at least one of two alternatives is so; unknown where neither is and one was not looked at.
    pub(crate) fn or(self, other: Self) -> Self {
        match (self, other) {
            (Self::Yes, _) | (_, Self::Yes) => Self::Yes,
            (Self::No, Self::No) => Self::No,
            _ => Self::NotSeen,
        }
    }
}
