//! From a mark to the verdict. Numbers and words of the law come from the rule set, never from here.

use rust_decimal::Decimal;

use super::marks::Checks;
use super::{NetContentLabel, PackedItems, PrintedMark, words};
use crate::input::{InputError, InputProblem, absurd, positive};
use crate::prepackaged;
use crate::refusal::JudgeError;
use crate::rules::{DutyRow, Edition, LabelRules, LegalUnitRules, Part, RuleSet};
use crate::seen::Seen;
use crate::slip::Slips;
use crate::verdict::{CheckResult, Cite, Grounds, Verdict, Words};

/// There is a mark.
const MARK_PRESENT: &str = "MARK_PRESENT";
/// It is clear and in a conspicuous place.
const CONSPICUOUS: &str = "CONSPICUOUS";
/// Several items are given by single quantity and number, or by total.
pub(super) const SEVERAL_ITEMS: &str = "SEVERAL_ITEMS";

/// No character of a mark is higher than a metre.
const HIGHEST_CHARACTER: Decimal = Decimal::ONE_THOUSAND;

/// Judges one label by the rules in force on the day the goods were made.
///
/// Pure. Refuses a height of zero or above a metre, a height or a place given for a mark that is not
/// there, goods that the edition leaves out, a mark all of whose quantities are of another kind than the
/// one given, letters so high or so low that it looks like a slip, and a day for which an edition is not
/// loaded.
pub fn judge(rules: &RuleSet, input: &NetContentLabel) -> Result<Verdict, JudgeError> {
    refuse(input)?;
    let edition = rules.edition_on::<LabelRules>(input.produced_on)?;
    let called = (input.goods, &input.goods_name);
    prepackaged::refuse_left_out(called, &edition.rules.excluded)?;
    let mut grounds = Grounds::new(rules);
    grounds.apply(edition);
    let transition = &edition.rules.transition;
    if input.produced_on < transition.made_before {
        let text = Words::new(transition.text_zh.as_str(), transition.text_en.as_str());
        grounds.note("GOODS_OF_THE_TRANSITION", text);
    }
    let mark = match &input.mark {
        PrintedMark::Nowhere => {
            present(edition, false, &mut grounds);
            None
        }
        PrintedMark::AsRead { text } => {
            present(edition, true, &mut grounds);
            let legal = rules.edition_on::<LegalUnitRules>(input.produced_on)?;
            let mut slips = Slips::of(rules, input.produced_on, input.confirmed);
            let checks = Checks::new(edition, legal, input, text.as_str());
            checks.run(&mut slips, &mut grounds)?;
            slips.note(&mut grounds);
            conspicuous(edition, input.conspicuous, &mut grounds);
            Some(text.as_str())
        }
    };
    items(edition, input.items, &mut grounds);
    if let Some(words) = grounds.first_unassessed().cloned() {
        let parts = edition.rules.parts.in_use();
        for row in parts.filter(|row| row.part == Part::LabelPoints) {
            grounds.lacks_as(row, row.part.code(), words.clone());
        }
    }
    let summary = grounds.sentence(&words::who(input, mark), &Words::default());
    grounds.tell_why(&words::found(mark));
    Ok(grounds.conclude(summary))
}

fn refuse(input: &NetContentLabel) -> Result<(), InputError> {
    if let Some(height) = input.character_height {
        positive("character_height", height.is_zero())?;
        let why = "no character is higher than 1 m";
        let is_too_high = height.value() > HIGHEST_CHARACTER;
        absurd("character_height", is_too_high, why)?;
    }
    if input.mark == PrintedMark::Nowhere {
        let problem = InputProblem::Contradicts {
            why: "there is no mark",
        };
        if input.character_height.is_some() {
            return Err(InputError::at("character_height", problem));
        }
        if input.conspicuous == Seen::Yes {
            return Err(InputError::at("conspicuous", problem));
        }
    }
    Ok(())
}

fn present(edition: Edition<'_, LabelRules>, is_there: bool, grounds: &mut Grounds) {
    let row = &edition.rules.mark;
    let cite = Cite {
        head: edition.head,
        article: row.article.as_str(),
        row: "net content mark".to_owned(),
        provenance: row.provenance,
        suggests: Some(&edition.rules.violation),
    };
    grounds.require(
        MARK_PRESENT,
        None,
        CheckResult::of(is_there),
        cite,
        words::present(is_there),
    );
}

fn conspicuous(edition: Edition<'_, LabelRules>, seen: Seen, grounds: &mut Grounds) {
    let cite = duty(edition, &edition.rules.conspicuous, "conspicuous place");
    grounds.require(
        CONSPICUOUS,
        None,
        result(seen),
        cite,
        words::conspicuous(seen),
    );
}

fn items(edition: Edition<'_, LabelRules>, items: PackedItems, grounds: &mut Grounds) {
    let (seen, row) = match items {
        PackedItems::Single => return,
        PackedItems::SameItems {
            single_and_number,
            total,
        } => (single_and_number.or(total), "several equal items"),
        PackedItems::DifferentItems {
            single_and_number,
            total,
        } => (single_and_number.or(total), "several different items"),
    };
    let cite = duty(edition, &edition.rules.multi_pack, row);
    let words = words::several(seen, matches!(items, PackedItems::SameItems { .. }));
    grounds.require(SEVERAL_ITEMS, None, result(seen), cite, words);
}

fn duty<'a>(edition: Edition<'a, LabelRules>, row: &'a DutyRow, name: &str) -> Cite<'a> {
    Cite {
        head: edition.head,
        article: row.article.as_str(),
        row: name.to_owned(),
        provenance: row.provenance,
        suggests: Some(&edition.rules.violation),
    }
}

fn result(seen: Seen) -> CheckResult {
    match seen {
        Seen::Yes => CheckResult::Passes,
        Seen::No => CheckResult::Fails,
        Seen::NotSeen => CheckResult::NotAssessed,
    }
}
