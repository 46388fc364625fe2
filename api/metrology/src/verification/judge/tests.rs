use crate::rules::RuleSet;
use crate::wire;

/// The codes of the notes on a scale verified on 2025-12-24, whose interval ends on 2026-12-23.
fn notes(inspected_on: &str, certificate: &str) -> Vec<String> {
    let scale = format!(
        r#"{{"family": "VERIFICATION_MARK", "inspected_on": "{inspected_on}",
        "instrument": "PRICE_COMPUTING_SCALE", "used_for": "TRADE", "produced_on": "2024-01-02",
        "verified_on": "2025-12-24", "certificate_valid_until": "{certificate}",
        "mark": "VALID_SEEN", "seals": "INTACT", "cheating_function": "NOT_SEEN"}}"#
    );
    let rules = RuleSet::embedded().unwrap();
    let verdict = wire::read_measurement(&scale)
        .unwrap()
        .judge(&rules)
        .unwrap();
    let codes = verdict.notes.iter().map(|note| note.code.to_string());
    codes.filter(|code| code != "THREE_CODES_NOT_DUE").collect()
}

#[test]
fn a_period_ends_soon_from_thirty_days_on_and_not_before() {
    assert_eq!(notes("2026-11-23", "2026-12-23"), ["DUE_SOON"]);
    assert!(notes("2026-11-22", "2026-12-23").is_empty());
}

#[test]
fn what_is_not_compulsory_is_not_doubted_to_be_listed() {
    let rules = RuleSet::embedded().unwrap();
    let overdue = r#"{"family": "VERIFICATION_MARK", "inspected_on": "2026-11-20",
        "instrument": "PUPILOMETER", "used_for": "MEDICAL", "verified_on": "2025-01-10",
        "mark": "VALID_SEEN", "seals": "INTACT", "cheating_function": "NOT_SEEN"}"#;
    let measurement = wire::read_measurement(overdue).unwrap();
    let verdict = measurement.judge(&rules).unwrap();
    let remarks = verdict.notes.iter().chain(&verdict.reasons);
    let said: Vec<&str> = remarks.map(|one| one.words.zh.as_str()).collect();
    assert_eq!(
        said,
        [
            "该器具不实行强制检定，使用者应当自行定期检定或者校准。",
            "不属于强制检定，也没有核实的检定周期，不能据此认定违法",
        ]
    );
}

#[test]
fn a_certificate_as_long_as_the_interval_is_not_noted() {
    assert!(notes("2026-01-05", "2026-12-23").is_empty());
    let longer = notes("2026-01-05", "2026-12-24");
    assert_eq!(longer, ["PERIOD_LONGER_THAN_CATALOGUE"]);
}
