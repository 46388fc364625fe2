//! The code of a violation. What the violation is and what follows from it is law that this library
//! does not hold, and whether there was one is decided by a person.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// The text is not `M-`, three capital letters, `-` and two digits.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a violation code")]
pub struct ViolationCodeError(pub String);

/// A code such as `M-RTL-02`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(try_from = "String", into = "String")]
pub struct ViolationCode(String);

impl ViolationCode {
    /// The code as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for ViolationCode {
    type Err = ViolationCodeError;

    fn from_str(text: &str) -> Result<Self, ViolationCodeError> {
        let is_code = match text.split('-').collect::<Vec<_>>().as_slice() {
            ["M", family, number] => {
                family.len() == 3
                    && family.bytes().all(|byte| byte.is_ascii_uppercase())
                    && number.len() == 2
                    && number.bytes().all(|byte| byte.is_ascii_digit())
            }
            _ => false,
        };
        if is_code {
            Ok(Self(text.to_owned()))
        } else {
            Err(ViolationCodeError(text.to_owned()))
        }
    }
}

impl TryFrom<String> for ViolationCode {
    type Error = ViolationCodeError;

    fn try_from(text: String) -> Result<Self, ViolationCodeError> {
        text.parse()
    }
}

impl From<ViolationCode> for String {
    fn from(code: ViolationCode) -> Self {
        code.0
    }
}

impl fmt::Display for ViolationCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
