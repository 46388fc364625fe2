//! What an event is about: a thing by its id, or a year.

use crate::id::{
    BundleId, CaseId, ClockId, ComplaintId, DeviceId, HeldItemId, HoldingId, IdentityId,
    InstrumentId, JobId, MeasurementId, MerchantId, MessageId, NoticeId, OpeningId, PhotoId,
    RatingId, ReportId, RewardId, UserId, VisitId,
};
use uuid::Uuid;

/// What an event can be about.
pub(super) trait Subject {
    fn subject(&self) -> Uuid;
}

macro_rules! subjects {
    ($($id:ident)*) => {$(
        impl Subject for $id {
            fn subject(&self) -> Uuid {
                self.uuid()
            }
        }
    )*};
}

subjects! {
    BundleId CaseId ClockId ComplaintId DeviceId HeldItemId HoldingId IdentityId InstrumentId JobId MeasurementId MerchantId MessageId NoticeId OpeningId PhotoId
    RatingId ReportId RewardId UserId VisitId
}

impl Subject for i32 {
    fn subject(&self) -> Uuid {
        subject_of_year(*self)
    }
}

/// A year stands where others name a thing by its id.
#[must_use]
pub fn subject_of_year(year: i32) -> Uuid {
    Uuid::from_u128(u128::from(year.unsigned_abs()))
}
