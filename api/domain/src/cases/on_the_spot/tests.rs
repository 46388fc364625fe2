use super::*;
use crate::{
    cases::{
        case::{ENFORCE, PAY},
        charge::Found,
        command::Command,
        ending::{ChangeKind, ChangedBy, Left},
        execution::{Owed, Paying},
        file::CaseStateKind,
        order::CORRECT,
        tests::{
            OFFICERS, after, basis, case, day, delivery, line, penalty, reason, refused, setting,
            take, user, words, yuan,
        },
    },
    event::Event,
    law::{case_rule::CaseRules, effect::ClockEffect},
    notices::paper::Paper,
};
use uuid::Uuid;

const ON: &str = "2026-06-02";

fn spot(fine: Fen) -> OnTheSpot {
    OnTheSpot {
        id: case().id,
        number: "430103-2026-D1".to_owned(),
        basis: basis(),
        merchant: case().merchant,
        division: case().division,
        officers: case().investigators,
        penalty: penalty(fine),
        told: words("口头告知事实、理由、依据和权利。"),
        said: None,
        defence_review: None,
        suit: SuitPeriod::FifteenDays,
        delivery: delivery(Channel::InPerson, ON),
        made: Mark {
            by: user(11),
            at: setting(ON).now,
        },
    }
}

fn imposed(fine: Fen) -> Case {
    spot(fine).impose(&setting(ON)).unwrap()
}

fn code(spot: OnTheSpot) -> Code {
    spot.impose(&setting(ON)).unwrap_err().code
}

fn starts(rule: &'static str) -> ClockEffect {
    let opened_on = day(ON);
    ClockEffect::Start { rule, opened_on }
}

fn effects(case: Case, command: Command, on: &str) -> Vec<ClockEffect> {
    take(case, command, &setting(on)).unwrap().clocks
}

#[test]
fn it_is_born_decided_and_served_without_an_audit() {
    let case = imposed(yuan(200));
    assert_eq!(case.state_kind(), CaseStateKind::Served);
    assert!(case.file.is_simple());
    assert!(case.file.round().unwrap().audits.is_empty());
    assert_eq!(case.file.told_at(), Some(setting(ON).now));
    assert_eq!(case.standing(), Some(&penalty(yuan(200))));
    let decision = case.file.decision.as_ref().unwrap();
    assert_eq!(decision.suit, SuitPeriod::FifteenDays);
    assert!(OFFICERS.iter().all(|n| case.is_investigated_by(user(*n))));
}

#[test]
fn what_is_owed_runs_from_the_day_on_which_it_was_handed_over() {
    let mut setting = setting(ON);
    setting.until = Some(day("2026-06-17"));
    let case = spot(yuan(200)).impose(&setting).unwrap();
    let paying = Paying {
        until: None,
        late_fee: CaseRules::embedded().unwrap().late_fee_on(day(ON)),
    };
    let owed = |on| case.owed_by(day(on), paying).unwrap();
    let (penalty, late_fee) = (yuan(200), Fen::ZERO);
    assert_eq!(owed("2026-06-17"), Owed { penalty, late_fee });
    let late_fee = yuan(6);
    assert_eq!(owed("2026-06-18"), Owed { penalty, late_fee });
}

#[test]
fn paying_and_handing_in_the_papers_have_their_periods() {
    let step = imposed(yuan(200)).register();
    // Sixty days for a review: the court may be asked from then on.
    let (rule, opened_on) = (ENFORCE, day("2026-08-01"));
    let court = ClockEffect::Start { rule, opened_on };
    let correction = ClockEffect::StartUntil {
        rule: CORRECT,
        opened_on: day(ON),
        until: day("2026-12-31"),
    };
    let all = [starts(SIMPLE), starts(PAY), court, correction.clone()];
    assert_eq!(step.clocks, all);
    assert_eq!(step.paper, Some(Paper::OnTheSpotDecision));
    assert!(matches!(step.event, Event::PunishedOnTheSpot { .. }));
    let warned = imposed(Fen::ZERO).register();
    assert_eq!(warned.clocks, [starts(SIMPLE), correction]);
}

#[test]
fn a_case_that_is_filed_opens_the_period_for_deciding_it() {
    let step = case().register();
    assert!(matches!(step.event, Event::CaseFiled { .. }));
}

#[test]
fn the_papers_come_to_the_office_once() {
    let step = take(
        imposed(yuan(200)),
        Command::FilePapers,
        &setting("2026-06-03"),
    );
    let step = step.unwrap();
    let (rule, on) = (SIMPLE, day("2026-06-03"));
    assert_eq!(step.clocks, [ClockEffect::Satisfy { rule, on }]);
    let code = refused(&step.after, Command::FilePapers, "2026-06-03");
    assert_eq!(code, Code::WrongState);
    let code = refused(&case(), Command::FilePapers, "2026-06-03");
    assert_eq!(code, Code::WrongState);
}

#[test]
fn it_is_carried_out_closed_and_archived_like_every_other() {
    let paid = Command::RecordFinePayment {
        sum: yuan(200),
        paid_on: day(ON),
        receipt: line("票据第1号"),
    };
    let checked = Command::CheckCorrection {
        violation: None,
        on: day(ON),
        is_made: true,
        found: words("已改正。"),
    };
    let finish = Command::FinishCase { in_spite: None };
    let closed = [paid, checked, finish]
        .into_iter()
        .fold(imposed(yuan(200)), |case, step| after(case, step, ON));
    assert_eq!(closed.state_kind(), CaseStateKind::Closed);
    let (rule, on) = (SIMPLE, day(ON));
    let archived = effects(closed, Command::ArchiveCase, ON);
    assert_eq!(archived, [ClockEffect::Satisfy { rule, on }]);
}

#[test]
fn an_annulled_one_ends_no_period_for_serving_it() {
    let annulled = Command::ChangeDecision {
        kind: ChangeKind::Annulled,
        by: ChangedBy::Review,
        body: line("区人民政府"),
        document: line("复议决定第1号"),
        on: day(ON),
        left: Left::default(),
        reason: reason(),
    };
    let on = day(ON);
    let ended = effects(imposed(yuan(200)).register().after, annulled, ON);
    let lapsed = [PAY, ENFORCE, CORRECT].map(|rule| ClockEffect::Lapse { rule, on });
    assert_eq!(ended, lapsed);
}

#[test]
fn two_officers_are_there_and_one_of_them_decides() {
    let mut alone = spot(yuan(200));
    alone.officers = Team::stored([user(11)]);
    assert_eq!(code(alone), Code::InspectorsTwoRequired);
    let mut from_afar = spot(yuan(200));
    from_afar.made.by = user(1);
    assert_eq!(code(from_afar), Code::OnTheSpotOfficer);
}

#[test]
fn what_the_party_says_is_answered_and_stays_in_the_file() {
    let mut heard = spot(yuan(200));
    heard.said = Some(words("货物并不短缺。"));
    assert_eq!(code(heard.clone()), Code::DefenceReviewRequired);
    heard.defence_review = Some(reason());
    let case = heard.impose(&setting(ON)).unwrap();
    let said: Vec<_> = case.file.round().unwrap().statements().collect();
    assert_eq!(said, [&words("货物并不短缺。")]);
}

#[test]
fn the_decision_is_handed_over_at_once() {
    let mut by_post = spot(yuan(200));
    by_post.delivery = delivery(Channel::Post, ON);
    assert_eq!(code(by_post), Code::OnTheSpotDelivery);
    let mut later = spot(yuan(200));
    later.delivery = delivery(Channel::InPerson, "2026-06-03");
    assert_eq!(code(later), Code::OnTheSpotDelivery);
}

#[test]
fn the_fine_is_small_and_the_sum_has_to_be_known() {
    assert_eq!(code(spot(yuan(201))), Code::OnTheSpotSum);
    let mut unknown = setting(ON);
    unknown.on_the_spot_up_to = None;
    let refused = spot(yuan(200)).impose(&unknown).unwrap_err();
    assert_eq!(refused.code, Code::OnTheSpotSum);
    assert!(spot(Fen::ZERO).impose(&unknown).is_ok());
}

#[test]
fn nothing_is_taken_away_or_paid_back_on_the_spot() {
    let mut takes = spot(yuan(200));
    takes.penalty.sanction.items = Some(words("电子秤一台"));
    assert_eq!(code(takes), Code::OnTheSpotKind);
    let mut pays = spot(yuan(200));
    pays.penalty.sanction.compensation = yuan(5);
    assert_eq!(code(pays), Code::OnTheSpotKind);
}

#[test]
fn its_charges_are_held_against_the_law_like_every_other() {
    let mut unproved = spot(yuan(200));
    for charge in &mut unproved.penalty.charges {
        charge.reasoned = None;
    }
    assert_eq!(code(unproved), Code::ChargeUnproved);
    let mut nothing = spot(Fen::ZERO);
    nothing.penalty.sanction.warning = false;
    assert_eq!(code(nothing), Code::PenaltyEmpty);
}

#[test]
fn a_file_of_before_reads_as_one_of_the_ordinary_procedure() {
    let mut kept = serde_json::to_value(case().file).unwrap();
    kept.as_object_mut().unwrap().remove("on_the_spot");
    let file: File = serde_json::from_value(kept).unwrap();
    assert!(!file.is_simple());
}

#[test]
fn what_was_imposed_on_the_spot_is_imposed_no_second_time() {
    let id = Uuid::from_u128(90);
    let found = |fine| {
        let mut spot = spot(fine);
        spot.penalty.charges[0].findings = vec![id];
        spot
    };
    let mut known = setting(ON);
    known.findings = vec![Found {
        id,
        suggests: Vec::new(),
        is_void: false,
    }];
    known.fined = found(yuan(200)).impose(&known).unwrap().fines();
    let twice = found(yuan(200)).impose(&known).unwrap_err();
    assert_eq!(twice.code, Code::ActFinedTwice);
    let warned = found(Fen::ZERO).impose(&known).unwrap();
    assert!(warned.fines().is_empty());
}
