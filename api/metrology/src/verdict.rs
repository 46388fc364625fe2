//! The verdict: what a measurement comes to, and everything needed to come to it again.
//!
//! Every family makes the same [`Verdict`]: findings that each name rule, article, limit, measured
//! value and deviation; every number between the input and the findings; and how well all of it is
//! known. What it says to people it says in the words of the day, in Chinese and in English, and those
//! words are kept with it. A verdict does not know what a measurement is: with the measurement that it
//! judges it is a [`crate::judgement::Judgement`]. The JSON is deterministic: the same verdict is
//! always the same text, fields keep their order, numbers are text with their unit.

mod bound;
mod grounds;
mod plainly;
mod sentence;

use std::borrow::Cow;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

pub(crate) use bound::{Bound, Cite, Judged};
pub(crate) use grounds::{Bars, Grounds};

use crate::quantity::Amount;
use crate::rules::{Part, Provenance, ViolationCode};

/// What a measurement comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Outcome {
    /// Every finding is within its limit, equality included.
    Conforms,
    /// A finding is beyond its limit, and no part that is missing could undo that.
    Fails,
    /// An indication only: a part that a verdict needs was not done (fewer packages than the plan, no
    /// test of the zero, a check instrument that nobody named), and nothing fails beyond mending.
    ScreeningOnly,
    /// The rules give no answer; [`Verdict::reasons`] says why.
    NotAssessable,
}

/// The same said in both languages.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Words {
    /// In Chinese.
    pub zh: String,
    /// In English.
    pub en: String,
}

impl Words {
    /// Whether nothing is said.
    pub fn is_empty(&self) -> bool {
        self.zh.is_empty() && self.en.is_empty()
    }

    /// Says it.
    pub fn new(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self {
            zh: zh.into(),
            en: en.into(),
        }
    }
}

/// What the rules say about a measurement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Verdict {
    /// What it comes to.
    pub outcome: Outcome,
    /// The one sentence for people.
    pub summary: Words,
    /// The same for merchants and shoppers, without law. Verdicts of older versions have none.
    #[serde(default, skip_serializing_if = "Words::is_empty")]
    pub plain: Words,
    /// What was compared with what, in the order of judging.
    pub findings: Vec<Finding>,
    /// Why it is not assessable or screening only; empty otherwise.
    pub reasons: Vec<Remark>,
    /// What the reader should also know. Notes never change the outcome.
    pub notes: Vec<Remark>,
    /// Every number between the inputs and the findings, in the order they arose.
    pub intermediates: Vec<Intermediate>,
    /// How numbers were rounded before they were compared.
    pub rounding: Rounding,
    /// The least provenance among the rows and readings that the findings rest on.
    pub provenance: Provenance,
    /// Whether one of them has not been confirmed, so that another limit may turn out to hold.
    pub provisional: bool,
    /// The rows and readings that have not been confirmed.
    pub rows_unverified: Vec<String>,
    /// All editions consulted, in the order of judging.
    pub applied_rules: Vec<Arc<AppliedRule>>,
    /// The digest of the rule set in force ([`crate::rules::RuleSet::digest`]).
    pub rules_digest: String,
}

impl Verdict {
    /// The plain-language explanation in Chinese: the summary, then each finding, reason and note on
    /// a line of its own, the same thing once.
    pub fn explain_zh(&self) -> String {
        self.explain(|words| &words.zh)
    }

    /// The plain-language explanation in English; see [`Verdict::explain_zh`].
    pub fn explain_en(&self) -> String {
        self.explain(|words| &words.en)
    }

    fn explain(&self, language: impl Fn(&Words) -> &String) -> String {
        let findings = self.findings.iter().map(|finding| &finding.words);
        let reasons = self.reasons.iter().map(|reason| &reason.words);
        let notes = self.notes.iter().map(|note| &note.words);
        let lines = findings.chain(reasons).chain(notes).map(&language);
        let mut said = vec![language(&self.summary)];
        for line in lines {
            if !said.contains(&line) {
                said.push(line);
            }
        }
        let said: Vec<&str> = said.into_iter().map(String::as_str).collect();
        said.join("\n")
    }

    /// Whether a required part was not done, whatever the outcome came to all the same.
    pub fn lacks(&self, part: Part) -> bool {
        let code = part.code();
        let mut remarks = self.reasons.iter().chain(&self.notes);
        remarks.any(|remark| remark.code == code)
    }

    /// The finding of a check, if the verdict has one.
    pub fn finding(&self, check: &str) -> Option<&Finding> {
        self.findings.iter().find(|finding| finding.check == check)
    }

    /// The codes of the violations that failed findings suggest, each once. A person decides.
    pub fn suggested_violations(&self) -> Vec<&ViolationCode> {
        let mut codes: Vec<_> = self
            .findings
            .iter()
            .filter(|finding| finding.result == CheckResult::Fails)
            .filter_map(|finding| finding.suggests.as_ref())
            .collect();
        codes.sort();
        codes.dedup();
        codes
    }
}

/// One thing that was checked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Finding {
    /// The stable code of what was checked, such as `SHORTAGE`.
    pub check: Cow<'static, str>,
    /// What it concerns where the measurement has several of a kind: `package 3`, `nozzle 2, Q1`.
    pub subject: Option<String>,
    /// Whether it is within the limit.
    pub result: CheckResult,
    /// What was found; nothing where the finding is not a number.
    pub measured: Option<Amount>,
    /// The limit it was compared with.
    pub limit: Option<Amount>,
    /// Measured less limit for an upper limit, limit less measured for a lower one: above zero is
    /// beyond the limit.
    pub deviation: Option<Amount>,
    /// Which side of the limit is allowed, equality included in each.
    pub comparison: Comparison,
    /// Whether the measured value is exactly the limit.
    pub is_equal: bool,
    /// The id of the edition that sets the limit.
    pub rule_id: String,
    /// The article or clause of it.
    pub article: String,
    /// The row that set the limit.
    pub row: String,
    /// How well the limit is known.
    pub provenance: Provenance,
    /// The code of the violation that this failure suggests; only where it fails.
    pub suggests: Option<ViolationCode>,
    /// The finding in one sentence.
    pub words: Words,
}

/// What a check comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum CheckResult {
    /// Within the limit.
    Passes,
    /// Beyond the limit.
    Fails,
    /// Not within reach of this measurement.
    NotAssessed,
}

/// How a measured value is compared with its limit. A value equal to the limit is always within it,
/// since the rules say "shall not exceed" and "not less than".
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Comparison {
    /// The measured value may be at most the limit.
    AtMost,
    /// The measured value may be at least the limit.
    AtLeast,
    /// The measured value may lie at most the limit away from zero, on either side.
    Within,
    /// A requirement without a number: met or not.
    Met,
}

/// A number between input and outcome.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Intermediate {
    /// What it is.
    pub name: Cow<'static, str>,
    /// Its value.
    pub amount: Amount,
    /// Whether this is the exact value; one that is not (a third, a root) is shown rounded and was
    /// compared unrounded.
    pub is_exact: bool,
}

/// How numbers were rounded before they were compared. Only a rule that itself commands rounding
/// makes anything but [`Rounding::None`].
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Rounding {
    /// Not at all.
    #[default]
    None,
    /// To the nearest, a half to the even digit (GB/T 8170).
    HalfEven,
    /// To the nearest, a half up.
    HalfUp,
    /// Up.
    Up,
}

/// A reason or a note.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Remark {
    /// The stable code.
    pub code: Cow<'static, str>,
    /// In one sentence.
    pub words: Words,
}

/// An edition that a verdict rests on or consulted.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AppliedRule {
    /// The id of the edition.
    pub id: String,
    /// Its name, such as the year of its last amendment.
    pub edition: String,
    /// The title of the instrument of law.
    pub title: Words,
    /// The SHA-256 of the rule file, in hexadecimal.
    pub digest: String,
}

impl CheckResult {
    /// What a requirement comes to that somebody could see: met or not.
    pub(crate) fn of(passes: bool) -> Self {
        if passes { Self::Passes } else { Self::Fails }
    }
}

impl Outcome {
    /// The outcome in both languages.
    pub(crate) fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Conforms => ("合格", "conforms"),
            Self::Fails => ("不合格", "fails"),
            Self::ScreeningOnly => ("仅供筛查", "screening only"),
            Self::NotAssessable => ("无法判定", "not assessable"),
        }
    }
}
