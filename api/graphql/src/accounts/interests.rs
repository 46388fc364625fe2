//! Merchants that an officer is tied to.

use super::{
    query::me,
    types::{MeView, PersonView, person},
};
use crate::{
    context::{Known as _, gone},
    merchants::types::MerchantView,
    moment::Moment,
};
use async_graphql::{Context, Description, InputObject, Object};
use chrono::NaiveDate;
use liangxin_app::{error::AppError, usecase::interests};
use liangxin_domain::{
    accounts::interest::{Interest, InterestKind, InterestWrite, Party, tied},
    id::{CommandId, InterestId, MerchantId, UserId},
    text::Reason,
};
use std::collections::BTreeSet;
use uuid::Uuid;

/// A merchant that an officer is tied to, as he said.
#[derive(Description)]
pub(crate) struct InterestView(pub(crate) Interest);

#[Object(name = "Interest", use_type_description)]
impl InterestView {
    /// Its id.
    async fn id(&self) -> Uuid {
        self.0.id.uuid()
    }
    /// Who said it.
    async fn officer(&self, ctx: &Context<'_>) -> Result<Option<PersonView>, AppError> {
        person(ctx, self.0.officer).await
    }
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
    async fn declared_at(&self) -> Moment {
        Moment(self.0.declared_at)
    }
    /// The last day of the tie, in China, as he said it; null while it lasts.
    async fn ended_on(&self) -> Option<NaiveDate> {
        self.0.end.as_ref().map(|end| end.on)
    }
    /// Why it is over.
    async fn end_reason(&self) -> Option<&str> {
        self.0.end.as_ref().map(|end| end.reason.as_str())
    }
    /// When he said that it is over. What began up to that day stays barred to him.
    async fn ended_at(&self) -> Option<Moment> {
        self.0.end.as_ref().map(|end| Moment(end.said_at))
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

/// Whom ties keep from a matter, asked for together with those of other matters.
pub(crate) async fn tied_to(ctx: &Context<'_>, party: Party) -> Result<BTreeSet<UserId>, AppError> {
    let said = ctx.loaders()?.interests.one(party.merchant).await?;
    Ok(tied(&said.unwrap_or_default(), party.since, None))
}

/// Say that this is over.
#[derive(InputObject)]
struct EndInterestInput {
    /// Made by the client; names this write.
    id: Uuid,
    /// What was said.
    interest_id: Uuid,
    /// The last day of the tie, in China: from the day on which it was declared to today.
    ended_on: NaiveDate,
    /// Why it is over: 5 to 4,000 characters.
    reason: String,
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

payload! {
    /// What became of saying that it is over.
    EndInterestPayload {
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
            interests::say(ctx.app()?, ctx.caller()?, id, write).await
        };
        DeclareInterestPayload::of(ctx, outcome.await).await
    }

    /// Says that this is over. It stays, with its end, and the heads are told. What began up to the day on which this is said
    /// stays barred (`RECUSED`), whatever day is named; from the day after one is free for what comes then.
    async fn end_interest(
        &self,
        ctx: &Context<'_>,
        input: EndInterestInput,
    ) -> Result<EndInterestPayload, AppError> {
        let outcome = async {
            let id = CommandId::parse(input.id, "id")?;
            let write = InterestWrite::EndInterest {
                interest: InterestId::new(input.interest_id),
                on: input.ended_on,
                reason: Reason::parse(&input.reason, "reason")?,
            };
            interests::say(ctx.app()?, ctx.caller()?, id, write).await
        };
        EndInterestPayload::of(ctx, outcome.await).await
    }
}
