//! Random legal walks with random dates: no clock is missing, none is lost, and no state is made by
//! two papers.

use super::*;
use crate::{
    complaints::{
        complaint::{ACCEPT, ID_PROOF, MEDIATE, RECUSE, TELL_TERMINATION},
        desk::RegisteredBy,
        mediation::MediatingBy,
        state::ComplaintState,
    },
    law::effect::ClockEffect,
    notices::paper::Paper,
    reports::machine::VERIFY_LEAD,
};
use chrono::NaiveDate;
use proptest::prelude::*;
use std::collections::BTreeMap;

/// How a clock stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stands {
    Running,
    Paused,
    Done,
    Lapsed,
}

/// All clocks of one complaint, applied as strictly as the law allows.
#[derive(Debug, Default)]
struct Clocks(BTreeMap<&'static str, Vec<(NaiveDate, Stands)>>);

impl Clocks {
    fn apply(&mut self, effect: &ClockEffect) {
        let clocks = self.0.entry(effect.rule()).or_default();
        let is_open = clocks
            .last()
            .is_some_and(|(_, stands)| matches!(stands, Stands::Running | Stands::Paused));
        match effect {
            ClockEffect::Start { opened_on, .. } | ClockEffect::StartUntil { opened_on, .. } => {
                assert!(!is_open, "{effect:?} doubles a clock");
                clocks.push((*opened_on, Stands::Running));
            }
            ClockEffect::Restart { opened_on, .. } => {
                assert!(is_open, "{effect:?} restarts nothing");
                clocks.push((*opened_on, Stands::Running));
                let at = clocks.len() - 2;
                clocks[at].1 = Stands::Lapsed;
            }
            other => {
                let (opened, stands) = clocks
                    .last_mut()
                    .unwrap_or_else(|| panic!("{effect:?} of a clock that never ran"));
                let (next, on) = match other {
                    ClockEffect::Satisfy { on, .. } => (Stands::Done, on),
                    ClockEffect::Lapse { on, .. } => (Stands::Lapsed, on),
                    ClockEffect::Pause { on, .. } => {
                        assert_eq!(*stands, Stands::Running, "{effect:?}");
                        (Stands::Paused, on)
                    }
                    ClockEffect::Resume { on, .. } => {
                        assert_eq!(*stands, Stands::Paused, "{effect:?}");
                        (Stands::Running, on)
                    }
                    _ => panic!("{effect:?} is no effect of a complaint"),
                };
                assert!(on >= opened, "{effect:?} lies before the opening day");
                // What was done stays done, and what fell away stays so.
                if is_open {
                    *stands = next;
                }
            }
        }
    }

    fn last(&self, rule: &str) -> Option<Stands> {
        self.0.get(rule)?.last().map(|(_, stands)| *stands)
    }

    fn is_open(&self, rule: &str) -> bool {
        matches!(self.last(rule), Some(Stands::Running | Stands::Paused))
    }

    fn check(&self, complaint: &Complaint) {
        use ComplaintStateKind as S;
        let kind = complaint.kind();
        let undecided = matches!(kind, S::Registered | S::Dispatched | S::IdProofPending);
        assert_eq!(self.is_open(ACCEPT), undecided, "{ACCEPT} in {kind}");
        assert_eq!(self.is_open(ID_PROOF), kind == S::IdProofPending, "{kind}");
        let mediated = match kind {
            S::Accepted | S::Mediating | S::Entrusted | S::SuspendedRecusal => {
                Some(Stands::Running)
            }
            S::Testing => Some(Stands::Paused),
            S::AgreedLetter | S::AgreedPerformed => Some(Stands::Done),
            S::Terminated => Some(Stands::Lapsed),
            S::Closed | S::Archived => {
                assert!(!self.is_open(MEDIATE), "{MEDIATE} in {kind}");
                self.last(MEDIATE)
            }
            _ => None,
        };
        assert_eq!(self.last(MEDIATE), mediated, "{MEDIATE} in {kind}");
        if let ComplaintState::Terminated(terminated) = &complaint.state {
            let told = terminated.is_told_to_both();
            assert_eq!(self.is_open(TELL_TERMINATION), !told);
            assert_eq!(self.last(TELL_TERMINATION) == Some(Stands::Done), told);
        }
        assert!(!self.0.contains_key(VERIFY_LEAD), "it is its report's");
        if matches!(kind, S::Closed | S::Archived) {
            for rule in self.0.keys() {
                assert!(!self.is_open(rule), "{rule} is lost in {kind}");
            }
        }
        if matches!(kind, S::AgreedLetter | S::AgreedPerformed | S::Terminated) {
            assert!(!self.is_open(RECUSE), "{RECUSE} is lost in {kind}");
        }
    }
}

/// The state with what made it: two of these are the same state only if both agree.
fn made(
    state: &ComplaintState,
) -> (
    ComplaintStateKind,
    Option<RegisteredBy>,
    Option<MediatingBy>,
) {
    let registered = match state {
        ComplaintState::Registered(registered) => Some(registered.by),
        _ => None,
    };
    let mediating = match state {
        ComplaintState::Mediating(mediating) => Some(mediating.by),
        _ => None,
    };
    (state.kind(), registered, mediating)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn no_clock_is_missing_none_is_lost_and_no_state_has_two_papers(
        choices in prop::collection::vec((0_usize..1000, 0_i64..25), 1..80)
    ) {
        let Step { after: mut complaint, clocks: effects, paper, .. } = registered(Representation::InPerson);
        let mut clocks = Clocks::default();
        effects.iter().for_each(|effect| clocks.apply(effect));
        let mut papers: Vec<(_, Paper)> = vec![(made(&complaint.state), paper.unwrap())];
        let mut now = start();
        for (choice, days) in choices {
            now += TimeDelta::days(days) + TimeDelta::hours(3);
            // Only what is open from here, so that walks go far.
            let open: Vec<_> = every(complaint.division, now)
                .into_iter()
                .filter_map(|command| ask(complaint.clone(), command, now).ok())
                .collect();
            let Some(step) = open.get(choice % open.len().max(1)) else { break };
            let before = complaint.kind();
            step.clocks.iter().for_each(|effect| clocks.apply(effect));
            clocks.check(&step.after);
            if step.after.kind() != before {
                papers.push((made(&step.after.state), step.paper.unwrap()));
            }
            complaint = step.after.clone();
        }
        for (state, paper) in &papers {
            for (other, its) in &papers {
                prop_assert!(state != other || paper == its, "{state:?} by {paper} and {its}");
            }
        }
    }
}
