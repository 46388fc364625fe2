//! The ids that clients choose. Whoever sends something names it, to send it again after a lost answer; nobody learns by a
//! name what somebody else sent.
//!
//! - A write is known by its sender and its id: the same id of another sender is another write.
//! - What citizens file is known by the id and the secret of its sender, and what a reporter adds to a report by that report
//!   and its id: the id that another one chose names nothing here.
//! - What officers make keeps its id, since colleagues and phones use it at once. One that lies already, whoever's it is, is
//!   refused as the own one with other content (`store/row.rs`).

use crate::{digest::sha256, ports::keys::Keys};
use liangxin_domain::{
    actor::Actor,
    id::{CommandId, HeldItemId, HoldingId, MessageId, PhotoId, ReportId, UserId},
    receipts::ReceiptKind,
    reports::report::SenderSecret,
};
use uuid::{Builder, Uuid};

/// Whether the content of a write has nothing in it that cannot be guessed: its digest would tell, to whoever has the
/// database and the server's key and tries them all, the name and the account that somebody else entered for a payee. What
/// citizens send carries their secret or their receipt code.
#[must_use]
pub fn is_guessable(operation: &str) -> bool {
    operation == "RecordClaim"
}

/// Who sends a write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sender {
    /// The actor of the work: a person, or whoever showed the receipt code of one matter.
    Actor,
    /// Whoever knows a secret, by its keyed hash.
    Knows([u8; 32]),
}

/// The sender who knows the secrets of what is filed in one go.
#[must_use]
pub fn sender_of(keys: &Keys, secrets: &[&SenderSecret]) -> Sender {
    let secrets: Vec<&str> = secrets.iter().map(|secret| secret.expose()).collect();
    Sender::Knows(keys.hash("sender", secrets.join("\n").as_bytes()))
}

/// The name under which a write is remembered.
#[must_use]
pub fn of_write(actor: &Actor, sender: Sender, id: CommandId) -> Uuid {
    let who = match (sender, actor) {
        (Sender::Knows(hash), _) => hash.to_vec(),
        (Sender::Actor, Actor::User(user)) => named("user", user.user.uuid()),
        (Sender::Actor, Actor::Reporter(report)) => named("reporter", report.uuid()),
        (Sender::Actor, Actor::Complainant(complaint)) => named("complainant", complaint.uuid()),
        (Sender::Actor, Actor::Anonymous | Actor::System) => actor.kind().into(),
    };
    made_of(&[b"write", &who, id.uuid().as_bytes()])
}

/// The id of a report or a complaint.
#[must_use]
pub fn of_filed(keys: &Keys, kind: ReceiptKind, sent: Uuid, secret: &SenderSecret) -> Uuid {
    let content = [sent.as_bytes().as_slice(), secret.expose().as_bytes()].concat();
    let id = made_of(&[&keys.hash(&format!("id {kind}"), &content)]);
    match kind {
        ReceiptKind::Report => in_time_of(sent, id),
        // Beside the report of the same letter its time would join the two; without one for letters alone, that would.
        ReceiptKind::Complaint => id,
    }
}

/// The id with the time that another one tells, if that tells one (version 7): what comes on the same day is listed as it was
/// sent.
fn in_time_of(sent: Uuid, id: Uuid) -> Uuid {
    if sent.get_version_num() != 7 {
        return id;
    }
    let mut bytes = *id.as_bytes();
    bytes[..6].copy_from_slice(&sent.as_bytes()[..6]);
    bytes[6] = 0x70 | (bytes[6] & 0x0f);
    Uuid::from_bytes(bytes)
}

/// The id of a photo of a report. The report's own id for it is answered as it is.
#[must_use]
pub fn of_photo(report: ReportId, sent: PhotoId) -> PhotoId {
    let of = report.uuid();
    PhotoId::new(made_of(&[b"photo", of.as_bytes(), sent.uuid().as_bytes()]))
}

/// The name of a signed receipt: no other bytes have it.
#[must_use]
pub fn of_receipt(line: &str) -> HoldingId {
    HoldingId::new(made_of(&[b"holding receipt", line.as_bytes()]))
}

/// The id of what a reporter says about a report.
#[must_use]
pub fn of_message(report: ReportId, sent: MessageId) -> MessageId {
    let of = report.uuid();
    MessageId::new(made_of(&[
        b"message",
        of.as_bytes(),
        sent.uuid().as_bytes(),
    ]))
}

/// The name of a write from the field that is held.
#[must_use]
pub fn of_held(sender: UserId, write: CommandId) -> HeldItemId {
    let of = sender.uuid();
    let write = write.uuid();
    HeldItemId::new(made_of(&[b"held item", of.as_bytes(), write.as_bytes()]))
}

/// The name of a mail wherever it goes: in a folder, in the log of a mail server, in a mailbox. A row names the same mail and
/// its matter; nobody comes from one to the other without the key.
#[must_use]
pub fn of_mail(keys: &Keys, noted: Uuid) -> Uuid {
    made_of(&[&keys.hash("mail", noted.as_bytes())])
}

/// The name under which a job asks an address. Whoever has the database and not the key does not see which jobs asked, and so not
/// which found that another one did.
#[must_use]
pub fn of_question(keys: &Keys, job: Uuid) -> Uuid {
    made_of(&[&keys.hash("question", job.as_bytes())])
}

fn named(kind: &str, id: Uuid) -> Vec<u8> {
    [kind.as_bytes(), id.as_bytes()].concat()
}

/// An id like a random one, the same each time. Each part says its length, so that no two lists run into each other.
fn made_of(parts: &[&[u8]]) -> Uuid {
    let mut content = b"liangxin id".to_vec();
    for part in parts {
        content.extend(part.len().to_be_bytes());
        content.extend_from_slice(part);
    }
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&sha256(&content).bytes()[..16]);
    Builder::from_random_bytes(bytes).into_uuid()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ports::ids::Ids;

    #[test]
    fn a_name_is_the_same_each_time_and_another_one_for_everybody_else() {
        let keys = Keys::in_memory(&Ids::seeded(1)).unwrap();
        let id = CommandId::new(Uuid::from_u128(7));
        let secret = |text: &str| SenderSecret::parse(text).unwrap();
        let (mine, theirs) = (secret("c29tZWJvZHktMDAxMQ"), secret("c29tZWJvZHktMDAyMg"));
        let knows = |secret: &SenderSecret| sender_of(&keys, &[secret]);
        let reporter = |n| Actor::Reporter(ReportId::new(Uuid::from_u128(n)));
        let names = [
            of_write(&Actor::Anonymous, knows(&mine), id),
            of_write(&Actor::Anonymous, knows(&theirs), id),
            of_write(&Actor::Anonymous, sender_of(&keys, &[&mine, &theirs]), id),
            of_write(&Actor::Anonymous, Sender::Actor, id),
            of_write(&reporter(1), Sender::Actor, id),
            of_write(&reporter(2), Sender::Actor, id),
            of_filed(&keys, ReceiptKind::Report, id.uuid(), &mine),
            of_filed(&keys, ReceiptKind::Report, id.uuid(), &theirs),
            of_filed(&keys, ReceiptKind::Complaint, id.uuid(), &mine),
        ];
        for (at, name) in names.iter().enumerate() {
            assert!(!names[at + 1..].contains(name), "{at}");
            assert!(CommandId::parse(*name, "id").is_ok());
        }
        let again = of_write(&Actor::Anonymous, knows(&mine), id);
        assert_eq!(again, names[0]);
        let timed = Uuid::from_u128(0x0198_0000_0000_7000_8000_0000_5eed_5eed);
        let filed = of_filed(&keys, ReceiptKind::Report, timed, &mine);
        assert_eq!(filed.as_bytes()[..6], timed.as_bytes()[..6]);
        assert!(CommandId::parse(filed, "id").is_ok() && filed != timed);
        let complaint = of_filed(&keys, ReceiptKind::Complaint, timed, &mine);
        assert_ne!(complaint.as_bytes()[..6], timed.as_bytes()[..6]);
    }
}
