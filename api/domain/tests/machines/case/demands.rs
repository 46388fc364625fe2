//! Which periods of a case have to run, from which day on, and on which day they were kept: by its file alone.

use super::{
    super::Stands,
    Desk,
    promises::{reached, remedies_until},
};
use chrono::{Days, NaiveDate};
use liangxin_domain::{
    cases::{
        case::{AUDIT, CLOSE, DECIDE, DEFEND, ENFORCE, PAY, SERVE},
        display::{ACCEPT, DECIDE_REPAIR, Repair, RepairState},
        ending::EndingKind,
        file::{CaseStateKind as At, File, Round},
        on_the_spot::SIMPLE,
        order::{CORRECT, Order},
        referral::{
            ANSWER, GOODS, HAND_OVER, REFERRAL, REVIEW, Referral, ReferralState as Referred,
        },
    },
    law::{
        calendar::shanghai_date,
        clock::{Clock, Due},
    },
    reports::{machine::FILE, state::Mark},
};
use std::collections::BTreeMap;

/// From which day on the period of a rule has to run; nothing where it must not.
type Demands = BTreeMap<&'static str, Option<NaiveDate>>;

pub(super) fn day(mark: Mark) -> NaiveDate {
    shanghai_date(mark.at)
}

impl Desk {
    fn clock(&self, rule: &str) -> Option<&Clock> {
        self.clocks.0.get(rule)?.last()
    }

    /// Holds the clocks against the file.
    pub(super) fn check_clocks(&self) {
        let (file, state) = (&self.case.file, self.case.state_kind());
        let mut demanded = self.of_the_case();
        demanded.extend(of_the_referral(file));
        demanded.extend(of_the_repair(file));
        for (rule, since) in &demanded {
            let open = self.clock(rule).filter(|clock| clock.is_open());
            let told = format!("{rule} in {state}: {:?}", self.effects);
            assert_eq!(open.map(|clock| clock.started_on), *since, "{told}");
        }
        let open = self.clocks.open();
        assert!(open.iter().all(|rule| demanded.contains_key(rule)));
        for (rule, on) in self.kept() {
            let done = self.clock(rule).and_then(|clock| clock.satisfied_on);
            assert!(done.is_none() || done == on, "{rule}: {done:?}, {on:?}");
        }
        let lead = self.case.basis.told.found_on;
        let filed = self
            .clock(FILE)
            .map(|clock| (clock.started_on, clock.satisfied_on));
        let filed_on = shanghai_date(self.case.filed_at);
        assert_eq!(filed, lead.map(|found| (found, Some(filed_on))), "{FILE}");
        let is_paused = self.clocks.last(DECIDE) == Some(Stands::Paused);
        let is_waiting = state == At::Suspended || is_hearing_awaited(file);
        let is_undecided = demanded[DECIDE].is_some();
        assert_eq!(is_paused, is_undecided && is_waiting, "{DECIDE} in {state}");
        if is_undecided {
            self.check_decide_by();
        }
    }

    /// Ninety days from the filing, a hundred and twenty where a head gave more, and what the heads together fixed beyond
    /// that, without those that do not count; the last one is a working day (Order 2, article 64).
    fn check_decide_by(&self) {
        let Due::On { moved, .. } = self.clock(DECIDE).unwrap().due else {
            return;
        };
        let waits = self.waits();
        let file = &self.case.file;
        let mut left = if file.extended.is_some() { 120 } else { 90 };
        left += file.extended_further.as_ref().map_or(0, |more| more.days);
        let mut last = shanghai_date(self.case.filed_at);
        while left > 0 || !self.law.calendar.is_working_day(last).unwrap() {
            last = last + Days::new(1);
            while waits.iter().any(|(from, to)| (*from..*to).contains(&last)) {
                last = last + Days::new(1);
            }
            left = left.saturating_sub(1);
        }
        assert_eq!(moved, last, "{DECIDE}: {waits:?}");
    }

    /// The days that do not count: suspension, the wait for a hearing, public notice.
    fn waits(&self) -> Vec<(NaiveDate, NaiveDate)> {
        let rounds = &self.case.file.rounds;
        let suspended = self.case.file.suspensions.iter();
        let suspended =
            suspended.map(|it| (day(it.approved), it.resumed.map_or(NaiveDate::MAX, day)));
        let next = rounds.iter().skip(1).map(|round| day(round.proposal.made));
        let next = next.chain([NaiveDate::MAX]);
        let heard = rounds.iter().zip(next).filter_map(|(round, next)| {
            let hearing = round.hearing.as_ref()?;
            let held = hearing.held.as_ref().map(|held| day(held.made));
            Some((shanghai_date(hearing.asked_at), held.unwrap_or(next)))
        });
        let notices = rounds.iter().filter_map(|round| round.notice.as_ref());
        let published = notices.filter_map(|notice| notice.served.as_ref());
        let published = published
            .map(|served| &served.delivery)
            .map(|delivery| (shanghai_date(delivery.at), reached(delivery)));
        suspended.chain(heard).chain(published).collect()
    }

    fn of_the_case(&self) -> Demands {
        let (file, state) = (&self.case.file, self.case.state_kind());
        let filed_on = shanghai_date(self.case.filed_at);
        let is_open = file.decision.is_none() && file.ending.is_none();
        let round = file.round().filter(|_| is_open);
        let told = round.and_then(|round| round.notice.as_ref());
        let told = told.and_then(|notice| notice.served.as_ref());
        let is_silent = round.is_some_and(|round| round.answers.is_empty());
        let decision = file.decision.as_ref();
        let served = decision.and_then(|decision| decision.served.as_ref());
        let served = served.filter(|_| state == At::Served);
        let is_owing = self.owed().is_some_and(|owed| !owed.is_nothing());
        let owing = served.filter(|_| is_owing).map(|it| reached(&it.delivery));
        let execution = &file.execution;
        let longer = execution.instalments.as_ref();
        let longer = longer.map(|longer| day(longer.approved));
        let unasked = owing.filter(|_| execution.court.is_none());
        let spot = file.on_the_spot.as_ref();
        BTreeMap::from([
            (DECIDE, is_open.then_some(filed_on)),
            (AUDIT, round.and_then(unaudited_since)),
            (
                DEFEND,
                told.filter(|_| is_silent).map(|it| reached(&it.delivery)),
            ),
            (
                SERVE,
                decision
                    .filter(|_| state == At::Decided)
                    .map(|it| day(it.made)),
            ),
            (PAY, owing.map(|on| longer.unwrap_or(on))),
            (
                ENFORCE,
                unasked.map(|on| remedies_until(decision.unwrap(), on)),
            ),
            (CLOSE, served.and(execution.carried_out_on)),
            (CORRECT, self.unseen_since()),
            (
                SIMPLE,
                spot.filter(|spot| spot.papers.is_none()).map(|_| filed_on),
            ),
        ])
    }

    /// Since when somebody has to look after a correction: the order of before the decision that ends first, of the newest
    /// on each violation, or what the decision ordered once it is with the party.
    fn unseen_since(&self) -> Option<NaiveDate> {
        let file = &self.case.file;
        if let Some(decision) = &file.decision {
            let is_served = self.case.state_kind() == At::Served;
            let is_waiting = is_served && self.corrected_on().is_none();
            return is_waiting.then(|| day(decision.made));
        }
        let mut newest: BTreeMap<_, &Order> = BTreeMap::new();
        for order in &file.orders {
            newest.insert(order.violation.to_string(), order);
        }
        let waiting = newest.into_values().filter(|order| {
            let last = order.correct_by;
            file.ending.is_none() && order.checks.iter().all(|it| !it.is_made && it.on <= last)
        });
        let next = waiting.min_by_key(|order| (order.correct_by, order.made.at));
        next.map(|order| day(order.made))
    }

    /// The first look after what the decision ordered that found it made, or that came when its days were over.
    fn corrected_on(&self) -> Option<NaiveDate> {
        let decision = self.case.file.decision.as_ref()?;
        let served = reached(&decision.served.as_ref()?.delivery);
        let last = served.max(decision.penalty.correct_by);
        let mut looks = self.case.file.execution.checks.iter();
        looks.find(|it| it.is_made || it.on > last).map(|it| it.on)
    }

    /// On which day the newest duty of each kind was done, where it was.
    fn kept(&self) -> Vec<(&'static str, Option<NaiveDate>)> {
        let file = &self.case.file;
        let decision = file.decision.as_ref();
        let ended = file.ending.filter(|it| it.kind == EndingKind::NoPenalty);
        let is_told = |round: &&Round| {
            let notice = round.notice.as_ref();
            notice.is_some_and(|notice| notice.served.is_some())
        };
        let told = file.rounds.iter().rev().find(is_told);
        let answer = told.and_then(|round| round.answers.first());
        let answered = answer.map(|it| it.arrived_on.unwrap_or_else(|| shanghai_date(it.at)));
        let served = decision.and_then(|decision| decision.served.as_ref());
        let execution = &file.execution;
        // Another court may be asked later.
        let asked = self.steps.get("ApplyToCourt");
        let last = |done: fn(&Referral) -> Option<NaiveDate>| {
            let mut found = file.referrals.iter().rev();
            found.find_map(done)
        };
        let decided = decision.map(|it| it.made).or(ended.map(|it| it.made));
        let corrected = served.map(|_| (CORRECT, self.corrected_on()));
        let mut kept = vec![
            (DECIDE, decided.map(day)),
            (AUDIT, file.round().and_then(audited_on)),
            (DEFEND, answered),
            (SERVE, served.map(|it| shanghai_date(it.delivery.at))),
            (PAY, execution.payments.iter().map(|it| it.paid_on).max()),
            (ENFORCE, asked.map(|days| days[0])),
            (CLOSE, file.closed.map(day)),
            (REFERRAL, last(|it| Some(day(it.decided.as_ref()?.made)))),
            (
                HAND_OVER,
                last(|it| Some(day(it.handed_over.as_ref()?.made))),
            ),
            (ANSWER, last(|it| Some(it.answers.last()?.on))),
            (REVIEW, last(|it| Some(day(it.review.as_ref()?.made)))),
            (GOODS, last(|it| Some(day(it.goods.as_ref()?.made)))),
        ];
        kept.extend(corrected);
        kept
    }
}

/// What the newest audit is owed to: the report, or the hearing that was held on it.
fn audit_owed_since(round: &Round) -> Mark {
    let hearing = round.hearing.as_ref();
    let held = hearing.and_then(|hearing| hearing.held.as_ref());
    held.map_or(round.proposal.made, |held| held.made)
}

fn audited_on(round: &Round) -> Option<NaiveDate> {
    let owed = audit_owed_since(round);
    let mut audits = round.audits.iter();
    let first = audits.find(|audit| audit.made.at >= owed.at);
    first.map(|audit| day(audit.made))
}

fn unaudited_since(round: &Round) -> Option<NaiveDate> {
    let is_audited = audited_on(round).is_some();
    (!is_audited).then(|| day(audit_owed_since(round)))
}

fn of_the_referral(file: &File) -> Demands {
    let at = |wanted| file.referral().filter(|it| it.state() == wanted);
    let answered = |it: &Referral| it.answers.last().map(|answer| answer.on);
    let reviewed = at(Referred::UnderReview).and_then(|it| it.review.as_ref());
    let given = at(Referred::HandedOver).and_then(|it| it.handed_over.as_ref());
    let approved = at(Referred::Approved).and_then(|it| it.decided.as_ref());
    let refused = at(Referred::Refused).filter(|it| may_ask(file, it));
    let accepted = at(Referred::Accepted).filter(|it| it.goods.is_none());
    BTreeMap::from([
        (
            REFERRAL,
            at(Referred::Reported).map(|it| day(it.reported.made)),
        ),
        (HAND_OVER, approved.map(|it| day(it.made))),
        (
            ANSWER,
            reviewed
                .map(|it| day(it.made))
                .or(given.map(|it| day(it.made))),
        ),
        (REVIEW, refused.and_then(answered)),
        (GOODS, accepted.and_then(answered)),
    ])
}

/// A refusal is looked at again once, as long as nothing was decided after it.
fn may_ask(file: &File, referral: &Referral) -> bool {
    let decided = file.decision.as_ref().map(|decision| decision.made);
    let over = decided.or_else(|| file.ending.map(|ending| ending.made));
    let refused = referral.answers.last().unwrap().noted;
    referral.review.is_none() && over.is_none_or(|over| over.at < refused.at)
}

fn of_the_repair(file: &File) -> Demands {
    let at = |wanted| {
        let repair = file.repair().filter(|_| !file.is_annulled());
        repair.filter(|it: &&Repair| it.state() == wanted)
    };
    let accepted = at(RepairState::Accepted).and_then(|it| it.accepted);
    BTreeMap::from([
        (ACCEPT, at(RepairState::Asked).map(|it| day(it.asked))),
        (DECIDE_REPAIR, accepted.map(day)),
    ])
}

fn is_hearing_awaited(file: &File) -> bool {
    let hearing = file.round().and_then(|round| round.hearing.as_ref());
    hearing.is_some_and(|hearing| hearing.held.is_none())
}
