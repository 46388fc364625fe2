//! Merchants and the measuring instruments on their ledger.

pub mod code;
pub mod command;
pub mod credit_code;
pub mod instrument;
pub mod ledger;
pub mod merchant;
