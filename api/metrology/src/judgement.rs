//! A measurement with its verdict: what is kept, handed out and judged again.

use serde::{Deserialize, Serialize};

use crate::document::Document;
use crate::measurement::Measurement;
use crate::refusal::JudgeError;
use crate::rules::RuleSet;
use crate::verdict::Verdict;

/// A measurement with its verdict. In JSON the verdict's fields stand beside `measurement`, which
/// comes last.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Judgement {
    /// What the measurement comes to.
    #[serde(flatten)]
    pub verdict: Verdict,
    /// The input, whole.
    pub measurement: Measurement,
    /// The measurement as it was read or stored, where it would be written otherwise: with the keys that were read,
    /// and back to the byte.
    #[serde(skip)]
    pub(crate) as_stored: Option<String>,
}

impl Judgement {
    /// Judges a measurement and keeps it with its verdict; one that was read, with the keys that it was read with.
    pub fn of(rules: &RuleSet, measured: impl Into<Document>) -> Result<Self, JudgeError> {
        let measured: Document = measured.into();
        Ok(Self {
            verdict: measured.measurement.judge(rules)?,
            as_stored: measured.as_read(),
            measurement: measured.measurement,
        })
    }
}
