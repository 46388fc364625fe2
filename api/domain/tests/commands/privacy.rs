//! Openings of identities, and what is said to a reporter and by one.

use super::{check, photos};
use liangxin_domain::{
    id::{MessageId, ReportId},
    privacy::{
        conversation,
        identity::IdentityField,
        message::MessageText,
        opening::{self, NewOpening, OpeningPurpose},
    },
    text::Text,
};
use strum::IntoEnumIterator as _;
use uuid::Uuid;

fn message(id: u128) -> MessageId {
    MessageId::new(Uuid::from_u128(id))
}

#[test]
fn no_two_requests_for_an_opening_read_alike() {
    let request = |report, purpose, reason: &str, fields: &[IdentityField]| {
        NewOpening::RequestIdentityOpening {
            report: ReportId::new(Uuid::from_u128(report)),
            payee: false,
            purpose,
            reason: Text::parse(reason, "reason").unwrap(),
            fields: fields.to_vec(),
        }
    };
    let name = [IdentityField::Name];
    let mut samples: Vec<_> = OpeningPurpose::iter()
        .map(|purpose| request(1, purpose, "甲", &name))
        .collect();
    let protection = OpeningPurpose::Protection;
    samples.extend([
        request(2, protection, "甲", &name),
        request(1, protection, "乙", &name),
        request(1, protection, "甲", &[]),
    ]);
    let mut of_payee = request(1, protection, "甲", &name);
    let NewOpening::RequestIdentityOpening { payee, .. } = &mut of_payee;
    *payee = true;
    samples.push(of_payee);
    let others = IdentityField::iter().filter(|field| *field != IdentityField::Name);
    samples.extend(others.map(|field| request(1, protection, "甲", &[field])));
    check(&samples);
}

#[test]
fn no_two_steps_of_an_opening_read_alike() {
    check(&[
        opening::Command::ApproveIdentityOpening { hours: 1 },
        opening::Command::ApproveIdentityOpening { hours: 2 },
        opening::Command::OpenIdentity,
    ]);
}

#[test]
fn nothing_that_is_said_reads_like_anything_else() {
    use conversation::Command;
    let text = |text: &str| MessageText::parse(text, "text").unwrap();
    let ask = |id, words| Command::AskReporter {
        message: message(id),
        text: text(words),
    };
    let answer = |id, question: Option<u128>, words| Command::AnswerQuestion {
        message: message(id),
        question: question.map(message),
        text: text(words),
    };
    let mut samples = vec![
        ask(1, "甲"),
        ask(2, "甲"),
        ask(1, "乙"),
        answer(1, None, "甲"),
        answer(2, None, "甲"),
        answer(1, Some(3), "甲"),
        answer(1, Some(4), "甲"),
        answer(1, None, "乙"),
    ];
    let photos = photos().into_iter();
    samples.extend(photos.map(|photos| Command::AddReportPhotos { photos }));
    check(&samples);
}
