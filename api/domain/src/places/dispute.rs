//! A dispute about competence (Order 121, article 33): seven working days to agree, then the common
//! superior designates; a superior may also designate at once.

use super::{competence::is_superior_of, division::DivisionCode};
use crate::{
    id::{DisputeId, ReportId, UserId},
    law::{calendar::shanghai_date, effect::ClockEffect},
    policy::{Action, Permit},
    refusal::{Code, Refusal},
    text::Narrative,
};
use chrono::{DateTime, Utc};

/// The two units agree: Order 121, article 33.
pub const AGREE: &str = "J-DISPUTE";

/// How a dispute ended, if it did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DisputeState {
    /// The units are talking.
    Open,
    /// They agreed.
    Agreed {
        /// Whose it is.
        unit: DivisionCode,
        /// Who noted it.
        by: UserId,
        /// When.
        at: DateTime<Utc>,
    },
    /// A superior said whose it is.
    Designated {
        /// Whose it is.
        unit: DivisionCode,
        /// Who designated.
        by: UserId,
        /// When.
        at: DateTime<Utc>,
    },
}

/// A dispute about who is competent for a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dispute {
    /// Its id.
    pub id: DisputeId,
    /// The report.
    pub report: ReportId,
    /// The unit that has it.
    pub holder: DivisionCode,
    /// The unit that is said to be competent instead.
    pub other: DivisionCode,
    /// Why.
    pub reason: Narrative,
    /// Who raised it.
    pub raised_by: UserId,
    /// When.
    pub raised_at: DateTime<Utc>,
    /// How it ended.
    pub state: DisputeState,
}

impl Dispute {
    /// A unit says that another one is competent; the period for agreeing opens.
    pub fn raise(
        (id, report): (DisputeId, ReportId),
        (holder, other): (DivisionCode, DivisionCode),
        reason: Narrative,
        permit: &Permit,
        now: DateTime<Utc>,
    ) -> Result<(Self, Vec<ClockEffect>), Refusal> {
        if holder == other {
            return Err(Refusal::on(Code::OutOfRange, "other"));
        }
        let dispute = Self {
            id,
            report,
            holder,
            other,
            reason,
            raised_by: permit.person(Action::DisputeCompetence)?,
            raised_at: now,
            state: DisputeState::Open,
        };
        let start = ClockEffect::Start {
            rule: AGREE,
            opened_on: shanghai_date(now),
        };
        Ok((dispute, vec![start]))
    }

    /// The units agree on one of them.
    pub fn agree(
        mut self,
        unit: DivisionCode,
        permit: &Permit,
        now: DateTime<Utc>,
    ) -> Result<(Self, Vec<ClockEffect>), Refusal> {
        let by = permit.person(Action::DisputeCompetence)?;
        self.check(unit)?;
        self.state = DisputeState::Agreed { unit, by, at: now };
        let on = shanghai_date(now);
        Ok((self, vec![ClockEffect::Satisfy { rule: AGREE, on }]))
    }

    /// A superior of both says whose it is. The units did not agree, so their period ends unmet.
    pub fn designate(
        mut self,
        (seat, unit): (DivisionCode, DivisionCode),
        permit: &Permit,
        now: DateTime<Utc>,
    ) -> Result<(Self, Vec<ClockEffect>), Refusal> {
        let by = permit.person(Action::DesignateCompetence)?;
        if !is_superior_of(seat, self.holder, self.other) {
            return Err(Refusal::of(Code::NotASuperior));
        }
        self.check(unit)?;
        self.state = DisputeState::Designated { unit, by, at: now };
        let on = shanghai_date(now);
        Ok((self, vec![ClockEffect::Lapse { rule: AGREE, on }]))
    }

    fn check(&self, unit: DivisionCode) -> Result<(), Refusal> {
        if self.state != DisputeState::Open {
            return Err(Refusal::of(Code::DisputeClosed));
        }
        if unit != self.holder && unit != self.other {
            return Err(Refusal::on(Code::OutOfRange, "unit"));
        }
        Ok(())
    }
}
