//! The register.

use super::{check, check_texts};
use chrono::NaiveDate;
use liangxin_domain::{
    id::MerchantId,
    merchants::{
        command::{Command, NewMerchant, Premises},
        credit_code::CreditCode,
        instrument::InstrumentKind,
        ledger::{self, Certificate, NewInstrument, Plate},
    },
    ratings::indicator::Venue,
    text::Text,
};
use uuid::Uuid;

fn merchant(n: u128) -> MerchantId {
    MerchantId::new(Uuid::from_u128(n))
}

fn text<const MAX: usize>(text: &str) -> Text<MAX> {
    Text::parse(text, "text").unwrap()
}

fn day(n: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, n).unwrap()
}

fn premises(address: &str, market: Option<u128>) -> Premises {
    Premises {
        division: "430103".parse().unwrap(),
        address: text(address),
        position: None,
        market: market.map(merchant),
        stall_no: None,
    }
}

#[test]
fn no_two_writes_about_a_merchant_read_alike() {
    let open = |name: &str, code: Option<&str>, on| NewMerchant::OpenMerchant {
        name_zh: text(name),
        name_en: text("x"),
        venue: Venue::Stall,
        credit_code: code.map(|code| CreditCode::parse(code, "code").unwrap()),
        premises: premises("路一号", None),
        opened_on: day(on),
    };
    check_texts(&[
        open("甲", None, 1),
        open("乙", None, 1),
        open("甲", Some("91350100M000100Y43"), 1),
        open("甲", None, 2),
    ]);
    let renamed = |zh: &str, en: &str| Command::RenameMerchant {
        name_zh: text(zh),
        name_en: text(en),
    };
    let closed = |on, reason: &str| Command::CloseMerchant {
        on: day(on),
        reason: text(reason),
    };
    let succeeded = |by, on| Command::SucceedMerchant {
        successor: merchant(by),
        on: day(on),
    };
    let moved = |address, market| Command::MoveMerchant {
        premises: premises(address, market),
    };
    check_texts(&[
        renamed("甲", "x"),
        renamed("乙", "x"),
        renamed("甲", "y"),
        moved("路一号", None),
        moved("路二号", None),
        moved("路一号", Some(1)),
        closed(1, "停业"),
        closed(2, "停业"),
        closed(1, "注销"),
        succeeded(1, 1),
        succeeded(2, 1),
        succeeded(1, 2),
    ]);
}

#[test]
fn no_two_writes_about_an_instrument_read_alike() {
    let certificate = |number: &str, on, until: Option<u32>| Certificate {
        number: text(number),
        verified_on: day(on),
        valid_until: until.map(day),
    };
    let add = |n, serial: &str, certificate| NewInstrument::AddInstrument {
        merchant: merchant(n),
        plate: Plate {
            kind: InstrumentKind::PriceComputingScale,
            model: text("ACS-30"),
            serial: text(serial),
            accuracy_class: None,
            e_g: None,
            max_g: None,
        },
        certificate,
    };
    check_texts(&[
        add(1, "1", None),
        add(2, "1", None),
        add(1, "2", None),
        add(1, "1", Some(certificate("a", 1, None))),
    ]);
    let verified = |number, on, until| ledger::Command::ReverifyInstrument {
        certificate: certificate(number, on, until),
    };
    check_texts(&[
        verified("a", 1, None),
        verified("b", 1, None),
        verified("a", 2, None),
        verified("a", 1, Some(3)),
        ledger::Command::MoveInstrument { to: merchant(1) },
        ledger::Command::MoveInstrument { to: merchant(2) },
        ledger::Command::RetireInstrument {
            on: day(1),
            reason: text("报废"),
        },
        ledger::Command::RetireInstrument {
            on: day(2),
            reason: text("报废"),
        },
    ]);
    check(&[
        ledger::Command::MoveInstrument { to: merchant(1) },
        ledger::Command::RetireInstrument {
            on: day(1),
            reason: text("损坏"),
        },
        verified("a", 1, Some(3)),
    ]);
}
