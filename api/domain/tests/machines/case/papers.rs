//! Which papers must lie in the file of a case, by what the file says was done.

use super::{super::Papers, Desk};
use liangxin_domain::{
    cases::{
        ending::EndingKind,
        file::{CaseStateKind as At, File},
    },
    notices::paper::Paper,
};
use std::{cell::RefCell, collections::BTreeMap};

thread_local! {
    /// Which papers made which states, over all walks.
    static MAKERS: RefCell<Papers> = RefCell::default();
}

/// How often a paper must be there.
fn demanded(file: &File) -> Vec<(Paper, usize)> {
    let rounds = || file.rounds.iter();
    let notices = || rounds().filter_map(|round| round.notice.as_ref());
    let served = notices().filter(|notice| notice.served.is_some()).count();
    let hearings = || rounds().filter_map(|round| round.hearing.as_ref());
    let is_simple = file.is_simple();
    let is_filed = !is_simple;
    let decision = file.decision.as_ref().filter(|_| is_filed);
    let received = decision.is_some_and(|decision| decision.served.is_some());
    let given = file.referrals.iter().filter(|it| it.handed_over.is_some());
    let ruled = file.recusals.iter().filter(|it| !it.is_open()).count();
    let repairs = file.repairs.iter().map(|repair| {
        usize::from(repair.missing.is_some())
            + usize::from(repair.accepted.is_some())
            + usize::from(repair.extended.is_some())
            + usize::from(repair.decided.is_some())
            + usize::from(repair.undone.is_some())
    });
    let ended = |kind| {
        file.ending
            .as_ref()
            .is_some_and(|ending| ending.kind == kind)
    };
    vec![
        (Paper::FilingApproval, usize::from(is_filed)),
        (Paper::OnTheSpotDecision, usize::from(is_simple)),
        (Paper::CaseFile, rounds().filter(|_| is_filed).count()),
        (Paper::CorrectionOrder, file.orders.len()),
        (Paper::SuspensionOfCase, file.suspensions.len()),
        (
            Paper::AuditOpinion,
            rounds().map(|round| round.audits.len()).sum(),
        ),
        (Paper::PenaltyNotice, notices().count()),
        (Paper::ServiceReceipt, served + usize::from(received)),
        (
            Paper::HearingRecord,
            hearings().filter(|it| it.is_held()).count(),
        ),
        (Paper::PenaltyDecision, usize::from(decision.is_some())),
        (Paper::CaseClosing, usize::from(file.closed.is_some())),
        (Paper::CaseArchive, usize::from(file.archived.is_some())),
        (Paper::PoliceTransfer, given.count()),
        (
            Paper::NoPenaltyDecision,
            usize::from(ended(EndingKind::NoPenalty)),
        ),
        (
            Paper::TerminationOfCase,
            usize::from(ended(EndingKind::Terminated)),
        ),
        (
            Paper::ConferenceRecord,
            rounds().map(|round| round.conferences().count()).sum(),
        ),
        (Paper::CaseRecusalDecision, ruled),
        (Paper::CreditRepairNotice, repairs.sum()),
    ]
}

/// What may be told again is in the file once, and a paper each time.
const TOLD_AGAIN: [(Paper, &str); 5] = [
    (Paper::HearingNotice, "AnnounceHearing"),
    (Paper::PaymentReminder, "RemindParty"),
    (Paper::ExtensionOfCase, "ExtendCase"),
    (Paper::EnforcementApplication, "ApplyToCourt"),
    (Paper::DecisionChange, "ChangeDecision"),
];

impl Desk {
    /// Every paper that must exist does, with the receipt of its service, and none that nothing made.
    pub(super) fn check_papers(&self) {
        let file = &self.case.file;
        let again = TOLD_AGAIN.map(|(paper, step)| (paper, self.steps.get(step)));
        let again = again.map(|(paper, days)| (paper, days.map_or(0, Vec::len)));
        let gone = file.ending.as_ref();
        let gone = gone.is_some_and(|ending| ending.kind == EndingKind::Transferred);
        let is_letter = gone && self.case.basis.report.is_none();
        let letter = (Paper::TransferLetter, usize::from(is_letter));
        let all = demanded(file).into_iter().chain(again).chain([letter]);
        let all: BTreeMap<_, _> = all
            .map(|(paper, times)| (paper.to_string(), times))
            .collect();
        let mut made = BTreeMap::new();
        for paper in &self.papers {
            *made.entry(paper.to_string()).or_default() += 1;
        }
        let demanded = all.into_iter().filter(|(_, times)| *times > 0);
        assert_eq!(made, demanded.collect());
    }

    /// A state that a paper made is made by no other one, in no walk.
    pub(super) fn check_maker(&self, before: At) {
        let state = self.case.state_kind();
        let (true, Some(paper)) = (state != before, self.paper) else {
            return;
        };
        MAKERS.with_borrow_mut(|makers| makers.note(format!("case {state}"), paper));
    }
}
