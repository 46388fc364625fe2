//! A measured value beside its limit, and the place in the law that sets it.

use super::Comparison;
use crate::exact::Ratio;
use crate::quantity::Amount;
use crate::rules::{EditionHead, Provenance, ViolationCode};

/// The place in the law that sets a limit.
#[derive(Debug, Clone)]
pub(crate) struct Cite<'a> {
    pub head: &'a EditionHead,
    pub article: &'a str,
    pub row: String,
    pub provenance: Provenance,
    pub suggests: Option<&'a ViolationCode>,
}

/// A measured value beside its limit, both exact and in the same unit.
#[derive(Debug, Clone)]
pub(crate) struct Bound {
    pub measured: Ratio,
    pub limit: Ratio,
    pub unit: &'static str,
    pub comparison: Comparison,
}

/// What a comparison came to, for whoever writes the words of the finding.
#[derive(Debug, Clone)]
pub(crate) struct Judged {
    pub passes: bool,
    pub measured: Amount,
    pub limit: Amount,
    /// How far beyond the limit; below zero when within it.
    pub deviation: Amount,
}
