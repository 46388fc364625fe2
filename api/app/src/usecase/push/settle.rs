//! Applying a held write in the name of its sender. Refusing one is a step like any other.

use super::take::take;
use crate::{
    app::App,
    caller::Caller,
    error::AppError,
    store,
    usecase::{
        accounts::in_name_of,
        step::{self, Written},
    },
    work::Begun,
};
use liangxin_domain::{
    id::{CommandId, HeldItemId},
    push::held::{Command, HeldItem},
};

/// Applies a held write as its sender, on the order of a head. The policy is asked about the head, and about the sender as if that
/// one had sent it now; what refuses it then is told to the head, and it stays held.
pub async fn apply(
    app: &App,
    caller: &Caller,
    write: CommandId,
    id: HeldItemId,
) -> Result<Written, AppError> {
    let Some(held) = rehearse(app, caller, write, id).await? else {
        return Ok(Written::Before);
    };
    let account = store::accounts::find_ever(&app.db, held.sender).await?;
    let missing = || AppError::internal("apply a held write", "its sender has no account");
    let sender = in_name_of(app, account.ok_or_else(missing)?, held.device);
    let item = (app.read_item)(&held.content)?;
    // Two works: one is the sender's, one the head's. Whatever stops between them, the same order sent again goes on, since the
    // sender's write is known by then.
    let sender = Caller::system().known_as(sender);
    let sender = sender.heard(Some(held.arrived_at));
    Box::pin(take(app, &sender, item)).await?;
    Box::pin(step::take::<HeldItem>(
        app,
        caller,
        write,
        id,
        Command::ApplyHeldItem,
    ))
    .await
}

/// The held write, if the head may apply it; nothing if the order was carried out before. The work is given up: the head's step is
/// written once the sender's is.
async fn rehearse(
    app: &App,
    caller: &Caller,
    write: CommandId,
    id: HeldItemId,
) -> Result<Option<HeldItem>, AppError> {
    let command = Command::ApplyHeldItem;
    let named = app.named(write, id.into(), &command)?;
    let Begun::Fresh(work) = app.begin(&caller.actor, &named).await? else {
        return Ok(None);
    };
    let held = step::within::<HeldItem>(app, &work, id, command);
    Box::pin(held).await.map(Some)
}
