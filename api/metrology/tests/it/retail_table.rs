//! Both tables of the retail rule, row by row, and the three check methods at their limits.

use crate::weighing::{Weighing, by_name, gram, judged, plus};
use liangxin_metrology::retail::{CheckMethod, GoodsCategory, GoodsGroup, LimitSource};
use liangxin_metrology::rules::Provenance;
use liangxin_metrology::verdict::{NoteCode, Outcome};

struct ClassRows {
    class: u8,
    /// A unit price of the class, so that the price alone picks it.
    price: &'static str,
    /// The end of each band and its limit, in grams.
    bands: &'static [(&'static str, &'static str)],
}

const TABLE_1: [ClassRows; 4] = [
    ClassRows {
        class: 1,
        price: "5",
        bands: &[
            ("1000", "20"),
            ("2000", "40"),
            ("4000", "80"),
            ("25000", "100"),
        ],
    },
    ClassRows {
        class: 2,
        price: "26",
        bands: &[("2500", "5"), ("10000", "10"), ("15000", "15")],
    },
    ClassRows {
        class: 3,
        price: "60",
        bands: &[("1000", "2"), ("4000", "4"), ("6000", "6")],
    },
    ClassRows {
        class: 4,
        price: "300",
        bands: &[("500", "1"), ("2000", "2"), ("5000", "3")],
    },
];

fn by_price() -> GoodsCategory {
    crate::weighing::by_price(None, None)
}

fn limit_at(category: GoodsCategory, price: &str, settled: &str) -> Option<String> {
    let verdict = judged(Weighing {
        category,
        price,
        settled,
        checked: settled,
        ..Weighing::default()
    });
    verdict.finding.limit_g.map(|limit| limit.to_string())
}

#[test]
fn every_row_of_table_1_holds_up_to_and_including_its_end() {
    for ClassRows {
        class,
        price,
        bands,
    } in TABLE_1
    {
        for (index, (end, limit)) in bands.iter().enumerate() {
            let at = |mass: &str| limit_at(by_price(), price, mass);
            assert_eq!(
                at(&plus(end, "-0.0001")).as_deref(),
                Some(*limit),
                "class {class} below {end}"
            );
            assert_eq!(at(end).as_deref(), Some(*limit), "class {class} at {end}");
            let next = bands.get(index + 1).map(|(_, limit)| (*limit).to_owned());
            assert_eq!(at(&plus(end, "0.0001")), next, "class {class} above {end}");
        }
    }
}

#[test]
fn table_2_holds_for_pieces_up_to_100_grams() {
    for (category, limit) in [
        (GoodsCategory::GoldPiece, "0.01"),
        (GoodsCategory::SilverPiece, "0.1"),
    ] {
        let at = |mass| limit_at(category.clone(), "1200000", mass);
        assert_eq!(at("0.01").as_deref(), Some(limit));
        assert_eq!(at("99.9999").as_deref(), Some(limit));
        assert_eq!(at("100").as_deref(), Some(limit));
        assert_eq!(at("100.0001"), None);
    }
}

#[test]
fn a_price_equal_to_a_bound_is_in_the_lower_class() {
    for (price, class) in [
        ("0", 1),
        ("5.99", 1),
        ("6", 1),
        ("6.01", 2),
        ("29.99", 2),
        ("30", 2),
        ("30.01", 3),
        ("99.99", 3),
        ("100", 3),
        ("100.01", 4),
    ] {
        let verdict = judged(Weighing {
            category: by_price(),
            price,
            ..Weighing::default()
        });
        let Some(LimitSource::Table1 { class: found }) = verdict.finding.limit_from else {
            panic!("{price}: not from table 1");
        };
        assert_eq!(u8::from(found), class, "{price}");
    }
}

#[test]
fn every_named_group_has_the_class_of_the_table() {
    use GoodsGroup as G;
    let classes = [
        (1, vec![G::Grain, G::Vegetables, G::Fruit]),
        (
            2,
            vec![
                G::Meat,
                G::Eggs,
                G::Poultry,
                G::AquaticProducts,
                G::Pastry,
                G::Sweets,
                G::Condiments,
            ],
        ),
        (3, vec![G::DriedVegetables, G::MountainAndSeaDelicacies]),
    ];
    for (class, groups) in classes {
        for group in groups {
            let verdict = judged(Weighing {
                category: by_name(group),
                ..Weighing::default()
            });
            let found = &verdict.intermediates[0];
            assert_eq!(
                (found.name.as_str(), found.value),
                ("class_by_name", class.into()),
                "{group:?}"
            );
        }
    }
}

#[test]
fn each_method_allows_its_multiple_of_the_limit_and_not_a_tenth_of_a_milligram_more() {
    let methods = [
        (CheckMethod::SameInstrument, "10"),
        (CheckMethod::HigherAccuracy, "10"),
        (CheckMethod::EqualAccuracy, "20"),
    ];
    for (method, allowed) in methods {
        let with = |shortage: &str| {
            let checked = plus("2800", &format!("-{shortage}"));
            judged(Weighing {
                method,
                checked: &checked,
                ..Weighing::default()
            })
        };
        assert_eq!(with("10").outcome, Outcome::Conforms, "{method:?} at L");
        let at_limit = with(allowed);
        assert_eq!(
            at_limit.outcome,
            Outcome::Conforms,
            "{method:?} at its limit"
        );
        assert_eq!(at_limit.finding.allowed_g, Some(gram(allowed)));
        assert_eq!(
            with(&plus(allowed, "0.0001")).outcome,
            Outcome::Fails,
            "{method:?} above"
        );
        let at_double = if method == CheckMethod::EqualAccuracy {
            Outcome::Conforms
        } else {
            Outcome::Fails
        };
        assert_eq!(with("20").outcome, at_double, "{method:?} at 2 L");
    }
}

#[test]
fn each_method_notes_what_it_demands_besides() {
    for method in [
        CheckMethod::SameInstrument,
        CheckMethod::HigherAccuracy,
        CheckMethod::EqualAccuracy,
    ] {
        let verdict = judged(Weighing {
            method,
            ..Weighing::default()
        });
        assert!(
            verdict
                .notes
                .iter()
                .any(|note| note.code == NoteCode::MethodCondition)
        );
    }
}

#[test]
fn more_than_was_paid_for_never_fails() {
    for checked in ["2800", "2800.0001", "3000", "10000000"] {
        let verdict = judged(Weighing {
            checked,
            ..Weighing::default()
        });
        assert_eq!(verdict.outcome, Outcome::Conforms, "{checked}");
    }
}

#[test]
fn a_verdict_whose_readings_agree_rests_on_no_unconfirmed_row() {
    let verdict = judged(Weighing {
        checked: "2795",
        ..Weighing::default()
    });
    assert_eq!(verdict.rows_unverified, Vec::<String>::new());
    assert!(!verdict.provisional);
    assert_eq!(verdict.provenance, Provenance::Secondary);
    assert_eq!(verdict.row, "table 1, class 2, 2.5 < m <= 10 kg");
    assert_eq!(verdict.article, "5");
    assert!(
        verdict
            .notes
            .iter()
            .any(|note| note.code == NoteCode::BandBySettledMass)
    );
}

#[test]
fn a_verdict_is_provisional_where_the_checked_mass_lies_in_another_band() {
    let verdict = judged(Weighing {
        settled: "2510",
        checked: "2495",
        ..Weighing::default()
    });
    assert_eq!(verdict.rows_unverified, ["reading: band by settled mass"]);
    assert!(verdict.provisional);
    assert_eq!(verdict.provenance, Provenance::Unverified);
    assert_eq!(verdict.outcome, Outcome::Fails);
}
