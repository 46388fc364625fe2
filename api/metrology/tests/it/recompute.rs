//! A stored verdict judged again.

use liangxin_metrology::judgement::Judgement;
use liangxin_metrology::recompute::{Recomputed, recompute};
use liangxin_metrology::rules::RuleSet;
use liangxin_metrology::wire;
use serde_json::Value;

use crate::golden::{rules, tables};

const RETAIL: &str = include_str!("../../rules/retail-weighing-2020.toml");

/// The first retail case as its verdict was written.
fn stored() -> Value {
    let (_, table) = tables()
        .into_iter()
        .find(|(name, _)| name == "retail-weighing")
        .unwrap();
    let measurement = table["cases"][0]["measurement"].to_string();
    serde_json::from_str(&wire::judge(rules(), &measurement).unwrap()).unwrap()
}

fn read(value: &Value) -> Judgement {
    wire::read_verdict(&value.to_string()).unwrap()
}

#[test]
fn an_untouched_verdict_is_equal() {
    assert_eq!(recompute(rules(), &read(&stored())), Recomputed::Equal);
}

#[test]
fn what_was_taken_before_it_was_doubted_is_equal() {
    let believing =
        include_str!("../../rules/slips.toml").replace("doubtful = \"9\"", "doubtful = \"999\"");
    let before = RuleSet::embedded_with([("slips.toml", believing)]).unwrap();
    let (_, table) = tables()
        .into_iter()
        .find(|(name, _)| name == "spectacles")
        .unwrap();
    let mut cases = table["cases"].as_array().unwrap().iter();
    let turned = cases
        .find(|case| case["name"] == "an axis of a tenth looks like a slip")
        .unwrap();
    let taken = wire::judge(&before, &turned["measurement"].to_string()).unwrap();
    let stored = wire::read_verdict(&taken).unwrap();
    assert_eq!(recompute(rules(), &stored), Recomputed::Equal);
}

#[test]
fn other_words_are_no_difference() {
    let mut value = stored();
    value["summary"]["en"] = "said otherwise".into();
    value["findings"][0]["words"]["zh"] = "另一种说法".into();
    assert_eq!(recompute(rules(), &read(&value)), Recomputed::Equal);
}

#[test]
fn one_changed_number_is_named_with_its_path() {
    let mut value = stored();
    value["findings"][0]["limit"] = "200 g".into();
    let Recomputed::Differs(differences) = recompute(rules(), &read(&value)) else {
        panic!("the change went unseen")
    };
    assert_eq!(differences.len(), 1);
    assert_eq!(differences[0].at, "findings[0].limit");
    assert_eq!(differences[0].stored, "\"200 g\"");
    assert_eq!(differences[0].again, "\"10 g\"");
}

#[test]
fn a_measurement_that_was_changed_differs_in_what_follows_from_it() {
    let mut value = stored();
    value["measurement"]["checked"] = "2800 g".into();
    let Recomputed::Differs(differences) = recompute(rules(), &read(&value)) else {
        panic!("the change went unseen")
    };
    assert!(differences.iter().any(|one| one.at == "outcome"));
}

#[test]
fn another_text_of_an_edition_is_named_and_so_is_what_it_changes() {
    let words = RETAIL.replace("table 1, column of goods", "table 1, first column");
    let limit = RETAIL.replace("limit = \"10 g\"", "limit = \"200 g\"");
    for (text, is_same) in [(words, true), (limit, false)] {
        let others = RuleSet::embedded_with([("retail.toml", text)]).unwrap();
        let recomputed = recompute(&others, &read(&stored()));
        let Recomputed::OtherRules { ids, differences } = recomputed else {
            panic!("{recomputed:?}")
        };
        assert_eq!(ids, ["retail-weighing-2020"]);
        assert_eq!(differences.is_empty(), is_same, "{differences:?}");
    }
}

#[test]
fn without_the_edition_it_cannot_be_judged_any_more() {
    let scales = include_str!("../../rules/scales-jjg-539-2016.toml");
    let others = RuleSet::from_sources([("scales.toml", scales)]).unwrap();
    assert!(matches!(
        recompute(&others, &read(&stored())),
        Recomputed::Refused(error) if error.code() == "RULE_EDITION_MISSING"
    ));
}
