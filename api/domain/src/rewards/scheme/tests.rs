use super::*;
use crate::law::deadline::DeadlineRules;

const ROW: &str = r#"
[[scheme]]
id = "X"
name_zh = "一"
name_en = "one"
instrument = "办法"
edition = "1"
scope_article = "第二条"
valid_from = "2026-01-01"
provenance = "proposal"
larger_amount = { known_yuan = 100000 }
"#;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn schemes() -> RewardSchemes {
    RewardSchemes::embedded().unwrap()
}

fn reason(text: &str) -> String {
    RewardSchemes::parse(text).unwrap_err().to_string()
}

#[test]
fn the_national_scheme_pays_by_grade_up_to_a_cap() {
    let schemes = schemes();
    let national = schemes.scheme_on(None, day("2026-11-23")).unwrap();
    let terms = national.terms.as_ref().unwrap();
    let yuan = |sum| Fen::from_yuan(sum).unwrap();
    let grades: Vec<_> = terms
        .grades
        .iter()
        .map(|grade| (grade.rate.as_u32(), grade.floor))
        .collect();
    assert_eq!(national.id, "CN-2021-4");
    assert_eq!(
        grades,
        [(500, yuan(5_000)), (300, yuan(3_000)), (100, yuan(1_000))]
    );
    assert_eq!(
        (terms.cap, terms.finance_threshold),
        (yuan(1_000_000), yuan(500_000))
    );
}

#[test]
fn windows_that_were_only_remembered_say_so() {
    let schemes = schemes();
    let national = schemes.get_on("CN-2021-4", day("2026-11-23")).unwrap();
    assert_eq!(national.provenance, Provenance::Secondary);
    for window in &national.terms.as_ref().unwrap().windows {
        let due = match window.kind {
            WindowKind::Apply | WindowKind::PayeeObjection => Provenance::Proposal,
            _ => Provenance::Unverified,
        };
        assert_eq!(window.provenance, due, "{}", window.kind);
    }
}

#[test]
fn a_place_in_hunan_gets_the_scheme_of_hunan_once_it_is_in_force() {
    let schemes = schemes();
    let place = "430102".parse().ok();
    let id_on = |date| schemes.scheme_on(place, day(date)).unwrap().id.as_str();
    assert_eq!(id_on("2024-12-22"), "CN-2021-4");
    assert_eq!(id_on("2024-12-23"), "HN-2024-70");
}

#[test]
fn the_threshold_and_the_terms_of_hunan_are_not_invented() {
    let schemes = schemes();
    let hunan = schemes.get_on("HN-2024-70", day("2026-11-23")).unwrap();
    assert!(matches!(
        hunan.scope,
        ScopeTest::MajorViolation {
            larger_amount: LargerAmount::Unknown { .. }
        }
    ));
    assert_eq!(hunan.terms, None);
}

#[test]
fn before_the_first_scheme_there_is_none() {
    assert!(schemes().scheme_on(None, day("2021-11-30")).is_err());
}

#[test]
fn the_smallest_division_wins() {
    let city = ROW
        .replace("\"X\"", "\"CITY\"")
        .replace("valid", "division = \"430100\"\nvalid");
    let province = ROW
        .replace("\"X\"", "\"PROV\"")
        .replace("valid", "division = \"430000\"\nvalid");
    let schemes = RewardSchemes::parse(&format!("{city}{ROW}{province}")).unwrap();
    let id_at = |place: &str| {
        schemes
            .scheme_on(place.parse().ok(), day("2026-11-23"))
            .unwrap()
            .id
            .as_str()
    };
    assert_eq!([id_at("430102"), id_at("430202")], ["CITY", "PROV"]);
    assert_eq!(schemes.scheme_on(None, day("2026-11-23")).unwrap().id, "X");
}

#[test]
fn two_schemes_of_one_division_at_once_are_refused() {
    let rival = ROW.replace("\"X\"", "\"Y\"");
    assert_eq!(
        reason(&format!("{ROW}{rival}")),
        "reward-schemes.toml, Y: its division already has X"
    );
}

#[test]
fn a_threshold_is_either_known_or_unknown() {
    let with = |larger: &str| reason(&ROW.replace("known_yuan = 100000", larger));
    for neither in [
        "",
        "lowest_elsewhere_yuan = 1, highest_elsewhere_yuan = 2",
        "known_yuan = 1, lowest_elsewhere_yuan = 1",
    ] {
        assert!(with(neither).ends_with("between two values"), "{neither}");
    }
    assert!(with("known_yuan = -1").ends_with("cannot be negative"));
}

#[test]
fn grades_out_of_order_and_repeated_windows_are_refused() {
    let text = include_str!("../../../law/reward-schemes.toml");
    let gap = text.replace("number = 3", "number = 4");
    assert!(reason(&gap).ends_with("grades are numbered from 1 in order"));
    let twice = text.replace("kind = \"objection\"", "kind = \"claim\"");
    assert!(reason(&twice).ends_with("a kind of window is listed twice"));
}

#[test]
fn the_national_windows_are_as_long_as_the_deadline_rules() {
    let (schemes, rules) = (schemes(), DeadlineRules::embedded().unwrap());
    let on = day("2026-11-23");
    let terms = schemes.terms_on("CN-2021-4", on).unwrap().1;
    let ids = [
        (WindowKind::TellEligible, "RW-TELL"),
        (WindowKind::Apply, "RW-APPLY"),
        (WindowKind::Claim, "RW-CLAIM"),
        (WindowKind::Objection, "RW-OBJECT"),
    ];
    for (kind, id) in ids {
        let window = terms.windows.iter().find(|window| window.kind == kind);
        let length = rules.rule_on(id, on).unwrap().length;
        assert_eq!(
            window.map(|window| window.working_days),
            Some(length),
            "{id}"
        );
    }
}

#[test]
fn hunan_pays_by_the_national_terms_while_its_own_are_not_known() {
    let schemes = schemes();
    let on = day("2026-11-23");
    let (lender, terms) = schemes.terms_on("HN-2024-70", on).unwrap();
    assert_eq!((lender.id.as_str(), terms.grades.len()), ("CN-2021-4", 3));
    let chain = ROW.replace("valid_from", "terms_from = \"NOBODY\"\nvalid_from");
    assert!(reason(&chain).ends_with("terms_from names no scheme that has terms"));
}

#[test]
fn an_example_never_applies_and_a_supplement_is_asked_apart() {
    let schemes = schemes();
    let on = day("2026-11-23");
    let place = "430103".parse().ok();
    assert_eq!(schemes.scheme_on(place, on).unwrap().id, "HN-2024-70");
    assert_eq!(schemes.supplement_on(place, on), None);
    let supplement = ROW
        .replace("\"X\"", "\"S\"")
        .replace("valid_from", "used_as = \"supplement\"\nvalid_from");
    let both = RewardSchemes::parse(&format!("{ROW}{supplement}")).unwrap();
    assert_eq!(both.scheme_on(place, on).unwrap().id, "X");
    assert_eq!(both.supplement_on(place, on).unwrap().id, "S");
}

#[test]
fn one_scheme_with_overlapping_dates_is_refused_with_file_and_row() {
    let overlapping = ROW.replace("2026-01-01", "2026-06-01");
    assert_eq!(
        reason(&format!("{ROW}{overlapping}")),
        "reward-schemes.toml: two rows of X apply on 2026-06-01"
    );
}
