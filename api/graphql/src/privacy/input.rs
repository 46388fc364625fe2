//! What identities, openings and messages take.
use crate::reports::input::PhotoInput;
use async_graphql::InputObject;
use liangxin_domain::privacy::identity::IdentityField;
use liangxin_domain::privacy::opening::OpeningPurpose;
use liangxin_domain::{
    evidence::photo::{self, PhotoKind},
    id::{CommandId, MessageId, OpeningId, ReportId},
    limits::{CHECKED_CHARS, CHECKED_TEXTS, PHOTOS_PER_OWNER},
    privacy::{
        conversation::Command,
        identity::{NewIdentity, TypedIdentity},
        message::MessageText,
        opening::NewOpening,
    },
    refusal::{Code, Refusal},
    text::Text,
};
use uuid::Uuid;

/// Who reports, for whoever gives a real name. It is sealed to the bureau's identity key at once;
/// case screens show a token.
#[derive(InputObject)]
pub(crate) struct IdentityInput {
    /// The name on the identity card. At most 60 characters.
    #[graphql(secret)]
    name: String,
    /// A telephone number.
    #[graphql(secret)]
    phone: String,
    /// A postal address. At most 120 characters.
    #[graphql(secret)]
    address: Option<String>,
    /// The number of an identity document; 18 characters must have the right check digit.
    #[graphql(secret)]
    id_number: Option<String>,
}

impl IdentityInput {
    pub(crate) fn parse(&self) -> Result<NewIdentity, Refusal> {
        NewIdentity::parse(TypedIdentity {
            name: &self.name,
            phone: &self.phone,
            address: self.address.as_deref(),
            id_number: self.id_number.as_deref(),
        })
    }
}

/// Ask to see fields of a reporter's identity.
#[derive(InputObject)]
pub(super) struct RequestIdentityOpeningInput {
    /// Made by the client; names the opening and this write.
    id: Uuid,
    /// The report.
    report_id: Uuid,
    /// Whether it is about the payee of the report's reward, for `REWARD_PAYMENT` alone.
    #[graphql(default)]
    of_payee: bool,
    /// Why; it decides who may ask and for which fields.
    purpose: OpeningPurpose,
    /// Why, in words. At most 500 characters. The reporter never sees it.
    reason: String,
    /// Exactly the fields that are needed.
    fields: Vec<IdentityField>,
}

impl RequestIdentityOpeningInput {
    pub(super) fn parse(self) -> Result<(OpeningId, NewOpening), Refusal> {
        // There are five fields; a longer list repeats one.
        if self.fields.len() > 5 {
            return Err(Refusal::on(Code::OutOfRange, "fields"));
        }
        let new = NewOpening::RequestIdentityOpening {
            report: ReportId::new(self.report_id),
            payee: self.of_payee,
            purpose: self.purpose,
            reason: Text::parse(&self.reason, "reason")?,
            fields: self.fields.into_iter().collect(),
        };
        Ok((OpeningId::parse(self.id, "id")?, new))
    }
}

step_inputs! {
    opening_id "The opening.", id "Made by the client; names this write.";

    /// Approve that somebody sees who reported.
    ApproveIdentityOpeningInput {
        /// For how many hours, 1 to 72.
        hours: i32,
    }
}

/// See who reported, as approved.
#[derive(InputObject)]
pub(super) struct OpenIdentityInput {
    /// Made by the client; names this look.
    id: Uuid,
    /// The opening.
    opening_id: Uuid,
}

impl OpenIdentityInput {
    pub(super) fn parse(&self) -> Result<(CommandId, OpeningId), Refusal> {
        Ok((
            CommandId::parse(self.id, "id")?,
            OpeningId::new(self.opening_id),
        ))
    }
}

step_inputs! {
    report_id "The report.", id "Made by the client; names the question and this write.";

    /// Ask a reporter something.
    AskReporterInput {
        /// The question. At most 1,000 characters.
        text: String,
    }
}

impl AskReporterInput {
    pub(super) fn parse(&self) -> Result<Command, Refusal> {
        Ok(Command::AskReporter {
            message: MessageId::parse(self.id, "id")?,
            text: MessageText::parse(&self.text, "text")?,
        })
    }
}

/// Answer the bureau with the receipt code.
#[derive(InputObject)]
pub(super) struct AnswerQuestionInput {
    /// Made by the phone; names the answer and this write.
    id: Uuid,
    /// The receipt code.
    #[graphql(secret)]
    pub(super) receipt_code: String,
    /// The question; left out for something that nobody asked.
    question_id: Option<Uuid>,
    /// The answer. At most 1,000 characters.
    text: String,
}

impl AnswerQuestionInput {
    pub(super) fn parse(&self) -> Result<(CommandId, Command), Refusal> {
        let answer = Command::AnswerQuestion {
            message: MessageId::parse(self.id, "id")?,
            question: self.question_id.map(MessageId::new),
            text: MessageText::parse(&self.text, "text")?,
        };
        Ok((CommandId::new(self.id), answer))
    }
}

/// Add photos with the receipt code.
#[derive(InputObject)]
pub(super) struct AddReportPhotosInput {
    /// Made by the phone; names this write.
    id: Uuid,
    /// The receipt code.
    #[graphql(secret)]
    pub(super) receipt_code: String,
    /// Photos that will follow to `/uploads`. With those before at most 24.
    photos: Vec<PhotoInput>,
}

impl AddReportPhotosInput {
    pub(super) fn parse(&self) -> Result<(CommandId, Command), Refusal> {
        if self.photos.len() > PHOTOS_PER_OWNER {
            return Err(Refusal::on(Code::PhotoLimit, "photos").with(PHOTOS_PER_OWNER.to_string()));
        }
        let id = CommandId::parse(self.id, "id")?;
        let photos = self.photos.iter();
        let photos = photos
            .map(|photo| photo.parse(PhotoKind::Report))
            .collect::<Result<Vec<_>, _>>()?;
        if photos.is_empty() {
            return Err(Refusal::on(Code::FieldRequired, "photos"));
        }
        photo::check_declarations(&photos)?;
        Ok((id, Command::AddReportPhotos { photos }))
    }
}

/// A text that a citizen is about to send.
#[derive(InputObject)]
pub(super) struct CheckedTextInput {
    /// What the client calls it; it comes back with each finding.
    pub(super) field: String,
    /// The text, or a file's name.
    #[graphql(secret)]
    pub(super) text: String,
}

/// Keeps a check within its bounds.
pub(super) fn within_bounds(texts: &[CheckedTextInput]) -> Result<(), Refusal> {
    let sizes = texts
        .iter()
        .map(|text| text.text.chars().count() + text.field.len());
    if texts.len() > CHECKED_TEXTS || sizes.sum::<usize>() > CHECKED_CHARS {
        return Err(Refusal::on(Code::FieldTooLong, "texts").with(CHECKED_CHARS.to_string()));
    }
    Ok(())
}
