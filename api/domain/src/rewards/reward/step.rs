//! The machine of a reward: which command leads where, and what it needs to know besides.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};

use super::{Consent, Proof, Reward, RewardState};
use crate::event::Event;
use crate::id::{CaseId, ReportId, RewardId};
use crate::law::calendar::{Calendar, shanghai_date};
use crate::law::effect::ClockEffect;
use crate::policy::{Action, Permit};
use crate::refusal::{Code, Refusal};
use crate::rewards::award::Others;
use crate::rewards::command::RewardCommand;
use crate::rewards::scheme::{RewardTerms, WindowKind};
use crate::rewards::taken::Taken;
use crate::rewards::words;
use crate::step::{Machine, Step};

/// What lies beside a reward when a step is taken.
#[derive(Debug, Clone)]
pub struct Setting {
    /// The moment.
    pub now: DateTime<Utc>,
    /// The working days as they are known now.
    pub calendar: Arc<Calendar>,
    /// What the scheme of the reward pays; nothing while nobody knows its terms.
    pub terms: Option<TermsOf>,
    /// What the case took, as its decision stands now.
    pub taken: Taken,
    /// What others were awarded for the case.
    pub others: Others,
    /// When whoever takes the step last saw the payee by an opening that is not over; for the check of the payee.
    pub looked_at: Option<DateTime<Utc>>,
    /// The own report and those that a check names, as far as there are such.
    pub leads: BTreeMap<ReportId, Lead>,
}

/// Terms, with the scheme that has them.
#[derive(Debug, Clone)]
pub struct TermsOf {
    /// The id of the scheme.
    pub scheme: String,
    /// What it pays and when.
    pub terms: RewardTerms,
}

/// A report as far as it matters who was first.
#[derive(Debug, Clone, Copy)]
pub struct Lead {
    /// When it came in.
    pub received_at: DateTime<Utc>,
    /// The case that rests on it.
    pub case: Option<CaseId>,
}

impl Setting {
    pub(super) fn today(&self) -> NaiveDate {
        shanghai_date(self.now)
    }

    pub(super) fn terms(&self) -> Result<&TermsOf, Refusal> {
        let unknown = Refusal::of(Code::RewardTermsUnknown);
        self.terms.as_ref().ok_or(unknown)
    }

    /// The last day of a window that opens on a day. A scheme whose terms nobody knows opens no
    /// window that could end.
    pub(super) fn due(&self, kind: WindowKind, opened_on: NaiveDate) -> Option<NaiveDate> {
        let TermsOf { terms, .. } = self.terms.as_ref()?;
        terms.due(kind, opened_on, &self.calendar)
    }
}

impl Machine for Reward {
    type Command = RewardCommand;
    type Setting = Setting;

    fn take(
        self,
        command: RewardCommand,
        permit: &Permit,
        setting: &Setting,
    ) -> Result<Step<Self>, Refusal> {
        use RewardCommand as Asked;
        let now = setting.now;
        words::check_names_nobody(&command)?;
        self.rests_on_what_stands(&command, setting)?;
        match command {
            Asked::RuleOnScope { ruling } => self.rule_on_scope(permit, ruling, setting),
            Asked::RecordEligibility { check } => self.check(permit, check, setting),
            Asked::ApplyForReward => self.apply(permit, now),
            Asked::GradeReward { proposal } => self.grade(permit, proposal, setting),
            Asked::ReferToFinance => self.refer_to_finance(permit),
            Asked::RecordFinanceConsent {
                number,
                authority,
                dated,
                sha256,
            } => {
                let consent = Consent {
                    number,
                    authority,
                    dated,
                    sha256: sha256.to_string(),
                    by: permit.person(Action::GradeReward)?,
                    at: now,
                };
                self.consent(consent)
            }
            Asked::DecideReward { opinion } => self.decide(permit, opinion, setting),
            Asked::TellDecision => self.tell(permit, setting),
            Asked::ObjectToReward { words } => self.object(permit, words, now),
            Asked::ReviewReward { opinion, grading } => {
                self.review(permit, (opinion, grading), setting)
            }
            Asked::ExtendClaim { reason } => self.extend(permit, reason, setting),
            Asked::ClaimReward { payees } => {
                permit.allows(Action::PursueReward)?;
                self.claim(Proof::Password, &payees, setting)
            }
            Asked::RecordClaim { note, payees } => {
                let by = permit.person(Action::GradeReward)?;
                self.claim(Proof::Identity { note, by }, &payees, setting)
            }
            Asked::ApproveClaim => self.approve_claim(permit, setting),
            Asked::ObjectToPayee { words } => self.contest_payee(permit, words, setting),
            Asked::VoidClaim { reason } => self.void_claim(permit, reason, setting),
            Asked::UpholdClaim { opinion } => self.uphold_claim(permit, opinion, setting),
            Asked::CheckPayee { finding } => self.check_payee(permit, finding, setting),
            Asked::HandToFinance { file, number } => {
                self.hand_to_finance(permit, (file, number), setting)
            }
            Asked::RecordPayment { voucher } => self.pay(permit, voucher, now),
            Asked::RevokeReward { reasons } => self.revoke(permit, reasons, setting),
            Asked::RecoverReward { reasons } => self.recover(permit, reasons, now),
            Asked::RecordRecovery { voucher } => self.recovered(permit, voucher, now),
            Asked::CloseReward => self.close(permit, now),
        }
    }
}

impl Reward {
    /// The step into a state, without a paper.
    pub(super) fn moved(
        self,
        state: RewardState,
        clocks: Vec<ClockEffect>,
        event: fn(RewardId, ReportId) -> Event,
    ) -> Step<Self> {
        Step {
            event: event(self.id, self.report),
            after: Self { state, ..self },
            clocks,
            paper: None,
        }
    }

    pub(super) fn wrong_state(&self) -> Refusal {
        Refusal::of(Code::WrongState).with(self.state.kind().to_string())
    }
}
