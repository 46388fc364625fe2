//! Passwords, and how long a code for a new one works. It knows no hashes.

use crate::{
    commands,
    limits::{PASSWORD_MAX_BYTES, PASSWORD_MIN_CHARS},
    refusal::{Code, Refusal},
};
use std::fmt;

commands! {
    /// Writes about passwords. What is chosen is in none of them: the text of a write is kept hashed, and a fast
    /// hash of a password would undo the slow one.
    PasswordWrite:

    /// Choose another password instead of one's own.
    ChangePassword => ChangePassword;
    /// Make a code by which the person of an account chooses a new password.
    MakePasswordCode => MakePasswordCode;
    /// Choose a new password by such a code.
    UsePasswordCode => UsePasswordCode;
}

/// How long a code for a new password works, in seconds.
pub const PASSWORD_CODE_SECONDS: i64 = 24 * 3600;

/// A password that somebody chose. It does not show in debug output.
#[derive(Clone, PartialEq, Eq)]
pub struct ChosenPassword(String);

impl ChosenPassword {
    /// Reads a new password: neither too short nor absurdly long.
    pub fn parse(text: String) -> Result<Self, Refusal> {
        if text.chars().count() < PASSWORD_MIN_CHARS || text.len() > PASSWORD_MAX_BYTES {
            let refusal = Refusal::on(Code::PasswordTooWeak, "password");
            return Err(refusal.with(format!("≥ {PASSWORD_MIN_CHARS}")));
        }
        Ok(Self(text))
    }

    /// The password, for the one place that hashes it.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for ChosenPassword {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ChosenPassword(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_or_absurdly_long_password_is_too_weak() {
        assert!(ChosenPassword::parse("量".repeat(12)).is_ok());
        for bad in ["x".repeat(11), "x".repeat(257)] {
            let refusal = ChosenPassword::parse(bad).unwrap_err();
            assert_eq!(refusal.code, Code::PasswordTooWeak);
        }
    }
}
