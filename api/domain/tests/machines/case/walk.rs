//! A case walks at random: everything is asked of it on days that go on, by whoever may and by whoever
//! may not, and after each step its file and its clocks are held against what the law demands.

use super::{
    super::{
        Taken, days, moment,
        people::{permit, user},
    },
    Desk, LATER,
    commands::{commands, penalties, small},
    recusal::{is_about_people, judges},
};
use chrono::{Datelike as _, TimeDelta};
use liangxin_domain::{
    cases::{
        announce::AnswerKind,
        case::Case,
        charge::Penalty,
        command::Command,
        file::{Audit, AuditKind, CaseStateKind as At, File, Outcome, Round},
        referral::Referral,
        service::AfterService,
    },
    money::Fen,
    policy::Action,
    refusal::Code,
    reports::state::Receiver,
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
        self.later(days);
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
            Command::ProposePenalty { .. } => self.case.state_kind() != At::Filed,
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
            // A team that is whole stays as it is.
            Command::ReplaceTeam { .. } => self.has_team(),
            Command::AskRecusal { .. }
            | Command::ProposeNoPenalty { .. }
            | Command::OrderCorrection { .. }
            | Command::SuspendCase { .. }
            | Command::ExtendCase { .. }
            | Command::ChangeDecision { .. }
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
                assert!(!before.file.has_stepped_back(user(by)), "{command:?}");
                let is_asked = before.file.is_asked_to_step_back(user(by));
                assert!(!is_asked || !judges(command), "{command:?}");
                check_step(&before, self, command);
                check_file(&self.case.file);
                self.check_clocks();
                self.check_papers();
                self.check_maker(before.state_kind());
            }
            // The clock alone knows whether more time may be given.
            Ok(Taken::Refused) => assert!(matches!(command, Command::ExtendCase { .. })),
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

/// How far the case has come follows from what is stored of it.
fn check_file(file: &File) {
    let stored = serde_json::to_string(file).unwrap();
    let read: File = serde_json::from_str(&stored).unwrap();
    assert_eq!(&read, file);
    assert_eq!(read.state(), file.state());
    for round in &file.rounds {
        let charges = penalty(round)
            .into_iter()
            .flat_map(|penalty| &penalty.charges);
        for charge in charges {
            assert!(!charge.findings.is_empty() || charge.reasoned.is_some());
        }
    }
}

fn penalty(round: &Round) -> Option<&Penalty> {
    match &round.proposal.outcome {
        Outcome::Penalty(penalty) => Some(penalty),
        Outcome::NoPenalty { .. } => None,
    }
}

fn check_step(before: &Case, desk: &Desk, command: &Command) {
    let (then, now) = (&before.file, &desk.case.file);
    if let Some(told) = then.told_at() {
        assert_eq!(now.told_at(), Some(told), "{command:?}");
    }
    assert!(now.rounds.len() >= then.rounds.len(), "a round stays");
    check_waiting(then, command);
    if now.rounds.len() > then.rounds.len() {
        assert!(desk.has_team(), "fewer than two investigate");
    }
    if then.decision.is_none() && now.decision.is_some() {
        check_decided(desk);
    }
    if let Some(decision) = &then.decision {
        let kept = now.decision.as_ref().unwrap();
        assert_eq!(kept.penalty, decision.penalty, "decided is decided");
        assert!(desk.case.fine() <= before.fine());
    }
    if let Command::TransferCase { to, .. } = command {
        let given = |referral: &Referral| referral.handed_over.is_some();
        assert!(*to != Receiver::Police || then.referral().is_some_and(given));
    }
    if then.execution.court.is_none() && now.execution.court.is_some() {
        let decision = now.decision.as_ref().unwrap();
        assert!(matches!(desk.asked().reminded, AfterService::Until(last) if last < desk.today()));
        assert!(desk.today() > decision.remedies_until().unwrap());
    }
    if let (None, Some(ending)) = (&then.ending, &now.ending)
        && ending.kind == liangxin_domain::cases::ending::EndingKind::NoPenalty
    {
        let round = now.round().unwrap();
        assert!(penalty(round).is_none() && round.audits.last().is_some_and(Audit::is_passed));
    }
}

/// While a case waits, by its suspension or for the police, only what does not wait is done.
fn check_waiting(then: &File, command: &Command) {
    let is_beside = [
        Action::ReportCrime,
        Action::DecideReferral,
        Action::KeepReferral,
    ]
    .contains(&command.action());
    if is_about_people(command) {
        return;
    }
    if then.state() == At::Suspended && !is_beside {
        let goes_on = matches!(
            command,
            Command::ResumeCase
                | Command::AnswerNotice { .. }
                | Command::RequestHearing { .. }
                | Command::TransferCase { .. }
        );
        assert!(goes_on, "{command:?}");
    }
    if then.is_with_police() && !then.state().is_over() && !is_beside {
        let goes_on = matches!(
            command,
            Command::SuspendCase { .. }
                | Command::ResumeCase
                | Command::AnswerNotice { .. }
                | Command::RequestHearing { .. }
                | Command::TransferCase { .. }
        );
        assert!(goes_on, "{command:?}");
    }
}

/// What every decision rests on.
fn check_decided(desk: &Desk) {
    let file = &desk.case.file;
    let referral = file.referral();
    assert!(!file.is_with_police() && !referral.is_some_and(Referral::is_open));
    let (round, decision) = (file.round().unwrap(), file.decision.as_ref().unwrap());
    let served = round.notice.as_ref().unwrap().served.as_ref().unwrap();
    let last = round.answers.last().map(|answer| answer.kind);
    let until = served.until.or(desk.asked().answer_until);
    let is_over = until.is_some_and(|until| desk.today() > until);
    assert!(is_over || (last == Some(AnswerKind::Waiver) && round.hearing.is_none()));
    assert!(round.audits.last().unwrap().is_passed());
    let has_legal_since = |since| {
        let audits = &mut round.audits.iter();
        audits.any(|audit| {
            audit.kind == AuditKind::Legal && audit.is_passed() && audit.made.at >= since
        })
    };
    let conferred = round
        .conference
        .as_ref()
        .map(|conference| conference.made.at);
    if let Some(hearing) = &round.hearing {
        let held = hearing.held.as_ref().unwrap().made.at;
        assert!(has_legal_since(held), "no legal audit after the hearing");
        assert!(conferred.is_some_and(|at| at >= held), "no conference");
    }
    if round.proposal.weighty.is_some() {
        assert!(has_legal_since(round.proposal.made.at) && conferred.is_some());
    }
    let is_said = file.rounds.iter().flat_map(|round| &round.answers);
    let is_said = is_said.into_iter().any(|answer| answer.words.is_some());
    assert!(!is_said || decision.defence_review.is_some());
    let announced = penalty(round).unwrap();
    assert!(decision.penalty.fine() <= announced.fine());
    assert_eq!(decision.penalty.charges.len(), announced.charges.len());
    for (now, then) in decision.penalty.charges.iter().zip(&announced.charges) {
        assert!(now.violation == then.violation && now.fine <= then.fine);
    }
    assert!(decision.penalty.correct_by >= announced.correct_by);
    assert_ne!(decision.penalty.sum(), Fen::ZERO);
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

/// How a case begins: on which day, and which penalty on the spot it is, if it is one.
type Birth = (i64, usize);

fn born((filed, spot): Birth) -> Desk {
    match small().into_iter().nth(spot) {
        Some(penalty) => Desk::on_the_spot(penalty, moment(filed)),
        None => Desk::filed(moment(filed)),
    }
}

fn walked(birth: Birth, choices: Vec<Choice>) {
    let mut desk = born(birth);
    desk.check_clocks();
    let charged: Vec<_> = penalties(&desk)
        .iter()
        .flat_map(|penalty| &penalty.charges)
        .map(|charge| charge.violation.clone())
        .collect();
    desk.setting
        .violations
        .retain(|row| charged.contains(&row.code));
    // So that most may ask to be heard.
    desk.setting.hearing_from = Some(super::samples::yuan(4000));
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
    let walks = ((0..=days().1, 0_usize..18), choices());
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
        .filter(|name| !seen.contains_key(name))
        .collect();
    assert_eq!(missing, Vec::<String>::new(), "{seen:?}");
}
