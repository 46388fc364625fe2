use std::error::Error as _;

use super::*;

const ROW: &str = r#"
[[deadline]]
id = "X-ONE"
track = "report"
duty_zh = "一"
duty_en = "one"
length = 7
unit = "working_days"
starts_zh = "起"
starts_en = "start"
instrument = "办法"
edition = "1"
article = "第一条"
valid_from = "2026-01-01"
provenance = "proposal"
"#;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn rules() -> DeadlineRules {
    DeadlineRules::embedded().unwrap()
}

#[test]
fn a_report_is_verified_within_fifteen_working_days() {
    let rules = rules();
    let rule = rules.rule_on("R-VERIFY", day("2026-11-23")).unwrap();
    assert_eq!((rule.length, rule.unit), (15, Unit::WorkingDays));
    assert_eq!(rule.provenance, Provenance::Verified);
    assert!(rule.article.contains("第十八条"), "{}", rule.article);
}

#[test]
fn the_deadlines_of_a_case_are_those_of_order_2() {
    let lengths = [
        ("P-DEFEND", 5, Unit::WorkingDays),
        ("P-AUDIT", 10, Unit::WorkingDays),
        ("P-DECIDE", 90, Unit::CalendarDays),
        ("P-SERVE", 7, Unit::WorkingDays),
        ("P-PUBNOTICE", 30, Unit::CalendarDays),
        ("P-PAY", 15, Unit::CalendarDays),
        ("P-CLOSE", 15, Unit::WorkingDays),
        ("P-HEARING", 7, Unit::WorkingDays),
        ("P-REMIND", 10, Unit::WorkingDays),
        ("P-ENFORCE", 3, Unit::Months),
        ("P-SIMPLE", 7, Unit::WorkingDays),
    ];
    for (id, length, unit) in lengths {
        let rules = rules();
        let rule = rules.rule_on(id, day("2026-11-23")).unwrap();
        assert_eq!((rule.length, rule.unit), (length, unit), "{id}");
        assert_eq!(rule.track, Track::Case, "{id}");
    }
}

#[test]
fn filing_referring_showing_and_barring_have_the_lengths_of_their_orders() {
    let lengths = [
        ("P-FILE", 15, Unit::WorkingDays),
        // Order 310: the head, the hand-over, the answer, the review, the goods.
        ("PR-DECIDE", 3, Unit::CalendarDays),
        ("PR-HANDOVER", 1, Unit::CalendarDays),
        ("PR-ANSWER", 3, Unit::CalendarDays),
        ("PR-REVIEW", 3, Unit::CalendarDays),
        ("PR-GOODS", 3, Unit::CalendarDays),
        // Orders 45 and 107.
        ("DP-LIGHT", 3, Unit::Months),
        ("DP-GENERAL", 1, Unit::Years),
        ("DP-UNDONE", 3, Unit::Years),
        ("CR-FROM", 3, Unit::Months),
        ("CR-BARRED", 3, Unit::Years),
        ("CR-ACCEPT", 2, Unit::WorkingDays),
        ("CR-DECIDE", 7, Unit::WorkingDays),
        // Administrative Penalty Law, article 36.
        ("D-LIMIT", 2, Unit::Years),
        ("D-LIMIT-5", 5, Unit::Years),
    ];
    let rules = rules();
    for (id, length, unit) in lengths {
        let rule = rules.rule_on(id, day("2026-11-23")).unwrap();
        assert_eq!((rule.length, rule.unit), (length, unit), "{id}");
    }
    for (id, length) in [("P-FILE", 15), ("P-DECIDE", 30), ("CR-DECIDE", 10)] {
        let rule = rules.rule_on(id, day("2026-11-23")).unwrap();
        let extension = rule.extension.as_ref().unwrap();
        assert_eq!((extension.length, extension.times), (length, 1), "{id}");
    }
}

#[test]
fn mediation_changed_from_working_days_to_calendar_days_in_april_2026() {
    let rules = rules();
    let before = rules.rule_on("C-MEDIATE", day("2026-04-14")).unwrap();
    assert_eq!((before.length, before.unit), (45, Unit::WorkingDays));
    let after = rules.rule_on("C-MEDIATE", day("2026-04-15")).unwrap();
    assert_eq!((after.length, after.unit), (60, Unit::CalendarDays));
}

#[test]
fn every_rule_that_code_names_has_a_row_today() {
    let rules = rules();
    for id in NAMED {
        assert!(rules.rule_on(id, day("2026-11-23")).is_ok(), "{id}");
    }
}

#[test]
fn a_part_takes_the_place_of_every_edition_of_its_rules() {
    let rules = rules()
        .with_part(&ROW.replace("X-ONE", "R-VERIFY"))
        .unwrap();
    let rule = rules.rule_on("R-VERIFY", day("2026-11-23")).unwrap();
    assert_eq!(rule.length, 7);
    assert!(rules.rule_on("R-VERIFY", day("2025-11-23")).is_err());
    assert!(rules.rule_on("C-ACCEPT", day("2025-11-24")).is_ok());
}

#[test]
fn a_given_day_has_no_length_and_an_extension_counts_what_the_period_counts() {
    let given = ROW.replace("working_days", "day_given");
    assert!(DeadlineRules::parse(&given).is_err());
    assert!(DeadlineRules::parse(&given.replace("length = 7\n", "")).is_ok());
    let extended = |unit| {
        let extension = format!(
            "extension = {{ length = 5, unit = \"{unit}\", times = 1, by = \"head\" }}\nstarts_zh"
        );
        DeadlineRules::parse(&ROW.replace("starts_zh", &extension))
    };
    assert!(extended("working_days").is_ok());
    assert!(extended("calendar_days").is_err());
    let lost = ROW.replace("starts_zh", "within = \"X-NONE\"\nstarts_zh");
    assert!(DeadlineRules::parse(&lost).is_err());
}

#[test]
fn an_unknown_rule_and_a_day_before_its_first_edition_are_different_errors() {
    let rules = rules();
    assert_eq!(
        rules.rule_on("R-NONE", day("2026-11-23")),
        Err(LawError::UnknownRule {
            id: "R-NONE".into()
        })
    );
    let on = day("1999-01-01");
    assert_eq!(
        rules.rule_on("R-VERIFY", on),
        Err(LawError::NotInForce {
            id: "R-VERIFY".into(),
            on
        })
    );
}

#[test]
fn rows_of_one_rule_that_share_a_day_are_refused() {
    let later = ROW.replace("2026-01-01", "2026-07-01");
    assert_eq!(
        DeadlineRules::parse(&format!("{ROW}{later}")),
        Err(LawError::Overlap {
            file: FILE,
            id: "X-ONE".into(),
            on: day("2026-07-01")
        })
    );
    let ended = ROW.replace("provenance", "valid_to = \"2026-06-30\"\nprovenance");
    assert!(DeadlineRules::parse(&format!("{ended}{later}")).is_ok());
}

#[test]
fn an_unknown_key_names_the_file_and_the_row() {
    let error = DeadlineRules::parse(&format!("{ROW}lenght = 3\n")).unwrap_err();
    assert_eq!(
        error.to_string(),
        "deadlines.toml, deadline 1 (X-ONE) cannot be read"
    );
    assert!(error.source().unwrap().to_string().contains("lenght"));
}

#[test]
fn a_missing_field_names_the_file_and_the_row() {
    let rows = format!("{ROW}{}", ROW.replace("article = \"第一条\"\n", ""));
    let error = DeadlineRules::parse(&rows).unwrap_err();
    assert_eq!(
        error.to_string(),
        "deadlines.toml, deadline 2 (X-ONE) cannot be read"
    );
    assert!(error.source().unwrap().to_string().contains("article"));
}

#[test]
fn what_no_rule_reads_is_refused() {
    assert_eq!(
        DeadlineRules::parse(&format!("{ROW}[other]\n")),
        Err(LawError::UnknownSection {
            file: FILE,
            section: "other".into()
        })
    );
    assert_eq!(
        DeadlineRules::parse(""),
        Err(LawError::MissingSection {
            file: FILE,
            section: "deadline"
        })
    );
    assert!(matches!(
        DeadlineRules::parse("["),
        Err(LawError::Unreadable { .. })
    ));
}

#[test]
fn a_period_of_no_days_and_one_that_ends_before_it_begins_are_refused() {
    let refused = |text: String| matches!(DeadlineRules::parse(&text), Err(LawError::Invalid { row, .. }) if row == "X-ONE");
    assert!(refused(ROW.replace("length = 7", "length = 0")));
    let months = ROW.replace("working_days", "months");
    assert!(DeadlineRules::parse(&months).is_ok());
    assert!(refused(months.replace("length = 7", "length = 0")));
    assert!(refused(months.replace("length = 7", "length = 1201")));
    assert!(refused(
        ROW.replace("provenance", "valid_to = \"2025-12-31\"\nprovenance")
    ));
}
