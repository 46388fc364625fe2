//! A measurement with its verdict: what is kept, handed out and judged again.

use serde::{Deserialize, Serialize};

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
    /// Whether what was not said stands in the document as `null`: of one that was written so before, and has to
    /// be written back to the byte.
    #[serde(skip)]
    pub(crate) writes_nulls: bool,
}

impl Judgement {
    /// Judges a measurement and keeps it with its verdict.
    pub fn of(rules: &RuleSet, measurement: Measurement) -> Result<Self, JudgeError> {
        Ok(Self {
            verdict: measurement.judge(rules)?,
            measurement,
            writes_nulls: false,
        })
    }
}
