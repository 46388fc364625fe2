//! How a complaint ends: agreed, terminated, closed, archived.

use super::{
    consent::{RepresentedConsent, Way},
    desk::{Acceptance, Approved, Refused, Withdrawn},
    ground::TerminationReason,
    mediation::Mediation,
};
use crate::{
    id::UserId,
    text::{Line, Narrative},
};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

// Article 24.
/// The form that an agreement takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(
    feature = "wire",
    derive(async_graphql::Enum),
    graphql(name = "AgreementForm")
)]
pub enum AgreementForm {
    // Form 9, signed by both sides.
    /// A mediation letter; needs a session on site.
    Letter,
    /// Performed at once, or nobody wants a letter.
    Performed,
}

/// Who mediated in the end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MediatedBy {
    /// The bureau.
    Bureau,
    /// A body in its name.
    Body(Line),
}

/// An agreement (article 24).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Agreed {
    /// What happened before.
    pub mediation: Mediation,
    /// Who mediated.
    pub mediated_by: MediatedBy,
    /// What was agreed.
    pub terms: Narrative,
    /// The consent of the persons who are represented.
    pub represented: Option<RepresentedConsent>,
    /// Who wrote it down.
    pub by: UserId,
    /// When the sides agreed.
    pub at: DateTime<Utc>,
}

/// That a side was told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Told {
    /// By which way.
    pub way: Way,
    /// When the side was told.
    pub at: DateTime<Utc>,
}

/// Terminated without agreement (form 8); both sides have to be told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Terminated {
    /// Who accepted, and when.
    pub acceptance: Acceptance,
    /// Why, who proposed and who approved.
    pub decision: Approved<TerminationReason>,
    /// How the complainant was told.
    pub complainant_told: Option<Told>,
    /// How the operator was told.
    pub respondent_told: Option<Told>,
}

impl Terminated {
    /// Whether both sides know.
    #[must_use]
    pub const fn is_told_to_both(&self) -> bool {
        self.complainant_told.is_some() && self.respondent_told.is_some()
    }
}

/// How a complaint ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Ending {
    /// Refused.
    Refused(Refused),
    /// Withdrawn.
    Withdrawn(Withdrawn),
    /// Agreed with a letter.
    AgreedLetter(Agreed),
    /// Agreed without one.
    AgreedPerformed(Agreed),
    /// Terminated.
    Terminated(Terminated),
}

/// Over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Closed {
    /// How.
    pub ending: Ending,
    /// Who closed the file.
    pub by: UserId,
    /// When the complaint was closed.
    pub at: DateTime<Utc>,
}

/// In the archive.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Archived {
    /// The closed file.
    pub closed: Closed,
    /// Who archived it.
    pub by: UserId,
    /// When it went to the archive.
    pub at: DateTime<Utc>,
}
