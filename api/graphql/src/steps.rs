//! Mutations that are one step each: a table of field, input and command.

use super::context::Known as _;
use async_graphql::Context;
use liangxin_app::{
    error::AppError,
    usecase::step::{self, Kept},
};
use liangxin_domain::{actor::Actor, id::CommandId, refusal::Refusal};
use std::future::Future;
use uuid::Uuid;

/// The input of a step.
pub(crate) trait StepInput: Send {
    /// The client's id of this write.
    fn write(&self) -> Uuid;

    /// The thing that the step is taken on.
    fn thing(&self) -> Uuid;

    /// Who takes it: the caller, unless the input proves somebody else by a receipt code.
    fn actor(&self, ctx: &Context<'_>) -> impl Future<Output = Result<Actor, AppError>> + Send {
        let actor = ctx.actor().cloned();
        async { actor }
    }
}

/// Takes a step as its input asks; answers who took it, and on what.
pub(crate) async fn take<M: Kept, I: StepInput>(
    ctx: &Context<'_>,
    input: I,
    command: impl FnOnce(I) -> Result<M::Command, Refusal> + Send,
) -> Result<(Actor, M::Id), AppError> {
    let actor = input.actor(ctx).await?;
    let write = CommandId::parse(input.write(), "id")?;
    let thing = M::Id::from(input.thing());
    Box::pin(step::take::<M>(
        ctx.app()?,
        &actor,
        write,
        thing,
        command(input)?,
    ))
    .await?;
    Ok((actor, thing))
}

/// Says of inputs where they keep the id of the write and of the thing.
/// `proven by` names who turns the receipt code of the input into the actor.
macro_rules! step_inputs {
    ($thing:ident $(, proven by $proven_by:ident)?: $($input:ident)+) => {
        step_inputs!(@each [$thing $($proven_by)?] $($input)+);
    };
    (@each $how:tt $($input:ident)+) => {
        $(step_inputs!(@one $how $input);)+
    };
    (@one [$thing:ident $($proven_by:ident)?] $input:ident) => {
        impl $crate::steps::StepInput for $input {
            fn write(&self) -> uuid::Uuid {
                self.id
            }
            fn thing(&self) -> uuid::Uuid {
                self.$thing
            }
            $(async fn actor(
                &self,
                ctx: &async_graphql::Context<'_>,
            ) -> Result<liangxin_domain::actor::Actor, liangxin_app::error::AppError> {
                $proven_by(ctx, self.receipt_code.as_deref(), self.proof.as_ref()).await
            })?
        }
    };
}

/// An object of mutations, one line each: `field(input: Input) => command`. The line's document is
/// the field's description in the contract.
macro_rules! steps {
    (
        $(#[$meta:meta])*
        $object:ident($name:literal) moves $machine:ty, answers $payload:ty;
        $($(#[$doc:meta])* $field:ident($input:tt: $type:ty) => $command:expr;)+
    ) => {
        $(#[$meta])*
        #[derive(Default)]
        pub struct $object;

        #[async_graphql::Object(name = $name)]
        impl $object {
            $(
                $(#[$doc])*
                async fn $field(
                    &self,
                    ctx: &async_graphql::Context<'_>,
                    input: $type,
                ) -> Result<$payload, liangxin_app::error::AppError> {
                    let command = |$input: $type| Ok($command);
                    let outcome = $crate::steps::take::<$machine, _>(ctx, input, command);
                    <$payload>::of(ctx, outcome.await).await
                }
            )+
        }
    };
}
