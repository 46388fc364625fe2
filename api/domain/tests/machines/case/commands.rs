//! Everything that can be asked of a case on a day, more of what brings it on.

use super::{
    super::people::{AUDITOR, CHAIR, HEAD, INVESTIGATOR, OFFICER, line, reason, user, words},
    Desk,
    late::suits,
    recusal::{ask, replace, rule as rule_on},
    samples::*,
    window::arrived,
};
use chrono::{Days, NaiveDate, TimeDelta};
use liangxin_domain::{
    cases::{
        case::HEARING,
        charge::{Charge, Penalty, Sanction},
        command::Command,
        decide::{Ruling, SuitPeriod},
        ending::ChangeKind,
        file::{AuditKind, NoPenaltyGround, SuspensionCause},
        referral::{Enclosures, Transfer},
        service::Delivery,
    },
    money::Fen,
    notices::notice::Channel,
    reports::state::Receiver,
};
use uuid::Uuid;

pub(super) fn commands(desk: &Desk) -> Vec<Command> {
    [
        investigating(desk),
        recusing(),
        auditing(),
        telling(desk),
        deciding(desk),
        carrying_out(desk),
        ending(desk),
        referring(desk),
        repairing(),
    ]
    .concat()
}

/// Penalties that may be imposed on the spot.
pub(super) fn small() -> [Penalty; 3] {
    let warned = Sanction {
        warning: true,
        ..Sanction::default()
    };
    [
        fined(200),
        penalty(vec![charge("M-CHT-01", 50)]),
        Penalty {
            sanction: warned,
            ..penalty(vec![charge("M-CHT-01", 0)])
        },
    ]
}

/// Penalties light and heavy, right and wrong.
pub(super) fn penalties(desk: &Desk) -> Vec<Penalty> {
    let until = |days| desk.today() + Days::new(days);
    let gains = Sanction {
        gains: Some(yuan(4000)),
        takes_gains: true,
        items: Some(words()),
        items_value: yuan(300),
        ..Sanction::default()
    };
    let warned = Sanction {
        warning: true,
        ..Sanction::default()
    };
    let bare = |findings| Charge {
        findings,
        reasoned: None,
        ..charge("M-QTY-01", 100)
    };
    let taken = Sanction {
        items: Some(words()),
        ..Sanction::default()
    };
    let some = [
        fined(5000),
        fined(12_000),
        penalty(vec![shown("M-QTY-01", 12_000), charge("M-VER-01", 500)]),
        Penalty {
            sanction: gains,
            ..penalty(vec![charge("M-CHT-01", 1000)])
        },
        Penalty {
            sanction: warned,
            ..penalty(vec![charge("M-CHT-01", 1000)])
        },
        penalty(vec![bare(Vec::new())]),
        penalty(vec![shown("M-QTY-01", 100), shown("M-QTY-02", 100)]),
        penalty(vec![bare(vec![PLAIN])]),
        penalty(vec![bare(vec![SHORT, Uuid::from_u128(99)])]),
        penalty(vec![charge("M-GAS-08", 100)]),
        penalty(vec![charge(ORDERED, 1000)]),
        Penalty {
            sanction: taken,
            ..penalty(vec![charge("M-CHT-01", 100)])
        },
    ];
    let some = [some.as_slice(), &resting(desk)].concat();
    let times = [(20, 0), (60, 1)];
    let each = |(days, at): (u64, usize)| {
        some.iter().skip(at).step_by(2).map(move |penalty| Penalty {
            correct_by: until(days),
            ..penalty.clone()
        })
    };
    times.into_iter().flat_map(each).collect()
}

/// What rests on an order that was missed or on none, and what time bars later.
fn resting(desk: &Desk) -> [Penalty; 5] {
    let before = |days| (desk.today() - Days::new(days)).to_string();
    let invented = |due, seen| missed(&before(20), &before(due), &before(seen));
    let on_record = desk.case.missed_orders().pop();
    let on_record = on_record.map_or_else(|| invented(12, 11), |missed| missed.order);
    let unheeded = |order| Charge {
        order: Some(order),
        ..charge(ORDERED, 1000)
    };
    let barred = |is_harmful: bool, lasted_until| Charge {
        harm: is_harmful.then(reason),
        lasted_until,
        ..shown("M-QTY-01", 5000)
    };
    [
        unheeded(invented(9, 9)),
        unheeded(invented(9, 8)),
        unheeded(on_record),
        barred(true, None),
        barred(false, Some(desk.today())),
    ]
    .map(|charge| penalty(vec![charge]))
}

fn investigating(desk: &Desk) -> Vec<Command> {
    let mut found = vec![
        suspend(),
        Command::ResumeCase,
        Command::ResumeCase,
        suspend_for(SuspensionCause::Testing),
        extend(),
        extend(),
        extend_further(20, &["贺敏", "罗静怡"]),
        extend_further(45, &["贺敏", "罗静怡"]),
        extend_further(20, &["贺敏", "贺 敏"]),
        extend_further(366, &["贺敏", "罗静怡"]),
        acquit(),
        acquit_for(NoPenaltyGround::NotEstablished),
        acquit_for(NoPenaltyGround::TimeBarred),
        order(desk.today() + Days::new(5)),
        order(desk.today() - Days::new(1)),
    ];
    for on in done_on(desk) {
        found.extend([look_after_order(on, true), look_after_order(on, false)]);
    }
    for (at, penalty) in penalties(desk).into_iter().enumerate() {
        let told = |is_told: bool| is_told.then(reason);
        found.push(Command::ProposePenalty {
            penalty,
            weighty: told(at % 3 == 1),
            new_facts: told(at % 4 == 2),
        });
    }
    found
}

/// Each is asked about, and ruled on with and without the others who head the office.
fn recusing() -> Vec<Command> {
    let mut found = Vec::new();
    for of in [OFFICER, HEAD, AUDITOR, CHAIR, INVESTIGATOR, 11] {
        found.push(ask(of));
        for grant in [true, false] {
            found.extend([rule_on(of, grant, 2), rule_on(of, grant, 0)]);
        }
    }
    found.extend([
        replace(&[11, 12]),
        replace(&[12, 13]),
        replace(&[INVESTIGATOR, 11]),
    ]);
    found
}

fn auditing() -> Vec<Command> {
    let (case, legal) = (AuditKind::Case, AuditKind::Legal);
    vec![
        audit(case),
        audit(case),
        audit(legal),
        audit(legal),
        audit(legal),
        send_back(case),
        send_back(legal),
    ]
}

fn deliveries(desk: &Desk) -> Vec<Delivery> {
    let (now, before) = (desk.now(), desk.now() - TimeDelta::days(1));
    let mut found: Vec<_> = [now, now, before, now - TimeDelta::days(9)]
        .into_iter()
        .map(|at| delivery(Channel::InPerson, at))
        .collect();
    let ways = [
        Channel::PublicNotice,
        Channel::Sms,
        Channel::Email,
        Channel::Left,
    ];
    found.extend(ways.map(|channel| delivery(channel, now)));
    found.push(Delivery {
        witness: Some(line("居委会张某")),
        ..delivery(Channel::Left, now)
    });
    found
}

fn telling(desk: &Desk) -> Vec<Command> {
    let mut found = vec![Command::IssueNotice; 4];
    found.extend(deliveries(desk).into_iter().map(serve_notice));
    found.extend([state(), waive()]);
    found.extend(vec![ask_hearing(); 6]);
    for on in done_on(desk) {
        found.extend([arrived(state(), on), arrived(ask_hearing(), on)]);
    }
    let by = |days, chair| Command::AnnounceHearing {
        at: desk.now() + TimeDelta::days(days),
        place: line("三楼会议室"),
        chair: user(chair),
    };
    found.extend([by(3, CHAIR), by(16, CHAIR), by(30, CHAIR), by(16, 10)]);
    found.extend([by(16, CHAIR + 20), by(30, CHAIR + 20)]);
    // On the last of the days before which it must not be.
    let last = desk.end(HEARING, desk.today());
    found.extend(last.map(|last| by((last - desk.today()).num_days(), CHAIR)));
    found.extend(vec![hold(); 6]);
    found
}

fn deciding(desk: &Desk) -> Vec<Command> {
    let review = |ruling| Ruling {
        defence_review: Some(reason()),
        suit: SuitPeriod::FifteenDays,
        correct_by: Some(desk.today() + Days::new(90)),
        ..ruling
    };
    let rulings = [
        Ruling::default(),
        review(Ruling::default()),
        Ruling {
            suit: SuitPeriod::SixMonths,
            ..review(Ruling::default())
        },
        review(lower("M-QTY-01", 3000)),
        review(lower("M-CHT-01", 500)),
        review(lower("M-QTY-01", 29_000)),
        Ruling {
            correct_by: Some(desk.today()),
            ..review(Ruling::default())
        },
    ];
    let mut found: Vec<_> = rulings.into_iter().map(rule).collect();
    let Command::RecordConference {
        record, opinion, ..
    } = confer()
    else {
        unreachable!()
    };
    let alone = Command::RecordConference {
        attendees: vec![line("刘局长")],
        record,
        opinion,
    };
    found.extend([confer(), confer(), alone]);
    found.extend(deliveries(desk).into_iter().map(serve_decision));
    found
}

/// The days on which something was done: today, a while ago, tomorrow.
fn done_on(desk: &Desk) -> [NaiveDate; 3] {
    let today = desk.today();
    [today, today - Days::new(4), today + Days::new(1)]
}

fn carrying_out(desk: &Desk) -> Vec<Command> {
    let all = desk.owed().map_or(yuan(1), |owed| {
        owed.penalty.checked_add(owed.late_fee).unwrap()
    });
    let fen = |sum: i64| Fen::new(sum).unwrap();
    let half = fen(all.as_i64() / 2);
    let receipt = desk.case.file.execution.payments.len().to_string();
    let sums = [half, all, all, fen(1), fen(all.as_i64() + 1)];
    let mut found = Vec::new();
    for on in done_on(desk) {
        found.extend(sums.map(|sum| pay_fen(sum, on, &receipt)));
        found.extend([look(on, true), look(on, false)]);
    }
    found.extend(suits(desk));
    found.extend([5, 40].map(|days| instalments(desk.today() + Days::new(days))));
    found.extend(vec![Command::RemindParty; 5]);
    found.extend(vec![ask_court(); 5]);
    found
}

fn ending(desk: &Desk) -> Vec<Command> {
    let fine = desk.case.fine().as_i64() / 200;
    let mut found = vec![
        finish(),
        finish(),
        finish_in_spite(),
        Command::FilePapers,
        Command::FilePapers,
        Command::ArchiveCase,
        close(),
        close(),
        terminate(),
        terminate(),
        transfer(),
        transfer_to(Receiver::Police),
    ];
    for on in done_on(desk) {
        found.push(change(ChangeKind::Annulled, on, 0));
        found.extend([change(ChangeKind::Lowered, on, fine), correct(on)]);
        found.push(lower_gains(on, desk.case.gains().min(yuan(900))));
    }
    found
}

fn referring(desk: &Desk) -> Vec<Command> {
    let decided = |refer| Command::DecideReferral {
        refer,
        reason: reason(),
    };
    let report = Command::ReportCrime {
        facts: words(),
        report: words(),
    };
    let given = Command::HandOver {
        transfer: Transfer {
            to: line("天心区公安分局"),
            document: line("移送书第1号"),
            enclosures: Enclosures {
                goods: words(),
                tests: words(),
                others: words(),
            },
        },
    };
    let ask = Command::AskReview { reason: reason() };
    let goods = Command::HandOverGoods { list: words() };
    let mut found = vec![report, decided(false), given.clone(), given];
    found.extend([decided(true), decided(true)]);
    found.extend(vec![ask; 4]);
    found.extend(vec![goods; 6]);
    for on in done_on(desk) {
        let document = line("通知书第1号");
        let answer = |accepted| Command::NotePoliceAnswer {
            accepted,
            document: document.clone(),
            on,
        };
        let liable = |is_liable| Command::NoteLiability {
            is_liable,
            document: document.clone(),
            on,
        };
        found.extend([answer(true), answer(false), liable(true), liable(false)]);
        found.push(Command::ReturnFromPolice {
            document: document.clone(),
            on,
            reason: reason(),
        });
    }
    found
}

fn repairing() -> Vec<Command> {
    let ask = Command::RepairCredit {
        promise: line("信用修复承诺书"),
        proof: line("缴款凭证"),
    };
    let accept = |missing| Command::AcceptRepair { missing };
    let decide = |grant| Command::DecideRepair {
        grant,
        reason: reason(),
    };
    let mut found = vec![ask; 4];
    found.extend([accept(None), accept(None), accept(Some(words()))]);
    let extend = Command::ExtendRepair { reason: reason() };
    let undo = Command::UndoRepair { reason: reason() };
    found.extend([decide(true), decide(true), decide(false), extend, undo]);
    found
}
