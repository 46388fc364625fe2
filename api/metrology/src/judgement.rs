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
    /// The measurement as it was stored, where it is written otherwise by now: it has to be written back to the
    /// byte.
    #[serde(skip)]
    pub(crate) as_stored: Option<String>,
}

impl Judgement {
    /// Judges a measurement and keeps it with its verdict.
    pub fn of(rules: &RuleSet, measurement: Measurement) -> Result<Self, JudgeError> {
        Ok(Self {
            verdict: measurement.judge(rules)?,
            measurement,
            as_stored: None,
        })
    }
}
