//! Classes, exceptions, what lies above the tables, the suitability of scales, and what is refused.

use crate::weighing::{Weighing, by_name, by_price, day, gram, judge, judged, plus};
use liangxin_metrology::quantity::Gram;
use liangxin_metrology::retail::{
    CheckMethod, ExcludedKind, GoodsCategory, GoodsGroup, LimitSource, RetailVerdict,
};
use liangxin_metrology::scale::{ScaleClass, ScaleFacts};
use liangxin_metrology::verdict::{JudgeError, NoteCode, Outcome, ReasonCode};

fn scale(class: ScaleClass, e: &str, max: &str) -> Option<ScaleFacts> {
    Some(ScaleFacts::new(class, gram(e), gram(max)).unwrap())
}

fn cabbages<'a>(settled: &'a str, checked: &'a str, scale: Option<ScaleFacts>) -> Weighing<'a> {
    let category = by_name(GoodsGroup::Vegetables);
    Weighing {
        category,
        price: "3",
        settled,
        checked,
        scale,
        ..Weighing::default()
    }
}

fn has_note(verdict: &RetailVerdict, code: NoteCode) -> bool {
    verdict.notes.iter().any(|note| note.code == code)
}

#[test]
fn dear_fruit_is_class_1_by_name_and_the_verdict_says_that_it_was_a_choice() {
    let category = by_name(GoodsGroup::Fruit);
    let fruit = Weighing {
        category,
        price: "80",
        settled: "900",
        checked: "885",
        ..Weighing::default()
    };
    let verdict = judged(fruit);
    assert_eq!(verdict.finding.limit_g, Some(gram("20")));
    assert_eq!(verdict.outcome, Outcome::Conforms);
    assert_eq!(verdict.rows_unverified, ["reading: class by name first"]);
    assert!(verdict.provisional);
    let note = verdict
        .notes
        .iter()
        .find(|note| note.code == NoteCode::ClassChoice)
        .unwrap();
    assert!(
        note.en
            .starts_with("Class 1 was taken by name; by price it would be class 3.")
    );
}

#[test]
fn dear_fruit_is_class_3_by_price_when_the_officer_says_why() {
    let category = by_price(
        Some(GoodsGroup::Fruit),
        Some("imported, sold as a delicacy"),
    );
    let fruit = Weighing {
        category,
        price: "80",
        settled: "900",
        checked: "885",
        ..Weighing::default()
    };
    let verdict = judged(fruit);
    assert_eq!(verdict.finding.limit_g, Some(gram("2")));
    assert_eq!(verdict.outcome, Outcome::Fails);
    assert!(verdict.provisional);
    let note = verdict
        .notes
        .iter()
        .find(|note| note.code == NoteCode::ClassChoice)
        .unwrap();
    assert!(note.en.contains("imported, sold as a delicacy"));
}

#[test]
fn choosing_the_price_against_the_name_needs_a_reason() {
    let category = by_price(Some(GoodsGroup::Fruit), None);
    let error = judge(Weighing {
        category,
        price: "80",
        ..Weighing::default()
    })
    .unwrap_err();
    assert_eq!(error.code(), "CLASS_REASON_REQUIRED");
    assert_eq!(error.field(), Some("category.class_by.reason"));
}

#[test]
fn where_name_and_price_agree_no_reason_is_needed_and_nothing_is_noted() {
    let category = by_price(Some(GoodsGroup::Fruit), None);
    let verdict = judged(Weighing {
        category,
        price: "6",
        ..Weighing::default()
    });
    assert!(!has_note(&verdict, NoteCode::ClassChoice));
    assert!(!verdict.provisional);
}

#[test]
fn goods_the_table_does_not_name_are_classed_by_price_alone() {
    let honey = Weighing {
        category: by_price(None, None),
        price: "120",
        ..Weighing::default()
    };
    let verdict = judged(honey);
    assert_eq!(verdict.finding.limit_g, Some(gram("3")));
    assert!(!verdict.provisional);
}

#[test]
fn goods_outside_the_rule_are_not_assessable_however_short() {
    for (goods, zh, en) in [
        (ExcludedKind::LivePoultry, "活禽", "live poultry"),
        (ExcludedKind::LiveFish, "活鱼", "live fish"),
        (ExcludedKind::WaterSoaked, "水发物", "water-soaked goods"),
    ] {
        let category = GoodsCategory::Excluded { goods };
        let verdict = judged(Weighing {
            category,
            checked: "1000",
            ..Weighing::default()
        });
        assert_eq!(verdict.outcome, Outcome::NotAssessable);
        assert_eq!(verdict.finding.limit_g, None);
        assert_eq!(verdict.row, format!("not covered: {en}"));
        let reason = verdict.reason.as_ref().unwrap();
        assert_eq!(reason.code, ReasonCode::ExcludedGoods);
        assert!(reason.zh.contains(zh) && reason.en.contains(en));
    }
}

#[test]
fn above_the_table_without_the_facts_of_the_scale_nothing_is_decided() {
    let verdict = judged(cabbages("25000.0001", "20000", None));
    assert_eq!(verdict.outcome, Outcome::NotAssessable);
    assert_eq!(verdict.row, "above table 1, class 1, m > 25 kg");
    assert_eq!(
        (verdict.rule_id.as_str(), verdict.article.as_str()),
        ("quantity-penalty-2020", "6")
    );
    let reason = verdict.reason.unwrap();
    assert_eq!(reason.code, ReasonCode::ScaleFactsMissing);
    assert!(reason.en.contains("accuracy class, interval e and Max"));
}

#[test]
fn above_the_table_the_in_service_error_at_the_checked_load_is_the_limit() {
    let facts = scale(ScaleClass::III, "10", "60000");
    let verdict = judged(cabbages("30000", "29970", facts));
    assert_eq!(verdict.finding.limit_g, Some(gram("30")));
    assert_eq!(verdict.outcome, Outcome::Conforms);
    assert_eq!(
        judged(cabbages("30000", "29969.9999", facts)).outcome,
        Outcome::Fails
    );
    assert_eq!(
        verdict.finding.limit_from,
        Some(LimitSource::Scale {
            class: ScaleClass::III,
            e: gram("10")
        })
    );
    // 19.9 kg are 1 990 intervals: the middle step, although 30 kg were settled.
    assert_eq!(
        judged(cabbages("30000", "19900", facts)).finding.limit_g,
        Some(gram("20"))
    );
}

#[test]
fn a_verdict_above_the_table_is_provisional_and_cites_the_penalty_rule() {
    let verdict = judged(cabbages(
        "30000",
        "29970",
        scale(ScaleClass::III, "10", "60000"),
    ));
    assert!(verdict.provisional);
    assert_eq!(verdict.rule_id, "quantity-penalty-2020");
    assert_eq!(verdict.instrument_of_law.zh, "商品量计量违法行为处罚规定");
    assert_eq!(
        verdict.row,
        "above table 1, class 1, m > 25 kg: class III scale in service, e = 10 g, 2000 e < load <= 10000 e"
    );
    assert_eq!(
        verdict.rows_unverified,
        ["reading: limit above the table from the scale"]
    );
    assert_eq!(
        verdict.applied_rules,
        [
            "retail-weighing-2020",
            "quantity-penalty-2020",
            "scales-jjg-539-2016"
        ]
    );
    assert!(has_note(&verdict, NoteCode::LimitFromScale));
}

#[test]
fn the_factor_of_the_method_holds_above_the_table_too() {
    let facts = scale(ScaleClass::IIII, "50", "50000");
    let with = |checked| {
        let method = CheckMethod::EqualAccuracy;
        judged(Weighing {
            method,
            ..cabbages("30000", checked, facts)
        })
    };
    assert_eq!(with("29700").outcome, Outcome::Conforms);
    assert_eq!(with("29700").finding.allowed_g, Some(gram("300")));
    assert_eq!(with("29699.9999").outcome, Outcome::Fails);
}

#[test]
fn a_load_the_scale_cannot_weigh_is_not_assessable() {
    let facts = scale(ScaleClass::III, "10", "29000");
    for (settled, checked) in [("30000", "28000"), ("28000", "30000")] {
        let verdict = judged(cabbages(settled, checked, facts));
        assert_eq!(verdict.outcome, Outcome::NotAssessable);
        assert_eq!(
            verdict.reason.map(|reason| reason.code),
            Some(ReasonCode::LoadAboveScaleMax)
        );
    }
}

#[test]
fn a_scale_with_more_intervals_than_its_class_knows_is_refused() {
    for (class, max) in [(ScaleClass::III, "50005"), (ScaleClass::IIII, "5005")] {
        for settled in ["1000", "30000"] {
            let error = judge(cabbages(settled, settled, scale(class, "5", max))).unwrap_err();
            assert_eq!(error.code(), "SCALE_HAS_TOO_MANY_INTERVALS");
            assert_eq!(error.field(), Some("scale.max"));
        }
    }
}

#[test]
fn a_scale_too_coarse_for_the_goods_is_noted_and_fails_nothing() {
    let pork = |e| Weighing {
        settled: "6000",
        checked: "5990",
        scale: scale(ScaleClass::III, e, "15000"),
        ..Weighing::default()
    };
    let coarse = judged(pork("10"));
    assert_eq!(coarse.outcome, Outcome::Conforms);
    let note = coarse
        .notes
        .iter()
        .find(|note| note.code == NoteCode::ScaleTooCoarse)
        .unwrap();
    assert!(note.en.contains("20 g") && note.en.contains("10 g") && note.en.contains("article 3"));
    assert!(!coarse.provisional);
    assert!(!has_note(&judged(pork("5")), NoteCode::ScaleTooCoarse));
}

/// Classes 2, 3 and 4 of the table are the in-service errors of class III scales with e of 5, 2 and 1 g.
#[test]
fn the_scale_each_class_was_drawn_for_suits_it_in_every_band() {
    for (price, e, ends) in [
        ("26", "5", ["2500", "10000", "15000"]),
        ("60", "2", ["1000", "4000", "6000"]),
        ("300", "1", ["500", "2000", "5000"]),
    ] {
        for end in ends {
            let facts = scale(ScaleClass::III, e, &plus(end, "1"));
            let goods = Weighing {
                category: by_price(None, None),
                price,
                scale: facts,
                ..Weighing::default()
            };
            let verdict = judged(Weighing {
                settled: end,
                checked: end,
                ..goods
            });
            let error = verdict
                .intermediates
                .iter()
                .find(|n| n.name == "scale_in_service_error")
                .unwrap();
            assert_eq!(
                Some(error.value),
                verdict.finding.limit_g.map(Gram::value),
                "{e} g at {end}"
            );
            assert!(!has_note(&verdict, NoteCode::ScaleTooCoarse));
        }
    }
}

#[test]
fn an_overloaded_scale_is_noted() {
    let verdict = judged(Weighing {
        scale: scale(ScaleClass::III, "1", "2000"),
        ..Weighing::default()
    });
    assert!(has_note(&verdict, NoteCode::ScaleOverloaded));
    assert_eq!(verdict.outcome, Outcome::Conforms);
}

#[test]
fn a_day_before_the_first_edition_is_an_error_not_a_guess() {
    let error = judge(Weighing {
        on: day(2020, 10, 22),
        ..Weighing::default()
    })
    .unwrap_err();
    assert_eq!(error.code(), "RULE_EDITION_MISSING");
    assert_eq!(error.field(), None);
    assert!(
        judge(Weighing {
            on: day(2020, 10, 23),
            ..Weighing::default()
        })
        .is_ok()
    );
}

#[test]
fn after_the_scale_regulation_ends_the_table_still_judges_and_what_is_above_it_does_not() {
    let (last, next) = (day(2027, 1, 7), day(2027, 1, 8));
    let facts = scale(ScaleClass::III, "10", "60000");
    let within = judged(Weighing {
        on: next,
        ..cabbages("3000", "3000", facts)
    });
    assert_eq!(within.outcome, Outcome::Conforms);
    assert!(has_note(&within, NoteCode::SuitabilityNotExamined));

    assert!(
        judge(Weighing {
            on: last,
            ..cabbages("30000", "30000", facts)
        })
        .is_ok()
    );
    let above = judge(Weighing {
        on: next,
        ..cabbages("30000", "30000", facts)
    })
    .unwrap_err();
    assert!(matches!(above, JudgeError::NoEdition(missing) if missing.family == "scale_limits"));
}

#[test]
fn a_settled_mass_of_zero_is_refused() {
    let error = judge(Weighing {
        settled: "0.000",
        ..Weighing::default()
    })
    .unwrap_err();
    assert_eq!(
        (error.code(), error.field()),
        ("QUANTITY_NOT_POSITIVE", Some("settled"))
    );
}

#[test]
fn nothing_at_all_on_the_check_scale_is_a_failure_not_an_error() {
    let verdict = judged(Weighing {
        checked: "0",
        ..Weighing::default()
    });
    assert_eq!(verdict.outcome, Outcome::Fails);
}
