//! Papers.

use super::check;
use chrono::{DateTime, TimeDelta};
use liangxin_domain::{
    evidence::digest::Sha256,
    notices::notice::{Channel, Command, Service},
    text::Narrative,
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
    };
    let mut samples: Vec<_> = Channel::iter()
        .map(|channel| service(channel, 1, "甲", None))
        .collect();
    samples.extend([
        service(Channel::Post, 2, "甲", None),
        service(Channel::Post, 1, "乙", None),
        service(Channel::Post, 1, "甲", Some(1)),
        service(Channel::Post, 1, "甲", Some(2)),
    ]);
    check(&samples);
}
