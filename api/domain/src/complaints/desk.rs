//! What a complaint carries before it is accepted, and on whose desk it lies.

use super::{consent::RepresentedConsent, ground::RefusalReason};
use crate::{id::UserId, places::division::DivisionCode, text::Narrative};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

/// What made a complaint stand in the register.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RegisteredBy {
    /// The complaint itself.
    Form,
    /// The unit without competence gave it back.
    Return,
    /// The competent unit signed for the dispatch.
    Receipt,
    /// The identity was proved.
    IdentityProof,
}

/// On whose desk the complaint lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Desk {
    /// The unit that took it in, which may dispatch it.
    Intake,
    /// A unit that it was dispatched to, which may not pass it on (article 41).
    Competent,
}

/// Received, not yet decided on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Registered {
    /// Whose desk it lies on.
    pub desk: Desk,
    /// What put it there.
    pub by: RegisteredBy,
    /// A refusal that waits for a head.
    pub refusal: Option<Proposed<RefusalReason>>,
}

/// On its way to the competent unit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Dispatch {
    /// The unit that sent it, and gets it back.
    pub from: DivisionCode,
    /// Who sent it.
    pub by: UserId,
    /// When it was sent on.
    pub at: DateTime<Utc>,
}

/// The request to prove one's identity (form 4).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IdProof {
    /// Whose desk the complaint lies on.
    pub desk: Desk,
    /// Who asked.
    pub by: UserId,
    /// When the complainant was asked for it.
    pub at: DateTime<Utc>,
    /// The last day for the proof.
    pub until: NaiveDate,
    /// A refusal that waits for a head.
    pub refusal: Option<Proposed<RefusalReason>>,
}

/// Something that one person proposed and another has to approve.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Proposed<T> {
    /// What.
    pub what: T,
    /// Who proposed it.
    pub by: UserId,
    /// When it was proposed.
    pub at: DateTime<Utc>,
}

/// Something that one person proposed and another approved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Approved<T> {
    /// What.
    pub what: T,
    /// Who proposed it.
    pub proposed_by: UserId,
    /// Who approved it.
    pub by: UserId,
    /// When it was approved.
    pub at: DateTime<Utc>,
}

/// A refusal (form 6).
pub type Refused = Approved<RefusalReason>;

/// The complainant took it back before acceptance; the order has no form for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Withdrawn {
    /// The officer who wrote it down, if the complainant did not do it alone.
    pub noted_by: Option<UserId>,
    /// When the complainant took it back.
    pub at: DateTime<Utc>,
    /// Why, if said.
    pub words: Option<Narrative>,
    /// The consent of the persons who are represented.
    pub represented: Option<RepresentedConsent>,
}

/// Who decided to accept, and when (form 5).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Acceptance {
    /// Who.
    pub by: UserId,
    /// When it was accepted.
    pub at: DateTime<Utc>,
}
