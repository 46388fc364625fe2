//! Visits.

use super::{check_texts, photos};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use liangxin_domain::{
    id::{EntryId, InstrumentId, MeasurementId, MerchantId, PhotoId, ReportId, UserId},
    inspections::{
        arrival::{PartyMet, PositionMissing, Whereabouts},
        command::{Command, NewVisit},
        occurred::{Anchor, BootId, Claim, Counter, Zone},
        origin::Origin,
        signing::Signature,
        visit::Seal,
    },
    merchants::{instrument::InstrumentKind, ledger::Plate},
    metrology::wire,
    place::Position,
    text::{Line, Reason, Text},
};
use uuid::Uuid;

fn id<T: From<Uuid>>(n: u128) -> T {
    T::from(Uuid::from_u128(n))
}

fn line(text: &str) -> Line {
    Line::parse(text, "line").unwrap()
}

#[test]
fn no_two_new_visits_read_alike() {
    let send = |report, merchant, inspectors: &[u128]| NewVisit::DispatchVisit {
        report: id::<ReportId>(report),
        merchant: id::<MerchantId>(merchant),
        inspectors: inspectors.iter().map(|n| id::<UserId>(*n)).collect(),
    };
    let mut samples = vec![
        send(1, 1, &[1, 2]),
        send(2, 1, &[1, 2]),
        send(1, 2, &[1, 2]),
        send(1, 1, &[1, 3]),
        send(1, 1, &[1, 2, 3]),
        send(1, 1, &[2, 1]),
    ];
    let send = |origin, merchant, inspectors: &[u128]| NewVisit::DispatchInspection {
        origin,
        merchant: id::<MerchantId>(merchant),
        inspectors: inspectors.iter().map(|n| id::<UserId>(*n)).collect(),
    };
    samples.extend([
        send(Origin::Plan(id(1)), 1, &[1, 2]),
        send(Origin::Plan(id(2)), 1, &[1, 2]),
        send(Origin::Draw(id(1)), 1, &[1, 2]),
        send(Origin::VisitAgain(id(1)), 1, &[1, 2]),
        send(Origin::CaseAgain(id(1)), 1, &[1, 2]),
        send(Origin::Lead(line("甲乙丙丁")), 1, &[1, 2]),
        send(Origin::Patrol(line("甲乙丙丁")), 1, &[1, 2]),
        send(Origin::Plan(id(1)), 2, &[1, 2]),
        send(Origin::Plan(id(1)), 1, &[1, 3]),
    ]);
    // A reason is written out with what it names.
    check_texts(&samples);
}

#[test]
fn no_two_steps_of_a_visit_read_alike() {
    let mut samples = vec![Command::MakePassport];
    samples.extend(claims().map(|occurred| Command::SubmitVisit { occurred }));
    samples.extend(arrivals());
    samples.extend(checks());
    samples.extend(measurements());
    samples.extend(amendments());
    samples.extend(signatures());
    let replace = |inspectors: &[u128], text: &str| Command::ReplaceInspectors {
        inspectors: inspectors.iter().map(|n| id::<UserId>(*n)).collect(),
        reason: Reason::parse(&text.repeat(5), "reason").unwrap(),
    };
    samples.extend([
        replace(&[1, 2], "甲"),
        replace(&[1, 3], "甲"),
        replace(&[2, 1], "甲"),
        replace(&[1, 2], "乙"),
    ]);
    samples.extend(["甲", "乙"].map(|text| Command::ReopenVisit {
        reason: Reason::parse(&text.repeat(5), "reason").unwrap(),
        occurred: None,
    }));
    samples.extend(promises());
    samples.extend(["1", "2"].map(|serial| Command::AddSeenInstrument {
        instrument: id::<InstrumentId>(1),
        plate: Plate {
            kind: InstrumentKind::PriceComputingScale,
            model: Text::parse("ACS-30", "model").unwrap(),
            serial: Text::parse(serial, "serial").unwrap(),
            accuracy_class: None,
            e_g: None,
            max_g: None,
        },
        occurred: None,
    }));
    samples.extend(said_when(&samples));
    // A measurement is sent as the document of its family, whose names are not those of the program.
    check_texts(&samples);
}

/// What a phone says of a time, each with one thing changed; and nothing.
fn claims() -> impl Iterator<Item = Option<Claim>> {
    let counter = |shown: &str| Counter::parse(shown, "occurred").unwrap();
    let boot = |name| BootId::parse(name, "occurred").unwrap();
    let anchor = |seconds, asked: Option<&str>, answered, name| Anchor {
        server_time: DateTime::UNIX_EPOCH + TimeDelta::seconds(seconds),
        asked: asked.map(counter),
        answered: counter(answered),
        boot: boot(name),
    };
    let claim = |wall, zone: Option<&str>, shown, name, anchor| {
        Some(Claim {
            wall: DateTime::parse_from_rfc3339(wall).unwrap(),
            zone: zone.map(|zone| Zone::parse(zone, "occurred").unwrap()),
            counter: counter(shown),
            boot: boot(name),
            anchor,
        })
    };
    let (noon, other) = ("2026-11-23T12:00:00+08:00", "2026-11-23T13:00:00+09:00");
    let anchored = |anchor| claim(noon, None, "1", "a", Some(anchor));
    [
        None,
        claim(noon, None, "1", "a", None),
        claim(other, None, "1", "a", None),
        claim(noon, Some("Asia/Shanghai"), "1", "a", None),
        claim(noon, Some("Asia/Tokyo"), "1", "a", None),
        claim(noon, None, "2", "a", None),
        claim(noon, None, "1", "b", None),
        anchored(anchor(1, None, "1", "a")),
        anchored(anchor(2, None, "1", "a")),
        anchored(anchor(1, Some("0"), "1", "a")),
        anchored(anchor(1, Some("1"), "1", "a")),
        anchored(anchor(1, None, "2", "a")),
        anchored(anchor(1, None, "1", "b")),
    ]
    .into_iter()
}

/// What a phone says of a time.
fn claim() -> Claim {
    claims().flatten().next().unwrap()
}

/// One sample of each write with the time that its phone says, where the others say none.
fn said_when(samples: &[Command]) -> Vec<Command> {
    let told: Vec<_> = samples
        .iter()
        .filter_map(|sample| {
            let mut sample = sample.clone();
            match &mut sample {
                Command::CheckInstrument { occurred, .. }
                | Command::SubmitMeasurement { occurred, .. }
                | Command::CorrectFinding { occurred, .. }
                | Command::VoidFinding { occurred, .. }
                | Command::AddSeenInstrument { occurred, .. }
                | Command::DeclarePhotos { occurred, .. }
                | Command::SignRecord { occurred, .. }
                | Command::ReopenVisit { occurred, .. } => *occurred = Some(claim()),
                Command::CheckIn { .. }
                | Command::SubmitVisit { .. }
                | Command::MakePassport
                | Command::ReplaceInspectors { .. } => return None,
            }
            Some(sample)
        })
        .collect();
    assert!(told.iter().all(|told| told.said().unwrap().claim.is_some()));
    told
}

fn promises() -> Vec<Command> {
    let promise = |photos, taken| Command::DeclarePhotos {
        photos,
        taken,
        occurred: None,
    };
    let mut promises: Vec<_> = photos()
        .into_iter()
        .map(|photos| promise(photos, Vec::new()))
        .collect();
    let taken = |photo: u128| vec![(id::<PhotoId>(photo), claim())];
    promises.extend([1, 2].map(|photo| promise(Vec::new(), taken(photo))));
    promises
}

fn arrivals() -> Vec<Command> {
    let at = |seconds| {
        let moment: DateTime<Utc> = DateTime::UNIX_EPOCH + TimeDelta::seconds(seconds);
        Claim {
            wall: moment.fixed_offset(),
            ..claim()
        }
    };
    let arrive = |seconds, latitude, longitude, accuracy_m| Command::CheckIn {
        occurred: at(seconds),
        place: Whereabouts::At(Position {
            latitude,
            longitude,
            accuracy_m,
        }),
        party: None,
    };
    let met = |party| Command::CheckIn {
        occurred: at(1),
        place: Whereabouts::At(Position {
            latitude: 28.0,
            longitude: 112.0,
            accuracy_m: None,
        }),
        party: Some(party),
    };
    let unknown = |why| Command::CheckIn {
        occurred: at(1),
        place: Whereabouts::Unknown(why),
        party: None,
    };
    vec![
        unknown(PositionMissing::NoFix),
        unknown(PositionMissing::NotAllowed),
        unknown(PositionMissing::NoReceiver),
        met(PartyMet::Told),
        met(PartyMet::AsksToStepBack),
        met(PartyMet::NobodyThere),
        arrive(1, 28.0, 112.0, None),
        arrive(2, 28.0, 112.0, None),
        arrive(1, 28.000_001, 112.0, None),
        arrive(1, 28.0, 112.000_001, None),
        arrive(1, 28.0, 112.0, Some(5.0)),
        arrive(1, 28.0, 112.0, Some(6.0)),
    ]
}

fn checks() -> Vec<Command> {
    let day = |day| NaiveDate::from_ymd_opt(2026, 11, day);
    let saw = |check, instrument, mark_valid_until, seal, note| Command::CheckInstrument {
        check: id::<EntryId>(check),
        instrument: id::<InstrumentId>(instrument),
        mark_valid_until,
        seal,
        note,
        occurred: None,
    };
    vec![
        saw(1, 1, None, Seal::Intact, None),
        saw(2, 1, None, Seal::Intact, None),
        saw(1, 2, None, Seal::Intact, None),
        saw(1, 1, day(1), Seal::Intact, None),
        saw(1, 1, day(2), Seal::Intact, None),
        saw(1, 1, None, Seal::Broken, None),
        saw(1, 1, None, Seal::None, None),
        saw(1, 1, None, Seal::Intact, Some(line("甲"))),
        saw(1, 1, None, Seal::Intact, Some(line("乙"))),
    ]
}

fn submit(measurement: u128, instrument: Option<u128>, text: &str) -> Command {
    let words = format!(
        r#"{{"family":"LEGAL_UNITS","seen_on":"2026-11-23","text":"{text}","use":"PRICE_TAG"}}"#
    );
    let input = wire::read_document(&words).map_err(|refused| refused.code);
    Command::SubmitMeasurement {
        measurement: id::<MeasurementId>(measurement),
        instrument: instrument.map(id::<InstrumentId>),
        input: Box::new(input.unwrap()),
        occurred: None,
    }
}

fn measurements() -> Vec<Command> {
    vec![
        submit(1, None, "5 kg"),
        submit(2, None, "5 kg"),
        submit(1, Some(1), "5 kg"),
        submit(1, Some(2), "5 kg"),
        submit(1, None, "6 kg"),
    ]
}

fn amendments() -> Vec<Command> {
    let reason = |text: &str| Reason::parse(&text.repeat(5), "reason").unwrap();
    let void = |entry, text| Command::VoidFinding {
        entry: id::<EntryId>(entry),
        reason: reason(text),
        occurred: None,
    };
    let correct = |measurement, former, text, instrument: Option<u128>, units: &str| {
        let Command::SubmitMeasurement { input, .. } = submit(1, None, units) else {
            unreachable!("a measurement is submitted")
        };
        Command::CorrectFinding {
            measurement: id::<MeasurementId>(measurement),
            former: id::<MeasurementId>(former),
            reason: reason(text),
            instrument: instrument.map(id::<InstrumentId>),
            input,
            occurred: None,
        }
    };
    vec![
        void(1, "甲"),
        void(2, "甲"),
        void(1, "乙"),
        correct(1, 2, "甲", None, "5 kg"),
        correct(2, 2, "甲", None, "5 kg"),
        correct(1, 3, "甲", None, "5 kg"),
        correct(1, 2, "乙", None, "5 kg"),
        correct(1, 2, "甲", Some(1), "5 kg"),
        correct(1, 2, "甲", Some(2), "5 kg"),
        correct(1, 2, "甲", None, "6 kg"),
    ]
}

fn signatures() -> Vec<Command> {
    let signed = |name, photo| Signature::Signed {
        name: line(name),
        photo: id::<PhotoId>(photo),
    };
    let refused = |reason| Signature::Refused {
        reason: line(reason),
    };
    let all = [
        signed("甲", 1),
        signed("乙", 1),
        signed("甲", 2),
        refused("甲"),
        refused("乙"),
    ];
    all.map(|signature| Command::SignRecord {
        signature,
        occurred: None,
    })
    .to_vec()
}
