//! Mutations that are one step each: a table of field, input and command.

use super::{context::Known as _, problem::Outcome};
use async_graphql::Context;
use liangxin_app::{
    app::App,
    caller::Caller,
    error::AppError,
    usecase::step::{self, Kept, Written},
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

    /// Who takes it: the caller, who is known as somebody else if the input proves it by a receipt code.
    fn caller(&self, ctx: &Context<'_>) -> impl Future<Output = Result<Caller, AppError>> + Send {
        let caller = ctx.caller().cloned();
        async { caller }
    }
}

/// Takes a step as its input asks; answers who took it, and on what.
pub(crate) async fn take<M: Kept, I: StepInput>(
    ctx: &Context<'_>,
    input: I,
    command: impl FnOnce(I) -> Result<M::Command, Refusal> + Send,
) -> Result<Outcome<(Actor, M::Id)>, AppError> {
    let caller = input.caller(ctx).await?;
    let write = CommandId::parse(input.write(), "id")?;
    let thing = M::Id::from(input.thing());
    let written = Box::pin(step::take::<M>(
        ctx.app()?,
        &caller,
        write,
        thing,
        command(input)?,
    ))
    .await?;
    Ok(Outcome::of((caller.actor, thing), written))
}

/// Makes a thing that its input names; answers who made it, and which.
pub(crate) async fn make<'c, K: Copy, N, F>(
    ctx: &'c Context<'_>,
    parsed: Result<(K, N), Refusal>,
    make: impl FnOnce(&'c App, &'c Caller, K, N) -> F + Send,
) -> Result<Outcome<(Actor, K)>, AppError>
where
    F: Future<Output = Result<Written, AppError>>,
{
    let (id, new) = parsed?;
    let caller = ctx.caller()?;
    let written = make(ctx.app()?, caller, id, new).await?;
    Ok(Outcome::of((caller.actor.clone(), id), written))
}

/// Declares the inputs of steps. Each begins with the id of the write and the thing that the step is
/// taken on, which the head names and describes; `named` and `of` describe them otherwise for one input.
/// `proven by` names who turns the receipt code of the inputs into the actor.
macro_rules! step_inputs {
    ($thing:ident $thing_doc:tt, id $id_doc:tt $(, proven by $proven_by:ident)?; $($inputs:tt)+) => {
        step_inputs!(@each [$thing $($proven_by)?] $id_doc $thing_doc $($inputs)+);
    };
    (@each $how:tt $id_doc:tt $thing_doc:tt $(
        $(#[$meta:meta])*
        $input:ident $(named $own_id_doc:tt)? $(of $own_thing_doc:tt)? { $($fields:tt)* }
    )+) => { $(
        step_inputs!(@declare $how [$($own_id_doc)? $id_doc] [$($own_thing_doc)? $thing_doc]
            $(#[$meta])* $input { $($fields)* });
        step_inputs!(@step $how $input);
    )+ };
    (@declare [$thing:ident $($_proven_by:ident)?] [$id_doc:tt $($_id_doc:tt)?] [$thing_doc:tt $($_thing_doc:tt)?]
        $(#[$meta:meta])* $input:ident { $($(#[$field_meta:meta])* $field:ident: $type:ty,)* }) => {
        $(#[$meta])*
        #[derive(async_graphql::InputObject)]
        pub(crate) struct $input {
            #[doc = $id_doc]
            pub(super) id: uuid::Uuid,
            #[doc = $thing_doc]
            pub(super) $thing: uuid::Uuid,
            $($(#[$field_meta])* pub(super) $field: $type,)*
        }
    };
    (@step [$thing:ident $($proven_by:ident)?] $input:ident) => {
        impl $crate::steps::StepInput for $input {
            fn write(&self) -> uuid::Uuid {
                self.id
            }
            fn thing(&self) -> uuid::Uuid {
                self.$thing
            }
            $(async fn caller(
                &self,
                ctx: &async_graphql::Context<'_>,
            ) -> Result<liangxin_app::caller::Caller, liangxin_app::error::AppError> {
                $proven_by(ctx, self.receipt_code.as_deref()).await
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
