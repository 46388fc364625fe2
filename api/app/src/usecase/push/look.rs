//! Taking what is held: when something came on which it may build, and again and again, since that may come by any door.

use super::{
    items::ROUNDS,
    take::{is_for_now, take},
};
use crate::{
    app::App, caller::Caller, error::AppError, store, usecase::accounts::in_name_of, work::Work,
};
use chrono::TimeDelta;
use liangxin_domain::{
    actor::Actor,
    event::Event,
    id::{HeldItemId, UserId},
    limits::HELD_DAYS,
    push::{
        held::{HeldItem, HeldState},
        item::Item,
    },
    refusal::Code,
};
use std::{collections::BTreeSet, mem};
use uuid::Uuid;

/// How many held writes one look tries. A choice: as many as are tried well within the time of a look.
const AT_ONCE: u64 = 100;

/// How long a held write still waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Patience {
    /// Until what it builds on comes.
    Waits,
    /// No longer: it is taken without that, or put before a person.
    Over,
}

/// What became of a held write that was tried.
enum Tried {
    /// It waits as before.
    Waits(Box<HeldItem>),
    /// It waits no longer, or cannot be tried now.
    Ended,
}

/// Takes what waits of a sender, and of what something was done to, as long as that takes anything.
pub(super) async fn apply_around(
    app: &App,
    sender: UserId,
    things: &BTreeSet<Uuid>,
) -> Result<(), AppError> {
    let mut waiting = store::held_items::list_around(&app.db, sender, things).await?;
    for _ in 0..ROUNDS {
        let before = waiting.len();
        for held in mem::take(&mut waiting) {
            if let Tried::Waits(held) = Box::pin(try_again(app, held, Patience::Waits)).await? {
                waiting.push(*held);
            }
        }
        if waiting.is_empty() || waiting.len() == before {
            break;
        }
    }
    Ok(())
}

/// Tries what was not tried for longest, and takes away from a person what was taken meanwhile.
pub async fn look(app: &App) -> Result<(), AppError> {
    let over = app.now() - TimeDelta::days(HELD_DAYS);
    for held in next(app, HeldState::ForPerson).await? {
        match forget_if_taken(app, &held).await {
            Err(error @ AppError::Unavailable { .. }) => return Err(error),
            ended => ended.unwrap_or_else(|error| error.log()),
        }
    }
    for held in next(app, HeldState::Waiting).await? {
        let patience = match held.arrived_at <= over {
            true => Patience::Over,
            false => Patience::Waits,
        };
        Box::pin(try_again(app, held, patience)).await.map(drop)?;
    }
    Ok(())
}

/// Those that stand so and that this look tries.
async fn next(app: &App, state: HeldState) -> Result<Vec<HeldItem>, AppError> {
    let found = store::held_items::list_untried(&app.db, state, AT_ONCE).await?;
    // Noted before the first is tried: whatever ends this look in the middle, the next one begins with others.
    if !found.is_empty() {
        let ids = found.iter().map(|held| held.id);
        store::held_items::note_tried(&app.db, ids, app.now()).await?;
    }
    Ok(found)
}

/// Forgets what a person need not look at any more: its sender sent it by the operation of its own, and that was taken.
async fn forget_if_taken(app: &App, held: &HeldItem) -> Result<(), AppError> {
    let Some(account) = store::accounts::find_ever(&app.db, held.sender).await? else {
        return Ok(());
    };
    let sender = in_name_of(app, account, held.device);
    let taken = store::commands::list_taken(&app.db, &sender, [held.write]).await?;
    match taken.contains(&held.write) {
        true => forget(app, held.id).await,
        false => Ok(()),
    }
}

/// Tries a held write. A fault of ours in one, and what somebody else did to it meanwhile, keep none of the others; only a part
/// that does not answer ends a look.
async fn try_again(app: &App, held: HeldItem, patience: Patience) -> Result<Tried, AppError> {
    match Box::pin(try_held(app, held, patience)).await {
        Err(error @ AppError::Unavailable { .. }) => Err(error),
        Err(error) => {
            error.log();
            Ok(Tried::Ended)
        }
        tried => tried,
    }
}

async fn try_held(app: &App, held: HeldItem, patience: Patience) -> Result<Tried, AppError> {
    // Whoever sent it had access then. One who has none any more does nothing unseen.
    let Some(account) = store::accounts::find(&app.db, held.sender).await? else {
        return put_before_person(app, held, None).await;
    };
    let Ok(item) = (app.read_item)(&held.content) else {
        return put_before_person(app, held, Some(Code::InputInvalid)).await;
    };
    let actor = in_name_of(app, account, held.device);
    let is_whole = has_all_before(app, &actor, &item).await?;
    if !is_whole && patience == Patience::Waits {
        return Ok(Tried::Waits(Box::new(held)));
    }
    let sender = Caller::system().known_as(actor);
    let sender = sender.heard(Some(held.arrived_at));
    match take(app, &sender, item.clone()).await {
        Ok(_) if is_whole => forget(app, held.id).await.map(|()| Tried::Ended),
        Ok(_) => note_applied(app, held).await,
        Err(AppError::Refused(refusal)) if is_for_now(&refusal) => Ok(Tried::Waits(Box::new(held))),
        Err(AppError::Refused(refusal)) => {
            let is_to_wait = patience == Patience::Waits && item.asked.awaits(&refusal);
            match is_to_wait {
                true => Ok(Tried::Waits(Box::new(held))),
                false => put_before_person(app, held, Some(refusal.code)).await,
            }
        }
        Err(error) => Err(error),
    }
}

/// Whether every write that an item builds on was taken.
async fn has_all_before(app: &App, actor: &Actor, item: &Item) -> Result<bool, AppError> {
    let after = item.after.iter().copied();
    let taken = store::commands::list_taken(&app.db, actor, after).await?;
    Ok(item.after.iter().all(|write| taken.contains(write)))
}

/// Forgets that a write was held: it was taken.
pub(super) async fn forget(app: &App, id: HeldItemId) -> Result<(), AppError> {
    let work = app.work(&Actor::System).await?;
    store::held_items::forget(&work, id).await?;
    work.commit().await
}

/// Notes for good that a write was taken without what it builds on.
async fn note_applied(app: &App, held: HeldItem) -> Result<Tried, AppError> {
    let work = app.work(&Actor::System).await?;
    let item = held.id;
    let applied = held.applied_at_last(work.now());
    store::held_items::save(&work, &applied).await?;
    app.record(&work, Event::HeldItemApplied { item });
    end(work).await
}

async fn put_before_person(
    app: &App,
    held: HeldItem,
    refused_with: Option<Code>,
) -> Result<Tried, AppError> {
    let work = app.work(&Actor::System).await?;
    store::held_items::save(&work, &held.for_person(refused_with)).await?;
    end(work).await
}

async fn end(work: Work) -> Result<Tried, AppError> {
    work.commit().await.map(|()| Tried::Ended)
}
