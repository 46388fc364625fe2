//! Which papers must lie in the file of a case, by what the file says was done.

use super::Desk;
use liangxin_domain::{
    cases::{
        ending::EndingKind,
        file::{CaseStateKind, File},
    },
    notices::paper::Paper,
};

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
    let ended = |kind| {
        file.ending
            .as_ref()
            .is_some_and(|ending| ending.kind == kind)
    };
    vec![
        (Paper::FilingApproval, usize::from(is_filed)),
        (Paper::OnTheSpotDecision, usize::from(is_simple)),
        (
            Paper::CaseFile,
            usize::from(is_filed && !file.rounds.is_empty()),
        ),
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
        (Paper::CaseRecusalDecision, ruled),
    ]
}

/// What may be told again leaves more papers than the file holds: at least one, if it holds any.
fn at_least(file: &File) -> Vec<(Paper, bool)> {
    let rounds = || file.rounds.iter();
    let mut hearings = rounds().filter_map(|round| round.hearing.as_ref());
    vec![
        (
            Paper::HearingNotice,
            hearings.any(|it| it.announced.is_some()),
        ),
        (
            Paper::ConferenceRecord,
            rounds().any(|round| round.conference.is_some()),
        ),
        (Paper::PaymentReminder, file.execution.reminder.is_some()),
        (Paper::ExtensionOfCase, file.extended.is_some()),
        (
            Paper::EnforcementApplication,
            file.execution.court.is_some(),
        ),
        (Paper::DecisionChange, file.change.is_some()),
    ]
}

impl Desk {
    fn count(&self, paper: Paper) -> usize {
        self.papers.iter().filter(|made| **made == paper).count()
    }

    /// Every paper that must exist does, with the receipt of its service, and none that nothing made.
    pub(super) fn check_papers(&self) {
        let file = &self.case.file;
        for (paper, times) in demanded(file) {
            assert_eq!(self.count(paper), times, "{paper}");
        }
        for (paper, is_demanded) in at_least(file) {
            assert!(!is_demanded || self.count(paper) > 0, "{paper}");
        }
    }

    /// A state that a paper made is made by no other one.
    pub(super) fn check_maker(&mut self, before: CaseStateKind) {
        let state = self.case.state_kind();
        let (true, Some(paper)) = (state != before, self.paper) else {
            return;
        };
        self.makers.note(format!("case {state}"), paper);
    }
}
