//! A penalty case under SAMR Order 2 of 2018 (amended by Orders 42 of 2021 and 61 of 2022).
//!
//! The order of the steps is the law: investigation report (article 48), audit by somebody who did
//! not investigate (49 to 55), notice of the intended penalty (57) and its service, five working days for a
//! statement, a defence or a request to be heard (57), no heavier penalty for having defended oneself
//! (58), decision (60) and its service (81), execution (72 to 76), closing (77), archive (78).

use super::{
    basis::Basis,
    charge::Penalty,
    command::Setting,
    file::{Audit, AuditKind, CaseStateKind, File, Outcome, Proposal, Round, Suspension},
};
use crate::{
    accounts::interest::Party,
    id::{CaseId, MerchantId, UserId},
    inspections::visit::Team,
    law::calendar::shanghai_date,
    limits::CASE_ACTS,
    places::division::DivisionCode,
    refusal::{Code, Refusal},
    reports::state::Mark,
};
use chrono::{DateTime, Utc};

/// The period for deciding a case: Order 2, article 64.
pub const DECIDE: &str = "P-DECIDE";
/// The period for an audit: Order 2, article 55.
pub const AUDIT: &str = "P-AUDIT";
/// The period for a statement and defence: Order 2, article 57.
pub const DEFEND: &str = "P-DEFEND";
/// How long before a hearing the party is told of it: Administrative Penalty Law, article 64.
pub const HEARING: &str = "P-HEARING";
/// The period for serving a decision: Order 2, article 81.
pub const SERVE: &str = "P-SERVE";
/// The period for paying a fine: Order 2, article 72.
pub const PAY: &str = "P-PAY";
/// The days after a reminder before the court is asked: Order 2, article 76.
pub const REMIND: &str = "P-REMIND";
/// The period for asking the court: Order 2, article 76.
pub const ENFORCE: &str = "P-ENFORCE";
/// The period for closing a case that is carried out: Order 2, article 77.
pub const CLOSE: &str = "P-CLOSE";

/// A penalty case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Case {
    /// Its id.
    pub id: CaseId,
    /// Its number on paper.
    pub number: String,
    /// What it was opened on.
    pub basis: Basis,
    /// The party.
    pub merchant: MerchantId,
    /// Where it is handled.
    pub division: DivisionCode,
    /// The certified officers who investigate.
    pub investigators: Team,
    /// When it was filed.
    pub filed_at: DateTime<Utc>,
    /// Who filed it.
    pub filed_by: UserId,
    /// What was done.
    pub file: File,
    /// Counts the changes.
    pub version: i32,
}

impl Case {
    /// How far it has come.
    #[must_use]
    pub fn state_kind(&self) -> CaseStateKind {
        self.file.state()
    }

    /// Whom it is about, and since when: from what happened on, or from its filing if that was earlier.
    #[must_use]
    pub fn party(&self) -> Party {
        self.basis
            .party(self.merchant, shanghai_date(self.filed_at))
    }

    /// Whether the person works or worked on the facts, and so may neither audit nor decide.
    #[must_use]
    pub fn is_investigated_by(&self, user: UserId) -> bool {
        let mut teams = self.file.teams.iter();
        self.investigators.has(user)
            || teams.any(|former| former.officers.has(user))
            || self.file.is_proposed_by(user)
    }

    /// The final investigation report (article 48). A new one begins a new round: what was audited and
    /// announced before stays in the file. One that is heavier than what was announced needs new facts (article 58), and so
    /// does one that is heavier than the decision in whose place it comes: no source here says that it may be.
    pub(super) fn propose(&mut self, proposal: Proposal, setting: &Setting) -> Result<(), Refusal> {
        self.still_open()?;
        self.has_team(setting)?;
        if self.file.rounds.len() >= CASE_ACTS {
            return Err(Refusal::of(Code::FieldTooLong).with(CASE_ACTS.to_string()));
        }
        proposal.check_corrected(self.basis.told.conduct_on, setting)?;
        proposal.check_ground(setting)?;
        if let Outcome::Penalty(penalty) = &proposal.outcome {
            penalty.check(setting)?;
            penalty.check_fined_once(setting)?;
            let rounds = self.file.rounds.iter();
            let announced = rounds.filter(|round| round.notice.is_some());
            let announced = announced.filter_map(Round::penalty).map(Penalty::weight);
            let before: Vec<_> = announced.chain(setting.former).collect();
            if penalty.weight().is_more_than(&before) && proposal.new_facts.is_none() {
                return Err(Refusal::on(Code::HeavierNeedsNewFacts, "newFacts"));
            }
        }
        self.file.rounds.push(Round {
            proposal,
            audits: Vec::new(),
            notice: None,
            answers: Vec::new(),
            hearing: None,
            conference: None,
            former_conferences: Vec::new(),
            is_timed: true,
        });
        Ok(())
    }

    /// An audit passes, or sends the file back with what is missing (articles 49 to 55). A legal audit may
    /// follow a case audit, and has to follow a hearing; its auditor says by what qualification.
    pub(super) fn audit(&mut self, audit: Audit, setting: &Setting) -> Result<(), Refusal> {
        self.still_open()?;
        let wrong = self.wrong_state();
        let round = self
            .file
            .round_mut()
            .ok_or(Refusal::of(Code::ProposalRequired))?;
        let last = round.audits.last();
        if last.is_some_and(|last| !last.is_passed()) {
            return Err(Refusal::of(Code::ProposalRequired));
        }
        let heard_since = round
            .hearing
            .as_ref()
            .and_then(|hearing| hearing.held.as_ref());
        let heard_since =
            heard_since.is_some_and(|held| last.is_none_or(|last| last.made.at < held.made.at));
        if heard_since && audit.kind != AuditKind::Legal {
            return Err(Refusal::of(Code::LegalAuditRequired));
        }
        let is_deeper = audit.kind == AuditKind::Legal
            && last.is_some_and(|last| last.kind == AuditKind::Case)
            && round.notice.is_none();
        if last.is_some() && !heard_since && !is_deeper {
            return Err(wrong);
        }
        if let (true, Outcome::Penalty(penalty)) = (audit.is_passed(), &round.proposal.outcome) {
            penalty.check_stands(setting)?;
        }
        match (audit.kind, &audit.qualification) {
            (AuditKind::Legal, None) => {
                return Err(Refusal::on(Code::FieldRequired, "qualification"));
            }
            (AuditKind::Case, Some(_)) => {
                return Err(Refusal::on(Code::FieldFormat, "qualification"));
            }
            (AuditKind::Legal, Some(_)) | (AuditKind::Case, None) => {}
        }
        round.audits.push(audit);
        Ok(())
    }

    /// The investigation waits (article 46), also while the police have the case; one that waits for its hearing
    /// does already.
    pub(super) fn suspend(&mut self, suspension: Suspension) -> Result<(), Refusal> {
        self.not_suspended()?;
        if self.is_hearing_awaited() {
            return Err(self.wrong_state());
        }
        if self.file.suspensions.len() >= CASE_ACTS {
            return Err(Refusal::of(Code::FieldTooLong).with(CASE_ACTS.to_string()));
        }
        self.file.suspensions.push(suspension);
        Ok(())
    }

    /// It goes on.
    pub(super) fn resume(&mut self, made: Mark) -> Result<(), Refusal> {
        let wrong = self.wrong_state();
        // What was handed over while it waited does not go on here.
        if self.state_kind() != CaseStateKind::Suspended {
            return Err(wrong);
        }
        match self.file.suspensions.last_mut() {
            Some(last) if last.resumed.is_none() => last.resumed = Some(made),
            _ => return Err(wrong),
        }
        Ok(())
    }

    /// The round whose audit passed.
    pub(super) fn audited(&mut self) -> Result<&mut Round, Refusal> {
        let missing = self.missing_step();
        match self.file.round_mut() {
            Some(round) if round.audits.last().is_some_and(Audit::is_passed) => Ok(round),
            _ => Err(missing),
        }
    }

    /// Refuses what comes after a decision, an ending, or while the case waits, by its suspension or for the
    /// police.
    pub(super) fn still_open(&self) -> Result<(), Refusal> {
        self.not_suspended()?;
        self.not_with_police()
    }

    /// Refuses what comes after a decision or an ending, or while the investigation is suspended.
    fn not_suspended(&self) -> Result<(), Refusal> {
        self.undecided()?;
        if self.file.is_suspended() {
            return Err(self.wrong_state());
        }
        Ok(())
    }

    /// Refuses what comes after a decision or an ending.
    pub(super) fn undecided(&self) -> Result<(), Refusal> {
        if self.file.decision.is_some() || self.file.ending.is_some() {
            return Err(self.wrong_state());
        }
        Ok(())
    }

    pub(super) fn missing_step(&self) -> Refusal {
        match self.state_kind() {
            CaseStateKind::Filed => Refusal::of(Code::ProposalRequired),
            CaseStateKind::Proposed => Refusal::of(Code::AuditRequired),
            CaseStateKind::Audited => Refusal::of(Code::NoticeRequired),
            _ => self.wrong_state(),
        }
    }

    pub(super) fn wrong_state(&self) -> Refusal {
        Refusal::of(Code::WrongState).with(self.state_kind().to_string())
    }
}
