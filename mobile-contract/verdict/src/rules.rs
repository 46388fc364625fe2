//! The rules that are loaded, and what can be asked of them.

use liangxin_metrology::recompute::recompute;
use liangxin_metrology::rules::RuleSet;
use liangxin_metrology::wire;

use crate::{EditionInfo, RecomputedReport, RuleText, VerdictError};

/// The language of an explanation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, uniffi::Enum)]
pub enum Language {
    /// Chinese.
    Zh,
    /// English.
    En,
}

/// Dated editions of the law, checked and ready to judge by. They never change once loaded, so that
/// many threads may ask at once.
#[derive(Debug, uniffi::Object)]
pub struct Rules {
    set: RuleSet,
}

#[uniffi::export]
impl Rules {
    /// The editions built into the library.
    #[uniffi::constructor]
    pub fn embedded() -> Result<Self, VerdictError> {
        let set = RuleSet::embedded()?;
        Ok(Self { set })
    }

    /// The editions built into the library, with those of an operator: a file whose edition bears the
    /// id of a built-in one takes its place, any other is added. Refused with `RULES_REFUSED`, file
    /// and row where the files, or the editions together, are not usable.
    #[uniffi::constructor]
    pub fn with_editions(files: Vec<RuleText>) -> Result<Self, VerdictError> {
        let set = RuleSet::embedded_with(files.into_iter().map(|file| (file.name, file.text)))?;
        Ok(Self { set })
    }

    /// The SHA-256 over the id and digest of every rule file, in hexadecimal. Two sets with the same
    /// digest give the same verdicts; every verdict records it.
    pub fn digest(&self) -> String {
        self.set.digest().to_owned()
    }

    /// The editions loaded, by id.
    pub fn editions(&self) -> Vec<EditionInfo> {
        self.set.files().map(EditionInfo::from).collect()
    }

    /// Judges a measurement given as JSON and answers with the verdict as JSON. The same measurement
    /// and the same rules give the same bytes on every phone and on the server.
    pub fn judge(&self, measurement_json: &str) -> Result<String, VerdictError> {
        Ok(wire::judge(&self.set, measurement_json)?)
    }

    /// The explanation that a verdict carries, in plain language: the summary, then each finding,
    /// reason and note on a line of its own. It is what was said when it was judged; no rule is asked.
    pub fn explain(&self, verdict_json: &str, language: Language) -> Result<String, VerdictError> {
        let verdict = wire::read_verdict(verdict_json)?.verdict;
        Ok(match language {
            Language::Zh => verdict.explain_zh(),
            Language::En => verdict.explain_en(),
        })
    }

    /// Judges the measurement of a stored verdict again by the rules loaded, and compares.
    pub fn recompute(&self, verdict_json: &str) -> Result<RecomputedReport, VerdictError> {
        let stored = wire::read_verdict(verdict_json)?;
        Ok(recompute(&self.set, &stored).into())
    }
}
