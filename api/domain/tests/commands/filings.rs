//! What citizens send: samples of a report and of a complaint, each with one field changed; no two may
//! read alike. Secrets do not print themselves and do not serialise by themselves, but they count.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use liangxin_domain::{
    complaints::filing::{
        Agent, Basis, Choice, Demand, DemandKind, IdDocument, NewComplaint, Particulars, Person,
        Phone, Respondent,
    },
    id::{ComplaintId, MerchantId, ReportId},
    metrology::quantity::{Gram, YuanPerKg},
    money::Fen,
    place::Position,
    privacy::identity::{NewIdentity, TypedIdentity},
    reports::{
        receipt::ReceiptCode,
        report::{NewReport, SenderSecret},
    },
    rewards::payout::ClaimPassword,
    text::{Email, Line, Narrative},
};
use serde::Serialize;
use std::{collections::BTreeSet, fmt::Debug};
use uuid::Uuid;

fn at() -> DateTime<Utc> {
    "2026-05-06T01:00:00Z".parse().unwrap()
}

fn day(day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 5, day).unwrap()
}

fn line(text: &str) -> Line {
    Line::parse(text, "line").unwrap()
}

fn words(text: &str) -> Narrative {
    Narrative::parse(text, "words").unwrap()
}

fn secret(letter: &str) -> SenderSecret {
    SenderSecret::parse(&letter.repeat(20)).unwrap()
}

fn identity(number: usize) -> Option<NewIdentity> {
    let rest = [
        ("王秀英", "13800000001", None, None),
        ("王秀兰", "13800000001", None, None),
        ("王秀英", "13800000002", None, None),
        ("王秀英", "13800000001", Some("长沙市天心区"), None),
        ("王秀英", "13800000001", None, Some("11010519491231002X")),
    ];
    let (name, phone, address, id_number) = rest[number];
    let typed = TypedIdentity {
        name,
        phone,
        address,
        id_number,
    };
    Some(NewIdentity::parse(typed).unwrap())
}

/// The sample and, for each change, the sample with that change: all must read differently.
fn check<T: Serialize + Debug + Clone>(sample: &T, changes: &[&dyn Fn(&mut T)]) {
    let mut texts = BTreeSet::from([serde_json::to_string(sample).unwrap()]);
    for (number, change) in changes.iter().enumerate() {
        let mut changed = sample.clone();
        change(&mut changed);
        let text = serde_json::to_string(&changed).unwrap();
        assert!(
            texts.insert(text),
            "change {number} does not count: {changed:?}"
        );
    }
}

fn report() -> NewReport {
    NewReport {
        id: ReportId::new(Uuid::from_u128(1)),
        secret: secret("a"),
        merchant: None,
        party: line("甲"),
        division: "430103".parse().unwrap(),
        place: line("甲"),
        position: None,
        occurred_at: at(),
        goods: line("甲"),
        unit_price: YuanPerKg::parse("20").unwrap(),
        settled: Gram::parse("5000").unwrap(),
        checked: Gram::parse("4860").unwrap(),
        narrative: words("甲"),
        contact: None,
        photos: Vec::new(),
        claim_password: None,
        identity: None,
        follows: None,
    }
}

#[test]
fn every_field_of_a_report_counts() {
    let position = |latitude, longitude, accuracy| {
        Some(Position::parse(latitude, longitude, accuracy, "position").unwrap())
    };
    let photo = |number: usize| super::photos().swap_remove(number);
    check(
        &report(),
        &[
            &|it| it.id = ReportId::new(Uuid::from_u128(2)),
            &|it| it.secret = secret("b"),
            &|it| it.merchant = Some(MerchantId::new(Uuid::from_u128(1))),
            &|it| it.party = line("乙"),
            &|it| it.division = "430102".parse().unwrap(),
            &|it| it.place = line("乙"),
            &|it| it.position = position(28.1, 112.9, None),
            &|it| it.position = position(28.2, 112.9, None),
            &|it| it.position = position(28.1, 112.8, None),
            &|it| it.position = position(28.1, 112.9, Some(5.0)),
            &|it| it.occurred_at += TimeDelta::milliseconds(1),
            &|it| it.goods = line("乙"),
            &|it| it.unit_price = YuanPerKg::parse("21").unwrap(),
            &|it| it.settled = Gram::parse("5001").unwrap(),
            &|it| it.checked = Gram::parse("4861").unwrap(),
            &|it| it.narrative = words("乙"),
            &|it| it.contact = Some(Email::parse("a@liangxin.example", "contact").unwrap()),
            &|it| it.contact = Some(Email::parse("b@liangxin.example", "contact").unwrap()),
            &|it| it.photos = photo(1),
            &|it| it.photos = photo(2),
            &|it| it.claim_password = Some(ClaimPassword::parse("correct horse", "p").unwrap()),
            &|it| it.claim_password = Some(ClaimPassword::parse("wrong horse", "p").unwrap()),
            &|it| it.identity = identity(0),
            &|it| it.identity = identity(1),
            &|it| it.identity = identity(2),
            &|it| it.identity = identity(3),
            &|it| it.identity = identity(4),
            &|it| it.follows = Some(ReceiptCode::from_bytes([1; 18])),
            &|it| it.follows = Some(ReceiptCode::from_bytes([2; 18])),
        ],
    );
}

fn person() -> Person {
    Person {
        name: line("甲"),
        phone: Phone::parse("13800000001", "phone").unwrap(),
        address: line("甲"),
        id_document: None,
    }
}

fn complaint() -> NewComplaint {
    NewComplaint {
        id: ComplaintId::new(Uuid::from_u128(1)),
        secret: secret("a"),
        merchant: None,
        division: "430103".parse().unwrap(),
        particulars: Particulars {
            complainants: vec![person()],
            representatives: 0,
            agent: None,
            respondent: Respondent {
                name: line("甲"),
                address: line("甲"),
            },
            demand: Demand {
                kind: DemandKind::Refund,
                amount: None,
                words: None,
            },
            basis: Basis {
                occurred_at: at(),
                harm_known_on: day(5),
                place: line("甲"),
                content: words("甲"),
                amount: Fen::new(100).unwrap(),
                evidence: words("甲"),
            },
        },
        publication: Choice::NotAgreed,
        entrustment: Choice::NotAgreed,
        contact: None,
    }
}

#[test]
fn every_field_of_a_complaint_counts() {
    let document = |kind: &str, number: &str| {
        Some(IdDocument {
            kind: line(kind),
            number: line(number),
        })
    };
    let agent = || Agent {
        person: person(),
        matter: line("甲"),
        powers: line("甲"),
        until: day(6),
        signed_on: day(5),
    };
    let with = |change: &dyn Fn(&mut Agent)| {
        let mut agent = agent();
        change(&mut agent);
        Some(agent)
    };
    check(
        &complaint(),
        &[
            &|it| it.id = ComplaintId::new(Uuid::from_u128(2)),
            &|it| it.secret = secret("b"),
            &|it| it.merchant = Some(MerchantId::new(Uuid::from_u128(1))),
            &|it| it.division = "430102".parse().unwrap(),
            &|it| it.publication = Choice::Agreed,
            &|it| it.entrustment = Choice::Agreed,
            &|it| it.contact = Some(Email::parse("a@liangxin.example", "contact").unwrap()),
            &|it| it.particulars.complainants.push(person()),
            &|it| it.particulars.complainants[0].name = line("乙"),
            &|it| {
                it.particulars.complainants[0].phone = Phone::parse("13800000002", "phone").unwrap()
            },
            &|it| it.particulars.complainants[0].address = line("乙"),
            &|it| it.particulars.complainants[0].id_document = document("甲", "1"),
            &|it| it.particulars.complainants[0].id_document = document("乙", "1"),
            &|it| it.particulars.complainants[0].id_document = document("甲", "2"),
            &|it| it.particulars.representatives = 1,
            &|it| it.particulars.agent = Some(agent()),
            &|it| it.particulars.agent = with(&|agent| agent.person.name = line("乙")),
            &|it| it.particulars.agent = with(&|agent| agent.matter = line("乙")),
            &|it| it.particulars.agent = with(&|agent| agent.powers = line("乙")),
            &|it| it.particulars.agent = with(&|agent| agent.until = day(7)),
            &|it| it.particulars.agent = with(&|agent| agent.signed_on = day(4)),
            &|it| it.particulars.respondent.name = line("乙"),
            &|it| it.particulars.respondent.address = line("乙"),
            &|it| it.particulars.demand.kind = DemandKind::Repair,
            &|it| it.particulars.demand.amount = Some(Fen::new(1).unwrap()),
            &|it| it.particulars.demand.words = Some(words("甲")),
            &|it| it.particulars.basis.occurred_at += TimeDelta::milliseconds(1),
            &|it| it.particulars.basis.harm_known_on = day(4),
            &|it| it.particulars.basis.place = line("乙"),
            &|it| it.particulars.basis.content = words("乙"),
            &|it| it.particulars.basis.amount = Fen::new(101).unwrap(),
            &|it| it.particulars.basis.evidence = words("乙"),
        ],
    );
}
