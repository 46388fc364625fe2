//! What is written on a visit, each write with when it was. Writes come in any order, also after the record was closed and
//! before the arrival of whoever wrote them: order of arrival at the server is not the order in which things happened. They
//! are kept, and say so.

use super::{
    command::Command,
    occurred::{Claim, Occurred, TimeMark},
    visit::{Entry, Visit, VisitState},
};
use crate::id::{EntryId, UserId};

words! {
    /// What somebody wrote on a visit.
    pub enum FieldAct as "VisitAct" {
        /// Arrived, or said whom he met.
        CheckIn,
        /// Looked at a mark and a seal.
        CheckInstrument,
        /// Measured.
        Measure,
        /// Put another measurement in the place of one.
        CorrectFinding,
        /// Said that an entry is void.
        VoidFinding,
        /// Saw an instrument that was on no ledger.
        AddSeenInstrument,
        /// Promised photos.
        DeclarePhotos,
        /// Took one of them.
        TakePhoto,
        /// Had the record signed, or noted why not.
        SignRecord,
        /// Closed the record.
        SubmitVisit,
        /// Opened it again.
        ReopenVisit,
    }
}

/// One write on a visit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldWrite {
    /// What was done.
    pub act: FieldAct,
    /// What it made or is about: the measurement, the check, the instrument, the photo.
    pub entry: Option<EntryId>,
    /// Who did it.
    pub by: UserId,
    /// When it was, as the phone said and as the server reckons.
    pub occurred: Occurred,
}

/// What a command says of itself, as a write on a visit.
#[derive(Debug, Clone, Copy)]
pub struct Said<'a> {
    /// What is done.
    pub act: FieldAct,
    /// What it makes or is about.
    pub entry: Option<EntryId>,
    /// What the phone says of when it was.
    pub claim: Option<&'a Claim>,
}

impl Command {
    /// What it says of itself, if it is a write on a visit and not an act of the office.
    #[must_use]
    pub fn said(&self) -> Option<Said<'_>> {
        let (act, entry, claim) = match self {
            Self::CheckIn { occurred, .. } => (FieldAct::CheckIn, None, Some(occurred)),
            Self::CheckInstrument {
                check, occurred, ..
            } => (FieldAct::CheckInstrument, Some(*check), occurred.as_ref()),
            Self::SubmitMeasurement {
                measurement,
                occurred,
                ..
            } => (
                FieldAct::Measure,
                Some((*measurement).into()),
                occurred.as_ref(),
            ),
            Self::CorrectFinding {
                measurement,
                occurred,
                ..
            } => (
                FieldAct::CorrectFinding,
                Some((*measurement).into()),
                occurred.as_ref(),
            ),
            Self::VoidFinding {
                entry, occurred, ..
            } => (FieldAct::VoidFinding, Some(*entry), occurred.as_ref()),
            Self::AddSeenInstrument {
                instrument,
                occurred,
                ..
            } => (
                FieldAct::AddSeenInstrument,
                Some(EntryId::new(instrument.uuid())),
                occurred.as_ref(),
            ),
            Self::DeclarePhotos { occurred, .. } => {
                (FieldAct::DeclarePhotos, None, occurred.as_ref())
            }
            Self::SignRecord { occurred, .. } => (FieldAct::SignRecord, None, occurred.as_ref()),
            Self::SubmitVisit { occurred } => (FieldAct::SubmitVisit, None, occurred.as_ref()),
            Self::ReopenVisit { occurred, .. } => (FieldAct::ReopenVisit, None, occurred.as_ref()),
            Self::MakePassport | Self::ReplaceInspectors { .. } => return None,
        };
        Some(Said { act, entry, claim })
    }
}

impl Visit {
    /// What contradicts the time of a write that comes to the visit as it is. What is said of a record as such, that an entry is
    /// void or that it is open again, is late at no time.
    pub fn marks_of(&self, act: FieldAct, by: Option<UserId>) -> impl Iterator<Item = TimeMark> {
        let is_of_record = matches!(
            act,
            FieldAct::VoidFinding | FieldAct::CorrectFinding | FieldAct::ReopenVisit
        );
        let is_late = matches!(self.state, VisitState::Submitted { .. }) && !is_of_record;
        let has_arrived = by.is_some_and(|by| self.has_arrived(by));
        let is_before = act != FieldAct::CheckIn && !has_arrived;
        let late = is_late.then_some(TimeMark::Late);
        late.into_iter()
            .chain(is_before.then_some(TimeMark::BeforeArrival))
    }

    /// When what a step adds to the record was, if that says more than the write.
    #[must_use]
    pub fn entry_occurred(&self) -> Option<&Occurred> {
        match self.entry.as_ref()? {
            Entry::Check(check) => check.occurred.as_ref(),
            Entry::Measurement(measured) => measured.occurred.as_ref(),
            Entry::Amendment(amendment) => amendment.instead.as_ref()?.occurred.as_ref(),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        id::{MerchantId, VisitId},
        inspections::{
            arrival::{Arrival, PositionMissing, Whereabouts},
            origin::Origin,
            visit::Team,
        },
    };
    use chrono::{DateTime, Utc};
    use uuid::Uuid;

    const NOW: DateTime<Utc> = DateTime::UNIX_EPOCH;

    fn user(n: u128) -> UserId {
        UserId::new(Uuid::from_u128(n))
    }

    fn visit() -> Visit {
        let team = Team::stored([user(1), user(2)]);
        let merchant = MerchantId::new(Uuid::nil());
        let there = (merchant, "430103".parse().unwrap());
        let origin = Origin::Plan(Uuid::nil().into());
        let mut visit = Visit::dispatched(VisitId::new(Uuid::nil()), origin, there, team, NOW);
        visit.state = VisitState::CheckedIn;
        visit.arrivals.push(Arrival {
            at: NOW,
            received_at: NOW,
            place: Whereabouts::Unknown(PositionMissing::NoFix),
            by: user(1),
            certificate_no: None,
            party: None,
        });
        visit
    }

    fn marks(visit: &Visit, act: FieldAct, by: u128) -> Vec<TimeMark> {
        visit.marks_of(act, Some(user(by))).collect()
    }

    #[test]
    fn what_comes_before_its_officers_arrival_or_after_the_closing_says_so() {
        let mut visit = visit();
        let (late, before) = (TimeMark::Late, TimeMark::BeforeArrival);
        assert!(marks(&visit, FieldAct::Measure, 1).is_empty());
        assert_eq!(marks(&visit, FieldAct::Measure, 2), [before]);
        assert!(marks(&visit, FieldAct::CheckIn, 2).is_empty());
        visit.state = VisitState::Submitted { at: NOW };
        assert_eq!(marks(&visit, FieldAct::Measure, 1), [late]);
        assert_eq!(marks(&visit, FieldAct::Measure, 2), [late, before]);
        assert_eq!(marks(&visit, FieldAct::CheckIn, 2), [late]);
        assert!(marks(&visit, FieldAct::VoidFinding, 1).is_empty());
    }
}
