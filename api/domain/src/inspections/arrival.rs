//! Arriving on site. Each officer arrives for himself: two or more carry out a check, show their certificates
//! unasked, and tell of the right to ask that one of them steps back (SAMR Order 2, articles 4, 21 and 22; Administrative
//! Penalty Law 2021, articles 42, 43 and 55).

use super::{
    command::Setting,
    visit::{Entry, Visit, VisitState},
};
use crate::{
    id::UserId,
    place::Position,
    policy::{Action, Permit},
    refusal::{Code, Refusal},
};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

words! {
    /// Whom an officer met, and what was said. The certificate was shown and the right told wherever somebody was met.
    pub enum PartyMet as "PartyMet" {
        /// The certificate was shown and the right to ask for another officer told; nobody asked.
        Told,
        /// The certificate was shown and the right told, and the party asks that this officer steps back. The check goes
        /// on until the head decides (Order 2, article 4).
        AsksToStepBack,
        /// Nobody was there to show it to.
        NobodyThere,
    }
}

words! {
    /// Why a phone does not know where it is.
    pub enum PositionMissing as "PositionMissing" {
        /// It found no place: inside a building, below the ground.
        NoFix,
        /// It may not tell: the app has no leave, or places are switched off.
        NotAllowed,
        /// It has no receiver.
        NoReceiver,
    }
}

/// Where an officer was, or why nobody knows: a basement is no reason not to work there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Whereabouts {
    /// There.
    At(Position),
    /// Unknown, and why.
    Unknown(PositionMissing),
}

impl Whereabouts {
    /// The place, if it is known.
    #[must_use]
    pub const fn position(&self) -> Option<Position> {
        match self {
            Self::At(position) => Some(*position),
            Self::Unknown(_) => None,
        }
    }

    /// Why it is not known, if it is not.
    #[must_use]
    pub const fn missing(&self) -> Option<PositionMissing> {
        match self {
            Self::At(_) => None,
            Self::Unknown(why) => Some(*why),
        }
    }

    /// One of the two is said: a place, or why there is none.
    pub fn of(
        position: Option<Position>,
        missing: Option<PositionMissing>,
    ) -> Result<Self, Refusal> {
        match (position, missing) {
            (Some(position), None) => Ok(Self::At(position)),
            (None, Some(why)) => Ok(Self::Unknown(why)),
            (None, None) => Err(Refusal::on(Code::FieldRequired, "position")),
            (Some(_), Some(_)) => Err(Refusal::on(Code::OutOfRange, "positionMissing")),
        }
    }
}

/// An officer's arrival on site.
#[derive(Debug, Clone, PartialEq)]
pub struct Arrival {
    /// When: by the phone's clock, as far as that can be.
    pub at: DateTime<Utc>,
    /// When the server heard of it.
    pub received_at: DateTime<Utc>,
    /// Where, as the phone measured it, or why it did not.
    pub place: Whereabouts,
    /// Who arrived.
    pub by: UserId,
    /// The number of the certificate that the officer carries, as it was then; none where it was not kept.
    pub certificate_no: Option<String>,
    /// Whom the officer met; none until that is said.
    pub party: Option<PartyMet>,
}

impl Visit {
    /// An officer arrives, or says whom he met where that was left open; also after the record was closed.
    pub(super) fn check_in(
        mut self,
        permit: &Permit,
        (place, party): (Whereabouts, Option<PartyMet>),
        setting: &Setting,
    ) -> Result<Self, Refusal> {
        let certificate_no = setting.certificate_no.clone();
        let by = permit.person(Action::CheckIn)?;
        let arrival = match self.arrivals.iter().find(|arrival| arrival.by == by) {
            None => Arrival {
                at: setting.occurred.at(),
                received_at: setting.occurred.received_at,
                place,
                by,
                certificate_no,
                party,
            },
            // When and where stay as they were said first.
            Some(known) if known.party.is_none() && party.is_some() => Arrival {
                party,
                certificate_no,
                ..known.clone()
            },
            Some(_) => return Err(self.wrong_state()),
        };
        self.arrivals.retain(|known| known.by != by);
        self.arrivals.push(arrival.clone());
        self.entry = Some(Entry::Arrival(arrival));
        if self.state == VisitState::Dispatched {
            self.state = VisitState::CheckedIn;
        }
        Ok(self)
    }

    /// Whether an officer's arrival is on record.
    #[must_use]
    pub fn has_arrived(&self, user: UserId) -> bool {
        self.arrivals.iter().any(|arrival| arrival.by == user)
    }

    /// Two officers of those who go were there, and each said whom he met.
    pub(super) fn check_arrivals(&self) -> Result<(), Refusal> {
        let arrived = self.arrivals.iter();
        let mut arrived = arrived.filter(|arrival| self.team.has(arrival.by));
        if arrived.clone().count() < 2 {
            return Err(Refusal::of(Code::ArrivalsTwoRequired));
        }
        if arrived.any(|arrival| arrival.party.is_none()) {
            return Err(Refusal::of(Code::CertificateNotShown));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn somebody_who_arrives_says_where_or_why_nobody_knows_and_not_both() {
        let there = Position::parse(28.18, 112.98, None, "p").unwrap();
        let why = PositionMissing::NoFix;
        assert_eq!(
            Whereabouts::of(Some(there), None).unwrap().position(),
            Some(there)
        );
        assert_eq!(
            Whereabouts::of(None, Some(why)).unwrap().missing(),
            Some(why)
        );
        let refused = |position, missing| {
            let refused = Whereabouts::of(position, missing).unwrap_err();
            (refused.code, refused.field)
        };
        assert_eq!(refused(None, None), (Code::FieldRequired, Some("position")));
        let both = refused(Some(there), Some(why));
        assert_eq!(both, (Code::OutOfRange, Some("positionMissing")));
    }
}
