//! Which periods of a case have to run, by its file alone.

use super::{super::Stands, Desk};
use liangxin_domain::cases::{
    case::{AUDIT, CLOSE, DECIDE, DEFEND, ENFORCE, PAY, SERVE},
    display::{ACCEPT, DECIDE_REPAIR, Repair, RepairState},
    file::{CaseStateKind as At, File},
    on_the_spot::SIMPLE,
    referral::{ANSWER, GOODS, HAND_OVER, REFERRAL, REVIEW, Referral, ReferralState as Referred},
};
use std::collections::BTreeMap;

/// Whether the period of a rule has to run.
type Demands = BTreeMap<&'static str, bool>;

impl Desk {
    /// Holds the clocks against the file.
    pub(super) fn check_clocks(&self) {
        let state = self.case.state_kind();
        let mut demanded = self.of_the_case();
        demanded.extend(of_the_referral(&self.case.file));
        demanded.extend(of_the_repair(&self.case.file));
        let open = self.clocks.open();
        for (rule, is_open) in &demanded {
            let is_running = open.contains(rule);
            assert_eq!(
                is_running, *is_open,
                "{rule} in {state}: {:?}",
                self.effects
            );
        }
        assert!(open.iter().all(|rule| demanded.contains_key(rule)));
        let is_paused = self.clocks.last(DECIDE) == Some(Stands::Paused);
        let is_waiting = state == At::Suspended || is_hearing_awaited(&self.case.file);
        assert_eq!(
            is_paused,
            demanded[DECIDE] && is_waiting,
            "{DECIDE} in {state}"
        );
    }

    fn of_the_case(&self) -> Demands {
        let (file, state) = (&self.case.file, self.case.state_kind());
        let is_open = file.decision.is_none() && file.ending.is_none();
        let round = file.round();
        let is_audited = round.is_none_or(|round| {
            let held = round
                .hearing
                .as_ref()
                .and_then(|hearing| hearing.held.as_ref());
            let last = round.audits.last();
            last.is_some_and(|last| held.is_none_or(|held| last.made.at >= held.made.at))
        });
        let is_told = round.and_then(|round| round.notice.as_ref());
        let is_told = is_told.is_some_and(|notice| notice.served.is_some());
        let is_silent = round.is_some_and(|round| round.answers.is_empty());
        let is_served = state == At::Served;
        let is_owing = self.owed().is_some_and(|owed| !owed.is_nothing());
        let spot = file.on_the_spot.as_ref();
        BTreeMap::from([
            (DECIDE, is_open),
            (AUDIT, is_open && !is_audited),
            (DEFEND, is_open && is_told && is_silent),
            (SERVE, state == At::Decided),
            (PAY, is_served && is_owing),
            (
                ENFORCE,
                is_served && is_owing && file.execution.court.is_none(),
            ),
            (CLOSE, is_served && file.execution.carried_out_on.is_some()),
            (SIMPLE, spot.is_some_and(|spot| spot.papers.is_none())),
        ])
    }
}

fn of_the_referral(file: &File) -> Demands {
    let referral = file.referral();
    let state = referral.map(Referral::state);
    let is_at = |wanted| state == Some(wanted);
    let has_goods = referral.is_some_and(|referral| referral.goods.is_some());
    BTreeMap::from([
        (REFERRAL, is_at(Referred::Reported)),
        (HAND_OVER, is_at(Referred::Approved)),
        (
            ANSWER,
            is_at(Referred::HandedOver) || is_at(Referred::UnderReview),
        ),
        (
            REVIEW,
            is_at(Referred::Refused) && referral.is_some_and(|referral| may_ask(file, referral)),
        ),
        (GOODS, is_at(Referred::Accepted) && !has_goods),
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
    let state = file.repair().map(Repair::state);
    let is_at = |wanted| state == Some(wanted) && !file.is_annulled();
    BTreeMap::from([
        (ACCEPT, is_at(RepairState::Asked)),
        (DECIDE_REPAIR, is_at(RepairState::Accepted)),
    ])
}

fn is_hearing_awaited(file: &File) -> bool {
    let hearing = file.round().and_then(|round| round.hearing.as_ref());
    hearing.is_some_and(|hearing| hearing.held.is_none())
}
