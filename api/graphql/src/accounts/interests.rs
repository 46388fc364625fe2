//! Merchants that an officer is tied to.

use super::{query::me, types::MeView};
use crate::{
    context::{Known as _, gone},
    merchants::types::MerchantView,
};
use async_graphql::{Context, InputObject, Object};
use chrono::{DateTime, Utc};
use liangxin_app::{error::AppError, usecase::interests};
use liangxin_domain::{
    accounts::interest::{Interest, InterestKind, InterestWrite},
    id::{CommandId, MerchantId},
    text::Reason,
};
use uuid::Uuid;

/// A merchant that an officer is tied to, as he said.
pub(crate) struct InterestView(pub(super) Interest);

#[Object(name = "Interest")]
impl InterestView {
    /// The merchant.
    async fn merchant(&self, ctx: &Context<'_>) -> Result<MerchantView, AppError> {
        let merchants = &ctx.loaders()?.merchants;
        let found = merchants.one(self.0.merchant).await?;
        found.map(MerchantView).ok_or_else(gone)
    }
    /// What ties him to it.
    async fn kind(&self) -> InterestKind {
        self.0.kind
    }
    /// In what words.
    async fn words(&self) -> &str {
        self.0.words.as_str()
    }
    /// When he said it.
    async fn declared_at(&self) -> DateTime<Utc> {
        self.0.declared_at
    }
}

/// Say that a merchant is a relative's, or of interest to oneself.
#[derive(InputObject)]
struct DeclareInterestInput {
    /// Made by the client; names this write.
    id: Uuid,
    /// The merchant.
    merchant_id: Uuid,
    /// What ties one to it.
    kind: InterestKind,
    /// In what words: 5 to 4,000 characters.
    words: String,
}

payload! {
    /// What became of saying so.
    DeclareInterestPayload {
        /// Whoever asks, as they stand now, unless refused.
        me: MeView,
        /// Why nothing changed.
        problems,
    }
    of |ctx, (): ()| Some(me(ctx).await?)
}

/// What an officer says of himself.
#[derive(Default)]
pub struct InterestMutation;

#[Object(name = "InterestMutation")]
impl InterestMutation {
    /// Says that a merchant is a relative's, or of interest to oneself. From then on one is neither sent to it nor acts in a
    /// report, a visit, a case, a complaint or a reward about it (`RECUSED`).
    async fn declare_interest(
        &self,
        ctx: &Context<'_>,
        input: DeclareInterestInput,
    ) -> Result<DeclareInterestPayload, AppError> {
        let outcome = async {
            let id = CommandId::parse(input.id, "id")?;
            let write = InterestWrite::DeclareInterest {
                merchant: MerchantId::new(input.merchant_id),
                kind: input.kind,
                words: Reason::parse(&input.words, "words")?,
            };
            interests::declare(ctx.app()?, ctx.caller()?, id, write).await
        };
        DeclareInterestPayload::of(ctx, outcome.await).await
    }
}
