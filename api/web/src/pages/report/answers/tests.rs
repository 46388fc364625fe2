use super::*;
use liangxin_domain::{
    id::MerchantId, merchants::code::MerchantCode, places::division::DivisionRow,
    ratings::indicator::Venue,
};

const ID: &str = "01936b7e-0000-7000-8000-000000000001";

fn divisions() -> Divisions {
    let row = |code, name, parent, level| DivisionRow {
        code,
        name,
        parent,
        level,
    };
    Divisions::from_rows([
        row("430000", "湖南省", None, "province"),
        row("430100", "长沙市", Some("430000"), "city"),
        row("430103", "天心区", Some("430100"), "county"),
    ])
    .unwrap()
}

fn merchant() -> Merchant {
    Merchant {
        id: MerchantId::new(Uuid::from_u128(9)),
        code: MerchantCode::parse("7QK2M4XW9T").unwrap(),
        venue: Venue::Stall,
        name_zh: "吴记肉铺".to_owned(),
        name_en: "Wu's Pork".to_owned(),
        credit_code: None,
        division: "430103".parse().unwrap(),
        address: "湘府中路 1 号".to_owned(),
        position: None,
        market: None,
        stall_no: Some("17".to_owned()),
        opened_on: chrono::NaiveDate::from_ymd_opt(2024, 1, 1).unwrap(),
        commitment_signed_on: None,
        commitment_valid_to: None,
        ended: None,
        version: 1,
    }
}

fn ticket() -> Ticket {
    Ticket::parse(&Parts::of(&[
        (part::ID, ID),
        (part::SECRET, "0123456789abcdef"),
    ]))
    .unwrap()
}

fn full() -> Answers {
    Answers::default().with(&[
        (part::STALL, "南门市场 17 号"),
        (part::DIVISION, "430103"),
        (part::GOODS, "五花肉"),
        (part::UNIT_PRICE, "13"),
        (part::PRICE_UNIT, "jin"),
        (part::SETTLED_WEIGHT, "2.5"),
        (part::SETTLED_UNIT, "jin"),
        (part::CHECKED_WEIGHT, "1180"),
        (part::CHECKED_UNIT, "g"),
        (part::HAPPENED_AT, "2026-11-23T00:12"),
        (part::PLACE, "南门市场"),
        (part::STORY, "少了七十克"),
    ])
}

fn read_with(answers: &Answers, merchant: Option<&Merchant>) -> Result<NewReport, Vec<Refusal>> {
    let divisions = divisions();
    read(
        answers,
        &ticket(),
        &Known {
            merchant,
            divisions: &divisions,
        },
        Vec::new(),
    )
}

fn problems(answers: &Answers) -> Vec<(&'static str, Code)> {
    let problems = read_with(answers, None).unwrap_err();
    problems
        .into_iter()
        .map(|it| (it.field.unwrap_or_default(), it.code))
        .collect()
}

#[test]
fn jin_and_local_time_become_grams_kilograms_and_utc() {
    let new = read_with(&full(), None).unwrap();
    assert_eq!(new.settled.value().to_string(), "1250");
    assert_eq!(new.checked.value().to_string(), "1180");
    assert_eq!(new.unit_price.value().to_string(), "26");
    assert_eq!(new.occurred_at.to_rfc3339(), "2026-11-22T16:12:00+00:00");
    assert_eq!(new.division.to_string(), "430103");
    assert_eq!((new.merchant, new.contact), (None, None));
}

#[test]
fn weights_are_converted_exactly() {
    let grams = |text, unit| {
        let answers = [(part::SETTLED_WEIGHT, text), (part::SETTLED_UNIT, unit)];
        let answers = Answers::default().with(&answers);
        weight(&answers, part::SETTLED_WEIGHT).map(|it| it.value().to_string())
    };
    assert_eq!(grams("1.25", "kg").unwrap(), "1250");
    assert_eq!(grams("0.1", "").unwrap(), "100");
    assert_eq!(grams("1.2345678", "kg").unwrap(), "1234.5678");
    assert_eq!(grams("２。５", "jin").unwrap(), "1250");
    assert_eq!(grams(" 1180.0 ", "g").unwrap(), "1180.0");
    for (text, unit, code) in [
        ("", "kg", Code::FieldRequired),
        ("-1", "kg", Code::FieldFormat),
        ("1e3", "g", Code::FieldFormat),
        ("1e3", "kg", Code::FieldFormat),
        ("1_000", "kg", Code::FieldFormat),
        ("1,5", "kg", Code::FieldFormat),
        ("1", "lb", Code::FieldFormat),
        ("10001", "kg", Code::OutOfRange),
        ("99999999999999999999999999999999", "kg", Code::FieldFormat),
    ] {
        assert_eq!(grams(text, unit).unwrap_err().code, code, "{text} {unit}");
    }
}

#[test]
fn a_price_per_jin_is_half_of_that_per_kilogram() {
    let price = |text, unit| {
        let answers = [(part::UNIT_PRICE, text), (part::PRICE_UNIT, unit)];
        price(&Answers::default().with(&answers))
    };
    assert_eq!(price("12.99", "jin").unwrap().to_string(), "25.98 yuan/kg");
    assert_eq!(price("5.98", "kg").unwrap().to_string(), "5.98 yuan/kg");
    assert_eq!(price("5.981", "kg").unwrap_err().code, Code::FieldFormat);
    assert_eq!(price("1", "lb").unwrap_err().field, Some(part::PRICE_UNIT));
}

#[test]
fn a_unit_that_somebody_types_counts_and_not_the_one_beside_it() {
    let weighed = |text| {
        let answers = [(part::CHECKED_WEIGHT, text), (part::CHECKED_UNIT, "jin")];
        let read = weight(&Answers::default().with(&answers), part::CHECKED_WEIGHT);
        read.map(|it| it.value().normalize().to_string())
    };
    for text in [
        "2.8公斤",
        "2.8 kg",
        "２.８千克",
        "2。8公斤",
        "5.6斤",
        "2800克",
        "2800 g",
    ] {
        assert_eq!(weighed(text).unwrap(), "2800", "{text}");
    }
    for text in [
        "2.8磅",
        "2.8 lb",
        "2.8公斤左右",
        "两公斤公斤",
        "2.8元",
        "2,8公斤",
    ] {
        assert_eq!(weighed(text).unwrap_err().code, Code::FieldFormat, "{text}");
    }
    let paid = |text| {
        let answers = [(part::UNIT_PRICE, text), (part::PRICE_UNIT, "jin")];
        let read = price(&Answers::default().with(&answers));
        read.map(|it| it.value().normalize().to_string())
    };
    for text in [
        "13元",
        "¥13",
        "￥ 13",
        "13块",
        "13 块钱",
        "13",
        "13元/斤",
        "¥13/斤",
        "26元/公斤",
    ] {
        assert_eq!(paid(text).unwrap(), "26", "{text}");
    }
    for text in ["13元/磅", "元", "¥", "13 dollars"] {
        assert!(paid(text).is_err(), "{text}");
    }
}

#[test]
fn times_are_read_as_browsers_and_people_write_them() {
    for text in [
        "2026-11-23T00:12",
        "2026-11-23T00:12:00.000",
        "2026-11-23 00:12",
        "2026/11/23 00:12",
    ] {
        assert_eq!(
            local_time(text).unwrap().to_rfc3339(),
            "2026-11-22T16:12:00+00:00",
            "{text}"
        );
    }
    assert_eq!(local_time("昨天").unwrap_err().code, Code::FieldFormat);
    assert_eq!(local_time(" ").unwrap_err().code, Code::FieldRequired);
}

#[test]
fn all_problems_are_told_at_once() {
    let required = |field| (field, Code::FieldRequired);
    assert_eq!(
        problems(&Answers::default()),
        [
            required(part::STALL),
            required(part::DIVISION),
            required(part::GOODS),
            required(part::UNIT_PRICE),
            required(part::SETTLED_WEIGHT),
            required(part::CHECKED_WEIGHT),
            required(part::HAPPENED_AT),
            required(part::STORY),
        ]
    );
}

#[test]
fn an_unknown_division_is_refused() {
    for division in ["430199", "110000", "x"] {
        assert_eq!(
            problems(&full().with(&[(part::DIVISION, division)])),
            [(part::DIVISION, Code::DivisionUnknown)],
            "{division}"
        );
    }
}

#[test]
fn a_known_merchant_stands_for_stall_division_and_place() {
    let answers = full().with(&[(part::STALL, ""), (part::DIVISION, ""), (part::PLACE, "")]);
    let merchant = merchant();
    let new = read_with(&answers, Some(&merchant)).unwrap();
    assert_eq!(new.merchant, Some(merchant.id));
    assert_eq!(
        (new.party.as_str(), new.place.as_str()),
        ("吴记肉铺", "湘府中路 1 号")
    );
    assert_eq!(new.division, merchant.division);
}

#[test]
fn without_a_place_the_stall_says_where() {
    let new = read_with(&full().with(&[(part::PLACE, "")]), None).unwrap();
    assert_eq!(new.place.as_str(), "南门市场 17 号");
}

#[test]
fn an_address_counts_only_with_consent() {
    let email =
        |email, consent| full().with(&[(part::EMAIL, email), (part::EMAIL_CONSENT, consent)]);
    assert_eq!(
        read_with(&email("zhou@example.org", ""), None)
            .unwrap()
            .contact,
        None
    );
    assert_eq!(read_with(&email("", "yes"), None).unwrap().contact, None);
    let agreed = read_with(&email("Zhou@example.org", "yes"), None)
        .unwrap()
        .contact;
    assert_eq!(agreed.unwrap().as_str(), "zhou@example.org");
    assert_eq!(
        problems(&email("zhou@", "yes")),
        [(part::EMAIL, Code::FieldFormat)]
    );
}

#[test]
fn a_damaged_ticket_cannot_be_corrected_by_anybody() {
    for (id, secret) in [
        ("", "0123456789abcdef"),
        (ID, "short"),
        ("not an id", "0123456789abcdef"),
    ] {
        let parts = Parts::of(&[(part::ID, id), (part::SECRET, secret)]);
        assert_eq!(Ticket::parse(&parts).unwrap_err().code, Code::BadRequest);
    }
}

#[test]
fn a_position_is_two_numbers_or_three_and_may_be_left_out() {
    let read = |text| {
        let new = read_with(&full().with(&[(part::POSITION, text)]), None);
        new.map(|new| {
            new.position
                .map(|at| (at.latitude, at.longitude, at.accuracy_m))
        })
    };
    assert_eq!(read(" "), Ok(None));
    assert_eq!(read("28.19, 112.98"), Ok(Some((28.19, 112.98, None))));
    assert_eq!(
        read("28.19 112.98，6"),
        Ok(Some((28.19, 112.98, Some(6.0))))
    );
    for (text, code) in [
        ("28.19", Code::FieldFormat),
        ("28.19, here", Code::FieldFormat),
        ("91, 112.98", Code::OutOfRange),
        ("NaN, NaN", Code::OutOfRange),
    ] {
        let refused = read(text).unwrap_err();
        assert_eq!(refused, [Refusal::on(code, part::POSITION)], "{text}");
    }
}

#[test]
fn an_earlier_code_and_a_name_are_taken_and_each_is_told_what_is_wrong_with_it() {
    let named = [(part::NAME, "周敏"), (part::PHONE, "13800138000")];
    let new = read_with(&full().with(&named), None).unwrap();
    assert!(new.identity.is_some() && new.follows.is_none());
    assert!(read_with(&full(), None).unwrap().identity.is_none());
    let bad = [
        (part::NAME, "周敏"),
        (part::EARLIER_CODE, "x"),
        (part::CLAIM_PASSWORD, "short"),
    ];
    assert_eq!(
        problems(&full().with(&bad)),
        [
            (part::EARLIER_CODE, Code::ReceiptCodeFormat),
            (part::CLAIM_PASSWORD, Code::PasswordTooWeak),
            ("identity.phone", Code::FieldRequired),
        ]
    );
}
