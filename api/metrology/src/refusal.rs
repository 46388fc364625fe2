//! Why no verdict could be made at all.

use crate::input::InputError;
use crate::rules::NoEdition;

/// Why no verdict could be made. Unlike "not assessable" this is not a statement of the rules: the
/// input or the rule set has to change first.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum JudgeError {
    /// The input is refused.
    #[error("the measurement is refused: {0}")]
    Input(#[from] InputError),
    /// No edition in force on the day is loaded.
    #[error("the rules of the day are not loaded: {0}")]
    NoEdition(#[from] NoEdition),
}

impl JudgeError {
    /// The stable code of this refusal.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Input(error) => error.code(),
            Self::NoEdition(_) => "RULE_EDITION_MISSING",
        }
    }

    /// The input field the refusal is about; nothing when the rule set is at fault.
    pub fn field(&self) -> Option<&str> {
        match self {
            Self::Input(error) => Some(&error.field),
            Self::NoEdition(_) => None,
        }
    }
}
