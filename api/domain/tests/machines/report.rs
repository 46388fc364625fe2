//! The walk of a report.

use super::{
    Clocks, Law, Papers, Stands, Taken,
    people::{HEAD, OFFICER, line, permit, user, words},
};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use liangxin_domain::{
    id::{CaseId, ComplaintId, ReportId, VisitId},
    inspections::visit::Team,
    law::{calendar::shanghai_date, clock::PauseCause},
    metrology::quantity::{Gram, YuanPerKg},
    notices::paper::Paper,
    places::custody::{Custody, Receiving},
    policy::{Action, Permit},
    refusal::Refusal,
    reports::{
        command::{Command, Earlier, Setting},
        machine::{NOT_COMPETENT, restarted_by},
        regime::Regime,
        report::{FoundIn, Report, Short},
        resemblance::{Resemblance, Sameness},
        state::{Mark, NotFiledGround, Receiver, ReportState, ReportStateKind as At, Testing},
    },
    step::{Command as _, Machine as _, Step},
};
use uuid::Uuid;

pub(crate) struct Walk {
    report: Report,
    now: DateTime<Utc>,
    clocks: Clocks,
    /// From which day on it is verified: its receipt, or the newest facts that joined.
    since: NaiveDate,
    /// On which day that was over.
    over_on: Option<NaiveDate>,
}

impl Walk {
    /// Somebody reported, or an officer found it, in a mediation, on a visit or without one.
    pub(crate) fn begin(
        law: &Law,
        papers: &mut Papers,
        (now, brought): (DateTime<Utc>, usize),
    ) -> Self {
        let new = report(61, now);
        let by = Uuid::from_u128(62);
        let found_in = [
            None,
            Some(FoundIn::Mediation(ComplaintId::new(by))),
            Some(FoundIn::Visit(VisitId::new(by))),
            Some(FoundIn::Bureau(shanghai_date(now))),
        ][brought];
        let step = match found_in {
            Some(_) => {
                let short = None;
                let lead = Report {
                    short,
                    found_in,
                    ..new
                };
                lead.found(user(OFFICER))
            }
            None => new.register(),
        };
        let mut clocks = Clocks::default();
        assert_eq!(clocks.take(law, &step.clocks), Taken::Yes);
        note(papers, &step);
        Self {
            report: step.after,
            now,
            clocks,
            since: shanghai_date(now),
            over_on: None,
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
            && self.report.found_in.is_none()
            && let Ok(effects) = restarted_by(&self.report.state, shanghai_date(self.now))
        {
            assert_eq!(self.clocks.take(law, &effects), Taken::Yes);
            self.since = shanghai_date(self.now);
            return;
        }
        if let Ok(step) = self.take(propose()) {
            self.report = step.after;
        }
        let open: Vec<_> = commands()
            .into_iter()
            .filter_map(|command| self.take(command).ok())
            .collect();
        let Some(step) = open.get(choice % open.len().max(1)) else {
            return;
        };
        if self.clocks.take(law, &step.clocks) == Taken::Refused {
            return;
        }
        note(papers, step);
        if self.report.state.is_open() && !step.after.state.is_open() {
            self.over_on = Some(shanghai_date(self.now));
        }
        self.report = step.after.clone();
    }

    fn take(&self, command: Command) -> Result<Step<Report>, Refusal> {
        // Whoever worked on it does not say what becomes of it.
        let worked = match command {
            Command::ExtendVerification { .. } | Command::DeclineFiling => Some(OFFICER),
            Command::TransferReport { .. } | Command::CloseWithoutPenalty { .. } => Some(10),
            _ => None,
        };
        if let Some(by) = worked {
            let permit = permit(by, command.action());
            assert!(self.take_by(command.clone(), &permit).is_err());
        }
        let permit = allowed(&command);
        self.take_by(command, &permit)
    }

    fn take_by(&self, command: Command, permit: &Permit) -> Result<Step<Report>, Refusal> {
        let setting = Setting {
            now: self.now,
            unit: self.report.custody.unit,
            seat: Some(self.report.custody.unit),
            receiving: Receiving::Ready,
            is_annulled: false,
            verify_until: None,
            earlier: Some(earlier(self.now)),
        };
        self.report.clone().take(command, permit, &setting)
    }

    /// What section 1.4 demands of a report in that state.
    pub(crate) fn check(&self) {
        let kind = self.report.state.kind();
        let verified = match kind {
            At::Registered | At::Verifying | At::VerifyingExtended => Stands::Running,
            // Nothing says that the days of a lead of a mediation stand still.
            At::PausedTest if self.is_of_mediation() => Stands::Running,
            At::PausedTest => Stands::Paused,
            At::NotCompetent | At::Duplicate | At::Merged => Stands::Lapsed,
            _ => Stands::Done,
        };
        let rule = self.report.verified_by();
        assert_eq!(self.clocks.last(rule), Some(verified), "{rule} in {kind}");
        self.check_days(rule);
        let told =
            kind == At::NotCompetent && Regime::on(self.report.received_on()) == Regime::Order121;
        assert_eq!(
            self.clocks.last(NOT_COMPETENT),
            told.then_some(Stands::Done),
            "{NOT_COMPETENT} in {kind}"
        );
        let open = self.clocks.open();
        assert_eq!(
            !open.is_empty(),
            self.report.state.is_open(),
            "{open:?} in {kind}"
        );
    }
}

impl Walk {
    fn is_of_mediation(&self) -> bool {
        matches!(self.report.found_in, Some(FoundIn::Mediation(_)))
    }

    /// It runs from its day on, without those of tests, and ends on the day on which it was over.
    fn check_days(&self, rule: &str) {
        let clock = self.clocks.0[rule].last().unwrap();
        assert_eq!(clock.started_on, self.since, "{rule}");
        let over_on = clock.satisfied_on.or(clock.lapsed_on);
        assert_eq!(over_on, self.over_on, "{rule}");
        let told = self.clocks.0.get(NOT_COMPETENT).map(|held| &held[0]);
        let told = told.map(|clock| (clock.started_on, clock.satisfied_on));
        let received_on = self.report.received_on();
        assert!(told.is_none_or(|told| told == (received_on, self.over_on)));
        let (lead, open) = match &self.report.state {
            ReportState::Verifying(lead) | ReportState::VerifyingExtended(lead, _) => (lead, None),
            ReportState::PausedTest(lead, _, testing) => (lead, Some(testing)),
            _ => return,
        };
        if self.is_of_mediation() {
            assert!(clock.pauses.is_empty(), "{rule}");
            return;
        }
        let day = |mark: Mark| shanghai_date(mark.at);
        // What began before the newest facts came does not count again.
        let from = |testing: &Testing| day(testing.sent).max(self.since);
        let done = lead.tests.iter();
        let done = done.map(|test| (from(&test.testing), Some(day(test.noted))));
        let open = open.map(|testing| (from(testing), None));
        let mut waited: Vec<_> = done.chain(open).collect();
        waited.retain(|(from, until)| until.is_none_or(|until| until > *from));
        let pauses = clock.pauses.iter();
        let pauses = pauses.map(|pause| (pause.from, pause.until));
        let pauses = pauses.filter(|(from, until)| *until != Some(*from));
        assert_eq!(pauses.collect::<Vec<_>>(), waited, "{rule}");
    }
}

/// By which paper it ended here; from the filing on the papers are the case's.
const fn ended_by(kind: At) -> Option<Paper> {
    match kind {
        At::NotCompetent => Some(Paper::CompetenceReply),
        At::Duplicate => Some(Paper::DuplicateRecord),
        At::Merged => Some(Paper::MergeRecord),
        At::NotFiled => Some(Paper::NotFiledApproval),
        At::Transferred => Some(Paper::TransferLetter),
        _ => None,
    }
}

fn note(papers: &mut Papers, step: &Step<Report>) {
    let ended = ended_by(step.after.state.kind());
    assert!(ended.is_none() || step.paper == ended, "{:?}", step.paper);
    if let Some(paper) = step.paper {
        papers.note(format!("{:?}", step.after.state), paper);
    }
}

/// Whoever may take the step: what an officer did, a head approves.
fn allowed(command: &Command) -> Permit {
    let who = match command.action() {
        Action::ExtendVerification
        | Action::DeclineFiling
        | Action::FileCase
        | Action::DecideCase
        | Action::TransferReport => HEAD,
        _ => OFFICER,
    };
    permit(who, command.action())
}

fn report(n: u128, received_at: DateTime<Utc>) -> Report {
    let division = "430103".parse().unwrap();
    Report {
        id: ReportId::new(Uuid::from_u128(n)),
        number: "JB-430103-20261120-7QK2M4".to_owned(),
        state: ReportState::Registered,
        merchant: None,
        party: "12 号肉摊".to_owned(),
        division,
        custody: Custody::received_by(division),
        place: "农贸市场".to_owned(),
        position: None,
        occurred_at: received_at,
        short: Some(Short {
            goods: "排骨".to_owned(),
            unit_price: YuanPerKg::parse("56").unwrap(),
            settled: Gram::parse("1000").unwrap(),
            checked: Gram::parse("900").unwrap(),
        }),
        narrative: "复称短缺。".to_owned(),
        found_in: None,
        received_at,
        version: 1,
    }
}

fn earlier(now: DateTime<Utc>) -> Earlier {
    Earlier {
        report: report(60, now),
        resemblance: Resemblance {
            reporter: Sameness::Same,
            party: Sameness::Same,
            facts: Sameness::Same,
        },
    }
}

fn propose() -> Command {
    Command::ProposeNotFiling {
        ground: NotFiledGround::NoEvidence,
        reason: words(),
    }
}

/// Every command that leads to another state.
fn commands() -> Vec<Command> {
    let other = ReportId::new(Uuid::from_u128(60));
    let pause = |cause| Command::PauseForTesting {
        cause,
        body: line("省计量院"),
        sample: line("电子秤"),
    };
    vec![
        Command::AcceptReport,
        Command::ReplyNotCompetent {
            competent: line("岳麓区市场监督管理局"),
            reason: words(),
        },
        Command::MarkDuplicate {
            earlier: other,
            sameness: words(),
        },
        Command::MergeReport {
            into: other,
            new_facts: words(),
        },
        Command::ExtendVerification { reason: words() },
        pause(PauseCause::Testing),
        pause(PauseCause::Identification),
        Command::ResumeVerification { result: words() },
        Command::DeclineFiling,
        Command::FileCase {
            case: CaseId::new(Uuid::from_u128(50)),
            officers: Team::stored([user(10), user(11)]),
        },
        Command::OpenCase,
        Command::ClosePenalty,
        Command::CloseOnTheSpot {
            case: CaseId::new(Uuid::from_u128(50)),
        },
        Command::CloseWithoutPenalty { reason: words() },
        Command::CloseTerminated { reason: words() },
        Command::TransferReport {
            to: Receiver::Police,
            receiver: line("天心区公安分局"),
            reason: words(),
        },
    ]
}
