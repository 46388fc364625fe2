//! One spelling of a command's content, so that "the same write again" can be told from "another
//! write under the same id" across releases. Each field is written as `name=length:value`, so no
//! value can imitate a field boundary.

use std::fmt::{Display, Write as _};

/// The content of a command as text that is hashed, never shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Canonical(String);

impl Canonical {
    /// Starts the content of an operation, named as in the contract.
    #[must_use]
    pub fn of(operation: &str) -> Self {
        Self(format!("{operation}\n"))
    }

    /// Adds a field.
    #[must_use]
    pub fn field(mut self, name: &str, value: impl Display) -> Self {
        let value = value.to_string();
        // Writing to a String cannot fail; the result is dropped on purpose.
        let _ = writeln!(self.0, "{name}={}:{value}", value.len());
        self
    }

    /// Adds a field that may be absent. Absent and empty are different contents.
    #[must_use]
    pub fn optional(self, name: &str, value: Option<impl Display>) -> Self {
        match value {
            Some(value) => self.field(name, value),
            None => self,
        }
    }

    /// The text to hash.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_cannot_imitate_another_field() {
        let one = Canonical::of("X").field("a", "1\nb=1:2");
        let two = Canonical::of("X").field("a", "1").field("b", "2");
        assert_ne!(one, two);
    }

    #[test]
    fn absent_and_empty_differ() {
        assert_ne!(
            Canonical::of("X").optional("a", None::<&str>),
            Canonical::of("X").optional("a", Some(""))
        );
    }
}
