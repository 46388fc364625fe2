//! Accounts: people and their roles, passwords, sessions with rotating refresh tokens, the brake on guesses, and how
//! long an account is nobody's second person.

pub mod account;
pub mod code;
pub mod interest;
pub mod password;
pub mod role;
pub mod second_factor;
pub mod session;
pub mod settling;
pub mod throttle;
