//! Openings of sealed identities, and messages between bureau and reporter.

use super::{
    input::{
        AddReportPhotosInput, AnswerQuestionInput, ApproveIdentityOpeningInput, AskReporterInput,
        OpenIdentityInput, RequestIdentityOpeningInput,
    },
    opening::{IdentityOpeningPayload, OpenIdentityPayload},
    types::{AddReportPhotosPayload, MessagesPayload, RevokeUploadsPayload},
};
use crate::{context::Known as _, problem::settle, steps};
use async_graphql::{Context, Object};
use liangxin_app::{
    error::AppError,
    usecase::{identity, messages, reports},
};
use liangxin_domain::{
    id::ReportId,
    privacy::{
        conversation::Conversation,
        opening::{self, Opening},
    },
};

/// The writes of this noun.
#[derive(Default)]
pub struct PrivacyMutation;

#[Object(name = "PrivacyMutationPart")]
impl PrivacyMutation {
    /// Asks to see fields of a reporter's identity. Nothing is shown until a head, who is somebody
    /// else, approves.
    async fn request_identity_opening(
        &self,
        ctx: &Context<'_>,
        input: RequestIdentityOpeningInput,
    ) -> Result<IdentityOpeningPayload, AppError> {
        let outcome = steps::make(ctx, input.parse(), identity::request);
        IdentityOpeningPayload::of(ctx, outcome.await).await
    }

    /// Approves an opening for some hours.
    async fn approve_identity_opening(
        &self,
        ctx: &Context<'_>,
        input: ApproveIdentityOpeningInput,
    ) -> Result<IdentityOpeningPayload, AppError> {
        let outcome = steps::take::<Opening, _>(ctx, input, |input| {
            Ok(opening::Command::ApproveIdentityOpening {
                hours: i64::from(input.hours),
            })
        });
        IdentityOpeningPayload::of(ctx, outcome.await).await
    }

    /// Shows the approved fields to whoever asked, while the approval lasts. Each call is recorded and
    /// told to the reporter.
    async fn open_identity(
        &self,
        ctx: &Context<'_>,
        input: OpenIdentityInput,
    ) -> Result<OpenIdentityPayload, AppError> {
        let outcome = async {
            let (id, opening) = input.parse()?;
            identity::open(ctx.app()?, ctx.caller()?, id, opening).await
        };
        OpenIdentityPayload::of(ctx, outcome.await)
    }

    /// Asks the reporter something. It shows with the receipt code.
    async fn ask_reporter(
        &self,
        ctx: &Context<'_>,
        input: AskReporterInput,
    ) -> Result<MessagesPayload, AppError> {
        let outcome = steps::take::<Conversation, _>(ctx, input, |input| input.parse());
        MessagesPayload::of(ctx, outcome.await).await
    }

    /// Answers the bureau, or tells it more, with the receipt code; at most 10 times a day.
    async fn answer_question(
        &self,
        ctx: &Context<'_>,
        input: AnswerQuestionInput,
    ) -> Result<MessagesPayload, AppError> {
        let outcome = async {
            let code = input.receipt_code.clone();
            let (id, answer) = input.parse()?;
            messages::say(ctx.app()?, ctx.caller()?, id, (&code, answer)).await
        };
        MessagesPayload::of(ctx, outcome.await).await
    }

    /// Declares more photos of one's report with the receipt code, and gets a token to send them; at
    /// most 5 times a day.
    async fn add_report_photos(
        &self,
        ctx: &Context<'_>,
        input: AddReportPhotosInput,
    ) -> Result<AddReportPhotosPayload, AppError> {
        let app = ctx.app()?;
        let outcome = async {
            let code = input.receipt_code.clone();
            let (id, photos) = input.parse()?;
            let (_, report) = messages::say(app, ctx.caller()?, id, (&code, photos)).await?;
            reports::upload_token(app, report).await
        };
        let (upload_token, problems) = settle(outcome.await, ctx.lang())?;
        Ok(AddReportPhotosPayload {
            upload_token,
            upload_url: format!("{}/uploads", app.public_url),
            problems,
        })
    }

    /// Ends every token with which photos of one's report are sent, with the receipt code, such as after a phone was lost.
    /// Filing the same report again and `addReportPhotos` give new ones.
    async fn revoke_uploads(
        &self,
        ctx: &Context<'_>,
        receipt_code: String,
    ) -> Result<RevokeUploadsPayload, AppError> {
        let outcome = reports::revoke_uploads(ctx.app()?, ctx.caller()?, &receipt_code).await;
        let (revoked, problems) = settle(outcome, ctx.lang())?;
        Ok(RevokeUploadsPayload {
            report_id: revoked.map(ReportId::uuid),
            problems,
        })
    }
}
