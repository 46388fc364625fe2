//! Writes from the field that are held.

use crate::{
    error::AppError,
    store::{
        page::{Page, Rows},
        row::{insert_unless_there, list_each, meet, read_each, word},
        visibility::{Sight, seat_of},
    },
    work::{Db, Source, Work},
};
use chrono::{DateTime, TimeDelta, Utc};
use liangxin_domain::{
    accounts::role::Role,
    actor::Actor,
    id::{CommandId, DeviceId, HeldItemId, UserId},
    limits::HELD_CONTENT_DAYS,
    push::held::{HeldItem, HeldState, HoldReason, Standing},
    refusal::{Code, Refusal},
    reports::state::Mark,
    text::Reason,
};
use liangxin_entity::held_item;
use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, Condition, EntityTrait as _, PaginatorTrait as _,
    QueryFilter as _, QueryOrder as _, QuerySelect as _, sea_query::Expr,
};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// Most held writes that are looked at around one push, of its sender and of its things each.
const AROUND: u64 = 500;

/// Holds a write, unless it is held already; whether it was not.
pub async fn insert(work: &Work, new: &HeldItem) -> Result<bool, AppError> {
    let Settled { at, by, reason } = settled(&new.standing);
    let row = held_item::ActiveModel {
        id: Set(new.id.uuid()),
        write_id: Set(new.write.uuid()),
        sender_id: Set(new.sender.uuid()),
        device_id: Set(new.device.uuid()),
        division: Set(new.office.to_string()),
        operation: Set(new.operation.clone()),
        thing: Set(new.thing),
        content: Set(new.content.clone()),
        size_bytes: Set(i32::try_from(new.content.len()).unwrap_or(i32::MAX)),
        reason: Set(new.reason.to_string()),
        refused_with: Set(new.refused_with.clone()),
        arrived_at: Set(new.arrived_at),
        tried_at: Set(new.arrived_at),
        state: Set(new.state().to_string()),
        settled_at: Set(at),
        settled_by: Set(by.map(UserId::uuid)),
        settle_reason: Set(reason),
        version: Set(new.version),
    };
    insert_unless_there(work, row, [held_item::Column::Id]).await
}

/// Saves how a held write stands now; somebody else's change in between is `STALE`.
pub async fn save(work: &Work, changed: &HeldItem) -> Result<(), AppError> {
    let Settled { at, by, reason } = settled(&changed.standing);
    let by = by.map(UserId::uuid);
    let update = held_item::Entity::update_many()
        .col_expr(
            held_item::Column::State,
            Expr::value(changed.state().to_string()),
        )
        .col_expr(
            held_item::Column::RefusedWith,
            Expr::value(changed.refused_with.clone()),
        )
        .col_expr(held_item::Column::SettledAt, Expr::value(at))
        .col_expr(held_item::Column::SettledBy, Expr::value(by))
        .col_expr(held_item::Column::SettleReason, Expr::value(reason))
        .col_expr(held_item::Column::Version, Expr::value(changed.version + 1))
        .filter(held_item::Column::Id.eq(changed.id.uuid()))
        .filter(held_item::Column::Version.eq(changed.version));
    meet(work, update, Code::Stale).await
}

/// Forgets a write that was taken after all: from then on it is remembered as every other write is. What was settled meanwhile
/// stays: it says who did it, or that its days were over.
pub async fn forget(work: &Work, id: HeldItemId) -> Result<(), AppError> {
    held_item::Entity::delete_many()
        .filter(held_item::Column::Id.eq(id.uuid()))
        .filter(open())
        .exec(work.connection())
        .await?;
    Ok(())
}

/// Empties what was settled long ago: how it was stays, what it said does not.
pub async fn empty_settled(db: &Db, now: DateTime<Utc>) -> Result<(), AppError> {
    let settled = [HeldState::Applied, HeldState::Refused].map(|state| state.to_string());
    held_item::Entity::update_many()
        .col_expr(held_item::Column::Content, Expr::value(""))
        .filter(held_item::Column::State.is_in(settled))
        .filter(held_item::Column::SettledAt.lt(now - TimeDelta::days(HELD_CONTENT_DAYS)))
        .filter(held_item::Column::Content.ne(""))
        .exec(db.writer())
        .await?;
    Ok(())
}

/// Notes that held writes were tried and still wait, so that others come first the next time.
pub async fn note_tried(
    db: &Db,
    ids: impl IntoIterator<Item = HeldItemId>,
    now: DateTime<Utc>,
) -> Result<(), AppError> {
    held_item::Entity::update_many()
        .col_expr(held_item::Column::TriedAt, Expr::value(now))
        .filter(held_item::Column::Id.is_in(ids.into_iter().map(HeldItemId::uuid)))
        .exec(db.writer())
        .await?;
    Ok(())
}

/// What an actor may see: heads what is held of their own office.
fn sight(actor: &Actor) -> Sight {
    let headed = seat_of(actor, &[Role::Head]);
    headed.map_or_else(Sight::nothing, |division| {
        let there = held_item::Column::Division.eq(division.to_string());
        Sight::by(Condition::all().add(there))
    })
}

/// A held write that the actor may see, or `NOT_FOUND`.
pub async fn get(
    source: &impl Source,
    actor: &Actor,
    id: HeldItemId,
) -> Result<HeldItem, AppError> {
    let row = held_item::Entity::find_by_id(id.uuid())
        .filter(sight(actor).any())
        .one(source.connection())
        .await?;
    let row = row.ok_or_else(|| Refusal::on(Code::NotFound, "heldItemId"))?;
    read(row)
}

/// The held writes that the actor may see and that stand so, in the order in which they came.
pub async fn page(
    source: &impl Source,
    (actor, state): (&Actor, HeldState),
    page: Page,
) -> Result<Rows<HeldItem>, AppError> {
    let select = held_item::Entity::find().filter(held_item::Column::State.eq(state.to_string()));
    let key = (held_item::Column::ArrivedAt, held_item::Column::Id);
    let found = page.in_turn(source, (select, sight(actor)), key).await?;
    found.read(read)
}

/// Those of some writes that are held, or were settled by a person. One that cannot be read must not keep a phone from sending
/// the others: it is as if it were not held, and its row stays.
pub async fn list(
    source: &impl Source,
    ids: impl IntoIterator<Item = HeldItemId>,
) -> Result<Vec<HeldItem>, AppError> {
    let ids: Vec<_> = ids.into_iter().map(HeldItemId::uuid).collect();
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let rows = held_item::Entity::find().filter(held_item::Column::Id.is_in(ids));
    read_each(list_each(source, rows).await?, read)
}

/// What waits of one sender, or of what something was done to, in the order in which it came. Each is asked for by itself:
/// SQLite would walk over all that waits of everybody to find both.
pub async fn list_around(
    source: &impl Source,
    sender: UserId,
    things: &BTreeSet<Uuid>,
) -> Result<Vec<HeldItem>, AppError> {
    let things = things.iter().copied();
    let mut found = BTreeMap::new();
    for near in [
        held_item::Column::SenderId.eq(sender.uuid()),
        held_item::Column::Thing.is_in(things),
    ] {
        let rows = held_item::Entity::find()
            .filter(held_item::Column::State.eq(HeldState::Waiting.to_string()))
            .filter(near)
            .order_by_asc(held_item::Column::ArrivedAt)
            .order_by_asc(held_item::Column::Id)
            .limit(AROUND);
        let rows = read_each(list_each(source, rows).await?, read)?;
        found.extend(
            rows.into_iter()
                .map(|held| ((held.arrived_at, held.id), held)),
        );
    }
    Ok(found.into_values().collect())
}

/// What stands so and was not tried for longest.
pub async fn list_untried(
    source: &impl Source,
    state: HeldState,
    most: u64,
) -> Result<Vec<HeldItem>, AppError> {
    let rows = held_item::Entity::find()
        .filter(held_item::Column::State.eq(state.to_string()))
        .order_by_asc(held_item::Column::TriedAt)
        .order_by_asc(held_item::Column::Id)
        .limit(most);
    read_each(list_each(source, rows).await?, read)
}

/// The sizes of what is held of a sender for one reason, in bytes.
pub async fn sizes_of(
    source: &impl Source,
    (sender, reason): (UserId, HoldReason),
) -> Result<Vec<usize>, AppError> {
    let sizes: Vec<i32> = held_item::Entity::find()
        .select_only()
        .column(held_item::Column::SizeBytes)
        .filter(held_item::Column::SenderId.eq(sender.uuid()))
        .filter(held_item::Column::Reason.eq(reason.to_string()))
        .filter(open())
        .into_tuple()
        .all(source.connection())
        .await?;
    let sizes = sizes.into_iter();
    Ok(sizes
        .map(|size| usize::try_from(size).unwrap_or(0))
        .collect())
}

/// How much is held of everybody.
pub async fn count(source: &impl Source) -> Result<u64, AppError> {
    let held = held_item::Entity::find().filter(open());
    Ok(held.count(source.connection()).await?)
}

/// What is not settled.
fn open() -> Condition {
    let states = [HeldState::Waiting, HeldState::ForPerson];
    let states = states.map(|state| state.to_string());
    Condition::all().add(held_item::Column::State.is_in(states))
}

/// What a row says of its end.
struct Settled {
    at: Option<DateTime<Utc>>,
    by: Option<UserId>,
    reason: Option<String>,
}

fn settled(standing: &Standing) -> Settled {
    let (at, by, reason) = match standing {
        Standing::Waiting | Standing::ForPerson => (None, None, None),
        Standing::Applied { at, by } => (Some(*at), *by, None),
        Standing::Refused { made, reason } => {
            (Some(made.at), Some(made.by), Some(reason.to_string()))
        }
    };
    Settled { at, by, reason }
}

pub(super) fn read(row: held_item::Model) -> Result<HeldItem, AppError> {
    const TABLE: &str = "held_item";
    let by = row.settled_by.map(UserId::new);
    let standing = match (word(&row.state, TABLE, "state")?, row.settled_at, by) {
        (HeldState::Waiting, None, None) => Standing::Waiting,
        (HeldState::ForPerson, None, None) => Standing::ForPerson,
        (HeldState::Applied, Some(at), by) => Standing::Applied { at, by },
        (HeldState::Refused, Some(at), Some(by)) => {
            let reason = row.settle_reason;
            let reason = reason.ok_or_else(|| AppError::damaged(TABLE, "settle_reason"))?;
            Standing::Refused {
                made: Mark { by, at },
                reason: Reason::stored(reason),
            }
        }
        _ => return Err(AppError::damaged(TABLE, "settled_at")),
    };
    Ok(HeldItem {
        id: HeldItemId::new(row.id),
        write: CommandId::new(row.write_id),
        sender: UserId::new(row.sender_id),
        device: DeviceId::new(row.device_id),
        office: word(&row.division, TABLE, "division")?,
        operation: row.operation,
        thing: row.thing,
        content: row.content,
        reason: word(&row.reason, TABLE, "reason")?,
        refused_with: row.refused_with,
        arrived_at: row.arrived_at,
        standing,
        version: row.version,
    })
}
