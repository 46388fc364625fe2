//! A complaint.

pub use super::mediation::RECUSE;

use super::{
    desk::{Desk, Registered, RegisteredBy},
    filing::Representation,
    side::SideRecords,
    state::{ComplaintState, ComplaintStateKind},
};
use crate::{
    accounts::interest::Party,
    event::Event,
    id::{ComplaintId, MerchantId, UserId},
    law::{calendar::shanghai_date, effect::ClockEffect},
    notices::paper::Paper,
    places::division::DivisionCode,
    policy::{Action, Permit},
    refusal::{Code, Refusal},
    step::Step,
};
use chrono::{DateTime, Utc};

/// The period for accepting or refusing (article 15).
pub const ACCEPT: &str = "C-ACCEPT";
/// The day for proving one's identity (article 10, form 4).
pub const ID_PROOF: &str = "C-IDPROOF";
/// The period for the mediation (article 23, item 5).
pub const MEDIATE: &str = "C-MEDIATE";
/// The period for telling both sides of a termination (article 23).
pub const TELL_TERMINATION: &str = "C-TERMNOTE";
/// How late one may complain (article 16, item 4).
pub const LIMIT: &str = "C-LIMIT";

/// A complaint as its handlers know it. Who the parties are is sealed elsewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Complaint {
    /// Its id.
    pub id: ComplaintId,
    /// Its number on paper, such as `TS-430103-2026-000123`.
    pub number: String,
    /// Whose desk it lies on.
    pub division: DivisionCode,
    /// The unit that took it in.
    pub taken_in_by: DivisionCode,
    /// The operator, once known.
    pub merchant: Option<MerchantId>,
    /// Who handles it.
    pub handler: Option<UserId>,
    /// Whether somebody stands behind those who speak.
    pub standing: Representation,
    /// The beginning of the day on which the system had it; of those of before this was kept by the day, the moment. The day
    /// picks the edition of the grounds.
    pub received_at: DateTime<Utc>,
    /// How far it has come.
    pub state: ComplaintState,
    /// What was recorded beside the states.
    pub side: SideRecords,
    /// Counts the changes; a save against an older one is refused.
    pub version: i32,
}

impl Complaint {
    /// Whom it is about, once known, and since when.
    #[must_use]
    pub fn party(&self) -> Option<Party> {
        self.merchant.map(|merchant| Party {
            merchant,
            since: shanghai_date(self.received_at),
        })
    }

    /// A complaint comes in (article 10, form 1). The seven working days of article 15 open on the
    /// day on which the competent bureau has it.
    pub fn register(
        permit: &Permit,
        (id, number): (ComplaintId, String),
        (division, merchant): (DivisionCode, Option<MerchantId>),
        standing: Representation,
        now: DateTime<Utc>,
    ) -> Result<Step<Self>, Refusal> {
        permit.allows(Action::FileComplaint)?;
        let complaint = Self {
            id,
            number,
            division,
            taken_in_by: division,
            merchant,
            handler: None,
            standing,
            received_at: now,
            state: ComplaintState::Registered(Registered {
                desk: Desk::Intake,
                by: RegisteredBy::Form,
                refusal: None,
            }),
            side: SideRecords::default(),
            version: 1,
        };
        let opened_on = crate::law::calendar::shanghai_date(now);
        let opened = ClockEffect::Start {
            rule: ACCEPT,
            opened_on,
        };
        Ok(complaint.stepped(Event::ComplaintFiled { complaint: id }, vec![opened]))
    }

    /// Whether that person handles it.
    #[must_use]
    pub fn is_handled_by(&self, user: UserId) -> bool {
        self.handler == Some(user)
    }

    /// The word for its state.
    #[must_use]
    pub const fn kind(&self) -> ComplaintStateKind {
        self.state.kind()
    }

    /// The step into the present state, with its paper.
    pub(super) fn stepped(self, event: Event, clocks: Vec<ClockEffect>) -> Step<Self> {
        let paper = Some(self.state.paper());
        self.noted(event, clocks, paper)
    }

    /// A note that leaves the state as it is.
    pub(super) const fn noted(
        self,
        event: Event,
        clocks: Vec<ClockEffect>,
        paper: Option<Paper>,
    ) -> Step<Self> {
        Step {
            after: self,
            event,
            clocks,
            paper,
        }
    }

    pub(super) fn wrong_state(&self) -> Refusal {
        Refusal::of(Code::WrongState).with(self.kind().to_string())
    }
}
