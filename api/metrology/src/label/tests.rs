use std::sync::LazyLock;

use proptest::prelude::*;

use super::*;
use crate::quantity::Millimetre;
use crate::rules::{RuleError, RuleSet};
use crate::seen::Seen;
use crate::text::Text;
use crate::verdict::{CheckResult, Outcome};

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

/// The codes of the notes on a mark of counted goods, the findings that are not assessed, and the outcome.
fn counted(text: &str) -> (Vec<String>, Vec<String>, Outcome) {
    let input = NetContentLabel {
        character_height: Some(Millimetre::read("6 mm").unwrap()),
        produced_on: "2025-03-01".parse().unwrap(),
        ..label(text, QuantityKind::Count)
    };
    let verdict = judge(&RULES, &input).unwrap();
    let notes = verdict.notes.iter().map(|note| note.code.to_string());
    let open = verdict
        .findings
        .iter()
        .filter(|one| one.result == CheckResult::NotAssessed);
    let open = open.map(|one| one.check.to_string());
    (notes.collect(), open.collect(), verdict.outcome)
}

#[test]
fn a_range_of_counted_goods_is_said_whole_and_is_for_a_person() {
    for text in [
        "净含量：10-12个",
        "10~12片",
        "10～12片",
        "净含量 10至12 只",
        "10个—12个",
        "净含量：10-12支（装于1盒）",
    ] {
        let (notes, open, outcome) = counted(text);
        assert!(
            notes.contains(&"QUANTITY_UNCLEAR".to_owned()),
            "{text}: {notes:?}"
        );
        assert_eq!(open, ["DEFINITE_QUANTITY"], "{text}");
        assert_eq!(outcome, Outcome::ScreeningOnly, "{text}");
    }
    let verdict = judge(&RULES, &label("10~12片", QuantityKind::Count)).unwrap();
    let said: Vec<&str> = verdict.notes.iter().map(|note| &*note.words.zh).collect();
    assert!(
        said.contains(&"标注中有“10~12片”，净含量不确定，请人工判断。"),
        "{said:?}"
    );
}

#[test]
fn what_only_looks_like_a_range_of_counted_goods_is_none() {
    for text in [
        "净含量：10个 2026-11-20",
        "净含量：10个 2026-11-20生产",
        "净含量：10个 保质期6-12个月",
        "净含量：10个 0-4℃",
        "净含量：10个 2-8度",
        "净含量：10个 A10-12型",
    ] {
        let (notes, _, outcome) = counted(text);
        assert!(
            !notes.contains(&"QUANTITY_UNCLEAR".to_owned()),
            "{text}: {notes:?}"
        );
        assert_eq!(outcome, Outcome::Conforms, "{text}");
    }
}

#[test]
fn a_number_of_items_beside_a_definite_mass_leaves_the_mass_definite() {
    let verdict = judge(
        &RULES,
        &label("净含量：500g（10-12个）", QuantityKind::Mass),
    )
    .unwrap();
    let said: Vec<&str> = verdict.notes.iter().map(|note| &*note.words.zh).collect();
    assert!(said.iter().any(|one| one.contains("10、12")), "{said:?}");
    assert!(verdict.finding("DEFINITE_QUANTITY").is_none());
}
