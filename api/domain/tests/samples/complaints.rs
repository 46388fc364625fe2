//! Commands to a complaint that are in order by themselves, so that only its state can refuse them.

use chrono::{DateTime, TimeDelta, Utc};
use liangxin_domain::{
    complaints::{
        command::{Command, Receiver, Setting},
        consent::{MediationConsent, RepresentedConsent, Side, Way},
        ending::AgreementForm,
        ground::{Grounds, RefusalGround, RefusalReason, TerminationGround, TerminationReason},
        mediation::{BodyKind, ChosenBy, CostBearer, RecusalRuling, SessionMode},
        side::LeadOutcome,
    },
    id::{ReportId, UserId},
    law::calendar::shanghai_date,
    places::{custody::Receiving, division::DivisionCode},
    text::{Line, Narrative},
};
use strum::IntoEnumIterator as _;
use uuid::Uuid;

pub(crate) fn line(text: &str) -> Line {
    Line::parse(text, "test").unwrap()
}

pub(crate) fn words() -> Narrative {
    Narrative::parse("经调查核实。", "test").unwrap()
}

/// The mediation's period is over, and an officer writes down what both sides say.
pub(crate) fn setting(grounds: &Grounds, now: DateTime<Utc>) -> Setting {
    Setting {
        now,
        grounds: grounds.clone(),
        mediate_until: Some(shanghai_date(now) - TimeDelta::days(1)),
        entrustment: None,
        own_side: None,
        // The city acts for both districts.
        seat: "430100".parse().ok(),
        receiving: Receiving::Ready,
        receiver: Receiver::Fit,
        lead_report: Some(ReportId::new(Uuid::from_u128(62))),
    }
}

/// To the other of two neighbouring districts.
pub(crate) fn dispatch(from: DivisionCode) -> Command {
    let [one, other] = ["430103", "430104"].map(|code| code.parse().unwrap());
    Command::DispatchComplaint {
        to: if from == one { other } else { one },
    }
}

pub(crate) fn request_identity_proof(now: DateTime<Utc>) -> Command {
    Command::RequestIdentityProof {
        until: shanghai_date(now) + TimeDelta::days(3),
    }
}

pub(crate) fn propose_refusal(ground: RefusalGround) -> Command {
    Command::ProposeRefusal {
        reason: RefusalReason {
            ground,
            words: words(),
            citation: Some(line("第十六条第七项")),
        },
    }
}

pub(crate) fn propose_termination(ground: TerminationGround) -> Command {
    Command::ProposeTermination {
        reason: TerminationReason {
            ground,
            words: Some(words()),
            citation: Some(line("第二十三条第八项")),
        },
    }
}

pub(crate) fn consent(side: Side, to: MediationConsent) -> Command {
    Command::ConsentToMediation {
        side,
        to,
        way: Way::Phone,
    }
}

pub(crate) fn entrust() -> Command {
    Command::EntrustMediation {
        kind: BodyKind::ConsumersAssociation,
        body: line("天心区消费者委员会"),
    }
}

pub(crate) fn announce(now: DateTime<Utc>) -> Command {
    Command::AnnounceSession {
        meets_at: now + TimeDelta::hours(1),
        place: line("调解室"),
        mediators: vec![line("邓佩华")],
        recusal_until: shanghai_date(now),
    }
}

/// Held just now; a session on site was announced an hour ago or earlier.
pub(crate) fn hold(mode: SessionMode, now: DateTime<Utc>) -> Command {
    Command::HoldSession {
        mode,
        held_at: now,
        place: (mode == SessionMode::OnSite).then(|| line("调解室")),
        mediators: vec![line("邓佩华")],
        record: words(),
    }
}

pub(crate) fn request_recusal() -> Command {
    Command::RequestRecusal {
        side: Side::Complainant,
        mediator: line("邓佩华"),
        words: words(),
    }
}

pub(crate) fn send_for_testing() -> Command {
    Command::SendForTesting {
        body: line("长沙市计量测试检定所"),
        sample: line("电子秤一台"),
        chosen_by: ChosenBy::Bureau,
        cost: CostBearer::Shared,
    }
}

pub(crate) fn agree(form: AgreementForm, now: DateTime<Utc>) -> Command {
    Command::RecordAgreement {
        form,
        terms: words(),
        represented: represented(now),
    }
}

pub(crate) fn terminate(now: DateTime<Utc>) -> Command {
    Command::TerminateMediation {
        represented: represented(now),
    }
}

pub(crate) fn note_told(side: Side) -> Command {
    Command::NoteSideTold {
        side,
        way: Way::Post,
    }
}

fn represented(now: DateTime<Utc>) -> Option<RepresentedConsent> {
    Some(RepresentedConsent {
        on: shanghai_date(now),
        way: Way::InPerson,
    })
}

/// Every command, with every word that decides something.
pub(crate) fn every(division: DivisionCode, now: DateTime<Utc>) -> Vec<Command> {
    let mut commands = vec![
        dispatch(division),
        Command::TakeInComplaint,
        Command::ReturnComplaint,
        Command::AssignComplaint {
            handler: UserId::new(Uuid::from_u128(2)),
        },
        request_identity_proof(now),
        Command::ProveIdentity,
        Command::ApproveRefusal,
        Command::WithdrawComplaint {
            words: None,
            represented: represented(now),
        },
        Command::AcceptComplaint,
        entrust(),
        Command::TakeBackMediation,
        announce(now),
        request_recusal(),
        send_for_testing(),
        Command::RecordTestResult { result: words() },
        agree(AgreementForm::Letter, now),
        agree(AgreementForm::Performed, now),
        terminate(now),
        Command::CloseComplaint,
        Command::ArchiveComplaint,
        Command::ReferToPolice {
            police: line("天心区公安分局"),
            conduct: words(),
        },
        Command::ReportLead { words: words() },
        Command::SettleLead {
            outcome: LeadOutcome::NotFiled,
            words: words(),
        },
        Command::WithdrawPublicationConsent,
    ];
    commands.extend(RefusalGround::iter().map(propose_refusal));
    commands.extend(TerminationGround::iter().map(propose_termination));
    commands.extend(SessionMode::iter().map(|mode| hold(mode, now)));
    let rulings = [RecusalRuling::Granted, RecusalRuling::Rejected];
    commands.extend(rulings.map(|ruling| Command::DecideRecusal { ruling }));
    for side in Side::iter() {
        commands.push(note_told(side));
        let both = [MediationConsent::Mediation, MediationConsent::Entrustment];
        commands.extend(both.map(|to| consent(side, to)));
    }
    commands
}
