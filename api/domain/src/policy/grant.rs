//! Who may, for one: a kind of actor, or a person with a role and a tie to the thing.

use super::{Facts, Place, Stake};
use crate::{accounts::role::Role, actor::Actor};

/// What ties a person with a role to the thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tie {
    Anywhere,
    /// A thing of the own office.
    Office,
    /// A thing of the own office or of one below.
    Above,
    Own,
    Assigned,
    /// Sent to do it, by the own office.
    Handling,
    /// The own opening of a thing of the own office.
    Opening,
    /// Investigates it, for the own office or one below.
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
    (office $($role:ident)+) => {
        Grant::Person(Tie::Office, &[$(Role::$role),+])
    };
    (above $($role:ident)+) => {
        Grant::Person(Tie::Above, &[$(Role::$role),+])
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
        let is_of_office = facts.place == Place::Office;
        let is_within = facts.place != Place::Elsewhere;
        match self {
            Self::Anywhere => true,
            Self::Office => is_of_office,
            Self::Above => is_within,
            Self::Own => facts.stake == Stake::Own,
            Self::Assigned => facts.stake == Stake::Assigned,
            Self::Handling => is_of_office && facts.stake == Stake::Assigned,
            Self::Opening => is_of_office && facts.stake == Stake::Own,
            Self::Investigating => is_within && facts.stake == Stake::Investigator,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::Action;
    use super::*;
    use strum::IntoEnumIterator as _;

    #[test]
    fn where_a_superior_acts_the_row_says_why_and_nowhere_else() {
        for action in Action::iter() {
            let is_above = |grant: &Grant| matches!(grant, Grant::Person(Tie::Above, _));
            let acts = action.grants().iter().any(is_above);
            assert_eq!(acts, action.reason_from_above().is_some(), "{action}");
        }
    }
}
