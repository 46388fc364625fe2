//! A dispute about competence (Order 121, article 33): seven working days to agree, then the common
//! superior designates; a superior may also designate at once.

use super::{competence::is_superior_of, division::DivisionCode};
use crate::{
    commands,
    event::Event,
    id::{DisputeId, ReportId, UserId},
    law::{calendar::shanghai_date, effect::ClockEffect},
    policy::{Action, Permit},
    refusal::{Code, Refusal},
    step::{Command as _, Machine, Step},
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

commands! {
    /// How a dispute can be ended.
    Command:

    /// Note that the units agree on one of them.
    SettleCompetenceDispute {
        /// Whose the report is.
        unit: DivisionCode,
    } => DisputeCompetence;
    /// Say whose it is, as a superior of both.
    DesignateCompetence {
        /// Whose the report is.
        unit: DivisionCode,
    } => DesignateCompetence;
}

/// What else the end of a dispute needs to know.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Setting {
    /// The moment.
    pub now: DateTime<Utc>,
    /// The division that the officer sits in.
    pub seat: Option<DivisionCode>,
}

impl Machine for Dispute {
    type Command = Command;
    type Setting = Setting;

    fn take(
        mut self,
        command: Command,
        permit: &Permit,
        setting: &Setting,
    ) -> Result<Step<Self>, Refusal> {
        let (by, at) = (permit.person(command.action())?, setting.now);
        let (rule, on) = (AGREE, shanghai_date(at));
        let clock = match command {
            Command::SettleCompetenceDispute { unit } => {
                self.check(unit)?;
                self.state = DisputeState::Agreed { unit, by, at };
                ClockEffect::Satisfy { rule, on }
            }
            // The units did not agree, so their period ends unmet.
            Command::DesignateCompetence { unit } => {
                let seat = setting.seat.ok_or_else(|| Refusal::of(Code::Denied))?;
                if !is_superior_of(seat, self.holder, self.other) {
                    return Err(Refusal::of(Code::NotASuperior));
                }
                self.check(unit)?;
                self.state = DisputeState::Designated { unit, by, at };
                ClockEffect::Lapse { rule, on }
            }
        };
        Ok(Step {
            event: Event::CompetenceDisputed {
                report: self.report,
            },
            after: self,
            clocks: vec![clock],
            paper: None,
        })
    }
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

impl DisputeState {
    /// Whose the report is, and who said so, once ended.
    #[must_use]
    pub const fn ended(self) -> Option<(DivisionCode, UserId)> {
        match self {
            Self::Open => None,
            Self::Agreed { unit, by, .. } | Self::Designated { unit, by, .. } => Some((unit, by)),
        }
    }
}
