//! What a rule file must be to be accepted, and what a refusal says.

use chrono::NaiveDate;
use liangxin_metrology::rules::{BandProblem, RetailRules, RuleError, RuleSet, ScaleRules};

const RETAIL: &str = include_str!("../../rules/retail-weighing-2020.toml");
const SCALES: &str = include_str!("../../rules/scales-jjg-539-2016.toml");

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn refused(text: &str) -> RuleError {
    RuleSet::from_sources([("retail.toml", text)]).unwrap_err()
}

/// The retail rules with one piece of text replaced; the piece must be there.
fn retail_with(old: &str, new: &str) -> String {
    assert!(RETAIL.contains(old), "{old} is not in the rule file");
    RETAIL.replacen(old, new, 1)
}

fn line_of(needle: &str) -> usize {
    RETAIL
        .lines()
        .position(|line| line.contains(needle))
        .unwrap()
        + 1
}

fn row_problem(error: RuleError) -> (String, BandProblem) {
    let RuleError::Row { file, row, problem } = error else {
        panic!("{error:?}")
    };
    assert_eq!(file, "retail.toml");
    (row, problem)
}

#[test]
fn the_embedded_rules_are_accepted() {
    let rules = RuleSet::embedded().unwrap();
    let ids: Vec<_> = rules.heads().iter().map(|head| head.id.as_str()).collect();
    assert_eq!(
        ids,
        [
            "retail-weighing-2020",
            "quantity-penalty-2020",
            "scales-jjg-539-2016"
        ]
    );
}

#[test]
fn an_edition_is_in_force_on_its_first_and_last_day() {
    let rules = RuleSet::embedded().unwrap();
    for (date, is_in_force) in [
        ("2017-05-29", false),
        ("2017-05-30", true),
        ("2027-01-07", true),
        ("2027-01-08", false),
    ] {
        assert_eq!(
            rules.edition_on::<ScaleRules>(day(date)).is_ok(),
            is_in_force,
            "{date}"
        );
    }
    let missing = rules
        .edition_on::<RetailRules>(day("2020-10-22"))
        .unwrap_err();
    assert_eq!(
        missing.to_string(),
        "no edition of retail_weighing is loaded for 2020-10-22"
    );
}

#[test]
fn a_second_edition_takes_over_on_its_first_day() {
    let old = retail_with(
        "valid_from = \"2020-10-23\"",
        "valid_from = \"2020-10-23\"\nvalid_to = \"2027-06-30\"",
    );
    let new = retail_with("2020-10-23\"\npicked_by", "2027-07-01\"\npicked_by")
        .replace("weighing-2020", "weighing-2027");
    let rules = RuleSet::from_sources([("new.toml", new), ("old.toml", old)]).unwrap();
    let id = |date| {
        rules
            .edition_on::<RetailRules>(day(date))
            .unwrap()
            .head
            .id
            .to_string()
    };
    assert_eq!(id("2027-06-30"), "retail-weighing-2020");
    assert_eq!(id("2027-07-01"), "retail-weighing-2027");
}

#[test]
fn overlapping_editions_are_refused_with_both_files() {
    let later = retail_with("2020-10-23\"\npicked_by", "2026-01-01\"\npicked_by")
        .replace("weighing-2020", "weighing-2026");
    let error = RuleSet::from_sources([("a.toml", RETAIL), ("b.toml", &later)]).unwrap_err();
    assert_eq!(
        error.to_string(),
        "rule file b.toml: its edition overlaps the one in a.toml"
    );
}

#[test]
fn an_edition_that_ends_before_it_starts_is_refused() {
    let text = retail_with(
        "valid_from = \"2020-10-23\"",
        "valid_from = \"2020-10-23\"\nvalid_to = \"2020-10-22\"",
    );
    let expected = "rule file retail.toml: edition retail-weighing-2020 ends before it starts";
    assert_eq!(refused(&text).to_string(), expected);
}

#[test]
fn the_same_id_or_the_same_file_twice_is_refused() {
    let scales = SCALES.replace("scales-jjg-539-2016", "retail-weighing-2020");
    let error = RuleSet::from_sources([("a.toml", RETAIL), ("b.toml", &scales)]).unwrap_err();
    assert!(matches!(error, RuleError::RepeatedId { .. }), "{error}");
    let error = RuleSet::from_sources([("a.toml", RETAIL), ("a.toml", SCALES)]).unwrap_err();
    assert!(matches!(error, RuleError::RepeatedFile { .. }), "{error}");
}

#[test]
fn a_gap_between_bands_is_refused_with_its_row() {
    let text = retail_with(
        "over = \"2500\", up_to = \"10000\"",
        "over = \"2501\", up_to = \"10000\"",
    );
    let (row, problem) = row_problem(refused(&text));
    assert_eq!(row, "table_1.class_2, row 2");
    assert_eq!(
        problem,
        BandProblem::Gap {
            expected: "2500".into(),
            found: "2501".into()
        }
    );
}

#[test]
fn unsorted_bands_are_refused_with_their_row() {
    let text = retail_with(
        "over = \"10000\", up_to = \"15000\"",
        "over = \"10000\", up_to = \"9000\"",
    );
    assert_eq!(
        row_problem(refused(&text)),
        ("table_1.class_2, row 3".into(), BandProblem::Unsorted)
    );
}

#[test]
fn a_table_that_does_not_start_at_zero_is_refused() {
    let text = retail_with(
        "over = \"0\", up_to = \"500\"",
        "over = \"1\", up_to = \"500\"",
    );
    assert_eq!(
        row_problem(refused(&text)),
        ("table_1.class_4, row 1".into(), BandProblem::NotFromZero)
    );
}

#[test]
fn a_limit_of_zero_is_refused() {
    let text = retail_with("limit = \"0.01\"", "limit = \"0\"");
    assert_eq!(
        row_problem(refused(&text)),
        ("table_2.gold, row 1".into(), BandProblem::NoLimit)
    );
}

#[test]
fn an_empty_table_is_refused() {
    let (start, rest) = RETAIL.split_once("silver = [").unwrap();
    let (_, end) = rest.split_once(']').unwrap();
    let text = format!("{start}silver = []{end}");
    assert_eq!(
        row_problem(refused(&text)),
        ("table_2.silver".into(), BandProblem::Empty)
    );
}

#[test]
fn price_bounds_out_of_order_are_refused() {
    let text = retail_with("class_2_up_to = \"30\"", "class_2_up_to = \"100\"");
    assert_eq!(
        row_problem(refused(&text)),
        ("class_by_price".into(), BandProblem::Unsorted)
    );
}

/// Each piece of text, what it becomes, and the line the refusal must name.
#[test]
fn a_row_of_the_wrong_form_is_refused_with_file_and_line() {
    let silver = "limit = \"0.1\"";
    for (old, new, line) in [
        (
            ", provenance = \"verified\", source = \"table 2\" }]\nsilver",
            " }]\nsilver",
            line_of("gold = ["),
        ),
        (
            "source = \"table 2\" }]\nsilver",
            "source = \" \" }]\nsilver",
            line_of("gold = ["),
        ),
        (
            silver,
            "limit = \"0.1\", colour = \"grey\"",
            line_of(silver),
        ),
        (silver, "limit = 0.1", line_of(silver)),
        (silver, "limit = \"-0.1\"", line_of(silver)),
        ("meat = 2", "meat = 5", line_of("meat = 2")),
        ("meat = 2\n", "", line_of("[retail_weighing.class_by_name]")),
        ("factor = 2", "factor = 0", line_of("factor = 2")),
        (
            "picked_by = \"inspection_date\"",
            "picked_by = \"mood\"",
            line_of("picked_by"),
        ),
    ] {
        let error = refused(&retail_with(old, new));
        let RuleError::Malformed {
            file, line: found, ..
        } = &error
        else {
            panic!("{old}: {error:?}")
        };
        assert_eq!(
            (file.as_str(), *found),
            ("retail.toml", line),
            "{old}: {error:?}"
        );
    }
}

#[test]
fn a_file_of_no_family_or_of_two_is_refused() {
    let (head, _) = RETAIL.split_once("[retail_weighing]").unwrap();
    assert!(matches!(refused(head), RuleError::NotOneFamily { .. }));
    let (_, scales) = SCALES.split_once("[scale_limits.initial]").unwrap();
    let both = format!("{RETAIL}\n[scale_limits.initial]{scales}");
    assert!(matches!(refused(&both), RuleError::NotOneFamily { .. }));
}

#[test]
fn the_canonical_text_depends_on_content_and_not_on_order_or_line_ends() {
    let text = |files: [(&str, &str); 2]| RuleSet::from_sources(files).unwrap().canonical_text();
    let one = text([("a.toml", RETAIL), ("b.toml", SCALES)]);
    let crlf = RETAIL.replace('\n', "\r\n");
    assert_eq!(one, text([("b.toml", SCALES), ("a.toml", &crlf)]));
    assert_ne!(
        one,
        text([
            ("a.toml", &RETAIL.replace("\"20\"", "\"21\"")),
            ("b.toml", SCALES)
        ])
    );
}
