//! What a complaint carries while it is mediated: consents, sessions, bodies, requests about
//! mediators, tests.

use super::{
    consent::{BothConsents, Consents, Side},
    desk::{Acceptance, Proposed},
    ground::TerminationReason,
};
use crate::{
    id::UserId,
    law::effect::ClockEffect,
    text::{Line, Narrative},
};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

/// The day for asking that a mediator steps back (article 21, form 7).
pub const RECUSE: &str = "C-RECUSE";

/// Accepted; the sides are asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Accepted {
    /// Who accepted, and when.
    pub acceptance: Acceptance,
    /// The consents to mediation by the bureau.
    pub mediation: Consents,
    /// The consents to mediation by a body.
    pub entrustment: Consents,
    /// A termination that waits for a head.
    pub termination: Option<Proposed<TerminationReason>>,
}

/// What has happened in a mediation so far.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mediation {
    /// Who accepted, and when.
    pub acceptance: Acceptance,
    /// The consents.
    pub consents: BothConsents,
    /// The on-site session that was announced and has not been held (form 7).
    pub announced: Option<Announcement>,
    /// The sessions that were held.
    pub sessions: Vec<Session>,
}

/// The notice of an on-site session: time, place, mediators (article 20, form 7).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Announcement {
    /// When it will be.
    pub meets_at: DateTime<Utc>,
    /// Where.
    pub place: Line,
    /// Who mediates.
    pub mediators: Vec<Line>,
    /// The last day to ask that a mediator steps back.
    pub recusal_until: NaiveDate,
    /// Who announced it.
    pub by: UserId,
    /// When it was announced.
    pub at: DateTime<Utc>,
}

words! {
    /// How a session is held.
    pub enum SessionMode as "SessionMode" {
        /// Everybody in one place; needs notice beforehand.
        OnSite,
        /// In writing, over the internet.
        Internet,
        /// By telephone.
        Phone,
        /// By audio call.
        Audio,
        /// By video call.
        Video,
    }
}

/// A session that was held.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Session {
    /// How.
    pub mode: SessionMode,
    /// When the session was held.
    pub held_at: DateTime<Utc>,
    /// The place, for a session on site.
    pub place: Option<Line>,
    /// Who mediated.
    pub mediators: Vec<Line>,
    /// What was said.
    pub record: Narrative,
    /// Who wrote it down.
    pub by: UserId,
}

/// What made a mediation go on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MediatingBy {
    /// Both sides consented.
    Consents,
    /// The entrusted body gave the matter back.
    TakenBack,
    /// It was decided about a mediator.
    RecusalDecision,
    /// The test has a result.
    TestResult,
}

/// Being mediated by the bureau.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mediating {
    /// What happened so far.
    pub mediation: Mediation,
    /// What made it go on.
    pub by: MediatingBy,
    /// Results of tests.
    pub tests: Vec<TestResult>,
    /// Decisions about mediators.
    pub recusals: Vec<RecusalDecision>,
    /// A termination that waits for a head.
    pub termination: Option<Proposed<TerminationReason>>,
}

// Article 19.
words! {
    /// Who may mediate in the bureau's name.
    pub enum BodyKind as "MediationBodyKind" {
        /// The consumers' association.
        ConsumersAssociation,
        /// Another mediation body set up by law.
        LawfulMediationBody,
    }
}

/// Being mediated by a body. It may not pass the matter on: there is no step for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entrusted {
    /// What happened so far.
    pub mediation: Mediation,
    /// What kind of body.
    pub kind: BodyKind,
    /// Its name.
    pub body: Line,
    /// Who entrusted it.
    pub entrusted_by: UserId,
    /// When the body was entrusted.
    pub at: DateTime<Utc>,
    /// A termination that waits for a head.
    pub termination: Option<Proposed<TerminationReason>>,
}

/// A side asks that a mediator steps back (article 21).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecusalRequest {
    /// Who asks.
    pub side: Side,
    /// Which mediator.
    pub mediator: Line,
    /// Why.
    pub words: Narrative,
    /// When the side asked for it.
    pub at: DateTime<Utc>,
}

words! {
    /// What the bureau says to a request that a mediator steps back.
    pub enum RecusalRuling as "RecusalRuling" {
        /// The mediator steps back.
        Granted,
        /// The mediator stays.
        Rejected,
    }
}

/// A decided request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecusalDecision {
    /// What was asked.
    pub request: RecusalRequest,
    /// The answer.
    pub ruling: RecusalRuling,
    /// Who decided.
    pub by: UserId,
    /// When it was decided.
    pub at: DateTime<Utc>,
}

/// Waiting for a decision about a mediator.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Suspended {
    /// The mediation that waits.
    pub mediating: Mediating,
    /// What is asked.
    pub request: RecusalRequest,
}

// Article 22.
words! {
    /// Who chose the testing body.
    pub enum ChosenBy as "TestingChoice" {
        /// The sides agreed on it.
        Parties,
        /// They could not, and the bureau appointed it.
        Bureau,
    }

    /// Who pays for a test.
    pub enum CostBearer as "CostBearer" {
        /// The consumer.
        Complainant,
        /// The operator.
        Respondent,
        /// Both.
        Shared,
    }
}

/// A test that was ordered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TestOrder {
    /// The testing body.
    pub body: Line,
    /// What is tested.
    pub sample: Line,
    /// Who chose the body.
    pub chosen_by: ChosenBy,
    /// Who pays.
    pub cost: CostBearer,
    /// The first day that does not count.
    pub began_on: NaiveDate,
    /// Who sent the sample.
    pub by: UserId,
}

/// A test that is over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TestResult {
    /// The order.
    pub order: TestOrder,
    /// What it says.
    pub result: Narrative,
    /// The first day that counts again.
    pub ended_on: NaiveDate,
}

/// Waiting for a test.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Testing {
    /// The mediation that waits.
    pub mediating: Mediating,
    /// The test.
    pub order: TestOrder,
}

impl Mediation {
    /// What becomes of the day for asking that a mediator steps back, when everything ends before
    /// the announced session.
    pub(super) fn pending_recusal(&self, on: NaiveDate) -> Option<ClockEffect> {
        self.announced
            .as_ref()
            .map(|_| ClockEffect::Lapse { rule: RECUSE, on })
    }
}
