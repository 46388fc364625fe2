//! The walk of a report.

use super::{
    Clocks, Law, Papers, Stands, Taken,
    people::{HEAD, OFFICER, line, permit, user, words},
};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use liangxin_domain::{
    id::{CaseId, ReportId},
    inspections::visit::Team,
    law::{calendar::shanghai_date, clock::PauseCause},
    policy::Action,
    reports::{
        machine::{
            Command, Earlier, NOT_COMPETENT, VERIFY, propose_not_filing, register, restarted_by,
            take,
        },
        regime::Regime,
        resemblance::{Resemblance, Sameness},
        state::{
            Mark, NotFiledGround, NotFilingProposal, Receiver, ReportState, ReportStateKind as At,
        },
    },
};
use uuid::Uuid;

pub(crate) struct Walk {
    state: ReportState,
    received_on: NaiveDate,
    now: DateTime<Utc>,
    clocks: Clocks,
}

impl Walk {
    pub(crate) fn begin(law: &Law, papers: &mut Papers, now: DateTime<Utc>) -> Self {
        let received_on = shanghai_date(now);
        let step = register(received_on);
        let mut clocks = Clocks::default();
        assert_eq!(clocks.take(law, &step.clocks), Taken::Yes);
        papers.note(format!("{:?}", step.state), step.paper);
        Self {
            state: step.state,
            received_on,
            now,
            clocks,
        }
    }

    /// One of the steps that are open from here, or new facts that join.
    pub(crate) fn go(
        &mut self,
        law: &Law,
        papers: &mut Papers,
        (choice, later, last): (usize, TimeDelta, DateTime<Utc>),
    ) {
        self.now = (self.now + later).min(last).max(self.now);
        if choice % 9 == 0
            && let Ok(effects) = restarted_by(&self.state, shanghai_date(self.now))
        {
            assert_eq!(self.clocks.take(law, &effects), Taken::Yes);
            return;
        }
        self.propose();
        let open: Vec<_> = commands()
            .into_iter()
            .filter_map(|command| {
                let who = match command.action() {
                    Action::ExtendVerification
                    | Action::DeclineFiling
                    | Action::FileCase
                    | Action::DecideCase
                    | Action::TransferReport => HEAD,
                    _ => OFFICER,
                };
                let permit = permit(who, command.action());
                take(&self.state, self.received_on, command, &permit, self.now).ok()
            })
            .collect();
        let Some(step) = open.get(choice % open.len().max(1)) else {
            return;
        };
        if self.clocks.take(law, &step.clocks) == Taken::Refused {
            return;
        }
        assert_eq!(step.state.made_by(), step.paper, "{:?}", step.state);
        papers.note(format!("{:?}", step.state), step.paper);
        self.state = step.state.clone();
    }

    fn propose(&mut self) {
        let proposal = NotFilingProposal {
            ground: NotFiledGround::NoEvidence,
            reason: words(),
            proposed: Mark {
                by: user(OFFICER),
                at: self.now,
            },
        };
        let permit = permit(OFFICER, Action::VerifyReport);
        if let Ok(proposed) = propose_not_filing(&self.state, proposal, &permit) {
            self.state = proposed;
        }
    }

    /// What section 1.4 demands of a report in that state.
    pub(crate) fn check(&self) {
        let kind = self.state.kind();
        let verified = match kind {
            At::Registered | At::Verifying | At::VerifyingExtended => Stands::Running,
            At::PausedTest => Stands::Paused,
            At::NotCompetent | At::Duplicate | At::Merged => Stands::Lapsed,
            _ => Stands::Done,
        };
        assert_eq!(
            self.clocks.last(VERIFY),
            Some(verified),
            "{VERIFY} in {kind}"
        );
        let told = kind == At::NotCompetent && Regime::on(self.received_on) == Regime::Order121;
        assert_eq!(
            self.clocks.last(NOT_COMPETENT),
            told.then_some(Stands::Done),
            "{NOT_COMPETENT} in {kind}"
        );
        let open = self.clocks.open();
        assert_eq!(!open.is_empty(), self.state.is_open(), "{open:?} in {kind}");
    }
}

fn earlier() -> Earlier {
    Earlier {
        report: ReportId::new(Uuid::from_u128(60)),
        state: ReportState::Registered,
        resemblance: Resemblance {
            reporter: Sameness::Same,
            party: Sameness::Same,
            facts: Sameness::Same,
        },
    }
}

fn commands() -> Vec<Command> {
    let receiver = line("天心区公安分局");
    let pause = |cause| Command::PauseForTesting {
        cause,
        body: line("省计量院"),
        sample: line("电子秤"),
    };
    vec![
        Command::Accept,
        Command::ReplyNotCompetent {
            competent: line("岳麓区市场监督管理局"),
        },
        Command::MarkDuplicate(earlier()),
        Command::Merge {
            into: earlier(),
            new_facts: words(),
        },
        Command::Extend {
            reason: words(),
            last_day: None,
        },
        pause(PauseCause::Testing),
        pause(PauseCause::Identification),
        Command::Resume { result: words() },
        Command::DeclineFiling,
        Command::File {
            case: CaseId::new(Uuid::from_u128(50)),
            officers: Team::stored([user(10), user(11)]),
        },
        Command::OpenCase,
        Command::ClosePenalty,
        Command::CloseNoPenalty { reason: words() },
        Command::Transfer {
            to: Receiver::Police,
            receiver,
        },
    ]
}
