//! Writes from the field that are held: `WAITING -> (applied and gone) | FOR_PERSON -> APPLIED | REFUSED`. Nothing of it is ever
//! dropped: what waits for another write is applied when that comes; what waited too long, and what came after the access of
//! its sender had ended, is put before the head of the office in which the sender sat.

use crate::{
    commands,
    event::Event,
    id::{CommandId, DeviceId, HeldItemId, UserId},
    places::division::DivisionCode,
    policy::{Action, Permit},
    refusal::{Code, Refusal},
    reports::state::Mark,
    step::{Machine, Step},
    text::Reason,
};
use chrono::{DateTime, Utc};
use uuid::Uuid;

words! {
    /// Why a write is held.
    pub enum HoldReason as "HoldReason" {
        /// What it builds on has not come yet.
        Predecessor,
        /// It came when the access of its sender had ended: the account is disabled, or the device is revoked.
        Quarantine,
    }

    /// How a held write stands.
    pub enum HeldState as "HeldItemState" {
        /// It waits for what it builds on.
        Waiting,
        /// It waits for a person.
        ForPerson,
        /// It was applied, by a person or because its days were over.
        Applied,
        /// A person refused it.
        Refused,
    }
}

/// How a held write stands, and how it came to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// It waits for what it builds on.
    Waiting,
    /// It waits for a person.
    ForPerson,
    /// It was applied.
    Applied {
        /// When it was applied.
        at: DateTime<Utc>,
        /// Who did it; nobody where its days were over, and it was applied without what it builds on.
        by: Option<UserId>,
    },
    /// A person refused it.
    Refused {
        /// Who, and when.
        made: Mark,
        /// Why.
        reason: Reason,
    },
}

/// A write from the field that is held.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldItem {
    /// Its id.
    pub id: HeldItemId,
    /// The write, as the phone named it.
    pub write: CommandId,
    /// Whose it is.
    pub sender: UserId,
    /// From which device it came.
    pub device: DeviceId,
    /// Where the sender sat when it came.
    pub office: DivisionCode,
    /// The operation, as the contract names it.
    pub operation: String,
    /// What it is asked of.
    pub thing: Uuid,
    /// The item as it was sent, as JSON without what says nothing.
    pub content: String,
    /// Why it is held.
    pub reason: HoldReason,
    /// The code with which it was refused the last time, if it was tried.
    pub refused_with: Option<String>,
    /// When it came.
    pub arrived_at: DateTime<Utc>,
    /// How it stands.
    pub standing: Standing,
    /// Counts the changes.
    pub version: i32,
}

commands! {
    /// What can be asked of a held write.
    Command:

    /// Apply it in the name of its sender.
    ApplyHeldItem => SettleHeldItem;
    /// Refuse it.
    RefuseHeldItem {
        /// Why.
        reason: Reason,
    } => SettleHeldItem;
}

/// What else a step on a held write needs to know.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Setting {
    /// The moment.
    pub now: DateTime<Utc>,
}

impl HeldItem {
    /// The word for how it stands.
    #[must_use]
    pub const fn state(&self) -> HeldState {
        match self.standing {
            Standing::Waiting => HeldState::Waiting,
            Standing::ForPerson => HeldState::ForPerson,
            Standing::Applied { .. } => HeldState::Applied,
            Standing::Refused { .. } => HeldState::Refused,
        }
    }

    /// Whether it is not settled yet.
    #[must_use]
    pub const fn is_open(&self) -> bool {
        matches!(self.standing, Standing::Waiting | Standing::ForPerson)
    }

    /// Put before a person, with the code with which it was refused, if it was.
    #[must_use]
    pub fn for_person(self, refused_with: Option<Code>) -> Self {
        Self {
            standing: Standing::ForPerson,
            refused_with: refused_with.map(|code| code.as_str().to_owned()),
            ..self
        }
    }

    /// Applied because its days were over, without what it builds on; the row says so for good.
    #[must_use]
    pub fn applied_at_last(self, at: DateTime<Utc>) -> Self {
        Self {
            standing: Standing::Applied { at, by: None },
            ..self
        }
    }
}

impl Machine for HeldItem {
    type Command = Command;
    type Setting = Setting;

    fn take(
        self,
        command: Command,
        permit: &Permit,
        setting: &Setting,
    ) -> Result<Step<Self>, Refusal> {
        let by = permit.person(Action::SettleHeldItem)?;
        if by == self.sender {
            return Err(Refusal::of(Code::ProposerCannotApprove));
        }
        if self.standing != Standing::ForPerson {
            return Err(Refusal::of(Code::WrongState).with(self.state().to_string()));
        }
        let (item, at) = (self.id, setting.now);
        let (standing, event) = match command {
            Command::ApplyHeldItem => {
                let by = Some(by);
                (
                    Standing::Applied { at, by },
                    Event::HeldItemApplied { item },
                )
            }
            Command::RefuseHeldItem { reason } => {
                let made = Mark { by, at };
                (
                    Standing::Refused { made, reason },
                    Event::HeldItemRefused { item },
                )
            }
        };
        Ok(Step {
            after: Self { standing, ..self },
            event,
            clocks: Vec::new(),
            paper: None,
        })
    }
}
