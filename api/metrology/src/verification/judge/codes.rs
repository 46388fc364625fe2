//! The three codes and one seal of a price-computing scale (三码一封).

use super::Check;
use crate::law::instrument::InstrumentKind;
use crate::rules::{Part, RuleSet, ThreeCodeRules};
use crate::verdict::{CheckResult, Cite};
use crate::verification::mark::CodeSeen;
use crate::verification::words;

/// The three codes and the seal of a price-computing scale are complete.
const THREE_CODES: &str = "THREE_CODES";

impl Check<'_> {
    /// JJF 2184-2025 binds scales made from its first day on. Where the day of production is unknown
    /// nothing is held against the scale, which was made by the day of its verification at the latest;
    /// a scale with all of the codes may be as young as it likes.
    pub(super) fn three_codes(&mut self, rules: &RuleSet) {
        if self.input.instrument != InstrumentKind::PriceComputingScale {
            return;
        }
        let made_by = self.input.produced_on.or(self.input.verified_on);
        let day = made_by.unwrap_or(self.input.inspected_on);
        let Ok(edition) = rules.edition_on::<ThreeCodeRules>(day) else {
            return self
                .grounds
                .note("THREE_CODES_NOT_DUE", words::codes_not_due());
        };
        let covered = self.input.max.map(|max| max <= edition.rules.max_up_to);
        if covered == Some(false) {
            let text = words::codes_not_covered(edition.rules.max_up_to);
            return self.grounds.note("THREE_CODES_NOT_COVERED", text);
        }
        self.grounds.apply(edition);
        let codes = self
            .input
            .three_codes
            .map_or([CodeSeen::NotSeen; 4], |codes| codes.all());
        let result = if codes == [CodeSeen::Present; 4] {
            CheckResult::Passes
        } else if self.input.produced_on.is_none() || covered.is_none() {
            CheckResult::NotAssessed
        } else if codes.contains(&CodeSeen::Missing) {
            CheckResult::Fails
        } else {
            CheckResult::NotAssessed
        };
        let missing = match self.input.produced_on {
            None => Part::ProductionDay,
            Some(_) => Part::ThreeCodes,
        };
        self.codes_wait_for = (result == CheckResult::NotAssessed).then_some(missing);
        let cite = Cite {
            head: edition.head,
            article: edition.rules.article.as_str(),
            row: "three codes and one seal".to_owned(),
            provenance: edition.rules.provenance,
            suggests: None,
        };
        let text = words::codes(result, self.input);
        self.grounds.require(THREE_CODES, None, result, cite, text);
    }
}
