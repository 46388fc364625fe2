use super::super::layout::audit;
use super::*;
use chrono::{DateTime, NaiveDate, Utc};
use liangxin_domain::{
    actor::Seat,
    id::{BureauId, MerchantId, UserId},
    merchants::{code::MerchantCode, merchant::Merchant},
    ratings::indicator::Venue,
    text::Email,
};
use strum::IntoEnumIterator as _;
use uuid::Uuid;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn merchant() -> Merchant {
    Merchant {
        id: MerchantId::new(Uuid::nil()),
        code: MerchantCode::parse("0123456789").unwrap(),
        venue: Venue::Stall,
        name_zh: "<吴记鲜肉>".to_owned(),
        name_en: "<Wu's Pork>".to_owned(),
        credit_code: None,
        division: "430103".parse().unwrap(),
        address: "长沙市天心区样例路1号".to_owned(),
        position: None,
        market: None,
        stall_no: Some("17".to_owned()),
        opened_on: day("2020-01-01"),
        commitment_signed_on: None,
        commitment_valid_to: None,
        ended: None,
        version: 1,
    }
}

fn officer() -> Account {
    Account {
        id: UserId::new(Uuid::nil()),
        email: Email::parse("zhou@tianxin.example", "email").unwrap(),
        name_zh: "周立群".to_owned(),
        name_en: "Zhou Liqun".to_owned(),
        roles: [Role::Inspector].into_iter().collect(),
        seat: Seat::Bureau {
            bureau: BureauId::new(Uuid::nil()),
            division: "430103".parse().unwrap(),
        },
        certificate_no: Some("XZ-1".to_owned()),
        disabled_at: None,
        second_factor_at: None,
        given_at: None,
    }
}

fn shown(officer: Account, cause: Cause) -> Shown {
    Shown {
        merchant: merchant(),
        officers: vec![(officer, None)],
        cause,
        sent_on: day("2026-11-23"),
        arrived_on: None,
        closed_on: None,
        until: day("2026-12-23"),
    }
}

/// What stands between header and footer, which lead to the form for reports from every page.
fn told(page: &Markup) -> String {
    let page = page.clone().into_string();
    let (_, rest) = page.split_once("<main").unwrap();
    rest.split_once("</main>").unwrap().0.to_owned()
}

#[test]
fn the_page_says_who_comes_why_with_what_scope_and_when_and_nothing_of_a_report() {
    for cause in Cause::iter() {
        for lang in [Lang::Zh, Lang::En] {
            let page = good(&shown(officer(), cause), None, lang);
            audit::check(&page.clone().into_string());
            let told = told(&page);
            let days = ["2026-11-23", "2026-12-23"];
            for part in ["XZ-1", super::cause(cause, lang), scope(lang)]
                .into_iter()
                .chain(days)
            {
                assert!(told.contains(part), "{part}: {told}");
            }
            assert!(told.contains("&lt;") && !told.contains("zhou@"));
            for word in ["举报", "投诉", "线索", "举发", "reported", "complain"] {
                assert!(!told.contains(word), "{word}: {told}");
            }
        }
    }
}

#[test]
fn whoever_left_is_no_inspector_or_has_no_certificate_is_said_to_inspect_nobody() {
    let left = Account {
        disabled_at: Some(DateTime::<Utc>::UNIX_EPOCH),
        ..officer()
    };
    let clerk = Account {
        roles: [Role::IntakeOfficer].into_iter().collect(),
        ..officer()
    };
    let trainee = Account {
        certificate_no: None,
        ..officer()
    };
    for nobody in [left, clerk, trainee] {
        let told = told(&good(&shown(nobody, Cause::Plan), None, Lang::En));
        assert!(
            told.contains("may not inspect") && !told.contains("XZ-1"),
            "{told}"
        );
    }
    assert!(
        !told(&good(&shown(officer(), Cause::Plan), None, Lang::En)).contains("may not inspect")
    );
}

#[test]
fn each_code_that_lets_nobody_in_says_why_in_both_languages() {
    let ended = PassportOver::Ended {
        on: day("2026-10-01"),
    };
    let lapsed = PassportOver::Lapsed {
        on: day("2026-09-01"),
    };
    let mut said = Vec::new();
    for why in [
        Bad::Forged,
        Bad::OtherMerchant,
        Bad::Over(PassportOver::OthersGo),
        Bad::Over(ended),
        Bad::Over(lapsed),
    ] {
        for lang in [Lang::Zh, Lang::En] {
            let page = bad(why, lang);
            audit::check(&page.clone().into_string());
            let told = told(&page);
            assert!(told.contains("✗") && told.contains("tel:12315"), "{told}");
            assert!(!said.contains(&told), "{told}");
            said.push(told);
        }
    }
    for day in ["2026-10-01", "2026-09-01"] {
        assert!(said.iter().any(|page| page.contains(day)), "{day}");
    }
}

#[test]
fn a_mistyped_code_comes_back_beside_the_reason_and_travels_in_a_body() {
    let view = PassportFormView {
        code: "7K2M\"<b>".to_owned(),
        code_error: Some("有误"),
        ..PassportFormView::default()
    };
    let page = again(&view, Lang::Zh).into_string();
    audit::check(&page);
    assert!(page.contains("value=\"7K2M&quot;&lt;b&gt;\"") && page.contains("有误"));
    assert!(
        page.contains("action=\"/v?lang=zh\" method=\"post\""),
        "{page}"
    );
}
