//! A visit: dispatched to two certified inspectors, checked in, measured, signed, submitted.
//!
//! Two or more officers with certificates: SAMR Order 2, article 22; Administrative Penalty Law
//! 2021, articles 42 and 55. Signature or the reason for its absence: Order 2, articles 28 and 43.

use super::{
    amend::{Amendment, Void},
    arrival::Arrival,
    occurred::Occurred,
    origin::Origin,
    reopen::Reopening,
    signing::Signing,
};
use crate::{
    accounts::interest::Party,
    evidence::photo::DeclaredPhoto,
    id::{EntryId, InstrumentId, MeasurementId, MerchantId, UserId, VisitId},
    law::calendar::shanghai_date,
    merchants::instrument::Instrument,
    metrology::{
        judgement::Judgement,
        verdict::{Outcome, Words},
        verification::VerificationStatus,
    },
    places::division::DivisionCode,
    refusal::{Code, Refusal},
    reports::state::Mark,
    text::{Line, Reason},
};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// An officer who may be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inspector {
    /// The person.
    pub user: UserId,
    /// Number of the enforcement certificate (执法证件); without it nobody is sent.
    pub certificate_no: Option<String>,
}

/// The two or more certified officers of a visit or a case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Team(BTreeSet<UserId>);

impl Team {
    /// Forms a team; fewer than two different persons or one without certificate is refused.
    pub fn of(officers: &[Inspector], field: &'static str) -> Result<Self, Refusal> {
        if officers
            .iter()
            .any(|officer| officer.certificate_no.is_none())
        {
            return Err(Refusal::on(Code::InspectorNotCertified, field));
        }
        let team: BTreeSet<_> = officers.iter().map(|officer| officer.user).collect();
        if team.len() < 2 {
            return Err(Refusal::on(Code::InspectorsTwoRequired, field));
        }
        Ok(Self(team))
    }

    /// Takes back a team that was formed before it was stored.
    #[must_use]
    pub fn stored(team: impl IntoIterator<Item = UserId>) -> Self {
        Self(team.into_iter().collect())
    }

    /// Whether the person belongs to it.
    #[must_use]
    pub fn has(&self, user: UserId) -> bool {
        self.0.contains(&user)
    }

    /// Those who are to come in its place: known officers, and not the same.
    pub fn others<'a>(
        &self,
        named: Option<&'a Self>,
        field: &'static str,
    ) -> Result<&'a Self, Refusal> {
        let named = named.ok_or_else(|| Refusal::on(Code::InspectorUnknown, field))?;
        if named == self {
            return Err(Refusal::on(Code::TeamSame, field));
        }
        Ok(named)
    }

    /// Its members.
    pub fn iter(&self) -> impl Iterator<Item = UserId> + '_ {
        self.0.iter().copied()
    }
}

/// A team in whose place others came.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormerTeam {
    /// Who was named before.
    pub officers: Team,
    /// Why others are now.
    pub reason: Reason,
    /// Who named them, and when.
    pub made: Mark,
}

/// How far a visit has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum VisitState {
    /// Sent, nobody there yet.
    Dispatched,
    /// On site.
    CheckedIn,
    /// Closed by the inspectors.
    Submitted {
        /// When it was closed, by the server's clock.
        at: DateTime<Utc>,
    },
}

words! {
    /// How far a visit has come.
    pub enum VisitStateKind as "VisitState" {
        /// Sent, nobody there yet.
        Dispatched,
        /// On site.
        CheckedIn,
        /// Closed by the inspectors.
        Submitted,
    }
}

/// A visit.
#[derive(Debug, Clone, PartialEq)]
pub struct Visit {
    /// Its id.
    pub id: VisitId,
    /// Why it is made.
    pub origin: Origin,
    /// Whom it goes to.
    pub merchant: MerchantId,
    /// Where the merchant does business.
    pub division: DivisionCode,
    /// Who goes.
    pub team: Team,
    /// Who was sent before others went instead, the first first.
    pub former_teams: Vec<FormerTeam>,
    /// When it was sent.
    pub dispatched_at: DateTime<Utc>,
    /// How far it has come.
    pub state: VisitState,
    /// That it was opened again after it was closed, the first time first.
    pub reopenings: Vec<Reopening>,
    /// Who arrived, in the order in which the server heard of it; a visit that is under way has one at least.
    pub arrivals: Vec<Arrival>,
    /// How the record was closed towards the merchant, the last time last.
    pub signings: Vec<Signing>,
    /// What the step that was just taken adds to the record; a visit as it lies there has none.
    pub entry: Option<Entry>,
    /// Counts the changes.
    pub version: i32,
}

/// What a step adds to the record of a visit.
#[derive(Debug, Clone, PartialEq)]
pub enum Entry {
    /// An officer who arrived, or who said whom he met.
    Arrival(Arrival),
    /// A mark and a seal.
    Check(Box<InstrumentCheck>),
    /// A measurement with its verdict.
    Measurement(Box<Measurement>),
    /// An instrument that was on no ledger.
    Instrument(Box<Instrument>),
    /// An entry that is void, with what stands in its place.
    Amendment(Box<Amendment>),
    /// Photos that will follow.
    Photos(Vec<DeclaredPhoto>),
    /// That others go.
    Team,
    /// That it is open again.
    Reopening,
    /// That one who goes got the passport.
    Passport,
    /// What the closed visit says about the merchant's grade.
    Findings(Vec<VisitFinding>),
}

/// What a visit says about one indicator of the merchant's grade.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VisitFinding {
    /// The entry of the record that says it.
    pub entry: EntryId,
    /// The indicator, such as `B1`.
    pub indicator: &'static str,
    /// Whether it was passed.
    pub passed: bool,
    /// How many times the tolerance was missing, rounded down; nothing where no one limit says it.
    pub times: Option<u32>,
    /// In words.
    pub note: Words,
}

impl Visit {
    /// The word for its state.
    #[must_use]
    pub const fn state_kind(&self) -> VisitStateKind {
        match self.state {
            VisitState::Dispatched => VisitStateKind::Dispatched,
            VisitState::CheckedIn => VisitStateKind::CheckedIn,
            VisitState::Submitted { .. } => VisitStateKind::Submitted,
        }
    }

    /// Whom it is about, and since when.
    #[must_use]
    pub fn party(&self) -> Party {
        Party {
            merchant: self.merchant,
            since: shanghai_date(self.dispatched_at),
        }
    }

    /// Whether a person goes, or was there before others went instead.
    #[must_use]
    pub fn is_worked_on_by(&self, user: UserId) -> bool {
        self.team.has(user) || self.has_arrived(user)
    }

    /// Inspectors are sent.
    #[must_use]
    pub fn dispatched(
        id: VisitId,
        origin: Origin,
        (merchant, division): (MerchantId, DivisionCode),
        team: Team,
        now: DateTime<Utc>,
    ) -> Self {
        Self {
            id,
            origin,
            merchant,
            division,
            team,
            former_teams: Vec::new(),
            dispatched_at: now,
            state: VisitState::Dispatched,
            reopenings: Vec::new(),
            arrivals: Vec::new(),
            signings: Vec::new(),
            entry: None,
            version: 1,
        }
    }

    pub(super) fn wrong_state(&self) -> Refusal {
        Refusal::of(Code::WrongState).with(self.state_kind().to_string())
    }
}

/// The state of an instrument's verification mark as an inspector saw it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InstrumentCheck {
    /// Its id; names the write too.
    pub id: EntryId,
    /// The instrument on the ledger.
    pub instrument: InstrumentId,
    /// The last day of validity on the mark; absent if there is no readable mark.
    pub mark_valid_until: Option<NaiveDate>,
    /// The seal.
    pub seal: Seal,
    /// The inspector's note.
    pub note: Option<Line>,
    /// What follows for the day of the check.
    pub status: VerificationStatus,
    /// When it was looked at; nothing where the server's moment stands for it.
    pub occurred: Option<Occurred>,
    /// When the server recorded it.
    pub recorded_at: DateTime<Utc>,
    /// Who looked.
    pub by: UserId,
    /// That it is void, if it is.
    pub void: Option<Void>,
}

impl InstrumentCheck {
    /// When it was looked at.
    #[must_use]
    pub fn made_at(&self) -> DateTime<Utc> {
        let occurred = self.occurred.as_ref();
        occurred.map_or(self.recorded_at, Occurred::at)
    }

    /// Whether the check is a finding against the merchant; none is that is void.
    #[must_use]
    pub fn fails(&self) -> bool {
        self.void.is_none() && self.is_against()
    }

    fn is_against(&self) -> bool {
        self.seal == Seal::Broken || matches!(self.status, VerificationStatus::Overdue { .. })
    }
}

words! {
    /// The state of an instrument's seal.
    pub enum Seal as "Seal" {
        /// In place and whole.
        Intact,
        /// Broken or missing.
        Broken,
        /// This instrument carries none.
        None,
    }
}

/// A measurement of whatever family with its verdict.
#[derive(Debug, Clone, PartialEq)]
pub struct Measurement {
    /// Its id.
    pub id: MeasurementId,
    /// The visit.
    pub visit: VisitId,
    /// The merchant's instrument that was measured, or that the goods were sold on.
    pub instrument: Option<InstrumentId>,
    /// What was measured and what follows from it.
    pub judgement: Judgement,
    /// When it was measured; nothing where the server's moment stands for it.
    pub occurred: Option<Occurred>,
    /// When the server recorded it.
    pub recorded_at: DateTime<Utc>,
    /// Who measured.
    pub by: UserId,
    /// The measurement in whose place it stands.
    pub replaces: Option<MeasurementId>,
    /// That it is void, if it is.
    pub void: Option<Void>,
}

impl Measurement {
    /// When it was measured.
    #[must_use]
    pub fn made_at(&self) -> DateTime<Utc> {
        let occurred = self.occurred.as_ref();
        occurred.map_or(self.recorded_at, Occurred::at)
    }

    /// Whether the verdict goes against the merchant; none does that is void.
    #[must_use]
    pub fn fails(&self) -> bool {
        self.void.is_none() && self.judgement.verdict.outcome == Outcome::Fails
    }
}
