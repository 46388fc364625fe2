//! Who may, for one: a kind of actor, or a person with a role and a tie to the thing.

use super::{Facts, Place, Stake};
use crate::{accounts::role::Role, actor::Actor};

/// What ties a person with a role to the thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tie {
    Anywhere,
    Within,
    Own,
    Assigned,
    /// Sent to do it, in the own division.
    Handling,
    /// The own opening of a thing in the own division.
    Opening,
    /// Investigated it, in the own division.
    Investigating,
}

/// Who may, for one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Grant {
    /// Whoever comes; the program itself does not.
    Anybody,
    /// The reporter of the report, by receipt code.
    Reporter,
    /// The complainant, by receipt code.
    Complainant,
    /// The program, when a period is over.
    System,
    /// The account that the thing belongs to.
    Account,
    /// A person with one of the roles, tied to the thing.
    Person(Tie, &'static [Role]),
}

macro_rules! grant {
    (anybody) => {
        Grant::Anybody
    };
    (reporter) => {
        Grant::Reporter
    };
    (complainant) => {
        Grant::Complainant
    };
    (system) => {
        Grant::System
    };
    (account) => {
        Grant::Account
    };
    (anywhere $($role:ident)+) => {
        Grant::Person(Tie::Anywhere, &[$(Role::$role),+])
    };
    (within $($role:ident)+) => {
        Grant::Person(Tie::Within, &[$(Role::$role),+])
    };
    (own $($role:ident)+) => {
        Grant::Person(Tie::Own, &[$(Role::$role),+])
    };
    (assigned $($role:ident)+) => {
        Grant::Person(Tie::Assigned, &[$(Role::$role),+])
    };
    (handling $($role:ident)+) => {
        Grant::Person(Tie::Handling, &[$(Role::$role),+])
    };
    (opening $($role:ident)+) => {
        Grant::Person(Tie::Opening, &[$(Role::$role),+])
    };
    (investigating $($role:ident)+) => {
        Grant::Person(Tie::Investigating, &[$(Role::$role),+])
    };
}

pub(super) use grant;

impl Grant {
    pub(super) const fn needs_account(self) -> bool {
        matches!(self, Self::Account | Self::Person(..))
    }

    pub(super) fn is_for(self, actor: &Actor) -> bool {
        match self {
            Self::Anybody => !matches!(actor, Actor::System),
            Self::Reporter => matches!(actor, Actor::Reporter(_)),
            Self::Complainant => matches!(actor, Actor::Complainant(_)),
            Self::System => matches!(actor, Actor::System),
            Self::Account => actor.user().is_some(),
            Self::Person(_, roles) => roles.iter().any(|role| actor.is(*role)),
        }
    }

    pub(super) fn holds(self, actor: &Actor, facts: Facts) -> bool {
        let is_tied = match self {
            Self::Anybody | Self::System => true,
            Self::Reporter | Self::Complainant | Self::Account => facts.stake == Stake::Own,
            Self::Person(tie, _) => tie.holds(facts),
        };
        is_tied && self.is_for(actor)
    }
}

impl Tie {
    fn holds(self, facts: Facts) -> bool {
        let is_within = facts.place == Place::Within;
        match self {
            Self::Anywhere => true,
            Self::Within => is_within,
            Self::Own => facts.stake == Stake::Own,
            Self::Assigned => facts.stake == Stake::Assigned,
            Self::Handling => is_within && facts.stake == Stake::Assigned,
            Self::Opening => is_within && facts.stake == Stake::Own,
            Self::Investigating => is_within && facts.stake == Stake::Investigator,
        }
    }
}
