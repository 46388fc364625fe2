//! One written paper and its service: `Issued -> Served`. The content never changes after it was
//! issued; the moment of service is what clocks may start from.

use super::{
    paper::Paper,
    recipient::{Recipient, RecipientKind},
};
use crate::{
    cases::service::{Delivery, counts_from},
    commands,
    event::Event,
    evidence::digest::Sha256,
    id::{CaseId, ComplaintId, DisputeId, NoticeId, ReportId, RewardId, UserId},
    limits::CLOCK_AHEAD_SECONDS,
    places::division::DivisionCode,
    policy::{Action, Permit},
    refusal::{Code, Refusal},
    step::{Machine, Step},
    text::{Line, Narrative},
};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use serde::Serialize;
use uuid::Uuid;

/// What a paper is about. One subject has one file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject {
    /// A consumer dispute.
    Complaint(ComplaintId),
    /// A tip-off.
    Report(ReportId),
    /// A penalty case.
    Case(CaseId),
    /// The reward for a report.
    Reward(RewardId),
    /// A dispute about competence.
    Dispute(DisputeId),
}

words! {
    /// What a paper is about. One subject has one file.
    pub enum SubjectKind as "NoticeSubjectKind" {
        /// A consumer dispute.
        Complaint,
        /// A tip-off.
        Report,
        /// A penalty case.
        Case,
        /// The reward for a report.
        Reward,
        /// A dispute about competence.
        Dispute,
    }
}

impl Subject {
    /// The word for it.
    #[must_use]
    pub const fn kind(&self) -> SubjectKind {
        match self {
            Self::Complaint(_) => SubjectKind::Complaint,
            Self::Report(_) => SubjectKind::Report,
            Self::Case(_) => SubjectKind::Case,
            Self::Reward(_) => SubjectKind::Reward,
            Self::Dispute(_) => SubjectKind::Dispute,
        }
    }

    /// The thing's id.
    #[must_use]
    pub const fn id(&self) -> Uuid {
        match self {
            Self::Complaint(id) => id.uuid(),
            Self::Report(id) => id.uuid(),
            Self::Case(id) => id.uuid(),
            Self::Reward(id) => id.uuid(),
            Self::Dispute(id) => id.uuid(),
        }
    }

    /// Puts one together again out of a row.
    #[must_use]
    pub const fn of(kind: SubjectKind, id: Uuid) -> Self {
        match kind {
            SubjectKind::Complaint => Self::Complaint(ComplaintId::new(id)),
            SubjectKind::Report => Self::Report(ReportId::new(id)),
            SubjectKind::Case => Self::Case(CaseId::new(id)),
            SubjectKind::Reward => Self::Reward(RewardId::new(id)),
            SubjectKind::Dispute => Self::Dispute(DisputeId::new(id)),
        }
    }
}

words! {
    /// How a paper reached its recipient.
    // Notes to the forms of April 2026.
    pub enum Channel as "ServiceChannel" {
        // The national platform, this system.
        /// Over the internet.
        Internet,
        /// Told over the phone.
        Phone,
        /// A short message.
        Sms,
        /// An e-mail.
        Email,
        /// A letter.
        Post,
        /// Handed over.
        InPerson,
        // 留置送达.
        /// Left behind before a witness or a camera, because nobody would take it.
        Left,
        // 公告送达.
        /// Published for thirty days, because nobody could be found.
        PublicNotice,
    }
}

/// That a paper reached its recipient.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Service {
    /// How.
    pub channel: Channel,
    /// When it arrived.
    pub at: DateTime<Utc>,
    /// What shows it: the number of a registered letter, who answered the phone, a signed return.
    pub proof: Narrative,
    /// The digest of a scanned proof.
    pub proof_sha256: Option<Sha256>,
}

commands! {
    /// What can be asked of a paper.
    Command:

    /// Note how and when it was served, and what shows it.
    RecordService {
        /// All three.
        service: Service,
        /// Who took it; this and what follows for a paper of a case that goes to its party. Notes of before these were
        /// asked for have their digest still.
        #[serde(skip_serializing_if = "Option::is_none")]
        to: Option<Line>,
        /// Who saw that the party would not take it.
        #[serde(skip_serializing_if = "Option::is_none")]
        witness: Option<Line>,
        /// The signed confirmation of the address, for electronic service.
        #[serde(skip_serializing_if = "Option::is_none")]
        address_confirmation: Option<Line>,
    } => RecordService;
}

impl Command {
    /// How the paper reached the party of a case, as far as the note says who took it.
    #[must_use]
    pub fn delivery(&self) -> Option<Delivery> {
        let Self::RecordService {
            service,
            to,
            witness,
            address_confirmation,
        } = self;
        let shown = (witness.clone(), address_confirmation.clone());
        to.clone().map(|to| Delivery::noted(service, to, shown))
    }

    /// A paper that goes to nobody's party has its proof and no more.
    fn says_proof_alone(&self) -> Result<(), Refusal> {
        let Self::RecordService {
            to,
            witness,
            address_confirmation,
            ..
        } = self;
        let more = [
            (to, "to"),
            (witness, "witness"),
            (address_confirmation, "addressConfirmation"),
        ];
        match more.into_iter().find(|(said, _)| said.is_some()) {
            Some((_, field)) => Err(Refusal::on(Code::FieldFormat, field)),
            None => Ok(()),
        }
    }
}

/// What else a step on a paper needs to know.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Setting {
    /// The moment.
    pub now: DateTime<Utc>,
}

impl Machine for Notice {
    type Command = Command;
    type Setting = Setting;

    fn take(
        self,
        command: Command,
        permit: &Permit,
        setting: &Setting,
    ) -> Result<Step<Self>, Refusal> {
        let by = permit.person(Action::RecordService)?;
        if Paper::SERVED_BY_CASE.contains(&self.paper) {
            return Err(Refusal::of(Code::ServeByCase));
        }
        let Command::RecordService { service, .. } = &command;
        let (is_for_party, issued_at) = (self.is_for_party(), self.issued_at);
        let noted = self.delivered(service.clone(), Some(by), setting.now)?;
        if !is_for_party {
            command.says_proof_alone()?;
            return Ok(noted);
        }
        let delivery = command.delivery();
        let delivery = delivery.ok_or(Refusal::on(Code::FieldRequired, "to"))?;
        delivery.check(issued_at, setting.now)?;
        Ok(Step {
            paper: Some(Paper::ServiceReceipt),
            ..noted
        })
    }
}

/// How far a paper has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NoticeState {
    /// Written and signed.
    Issued,
    /// It reached its recipient.
    Served {
        /// How, when, and what shows it.
        service: Service,
        /// Who noted it; none for what the system itself delivered.
        by: Option<UserId>,
        /// When it was noted.
        noted_at: DateTime<Utc>,
    },
}

/// One paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// Its id.
    pub id: NoticeId,
    /// The kind.
    pub paper: Paper,
    /// Its number, such as `WS-430103-2026-000123`; complaints and reports have series of their own.
    pub number: String,
    /// What it is about.
    pub subject: Subject,
    /// For whom.
    pub recipient: Recipient,
    /// Where the matter lies.
    pub division: DivisionCode,
    /// Who issued it; none for the system itself.
    pub issued_by: Option<UserId>,
    /// When the paper was issued.
    pub issued_at: DateTime<Utc>,
    /// How far it has come.
    pub state: NoticeState,
}

impl Notice {
    /// The report whose reporter the paper is for.
    #[must_use]
    pub const fn reporter_of(&self) -> Option<ReportId> {
        match self.recipient {
            Recipient::Reporter(report) => Some(report),
            _ => None,
        }
    }

    /// The system itself handed the paper over, as when a citizen opens it with the receipt code.
    pub fn deliver(self, service: Service, now: DateTime<Utc>) -> Result<Step<Self>, Refusal> {
        self.delivered(service, None, now)
    }

    /// A person notes it by another step, as when the notice of a case is served.
    pub fn deliver_by(
        self,
        service: Service,
        by: UserId,
        now: DateTime<Utc>,
    ) -> Result<Step<Self>, Refusal> {
        self.delivered(service, Some(by), now)
    }

    fn delivered(
        mut self,
        service: Service,
        by: Option<UserId>,
        now: DateTime<Utc>,
    ) -> Result<Step<Self>, Refusal> {
        if self.recipient.kind() == RecipientKind::File {
            return Err(Refusal::of(Code::NoticeStaysInFile));
        }
        if matches!(self.state, NoticeState::Served { .. }) {
            return Err(Refusal::of(Code::NoticeAlreadyServed));
        }
        if service.at > now + TimeDelta::seconds(CLOCK_AHEAD_SECONDS) {
            return Err(Refusal::on(Code::TimeInFuture, "servedAt"));
        }
        if service.at < self.issued_at {
            return Err(Refusal::on(Code::ServedBeforeIssued, "servedAt"));
        }
        self.state = NoticeState::Served {
            service,
            by,
            noted_at: now,
        };
        Ok(Step {
            event: Event::PaperServed {
                notice: self.id,
                report: self.reporter_of(),
            },
            after: self,
            clocks: Vec::new(),
            paper: None,
        })
    }

    /// Whether it goes to the party of a case: then the penalty procedure says how it is served.
    const fn is_for_party(&self) -> bool {
        matches!(self.subject, Subject::Case(_))
            && matches!(self.recipient, Recipient::Respondent(_))
    }

    /// The day from which periods run that begin with its service on the party of a case; none without a service that
    /// counts.
    #[must_use]
    pub fn counts_from(&self, public_notice_days: u64) -> Option<NaiveDate> {
        match &self.state {
            NoticeState::Issued => None,
            NoticeState::Served { service, .. } => counts_from(service, public_notice_days),
        }
    }

    /// When it reached its recipient.
    #[must_use]
    pub const fn served_at(&self) -> Option<DateTime<Utc>> {
        match &self.state {
            NoticeState::Issued => None,
            NoticeState::Served { service, .. } => Some(service.at),
        }
    }
}

#[cfg(test)]
mod tests;
