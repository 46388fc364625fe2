//! What a party owes, reckoned day by day (Order 2, articles 72 to 75): three percent of what is unpaid of the fine for each
//! day after the last one, at most as much as the fine; none for the days of a review or a suit (Administrative Penalty Law,
//! article 73).

use super::{
    Desk,
    changed::lowered,
    demands::day,
    promises::reached,
    samples::{fined, pay, suit, yuan},
};
use chrono::{Days, NaiveDate};
use liangxin_domain::{
    cases::{
        case::PAY,
        charge::{Penalty, Sanction},
        command::Command,
    },
    money::Fen,
    refusal::Code,
};
use std::collections::BTreeMap;

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

/// A suit that begins, or ends today.
pub(super) fn suits(desk: &Desk) -> Vec<Command> {
    let (noted, today) = (&desk.case.file.execution.remedies, desk.today());
    match noted.last().filter(|last| last.until.is_none()) {
        Some(running) => {
            let number = running.document.as_str();
            vec![suit(number, running.from, Some(today))]
        }
        None => [today, today - Days::new(4), today + Days::new(1)]
            .map(|on| suit(&noted.len().to_string(), on, None))
            .into(),
    }
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

    /// Whether a review or a suit ran on a day, by the last note of each.
    fn is_in_remedy(&self, on: NaiveDate) -> bool {
        let noted = self.case.file.execution.remedies.iter();
        let newest: BTreeMap<_, _> = noted
            .map(|remedy| (remedy.document.as_str(), remedy))
            .collect();
        newest.values().any(|remedy| {
            let until = remedy.until.unwrap_or(NaiveDate::MAX);
            (remedy.from..=until).contains(&on)
        })
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
            if last.is_some_and(|last| on > last) && !self.is_in_remedy(on) {
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

fn fee(desk: &Desk, days_late: u64) -> Fen {
    desk.owed_on(desk.due(days_late)).unwrap().late_fee
}

#[test]
fn the_days_of_a_review_or_a_suit_bear_no_late_fee() {
    let mut desk = Desk::new();
    desk.served(fined(5000));
    let due = |days| desk.due(days);
    let [third, tenth, twelfth, fourteenth, today] = [3, 10, 12, 14, 15].map(due);
    desk.on(today);
    assert_eq!(fee(&desk, 15), yuan(15 * 150));
    desk.go(suit("1", third, None));
    // The first two days, and none as long as it runs.
    assert_eq!([fee(&desk, 15), fee(&desk, 30)], [yuan(300); 2]);
    desk.go(suit("1", third, Some(twelfth)));
    assert_eq!(fee(&desk, 15), yuan(5 * 150));
    // Another one, which ran at the same time for some days.
    desk.go(suit("2", tenth, Some(fourteenth)));
    assert_eq!(fee(&desk, 15), yuan(3 * 150));
    assert_eq!(
        desk.case.file.execution.remedies.len(),
        3,
        "all stay in the file"
    );
}

#[test]
fn a_suit_that_leaves_no_late_fee_leaves_nothing_to_pay() {
    let mut desk = Desk::new();
    desk.served(fined(5000));
    let (first, late) = (desk.due(1), desk.due(10));
    desk.on(late).go(pay(5000, late, "1"));
    assert!(desk.clocks.open().contains(&PAY));
    desk.go(suit("1", first, None));
    assert!(desk.owed().unwrap().is_nothing());
    assert!(!desk.clocks.open().contains(&PAY));
}

#[test]
fn a_review_or_a_suit_is_against_a_decision_that_is_served_and_has_its_days() {
    let mut desk = Desk::new();
    let today = desk.today();
    assert_eq!(desk.refused(suit("1", today, None)), Code::CaseNotDecided);
    desk.decided(fined(5000));
    let today = desk.today();
    assert_eq!(
        desk.refused(suit("1", today, None)),
        Code::DecisionNotServed
    );
    let mut desk = Desk::new();
    desk.served(fined(5000));
    let (today, tomorrow) = (desk.today(), desk.today() + Days::new(1));
    let before = today - Days::new(100);
    for (from, until, code) in [
        (tomorrow, None, Code::TimeInFuture),
        (before, None, Code::TimeTooOld),
        (today, Some(tomorrow), Code::TimeInFuture),
        (today, Some(before), Code::TimeTooOld),
    ] {
        assert_eq!(desk.refused(suit("1", from, until)), code);
    }
    desk.go(suit("1", today, Some(today)));
}
