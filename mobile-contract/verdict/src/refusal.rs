//! What a phone is told when there is no answer.

use std::error::Error;

use liangxin_metrology::rules::RuleError;
use liangxin_metrology::wire::Refused;

/// The code of a refused rule file or set of rule files.
const RULES_REFUSED: &str = "RULES_REFUSED";

/// Why there is no answer.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct Refusal {
    /// The stable code, such as `QUANTITY_NOT_POSITIVE`. Codes are added, never renamed.
    pub code: String,
    /// The path of the field at fault, such as `packages[3].net`; nothing where no field is.
    pub field: Option<String>,
    /// What is wrong, in English, for the developer. Its words may change.
    pub message: String,
}

/// The error of every call. It holds a record, since Kotlin knows no error that has a field called
/// `message` or `field` of its own.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, uniffi::Error)]
pub enum VerdictError {
    /// What was handed over is refused: nothing was judged.
    #[error("{}: {}", refusal.code, refusal.message)]
    Refused {
        /// Why.
        refusal: Refusal,
    },
}

impl From<Refused> for Refusal {
    fn from(refused: Refused) -> Self {
        Self {
            code: refused.code,
            field: refused.field,
            message: refused.message,
        }
    }
}

impl From<Refused> for VerdictError {
    fn from(refused: Refused) -> Self {
        Self::Refused {
            refusal: refused.into(),
        }
    }
}

impl From<RuleError> for VerdictError {
    fn from(error: RuleError) -> Self {
        // The file and the row are in the error, what the reader of TOML says is in its source.
        let message = match error.source() {
            Some(source) => format!("{error}: {source}"),
            None => error.to_string(),
        };
        Self::Refused {
            refusal: Refusal {
                code: RULES_REFUSED.to_owned(),
                field: None,
                message,
            },
        }
    }
}
