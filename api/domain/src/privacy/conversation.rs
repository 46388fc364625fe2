//! What goes to and fro between the bureau and a reporter who may be anonymous: questions, answers,
//! more photos. Each side has a bound for the day.

use super::message::{Message, MessageText, Sender};
use crate::{
    commands,
    event::Event,
    evidence::photo::DeclaredPhoto,
    id::{MessageId, ReportId, UserId},
    limits::{ANSWERS_PER_DAY, PHOTO_ADDITIONS_PER_DAY, PHOTOS_PER_OWNER, QUESTIONS_PER_DAY},
    places::division::DivisionCode,
    policy::{Action, Permit},
    refusal::{Code, Refusal},
    step::{Machine, Step},
};
use chrono::{DateTime, Utc};

commands! {
    /// What can be said. Whoever shows the receipt code adds to what was filed, as anybody may who
    /// files.
    Command:

    /// Ask the reporter something.
    AskReporter {
        /// The new message; also names the write.
        message: MessageId,
        /// The words.
        text: MessageText,
    } => AskReporter;
    /// Answer, or tell more.
    AnswerQuestion {
        /// The new message; also names the write.
        message: MessageId,
        /// The question; none if nothing was asked.
        question: Option<MessageId>,
        /// The words.
        text: MessageText,
    } => FileReport;
    /// Promise more photos.
    AddReportPhotos {
        /// The photos.
        photos: Vec<DeclaredPhoto>,
    } => FileReport;
}

/// The conversation about a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conversation {
    /// The report.
    pub report: ReportId,
    /// The division in whose hands the report is.
    pub unit: DivisionCode,
    /// What the step that was just taken adds.
    pub added: Option<Added>,
}

/// What is added to a conversation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Added {
    /// Words.
    Message(Message),
    /// Photos that will follow.
    Photos(Vec<DeclaredPhoto>),
}

/// What else a step of a conversation needs to know.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Setting {
    /// The moment.
    pub now: DateTime<Utc>,
    /// How often the same was done today.
    pub today: u64,
    /// Whether the question that is answered was asked.
    pub question: Question,
    /// How many photos the report owes already.
    pub photos: usize,
}

/// The question that an answer names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Question {
    /// None, or one that was asked.
    Known,
    /// Nobody asked it about this report.
    Unknown,
}

impl Machine for Conversation {
    type Command = Command;
    type Setting = Setting;

    fn take(
        self,
        command: Command,
        permit: &Permit,
        setting: &Setting,
    ) -> Result<Step<Self>, Refusal> {
        let report = self.report;
        let (added, event) = match command {
            Command::AskReporter { message, text } => {
                let officer = Some(permit.person(Action::AskReporter)?);
                setting.within(QUESTIONS_PER_DAY)?;
                let written = self.written((message, None, text), officer, setting.now);
                (written, Event::ReporterAsked { message, report })
            }
            Command::AnswerQuestion {
                message,
                question,
                text,
            } => {
                permit.allows(Action::FileReport)?;
                if setting.question == Question::Unknown {
                    return Err(Refusal::on(Code::QuestionUnknown, "questionId"));
                }
                setting.within(ANSWERS_PER_DAY)?;
                let written = self.written((message, question, text), None, setting.now);
                (written, Event::ReporterAnswered { message, report })
            }
            Command::AddReportPhotos { photos } => {
                permit.allows(Action::FileReport)?;
                setting.within(PHOTO_ADDITIONS_PER_DAY)?;
                if setting.photos.saturating_add(photos.len()) > PHOTOS_PER_OWNER {
                    let most = PHOTOS_PER_OWNER.to_string();
                    return Err(Refusal::on(Code::PhotoLimit, "photos").with(most));
                }
                (Added::Photos(photos), Event::ReportPhotosAdded { report })
            }
        };
        Ok(Step {
            after: Self {
                added: Some(added),
                ..self
            },
            event,
            clocks: Vec::new(),
            paper: None,
        })
    }
}

impl Conversation {
    fn written(
        &self,
        (id, answers, text): (MessageId, Option<MessageId>, MessageText),
        officer: Option<UserId>,
        at: DateTime<Utc>,
    ) -> Added {
        Added::Message(Message {
            id,
            report: self.report,
            sender: match officer {
                Some(_) => Sender::Bureau,
                None => Sender::Reporter,
            },
            officer,
            answers,
            text: text.to_string(),
            at,
        })
    }
}

impl Setting {
    fn within(&self, most: u64) -> Result<(), Refusal> {
        if self.today >= most {
            return Err(Refusal::of(Code::MessageLimit).with(most.to_string()));
        }
        Ok(())
    }
}
