//! Consents: who, to what, when, and how it was given.

use crate::id::UserId;
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

words! {
    /// A side of a dispute.
    pub enum Side as "DisputeSide" {
        /// The consumer.
        Complainant,
        /// The operator.
        Respondent,
    }

    /// By which way somebody said or was told something.
    pub enum Way as "ContactWay" {
        /// In person.
        InPerson,
        /// Over the internet.
        Internet,
        /// By telephone.
        Phone,
        /// By text message.
        Sms,
        /// By e-mail.
        Email,
        /// By post.
        Post,
    }
}

/// A consent: how it was given, when, and who wrote it down.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Consent {
    /// By which way.
    pub way: Way,
    /// When the side consented.
    pub at: DateTime<Utc>,
    /// The officer who wrote it down; nobody if the side gave it by its own hand.
    pub noted_by: Option<UserId>,
}

/// The consents that are there so far.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Consents {
    /// The complainant's.
    pub complainant: Option<Consent>,
    /// The operator's.
    pub respondent: Option<Consent>,
}

/// Both consents: without them nothing is mediated (articles 18 and 19).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BothConsents {
    /// The complainant's.
    pub complainant: Consent,
    /// The operator's.
    pub respondent: Consent,
}

impl Consents {
    /// Both of them, if both are there.
    #[must_use]
    pub fn both(&self) -> Option<BothConsents> {
        Some(BothConsents {
            complainant: self.complainant?,
            respondent: self.respondent?,
        })
    }

    pub(super) fn give(&mut self, side: Side, consent: Consent) {
        let slot = match side {
            Side::Complainant => &mut self.complainant,
            Side::Respondent => &mut self.respondent,
        };
        // The first consent counts: said again later, it was still given then.
        slot.get_or_insert(consent);
    }
}

/// The consent of the persons behind a representative, without whom nothing is changed, waived or
/// settled (article 12).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RepresentedConsent {
    /// The day on which all of them agreed.
    pub on: NaiveDate,
    /// By which way.
    pub way: Way,
}

words! {
    /// What a consent is about.
    pub enum ConsentMatter as "ConsentMatter" {
        // Article 18.
        /// Mediation by the bureau.
        Mediation,
        // Article 19.
        /// Mediation by a lawful body.
        Entrustment,
        /// Publication of complaint information.
        Publication,
    }
}

/// A consent as it stands in the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ConsentRecord {
    /// Whose.
    pub side: Side,
    /// To what.
    pub matter: ConsentMatter,
    /// How and when.
    pub consent: Consent,
    /// When it was withdrawn.
    pub withdrawn_at: Option<DateTime<Utc>>,
}

words! {
    /// By whom a side agrees to be mediated.
    pub enum MediationConsent as "MediationConsent" {
        // Article 18.
        /// By the bureau.
        Mediation,
        // Article 19.
        /// By a lawful body in its name.
        Entrustment,
    }
}

impl From<MediationConsent> for ConsentMatter {
    fn from(to: MediationConsent) -> Self {
        match to {
            MediationConsent::Mediation => Self::Mediation,
            MediationConsent::Entrustment => Self::Entrustment,
        }
    }
}
