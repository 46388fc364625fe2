use super::*;
use crate::{
    accounts::role::Role,
    actor::{Actor, Seat, SignedIn},
    id::{BureauId, DeviceId},
    policy::{Facts, Stake, permit},
};

fn notice(recipient: Recipient) -> Notice {
    Notice {
        id: NoticeId::new(Uuid::nil()),
        paper: Paper::RefusalNotice,
        number: "WS-1".to_owned(),
        subject: Subject::Report(ReportId::new(Uuid::nil())),
        recipient,
        division: "430103".parse().unwrap(),
        issued_by: None,
        issued_at: at(100),
        state: NoticeState::Issued,
    }
}

fn at(seconds: i64) -> DateTime<Utc> {
    DateTime::UNIX_EPOCH + TimeDelta::seconds(seconds)
}

fn by_post(seconds: i64) -> Service {
    Service {
        channel: Channel::Post,
        at: at(seconds),
        proof: Narrative::parse("EMS 1234", "proof").unwrap(),
        proof_sha256: None,
    }
}

#[test]
fn a_paper_is_served_once_and_not_before_it_was_issued() {
    let issued = notice(Recipient::Body);
    let code = |done: Result<Step<Notice>, Refusal>| done.unwrap_err().code;
    assert_eq!(
        code(issued.clone().deliver(by_post(99), at(300))),
        Code::ServedBeforeIssued
    );
    assert_eq!(
        code(issued.clone().deliver(by_post(1000), at(300))),
        Code::TimeInFuture
    );
    let served = issued.deliver(by_post(200), at(300)).unwrap().after;
    assert_eq!(served.served_at(), Some(at(200)));
    assert_eq!(
        code(served.deliver(by_post(250), at(300))),
        Code::NoticeAlreadyServed
    );
}

#[test]
fn what_stays_in_the_file_is_served_on_nobody() {
    let refused = notice(Recipient::File).deliver(by_post(200), at(300));
    assert_eq!(refused.unwrap_err().code, Code::NoticeStaysInFile);
}

fn of_case(recipient: Recipient) -> Notice {
    Notice {
        paper: Paper::HearingNotice,
        subject: Subject::Case(CaseId::new(Uuid::nil())),
        ..notice(recipient)
    }
}

fn noted(channel: Channel) -> Command {
    Command::RecordService {
        service: Service {
            channel,
            ..by_post(200)
        },
        to: Some(Line::parse("吴德明", "to").unwrap()),
        witness: None,
        address_confirmation: None,
    }
}

fn recorded(notice: Notice, command: Command) -> Result<Step<Notice>, Refusal> {
    let division = notice.division;
    let officer = Actor::User(SignedIn {
        user: UserId::new(Uuid::nil()),
        device: DeviceId::new(Uuid::nil()),
        roles: [Role::CaseOfficer].into_iter().collect(),
        seat: Seat::Bureau {
            bureau: BureauId::new(Uuid::nil()),
            division,
        },
        settles_on: None,
    });
    let facts = Facts::at(&officer, (&division, &division), Stake::None);
    let permit = permit(&officer, Action::RecordService, facts).unwrap();
    notice.take(command, &permit, &Setting { now: at(300) })
}

/// The note with more or less on it than who took the paper.
fn with(
    channel: Channel,
    change: impl FnOnce(&mut Option<Line>, &mut Option<Line>, &mut Option<Line>),
) -> Command {
    let mut command = noted(channel);
    let Command::RecordService {
        to,
        witness,
        address_confirmation,
        ..
    } = &mut command;
    change(to, witness, address_confirmation);
    command
}

fn line(text: &str) -> Option<Line> {
    Some(Line::parse(text, "line").unwrap())
}

#[test]
fn every_paper_for_the_party_of_a_case_is_served_by_the_one_rule_of_service() {
    let party = Recipient::Respondent(None);
    let refused = |command| {
        let refusal = recorded(of_case(party), command).unwrap_err();
        (refusal.code, refusal.field)
    };
    for channel in [Channel::Phone, Channel::Sms] {
        assert_eq!(
            refused(noted(channel)),
            (Code::ServiceChannel, Some("channel"))
        );
    }
    for channel in [Channel::Internet, Channel::Email] {
        let unconfirmed = (
            Code::AddressConfirmationRequired,
            Some("addressConfirmation"),
        );
        assert_eq!(refused(noted(channel)), unconfirmed);
        let confirmed = with(channel, |_, _, confirmed| {
            *confirmed = line("地址确认书03号")
        });
        assert!(recorded(of_case(party), confirmed).is_ok());
    }
    let witnessed = (Code::FieldRequired, Some("witness"));
    assert_eq!(refused(noted(Channel::Left)), witnessed);
    let left = with(Channel::Left, |_, witness, _| {
        *witness = line("社区干部刘某")
    });
    assert!(recorded(of_case(party), left).is_ok());
    let nobody = with(Channel::InPerson, |to, _, _| *to = None);
    assert_eq!(refused(nobody), (Code::FieldRequired, Some("to")));
}

#[test]
fn a_receipt_is_written_for_the_party_of_a_case_and_for_nobody_else() {
    let served = recorded(of_case(Recipient::Respondent(None)), noted(Channel::Post)).unwrap();
    assert_eq!(served.paper, Some(Paper::ServiceReceipt));
    let alone = || with(Channel::Phone, |to, _, _| *to = None);
    for other in [
        notice(Recipient::Respondent(None)),
        of_case(Recipient::Body),
    ] {
        assert_eq!(recorded(other.clone(), alone()).unwrap().paper, None);
        let more = recorded(other, noted(Channel::Post)).unwrap_err();
        assert_eq!((more.code, more.field), (Code::FieldFormat, Some("to")));
    }
}

#[test]
fn periods_run_from_a_service_that_counts_and_after_the_days_of_a_public_notice() {
    let on = |channel| {
        let service = Service {
            channel,
            ..by_post(200)
        };
        let notice = of_case(Recipient::Respondent(None));
        let served = notice.deliver(service, at(300)).unwrap().after;
        served.counts_from(30).map(|day| day.to_string())
    };
    assert_eq!(on(Channel::InPerson).as_deref(), Some("1970-01-01"));
    assert_eq!(on(Channel::PublicNotice).as_deref(), Some("1970-01-31"));
    assert_eq!(on(Channel::Phone), None, "noted before that was refused");
    let unserved = of_case(Recipient::Respondent(None));
    assert_eq!(unserved.counts_from(30), None);
}
