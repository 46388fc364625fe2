//! A dispute about competence (Order 121, article 33): seven working days to agree, each unit by an act of its own,
//! then the common superior designates; a superior may also designate at once.

use super::division::{DivisionCode, Level};
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
const AGREE: &str = "J-DISPUTE";

/// How a dispute ended, if it did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DisputeState {
    /// The units are talking.
    Open,
    /// One of them said whose it is; the other one has to agree by an act of its own.
    Proposed {
        /// Whose it would be.
        unit: DivisionCode,
        /// The unit that said so.
        side: DivisionCode,
        /// Who said so.
        by: UserId,
        /// When it was said.
        at: DateTime<Utc>,
    },
    /// They agreed.
    Agreed {
        /// Whose it is.
        unit: DivisionCode,
        /// Who agreed last.
        by: UserId,
        /// When they agreed.
        at: DateTime<Utc>,
    },
    /// A superior said whose it is.
    Designated {
        /// Whose it is.
        unit: DivisionCode,
        /// Who designated.
        by: UserId,
        /// When it was said.
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
    /// When the dispute was raised.
    pub raised_at: DateTime<Utc>,
    /// How it ended.
    pub state: DisputeState,
    /// How often it was written: each word of a unit is one.
    pub version: i32,
}

commands! {
    /// How a dispute can be ended.
    Command:

    /// Say for one unit whose the report is. Once the other one says the same, they agree.
    SettleCompetenceDispute {
        /// Whose the report is.
        unit: DivisionCode,
        /// The version that the officer saw: what the other unit said since then is no answer to it. None of clients that do
        /// not say it.
        #[serde(skip_serializing_if = "Option::is_none")]
        seen: Option<i32>,
    } => DisputeCompetence;
    /// Say whose it is, as a superior of both.
    DesignateCompetence {
        /// Whose the report is.
        unit: DivisionCode,
        /// The version that the superior saw.
        #[serde(skip_serializing_if = "Option::is_none")]
        seen: Option<i32>,
    } => DesignateCompetence;
}

/// What else the end of a dispute needs to know.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Setting {
    /// The moment.
    pub now: DateTime<Utc>,
    /// The division that the officer sits in.
    pub seat: Option<DivisionCode>,
    /// The unit that the officer speaks for: the holder or the other one, by whose office has it.
    pub side: Option<DivisionCode>,
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
        let clocks = match command {
            Command::SettleCompetenceDispute { unit, seen } => {
                self.check(unit, seen)?;
                let side = setting.side.ok_or_else(|| Refusal::of(Code::Denied))?;
                if self.state.is_agreed_by(unit, side) {
                    self.state = DisputeState::Agreed { unit, by, at };
                    vec![ClockEffect::Satisfy { rule, on }]
                } else {
                    self.state = DisputeState::Proposed { unit, side, by, at };
                    Vec::new()
                }
            }
            // The units did not agree, so their period ends unmet.
            Command::DesignateCompetence { unit, seen } => {
                let seat = setting.seat.ok_or_else(|| Refusal::of(Code::Denied))?;
                if !is_superior_of(seat, self.holder, self.other) {
                    return Err(Refusal::of(Code::NotASuperior));
                }
                self.check(unit, seen)?;
                self.state = DisputeState::Designated { unit, by, at };
                vec![ClockEffect::Lapse { rule, on }]
            }
        };
        Ok(Step {
            event: Event::CompetenceDisputed {
                report: self.report,
            },
            after: self,
            clocks,
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
            version: 1,
        };
        let start = ClockEffect::Start {
            rule: AGREE,
            opened_on: shanghai_date(now),
        };
        Ok((dispute, vec![start]))
    }

    fn check(&self, unit: DivisionCode, seen: Option<i32>) -> Result<(), Refusal> {
        if self.state.ended().is_some() {
            return Err(Refusal::of(Code::DisputeClosed));
        }
        if unit != self.holder && unit != self.other {
            return Err(Refusal::on(Code::OutOfRange, "unit"));
        }
        if seen.is_some_and(|seen| seen != self.version) {
            return Err(Refusal::of(Code::Stale));
        }
        Ok(())
    }
}

impl DisputeState {
    /// Whether a unit says by this what the other one said before.
    fn is_agreed_by(self, whose: DivisionCode, by: DivisionCode) -> bool {
        matches!(self, Self::Proposed { unit, side, .. } if unit == whose && side != by)
    }

    /// Whose the report is, and who said so, once ended.
    #[must_use]
    pub const fn ended(self) -> Option<(DivisionCode, UserId)> {
        match self {
            Self::Open | Self::Proposed { .. } => None,
            Self::Agreed { unit, by, .. } | Self::Designated { unit, by, .. } => Some((unit, by)),
        }
    }
}

/// Whether a division stands above both, so that it may designate (article 33: the common superior,
/// or a superior directly).
fn is_superior_of(division: DivisionCode, a: DivisionCode, b: DivisionCode) -> bool {
    division.level() != Level::County
        && [a, b]
            .iter()
            .all(|lower| division.contains(lower) && division != *lower)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::accounts::role::Role;
    use crate::actor::{Actor, Seat, SignedIn};
    use crate::id::{BureauId, DeviceId};
    use crate::policy::{Facts, Place, Stake, permit};
    use uuid::Uuid;

    fn code(text: &str) -> DivisionCode {
        text.parse().unwrap()
    }

    fn may(action: Action) -> Permit {
        let head = Actor::User(SignedIn {
            user: UserId::new(Uuid::from_u128(1)),
            device: DeviceId::new(Uuid::nil()),
            roles: [Role::Head].into_iter().collect(),
            seat: Seat::Bureau {
                bureau: BureauId::new(Uuid::nil()),
                division: code("430103"),
            },
            settles_on: None,
        });
        let facts = Facts {
            place: Place::Office,
            stake: Stake::None,
        };
        permit(&head, action, facts).unwrap()
    }

    fn raised() -> Dispute {
        let ids = (DisputeId::new(Uuid::nil()), ReportId::new(Uuid::nil()));
        let units = (code("430103"), code("430104"));
        let reason = Narrative::parse("经营地在岳麓区。", "reason").unwrap();
        let permit = may(Action::DisputeCompetence);
        Dispute::raise(ids, units, reason, &permit, DateTime::UNIX_EPOCH)
            .unwrap()
            .0
    }

    fn said(dispute: Dispute, side: Option<&str>, unit: &str) -> Result<Step<Dispute>, Refusal> {
        let setting = Setting {
            now: DateTime::UNIX_EPOCH,
            seat: side.map(code),
            side: side.map(code),
        };
        let settle = Command::SettleCompetenceDispute {
            unit: code(unit),
            seen: None,
        };
        dispute.take(settle, &may(Action::DisputeCompetence), &setting)
    }

    #[test]
    fn units_agree_once_both_have_said_the_same() {
        let one = said(raised(), Some("430103"), "430104").unwrap();
        assert_eq!((one.after.state.ended(), one.clocks.len()), (None, 0));
        let again = said(one.after, Some("430103"), "430104").unwrap().after;
        assert_eq!(again.state.ended(), None, "one unit said it twice");
        let other = said(again, Some("430104"), "430103").unwrap().after;
        assert_eq!(other.state.ended(), None, "they said different things");
        let both = said(other, Some("430103"), "430103").unwrap();
        let whose = both.after.state.ended().map(|(unit, _)| unit);
        assert_eq!((whose, both.clocks.len()), (Some(code("430103")), 1));
        let late = said(both.after, Some("430104"), "430104").unwrap_err();
        assert_eq!(late.code, Code::DisputeClosed);
    }

    #[test]
    fn what_a_unit_answers_is_what_it_saw() {
        let answer = |seen| {
            let mut dispute = said(raised(), Some("430103"), "430104").unwrap().after;
            dispute.version = 2;
            let setting = Setting {
                now: DateTime::UNIX_EPOCH,
                seat: Some(code("430104")),
                side: Some(code("430104")),
            };
            let unit = code("430104");
            let settle = Command::SettleCompetenceDispute { unit, seen };
            dispute.take(settle, &may(Action::DisputeCompetence), &setting)
        };
        assert_eq!(answer(Some(1)).unwrap_err().code, Code::Stale);
        for seen in [Some(2), None] {
            assert!(answer(seen).unwrap().after.state.ended().is_some());
        }
    }

    #[test]
    fn nobody_speaks_for_a_unit_that_is_not_theirs() {
        let refused = said(raised(), None, "430104").unwrap_err();
        assert_eq!(refused.code, Code::Denied);
    }

    #[test]
    fn only_who_stands_above_both_designates() {
        let may = |who, a, b| is_superior_of(code(who), code(a), code(b));
        assert!(may("430100", "430103", "430104"));
        assert!(may("430000", "430103", "430104"));
        assert!(!may("430103", "430103", "430104"));
        assert!(!may("430100", "430103", "430202"));
        assert!(!may("430100", "430100", "430104"));
    }
}
