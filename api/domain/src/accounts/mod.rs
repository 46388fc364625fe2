//! Accounts: people and their roles, passwords, sessions with rotating refresh tokens, and the brake on guesses.

pub mod account;
pub mod code;
pub mod interest;
pub mod password;
pub mod role;
pub mod second_factor;
pub mod session;
pub mod throttle;
