//! The push.

use super::input::PushItemInput;
use crate::{
    context::Known as _,
    problem::{Problem, settle},
};
use async_graphql::{Context, Enum, InputObject, Object, SimpleObject};
use liangxin_app::{
    error::AppError,
    usecase::push::{self, Answer, Sent},
};
use liangxin_domain::{
    limits::{PUSH_AGAIN_SECONDS, PUSH_ITEMS},
    refusal::{Code, Lang, Refusal},
};
use uuid::Uuid;

/// What a phone sends from the field.
#[derive(InputObject)]
pub(crate) struct PushInput {
    /// The items, at most 100, in any order. Each names its own write.
    items: Vec<PushItemInput>,
}

/// What a phone hands in whose session ended for good.
#[derive(InputObject)]
pub(crate) struct HandInInput {
    /// The access token or the refresh token that does not work any more.
    #[graphql(secret)]
    token: String,
    /// The items, at most 100, in any order. Each names its own write.
    items: Vec<PushItemInput>,
}

/// How an item stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(name = "PushStatus")]
pub(crate) enum StatusView {
    /// It was taken just now. The phone is done with it.
    Accepted,
    /// It was taken before, with the same content. The phone is done with it.
    Duplicate,
    /// It is kept, and waits for another write or for a person. The phone may send it again to hear what became of it.
    Held,
    /// It will be refused for ever: keep it, and show why.
    Rejected,
    /// It was not taken for now: send it again, unchanged, after `retryAfterSeconds`.
    Retry,
}

/// What became of an item.
#[derive(SimpleObject)]
#[graphql(name = "PushResult")]
pub(crate) struct ResultView {
    /// The id of the write.
    id: Uuid,
    /// How it stands.
    status: StatusView,
    /// After how many seconds to send it again; null for what is not `RETRY`.
    retry_after_seconds: Option<u32>,
    /// Why it is rejected, or not taken for now. The class says what to do there too.
    problem: Option<Problem>,
}

impl ResultView {
    fn of((id, answer): (Uuid, Answer), lang: Lang) -> Self {
        let (status, why) = match answer {
            Answer::Accepted => (StatusView::Accepted, None),
            Answer::Duplicate => (StatusView::Duplicate, None),
            Answer::Held => (StatusView::Held, None),
            Answer::Rejected(refusal) => (StatusView::Rejected, Some(refusal)),
            Answer::Retry(refusal) => (StatusView::Retry, Some(refusal)),
        };
        let is_for_now = status == StatusView::Retry;
        Self {
            id,
            status,
            retry_after_seconds: is_for_now.then_some(PUSH_AGAIN_SECONDS),
            problem: why.map(|refusal| Problem::of(&refusal, lang)),
        }
    }
}

/// What became of a push.
#[derive(SimpleObject)]
pub(crate) struct PushPayload {
    /// What became of each item, in the order in which they were sent; nothing if the push as a whole is refused.
    results: Vec<ResultView>,
    /// Why nothing was looked at.
    problems: Vec<Problem>,
}

impl PushPayload {
    fn of(
        ids: Vec<Uuid>,
        outcome: Result<Vec<Answer>, AppError>,
        lang: Lang,
    ) -> Result<Self, AppError> {
        let (answers, problems) = settle(outcome, lang)?;
        let answers = ids.into_iter().zip(answers.unwrap_or_default());
        Ok(Self {
            results: answers
                .map(|answered| ResultView::of(answered, lang))
                .collect(),
            problems,
        })
    }
}

/// The ids of some items, if they are no more than come at once.
fn named(items: &[PushItemInput]) -> Result<Vec<Uuid>, Refusal> {
    if items.len() > PUSH_ITEMS {
        return Err(Refusal::on(Code::FieldTooLong, "items").with(PUSH_ITEMS.to_string()));
    }
    Ok(items.iter().map(PushItemInput::id).collect())
}

/// What a push costs: one of as many items as there may be, each a write with its answer, however many come. The items are
/// variables, and nothing is weighed by what stands in variables that are not there.
fn cost(child: usize) -> usize {
    child.saturating_add(1).saturating_mul(PUSH_ITEMS)
}

/// The writes of phones in one go.
#[derive(Default)]
pub struct PushMutation;

#[Object(name = "PushMutationPart")]
impl PushMutation {
    /// Takes up to 100 writes from the field, each as the operation of its name would, by the same rules and in a unit of its
    /// own: a bad one spoils none of the others. Their order does not matter. What builds on something that has not come is
    /// held, and taken when that comes; after five days it is taken without, or put before a person.
    #[graphql(complexity = "cost(child_complexity)")]
    async fn push(&self, ctx: &Context<'_>, input: PushInput) -> Result<PushPayload, AppError> {
        let items = input.items;
        let ids = match named(&items) {
            Ok(ids) => ids,
            Err(refused) => {
                return PushPayload::of(Vec::new(), Err(refused.into()), ctx.lang());
            }
        };
        let sent = items.into_iter().map(|item| item.admitted(ctx));
        let sent: Vec<Sent> = sent.collect::<Result<_, _>>()?;
        let answers = Box::pin(push::push(ctx.app()?, ctx.caller()?, sent)).await;
        PushPayload::of(ids, answers, ctx.lang())
    }

    /// Hands in what a phone could not send before its device was revoked or its person's account was disabled, by the token of
    /// that session, which opens nothing else. It is kept in quarantine (`HELD`), and the head of the office applies or refuses
    /// it (`heldItems`). Whoever can sign in sends it by `push` instead: any other token is answered `SESSION_EXPIRED`.
    #[graphql(complexity = "cost(child_complexity)")]
    async fn hand_in(
        &self,
        ctx: &Context<'_>,
        input: HandInInput,
    ) -> Result<PushPayload, AppError> {
        let HandInInput { token, items } = input;
        let ids = match named(&items) {
            Ok(ids) => ids,
            Err(refused) => {
                return PushPayload::of(Vec::new(), Err(refused.into()), ctx.lang());
            }
        };
        let sent = items.into_iter().map(PushItemInput::unasked);
        let sent: Vec<Sent> = sent.collect::<Result<_, _>>()?;
        let answers = Box::pin(push::hand_in(ctx.app()?, ctx.caller()?, &token, sent)).await;
        PushPayload::of(ids, answers, ctx.lang())
    }
}
