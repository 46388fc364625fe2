//! Sealing the log of events, and finding what was done to it behind our back.

mod beside;
mod make;
mod prove;
mod tree;
mod verify;

pub use make::make;
pub use prove::{History, Proved, prove};
pub use verify::{Finding, Verified, compare_deposit, verify};

use crate::{
    app::sha256,
    error::AppError,
    ports::evidence_keys::{PublicKeys, Statement, Unproven},
};
use liangxin_domain::{
    event::seal::{FORM, Seal, SealedEvent},
    evidence::digest::Sha256,
};
use serde::Serialize;

/// What the next seal names of the one before it.
fn link(line: &str) -> Sha256 {
    sha256(line.as_bytes())
}

/// The hash of an event.
fn leaf(event: &SealedEvent) -> Result<Sha256, AppError> {
    Ok(tree::leaf(&bytes(event)?))
}

fn bytes(sealed: &impl Serialize) -> Result<Vec<u8>, AppError> {
    serde_json::to_vec(sealed).map_err(|error| AppError::internal("write a seal", error))
}

/// What a seal states, once it is proved by the published keys.
pub fn open(keys: &PublicKeys, line: &str) -> Result<Seal, Unproven> {
    keys.open_dated((Statement::Seal, FORM), line, |seal: &Seal| {
        (seal.form.as_str(), seal.at.as_str())
    })
}
