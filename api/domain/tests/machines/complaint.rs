//! The walk of a complaint.

use super::{
    Clocks, Law, Papers, Stands, Taken,
    people::{HEAD, OFFICER, anybody, complainant, permit},
};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use liangxin_domain::{
    complaints::{
        command::Command,
        complaint::{ACCEPT, Complaint, ID_PROOF, MEDIATE, RECUSE, TELL_TERMINATION},
        filing::Representation,
        ground::Grounds,
        state::{ComplaintState, ComplaintStateKind as At},
    },
    id::ComplaintId,
    law::{calendar::shanghai_date, code_set::CodeSets},
    policy::Action,
    refusal::Refusal,
    step::{Command as _, Machine as _, Step},
};
use uuid::Uuid;

#[path = "../samples/complaints.rs"]
mod samples;

pub(crate) struct Walk {
    complaint: Complaint,
    grounds: Grounds,
    now: DateTime<Utc>,
    clocks: Clocks,
    /// Since when the office that has it has it.
    held_since: NaiveDate,
}

impl Walk {
    pub(crate) fn begin(law: &Law, papers: &mut Papers, now: DateTime<Utc>) -> Self {
        let id = ComplaintId::new(Uuid::from_u128(9));
        let step = Complaint::register(
            &anybody(Action::FileComplaint),
            (id, "TS-430103-1".to_owned()),
            ("430103".parse().unwrap(), None),
            Representation::InPerson,
            now,
        )
        .unwrap();
        let sets = CodeSets::embedded().unwrap();
        let mut walk = Self {
            complaint: step.after.clone(),
            grounds: Grounds::in_force(&sets, shanghai_date(now)),
            now,
            clocks: Clocks::default(),
            held_since: shanghai_date(now),
        };
        walk.take(law, papers, &step);
        walk
    }

    /// One of the steps that are open from here.
    pub(crate) fn go(
        &mut self,
        law: &Law,
        papers: &mut Papers,
        (choice, later, last): (usize, TimeDelta, DateTime<Utc>),
    ) {
        self.now = (self.now + later).min(last).max(self.now);
        let open: Vec<_> = samples::every(self.complaint.division, self.now)
            .into_iter()
            .filter_map(|command| self.ask(command).ok())
            .collect();
        if let Some(step) = open.get(choice % open.len().max(1)) {
            self.take(law, papers, step);
        }
    }

    fn ask(&self, command: Command) -> Result<Step<Complaint>, Refusal> {
        let permit = match command.action() {
            action @ (Action::WithdrawComplaint
            | Action::ConsentToMediation
            | Action::RequestRecusal) => complainant(action),
            action @ (Action::DecideComplaint | Action::ReferToPolice) => permit(HEAD, action),
            action => permit(OFFICER, action),
        };
        let setting = samples::setting(&self.grounds, self.now);
        self.complaint.clone().take(command, &permit, &setting)
    }

    fn take(&mut self, law: &Law, papers: &mut Papers, step: &Step<Complaint>) {
        if self.clocks.take(law, &step.clocks) == Taken::Refused {
            return;
        }
        if step.after.kind() != self.complaint.kind()
            && let Some(paper) = step.paper
        {
            papers.note(made(&step.after.state), paper);
        }
        self.complaint = step.after.clone();
        if let ComplaintState::Dispatched(dispatch) = &self.complaint.state {
            self.held_since = shanghai_date(dispatch.at);
        }
    }

    /// What section 1.4 demands of a complaint in that state.
    pub(crate) fn check(&self) {
        let kind = self.complaint.kind();
        let is_open = |rule| self.clocks.open().contains(&rule);
        let since = |rule| self.clocks.since(rule);
        let undecided = matches!(kind, At::Registered | At::Dispatched | At::IdProofPending);
        let held = undecided.then_some(self.held_since);
        assert_eq!(since(ACCEPT), held, "{ACCEPT} in {kind}");
        let asked = match &self.complaint.state {
            ComplaintState::IdProofPending(proof) => Some(shanghai_date(proof.at)),
            _ => None,
        };
        assert_eq!(since(ID_PROOF), asked, "{ID_PROOF} in {kind}");
        let mediated = match kind {
            At::Accepted | At::Mediating | At::Entrusted | At::SuspendedRecusal => {
                Some(Stands::Running)
            }
            At::Testing => Some(Stands::Paused),
            At::AgreedLetter | At::AgreedPerformed => Some(Stands::Done),
            At::Terminated => Some(Stands::Lapsed),
            At::Closed | At::Archived => self.clocks.last(MEDIATE),
            _ => None,
        };
        assert_eq!(self.clocks.last(MEDIATE), mediated, "{MEDIATE} in {kind}");
        if let ComplaintState::Terminated(terminated) = &self.complaint.state {
            let is_told = terminated.is_told_to_both();
            let decided_on = shanghai_date(terminated.decision.at);
            let untold = (!is_told).then_some(decided_on);
            assert_eq!(since(TELL_TERMINATION), untold, "{TELL_TERMINATION}");
            let accepted_on = shanghai_date(terminated.acceptance.at);
            let mediated = self.clocks.0[MEDIATE].last().unwrap();
            assert_eq!(mediated.started_on, accepted_on, "{MEDIATE}");
            assert_eq!(mediated.lapsed_on, Some(decided_on), "{MEDIATE}");
        }
        if matches!(
            kind,
            At::AgreedLetter | At::AgreedPerformed | At::Terminated
        ) {
            assert!(!is_open(RECUSE), "{RECUSE} in {kind}");
        }
        if matches!(kind, At::Closed | At::Archived) {
            let open = self.clocks.open();
            assert!(open.is_empty(), "{open:?} in {kind}");
        }
    }
}

/// The state with what made it: two are the same only if both agree.
fn made(state: &ComplaintState) -> String {
    match state {
        ComplaintState::Registered(registered) => format!("registered {:?}", registered.by),
        ComplaintState::Mediating(mediating) => format!("mediating {:?}", mediating.by),
        other => other.kind().to_string(),
    }
}
