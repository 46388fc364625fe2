//! Photos that will not come, on the wire.

use crate::{
    context::Known as _,
    moment::Moment,
    problem::{Problem, settle},
    steps::StepInput,
};
use async_graphql::{Context, InputObject, Object, SimpleObject};
use liangxin_app::{error::AppError, store::evidence::Photo, usecase::evidence::withdraw_photo};
use liangxin_domain::{
    evidence::withdrawal::PhotoWrite,
    id::{CommandId, PhotoId},
    refusal::{Code, Refusal},
    text::Reason,
};
use uuid::Uuid;

/// Withdraw a declared photo.
#[derive(InputObject)]
pub(crate) struct WithdrawPhotoInput {
    /// Made by the client; names this write.
    id: Uuid,
    /// The photo.
    photo_id: Uuid,
    /// Why it will not come. At least 5 characters.
    reason: String,
    /// The receipt code, from the reporter of a report.
    #[graphql(secret)]
    receipt_code: Option<String>,
}

impl WithdrawPhotoInput {
    /// Of an inspector, who shows no receipt code.
    pub(crate) fn parse(self) -> Result<PhotoWrite, Refusal> {
        if self.receipt_code.is_some() {
            return Err(Refusal::on(Code::FieldFormat, "receiptCode"));
        }
        Ok(PhotoWrite::WithdrawPhoto {
            reason: Reason::parse(&self.reason, "reason")?,
        })
    }
}

impl StepInput for WithdrawPhotoInput {
    fn write(&self) -> Uuid {
        self.id
    }
    fn thing(&self) -> Uuid {
        self.photo_id
    }
}

/// A declared photo that will not come.
#[derive(SimpleObject)]
struct WithdrawnPhoto {
    /// Its id.
    id: Uuid,
    /// When that was said.
    at: Moment,
    /// Why.
    reason: String,
}

/// What became of it.
#[derive(SimpleObject)]
struct WithdrawPhotoPayload {
    /// The photo, unless refused.
    photo: Option<WithdrawnPhoto>,
    /// Why not.
    problems: Vec<Problem>,
}

/// The write about what will not come.
#[derive(Default)]
pub struct WithdrawalMutation;

#[Object(name = "WithdrawalsMutation")]
impl WithdrawalMutation {
    /// Withdraws a declared photo that is not held and will not come, with the reason: its line stays readable, and the record
    /// is complete without it. Reporters show the receipt code; inspectors do it for their visit, and a head lets any record
    /// of the office go on. To replace a photo withdraw it and declare another one.
    async fn withdraw_photo(
        &self,
        ctx: &Context<'_>,
        input: WithdrawPhotoInput,
    ) -> Result<WithdrawPhotoPayload, AppError> {
        let outcome = async {
            let id = CommandId::parse(input.id, "id")?;
            let photo = PhotoId::parse(input.photo_id, "photoId")?;
            let reason = Reason::parse(&input.reason, "reason")?;
            let code = input.receipt_code.as_deref();
            withdraw_photo(ctx.app()?, ctx.caller()?, id, (photo, reason), code).await
        };
        let (photo, problems) = settle(outcome.await, ctx.lang())?;
        Ok(WithdrawPhotoPayload {
            photo: photo.and_then(|(photo, _)| withdrawn(photo)),
            problems,
        })
    }
}

fn withdrawn(photo: Photo) -> Option<WithdrawnPhoto> {
    let withdrawn = photo.withdrawn?;
    Some(WithdrawnPhoto {
        id: photo.declared.id.uuid(),
        at: Moment(withdrawn.at),
        reason: withdrawn.reason,
    })
}
