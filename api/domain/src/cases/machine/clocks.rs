//! What a step does to the periods of a case, as far as they ever began.

use crate::{
    cases::{
        case::{AUDIT, CLOSE, Case, DEFEND, ENFORCE, PAY, SERVE},
        command::Setting,
        decide::Decision,
        display::{ACCEPT, DECIDE_REPAIR, Repair, RepairState},
        execution::Owed,
        file::CaseStateKind,
        order::{CORRECT, Order},
        referral::REVIEW,
    },
    law::{calendar::shanghai_date, effect::ClockEffect},
    money::Fen,
};
use chrono::NaiveDate;

impl Case {
    /// The first time that everything is paid and put right, the period for closing opens, unless the case was
    /// closed before.
    pub(super) fn carried_out(&mut self, setting: &Setting) -> Vec<ClockEffect> {
        let on = setting.today();
        if self.file.execution.carried_out_on.is_some() || !self.is_carried_out(setting) {
            return Vec::new();
        }
        self.file.execution.carried_out_on = Some(on);
        if self.file.closed.is_some() {
            return Vec::new();
        }
        vec![ClockEffect::Start {
            rule: CLOSE,
            opened_on: on,
        }]
    }

    /// With its service a decision that asks for money opens the period for paying, and the one in which the court may
    /// be asked, which runs from the end of those for a review or a suit.
    pub(super) fn payment_begins(&mut self, opened_on: NaiveDate) -> Vec<ClockEffect> {
        if !self.is_to_pay() {
            return Vec::new();
        }
        let rule = PAY;
        let mut clocks = vec![ClockEffect::Start { rule, opened_on }];
        let decision = self.file.decision.as_ref();
        let remedies_until = decision.and_then(Decision::remedies_until);
        self.file.execution.remedies_until = remedies_until;
        clocks.extend(remedies_until.map(|opened_on| {
            let rule = ENFORCE;
            ClockEffect::Start { rule, opened_on }
        }));
        clocks
    }

    /// With its service the last day for the correction is one for the office, which looks whether it was made. What counts
    /// as served after that day is looked after from then on.
    pub(super) fn correction_begins(&mut self, served_on: NaiveDate) -> Option<ClockEffect> {
        let decision = self.file.decision.as_ref()?;
        let opened_on = shanghai_date(decision.made.at);
        let until = decision.penalty.correct_by.max(served_on);
        self.file.execution.correct_until = Some(until);
        Some(ClockEffect::StartUntil {
            rule: CORRECT,
            opened_on,
            until,
        })
    }

    /// Somebody looked after the correction that the decision orders.
    pub(super) fn looked(&self) -> Option<ClockEffect> {
        let until = self.file.execution.correct_until?;
        let last = self.file.execution.checks.last()?;
        let (rule, on) = (CORRECT, last.on);
        last.settles(until)
            .then_some(ClockEffect::Satisfy { rule, on })
    }

    /// Nobody waits for the correction any more, if its period was ever opened.
    pub(super) fn correction_over(&self, on: NaiveDate) -> Option<ClockEffect> {
        let rule = CORRECT;
        let until = self.file.execution.correct_until;
        until.map(|_| ClockEffect::Lapse { rule, on })
    }

    /// The days of the order that somebody has to look after next.
    pub(super) fn next_ordered(&self) -> Option<(NaiveDate, NaiveDate)> {
        self.file.next_order().map(Order::days)
    }

    /// One period runs for all orders of before the decision: that of the next one. When another one is next, the former
    /// ends as is said.
    pub(super) fn ordered_anew(
        &self,
        before: Option<(NaiveDate, NaiveDate)>,
        ended: ClockEffect,
    ) -> Vec<ClockEffect> {
        let next = self.next_ordered();
        if next == before {
            return Vec::new();
        }
        let begins = next.map(|(opened_on, until)| ClockEffect::StartUntil {
            rule: CORRECT,
            opened_on,
            until,
        });
        before.map(|_| ended).into_iter().chain(begins).collect()
    }

    /// Nobody looks after the orders of before the decision any more.
    pub(super) fn orders_over(&self, on: NaiveDate) -> Option<ClockEffect> {
        let rule = CORRECT;
        self.next_ordered().map(|_| ClockEffect::Lapse { rule, on })
    }

    /// What happens to the period for asking the court, if it was ever opened.
    pub(super) fn enforcement(&self, effect: ClockEffect) -> Option<ClockEffect> {
        self.file.execution.remedies_until.map(|_| effect)
    }

    /// Nobody waits for the money any more.
    pub(super) fn payment_over(&self, on: NaiveDate) -> Vec<ClockEffect> {
        if !self.is_to_pay() {
            return Vec::new();
        }
        let pay = ClockEffect::Lapse { rule: PAY, on };
        let court = self.nothing_to_enforce(on);
        [pay].into_iter().chain(court).collect()
    }

    fn nothing_to_enforce(&self, on: NaiveDate) -> Option<ClockEffect> {
        let rule = ENFORCE;
        self.enforcement(ClockEffect::Lapse { rule, on })
    }

    /// With the last payment the duty to pay is done, on the day on which that was made.
    pub(super) fn paid(&self, setting: &Setting) -> Vec<ClockEffect> {
        let owed = |on| self.owed_by(on, setting.paying);
        let last = self.last_paid_on();
        let last = last.filter(|on| owed(*on).is_some_and(Owed::is_nothing));
        let done = last.map(|on| ClockEffect::Satisfy { rule: PAY, on });
        let over = last.and_then(|on| self.nothing_to_enforce(on));
        done.into_iter().chain(over).collect()
    }

    /// A lower fine may leave nothing to pay, and then the case may be carried out.
    pub(super) fn lowered(&mut self, setting: &Setting) -> Vec<ClockEffect> {
        let on = setting.today();
        if self.state_kind() != CaseStateKind::Served {
            return Vec::new();
        }
        let mut clocks = Vec::new();
        let owed = self.owed_by(on, setting.paying);
        if self.is_to_pay() && owed.is_some_and(Owed::is_nothing) {
            clocks.push(ClockEffect::Lapse { rule: PAY, on });
            clocks.extend(self.nothing_to_enforce(on));
        }
        clocks.extend(self.carried_out(setting));
        clocks
    }

    /// What happens to the period of the audit, if it was ever opened: cases of before it was kept have none.
    pub(super) fn audit_clock(&self, effect: ClockEffect) -> Vec<ClockEffect> {
        if self.file.is_audit_timed() {
            vec![effect]
        } else {
            Vec::new()
        }
    }

    /// The days for an answer are over, if they ever began.
    pub(super) fn defend_over(&self, on: NaiveDate) -> Vec<ClockEffect> {
        if self.file.told_at().is_none() {
            return Vec::new();
        }
        vec![ClockEffect::Lapse { rule: DEFEND, on }]
    }

    /// A right to a review of what the police refused that nobody used ends when the case is decided or ends, or a
    /// crime is reported anew.
    pub(super) fn review_over(&self, on: NaiveDate) -> Vec<ClockEffect> {
        if !self.file.may_ask_review() {
            return Vec::new();
        }
        vec![ClockEffect::Lapse { rule: REVIEW, on }]
    }

    /// What ends with the case before a decision.
    pub(super) fn over(&self, decide: ClockEffect, on: NaiveDate) -> Vec<ClockEffect> {
        let mut clocks = vec![decide];
        clocks.extend(self.defend_over(on));
        clocks.extend(self.audit_clock(ClockEffect::Lapse { rule: AUDIT, on }));
        clocks.extend(self.review_over(on));
        clocks.extend(self.orders_over(on));
        clocks
    }

    /// What ends with a decision that was taken away.
    pub(super) fn decision_over(&self, on: NaiveDate) -> Vec<ClockEffect> {
        let mut clocks = self.execution_over(on);
        let state = self.file.repair().map(Repair::state);
        clocks.extend(match state {
            Some(RepairState::Asked) => Some(ClockEffect::Lapse { rule: ACCEPT, on }),
            Some(RepairState::Accepted) => Some(ClockEffect::Lapse {
                rule: DECIDE_REPAIR,
                on,
            }),
            _ => None,
        });
        clocks
    }

    fn execution_over(&self, on: NaiveDate) -> Vec<ClockEffect> {
        let Some(decision) = self
            .file
            .decision
            .as_ref()
            .filter(|_| self.file.closed.is_none())
        else {
            return Vec::new();
        };
        // A penalty on the spot was never to be served later.
        let mut clocks = Vec::new();
        if !self.file.is_simple() {
            clocks.push(ClockEffect::Lapse { rule: SERVE, on });
        }
        if decision.served.is_some() {
            clocks.extend(self.payment_over(on));
            clocks.extend(self.correction_over(on));
        }
        if self.file.execution.carried_out_on.is_some() {
            clocks.push(ClockEffect::Lapse { rule: CLOSE, on });
        }
        clocks
    }

    /// Whether the decision asks for money.
    pub(super) fn is_to_pay(&self) -> bool {
        let decided = self.file.decision.as_ref();
        decided.is_some_and(|decided| {
            decided.penalty.fine() > Fen::ZERO || decided.penalty.taken_gains() > Fen::ZERO
        })
    }
}
