//! Papers.

use super::check_but;
use chrono::{DateTime, TimeDelta};
use liangxin_domain::{
    evidence::digest::Sha256,
    notices::notice::{Channel, Command, Service},
    text::{Line, Narrative},
};
use strum::IntoEnumIterator as _;

#[test]
fn no_two_services_read_alike() {
    let service = |channel, seconds, proof: &str, digest: Option<u8>| Command::RecordService {
        service: Service {
            channel,
            at: DateTime::UNIX_EPOCH + TimeDelta::seconds(seconds),
            proof: Narrative::parse(proof, "proof").unwrap(),
            proof_sha256: digest.map(|byte| Sha256::new([byte; 32])),
        },
        to: None,
        witness: None,
        address_confirmation: None,
    };
    let handed = |to: Option<&str>, seen: Option<&str>, confirmed: Option<&str>| {
        let Command::RecordService { service, .. } = service(Channel::Post, 1, "甲", None);
        let line = |text: Option<&str>| text.map(|text| Line::parse(text, "to").unwrap());
        Command::RecordService {
            service,
            to: line(to),
            witness: line(seen),
            address_confirmation: line(confirmed),
        }
    };
    let mut samples: Vec<_> = Channel::iter()
        .map(|channel| service(channel, 1, "甲", None))
        .collect();
    samples.extend([
        service(Channel::Post, 2, "甲", None),
        service(Channel::Post, 1, "乙", None),
        service(Channel::Post, 1, "甲", Some(1)),
        service(Channel::Post, 1, "甲", Some(2)),
        handed(Some("甲"), None, None),
        handed(Some("乙"), None, None),
        handed(None, Some("甲"), None),
        handed(None, Some("乙"), None),
        handed(None, None, Some("甲")),
        handed(None, None, Some("乙")),
    ]);
    check_but(&samples, &["to", "witness", "address_confirmation"]);
}
