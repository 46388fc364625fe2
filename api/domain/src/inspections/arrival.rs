//! Arriving on site. Each officer arrives for himself: two or more carry out a check, show their certificates
//! unasked, and tell of the right to ask that one of them steps back (SAMR Order 2, articles 4, 21 and 22; Administrative
//! Penalty Law 2021, articles 42, 43 and 55).

use super::visit::{Entry, Visit, VisitState};
use crate::{
    id::UserId,
    limits,
    place::Position,
    policy::{Action, Permit},
    refusal::{Code, Refusal},
};
use chrono::{DateTime, TimeDelta, Utc};

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

/// An officer's arrival on site.
#[derive(Debug, Clone, PartialEq)]
pub struct Arrival {
    /// When, by the phone's clock.
    pub at: DateTime<Utc>,
    /// When the server heard of it.
    pub received_at: DateTime<Utc>,
    /// Where, as the phone measured it.
    pub position: Position,
    /// Who arrived.
    pub by: UserId,
    /// The number of the certificate that the officer carries, as it was then; none where it was not kept.
    pub certificate_no: Option<String>,
    /// Whom the officer met; none until that is said.
    pub party: Option<PartyMet>,
}

impl Visit {
    /// An officer arrives, or says whom he met where that was left open.
    pub(super) fn check_in(
        mut self,
        permit: &Permit,
        (at, position, party): (DateTime<Utc>, Position, Option<PartyMet>),
        (now, certificate_no): (DateTime<Utc>, Option<String>),
    ) -> Result<Self, Refusal> {
        let by = permit.person(Action::CheckIn)?;
        if at > now + TimeDelta::seconds(limits::CLOCK_AHEAD_SECONDS) {
            return Err(Refusal::on(Code::TimeInFuture, "at"));
        }
        if at < self.dispatched_at - TimeDelta::seconds(limits::CLOCK_AHEAD_SECONDS) {
            return Err(Refusal::on(Code::TimeTooOld, "at"));
        }
        if matches!(self.state, VisitState::Submitted { .. }) {
            return Err(self.wrong_state());
        }
        let arrival = match self.arrivals.iter().find(|arrival| arrival.by == by) {
            None => Arrival {
                at,
                received_at: now,
                position,
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
        self.state = VisitState::CheckedIn;
        Ok(self)
    }

    /// Whether an officer's arrival is on record.
    #[must_use]
    pub fn has_arrived(&self, user: UserId) -> bool {
        self.arrivals.iter().any(|arrival| arrival.by == user)
    }

    /// Two officers were there, and each said whom he met.
    pub(super) fn check_arrivals(&self) -> Result<(), Refusal> {
        if self.arrivals.len() < 2 {
            return Err(Refusal::of(Code::ArrivalsTwoRequired));
        }
        if self.arrivals.iter().any(|arrival| arrival.party.is_none()) {
            return Err(Refusal::of(Code::CertificateNotShown));
        }
        Ok(())
    }
}
