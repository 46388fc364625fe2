//! Orders to put something right before the decision (Order 2, form 33): made, served, looked after, and
//! missed. Some fines may follow a missed order alone, one of these or what a decision orders.

use super::{
    case::Case, charge::MissedOrder, command::Setting, execution::CorrectionCheck, file::File,
};
use crate::{
    law::{calendar::shanghai_date, violation::ViolationCode},
    limits::CASE_ACTS,
    refusal::{Code, Refusal},
    reports::state::Mark,
    text::{Line, Narrative},
};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// The period in which the office looks whether what it ordered was put right: it ends on the day that the order gives.
pub const CORRECT: &str = "P-CORRECT";

/// An order to put something right before the decision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Order {
    /// The violation that was seen.
    pub violation: ViolationCode,
    /// What must be put right.
    pub correction: Narrative,
    /// Until when.
    pub correct_by: NaiveDate,
    /// What follows if it is missed.
    pub consequence: Narrative,
    /// Who ordered it, and when.
    pub made: Mark,
    /// The day in China on which it counts as served; known with the first look.
    #[serde(default)]
    pub served_on: Option<NaiveDate>,
    /// Whether the correction was made, as often as somebody looked.
    #[serde(default)]
    pub checks: Vec<CorrectionCheck>,
    /// Whether its last day is a period of the office; it was not kept before, and orders of then have none.
    #[serde(default)]
    pub is_timed: bool,
}

/// That an order about a violation was missed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Missed {
    /// The violation.
    pub violation: ViolationCode,
    /// The order.
    pub order: MissedOrder,
}

impl Order {
    /// The day on which it was made, and its last one.
    pub(super) fn days(&self) -> (NaiveDate, NaiveDate) {
        (shanghai_date(self.made.at), self.correct_by)
    }

    /// Whether nobody has to look any more.
    fn is_settled(&self) -> bool {
        let mut checks = self.checks.iter();
        checks.any(|check| check.settles(self.correct_by))
    }

    /// That it was missed, under the number of its case.
    #[must_use]
    pub fn missed(&self, number: &str) -> Vec<MissedOrder> {
        missed((number, self.days()), self.served_on, &self.checks)
    }
}

/// That what was ordered on a day until another one was missed, under the number of its case: once for each look after its
/// last day that found so. The party had to know of it before that day was over.
fn missed(
    (number, (ordered_on, due_on)): (&str, (NaiveDate, NaiveDate)),
    served_on: Option<NaiveDate>,
    checks: &[CorrectionCheck],
) -> Vec<MissedOrder> {
    let is_known = served_on.is_some_and(|on| on <= due_on);
    let looks = checks.iter().filter(|check| is_known && !check.is_made);
    let late = looks.filter(|check| check.on > due_on);
    let missed = late.map(|check| MissedOrder {
        number: Line::stored(number.to_owned()),
        ordered_on,
        due_on,
        missed_on: check.on,
    });
    missed.collect()
}

impl File {
    /// The newest order about a violation: the one that a look at its correction is about.
    #[must_use]
    pub fn order_on(&self, violation: &ViolationCode) -> Option<&Order> {
        let mut orders = self.orders.iter();
        orders.rfind(|order| order.violation == *violation)
    }

    /// The order that somebody has to look after next. A newer one on the same violation takes the place of an older one.
    pub(super) fn next_order(&self) -> Option<&Order> {
        let is_newest = |order: &&Order| {
            let newest = self.order_on(&order.violation);
            newest.is_some_and(|newest| std::ptr::eq(newest, *order))
        };
        let timed = self.orders.iter().filter(|order| order.is_timed);
        let waiting = timed.filter(is_newest).filter(|order| !order.is_settled());
        waiting.min_by_key(|order| order.correct_by)
    }
}

impl Case {
    /// The orders of its file that were missed: those of before the decision, and what the decision orders.
    #[must_use]
    pub fn missed_orders(&self) -> Vec<Missed> {
        let each = |order: &Order| {
            let violation = order.violation.clone();
            let missed = order.missed(&self.number).into_iter();
            missed.map(move |order| Missed {
                violation: violation.clone(),
                order,
            })
        };
        let before = self.file.orders.iter().flat_map(each);
        before.chain(self.missed_decision()).collect()
    }

    /// What a decision orders, also one on the spot, it orders for each of its violations (Administrative Penalty Law,
    /// article 28). One that was taken away orders nothing.
    fn missed_decision(&self) -> Vec<Missed> {
        let (Some(penalty), Some(decision)) = (self.standing(), &self.file.decision) else {
            return Vec::new();
        };
        let days = (shanghai_date(decision.made.at), penalty.correct_by);
        let served_on = decision.served.as_ref().map(|served| served.on);
        let orders = missed(
            (self.number.as_str(), days),
            served_on,
            &self.file.execution.checks,
        );
        let charged = penalty.charges.iter().map(|charge| &charge.violation);
        let each = |violation: &ViolationCode| {
            let orders = orders.iter().cloned();
            let violation = violation.clone();
            orders.map(move |order| Missed {
                violation: violation.clone(),
                order,
            })
        };
        charged.flat_map(each).collect()
    }

    /// Somebody looks whether what was ordered before the decision was made, from the day on which the order
    /// counts as served.
    pub(super) fn check_order(
        &mut self,
        violation: &ViolationCode,
        check: CorrectionCheck,
        setting: &Setting,
    ) -> Result<(), Refusal> {
        self.still_open()?;
        let mut orders = self.file.orders.iter_mut();
        let order = orders.rfind(|order| order.violation == *violation);
        let order = order.ok_or_else(|| {
            Refusal::on(Code::OrderMissing, "violation").with(violation.to_string())
        })?;
        let served_on = setting.order_served_on;
        let served_on = served_on.ok_or(Refusal::on(Code::OrderNotServed, "violation"))?;
        setting.check_past(check.on, Some(served_on), "on")?;
        if order.checks.len() >= CASE_ACTS {
            return Err(Refusal::of(Code::FieldTooLong).with(CASE_ACTS.to_string()));
        }
        order.served_on = Some(served_on);
        order.checks.push(check);
        Ok(())
    }
}
