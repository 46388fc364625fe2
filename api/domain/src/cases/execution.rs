//! What is done to carry a decision out: payment with its late fee, instalments, a reminder, the court,
//! and whether the correction was made (Order 2, articles 72 to 77).

mod owed;
mod remedy;

pub use owed::{Owed, Paying};
pub use remedy::{Remedy, RemedyKind};

use super::{case::Case, command::Setting, decide::Decision, file::CaseStateKind};
use crate::{
    law::calendar::shanghai_date,
    limits::CASE_ACTS,
    money::Fen,
    refusal::{Code, Refusal},
    reports::state::Mark,
    text::{Line, Narrative, Reason},
};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// Money that came in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Payment {
    /// How much.
    pub sum: Fen,
    /// On which day in China.
    pub paid_on: NaiveDate,
    /// The number of the receipt.
    pub receipt: Line,
    /// Who noted it, and when.
    pub noted: Mark,
}

/// More time to pay (article 74).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Instalments {
    /// The last day.
    pub until: NaiveDate,
    /// Why.
    pub reason: Reason,
    /// The head who allowed it, and when.
    pub approved: Mark,
}

/// That somebody looked whether the correction was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CorrectionCheck {
    /// When, as a day in China.
    pub on: NaiveDate,
    /// Whether it was made.
    pub is_made: bool,
    /// What was found.
    pub found: Narrative,
    /// Who noted it, and when.
    pub noted: Mark,
}

impl CorrectionCheck {
    /// Whether the office has looked, where it had to until a day: it was made, or that day was over and it was not.
    pub(super) fn settles(&self, until: NaiveDate) -> bool {
        self.is_made || self.on > until
    }
}

/// A reminder before the court is asked (Administrative Enforcement Law, article 54). Its days run from its service
/// ([`Setting::reminded`]).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reminder {
    /// Who sent it, and when.
    pub made: Mark,
}

/// An application to the court (article 76).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CourtApplication {
    /// The court.
    pub court: Line,
    /// The head who applied, and when.
    pub made: Mark,
}

/// What was done to carry a decision out.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Execution {
    /// What was paid.
    pub payments: Vec<Payment>,
    /// More time to pay.
    pub instalments: Option<Instalments>,
    /// What was allowed before that, the oldest first: the late fee of the days between stays.
    #[serde(default)]
    pub former_instalments: Vec<Instalments>,
    /// Reviews and suits against the decision, as they were noted.
    #[serde(default)]
    pub remedies: Vec<Remedy>,
    /// Whether the correction was made.
    pub checks: Vec<CorrectionCheck>,
    /// The reminder.
    pub reminder: Option<Reminder>,
    /// The court.
    pub court: Option<CourtApplication>,
    /// The last day for a review or a suit, from which the period for asking the court runs; none in cases that were
    /// served before it was counted.
    #[serde(default)]
    pub remedies_until: Option<NaiveDate>,
    /// The day until which the office looks whether the correction was made; none in cases that were served before it was
    /// kept.
    #[serde(default)]
    pub correct_until: Option<NaiveDate>,
    /// The first day on which everything was paid and put right.
    pub carried_out_on: Option<NaiveDate>,
}

impl Case {
    /// Whether the correction was seen to be made: the check of the latest day says it, and of two of one day
    /// the one that was noted later.
    #[must_use]
    pub fn is_corrected(&self) -> bool {
        let checks = self.file.execution.checks.iter();
        checks
            .max_by_key(|check| check.on)
            .is_some_and(|last| last.is_made)
    }

    /// Whether all is paid and put right.
    pub(super) fn is_carried_out(&self, setting: &Setting) -> bool {
        self.owed_now(setting).is_some_and(Owed::is_nothing) && self.is_corrected()
    }

    /// Whether something is left to pay.
    pub(super) fn owes(&self, setting: &Setting) -> bool {
        self.owed_now(setting)
            .is_some_and(|owed| !owed.is_nothing())
    }

    fn owed_now(&self, setting: &Setting) -> Option<Owed> {
        self.owed_by(setting.today(), setting.paying)
    }

    pub(super) fn allow_instalments(
        &mut self,
        instalments: Instalments,
        setting: &Setting,
    ) -> Result<(), Refusal> {
        self.in_execution()?;
        let too_early = self
            .pay_until_by(setting.paying.until)
            .is_some_and(|until| instalments.until <= until);
        if instalments.until <= setting.today() || too_early {
            return Err(Refusal::on(Code::TimeTooOld, "until"));
        }
        let owed = self.owed_now(setting);
        if owed.is_none_or(|owed| owed.penalty == Fen::ZERO) {
            return Err(Refusal::of(Code::NothingOwed));
        }
        let execution = &mut self.file.execution;
        if execution.former_instalments.len() >= CASE_ACTS {
            return Err(Refusal::of(Code::FieldTooLong).with(CASE_ACTS.to_string()));
        }
        let former = execution.instalments.replace(instalments);
        execution.former_instalments.extend(former);
        Ok(())
    }

    pub(super) fn pay(&mut self, payment: Payment, setting: &Setting) -> Result<(), Refusal> {
        self.may_carry_out(setting)?;
        if payment.sum == Fen::ZERO {
            return Err(Refusal::on(Code::OutOfRange, "sumYuan"));
        }
        self.check_day(payment.paid_on, setting, "paidOn")?;
        let payments = &mut self.file.execution.payments;
        if payments
            .iter()
            .any(|other| other.receipt == payment.receipt)
        {
            return Err(Refusal::on(Code::ReceiptTwice, "receipt"));
        }
        if payments.len() >= CASE_ACTS {
            return Err(Refusal::of(Code::FieldTooLong).with(CASE_ACTS.to_string()));
        }
        let sum = payment.sum.as_i64();
        payments.push(payment);
        // One that is noted later may lie before others: what counts is all of them together.
        let day = self.last_paid_on().unwrap_or_else(|| setting.today());
        let reckoned = self.reckoned(day, setting.paying);
        let reckoned = reckoned.ok_or_else(|| self.wrong_state())?;
        let over = reckoned
            .paid
            .saturating_sub(reckoned.due.saturating_add(reckoned.fee));
        if over > 0 {
            let most = Fen::new((sum - over).max(0)).unwrap_or_default();
            return Err(Refusal::on(Code::PaidTooMuch, "sumYuan").with(most.to_string()));
        }
        Ok(())
    }

    pub(super) fn check_correction(
        &mut self,
        check: CorrectionCheck,
        setting: &Setting,
    ) -> Result<(), Refusal> {
        self.may_carry_out(setting)?;
        self.check_day(check.on, setting, "on")?;
        let checks = &mut self.file.execution.checks;
        if checks.len() >= CASE_ACTS {
            return Err(Refusal::of(Code::FieldTooLong).with(CASE_ACTS.to_string()));
        }
        checks.push(check);
        Ok(())
    }

    /// The party is reminded, when its time to pay is over and something is owed.
    pub(super) fn remind(&mut self, made: Mark, setting: &Setting) -> Result<(), Refusal> {
        self.in_execution()?;
        let today = setting.today();
        match self.pay_until_by(setting.paying.until) {
            None => return Err(Refusal::of(Code::CalendarYearMissing).with("—")),
            Some(until) if today <= until => {
                return Err(Refusal::of(Code::PaymentWindowOpen).with(until.to_string()));
            }
            Some(_) => {}
        }
        if self.owed_now(setting).is_none_or(Owed::is_nothing) {
            return Err(Refusal::of(Code::NothingOwed));
        }
        self.file.execution.reminder = Some(Reminder { made });
        Ok(())
    }

    /// The court is asked, when the reminder's days are over too, and those for a review or a suit (Order 2,
    /// article 76; Administrative Enforcement Law, article 53), and none runs any more.
    pub(super) fn apply_to_court(
        &mut self,
        court: CourtApplication,
        setting: &Setting,
    ) -> Result<(), Refusal> {
        self.in_execution()?;
        let today = setting.today();
        if self.file.execution.reminder.is_none() {
            return Err(Refusal::of(Code::ReminderRequired));
        }
        // Whoever got more time after the reminder still has it.
        let pay_until = self.pay_until_by(setting.paying.until);
        if let Some(until) = pay_until.filter(|until| today <= *until) {
            return Err(Refusal::of(Code::PaymentWindowOpen).with(until.to_string()));
        }
        let until = setting.reminded.last_day(Code::ReminderNotServed)?;
        if today <= until {
            return Err(Refusal::of(Code::PaymentWindowOpen).with(until.to_string()));
        }
        let decision = self.file.decision.as_ref();
        let remedies = decision.and_then(Decision::remedies_until);
        if let Some(until) = remedies.filter(|until| today <= *until) {
            return Err(Refusal::of(Code::RemediesOpen).with(until.to_string()));
        }
        if self.file.execution.is_contested() {
            return Err(Refusal::of(Code::RemediesOpen).with("—"));
        }
        if self.owed_now(setting).is_none_or(Owed::is_nothing) {
            return Err(Refusal::of(Code::NothingOwed));
        }
        self.file.execution.court = Some(court);
        Ok(())
    }

    /// What carries a decision out happens from the day of the decision on, not only from that of its service:
    /// one that is made public counts as served thirty days later, and the party may pay, and put right what is
    /// wrong, as soon as it reads it.
    fn check_day(
        &self,
        day: NaiveDate,
        setting: &Setting,
        field: &'static str,
    ) -> Result<(), Refusal> {
        let decided = self.file.decision.as_ref().map(|decision| decision.made.at);
        setting.check_past(day, decided.map(shanghai_date), field)
    }

    /// What carries a decision out may come after the case was closed in spite of what is missing too.
    fn may_carry_out(&self, setting: &Setting) -> Result<(), Refusal> {
        match self.state_kind() {
            CaseStateKind::Closed if !self.is_carried_out(setting) => Ok(()),
            _ => self.in_execution(),
        }
    }

    pub(super) fn in_execution(&self) -> Result<(), Refusal> {
        match self.state_kind() {
            CaseStateKind::Served => Ok(()),
            CaseStateKind::Decided => Err(Refusal::of(Code::DecisionNotServed)),
            _ => Err(self.wrong_state()),
        }
    }
}
