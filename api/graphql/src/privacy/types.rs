//! Identities as tokens, looks, messages, the promise and the warnings.

use crate::{
    accounts::types::{PersonView, person},
    context::Known as _,
    moment::Moment,
    problem::{Outcome, Problem, settle},
};
use async_graphql::{Context, Description, Object, SimpleObject};
use liangxin_app::{
    error::AppError,
    store::{self, openings::Look},
};
use liangxin_domain::privacy::detect::PersonalKind;
use liangxin_domain::privacy::identity::IdentityField;
use liangxin_domain::privacy::message::Sender;
use liangxin_domain::privacy::opening::OpeningPurpose;
use liangxin_domain::{
    actor::Actor,
    id::ReportId,
    privacy::{
        identity::IdentitySubject,
        message::Message,
        opening::{self, OpeningState},
        promise::{Promise, Viewer},
    },
};
use uuid::Uuid;

/// A message between the bureau and a reporter. Who in the bureau wrote it is not told.
#[derive(Description)]
pub(crate) struct MessageView(pub(crate) Message);

#[Object(name = "Message", use_type_description)]
impl MessageView {
    /// Its id; an answer names it as `questionId`.
    async fn id(&self) -> Uuid {
        self.0.id.uuid()
    }
    /// Who wrote it.
    async fn sender(&self) -> Sender {
        self.0.sender
    }
    /// The question that it answers.
    async fn question_id(&self) -> Option<Uuid> {
        self.0.answers.map(|question| question.uuid())
    }
    /// The words.
    async fn text(&self) -> &str {
        &self.0.text
    }
    /// When it was written.
    async fn at(&self) -> Moment {
        Moment(self.0.at)
    }
}

/// The messages about a report that the caller may see.
pub(crate) async fn messages(
    ctx: &Context<'_>,
    report: ReportId,
) -> Result<Vec<MessageView>, AppError> {
    let found = store::messages::list(&ctx.app()?.db, report).await?;
    Ok(found.into_iter().map(MessageView).collect())
}

/// One look into the reporter's sealed identity, as the reporter is told.
#[derive(SimpleObject)]
#[graphql(name = "IdentityLook")]
pub(crate) struct LookView {
    /// When the identity was looked into.
    at: Moment,
    /// What for.
    purpose: OpeningPurpose,
    /// What was seen.
    fields: Vec<IdentityField>,
    /// In which role the officer looked. Who it was is not told.
    role: String,
}

/// Every look into the identity of a report's reporter.
pub(crate) async fn looks(
    ctx: &Context<'_>,
    report: liangxin_domain::id::ReportId,
) -> Result<Vec<LookView>, AppError> {
    let subject = IdentitySubject::Report(report);
    let found = store::openings::looks(&ctx.app()?.db, subject).await?;
    let told = |look: Look| LookView {
        at: Moment(look.at),
        purpose: look.purpose,
        fields: look.fields.into_iter().collect(),
        role: look.role.to_string(),
    };
    Ok(found.into_iter().map(told).collect())
}

/// The token that stands for a report's reporter; null if the report is anonymous.
pub(crate) async fn token(
    ctx: &Context<'_>,
    report: liangxin_domain::id::ReportId,
) -> Result<Option<String>, AppError> {
    let subject = IdentitySubject::Report(report);
    let found = store::identities::find(&ctx.app()?.db, subject).await?;
    Ok(found.map(|identity| identity.token))
}

/// Exact fields that may be told to the other party of a mediation, by whom and until when.
#[derive(SimpleObject)]
#[graphql(name = "DisclosureGrant")]
pub(crate) struct GrantView {
    /// The opening behind it.
    opening_id: Uuid,
    /// Exactly these fields.
    fields: Vec<IdentityField>,
    /// Who approved.
    approved_by: Option<PersonView>,
    /// When it was approved.
    approved_at: Moment,
    /// Until when the fields can be opened.
    until: Moment,
}

/// The disclosure grants of a report.
pub(crate) async fn grants(
    ctx: &Context<'_>,
    report: liangxin_domain::id::ReportId,
) -> Result<Vec<GrantView>, AppError> {
    let subject = IdentitySubject::Report(report);
    let purpose = opening::OpeningPurpose::MediationDisclosure;
    let found = store::openings::granted(&ctx.app()?.db, subject, purpose).await?;
    let mut grants = Vec::with_capacity(found.len());
    for granted in found {
        if let OpeningState::Approved { by, at, until } = granted.state {
            grants.push(GrantView {
                opening_id: granted.id.uuid(),
                fields: granted.fields.into_iter().collect(),
                approved_by: person(ctx, by).await?,
                approved_at: Moment(at),
                until: Moment(until),
            });
        }
    }
    Ok(grants)
}

/// What became of answering.
#[derive(SimpleObject)]
pub(crate) struct MessagesPayload {
    /// The messages about the report as they stand now; empty if refused.
    pub(super) messages: Vec<MessageView>,
    /// Why nothing changed.
    pub(super) problems: Vec<Problem>,
}

impl MessagesPayload {
    pub(super) async fn of(
        ctx: &Context<'_>,
        outcome: Result<impl Into<Outcome<(Actor, ReportId)>>, AppError>,
    ) -> Result<Self, AppError> {
        let (done, problems) = settle(outcome.map(Into::into), ctx.lang())?;
        let messages = match done {
            Some(Outcome {
                of: (_, report), ..
            }) => messages(ctx, report).await?,
            None => Vec::new(),
        };
        Ok(Self { messages, problems })
    }
}

/// What became of adding photos.
#[derive(SimpleObject)]
pub(crate) struct AddReportPhotosPayload {
    /// Sent as `Authorization: Bearer …` with the photos; null if refused.
    pub(super) upload_token: Option<String>,
    /// Where the photos go.
    pub(super) upload_url: String,
    /// Why nothing changed.
    pub(super) problems: Vec<Problem>,
}

/// What became of revoking the tokens for photos.
#[derive(SimpleObject)]
pub(crate) struct RevokeUploadsPayload {
    /// The report whose photos no earlier token sends any more; null if refused.
    pub(super) report_id: Option<Uuid>,
    /// Why nothing changed.
    pub(super) problems: Vec<Problem>,
}

/// Something in a text that looks personal.
#[derive(SimpleObject)]
pub(crate) struct PersonalDataWarning {
    /// The text, as the client called it.
    pub(super) field: String,
    /// What it looks like.
    pub(super) kind: PersonalKind,
    /// Its first character (Unicode scalar value), counted from 0.
    pub(super) start: usize,
    /// The character after its last.
    pub(super) end: usize,
}

/// What is promised about one field.
#[derive(Description)]
pub(crate) struct PromiseView(pub(super) &'static Promise);

#[Object(name = "FieldPromise", use_type_description)]
impl PromiseView {
    /// The field, in the contract's spelling.
    async fn field(&self) -> &str {
        self.0.field
    }
    /// What it is, in the language of the request.
    async fn name(&self, ctx: &Context<'_>) -> &str {
        ctx.lang().pick(self.0.zh, self.0.en)
    }
    /// Who sees it without asking anybody, as soon as it is sent.
    async fn seen_by(&self) -> Vec<Viewer> {
        self.0.seen_by.to_vec()
    }
    /// Who may see it by an approved opening, for hours, with a record that the reporter can read.
    async fn on_opening(&self) -> Vec<Viewer> {
        self.0.on_opening.to_vec()
    }
    /// When and how, in the language of the request.
    async fn when(&self, ctx: &Context<'_>) -> &str {
        ctx.lang().pick(self.0.when_zh, self.0.when_en)
    }
}
