//! What is promised of every case: nothing is decided early, nothing is charged for nothing, nobody is passed over. Told by
//! the file and the days alone.

use super::{
    super::people::{CHAIR, HEAD, user},
    Desk,
    demands::day,
    grounds::{check_charged, check_spared, is_within, weights},
    recusal::is_about_people,
    samples::yuan,
};
use chrono::{Days, Months, NaiveDate};
use liangxin_domain::{
    cases::{
        announce::{AnswerKind, Notice, Served},
        case::{Case, DEFEND, HEARING, PAY},
        charge::Penalty,
        command::Command,
        decide::{Decision, SuitPeriod},
        ending::EndingKind,
        execution::CorrectionCheck,
        file::{Audit, AuditKind, CaseStateKind as At, File, Outcome, Round},
        referral::{REVIEW, Referral},
        service::{AfterService, Delivery},
    },
    law::calendar::shanghai_date,
    money::Fen,
    notices::notice::Channel,
    policy::Action,
    reports::state::{Mark, Receiver},
    step::Command as _,
};

/// The day on which a paper counts as served: a public notice stands for thirty days first.
pub(super) fn reached(delivery: &Delivery) -> NaiveDate {
    let on = shanghai_date(delivery.at);
    match delivery.channel {
        Channel::PublicNotice => on + Days::new(30),
        _ => on,
    }
}

/// The last day for a review, sixty days, or a suit, six months where the decision tells so many.
pub(super) fn remedies_until(decision: &Decision, served_on: NaiveDate) -> NaiveDate {
    match decision.suit {
        SuitPeriod::SixMonths => served_on + Months::new(6),
        SuitPeriod::FifteenDays => served_on + Days::new(60),
    }
}

/// How far the case has come follows from what is stored of it, and each charge from what shows it.
pub(super) fn check_file(desk: &Desk) {
    let file = &desk.case.file;
    let stored = serde_json::to_string(file).unwrap();
    let read: File = serde_json::from_str(&stored).unwrap();
    assert_eq!(&read, file);
    assert_eq!(read.state(), file.state());
    for round in &file.rounds {
        if let Some(penalty) = penalty(round) {
            check_charged(desk, penalty, day(round.proposal.made));
        }
        if let Some(notice) = &round.notice {
            check_notice(desk, round, notice);
        }
    }
    if let Some(decision) = &file.decision
        && let Some(served) = &decision.served
    {
        check_service(desk, PAY, decision.made, served);
    }
    let execution = &file.execution;
    let paid = execution.payments.iter().map(|payment| payment.paid_on);
    let looked = execution.checks.iter().map(|check| check.on);
    assert!(paid.chain(looked).all(|on| on <= desk.today()), "not yet");
    for order in &file.orders {
        let since = order.served_on.unwrap_or(NaiveDate::MAX);
        let is_seen = |check: &CorrectionCheck| since <= check.on && check.on <= desk.today();
        assert!(
            order.checks.iter().all(is_seen),
            "served, then looked after"
        );
    }
}

fn check_notice(desk: &Desk, round: &Round, notice: &Notice) {
    let penalty = penalty(round).unwrap();
    let is_before = |audit: &&Audit| audit.is_passed() && audit.made.at <= notice.issued.at;
    let mut audits = round.audits.iter().filter(is_before);
    let is_weighty = round.proposal.weighty.is_some();
    assert!(audits.any(|audit| !is_weighty || audit.kind == AuditKind::Legal));
    let sanction = &penalty.sanction;
    let is_unvalued = sanction.items.is_some() && sanction.items_value == Fen::ZERO;
    let offers = is_unvalued || weights(penalty)[0] >= yuan(4000).as_i64();
    assert_eq!(notice.offers_hearing, offers);
    let Some(served) = &notice.served else {
        return;
    };
    check_service(desk, DEFEND, notice.issued, served);
    for answer in &round.answers {
        let on = answer
            .arrived_on
            .unwrap_or_else(|| shanghai_date(answer.at));
        assert!(on <= desk.today() && on >= shanghai_date(served.delivery.at));
        if answer.kind == AnswerKind::HearingRequest {
            let last = desk.end(DEFEND, reached(&served.delivery));
            assert!(offers && last.is_none_or(|last| on <= last), "too late");
        }
    }
}

/// A paper reached its party by a way that the law knows, after it was made.
fn check_service(desk: &Desk, rule: &str, issued: Mark, served: &Served) {
    let delivery = &served.delivery;
    match delivery.channel {
        Channel::Phone | Channel::Sms => panic!("served by a call"),
        Channel::Left => assert!(delivery.witness.is_some()),
        Channel::Internet | Channel::Email => assert!(delivery.address_confirmation.is_some()),
        Channel::Post | Channel::InPerson | Channel::PublicNotice => {}
    }
    assert!(issued.at <= delivery.at && delivery.at <= served.noted.at);
    let on = reached(delivery);
    assert_eq!(served.on, on);
    assert!(served.until.is_none() || served.until == desk.end(rule, on));
}

fn penalty(round: &Round) -> Option<&Penalty> {
    match &round.proposal.outcome {
        Outcome::Penalty(penalty) => Some(penalty),
        Outcome::NoPenalty { .. } => None,
    }
}

pub(super) fn check_step(before: &Case, desk: &Desk, command: &Command) {
    let (then, now) = (&before.file, &desk.case.file);
    if let Some(told) = then.told_at() {
        assert_eq!(now.told_at(), Some(told), "{command:?}");
    }
    assert!(now.rounds.len() >= then.rounds.len(), "a round stays");
    check_waiting(then, command);
    check_command(before, desk, command);
    if then.decision.is_none() && now.decision.is_some() {
        check_decided(desk);
    }
    if let Some(decision) = &then.decision {
        let kept = now.decision.as_ref().unwrap();
        assert_eq!(kept.penalty, decision.penalty, "decided is decided");
        assert!(desk.case.fine() <= before.fine());
    }
    if then.execution.court.is_none() && now.execution.court.is_some() {
        let decision = now.decision.as_ref().unwrap();
        let served = reached(&decision.served.as_ref().unwrap().delivery);
        assert!(matches!(desk.asked().reminded, AfterService::Until(last) if last < desk.today()));
        assert!(desk.today() > remedies_until(decision, served));
    }
    if let (None, Some(ending)) = (&then.ending, &now.ending)
        && ending.kind == EndingKind::NoPenalty
    {
        let round = now.round().unwrap();
        assert!(penalty(round).is_none() && round.audits.last().is_some_and(Audit::is_passed));
    }
}

/// What some steps ask for, beside what each asks for.
fn check_command(before: &Case, desk: &Desk, command: &Command) {
    let (then, now) = (&before.file, &desk.case.file);
    let referral = then.referral();
    match command {
        Command::ProposePenalty { new_facts, .. } => {
            assert!(desk.has_team(), "fewer than two investigate");
            let announced = then.rounds.iter().filter(|it| it.notice.is_some());
            let announced: Vec<_> = announced.filter_map(penalty).collect();
            let penalty = penalty(now.round().unwrap()).unwrap();
            let is_lighter = announced.is_empty() || is_within(penalty, &announced);
            assert!(is_lighter || new_facts.is_some());
        }
        Command::ProposeNoPenalty { .. } => {
            assert!(desk.has_team());
            check_spared(desk, now.round().unwrap());
        }
        Command::ExtendCase { further: None, .. } => assert!(then.extended.is_none()),
        Command::ExtendCase {
            further: Some(more),
            ..
        } => {
            assert!(then.extended.is_some() && then.extended_further.is_none());
            assert!((1..=365).contains(&more.days) && more.attendees.len() >= 2);
        }
        Command::CloseCase { .. } => check_spared(desk, now.round().unwrap()),
        Command::TerminateCase { .. } => {
            assert!(desk.setting.is_party_gone && then.decision.is_none());
            assert!(!then.is_with_police() && !referral.is_some_and(Referral::is_open));
        }
        Command::AnnounceHearing { at, chair, .. } => {
            let mut wrote = then.rounds.iter().map(|round| round.proposal.made.by);
            let mut teams = then.teams.iter().map(|former| &former.officers);
            let has_worked = before.investigators.has(*chair)
                || teams.any(|team| team.has(*chair))
                || wrote.any(|by| by == *chair);
            assert!(!has_worked && !then.has_stepped_back(*chair));
            assert!(shanghai_date(*at) > desk.end(HEARING, desk.today()).unwrap());
        }
        Command::HoldHearing { .. } => check_held(desk),
        Command::RuleOnRecusal { of, attendees, .. } => {
            assert!(*of != user(HEAD) || attendees.len() >= 2);
        }
        Command::HandOver { .. } => {
            let decided = referral.and_then(|referral| referral.decided.as_ref());
            assert!(decided.is_some_and(|decided| decided.refer));
        }
        Command::AskReview { .. } => {
            let refused = referral.and_then(|referral| referral.answers.last());
            let last = desk.end(REVIEW, refused.unwrap().on);
            assert!(last.is_none_or(|last| desk.today() <= last));
        }
        Command::TransferCase { to, .. } => {
            let given = |referral: &Referral| referral.handed_over.is_some();
            assert!(*to != Receiver::Police || referral.is_some_and(given));
        }
        Command::FinishCase { in_spite: None } => {
            assert!(desk.owed().unwrap().is_nothing() && desk.case.is_corrected());
        }
        Command::ArchiveCase => check_archived(desk, then.state()),
        _ => {}
    }
}

/// It was over, and the party got what it had to get, where there still is one.
fn check_archived(desk: &Desk, then: At) {
    assert!(then.is_over());
    assert!(then == At::Terminated || desk.setting.unserved.is_none());
}

/// The party knew of its hearing seven working days before, and its chair held it, not before its hour.
fn check_held(desk: &Desk) {
    let hearing = desk.case.file.round().unwrap().hearing.as_ref().unwrap();
    let (announced, held) = (
        hearing.announced.as_ref().unwrap(),
        hearing.held.as_ref().unwrap(),
    );
    assert!([CHAIR, CHAIR + 20].map(user).contains(&announced.chair));
    assert_eq!(announced.chair, held.made.by);
    assert!(held.made.at >= announced.at);
    let told = desk.end(HEARING, desk.hearing_served_on.unwrap());
    assert!(shanghai_date(announced.at) > told.unwrap());
}

/// While a case waits, by its suspension or for the police, only what does not wait is done.
fn check_waiting(then: &File, command: &Command) {
    let is_beside = [
        Action::ReportCrime,
        Action::DecideReferral,
        Action::KeepReferral,
    ]
    .contains(&command.action());
    if is_about_people(command) || is_beside {
        return;
    }
    let is_suspended = then.state() == At::Suspended;
    let is_with_police = then.is_with_police() && !then.state().is_over();
    let goes_on = matches!(
        command,
        Command::ResumeCase
            | Command::AnswerNotice { .. }
            | Command::RequestHearing { .. }
            | Command::TerminateCase { .. }
            | Command::TransferCase { .. }
    );
    let may_wait = !is_suspended && matches!(command, Command::SuspendCase { .. });
    let waits = is_suspended || is_with_police;
    assert!(!waits || goes_on || may_wait, "{command:?}");
}

/// What every decision rests on.
fn check_decided(desk: &Desk) {
    let file = &desk.case.file;
    let referral = file.referral();
    assert!(!file.is_with_police() && !referral.is_some_and(Referral::is_open));
    let (round, decision) = (file.round().unwrap(), file.decision.as_ref().unwrap());
    let served = round.notice.as_ref().unwrap().served.as_ref().unwrap();
    let last = round.answers.last().map(|answer| answer.kind);
    let until = desk.end(DEFEND, reached(&served.delivery));
    let is_over = until.is_some_and(|until| desk.today() > until);
    assert!(is_over || (last == Some(AnswerKind::Waiver) && round.hearing.is_none()));
    assert!(round.audits.last().unwrap().is_passed());
    let has_legal_since = |since| {
        let audits = &mut round.audits.iter();
        audits.any(|audit| {
            audit.kind == AuditKind::Legal && audit.is_passed() && audit.made.at >= since
        })
    };
    let conference = round.conference.as_ref();
    assert!(conference.is_none_or(|it| it.attendees.len() >= 2), "alone");
    let conferred = conference.map(|conference| conference.made.at);
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
    assert!(is_within(&decision.penalty, &[announced]));
    assert_eq!(decision.penalty.charges.len(), announced.charges.len());
    for (now, then) in decision.penalty.charges.iter().zip(&announced.charges) {
        assert!(now.violation == then.violation && now.fine <= then.fine);
    }
    assert!(decision.penalty.correct_by >= announced.correct_by);
    assert_ne!(decision.penalty.sum(), Fen::ZERO);
}
