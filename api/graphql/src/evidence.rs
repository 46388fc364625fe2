//! Photos on the wire.

use crate::{
    context::Known as _,
    merchants::types::PositionView,
    problem::{Problem, settle},
};
use async_graphql::{Context, InputObject, Object, SimpleObject};
use chrono::{DateTime, Utc};
use liangxin_app::{error::AppError, store, usecase::evidence};
use liangxin_domain::{
    id::{CommandId, PhotoId},
    text::Line,
};
use uuid::Uuid;

/// A photo.
pub(crate) struct PhotoView(pub(crate) store::evidence::Photo);

#[Object(name = "Photo")]
impl PhotoView {
    /// Its id.
    async fn id(&self) -> Uuid {
        self.0.declared.id.uuid()
    }
    /// `report`, `scene`, `mark` or `signature`.
    async fn kind(&self) -> String {
        self.0.declared.kind.to_string()
    }
    /// SHA-256 of the original bytes.
    async fn sha256(&self) -> String {
        self.0.declared.sha256.to_string()
    }
    /// Length of the original bytes.
    async fn size_bytes(&self) -> u64 {
        self.0.declared.size_bytes
    }
    /// When the server durably held the bytes; null while they are missing.
    async fn stored_at(&self) -> Option<DateTime<Utc>> {
        self.0.stored_at
    }
    /// When it was taken, by its EXIF. Missing is neutral.
    async fn taken_at(&self) -> Option<DateTime<Utc>> {
        self.0.facts.as_ref().and_then(|facts| facts.taken_at)
    }
    /// Where it was taken, by its EXIF, if its reporter wants that told. Missing is neutral.
    async fn position(&self) -> Option<PositionView> {
        self.0
            .facts
            .as_ref()
            .filter(|_| self.0.declared.tells_place)
            .and_then(|facts| facts.position)
            .map(PositionView::from)
    }
}

/// Open the original of a reporter's photo.
#[derive(InputObject)]
struct OpenOriginalInput {
    /// Made by the client; names this write.
    id: Uuid,
    /// The photo.
    photo_id: Uuid,
    /// For what. At most 120 characters.
    purpose: String,
}

/// What became of it.
#[derive(SimpleObject)]
struct OpenOriginalPayload {
    /// Where the original can be fetched with the same bearer token for 24 hours, unless refused.
    url: Option<String>,
    /// Why not.
    problems: Vec<Problem>,
}

/// The writes of this noun.
#[derive(Default)]
pub struct OriginalMutation;

#[Object(name = "OriginalsMutation")]
impl OriginalMutation {
    /// Opens the original of a reporter's photo, with what the phone wrote into it; the reporter sees that it was
    /// opened. Whoever sees the report sees a copy without all that.
    async fn open_original(
        &self,
        ctx: &Context<'_>,
        input: OpenOriginalInput,
    ) -> Result<OpenOriginalPayload, AppError> {
        let outcome = async {
            let id = CommandId::parse(input.id, "id")?;
            let photo = PhotoId::parse(input.photo_id, "photoId")?;
            let purpose = Line::parse(&input.purpose, "purpose")?;
            evidence::open_original(ctx.app()?, ctx.caller()?, id, (photo, purpose)).await
        };
        let (done, problems) = settle(outcome.await, ctx.lang())?;
        let base = &ctx.app()?.public_url;
        let url = format!("{base}/photos/{}/original", input.photo_id);
        Ok(OpenOriginalPayload {
            url: done.map(|()| url),
            problems,
        })
    }
}
