use std::sync::LazyLock;

use proptest::prelude::*;

use super::*;
use crate::rules::{RuleError, RuleSet};
use crate::seen::Seen;
use crate::text::Text;

static RULES: LazyLock<RuleSet> = LazyLock::new(|| RuleSet::embedded().unwrap());

const RULES_2005: &str = include_str!("../../rules/net-content-label-2005.toml");

fn label(text: &str, kind: QuantityKind) -> NetContentLabel {
    NetContentLabel {
        produced_on: "2022-03-01".parse().unwrap(),
        goods_name: Text::parse("rice").unwrap(),
        goods: None,
        mark: PrintedMark::AsRead {
            text: Text::parse(text).unwrap(),
        },
        kind,
        conspicuous: Seen::Yes,
        character_height: None,
        items: PackedItems::Single,
        confirmed: false,
    }
}

proptest! {
    #[test]
    fn whatever_is_printed_is_judged(text in "[净含量：: 0-9０-９.,×xgkKmMlLＬ㎏²2斤克升半一百千/()]{1,40}") {
        prop_assume!(Text::<200>::parse(&text).is_ok());
        let verdict = judge(&RULES, &label(&text, QuantityKind::Count)).unwrap();
        prop_assert!(!verdict.findings.is_empty());
    }

    #[test]
    fn any_whole_number_of_grams_below_a_kilogram_is_read_as_it_is_printed(grams in 1_u32..1000) {
        let verdict = judge(&RULES, &label(&format!("净含量：{grams}g"), QuantityKind::Mass)).unwrap();
        prop_assert!(verdict.suggested_violations().is_empty());
    }
}

#[test]
fn a_table_of_units_with_a_gap_is_refused() {
    let text = RULES_2005.replace("from = \"100 cm\"", "from = \"101 cm\"");
    let error = RuleSet::from_sources([("net.toml", text)]).unwrap_err();
    assert!(
        matches!(&error, RuleError::Row { row, .. } if row == "units.length, row 2"),
        "{error}"
    );
}

#[test]
fn a_height_of_zero_in_a_table_is_refused() {
    let text = RULES_2005.replacen("limit = \"3 mm\"", "limit = \"0 mm\"", 1);
    let error = RuleSet::from_sources([("net.toml", text)]).unwrap_err();
    assert!(
        matches!(&error, RuleError::Row { row, .. } if row == "characters.mass, row 2"),
        "{error}"
    );
}

#[test]
fn the_numbers_of_a_range_are_said_once() {
    let verdict = judge(&RULES, &label("净含量：500-550 g", QuantityKind::Mass)).unwrap();
    let codes: Vec<&str> = verdict.notes.iter().map(|note| &*note.code).collect();
    assert_eq!(codes, ["GOODS_OF_THE_TRANSITION", "QUANTITY_UNCLEAR"]);
}
