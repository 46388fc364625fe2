//! Names of things. Phones make ids themselves (UUID version 7) and keep them, so that a write
//! repeated after a lost answer names the same thing.

use crate::refusal::{Code, Refusal};
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};
use uuid::Uuid;

macro_rules! id {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize,
        )]
        #[serde(transparent)]
        pub struct $name(Uuid);

        impl $name {
            /// Wraps an id that the database or the id port made.
            #[must_use]
            pub const fn new(id: Uuid) -> Self { Self(id) }

            /// The bare id, for rows and for the wire.
            #[must_use]
            pub const fn uuid(self) -> Uuid { self.0 }

            /// Takes an id that a stranger made. Nil, max and time-stamped-by-hand versions below 4
            /// are refused, because they collide or can be guessed.
            pub fn parse(id: Uuid, field: &'static str) -> Result<Self, Refusal> {
                match id.get_version_num() {
                    4 | 7 => Ok(Self(id)),
                    _ => Err(Refusal::on(Code::FieldFormat, field)),
                }
            }
        }

        impl From<Uuid> for $name {
            fn from(id: Uuid) -> Self { Self(id) }
        }

        impl From<$name> for Uuid {
            fn from(id: $name) -> Self { id.0 }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { self.0.fmt(f) }
        }

        impl FromStr for $name {
            type Err = Refusal;
            fn from_str(text: &str) -> Result<Self, Refusal> {
                Uuid::try_parse(text).map_or_else(
                    |_| Err(Refusal::of(Code::FieldFormat)),
                    |id| Ok(Self(id)),
                )
            }
        }
    )*};
}

id! {
    /// One write, as the phone named it. The same id with the same content is the same write.
    CommandId,
    /// A person with an account.
    UserId,
    /// A phone or browser that signed in.
    DeviceId,
    /// A market regulation department.
    BureauId,
    /// An operator whose instruments and goods are supervised.
    MerchantId,
    /// What an officer said of a tie to a merchant.
    InterestId,
    /// A measuring instrument on a merchant's ledger.
    InstrumentId,
    /// A photo on its way. It follows from the record that owes the photo and from the photo's bytes.
    UploadId,
    /// What one request brought of a photo on its way.
    PartId,
    /// One making of the copies of a photo: what is covered later gets another.
    CopyId,
    /// A tip-off (举报).
    ReportId,
    /// An on-site inspection: dispatched, carried out, submitted.
    VisitId,
    /// A plan of inspections.
    PlanId,
    /// A draw of objects and inspectors.
    DrawId,
    /// One weighing with its verdict.
    MeasurementId,
    /// An entry of the record of a visit: a measurement, or a mark and a seal that were looked at.
    EntryId,
    /// One original photo or signature.
    PhotoId,
    /// A penalty case.
    CaseId,
    /// What became of the reward for one report.
    RewardId,
    /// A file by which rewards go to finance.
    PaymentFileId,
    /// One computed grade of one merchant.
    RatingId,
    /// Something that happened.
    EventId,
    /// Work to be done after a commit.
    JobId,
    /// A year of the calendar that waits for a second person.
    DraftId,
    /// One settled official finding about a merchant.
    FindingId,
    /// A running statutory period.
    ClockId,
    /// What one citizen sent in one go: a complaint, a report, or both.
    SubmissionId,
    /// A consumer dispute (投诉).
    ComplaintId,
    /// A paper of a procedure: a notice, a record, a letter, with how it was served.
    NoticeId,
    /// One sealed identity of a reporter.
    IdentityId,
    /// One opening of a sealed identity: asked for, approved, looked at.
    OpeningId,
    /// One file of a case, as it was made for somebody to take away.
    BundleId,
    /// A signed receipt that photos are held. It follows from what was signed.
    HoldingId,
    /// A part of a photo that is covered.
    RedactionId,
    /// A write from the field that is held. It follows from its sender and from what the phone called it.
    HeldItemId,
    /// A question to a reporter, or the answer.
    MessageId,
    /// A dispute about which bureau is competent.
    DisputeId,
    /// A hint that an officer should look twice; never a decision.
    SignalId,
}

impl From<MeasurementId> for EntryId {
    fn from(measurement: MeasurementId) -> Self {
        Self(measurement.0)
    }
}
