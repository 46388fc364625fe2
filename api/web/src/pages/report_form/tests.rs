use super::super::layout::audit;
use super::*;

const HOSTILE: &str = "\"><script>alert(1)</script>";

fn empty_form() -> ReportFormView {
    ReportFormView {
        id: "01936b7e-0000-7000-8000-000000000001".to_owned(),
        secret: "s3cret".to_owned(),
        merchant: None,
        cities: vec![City {
            name: "长沙市".to_owned(),
            divisions: vec![Choice {
                code: "430103".to_owned(),
                name: "天心区".to_owned(),
            }],
        }],
        names: Names::Sealed,
        errors: Vec::new(),
        warning: None,
        kept: Vec::new(),
        lost: Lost::Nothing,
        answers: Answers::default(),
    }
}

fn with_merchant() -> ReportFormView {
    ReportFormView {
        merchant: Some(KnownMerchant {
            code: "M7K2Q".to_owned(),
            name: "吴记肉铺".to_owned(),
            address: "南门市场 17 号".to_owned(),
            division: "430103".to_owned(),
        }),
        ..empty_form()
    }
}

fn refused(field: &str) -> ReportFormView {
    ReportFormView {
        errors: vec![FieldError {
            field: field.to_owned(),
            message: "请改正".to_owned(),
        }],
        ..empty_form()
    }
}

#[test]
fn the_form_keeps_the_rules_of_all_pages() {
    for lang in [Lang::Zh, Lang::En] {
        for view in [
            empty_form(),
            with_merchant(),
            refused(part::PHOTO),
            refused(part::STORY),
        ] {
            audit::check(&render(&view, lang).into_string());
        }
    }
}

#[test]
fn both_languages_ask_the_same_parts() {
    let zh = render(&empty_form(), Lang::Zh).into_string();
    let en = render(&empty_form(), Lang::En).into_string();
    assert!(zh.contains("提交举报") && en.contains("Send the report"));
    let asked = QUESTIONS.iter().map(|question| question.name);
    for name in asked.chain([part::ID, part::SECRET]) {
        let named = format!("name=\"{name}\"");
        assert!(zh.contains(&named) && en.contains(&named), "{name}");
    }
    assert_eq!(zh.matches("type=\"file\"").count(), questions::MAX_PHOTOS);
}

#[test]
fn every_refused_part_shows_its_error_beside_the_field() {
    for question in &QUESTIONS {
        let name = question.name;
        let html = render(&refused(name), Lang::Zh).into_string();
        let (id, label) = match name {
            part::PHOTO => ("photo", String::new()),
            name => (name, format!("{}：", question.label(Lang::Zh))),
        };
        let link = format!("<a href=\"#{id}\">{label}请改正</a>");
        assert!(html.contains(&link), "{name}");
        assert!(html.contains(&format!("id=\"{name}-error\"")), "{name}");
        assert!(html.contains("aria-invalid=\"true\""), "{name}");
    }
}

#[test]
fn a_photo_that_arrived_takes_the_place_of_its_input() {
    let kept = |value: &str| KeptPhoto {
        value: value.to_owned(),
        size_bytes: 1_234_567,
    };
    let view = ReportFormView {
        kept: vec![kept("aa.1"), kept("bb.2")],
        ..refused(part::STORY)
    };
    let html = render(&view, Lang::En).into_string();
    audit::check(&html);
    assert!(html.contains("name=\"kept_photo_2\" value=\"bb.2\" checked"));
    assert!(html.contains("name=\"shown_photo_2\" value=\"bb.2\""));
    assert!(html.contains("1235 kB"));
    let inputs = questions::MAX_PHOTOS - view.kept.len();
    assert_eq!(html.matches("type=\"file\"").count(), inputs);
    assert!(html.contains("id=\"photo-3\"") && !html.contains("id=\"photo-2\""));
    let lost = ReportFormView {
        lost: Lost::Photos,
        ..refused(part::STORY)
    };
    let html = render(&lost, Lang::Zh).into_string();
    assert!(html.contains("照片没有保留下来，请重新选择"));
}

#[test]
fn a_refused_part_that_is_not_asked_stands_in_the_summary() {
    let html = render(&refused("id"), Lang::Zh).into_string();
    assert!(html.contains("<li>请改正</li>"));
}

#[test]
fn answers_are_filled_in_again_and_escaped() {
    let view = ReportFormView {
        answers: Answers::default().with(&[
            (part::STALL, HOSTILE),
            (part::STORY, HOSTILE),
            (part::DIVISION, "430103"),
            (part::SETTLED_UNIT, "jin"),
            (part::EMAIL_CONSENT, "yes"),
        ]),
        errors: vec![FieldError {
            field: part::STALL.to_owned(),
            message: HOSTILE.to_owned(),
        }],
        ..empty_form()
    };
    let html = render(&view, Lang::En).into_string();
    audit::check(&html);
    assert!(!html.contains("<script"));
    assert_eq!(html.matches("&lt;script&gt;").count(), 4);
    assert!(html.contains("<option value=\"430103\" selected>"));
    assert!(html.contains("<option value=\"jin\" selected>"));
    assert!(html.contains("value=\"yes\" checked"));
}

#[test]
fn a_known_merchant_is_named_and_sent_along_with_its_division() {
    let html = render(&with_merchant(), Lang::Zh).into_string();
    assert!(html.contains("吴记肉铺"));
    assert!(html.contains("name=\"merchant\" value=\"M7K2Q\""));
    assert!(html.contains("name=\"division\" value=\"430103\""));
}

#[test]
fn the_switch_sends_the_form_so_that_no_answer_is_lost() {
    for view in [empty_form(), refused(part::STORY)] {
        let html = render(&view, Lang::Zh).into_string();
        let switch = "<button class=\"switch\" type=\"submit\" form=\"report-form\" name=\"switch\" value=\"1\" \
            formaction=\"/report?lang=en\" formnovalidate";
        assert!(html.contains(switch), "{html}");
        assert!(html.contains("<form id=\"report-form\""));
    }
}

#[test]
fn what_opens_something_comes_back_in_its_own_field_and_is_logged_nowhere() {
    let secrets = [
        (part::CLAIM_PASSWORD, "correct horse"),
        (part::EARLIER_CODE, "7QK2M4XW9T"),
    ];
    let view = ReportFormView {
        answers: Answers::default().with(&secrets),
        ..refused(part::STORY)
    };
    let html = render(&view, Lang::Zh).into_string();
    for (name, secret) in secrets {
        assert!(
            html.contains(&format!("name=\"{name}\" value=\"{secret}\"")),
            "{name}"
        );
        assert_eq!(html.matches(secret).count(), 1, "{name}");
    }
    assert!(!format!("{view:?}").contains("horse"));
}

#[test]
fn a_bureau_without_a_key_asks_no_name_and_promises_nothing_about_it() {
    let view = ReportFormView {
        names: Names::Refused,
        ..refused(part::NAME)
    };
    let html = render(&view, Lang::En).into_string();
    audit::check(&html);
    assert!(!html.contains("name=\"name\"") && !html.contains("document number"));
}
