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
    assert!(ids.contains(&"retail-weighing-2020") && ids.contains(&"consumer-protection-2013"));
}

#[test]
fn an_edition_is_in_force_on_its_first_and_last_day() {
    let ends = SCALES.replacen("picked_by", "valid_to = \"2027-01-07\"\npicked_by", 1);
    let rules = RuleSet::from_sources([("a.toml", RETAIL), ("b.toml", &ends)]).unwrap();
    let head = rules.heads()[1];
    let (first, last) = (head.valid_from, head.valid_to.unwrap());
    assert!(rules.edition_on::<ScaleRules>(first).is_ok());
    assert!(rules.edition_on::<ScaleRules>(last).is_ok());
    assert!(
        rules
            .edition_on::<ScaleRules>(first.pred_opt().unwrap())
            .is_err()
    );
    assert!(
        rules
            .edition_on::<ScaleRules>(last.succ_opt().unwrap())
            .is_err()
    );
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
        "over = \"2.5 kg\", up_to = \"10 kg\"",
        "over = \"2501 g\", up_to = \"10 kg\"",
    );
    let (row, problem) = row_problem(refused(&text));
    assert_eq!(row, "table_1.class_2, row 2");
    assert_eq!(
        problem,
        BandProblem::Gap {
            expected: "2.5 kg".into(),
            found: "2501 g".into()
        }
    );
}

#[test]
fn unsorted_bands_are_refused_with_their_row() {
    let text = retail_with(
        "over = \"10 kg\", up_to = \"15 kg\"",
        "over = \"10 kg\", up_to = \"9 kg\"",
    );
    assert_eq!(
        row_problem(refused(&text)),
        ("table_1.class_2, row 3".into(), BandProblem::Unsorted)
    );
}

#[test]
fn a_table_that_does_not_start_at_zero_is_refused() {
    let text = retail_with(
        "over = \"0 g\", up_to = \"500 g\"",
        "over = \"1 g\", up_to = \"500 g\"",
    );
    assert_eq!(
        row_problem(refused(&text)),
        ("table_1.class_4, row 1".into(), BandProblem::NotFromZero)
    );
}

#[test]
fn a_limit_of_zero_is_refused() {
    let text = retail_with("limit = \"0.01 g\"", "limit = \"0 g\"");
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
    let text = retail_with(
        "class_2_up_to = \"30 yuan/kg\"",
        "class_2_up_to = \"100 yuan/kg\"",
    );
    assert_eq!(
        row_problem(refused(&text)),
        ("class_by_price".into(), BandProblem::Unsorted)
    );
}

/// Each piece of text, what it becomes, and the line the refusal must name.
#[test]
fn a_row_of_the_wrong_form_is_refused_with_file_and_line() {
    let silver = "limit = \"0.1 g\"";
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
            "limit = \"0.1 g\", colour = \"grey\"",
            line_of(silver),
        ),
        (silver, "limit = 0.1", line_of(silver)),
        (silver, "limit = \"0.1\"", line_of(silver)),
        (silver, "limit = \"0.1 mL\"", line_of(silver)),
        (silver, "limit = \"-0.1 g\"", line_of(silver)),
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
fn days_without_rules_between_two_editions_are_refused_with_both_files() {
    let old = retail_with(
        "valid_from = \"2020-10-23\"",
        "valid_from = \"2020-10-23\"\nvalid_to = \"2027-06-29\"",
    );
    let new = retail_with("2020-10-23\"\npicked_by", "2027-07-01\"\npicked_by")
        .replace("weighing-2020", "weighing-2027");
    let error = RuleSet::from_sources([("new.toml", new), ("old.toml", old)]).unwrap_err();
    let RuleError::Interval { file, other } = error else {
        panic!("{error:?}")
    };
    assert_eq!((file.as_str(), other.as_str()), ("new.toml", "old.toml"));
}

#[test]
fn a_file_without_a_section_of_rules_is_refused() {
    let (head, _) = RETAIL.split_once("[retail_weighing]").unwrap();
    let error = refused(head);
    assert!(
        matches!(&error, RuleError::NoFamily { file } if file == "retail.toml"),
        "{error}"
    );
}

#[test]
fn a_family_picked_by_another_date_than_its_own_is_refused() {
    let text = retail_with("\"inspection_date\"", "\"production_date\"");
    let RuleError::PickedBy { file, family } = refused(&text) else {
        panic!("it was accepted")
    };
    assert_eq!((file.as_str(), family), ("retail.toml", "retail_weighing"));
}

#[test]
fn one_instrument_of_law_may_speak_of_several_families() {
    let (_, scales) = SCALES.split_once("[scale_limits.initial]").unwrap();
    let both = format!("{RETAIL}\n[scale_limits.initial]{scales}");
    let rules = RuleSet::from_sources([("both.toml", both)]).unwrap();
    let families = rules.files().next().unwrap().families();
    assert_eq!(families, ["retail_weighing", "scale_limits"]);
}

#[test]
fn an_operators_file_takes_the_place_of_the_built_in_one_of_its_id_or_is_added() {
    let embedded = RuleSet::embedded().unwrap();
    let changed = retail_with("limit = \"20 g\"", "limit = \"21 g\"");
    let replaced = RuleSet::embedded_with([("mine.toml", changed)]).unwrap();
    assert_eq!(replaced.heads().len(), embedded.heads().len());
    assert_ne!(replaced.digest(), embedded.digest());
    let edition = replaced
        .edition_on::<RetailRules>(day("2026-11-23"))
        .unwrap();
    let limit = edition.rules.table_1.class_1.rows()[0].limit;
    assert_eq!(limit.to_string(), "21 g");

    let foreign = retail_with("retail-weighing-2020", "retail-oiml").replacen(
        "picked_by",
        "scheme = \"OIML\"\npicked_by",
        1,
    );
    let added = RuleSet::embedded_with([("oiml.toml", foreign)]).unwrap();
    assert_eq!(added.heads().len(), embedded.heads().len() + 1);
    assert_ne!(added.digest(), embedded.digest());
}

#[test]
fn the_digest_depends_on_content_and_not_on_order_names_or_line_ends() {
    let digest = |files: [(&str, &str); 2]| {
        let rules = RuleSet::from_sources(files).unwrap();
        rules.digest().to_owned()
    };
    let one = digest([("a.toml", RETAIL), ("b.toml", SCALES)]);
    let crlf = RETAIL.replace('\n', "\r\n");
    assert_eq!(one, digest([("b.toml", SCALES), ("c.toml", &crlf)]));
    let changed = retail_with("\"20 g\"", "\"21 g\"");
    assert_ne!(one, digest([("a.toml", &changed), ("b.toml", SCALES)]));
}
