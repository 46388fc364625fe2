//! A case walks at random: everything is asked of it on days that go on, by whoever may and by whoever
//! may not, and after each step its file and its clocks are held against what the law demands.

use super::{
    super::{
        Taken, days, moment,
        people::{permit, user},
    },
    Desk, LATER,
    commands::{commands, penalties, small},
    promises::{check_file, check_step, reached, remedies_until},
    recusal::judges,
    samples,
};
use chrono::{Datelike as _, Days, NaiveDate, TimeDelta};
use liangxin_domain::{
    cases::{
        basis::BasisKind,
        command::Command,
        file::{CaseStateKind as At, SuspensionCause},
        limit::{LIMIT, LIMIT_OF_HARM, Limits},
        service::AfterService,
    },
    law::calendar::shanghai_date,
    policy::Action,
    refusal::Code,
    step::Command as _,
};
use proptest::prelude::*;
use std::cell::RefCell;
use std::collections::BTreeMap;
use strum::IntoEnumIterator as _;

/// A step: which command is tried first, after how many days, and a number out of a hundred that says
/// how far it leads astray.
type Choice = (usize, i64, u8);

/// One way through the commands; coprime to any number of them that matters here.
const STRIDE: usize = 61;
/// Below it a step may lead aside: back, or to an early end.
const ASIDE: u8 = 12;
/// Below it somebody tries who may not.
const DENIED: u8 = 3;

impl Desk {
    fn walk(&mut self, (choice, days, astray): Choice) {
        match self.last_days().next() {
            Some(last) if choice % 3 == 0 => self.on(last),
            _ => self.later(days),
        };
        // At any hour: the day in China is not the day in Greenwich.
        self.setting.now += TimeDelta::hours(i64::from(astray % 24));
        if self.today().year() > 2026 {
            self.law = &*LATER;
        }
        if astray % 3 > 0 {
            self.papers_arrive();
        }
        let mut all = commands(self);
        all.retain(|command| astray < ASIDE || !self.leads_aside(command));
        for at in 0..all.len() {
            let command = all[(choice + at * STRIDE) % all.len()].clone();
            if astray < DENIED {
                self.denied(command.clone());
            }
            if self.tried(&command) {
                return;
            }
        }
    }

    /// The last days to come of what waits for the party, on which most goes wrong.
    fn last_days(&self) -> impl Iterator<Item = NaiveDate> + use<> {
        let (law, today) = (self.asked(), self.today());
        let after = |told| match told {
            AfterService::Until(last) => Some(last),
            AfterService::NotServed | AfterService::YearMissing => None,
        };
        let decision = self.case.file.decision.as_ref();
        let served = decision.and_then(|it| Some((it, it.served.as_ref()?)));
        let remedies = served.map(|(it, served)| remedies_until(it, reached(&served.delivery)));
        let told = [law.hearing_told, law.reminded].map(after);
        let all = [
            law.answer_until,
            told[0],
            law.paying.until,
            told[1],
            remedies,
        ];
        all.into_iter().flatten().filter(move |last| *last > today)
    }

    /// What was sent to the party is served, where that was not noted yet.
    fn papers_arrive(&mut self) {
        let (today, file) = (self.today(), &self.case.file);
        let hearing = file.round().and_then(|round| round.hearing.as_ref());
        if hearing.is_some_and(|hearing| hearing.announced.is_some()) {
            self.hearing_served_on.get_or_insert(today);
        }
        if file.execution.reminder.is_some() {
            self.reminder_served_on.get_or_insert(today);
        }
        if !file.orders.is_empty() {
            self.setting.order_served_on.get_or_insert(today);
        }
        self.setting.unserved = None;
    }

    fn leads_aside(&self, command: &Command) -> bool {
        let round = self.case.file.round();
        let hearing = round.and_then(|round| round.hearing.as_ref());
        match command {
            Command::RecordConference { .. } => {
                round.is_some_and(|round| round.conference.is_some())
                    && hearing.is_none_or(|hearing| hearing.held.is_none())
            }
            Command::AnnounceHearing { .. } => {
                hearing.is_some_and(|hearing| hearing.announced.is_some())
            }
            Command::AnswerNotice { .. } => round.is_some_and(|round| round.answers.len() > 2),
            // What rests on an order is seldom there when the first report is written.
            Command::ProposePenalty { penalty, .. } => {
                let mut charges = penalty.charges.iter();
                let is_on_order = charges.any(|charge| charge.order.is_some());
                let is_again = self.case.file.rounds.len() > 2;
                self.case.state_kind() != At::Filed && (is_again || !is_on_order)
            }
            Command::AuditCase { missing, .. } => missing.is_some(),
            // Whoever was reminded seldom pays, so that the court is asked at last.
            Command::RecordFinePayment { .. }
            | Command::AllowInstalments { .. }
            | Command::RemindParty => {
                let execution = &self.case.file.execution;
                execution.reminder.is_some() && execution.court.is_none()
            }
            Command::FinishCase { in_spite } => in_spite.is_some(),
            Command::ReportCrime { .. } => !self.case.file.referrals.is_empty(),
            Command::NoteLiability { .. } => {
                let referral = self.case.file.referral();
                referral.is_some_and(|referral| !referral.liability.is_empty())
            }
            // What waits to be closed for good may still be shown no more.
            Command::ArchiveCase => self.case.state_kind() == At::Closed,
            // One order that was missed is enough.
            Command::OrderCorrection { .. } => !self.case.file.orders.is_empty(),
            Command::CheckCorrection {
                violation: Some(_), ..
            } => !self.case.missed_orders().is_empty(),
            // What the head gave the heads may follow.
            Command::ExtendCase { further, .. } => {
                further.is_none() || self.case.file.extended.is_none()
            }
            // A team that is whole stays as it is.
            Command::ReplaceTeam { .. } => self.has_team(),
            Command::AskRecusal { .. }
            | Command::ProposeNoPenalty { .. }
            | Command::SuspendCase { .. }
            | Command::NoteRemedy { .. }
            | Command::ChangeDecision { .. }
            | Command::TerminateCase { .. }
            | Command::TransferCase { .. } => true,
            _ => false,
        }
    }

    /// Tries a step and holds what became of it against the law.
    fn tried(&mut self, command: &Command) -> bool {
        self.recused_tries(command);
        let before = self.case.clone();
        let by = self.acting(command);
        let permit = permit(by, command.action());
        let taken = self.take(command.clone(), &permit);
        match &taken {
            Ok(Taken::Yes) => {
                note(command.operation().to_owned());
                if let Some(seldom) = seldom(command) {
                    note(seldom.to_owned());
                }
                assert!(!before.file.has_stepped_back(user(by)), "{command:?}");
                let is_asked = before.file.is_asked_to_step_back(user(by));
                assert!(!is_asked || !judges(command), "{command:?}");
                check_step(&before, self, command);
                check_file(self);
                self.check_clocks();
                self.check_owed();
                self.check_papers();
                self.check_maker(before.state_kind());
            }
            // The clock alone knows whether more time may be given.
            Ok(Taken::Refused) => assert!(matches!(
                command,
                Command::ExtendCase { .. } | Command::ExtendRepair { .. }
            )),
            Err(refusal) => {
                assert_ne!(refusal.code, Code::Internal, "{command:?}");
                assert_eq!(before, self.case, "{command:?} was refused");
            }
        }
        matches!(taken, Ok(Taken::Yes))
    }

    fn denied(&mut self, command: Command) {
        let other = permit(1, Action::DisputeCompetence);
        let refused = self.take(command, &other).unwrap_err();
        assert_eq!(refused.code, Code::Denied);
    }
}

fn choices() -> impl Strategy<Value = Vec<Choice>> {
    let later = prop_oneof![3 => 0_i64..3, 2 => 3_i64..12, 1 => 12_i64..45];
    prop::collection::vec((0_usize..10_000, later, 0_u8..100), 20..90)
}

thread_local! {
    /// How often each state was come to, and each step taken.
    static SEEN: RefCell<BTreeMap<String, usize>> = const { RefCell::new(BTreeMap::new()) };
}

fn note(seen: String) {
    SEEN.with_borrow_mut(|all| *all.entry(seen).or_default() += 1);
}

/// What an operation does in few cases, and has to be come to as well.
const SELDOM: [&str; 4] = [
    "a fine after an order",
    "a look after an order",
    "more by the heads",
    "a test",
];

fn seldom(command: &Command) -> Option<&'static str> {
    let at = match command {
        Command::ProposePenalty { penalty, .. } => {
            let mut charges = penalty.charges.iter();
            charges.any(|charge| charge.order.is_some()).then_some(0)
        }
        Command::CheckCorrection { violation, .. } => violation.is_some().then_some(1),
        Command::ExtendCase { further, .. } => further.is_some().then_some(2),
        Command::SuspendCase { cause, .. } => (*cause == SuspensionCause::Testing).then_some(3),
        _ => None,
    };
    at.map(|at: usize| SELDOM[at])
}

/// How a case begins: on which day, which penalty on the spot it is, if it is one, how many days before it
/// was found, if no report began it, and how many days lay between the conduct and its discovery.
type Birth = (i64, usize, Option<u64>, u64);

fn born((filed, spot, found, _): Birth) -> Desk {
    let at = moment(filed);
    match (small().into_iter().nth(spot), found) {
        (Some(penalty), _) => Desk::on_the_spot(penalty, at),
        (None, None) => Desk::filed(at),
        (None, Some(days)) => {
            let mut case = samples::case(at);
            case.basis.kind = BasisKind::TransferIn;
            case.basis.report = None;
            case.basis.told.found_on = Some(shanghai_date(at) - Days::new(days));
            Desk::registered(case, at)
        }
    }
}

fn walked(birth: Birth, choices: Vec<Choice>) {
    let mut desk = born(birth);
    desk.check_clocks();
    let found_on = desk.today();
    // What is punished on the spot is found in the act.
    let ago = if birth.1 < small().len() { 0 } else { birth.3 };
    let rule = |id| LATER.rules.rule_on(id, found_on).unwrap().clone();
    desk.setting.limits = Some(Limits {
        conduct_on: found_on - Days::new(ago),
        found_on,
        ordinary: rule(LIMIT),
        harmful: rule(LIMIT_OF_HARM),
    });
    desk.setting.has_earlier_offence = birth.3 % 2 == 1;
    desk.setting.is_party_gone = birth.3.is_multiple_of(2);
    let charged: Vec<_> = penalties(&desk)
        .iter()
        .flat_map(|penalty| &penalty.charges)
        .map(|charge| charge.violation.clone())
        .collect();
    desk.setting
        .violations
        .retain(|row| charged.contains(&row.code));
    // So that most may ask to be heard.
    desk.setting.hearing_from = Some(samples::yuan(4000));
    desk.setting.venue = samples::stall();
    for choice in choices {
        desk.walk(choice);
        note(desk.case.state_kind().to_string());
        if desk.case.state_kind() == At::Archived {
            commands(&desk).iter().for_each(|command| {
                desk.tried(command);
            });
            return;
        }
    }
}

#[test]
fn a_case_keeps_the_law_wherever_it_walks() {
    let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig {
        failure_persistence: None,
        ..ProptestConfig::with_cases(256)
    });
    let found = prop::option::of(0_u64..40);
    // About two years now and then.
    let ago = prop_oneof![6 => 0_u64..600, 1 => 728_u64..735];
    let walks = ((0..=days().1, 0_usize..18, found, ago), choices());
    let result = runner.run(&walks, |(birth, choices)| {
        walked(birth, choices);
        Ok(())
    });
    if let Err(failure) = result {
        panic!("{failure}\n{runner}");
    }
    let seen = SEEN.take();
    let states = At::iter().map(|state| state.to_string());
    let steps = Command::OPERATIONS.iter();
    let missing: Vec<_> = states
        .chain(steps.map(|(name, _)| (*name).to_owned()))
        .chain(SELDOM.map(str::to_owned))
        .filter(|name| !seen.contains_key(name))
        .collect();
    assert_eq!(missing, Vec::<String>::new(), "{seen:?}");
}
