//! Redactions on the wire.

use crate::{
    context::Known as _,
    moment::Moment,
    problem::{Problem, settle},
};
use async_graphql::{Context, Description, InputObject, Object, SimpleObject};
use liangxin_app::{error::AppError, usecase::evidence};
use liangxin_domain::{
    evidence::redaction::{Area, Redaction},
    id::{CommandId, PhotoId, RedactionId},
    text::Reason,
};
use uuid::Uuid;

/// A part of a photo that is covered on every copy, or was.
#[derive(Description)]
pub(crate) struct RedactionView(pub(crate) Redaction);

#[Object(name = "PhotoRedaction", use_type_description)]
impl RedactionView {
    /// Its id.
    async fn id(&self) -> Uuid {
        self.0.id.uuid()
    }
    /// Where it begins from the left of the upright picture, in ten-thousandths of its width.
    async fn left(&self) -> u16 {
        self.0.area.left
    }
    /// Where it begins from above, in ten-thousandths of the height.
    async fn top(&self) -> u16 {
        self.0.area.top
    }
    /// How wide it is, in ten-thousandths of the width.
    async fn width(&self) -> u16 {
        self.0.area.width
    }
    /// How high it is, in ten-thousandths of the height.
    async fn height(&self) -> u16 {
        self.0.area.height
    }
    /// Why.
    async fn reason(&self) -> String {
        self.0.reason.to_string()
    }
    /// Who covered it.
    async fn by_id(&self) -> Uuid {
        self.0.by.uuid()
    }
    /// When it was covered.
    async fn at(&self) -> Moment {
        Moment(self.0.at)
    }
    /// When it was taken away; null while it stands.
    async fn removed_at(&self) -> Option<Moment> {
        self.0.removed.as_ref().map(|removed| Moment(removed.at))
    }
    /// Who took it away.
    async fn removed_by_id(&self) -> Option<Uuid> {
        self.0.removed.as_ref().map(|removed| removed.by.uuid())
    }
    /// Why.
    async fn removal_reason(&self) -> Option<String> {
        let removed = self.0.removed.as_ref()?;
        Some(removed.reason.to_string())
    }
}

/// Cover a part of a photo.
#[derive(InputObject)]
struct RedactPhotoInput {
    /// Made by the client; names this write and the redaction.
    id: Uuid,
    /// The photo.
    photo_id: Uuid,
    /// Where it begins from the left of the upright picture, in ten-thousandths of its width: 0 to 9999.
    left: i32,
    /// Where it begins from above, in ten-thousandths of the height: 0 to 9999.
    top: i32,
    /// How wide it is, in ten-thousandths of the width; it ends within the picture.
    width: i32,
    /// How high it is, in ten-thousandths of the height; it ends within the picture.
    height: i32,
    /// Why. At least 5 characters.
    reason: String,
}

/// Take a redaction away.
#[derive(InputObject)]
struct RemoveRedactionInput {
    /// Made by the client; names this write.
    id: Uuid,
    /// The photo.
    photo_id: Uuid,
    /// The redaction.
    redaction_id: Uuid,
    /// Why. At least 5 characters.
    reason: String,
}

/// What became of it.
#[derive(SimpleObject)]
struct RedactionPayload {
    /// Whether it was done.
    done: bool,
    /// Why not.
    problems: Vec<Problem>,
}

/// The writes of this noun.
#[derive(Default)]
pub struct RedactionMutation;

#[Object(name = "RedactionsMutation")]
impl RedactionMutation {
    /// Covers a part of a photo on every copy of it, from now on. The original is not altered.
    async fn redact_photo(
        &self,
        ctx: &Context<'_>,
        input: RedactPhotoInput,
    ) -> Result<RedactionPayload, AppError> {
        let outcome = async {
            let id = CommandId::parse(input.id, "id")?;
            let photo = PhotoId::parse(input.photo_id, "photoId")?;
            let area = Area::parse((input.left, input.top), (input.width, input.height))?;
            let reason = Reason::parse(&input.reason, "reason")?;
            let covered = (photo, area, reason);
            evidence::redact_photo(ctx.app()?, ctx.caller()?, id, covered).await
        };
        payload(ctx, outcome.await)
    }

    /// Takes a redaction away. Whoever laid it down may not.
    async fn remove_redaction(
        &self,
        ctx: &Context<'_>,
        input: RemoveRedactionInput,
    ) -> Result<RedactionPayload, AppError> {
        let outcome = async {
            let id = CommandId::parse(input.id, "id")?;
            let photo = PhotoId::parse(input.photo_id, "photoId")?;
            let redaction = RedactionId::parse(input.redaction_id, "redactionId")?;
            let reason = Reason::parse(&input.reason, "reason")?;
            let removed = (photo, redaction, reason);
            evidence::remove_redaction(ctx.app()?, ctx.caller()?, id, removed).await
        };
        payload(ctx, outcome.await)
    }
}

fn payload(ctx: &Context<'_>, outcome: Result<(), AppError>) -> Result<RedactionPayload, AppError> {
    let (done, problems) = settle(outcome, ctx.lang())?;
    Ok(RedactionPayload {
        done: done.is_some(),
        problems,
    })
}
