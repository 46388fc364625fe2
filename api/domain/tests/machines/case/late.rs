//! What a party owes, reckoned day by day (Order 2, articles 72 to 75): three percent of what is unpaid of the fine for each
//! day after the last one, at most as much as the fine.

use super::{Desk, changed::lowered, demands::day, promises::reached};
use chrono::{Days, NaiveDate};
use liangxin_domain::{
    cases::{
        case::PAY,
        charge::{Penalty, Sanction},
    },
    money::Fen,
};

/// The fine that a decision was left with.
pub(super) fn fine(desk: &Desk, penalty: &Penalty) -> i64 {
    let fines = penalty.charges.iter().map(|charge| charge.fine.as_i64());
    let last = lowered(desk).pop();
    last.map_or_else(|| fines.sum(), |change| change.fine.as_i64())
}

/// The gains that it was left with.
fn gains(desk: &Desk, sanction: &Sanction) -> Fen {
    let decided = sanction.gains.filter(|_| sanction.takes_gains);
    let mut changes = lowered(desk).into_iter().rev();
    let left = changes.find_map(|change| change.gains);
    left.or(decided).unwrap_or_default()
}

impl Desk {
    fn paid_before(&self, day: NaiveDate) -> i64 {
        let payments = self.case.file.execution.payments.iter();
        let before = payments.filter(|payment| payment.paid_on < day);
        before.map(|payment| payment.sum.as_i64()).sum()
    }

    /// The last day for paying as it stood on a day: what is allowed counts from the day after.
    fn last_to_pay(&self, service: NaiveDate, on: NaiveDate) -> Option<NaiveDate> {
        let execution = &self.case.file.execution;
        let allowed = execution.former_instalments.iter();
        let allowed = allowed.chain(&execution.instalments);
        let newest = allowed.rev().find(|it| day(it.approved) < on);
        newest.map(|it| it.until).or_else(|| self.end(PAY, service))
    }

    /// Nothing before the service, nor of a decision that was taken away.
    fn reckoned(&self) -> Option<(Fen, Fen)> {
        let file = &self.case.file;
        let decision = file.decision.as_ref().filter(|_| !file.is_annulled())?;
        let served = reached(&decision.served.as_ref()?.delivery);
        let (sanction, fine) = (&decision.penalty.sanction, fine(self, &decision.penalty));
        let due = fine + gains(self, sanction).as_i64();
        let tomorrow = self.today() + Days::new(1);
        let mut hundredths = 0;
        for on in served.iter_days().take_while(|on| *on < tomorrow) {
            let last = self.last_to_pay(served, on);
            if last.is_some_and(|last| on > last) {
                hundredths += 3 * (due - self.paid_before(on)).clamp(0, fine);
            }
        }
        let paid = self.paid_before(tomorrow);
        let late = (hundredths / 100).min(fine) - (paid - due).max(0);
        let fen = |sum: i64| Fen::new(sum.max(0)).unwrap();
        Some((fen(due - paid), fen(late)))
    }

    /// Holds what the machine says is owed against that.
    pub(super) fn check_owed(&self) {
        let owed = self.owed().map(|owed| (owed.penalty, owed.late_fee));
        assert_eq!(owed, self.reckoned());
    }
}
