//! The walk of a complaint.

use super::{
    Clocks, Law, Papers, Stands, Taken,
    people::{HEAD, OFFICER, anybody, complainant, line, permit, user, words},
};
use chrono::{DateTime, TimeDelta, Utc};
use liangxin_domain::{
    complaints::{
        complaint::{
            ACCEPT, Complaint, ID_PROOF, MEDIATE, Periods, RECUSE, Step, TELL_TERMINATION,
            VERIFY_LEAD,
        },
        consent::{Consent, MediationConsent, Side, Way},
        filing::Standing,
        ground::{Grounds, RefusalGround, RefusalReason, TerminationGround, TerminationReason},
        mediate::AgreementForm,
        mediation::{
            Announcement, BodyKind, ChosenBy, CostBearer, RecusalRequest, RecusalRuling, Session,
            SessionMode, TestOrder,
        },
        side::LeadOutcome,
        state::{ComplaintState, ComplaintStateKind as At},
    },
    id::ComplaintId,
    law::{calendar::shanghai_date, code_set::CodeSets},
    policy::Action,
    refusal::Refusal,
};
use uuid::Uuid;

pub(crate) struct Walk {
    complaint: Complaint,
    grounds: Grounds,
    now: DateTime<Utc>,
    clocks: Clocks,
}

/// Everything that a step may need.
struct Asked {
    complaint: Complaint,
    grounds: Grounds,
    now: DateTime<Utc>,
}

type Ask = fn(Asked) -> Result<Step, Refusal>;

impl Walk {
    pub(crate) fn begin(law: &Law, papers: &mut Papers, now: DateTime<Utc>) -> Self {
        let id = ComplaintId::new(Uuid::from_u128(9));
        let step = Complaint::register(
            &anybody(Action::FileComplaint),
            (id, "TS-430103-1".to_owned()),
            ("430103".parse().unwrap(), None),
            Standing::InPerson,
            now,
        )
        .unwrap();
        let sets = CodeSets::embedded().unwrap();
        let mut walk = Self {
            complaint: step.complaint.clone(),
            grounds: Grounds::in_force(&sets, shanghai_date(now)),
            now,
            clocks: Clocks::default(),
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
        let open: Vec<_> = ASKS
            .iter()
            .filter_map(|ask| {
                ask(Asked {
                    complaint: self.complaint.clone(),
                    grounds: self.grounds.clone(),
                    now: self.now,
                })
                .ok()
            })
            .collect();
        if let Some(step) = open.get(choice % open.len().max(1)) {
            self.take(law, papers, step);
        }
    }

    fn take(&mut self, law: &Law, papers: &mut Papers, step: &Step) {
        if self.clocks.take(law, &step.effects) == Taken::Refused {
            return;
        }
        if step.complaint.kind() != self.complaint.kind()
            && let Some(paper) = step.paper
        {
            papers.note(made(&step.complaint.state), paper);
        }
        self.complaint = step.complaint.clone();
    }

    /// What section 1.4 demands of a complaint in that state.
    pub(crate) fn check(&self) {
        let kind = self.complaint.kind();
        let is_open = |rule| self.clocks.open().contains(&rule);
        let undecided = matches!(kind, At::Registered | At::Dispatched | At::IdProofPending);
        assert_eq!(is_open(ACCEPT), undecided, "{ACCEPT} in {kind}");
        assert_eq!(is_open(ID_PROOF), kind == At::IdProofPending, "{kind}");
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
            let told = terminated.is_told_to_both();
            assert_eq!(is_open(TELL_TERMINATION), !told, "{TELL_TERMINATION}");
        }
        let leads = &self.complaint.side.leads;
        let lead = leads.iter().any(|lead| lead.settled.is_none());
        assert_eq!(is_open(VERIFY_LEAD), lead, "{VERIFY_LEAD} in {kind}");
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

const ASKS: &[Ask] = &[
    |a| {
        let here = a.complaint.division == "430103".parse().unwrap();
        let to = if here { "430104" } else { "430103" };
        let permit = permit(OFFICER, Action::DispatchComplaint);
        a.complaint.dispatch(&permit, to.parse().unwrap(), a.now)
    },
    |a| {
        a.complaint
            .take_in(&permit(OFFICER, Action::TakeInComplaint))
    },
    |a| {
        a.complaint
            .give_back(&permit(OFFICER, Action::ReturnComplaint))
    },
    |a| {
        a.complaint
            .assign(&permit(OFFICER, Action::AssignComplaint), user(OFFICER))
    },
    |a| {
        let until = shanghai_date(a.now) + TimeDelta::days(3);
        a.complaint
            .request_identity_proof(&handler(), until, &a.grounds, a.now)
    },
    |a| a.complaint.prove_identity(&handler(), a.now),
    |a| {
        let reason = RefusalReason {
            ground: RefusalGround::NoCompetence,
            words: words(),
            citation: None,
        };
        a.complaint
            .propose_refusal(&handler(), reason, &a.grounds, a.now)
    },
    |a| {
        a.complaint
            .approve_refusal(&permit(HEAD, Action::DecideComplaint), a.now)
    },
    |a| {
        a.complaint
            .withdraw(&complainant(Action::WithdrawComplaint), None, None, a.now)
    },
    |a| a.complaint.accept(&handler(), None, a.now),
    |a| consents(a, Side::Complainant, MediationConsent::Mediation),
    |a| consents(a, Side::Respondent, MediationConsent::Mediation),
    |a| consents(a, Side::Complainant, MediationConsent::Entrustment),
    |a| consents(a, Side::Respondent, MediationConsent::Entrustment),
    |a| {
        let body = (BodyKind::ConsumersAssociation, line("天心区消费者委员会"));
        a.complaint.entrust(&handler(), body, a.now)
    },
    |a| a.complaint.take_back(&handler()),
    |a| {
        let announced = Announcement {
            meets_at: a.now + TimeDelta::hours(1),
            place: line("调解室"),
            mediators: vec![line("邓佩华")],
            recusal_until: shanghai_date(a.now),
            by: user(OFFICER),
            at: a.now,
        };
        a.complaint.announce_session(&handler(), announced)
    },
    |a| held(a, SessionMode::OnSite),
    |a| held(a, SessionMode::Video),
    |a| {
        let request = RecusalRequest {
            side: Side::Complainant,
            mediator: line("邓佩华"),
            words: words(),
            at: a.now,
        };
        a.complaint
            .request_recusal(&complainant(Action::RequestRecusal), request)
    },
    |a| {
        let permit = permit(HEAD, Action::DecideComplaint);
        a.complaint
            .decide_recusal(&permit, RecusalRuling::Rejected, a.now)
    },
    |a| {
        let order = TestOrder {
            body: line("长沙市计量测试检定所"),
            sample: line("电子秤一台"),
            chosen_by: ChosenBy::Bureau,
            cost: CostBearer::Shared,
            began_on: shanghai_date(a.now),
            by: user(OFFICER),
        };
        a.complaint.send_for_testing(&handler(), order)
    },
    |a| a.complaint.record_test_result(&handler(), words(), a.now),
    |a| {
        a.complaint
            .agree(&handler(), (AgreementForm::Letter, words()), None, a.now)
    },
    |a| {
        a.complaint
            .agree(&handler(), (AgreementForm::Performed, words()), None, a.now)
    },
    |a| {
        let reason = TerminationReason {
            ground: TerminationGround::TimeOver,
            words: Some(words()),
            citation: None,
        };
        let over = Periods {
            mediate_until: Some(shanghai_date(a.now) - TimeDelta::days(1)),
        };
        a.complaint
            .propose_termination(&handler(), reason, &a.grounds, (over, a.now))
    },
    |a| {
        a.complaint
            .terminate(&permit(HEAD, Action::DecideComplaint), None, a.now)
    },
    |a| {
        a.complaint
            .note_told(&handler(), (Side::Complainant, Way::Post), a.now)
    },
    |a| {
        a.complaint
            .note_told(&handler(), (Side::Respondent, Way::Post), a.now)
    },
    |a| a.complaint.close(&handler(), a.now),
    |a| a.complaint.archive(&handler(), a.now),
    |a| a.complaint.report_lead(&handler(), words(), a.now),
    |a| {
        let permit = permit(HEAD, Action::DecideComplaint);
        a.complaint
            .settle_lead(&permit, (LeadOutcome::NotFiled, words()), a.now)
    },
];

fn handler() -> liangxin_domain::policy::Permit {
    permit(OFFICER, Action::HandleComplaint)
}

fn consents(a: Asked, side: Side, to: MediationConsent) -> Result<Step, Refusal> {
    let consent = Consent {
        way: Way::Phone,
        at: a.now,
        noted_by: Some(user(OFFICER)),
    };
    let permit = complainant(Action::ConsentToMediation);
    a.complaint.consent(&permit, (side, to), consent)
}

fn held(a: Asked, mode: SessionMode) -> Result<Step, Refusal> {
    let session = Session {
        mode,
        held_at: a.now + TimeDelta::hours(2),
        place: (mode == SessionMode::OnSite).then(|| line("调解室")),
        mediators: vec![line("邓佩华")],
        record: words(),
        by: user(OFFICER),
    };
    a.complaint.hold_session(&handler(), session)
}
