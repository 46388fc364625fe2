use std::sync::LazyLock;

use proptest::prelude::*;

use super::*;
use crate::rules::{RuleError, RuleSet};
use crate::text::Text;
use crate::verdict::Outcome;

static RULES: LazyLock<RuleSet> = LazyLock::new(|| RuleSet::embedded().unwrap());

const RULES_1984: &str = include_str!("../../rules/legal-units-1984.toml");

fn outcome(text: &str) -> Outcome {
    let input = LegalUnitsText {
        seen_on: "2026-11-23".parse().unwrap(),
        text: Text::parse(text).unwrap(),
        text_use: TextUse::PriceTag,
    };
    judge(&RULES, &input).unwrap().outcome
}

proptest! {
    #[test]
    fn whatever_is_printed_is_judged(text in "[斤两钱担尺寸公市半一二百千零第多每/perlbozft0-9０-９. ()克拉gm度码]{1,60}") {
        prop_assume!(Text::<2000>::parse(&text).is_ok());
        outcome(&text);
    }

    #[test]
    fn any_number_of_jin_fails_and_of_kilograms_conforms(number in 1_u32..100_000) {
        prop_assert_eq!(outcome(&format!("大米{number}斤")), Outcome::Fails);
        prop_assert_eq!(outcome(&format!("大米{number}公斤")), Outcome::Conforms);
    }
}

#[test]
fn a_factor_of_zero_is_refused() {
    let text = RULES_1984.replace("worth = \"1/3\"", "worth = \"1/0\"");
    let error = RuleSet::from_sources([("units.toml", text)]).unwrap_err();
    assert!(matches!(error, RuleError::Malformed { .. }), "{error}");
}

#[test]
fn a_unit_without_a_spelling_is_refused() {
    let text = RULES_1984.replace("written = [\"ppm\"]", "written = []");
    let error = RuleSet::from_sources([("units.toml", text)]).unwrap_err();
    assert!(
        matches!(&error, RuleError::Row { row, .. } if row == "units, ppm"),
        "{error}"
    );
}
