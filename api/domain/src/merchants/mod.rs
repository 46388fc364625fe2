//! Merchants and the measuring instruments on their ledger.

pub mod code;
pub mod instrument;
pub mod merchant;
