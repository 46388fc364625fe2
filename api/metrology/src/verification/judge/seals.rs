//! The seals (铅封、签封), of instruments that have a place for them.

use super::Check;
use crate::input::{InputError, contradiction};
use crate::rules::{SealsOf, VerificationRules};
use crate::verdict::{CheckResult, Cite};
use crate::verification::mark::{SealsSeen, VerificationMark};
use crate::verification::words;

/// The seals are there and whole.
const SEALS: &str = "SEALS";

/// Refuses a broken seal on an instrument of a kind that has none.
pub(super) fn check(rules: &VerificationRules, input: &VerificationMark) -> Result<(), InputError> {
    let has_none = rules.seals_of(input.instrument) == SealsOf::None;
    let is_broken = input.seals == SealsSeen::Broken;
    let why = "an instrument of this kind has no seal; its mark tells what is broken";
    contradiction("seals", has_none && is_broken, why)
}

impl Check<'_> {
    /// A seal that cannot be is not missing; whole seals are whole, whatever is known of their place.
    pub(super) fn seals(&mut self) {
        let (rules, seen) = (self.edition.rules, self.input.seals);
        let which = rules.seals_of(self.input.instrument);
        let (result, row, name, text) = match (seen, which) {
            (SealsSeen::Missing | SealsSeen::NotSeen, SealsOf::None) => {
                let row = &rules.seals.none;
                (CheckResult::NotAssessed, row, "no seal", words::no_seal())
            }
            (_, SealsOf::None) => {
                let row = &rules.seals.general;
                (result_of(seen), row, "seals", words::seals(seen))
            }
            (_, which) => {
                let row = rules.seals.of(which);
                (result_of(seen), row, "seals", words::seals(seen))
            }
        };
        let cite = Cite {
            head: self.edition.head,
            article: row.article.as_str(),
            row: name.to_owned(),
            provenance: row.provenance,
            suggests: row.violation.as_ref(),
        };
        self.grounds.require(SEALS, None, result, cite, text);
    }

    /// Whether nobody looked at seals that there should be.
    pub(super) fn are_seals_left_out(&self) -> bool {
        let which = self.edition.rules.seals_of(self.input.instrument);
        self.input.seals == SealsSeen::NotSeen && which != SealsOf::None
    }
}

fn result_of(seen: SealsSeen) -> CheckResult {
    match seen {
        SealsSeen::Intact => CheckResult::Passes,
        SealsSeen::Broken | SealsSeen::Missing => CheckResult::Fails,
        SealsSeen::NotSeen => CheckResult::NotAssessed,
    }
}
