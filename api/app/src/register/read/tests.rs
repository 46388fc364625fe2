//! What the files may say, and how a mistake in them is told. No database.

use super::*;
use crate::{ports::ids::Ids, reference, register::Random};
use chrono::DateTime;

const BUREAU: &str = r#"
[[bureau]]
key = "county"
division = "430103"
level = "county"
name_zh = "天心区局"
name_en = "Tianxin"
address = "天心路1号"
hotline = "12315"
"#;

const PERSON: &str = r#"
[[person]]
key = "officer"
name_zh = "甲"
name_en = "A"
email = "a@county.example"
roles = ["inspector"]
bureau = "county"
"#;

const MARKET: &str = r#"
[[merchant]]
key = "market"
kind = "market_organiser"
name_zh = "市场"
name_en = "Market"
division = "430103"
address = "市场路1号"
latitude = "28.17062"
longitude = "112.97384"
opened_on = 2012-09-28
commitment_signed_on = 2025-03-10
commitment_valid_to = 2027-03-09
"#;

const STALL: &str = r#"
[[merchant]]
key = "stall"
kind = "stall"
name_zh = "摊位"
name_en = "Stall"
division = "430103"
address = "市场路1号"
latitude = "28.17062"
longitude = "112.97384"
market = "market"
opened_on = 2020-01-02
"#;

const SCALE: &str = r#"
[[instrument]]
key = "scale"
merchant = "stall"
kind = "price_scale"
model = "ACS-30"
serial = "1"
accuracy_class = "III"
e_g = "10"
max_g = "30000"
verified_on = 2026-03-09
valid_until = 2027-03-08
"#;

/// What is changed in the files, and the file, key and field that are then told.
const MISTAKES: [(&str, &str, [&str; 3]); 16] = [
    ("天心路1号", " ", ["bureaus.toml", "county", "address"]),
    (
        "\"county\"\nname",
        "\"city\"\nname",
        ["bureaus.toml", "county", "level"],
    ),
    (
        "\"430103\"\nlevel",
        "\"430199\"\nlevel",
        ["bureaus.toml", "county", "division"],
    ),
    (
        "a@county.example",
        "a at county",
        ["people.toml", "officer", "email"],
    ),
    ("[\"inspector\"]", "[]", ["people.toml", "officer", "roles"]),
    (
        "[\"inspector\"]",
        "[\"merchant\"]",
        ["people.toml", "officer", "roles"],
    ),
    (
        "bureau = \"county\"",
        "bureau = \"moon\"",
        ["people.toml", "officer", "bureau"],
    ),
    (
        "bureau = \"county\"",
        "merchant = \"stall\"",
        ["people.toml", "officer", "roles"],
    ),
    (
        "latitude = \"28",
        "latitude = \"98",
        ["merchants.toml", "market", "latitude"],
    ),
    (
        "2027-03-09",
        "2024-03-09",
        ["merchants.toml", "market", "commitment_valid_to"],
    ),
    (
        "\"market_organiser\"",
        "\"shop\"",
        ["merchants.toml", "stall", "market"],
    ),
    (
        "market = \"market\"",
        "market = \"fair\"",
        ["merchants.toml", "stall", "market"],
    ),
    (
        "merchant = \"stall\"",
        "merchant = \"stal\"",
        ["instruments.toml", "scale", "merchant"],
    ),
    (
        "\"III\"",
        "\"V\"",
        ["instruments.toml", "scale", "accuracy_class"],
    ),
    (
        "e_g = \"10\"",
        "e_g = \"10 g\"",
        ["instruments.toml", "scale", "e_g"],
    ),
    (
        "2027-03-08",
        "2026-03-08",
        ["instruments.toml", "scale", "valid_until"],
    ),
];

fn files() -> Files {
    Files {
        bureaus: BUREAU.to_owned(),
        people: PERSON.to_owned(),
        merchants: format!("{MARKET}{STALL}"),
        instruments: SCALE.to_owned(),
        standards: String::new(),
    }
}

fn read_all(files: &Files) -> Result<Register, RegisterError> {
    let naming = Random::new(Ids::seeded(1), DateTime::UNIX_EPOCH);
    Register::read(files, &naming, &reference::law().unwrap().divisions)
}

/// What is said once `before` in the files has become `after`.
fn told(before: &str, after: &str) -> String {
    let files = files();
    let change = |text: String| text.replacen(before, after, 1);
    let changed = Files {
        bureaus: change(files.bureaus.clone()),
        people: change(files.people.clone()),
        merchants: change(files.merchants.clone()),
        instruments: change(files.instruments.clone()),
        standards: String::new(),
    };
    assert_ne!(changed, files, "`{before}` is in no file");
    read_all(&changed).unwrap_err().to_string()
}

#[test]
fn what_belongs_together_is_joined_by_ids() {
    let register = read_all(&files()).unwrap();
    let [bureau] = register.bureaus.as_slice() else {
        panic!("one bureau");
    };
    let [(_, market), (_, stall)] = register.merchants.as_slice() else {
        panic!("two merchants");
    };
    assert_eq!(stall.market, Some(market.id));
    assert_eq!(register.instruments[0].merchant, stall.id);
    assert_eq!(
        register.people[0].1.seat,
        Seat::Bureau {
            bureau: bureau.id,
            division: bureau.division
        }
    );
    assert_ne!(stall.code, market.code);
}

#[test]
fn a_register_may_begin_without_merchants_and_not_without_people() {
    let bare = Files {
        merchants: String::new(),
        instruments: String::new(),
        standards: String::new(),
        ..files()
    };
    assert!(read_all(&bare).unwrap().merchants.is_empty());
    for (people, bureaus) in [("person = []", BUREAU), (PERSON, "bureau = []")] {
        let empty = Files {
            people: people.to_owned(),
            bureaus: bureaus.to_owned(),
            ..files()
        };
        assert!(matches!(read_all(&empty), Err(RegisterError::Empty { .. })));
    }
}

#[test]
fn a_mistake_is_told_with_file_key_and_field() {
    for (before, after, [file, key, field]) in MISTAKES {
        let told = told(before, after);
        assert!(
            told.starts_with(&format!("{file}, `{key}`")),
            "{after}: {told}"
        );
        assert!(told.contains(field), "{after}: {told}");
    }
}

#[test]
fn two_people_do_not_share_an_address_nor_two_bureaus_a_division() {
    let again = |row: &str| format!("{row}{}", row.replacen("key = \"", "key = \"second-", 1));
    let people = Files {
        people: again(PERSON).replacen("a@county", "A@county", 1),
        ..files()
    };
    let told = read_all(&people).unwrap_err().to_string();
    assert_eq!(
        told,
        "people.toml, `second-officer`: an earlier row has the same `email`"
    );
    let bureaus = Files {
        bureaus: again(BUREAU),
        ..files()
    };
    let told = read_all(&bureaus).unwrap_err().to_string();
    assert_eq!(
        told,
        "bureaus.toml, `second-county`: an earlier row has the same `division`"
    );
}

#[test]
fn a_person_sits_in_one_place_that_exists() {
    let seated = |seat: &str, role: &str| {
        let people = PERSON.replace("bureau = \"county\"", seat);
        read_all(&Files {
            people: people.replace("inspector", role),
            ..files()
        })
    };
    assert!(seated("merchant = \"stall\"", "merchant").is_ok());
    for nowhere in ["merchant = \"stal\"", "bureau = \"moon\""] {
        assert!(matches!(
            seated(nowhere, "merchant"),
            Err(RegisterError::UnknownReference { .. })
        ));
    }
    for seat in ["", "bureau = \"county\"\nmerchant = \"stall\""] {
        assert!(matches!(
            seated(seat, "merchant"),
            Err(RegisterError::Seat { .. })
        ));
    }
}
