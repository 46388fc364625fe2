use super::*;

use strum::IntoEnumIterator as _;

const INSTRUMENT: &str = r#"
[[instrument]]
id = "one"
title = "办法"
edition = "1"
valid_from = "2026-01-01"
"#;

const ROW: &str = r#"
[[violation]]
code = "M-ONE-01"
conduct_zh = "一"
conduct_en = "one"
basis = [{ instrument = "one", article = "第一条" }]
consequence_zh = "罚款"
consequence_en = "fine"
fine_max_yuan = 1000
provenance = "proposal"
"#;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn yuan(sum: i64) -> Fen {
    Fen::from_yuan(sum).unwrap()
}

fn violation(code: &str) -> Violation {
    let violations = Violations::embedded().unwrap();
    violations
        .get_on(&code.parse().unwrap(), day("2026-11-23"))
        .unwrap()
        .clone()
}

fn with_gains(gains: i64) -> FineCase {
    FineCase {
        gains: Some(yuan(gains)),
        ..FineCase::default()
    }
}

const PLAIN: FineCase = FineCase {
    gains: None,
    is_grave: false,
    is_mitigated: false,
};

const GRAVE: FineCase = FineCase {
    is_grave: true,
    ..PLAIN
};

const MITIGATED: FineCase = FineCase {
    is_mitigated: true,
    ..PLAIN
};

fn reason(text: &str) -> String {
    Violations::parse(text).unwrap_err().to_string()
}

#[test]
fn the_whole_table_is_in_force_and_cited() {
    let violations = Violations::embedded().unwrap();
    assert_eq!(violations.iter().count(), 45);
    for row in violations.iter() {
        assert!(row.applies_on(day("2026-11-23")), "{}", row.code);
        assert!(row.basis_article.contains('条'), "{}", row.code);
        assert_eq!(row.provenance, Provenance::Verified, "{}", row.code);
    }
}

#[test]
fn a_retail_shortage_costs_at_most_thirty_thousand_yuan() {
    let short = violation("M-QTY-01");
    assert_eq!(short.basis_instrument, "商品量计量违法行为处罚规定");
    assert_eq!(short.check_fine(yuan(30_000), PLAIN), Ok(()));
    assert_eq!(
        short.check_fine(Fen::new(3_000_001).unwrap(), PLAIN),
        Err(FineRefusal::AboveRange { max: yuan(30_000) })
    );
}

#[test]
fn an_overdue_scale_is_stopped_and_costs_at_most_a_thousand() {
    let overdue = violation("M-VER-01");
    assert_eq!(overdue.stop_use, StopUse::Ordered);
    assert_eq!(overdue.fine_max, Some(yuan(1_000)));
    assert_eq!(overdue.further_basis.len(), 2);
}

#[test]
fn a_fine_below_a_range_with_a_lower_bound_is_refused_unless_it_is_mitigated() {
    let lacking = violation("M-OPT-02");
    let below = Err(FineRefusal::BelowRange { min: yuan(1_000) });
    assert_eq!(lacking.check_fine(yuan(999), PLAIN), below);
    assert_eq!(lacking.check_fine(Fen::ZERO, PLAIN), below);
    assert_eq!(lacking.check_fine(yuan(1_000), PLAIN), Ok(()));
    assert_eq!(lacking.check_fine(yuan(999), MITIGATED), Ok(()));
}

#[test]
fn a_row_without_a_fine_refuses_every_fine_but_none() {
    let correction_only = violation("M-MKT-02");
    assert_eq!(correction_only.check_fine(Fen::ZERO, PLAIN), Ok(()));
    for of in [PLAIN, GRAVE, MITIGATED, with_gains(100)] {
        assert_eq!(
            correction_only.check_fine(Fen::SMALLEST, of),
            Err(FineRefusal::NoFineInRange)
        );
    }
}

#[test]
fn a_row_that_leaves_no_choice_is_not_decided_without_a_fine() {
    for code in ["M-QTY-01", "M-QTY-04"] {
        let short = violation(code);
        assert!(!short.consequence_zh.contains('可'), "{code}");
        assert_eq!(
            short.check_fine(Fen::ZERO, PLAIN),
            Err(FineRefusal::BelowRange { min: Fen::SMALLEST })
        );
        assert_eq!(short.check_fine(Fen::SMALLEST, PLAIN), Ok(()));
        assert_eq!(short.check_fine(Fen::ZERO, MITIGATED), Ok(()));
    }
    assert_eq!(violation("M-QTY-02").check_fine(Fen::ZERO, PLAIN), Ok(()));
    let with_least = format!("{INSTRUMENT}{ROW}fine_min_yuan = 500\nfine_mandatory = true\n");
    let with_least = Violations::parse(&with_least).unwrap();
    assert_eq!(
        with_least
            .iter()
            .next()
            .unwrap()
            .check_fine(Fen::ZERO, PLAIN),
        Err(FineRefusal::BelowRange { min: yuan(500) })
    );
    let row = ROW.replace("fine_max_yuan = 1000", "fine_mandatory = true");
    assert!(reason(&format!("{INSTRUMENT}{row}")).ends_with("fine_mandatory without a fine"));
}

#[test]
fn only_a_grave_case_reaches_the_higher_maximum() {
    let shielding = violation("M-MKT-05");
    assert_eq!(shielding.check_fine(yuan(50_000), PLAIN), Ok(()));
    assert_eq!(
        shielding.check_fine(yuan(50_001), PLAIN),
        Err(FineRefusal::AboveRange { max: yuan(50_000) })
    );
    assert_eq!(shielding.check_fine(yuan(100_000), GRAVE), Ok(()));
    assert_eq!(
        shielding.check_fine(yuan(100_001), GRAVE),
        Err(FineRefusal::AboveRange { max: yuan(100_000) })
    );
}

#[test]
fn the_minimum_of_grave_cases_is_asked_of_a_fine_and_not_of_none() {
    let unverified = violation("M-GAS-02");
    assert_eq!(
        unverified.check_fine(yuan(4_999), GRAVE),
        Err(FineRefusal::BelowRange { min: yuan(5_000) })
    );
    assert_eq!(unverified.check_fine(yuan(5_000), GRAVE), Ok(()));
    assert_eq!(unverified.check_fine(Fen::ZERO, GRAVE), Ok(()));
    let mitigated = FineCase {
        is_mitigated: true,
        ..GRAVE
    };
    assert_eq!(unverified.check_fine(yuan(4_999), mitigated), Ok(()));
    assert_eq!(unverified.check_fine(yuan(4_999), PLAIN), Ok(()));
}

#[test]
fn a_fine_by_gains_is_refused_while_nobody_stated_them() {
    for code in ["M-CHT-02", "M-MKT-01", "M-GAS-07"] {
        for fine in [Fen::ZERO, yuan(1)] {
            assert_eq!(
                violation(code).check_fine(fine, PLAIN),
                Err(FineRefusal::GainsUnknown),
                "{code}"
            );
        }
    }
}

#[test]
fn a_fine_by_gains_lies_between_its_least_and_its_highest_multiple() {
    let fraud = violation("M-CHT-02");
    let of = with_gains(2_000);
    assert_eq!(
        fraud.check_fine(yuan(1_999), of),
        Err(FineRefusal::BelowRange { min: yuan(2_000) })
    );
    assert_eq!(fraud.check_fine(yuan(2_000), of), Ok(()));
    assert_eq!(fraud.check_fine(yuan(20_000), of), Ok(()));
    assert_eq!(
        fraud.check_fine(yuan(20_001), of),
        Err(FineRefusal::AboveRange { max: yuan(20_000) })
    );
    let mitigated = FineCase {
        is_mitigated: true,
        ..of
    };
    assert_eq!(fraud.check_fine(yuan(1_999), mitigated), Ok(()));
    let beyond = FineCase {
        gains: Some(Fen::MAX),
        ..PLAIN
    };
    assert_eq!(fraud.check_fine(Fen::MAX, beyond), Ok(()));
}

#[test]
fn a_fine_by_gains_does_not_pass_the_ceiling_of_its_row() {
    let short = violation("M-GAS-07");
    assert_eq!(short.check_fine(yuan(3_000), with_gains(1_000)), Ok(()));
    assert_eq!(
        short.check_fine(yuan(3_001), with_gains(1_000)),
        Err(FineRefusal::AboveRange { max: yuan(3_000) })
    );
    assert_eq!(
        short.check_fine(yuan(30_001), with_gains(20_000)),
        Err(FineRefusal::AboveRange { max: yuan(30_000) })
    );
}

#[test]
fn without_gains_the_sum_that_the_row_names_is_the_ceiling() {
    let fraud = violation("M-CHT-02");
    assert_eq!(fraud.check_fine(yuan(500_000), with_gains(0)), Ok(()));
    assert_eq!(fraud.check_fine(Fen::ZERO, with_gains(0)), Ok(()));
    assert_eq!(
        fraud.check_fine(yuan(500_001), with_gains(0)),
        Err(FineRefusal::AboveRange { max: yuan(500_000) })
    );
    // The row names none: three times nothing.
    assert_eq!(
        violation("M-GAS-07").check_fine(yuan(1), with_gains(0)),
        Err(FineRefusal::AboveRange { max: Fen::ZERO })
    );
}

#[test]
fn conduct_of_one_kind_of_venue_is_not_found_at_another() {
    for (code, only) in [
        ("M-GAS-08", Venue::FillingStation),
        ("M-OPT-06", Venue::Optician),
        ("M-MKT-01", Venue::MarketOrganiser),
        ("M-STL-03", Venue::Stall),
    ] {
        for venue in Venue::iter() {
            assert_eq!(
                violation(code).applies_to(venue),
                venue == only,
                "{code} {venue}"
            );
        }
    }
    assert!(violation("M-PPK-02").applies_to(Venue::Shop));
    assert!(!violation("M-QTY-04").applies_to(Venue::FillingStation));
    assert!(Venue::iter().all(|venue| violation("M-VER-01").applies_to(venue)));
    let empty = ROW.replace("provenance", "venues = []\nprovenance");
    assert!(reason(&format!("{INSTRUMENT}{empty}")).contains("venues is empty"));
}

#[test]
fn sales_by_guess_are_fined_only_after_refusal() {
    assert_eq!(
        violation("M-STL-03").fine_condition,
        FineCondition::OnRefusalOnly
    );
    assert_eq!(
        violation("M-STL-05").fine_condition,
        FineCondition::OnRefusalOrGrave
    );
    assert_eq!(violation("M-QTY-01").fine_condition, FineCondition::Direct);
}

#[test]
fn conduct_before_the_market_order_is_not_judged_by_it() {
    let code: ViolationCode = "M-MKT-05".parse().unwrap();
    let on = day("2025-02-28");
    assert_eq!(
        Violations::embedded().unwrap().get_on(&code, on),
        Err(LawError::NotInForce {
            id: "M-MKT-05".into(),
            on
        })
    );
}

#[test]
fn only_the_shape_of_a_code_is_a_code() {
    assert!("M-QTY-01".parse::<ViolationCode>().is_ok());
    for wrong in [
        "",
        "M-QTY-1",
        "M-qty-01",
        "X-QTY-01",
        "M-QTY-01-",
        "M-QT-01",
        "M-QTY-0a",
    ] {
        assert_eq!(
            wrong.parse::<ViolationCode>(),
            Err(ViolationCodeError(wrong.to_owned())),
            "{wrong}"
        );
    }
}

#[test]
fn a_wrong_code_in_the_table_names_the_row() {
    let wrong = ROW.replace("M-ONE-01", "M-ONE-1");
    assert_eq!(
        reason(&format!("{INSTRUMENT}{wrong}")),
        "violations.toml, violation 1 (M-ONE-1) cannot be read"
    );
}

#[test]
fn a_row_that_cites_nothing_known_is_refused() {
    let unlisted = ROW.replace("\"one\", article", "\"two\", article");
    assert_eq!(
        reason(&format!("{INSTRUMENT}{unlisted}")),
        "violations.toml, M-ONE-01: it cites an unlisted instrument"
    );
    let nothing = ROW.replace("{ instrument = \"one\", article = \"第一条\" }", "");
    assert_eq!(
        reason(&format!("{INSTRUMENT}{nothing}")),
        "violations.toml, M-ONE-01: it cites no instrument"
    );
    assert_eq!(
        reason(&format!("{INSTRUMENT}{INSTRUMENT}{ROW}")),
        "violations.toml, one: the instrument is listed twice"
    );
}

#[test]
fn ranges_that_cannot_be_are_refused() {
    let with = |line: &str| reason(&format!("{INSTRUMENT}{ROW}{line}\n"));
    assert!(with("fine_min_yuan = 1001").ends_with("fine_min_yuan is above fine_max_yuan"));
    assert!(with("fine_min_yuan = -1").ends_with("cannot be negative"));
    assert!(
        with("grave_fine = { max_yuan = 1000, when_zh = \"重\", when_en = \"grave\" }")
            .ends_with("the grave range is not above the plain one")
    );
}

#[test]
fn a_row_punished_as_another_one_carries_its_ceiling() {
    let second = ROW.replace("M-ONE-01", "M-ONE-02");
    let punished = |code: &str, max: &str| {
        let row = second.replace("1000", max);
        format!("{INSTRUMENT}{ROW}{row}punished_as = [\"{code}\"]\n")
    };
    assert!(Violations::parse(&punished("M-ONE-01", "1000")).is_ok());
    assert!(reason(&punished("M-ONE-01", "999")).contains("not the highest"));
    assert!(reason(&punished("M-TWO-01", "1000")).contains("unlisted code"));
}

#[test]
fn one_code_twice_on_one_day_is_refused() {
    assert!(matches!(
        Violations::parse(&format!("{INSTRUMENT}{ROW}{ROW}")),
        Err(LawError::Overlap { .. })
    ));
}
