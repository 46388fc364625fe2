//! The guards of the steps, and what each does to the periods.
#![cfg(test)]

use super::*;

#[test]
fn time_stands_still_while_something_is_tested() {
    let on = shanghai_date(now());
    assert_eq!(
        after(&["accept", "pause"]).clocks,
        [ClockEffect::Pause {
            rule: VERIFY,
            cause: PauseCause::Testing,
            on
        }]
    );
    assert_eq!(
        after(&["accept", "pause", "resume"]).clocks,
        [ClockEffect::Resume { rule: VERIFY, on }]
    );
}

#[test]
fn a_pause_remembers_whether_the_period_had_been_extended() {
    let ReportState::PausedTest(_, extension, _) = after(&["accept", "pause"]).after.state else {
        panic!("not paused");
    };
    assert_eq!(extension, None);
    let ReportState::PausedTest(_, extension, _) =
        after(&["accept", "extend", "pause"]).after.state
    else {
        panic!("not paused");
    };
    assert!(extension.is_some());
}

#[test]
fn the_period_is_extended_by_a_head_once_and_before_it_ends() {
    let verifying = after(&["accept"]).after.state;
    let by = |state: &ReportState, day: &str| {
        let until = Setting {
            verify_until: Some(day.parse().unwrap()),
            ..setting(now())
        };
        go_with(state, command("extend"), &until)
    };
    let extended = by(&verifying, "2026-11-23").unwrap();
    assert!(matches!(
        extended.clocks[..],
        [ClockEffect::Extend { rule: VERIFY, .. }]
    ));
    assert_eq!(
        by(&verifying, "2026-11-22").unwrap_err().code,
        Code::DeadlinePassed
    );
    assert_eq!(
        by(&extended.after.state, "2026-12-31").unwrap_err().code,
        Code::WrongState
    );
}

#[test]
fn whoever_worked_on_the_lead_approves_nothing_about_it() {
    let verifying = after(&["accept"]).after.state;
    let own = |state: &ReportState, name, n| {
        let command = command(name);
        let permit = permit(n, command.action());
        let taken = report(state.clone(), received()).take(command, &permit, &setting(now()));
        taken.unwrap_err().code
    };
    assert_eq!(
        own(&verifying, "extend", OFFICER),
        Code::InvestigatorCannotApprove
    );
    assert_eq!(
        own(&proposed(&verifying), "decline", OFFICER),
        Code::InvestigatorCannotApprove
    );
    let in_case = after(&["accept", "file", "open"]).after.state;
    assert_eq!(
        own(&in_case, "transfer", 10),
        Code::InvestigatorCannotApprove
    );
    assert_eq!(own(&in_case, "acquit", 11), Code::InvestigatorCannotApprove);
}

#[test]
fn declining_needs_a_proposal_of_somebody_else() {
    let verifying = after(&["accept"]).after.state;
    assert_eq!(
        go(&verifying, Command::DeclineFiling).unwrap_err().code,
        Code::NotFilingProposalRequired
    );
    let declined = go(&proposed(&verifying), Command::DeclineFiling).unwrap();
    assert!(matches!(
        declined.clocks[..],
        [ClockEffect::Satisfy { rule: VERIFY, .. }]
    ));
    // A proposal waits through a test.
    let paused = go(&proposed(&verifying), command("pause")).unwrap();
    let resumed = go(&paused.after.state, command("resume")).unwrap();
    assert!(go(&resumed.after.state, Command::DeclineFiling).is_ok());
}

#[test]
fn a_case_is_filed_with_two_officers_or_not_at_all() {
    let one = Command::FileCase {
        case: case(),
        officers: Team::stored([user(10), user(10)]),
    };
    assert_eq!(
        go(&after(&["accept"]).after.state, one).unwrap_err().code,
        Code::InspectorsTwoRequired
    );
}

#[test]
fn only_the_same_reporter_about_the_same_party_is_a_double_or_merges() {
    for (reporter, party, code) in [
        (Sameness::Different, Sameness::Same, Code::OtherReporter),
        (Sameness::Unknown, Sameness::Same, Code::OtherReporter),
        (Sameness::Same, Sameness::Different, Code::OtherParty),
        (Sameness::Same, Sameness::Unknown, Code::OtherParty),
    ] {
        for name in ["double", "merge"] {
            let other = earlier(reporter, party, ReportState::Registered);
            assert_eq!(joining(name, other).unwrap_err().code, code, "{name}");
        }
    }
}

/// An earlier report and a step that joins a registered one to it.
fn joining(name: &str, earlier: Earlier) -> Result<Step<Report>, Refusal> {
    let beside = Setting {
        earlier: Some(earlier),
        ..setting(now())
    };
    go_with(&ReportState::Registered, command(name), &beside)
}

#[test]
fn what_is_decided_takes_no_new_facts_and_no_double_of_a_double_is_made() {
    let filed = after(&["accept", "file"]).after.state;
    let of = |state| earlier(Sameness::Same, Sameness::Same, state);
    assert_eq!(
        joining("merge", of(filed.clone())).unwrap_err().code,
        Code::WrongState
    );
    // Said again after the decision it is still said before.
    assert!(joining("double", of(filed)).is_ok());
    let double = after(&["double"]).after.state;
    assert_eq!(
        joining("double", of(double)).unwrap_err().code,
        Code::WrongState
    );
}

#[test]
fn a_case_is_filed_anew_once_the_decision_of_the_first_was_annulled_and_not_before() {
    let closed = after(&["accept", "file", "open", "penalty"]).after.state;
    let annulled = Setting {
        is_annulled: true,
        ..setting(now())
    };
    let file = || command("file");
    assert_eq!(
        go(&closed, file()).unwrap_err().code,
        Code::WrongState,
        "its case stands"
    );
    let step = go_with(&closed, file(), &annulled).unwrap();
    assert_eq!(step.after.state.kind(), ReportStateKind::Filed);
    assert!(step.clocks.is_empty(), "it was verified before");
    let open = after(&["accept", "file", "open"]).after.state;
    let refused = go_with(&open, file(), &annulled).unwrap_err();
    assert_eq!(refused.code, Code::WrongState);
}

#[test]
fn only_reports_of_different_reporters_are_linked() {
    let link = Command::LinkReports {
        other: same().report.id,
    };
    assert_eq!(
        go(&ReportState::Registered, link.clone()).unwrap_err().code,
        Code::SameReporter
    );
    let beside = Setting {
        earlier: Some(earlier(
            Sameness::Unknown,
            Sameness::Same,
            ReportState::Registered,
        )),
        ..setting(now())
    };
    assert!(go_with(&ReportState::Registered, link, &beside).is_ok());
}

#[test]
fn a_supplement_restarts_the_clock_of_its_target_and_keeps_what_was_decided_about_it() {
    let later: NaiveDate = "2026-11-24".parse().unwrap();
    let restart = ClockEffect::Restart {
        rule: VERIFY,
        opened_on: later,
    };
    let extend = ClockEffect::Extend {
        rule: VERIFY,
        by: user(HEAD),
        on: later,
    };
    let pause = ClockEffect::Pause {
        rule: VERIFY,
        cause: PauseCause::Testing,
        on: later,
    };
    for (path, effects) in [
        (&[][..], vec![restart.clone()]),
        (&["accept"], vec![restart.clone()]),
        (&["accept", "extend"], vec![restart.clone(), extend.clone()]),
        (&["accept", "pause"], vec![restart.clone(), pause.clone()]),
        (&["accept", "extend", "pause"], vec![restart, extend, pause]),
    ] {
        assert_eq!(
            restarted_by(&after(path).after.state, later).unwrap(),
            effects
        );
    }
    assert!(restarted_by(&after(&["accept", "file"]).after.state, later).is_err());
}

#[test]
fn a_report_of_the_old_order_knows_neither_article_35_nor_our_seven_days() {
    let old: NaiveDate = "2026-04-14".parse().unwrap();
    let step = |name| {
        let command = command(name);
        let permit = permit(who(&command), command.action());
        report(ReportState::Registered, old).take(command, &permit, &setting(now()))
    };
    assert_eq!(step("double").unwrap_err().code, Code::OldOrderApplies);
    assert_eq!(step("merge").unwrap_err().code, Code::OldOrderApplies);
    let told = step("reply").unwrap();
    assert!(told.clocks.iter().all(|effect| effect.rule() == VERIFY));
    let told = after(&["reply"]);
    assert!(
        told.clocks
            .iter()
            .any(|effect| effect.rule() == NOT_COMPETENT)
    );
}

#[test]
fn what_a_visit_found_is_verified_from_the_day_of_the_visit_and_days_of_a_test_do_not_count() {
    let told = report(ReportState::Registered, received());
    let lead = Report {
        found_in: Some(FoundIn::Visit(VisitId::new(Uuid::from_u128(62)))),
        occurred_at: told.occurred_at - chrono::TimeDelta::days(1),
        ..told
    };
    let lead = lead.found(user(OFFICER));
    let opened_on = "2026-11-19".parse().unwrap();
    assert_eq!(
        lead.clocks,
        [ClockEffect::Start {
            rule: FILE,
            opened_on
        }]
    );
    let take = |command: Command| {
        let permit = permit(OFFICER, command.action());
        lead.after.clone().take(command, &permit, &setting(now()))
    };
    let paused = take(command("pause")).unwrap();
    assert!(matches!(
        paused.clocks[..],
        [ClockEffect::Pause { rule: FILE, .. }]
    ));
    let spot = || Command::CloseOnTheSpot { case: case() };
    let closed = take(spot()).unwrap();
    assert_eq!(
        closed.after.state,
        ReportState::ClosedPenalty { case: case() }
    );
    assert!(matches!(
        closed.clocks[..],
        [ClockEffect::Satisfy { rule: FILE, .. }]
    ));
    let reported = go(&after(&["accept"]).after.state, spot());
    assert_eq!(reported.unwrap_err().code, Code::WrongState);
}
