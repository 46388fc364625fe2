//! Who steps back (Administrative Penalty Law, article 43; Order 2, article 4), and who investigates then.

use super::{
    super::people::{
        AUDITOR, CHAIR, HEAD, INVESTIGATOR, OFFICER, line, permit, reason, user, words,
    },
    CONCERNED, Desk,
    samples::*,
    who,
};
use chrono::TimeDelta;
use liangxin_domain::{
    cases::{
        command::Command,
        file::AuditKind,
        recusal::{RecusalAsker, RecusalGround},
    },
    notices::paper::Paper,
    policy::Action,
    refusal::Code,
    step::Command as _,
};

/// Those who rule on a head together.
const HEADS: [&str; 2] = ["刘局长", "周副局长"];

pub(super) fn ask(of: u128) -> Command {
    Command::AskRecusal {
        of: user(of),
        ground: RecusalGround::DirectInterest,
        words: words(),
        proof: None,
    }
}

pub(super) fn rule(of: u128, grant: bool, heads: usize) -> Command {
    Command::RuleOnRecusal {
        of: user(of),
        grant,
        reason: reason(),
        attendees: HEADS.iter().take(heads).map(|name| line(name)).collect(),
    }
}

pub(super) fn replace(officers: &[u128]) -> Command {
    Command::ReplaceTeam {
        officers: officers.iter().map(|officer| user(*officer)).collect(),
        reason: reason(),
    }
}

impl Desk {
    /// Who takes a step in place of somebody who stepped back; a hearing is its chair's to hold, and nobody rules on himself.
    pub(super) fn acting(&self, command: &Command) -> u128 {
        let round = self.case.file.round();
        let announced = round
            .and_then(|round| round.hearing.as_ref())
            .and_then(|hearing| hearing.announced.as_ref());
        let usual = who(command.action());
        let is_own = matches!(command, Command::RuleOnRecusal { of, .. } if *of == user(HEAD));
        let is_others = matches!(command, Command::HoldHearing { .. })
            && announced.is_some_and(|announced| announced.chair == user(CHAIR + 20));
        let file = &self.case.file;
        let waits = judges(command) && file.is_asked_to_step_back(user(usual));
        if is_own || is_others || waits || file.has_stepped_back(user(usual)) {
            usual + 20
        } else {
            usual
        }
    }

    /// Whether two who may act investigate.
    pub(super) fn has_team(&self) -> bool {
        let officers = self.case.investigators.iter();
        let free = officers.filter(|officer| !self.case.file.has_stepped_back(*officer));
        free.count() >= 2
    }

    /// Whoever stepped back tries, and is refused for that alone; and nobody rules on himself.
    pub(super) fn recused_tries(&mut self, command: &Command) {
        if matches!(command, Command::RuleOnRecusal { of, .. } if *of == user(HEAD)) {
            let by = permit(HEAD, command.action());
            assert!(self.take(command.clone(), &by).is_err(), "{command:?}");
        }
        for by in [who(command.action()), INVESTIGATOR] {
            if self.case.file.has_stepped_back(user(by)) {
                let before = self.case.clone();
                let refused = self.take(command.clone(), &permit(by, command.action()));
                assert_eq!(refused.unwrap_err().code, Code::Recused, "{command:?}");
                assert_eq!(before, self.case);
            }
        }
    }
}

/// What nobody does while it is open whether he steps back.
pub(super) fn judges(command: &Command) -> bool {
    [
        Action::AuditCase,
        Action::HoldHearing,
        Action::DecideCase,
        Action::TransferReport,
    ]
    .contains(&command.action())
}

/// Who may act is ruled on whatever waits.
pub(super) const fn is_about_people(command: &Command) -> bool {
    matches!(
        command,
        Command::AskRecusal { .. } | Command::RuleOnRecusal { .. } | Command::ReplaceTeam { .. }
    )
}

/// Somebody stepped back.
fn without(of: u128) -> Desk {
    let mut desk = Desk::new();
    desk.go(ask(of)).go(rule(of, true, 0));
    desk
}

#[test]
fn until_it_is_ruled_the_investigation_goes_on() {
    let mut desk = Desk::new();
    desk.go(ask(INVESTIGATOR)).go(propose(fined(5000)));
    assert_eq!(desk.refused(ask(INVESTIGATOR)), Code::RecusalOpen);
    desk.go(rule(INVESTIGATOR, false, 0));
    assert_eq!(desk.paper, Some(Paper::CaseRecusalDecision));
    desk.go(propose(fined(4000)));
    assert_eq!(
        desk.refused(rule(INVESTIGATOR, true, 0)),
        Code::NothingProposed
    );
    // What was refused may be asked once more.
    desk.go(ask(INVESTIGATOR));
}

#[test]
fn whoever_stepped_back_takes_no_act_and_what_was_done_stays() {
    let mut desk = Desk::new();
    desk.go(propose(fined(5000))).go(ask(INVESTIGATOR));
    desk.go(rule(INVESTIGATOR, true, 0));
    assert_eq!(desk.case.file.rounds.len(), 1);
    let asks = [
        propose(fined(5000)),
        acquit(),
        ask(OFFICER),
        Command::RemindParty,
    ];
    for command in asks {
        let told = format!("{command:?}");
        let refused = desk.refused_by(INVESTIGATOR, command);
        assert_eq!(refused, Code::Recused, "{told}");
    }
    assert_eq!(desk.refused(ask(INVESTIGATOR)), Code::Recused);
}

#[test]
fn a_team_that_lost_an_officer_investigates_when_a_head_filled_it_up() {
    let mut desk = without(INVESTIGATOR);
    for command in [propose(fined(5000)), acquit()] {
        assert_eq!(desk.refused_by(OFFICER, command), Code::TeamIncomplete);
    }
    assert_eq!(desk.refused(replace(&[INVESTIGATOR, 12])), Code::Recused);
    assert_eq!(desk.refused(replace(&[INVESTIGATOR, 11])), Code::TeamSame);
    desk.go(replace(&[11, 12]));
    assert!(desk.case.investigators.has(user(12)));
    assert!(desk.case.is_investigated_by(user(INVESTIGATOR)));
    desk.go_by(12, propose(fined(5000)));
    // Nobody who judged it comes in.
    desk.go(audit(AuditKind::Case));
    let judged = desk.refused(replace(&[AUDITOR, 11]));
    assert_eq!(judged, Code::InvestigatorCannotApprove);
}

#[test]
fn two_who_remain_of_three_are_a_team() {
    let mut desk = Desk::new();
    desk.go(replace(&[INVESTIGATOR, 11, 12]));
    desk.go(ask(INVESTIGATOR)).go(rule(INVESTIGATOR, true, 0));
    desk.go_by(11, propose(fined(5000)));
}

#[test]
fn nobody_rules_on_himself_and_on_a_head_the_heads_rule_together() {
    let mut desk = Desk::new();
    desk.go(ask(HEAD));
    assert_eq!(desk.refused(rule(HEAD, false, 2)), Code::RecusalOfOneself);
    let alone = desk.refused_by(20, rule(HEAD, true, 1));
    assert_eq!(alone, Code::ConferenceTwo);
    desk.go_by(20, rule(HEAD, true, 2));
    assert_eq!(desk.refused(suspend()), Code::Recused);
    desk.go_by(20, suspend());
}

#[test]
fn heads_who_rule_together_are_two_people_and_none_of_them_is_asked_to_step_back() {
    let mut desk = Desk::new();
    desk.go(ask(HEAD));
    let together = |names: &[&str]| Command::RuleOnRecusal {
        of: user(HEAD),
        grant: false,
        reason: reason(),
        attendees: names.iter().map(|name| line(name)).collect(),
    };
    for (names, code) in [
        (["刘局长", "刘局长"], Code::ConferenceTwo),
        (["周芳", "周 芳"], Code::ConferenceTwo),
        (["周芳", CONCERNED], Code::RecusalOfOneself),
    ] {
        assert_eq!(desk.refused_by(20, together(&names)), code, "{names:?}");
    }
    let thrice = together(&["刘局长", "周芳", "刘局长"]);
    assert_eq!(desk.refused_by(20, thrice), Code::ConferenceTwo);
    desk.go_by(20, together(&["刘局长", "周芳"]));
}

#[test]
fn nobody_judges_the_case_while_it_is_open_whether_he_steps_back() {
    let mut desk = Desk::new();
    desk.go(propose(fined(12_000))).go(ask(AUDITOR));
    let early = desk.refused(audit(AuditKind::Case));
    assert_eq!(early, Code::RecusalOpen);
    desk.go(rule(AUDITOR, false, 0)).go(audit(AuditKind::Case));
    desk.told().go(ask_hearing());
    let at = desk.now() + TimeDelta::days(20);
    desk.invited(at).go(ask(CHAIR)).later(21);
    assert_eq!(desk.refused(hold()), Code::RecusalOpen);
    desk.go(rule(CHAIR, false, 0)).go(hold()).go(ask(HEAD));
    for command in [confer(), decide(), close(), transfer()] {
        let told = format!("{command:?}");
        assert_eq!(desk.refused(command), Code::RecusalOpen, "{told}");
    }
    // The investigation goes on, and so does what leads it.
    desk.go(suspend());
}

#[test]
fn what_was_asked_before_the_case_ended_is_ruled_on_after_it() {
    let mut desk = Desk::new();
    desk.go(ask(INVESTIGATOR)).go(transfer());
    desk.go(rule(INVESTIGATOR, true, 0));
    assert!(desk.case.file.has_stepped_back(user(INVESTIGATOR)));
    assert_eq!(desk.refused(ask(11)), Code::WrongState);
}

#[test]
fn a_hearing_is_announced_anew_when_its_chair_steps_back() {
    let mut desk = Desk::new();
    desk.audited(fined(12_000)).told().go(ask_hearing());
    let at = desk.now() + TimeDelta::days(20);
    desk.invited(at).go(ask(CHAIR));
    desk.go(rule(CHAIR, true, 0));
    desk.later(20);
    let again = announce(desk.now() + TimeDelta::days(20));
    assert_eq!(desk.refused(again), Code::Recused);
    assert_eq!(desk.refused(hold()), Code::Recused);
    assert_eq!(desk.refused_by(24, hold()), Code::HearingNotAnnounced);
}

#[test]
fn who_asks_is_kept_and_only_somebody_of_the_office_is_asked_about() {
    let mut desk = Desk::new();
    desk.go_by(INVESTIGATOR, ask(INVESTIGATOR));
    desk.go(ask(11));
    desk.setting.is_party = true;
    desk.go(ask(AUDITOR));
    let askers: Vec<_> = desk.case.file.recusals.iter().map(|it| it.asker).collect();
    let known = [
        RecusalAsker::Oneself,
        RecusalAsker::Colleague,
        RecusalAsker::Party,
    ];
    assert_eq!(askers, known);
    let setting = desk.asked();
    let by = permit(OFFICER, Action::AskRecusal);
    let stranger = liangxin_domain::step::Machine::take(desk.case.clone(), ask(99), &by, &setting);
    assert_eq!(stranger.unwrap_err().code, Code::HandlerUnknown);
}

#[test]
fn whoever_is_tied_to_the_party_neither_acts_nor_comes_into_the_team() {
    let mut desk = Desk::new();
    desk.setting.tied = [user(INVESTIGATOR), user(12)].into_iter().collect();
    assert_eq!(desk.refused(propose(fined(5000))), Code::Recused);
    let short = desk.refused_by(11, propose(fined(5000)));
    assert_eq!(short, Code::TeamIncomplete);
    assert_eq!(desk.refused(replace(&[11, 12])), Code::Recused);
    desk.go(replace(&[11, 13]));
    desk.go_by(11, propose(fined(5000)));
}

#[test]
fn what_is_over_has_nobody_who_could_step_back() {
    let mut desk = Desk::new();
    desk.go(transfer());
    assert_eq!(desk.refused(ask(INVESTIGATOR)), Code::WrongState);
    assert_eq!(desk.refused(replace(&[11, 12])), Code::WrongState);
}
