//! What a party owes, and from when on it is late.

use super::{Instalments, Remedy};
use crate::{
    cases::case::Case,
    law::{calendar::shanghai_date, case_rule::LateFee},
    money::Fen,
};
use chrono::NaiveDate;

/// What the law says of paying a decision.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Paying {
    /// The last day, as the law says it now: of `P-PAY` from the day on which the decision counts as served
    /// (`Served::on`). It counts where the file holds none, because the calendar lacked the year; nothing without
    /// such a service, or while the year still is lacking. More time that was allowed is the file's to say.
    pub until: Option<NaiveDate>,
    /// What being late costs, by the law of the day of the decision; nothing without one.
    pub late_fee: Option<LateFee>,
}

/// What a party owes on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Owed {
    /// Of fines and confiscated gains.
    pub penalty: Fen,
    /// Of the late fee.
    pub late_fee: Fen,
}

impl Owed {
    /// Whether nothing is left.
    #[must_use]
    pub fn is_nothing(self) -> bool {
        self.penalty == Fen::ZERO && self.late_fee == Fen::ZERO
    }
}

/// What came together until a day, in fen.
pub(super) struct Reckoned {
    /// Fines and confiscated gains.
    pub(super) due: i64,
    /// What was paid.
    pub(super) paid: i64,
    /// The late fee.
    pub(super) fee: i64,
}

/// A time in which the party is late: the day after which it begins, and its last one.
struct Late {
    after: NaiveDate,
    to: NaiveDate,
}

impl Late {
    /// How many of its days lie after one day and not after another.
    fn days(&self, after: NaiveDate, to: NaiveDate) -> i64 {
        (self.to.min(to) - self.after.max(after)).num_days().max(0)
    }

    /// What is left of it without the days of a review or a suit.
    fn without(&self, remedy: &Remedy) -> impl Iterator<Item = Self> + use<> {
        let before = remedy.from.pred_opt().unwrap_or(NaiveDate::MIN);
        let first = Self {
            after: self.after,
            to: self.to.min(before),
        };
        let (after, to) = (self.after, self.to);
        let rest = remedy.until.map(|until| Self {
            after: after.max(until),
            to,
        });
        let both = [Some(first), rest].into_iter().flatten();
        both.filter(|late| late.after < late.to)
    }
}

impl Case {
    /// What is owed at the end of a day, once the decision was served; nothing before. A payment meets
    /// the penalty first. The late fee is a share of the unpaid fine for each day after the last one for paying, to
    /// the fen downwards, and never more than its share of the fine.
    #[must_use]
    pub fn owed_by(&self, on: NaiveDate, paying: Paying) -> Option<Owed> {
        let Reckoned { due, paid, fee } = self.reckoned(on, paying)?;
        let over = (paid - due).max(0);
        Some(Owed {
            penalty: Fen::new((due - paid).max(0)).ok()?,
            late_fee: Fen::new((fee - over).max(0)).ok()?,
        })
    }

    /// What came in until a day beyond what stands of the decision, with its late fee: it is the party's. Of a decision that
    /// was annulled that is all.
    #[must_use]
    pub fn overpaid_by(&self, on: NaiveDate, paying: Paying) -> Fen {
        let over = match self.reckoned(on, paying) {
            Some(Reckoned { due, paid, fee }) => paid.saturating_sub(due.saturating_add(fee)),
            None => {
                let payments = self.file.execution.payments.iter();
                let paid = payments.filter(|payment| payment.paid_on <= on);
                paid.map(|payment| payment.sum.as_i64())
                    .fold(0, i64::saturating_add)
            }
        };
        Fen::new(over.max(0)).unwrap_or_default()
    }

    pub(super) fn reckoned(&self, on: NaiveDate, paying: Paying) -> Option<Reckoned> {
        self.standing()?;
        self.file.decision.as_ref()?.served.as_ref()?;
        let (fine, gains) = (self.fine(), self.gains());
        let due = fine.checked_add(gains)?.as_i64();
        let late = self.late(paying.until);
        let (daily, most) = paying
            .late_fee
            .map_or((0, 0), |fee| (fee.percent_a_day, fee.most_percent));
        let fee = |paid: i64, after: NaiveDate, to: NaiveDate| {
            // Confiscated gains bear no late fee: the fine is what is unpaid last.
            let unpaid = (due - paid).clamp(0, fine.as_i64());
            let days = late.iter().map(|late| late.days(after, to)).sum();
            unpaid.saturating_mul(daily).saturating_mul(days)
        };
        let mut payments: Vec<_> = self.file.execution.payments.iter().collect();
        payments.sort_by_key(|payment| payment.paid_on);
        let (mut paid, mut hundredths, mut after) = (0_i64, 0_i64, NaiveDate::MIN);
        for payment in payments.iter().filter(|payment| payment.paid_on <= on) {
            hundredths = hundredths.saturating_add(fee(paid, after, payment.paid_on));
            after = payment.paid_on;
            paid = paid.saturating_add(payment.sum.as_i64());
        }
        hundredths = hundredths.saturating_add(fee(paid, after, on));
        let most = fine.as_i64().saturating_mul(most) / 100;
        let fee = (hundredths / 100).min(most);
        Some(Reckoned { due, paid, fee })
    }

    /// The times in which a late fee comes together: after the last day for paying, up to the day on which more
    /// time was allowed, and again after that has run out; but for the days of reviews and suits (Administrative Penalty Law,
    /// article 73).
    fn late(&self, pay_until: Option<NaiveDate>) -> Vec<Late> {
        let execution = &self.file.execution;
        let allowed = execution.former_instalments.iter();
        let mut late = Vec::new();
        let mut until = self.served_until(pay_until);
        for Instalments {
            until: more,
            approved,
            ..
        } in allowed.chain(&execution.instalments)
        {
            let to = shanghai_date(approved.at);
            late.extend(until.map(|after| Late { after, to }));
            until = Some(*more);
        }
        let to = NaiveDate::MAX;
        late.extend(until.map(|after| Late { after, to }));
        execution.remedies_now().fold(late, |late, remedy| {
            let left = late.iter().flat_map(|late| late.without(remedy));
            left.collect()
        })
    }

    /// The last day on which something was paid. Payments need not be noted in their order.
    pub(in crate::cases) fn last_paid_on(&self) -> Option<NaiveDate> {
        let payments = self.file.execution.payments.iter();
        payments.map(|payment| payment.paid_on).max()
    }

    /// The last day for paying. `pay_until` is the one that the law says now, as in [`Paying::until`].
    #[must_use]
    pub fn pay_until_by(&self, pay_until: Option<NaiveDate>) -> Option<NaiveDate> {
        match &self.file.execution.instalments {
            Some(instalments) => Some(instalments.until),
            None => self.served_until(pay_until),
        }
    }

    /// The last day that followed from the service, before anybody allowed more time.
    fn served_until(&self, pay_until: Option<NaiveDate>) -> Option<NaiveDate> {
        let served = self.file.decision.as_ref()?.served.as_ref()?;
        served.until.or(pay_until)
    }
}
