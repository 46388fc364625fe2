//! How a decision is carried out, and what became of it later, on the wire.

use crate::moment::Moment;
use async_graphql::SimpleObject;
use chrono::NaiveDate;
use liangxin_domain::{
    cases::{
        case::Case,
        ending::{Change, ChangeKind, ChangedBy},
        execution::{CorrectionCheck, Owed, Paying, Payment, Remedy, RemedyKind},
    },
    money::Fen,
};

/// How a decision is carried out.
#[derive(SimpleObject)]
#[graphql(name = "CaseExecution")]
pub(super) struct ExecutionView {
    /// The last day for paying; null while a calendar year is missing, and once the decision was annulled.
    pay_until: Option<NaiveDate>,
    /// What is owed today of fines and gains, in yuan.
    owed_yuan: String,
    /// What is owed today as a late fee, in yuan.
    late_fee_yuan: String,
    /// What was paid beyond what stands of the decision, in yuan: all of it once the decision was annulled.
    overpaid_yuan: String,
    /// What was paid.
    payments: Vec<PaymentView>,
    /// Reviews and suits against the decision, each as it was noted last: their days bear no late fee.
    remedies: Vec<RemedyView>,
    /// Whether the correction was made, each time that somebody looked.
    checks: Vec<CorrectionCheckView>,
    /// When the merchant was reminded.
    reminded_at: Option<Moment>,
    /// The court that was asked.
    court: Option<String>,
    /// The first day on which everything was paid and put right.
    carried_out_on: Option<NaiveDate>,
}

impl ExecutionView {
    /// Nothing before the service of the decision, and of one that was annulled before anything was paid.
    pub(super) fn of(case: &Case, today: NaiveDate, paying: Paying) -> Option<Self> {
        let done = &case.file.execution;
        let nothing = (!done.payments.is_empty()).then_some(Owed {
            penalty: Fen::ZERO,
            late_fee: Fen::ZERO,
        });
        let owed = case.owed_by(today, paying);
        let pay_until = owed.and_then(|_| case.pay_until_by(paying.until));
        let owed = owed.or(nothing)?;
        let reminder = done.reminder.as_ref();
        Some(Self {
            pay_until,
            owed_yuan: owed.penalty.to_string(),
            late_fee_yuan: owed.late_fee.to_string(),
            overpaid_yuan: case.overpaid_by(today, paying).to_string(),
            payments: done.payments.iter().map(PaymentView::of).collect(),
            remedies: done.remedies_now().map(RemedyView::of).collect(),
            checks: done.checks.iter().map(CorrectionCheckView::of).collect(),
            reminded_at: reminder.map(|reminder| Moment(reminder.made.at)),
            court: done.court.as_ref().map(|court| court.court.to_string()),
            carried_out_on: done.carried_out_on,
        })
    }
}

/// Money that came in for a fine.
#[derive(SimpleObject)]
#[graphql(name = "FinePayment")]
pub(super) struct PaymentView {
    /// How much in yuan, two decimals.
    sum_yuan: String,
    /// On which day.
    paid_on: NaiveDate,
    /// The number of the receipt.
    receipt: String,
}

impl PaymentView {
    fn of(payment: &Payment) -> Self {
        Self {
            sum_yuan: payment.sum.to_string(),
            paid_on: payment.paid_on,
            receipt: payment.receipt.to_string(),
        }
    }
}

/// A review or a suit against a decision.
#[derive(SimpleObject)]
#[graphql(name = "CaseRemedy")]
pub(super) struct RemedyView {
    /// Which of both.
    kind: RemedyKind,
    /// Who has it.
    body: String,
    /// The number that it has there.
    document: String,
    /// Its first day.
    from: NaiveDate,
    /// Its last day; null while it runs.
    until: Option<NaiveDate>,
}

impl RemedyView {
    fn of(remedy: &Remedy) -> Self {
        Self {
            kind: remedy.kind,
            body: remedy.body.to_string(),
            document: remedy.document.to_string(),
            from: remedy.from,
            until: remedy.until,
        }
    }
}

/// That somebody looked whether the correction was made.
#[derive(SimpleObject)]
#[graphql(name = "CorrectionCheck")]
pub(super) struct CorrectionCheckView {
    /// On which day.
    on: NaiveDate,
    /// Whether it was made.
    is_made: bool,
    /// What was found.
    found: String,
}

impl CorrectionCheckView {
    pub(super) fn of(check: &CorrectionCheck) -> Self {
        Self {
            on: check.on,
            is_made: check.is_made,
            found: check.found.to_string(),
        }
    }
}

/// What a review, a court or the bureau itself made of a decision.
#[derive(SimpleObject)]
#[graphql(name = "DecisionChange")]
pub(super) struct ChangeView {
    /// What.
    kind: ChangeKind,
    /// Who; null in what was noted before it was asked.
    by: Option<ChangedBy>,
    /// What that is called.
    body: String,
    /// The number of its paper.
    document: String,
    /// The day of its paper.
    on: NaiveDate,
    /// Why.
    reason: String,
    /// What is left of the fine, in yuan.
    fine_yuan: String,
    /// What is left of the confiscated gains, where it says so, in yuan.
    gains_yuan: Option<String>,
    /// What is left of the worth of the confiscated things, where it says so, in yuan.
    goods_yuan: Option<String>,
}

impl ChangeView {
    pub(super) fn of(change: &Change) -> Self {
        Self {
            kind: change.kind,
            by: change.by,
            body: change.body.to_string(),
            document: change.document.to_string(),
            on: change.on,
            reason: change.reason.to_string(),
            fine_yuan: change.fine.to_string(),
            gains_yuan: change.gains.map(|left| left.to_string()),
            goods_yuan: change.goods.map(|left| left.to_string()),
        }
    }
}
