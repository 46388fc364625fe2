//! Accounts: roles, sessions with rotating refresh tokens, and the brake on guessed passwords.

pub mod role;
pub mod session;
pub mod throttle;
