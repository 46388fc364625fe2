//! What is held of what phones sent, for the head of the office.

use crate::{
    accounts::types::{PersonView, person},
    context::Known as _,
    moment::Moment,
    page,
    problem::Outcome,
    steps,
};
use async_graphql::{Context, Description, Object};
use liangxin_app::{error::AppError, store, usecase::push};
use liangxin_domain::{
    actor::Actor,
    id::{CommandId, HeldItemId},
    push::held::{Command, HeldItem, HeldState, HoldReason, Standing},
    text::Reason,
};
use uuid::Uuid;

step_inputs! {
    held_item_id "The held write.", id "Made by the client; names this write.";

    /// Apply a held write in the name of its sender.
    ApplyHeldItemInput {}

    /// Refuse a held write.
    RefuseHeldItemInput {
        /// Why: 5 to 4,000 characters.
        reason: String,
    }
}

/// A write from the field that is held.
#[derive(Description)]
pub(crate) struct HeldItemView(HeldItem);

#[Object(name = "HeldItem", use_type_description)]
impl HeldItemView {
    /// Its id.
    async fn id(&self) -> Uuid {
        self.0.id.uuid()
    }
    /// The id of the write, as the phone named it.
    async fn write_id(&self) -> Uuid {
        self.0.write.uuid()
    }
    /// The operation that it asks for.
    async fn operation(&self) -> &str {
        &self.0.operation
    }
    /// The visit, the case or the photo that it is asked of. The server need not know it.
    async fn thing_id(&self) -> Uuid {
        self.0.thing
    }
    /// The item as it was sent, as JSON text without what says nothing. Empty 365 days after it was settled.
    async fn content(&self) -> &str {
        &self.0.content
    }
    /// Whose it is.
    async fn sender(&self, ctx: &Context<'_>) -> Result<Option<PersonView>, AppError> {
        person(ctx, self.0.sender).await
    }
    /// From which of the sender's devices it came.
    async fn device_id(&self) -> Uuid {
        self.0.device.uuid()
    }
    /// Why it is held.
    async fn reason(&self) -> HoldReason {
        self.0.reason
    }
    /// When it came.
    async fn arrived_at(&self) -> Moment {
        Moment(self.0.arrived_at)
    }
    /// How it stands.
    async fn state(&self) -> HeldState {
        self.0.state()
    }
    /// The code with which it was refused when it was tried last; null if it was not tried.
    async fn refused_with(&self) -> Option<&str> {
        self.0.refused_with.as_deref()
    }
    /// When it was applied or refused.
    async fn settled_at(&self) -> Option<Moment> {
        match &self.0.standing {
            Standing::Waiting | Standing::ForPerson => None,
            Standing::Applied { at, .. } => Some(Moment(*at)),
            Standing::Refused { made, .. } => Some(Moment(made.at)),
        }
    }
    /// Who applied or refused it; null where its days were over and it was applied without what it builds on.
    async fn settled_by(&self, ctx: &Context<'_>) -> Result<Option<PersonView>, AppError> {
        let by = match &self.0.standing {
            Standing::Waiting | Standing::ForPerson => None,
            Standing::Applied { by, .. } => *by,
            Standing::Refused { made, .. } => Some(made.by),
        };
        match by {
            Some(by) => person(ctx, by).await,
            None => Ok(None),
        }
    }
    /// Why it was refused.
    async fn refusal_reason(&self) -> Option<&str> {
        match &self.0.standing {
            Standing::Refused { reason, .. } => Some(reason.as_str()),
            Standing::Waiting | Standing::ForPerson | Standing::Applied { .. } => None,
        }
    }
}

page! {
    /// A page of held writes.
    HeldItemPage of HeldItemView, "The held writes, those that came first."
}

payload! {
    /// What became of a held write.
    HeldItemPayload {
        /// The held write as it stands now, unless refused.
        held_item: HeldItemView,
        /// Why nothing changed; also what refuses the write itself.
        problems,
    }
    of |ctx, (actor, item): (Actor, HeldItemId)| Some(HeldItemView(
        store::held_items::get(&ctx.app()?.db, &actor, item).await?,
    ))
}

/// The reads of this noun.
#[derive(Default)]
pub struct HeldItemQuery;

#[Object]
impl HeldItemQuery {
    /// Writes from the field that are held of the own office, for its head: first those that wait for a person.
    #[graphql(complexity = "page::cost(first, child_complexity)")]
    async fn held_items(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How they stand; those that wait for a person if not said.")]
        state: Option<HeldState>,
        #[graphql(desc = "How many; 20 if not said, at most 100.")] first: Option<i32>,
        #[graphql(desc = "The cursor of the page before.")] after: Option<String>,
    ) -> Result<HeldItemPage, AppError> {
        let page = page::parse(first, after.as_deref())?;
        let wanted = (ctx.actor()?, state.unwrap_or(HeldState::ForPerson));
        let found = store::held_items::page(&ctx.app()?.db, wanted, page).await?;
        Ok(HeldItemPage::of(found, HeldItemView))
    }
}

/// The writes of this noun.
#[derive(Default)]
pub struct HeldItemMutation;

#[Object(name = "HeldItemsMutation")]
impl HeldItemMutation {
    /// Applies a held write in the name of its sender, by the rules of now. Nobody applies their own.
    async fn apply_held_item(
        &self,
        ctx: &Context<'_>,
        input: ApplyHeldItemInput,
    ) -> Result<HeldItemPayload, AppError> {
        let outcome = async {
            let write = CommandId::parse(input.id, "id")?;
            let item = HeldItemId::new(input.held_item_id);
            let head = ctx.caller()?;
            let written = Box::pin(push::apply(ctx.app()?, head, write, item)).await?;
            Ok(Outcome::of((head.actor.clone(), item), written))
        };
        HeldItemPayload::of(ctx, outcome.await).await
    }

    /// Refuses a held write for a reason; its phone is answered `REJECTED` from then on. It stays readable.
    async fn refuse_held_item(
        &self,
        ctx: &Context<'_>,
        input: RefuseHeldItemInput,
    ) -> Result<HeldItemPayload, AppError> {
        let command = |input: RefuseHeldItemInput| {
            Ok(Command::RefuseHeldItem {
                reason: Reason::parse(&input.reason, "reason")?,
            })
        };
        let outcome = steps::take::<HeldItem, _>(ctx, input, command);
        HeldItemPayload::of(ctx, outcome.await).await
    }
}
