//! What a person with an account may be. A person may hold several roles.

use serde::Serialize;
use std::collections::BTreeSet;

words! {
    /// What a person with an account may be.
    pub enum Role as "Role" {
        /// Goes out, measures, records.
        Inspector,
        /// Takes in reports, dispatches.
        IntakeOfficer,
        /// Drives a case up to the decision.
        CaseOfficer,
        /// Audits cases that others investigated.
        LegalAuditor,
        /// Files and decides cases.
        Head,
        /// Screens rewards.
        RewardOfficer,
        /// Acts for a merchant.
        Merchant,
        /// Reads logs and digests without content.
        SecurityAuditor,
        /// Keeps accounts and calendars.
        Administrator,
        /// Reads what lies with the own office and those below, and decides nothing.
        Supervisor,
    }
}

/// The roles of one person.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Roles(BTreeSet<Role>);

impl Roles {
    /// Whether the role is among them.
    #[must_use]
    pub fn has(&self, role: Role) -> bool {
        self.0.contains(&role)
    }

    /// The roles in their fixed order.
    pub fn iter(&self) -> impl Iterator<Item = Role> + '_ {
        self.0.iter().copied()
    }
}

impl FromIterator<Role> for Roles {
    fn from_iter<I: IntoIterator<Item = Role>>(roles: I) -> Self {
        Self(roles.into_iter().collect())
    }
}
