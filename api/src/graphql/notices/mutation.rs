//! Noting that a paper was served.

use super::types::{ChannelView, RecordServicePayload};
use crate::{error::AppError, graphql::context::Known as _, usecase::notices};
use async_graphql::{Context, InputObject, Object};
use chrono::{DateTime, Utc};
use liangxin_domain::{
    evidence::digest::Sha256,
    id::{CommandId, NoticeId},
    notices::notice::Service,
    refusal::Refusal,
    text::Narrative,
};
use uuid::Uuid;

/// Note that a paper reached its recipient.
#[derive(InputObject)]
struct RecordServiceInput {
    /// Made by the client; names this write.
    id: Uuid,
    /// The paper.
    notice_id: Uuid,
    /// How it was served.
    channel: ChannelView,
    /// When it arrived: not before it was issued, not in the future.
    served_at: DateTime<Utc>,
    /// What shows it: the number of a registered letter, who answered the phone, a signed return.
    proof: String,
    /// The SHA-256 digest of a scanned proof, 64 hexadecimal digits.
    proof_sha256: Option<String>,
}

impl RecordServiceInput {
    fn parse(self) -> Result<(CommandId, (NoticeId, Service)), Refusal> {
        let proof_sha256 = self
            .proof_sha256
            .map(|hex| Sha256::parse(&hex, "proofSha256"))
            .transpose()?;
        let service = Service {
            channel: self.channel.into(),
            at: self.served_at,
            proof: Narrative::parse(&self.proof, "proof")?,
            proof_sha256,
        };
        Ok((
            CommandId::parse(self.id, "id")?,
            (NoticeId::new(self.notice_id), service),
        ))
    }
}

/// The writes of this noun.
#[derive(Default)]
pub struct NoticeMutation;

#[Object(name = "NoticesMutation")]
impl NoticeMutation {
    /// Notes how and when a paper was served, and what shows it; once for each paper.
    async fn record_service(
        &self,
        ctx: &Context<'_>,
        input: RecordServiceInput,
    ) -> Result<RecordServicePayload, AppError> {
        let outcome = async {
            let (id, (notice, service)) = input.parse()?;
            notices::serve(ctx.app()?, ctx.actor()?, id, (notice, service)).await?;
            Ok(notice)
        };
        RecordServicePayload::of(ctx, outcome.await).await
    }
}
