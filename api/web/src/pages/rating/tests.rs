use super::super::layout::audit;
use super::*;

const HOSTILE: &str = "<script>alert(1)</script>";

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

fn sentences() -> Vec<SentenceRow> {
    let overdue = Bilingual::new(
        "现用电子计价秤检定已过期196天。",
        "In use: Price scale, verification 196 days overdue.",
    );
    let passed = Bilingual::new(
        "近12个月检查5次，4次合格。",
        "4 of 5 official tests passed in the last 12 months.",
    );
    let row = |(text, is_fault)| SentenceRow { text, is_fault };
    [(overdue, true), (passed, false)].map(row).into()
}

fn stall() -> RatingView {
    RatingView {
        code: "M7K2Q".to_owned(),
        page_url: "https://example.org/m/M7K2Q".to_owned(),
        name: Bilingual::new("吴记肉铺", "Wu's Pork"),
        kind: Bilingual::new("摊位", "Stall"),
        address: "长沙市天心区".to_owned(),
        stall_no: Some("17".to_owned()),
        grade: GradeLetter::Aa,
        points: Some("86.4".to_owned()),
        computed_on: day(2026, 11, 23),
        formula_version: "2026-1".to_owned(),
        weights: WeightStatus::Proposal,
        finding_count: 5,
        sentences: sentences(),
        interval: Some(("43.5".to_owned(), "95.5".to_owned())),
        notice: None,
        reasons: vec![Reason {
            indicator: "B2".to_owned(),
            text: Bilingual::new("1 台秤中 0 台在有效期内", "0 of 1 scales verified"),
            points: Some(ReasonPoints {
                gained: "0.0".to_owned(),
                possible: "7.1".to_owned(),
            }),
        }],
        remarks: vec![Bilingual::new("官方检查结果不足", "Too few findings")],
        instruments: vec![InstrumentRow {
            kind: Bilingual::new("电子计价秤", "Price scale"),
            model: "ACS-15 / 0017".to_owned(),
            verification: Verification::Overdue {
                valid_until: day(2026, 5, 11),
                days: 196,
            },
        }],
        decisions: vec![DecisionRow {
            number: "〔2026〕12 号".to_owned(),
            decided_on: day(2026, 3, 2),
            matter: Bilingual::new("使用过期的秤", "Used an overdue scale"),
            fine_fen: Some(50_000),
        }],
        commitment: CommitmentStatus::InForce {
            signed_on: day(2026, 1, 5),
            valid_to: Some(day(2027, 1, 4)),
        },
        bureau: BureauContact {
            name: Bilingual::new("天心区市场监督管理局", "Tianxin bureau"),
            hotline: "0731-8550 0000".to_owned(),
            address: "湘府中路".to_owned(),
        },
    }
}

#[test]
fn both_languages_show_the_grade_and_what_it_rests_on() {
    let common = [
        "86.4",
        "2026-1",
        "2026-11-23",
        "196",
        "2027-01-04",
        "〔2026〕12 号",
        "¥500",
    ];
    let zh = render(&stall(), Lang::Zh).into_string();
    let en = render(&stall(), Lang::En).into_string();
    for html in [&zh, &en] {
        audit::check(html);
        assert!(html.contains("良好") && html.contains("Very good"));
        assert!(html.contains("href=\"tel:073185500000\"") && html.contains("href=\"tel:12315\""));
        for fact in common {
            assert!(html.contains(fact), "{fact}");
        }
    }
    assert!(zh.contains("href=\"/report?m=M7K2Q&amp;lang=zh\""));
    assert!(zh.contains("权重是建议值") && en.contains("not yet adopted"));
}

#[test]
fn adopted_weights_are_not_called_a_proposal() {
    let view = RatingView {
        weights: WeightStatus::Adopted,
        ..stall()
    };
    assert!(!render(&view, Lang::Zh).into_string().contains("建议值"));
}

#[test]
fn facts_stand_before_the_letter_and_nothing_is_green_beside_a_fault() {
    let html = render(&stall(), Lang::Zh).into_string();
    let at = |text: &str| html.find(text).unwrap();
    assert!(at("检定已过期196天") < at("近12个月检查5次"));
    assert!(at("近12个月检查5次") < at(">AA<"));
    assert!(html.contains("grade fair") && !html.contains("grade good"));
    assert!(html.contains("43.5% 到 95.5%"));
    let view = RatingView {
        sentences: Vec::new(),
        ..stall()
    };
    assert!(render(&view, Lang::En).into_string().contains("grade good"));
}

#[test]
fn a_merchant_that_is_not_rated_shows_no_points() {
    let view = RatingView {
        grade: GradeLetter::N,
        points: None,
        reasons: Vec::new(),
        remarks: Vec::new(),
        instruments: Vec::new(),
        decisions: Vec::new(),
        commitment: CommitmentStatus::NotSigned,
        ..stall()
    };
    let html = render(&view, Lang::Zh).into_string();
    audit::check(&html);
    assert!(html.contains("暂未评级"));
    assert!(!html.contains("/ 100"));
}

#[test]
fn hostile_names_are_escaped() {
    let both = || Bilingual::new(HOSTILE, HOSTILE);
    let view = RatingView {
        code: HOSTILE.to_owned(),
        page_url: HOSTILE.to_owned(),
        name: both(),
        kind: both(),
        address: HOSTILE.to_owned(),
        stall_no: Some(HOSTILE.to_owned()),
        points: Some(HOSTILE.to_owned()),
        formula_version: HOSTILE.to_owned(),
        notice: Some(both()),
        ..stall()
    };
    for lang in [Lang::Zh, Lang::En] {
        let html = render(&view, lang).into_string();
        audit::check(&html);
        assert!(!html.contains("<script"));
    }
}

#[test]
fn the_path_of_a_code_is_encoded() {
    assert_eq!(path("M7K2Q"), "/m/M7K2Q");
    assert_eq!(path("../x"), "/m/..%2Fx");
}
