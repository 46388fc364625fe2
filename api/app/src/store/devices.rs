//! Devices and their refresh tokens, of which only hashes are known.

use super::{
    leftovers,
    row::{digest, insert_new, list_each},
};
use crate::{
    error::AppError,
    work::{Db, Source, Work},
};
use chrono::{DateTime, Utc};
use liangxin_domain::{
    accounts::session::RefreshToken,
    evidence::digest::Sha256,
    id::{DeviceId, UserId},
};
use liangxin_entity::{device, refresh_token, user};
use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, Condition, EntityTrait as _, JoinType, QueryFilter as _,
    QueryOrder as _, QuerySelect as _, RelationDef, sea_query::Expr,
};
use std::collections::BTreeSet;
use uuid::Uuid;

/// A phone or browser that signed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Device {
    /// Its id.
    pub id: DeviceId,
    /// Whose it is.
    pub user: UserId,
    /// What its owner calls it.
    pub name: String,
    /// When it signed in first.
    pub created_at: DateTime<Utc>,
    /// When it last exchanged a token.
    pub seen_at: DateTime<Utc>,
    /// When it was revoked.
    pub revoked_at: Option<DateTime<Utc>>,
}

/// Adds a device that signs in, or notes that it was seen again.
pub async fn insert_device(
    work: &Work,
    id: DeviceId,
    owner: UserId,
    name: &str,
) -> Result<(), AppError> {
    let row = device::ActiveModel {
        id: Set(id.uuid()),
        user_id: Set(owner.uuid()),
        name: Set(name.to_owned()),
        created_at: Set(work.now()),
        seen_at: Set(work.now()),
        revoked_at: Set(None),
    };
    insert_new(work, row).await
}

/// A device, also a revoked one.
pub async fn find(source: &impl Source, id: DeviceId) -> Result<Option<Device>, AppError> {
    let row = device::Entity::find_by_id(id.uuid());
    Ok(row.one(source.connection()).await?.map(read))
}

/// Those of some devices that are not revoked, and whose owner's account is not disabled.
pub async fn list_live(
    source: &impl Source,
    devices: &BTreeSet<DeviceId>,
) -> Result<BTreeSet<DeviceId>, AppError> {
    let with_owner: RelationDef = device::Entity::belongs_to(user::Entity)
        .from(device::Column::UserId)
        .to(user::Column::Id)
        .into();
    let live: Vec<Uuid> = device::Entity::find()
        .select_only()
        .column(device::Column::Id)
        .join(JoinType::InnerJoin, with_owner)
        .filter(device::Column::Id.is_in(devices.iter().map(|device| device.uuid())))
        .filter(device::Column::RevokedAt.is_null())
        .filter(user::Column::DisabledAt.is_null())
        .into_tuple()
        .all(source.connection())
        .await?;
    Ok(live.into_iter().map(DeviceId::new).collect())
}

/// The devices of a person, newest first; at most 100.
pub async fn devices_of(source: &impl Source, owner: UserId) -> Result<Vec<Device>, AppError> {
    let rows = device::Entity::find()
        .filter(device::Column::UserId.eq(owner.uuid()))
        .order_by_desc(device::Column::CreatedAt)
        .order_by_desc(device::Column::Id)
        .limit(100);
    let rows = list_each(source, rows).await?;
    Ok(rows.into_iter().map(read).collect())
}

/// Reads a row of a device.
pub(super) fn read(row: device::Model) -> Device {
    Device {
        id: DeviceId::new(row.id),
        user: UserId::new(row.user_id),
        name: row.name,
        created_at: row.created_at,
        seen_at: row.seen_at,
        revoked_at: row.revoked_at,
    }
}

/// Ends a device and with it every token of its family. `owner` keeps it to one's own devices.
pub async fn revoke_device(
    work: &Work,
    id: DeviceId,
    owner: Option<UserId>,
) -> Result<bool, AppError> {
    let mut update = device::Entity::update_many()
        .col_expr(device::Column::RevokedAt, Expr::value(work.now()))
        .filter(device::Column::Id.eq(id.uuid()))
        .filter(device::Column::RevokedAt.is_null());
    if let Some(owner) = owner {
        update = update.filter(device::Column::UserId.eq(owner.uuid()));
    }
    Ok(update.exec(work.connection()).await?.rows_affected == 1)
}

/// Ends the devices of a person, all but one if one is kept; answers those that it ended.
pub async fn revoke_all(
    work: &Work,
    owner: UserId,
    kept: Option<DeviceId>,
) -> Result<Vec<DeviceId>, AppError> {
    let mut select = device::Entity::find()
        .filter(device::Column::UserId.eq(owner.uuid()))
        .filter(device::Column::RevokedAt.is_null());
    if let Some(kept) = kept {
        select = select.filter(device::Column::Id.ne(kept.uuid()));
    }
    let devices = select.all(work.connection()).await?;
    let mut ended = Vec::new();
    for row in devices {
        let id = DeviceId::new(row.id);
        if revoke_device(work, id, None).await? {
            ended.push(id);
        }
    }
    Ok(ended)
}

/// Writes a refresh token's hash.
pub async fn insert_refresh(
    work: &Work,
    hash: Sha256,
    device: DeviceId,
    expires_at: DateTime<Utc>,
) -> Result<(), AppError> {
    let row = refresh_token::ActiveModel {
        token_hash: Set(hash.to_string()),
        device_id: Set(device.uuid()),
        issued_at: Set(work.now()),
        expires_at: Set(expires_at),
        used_at: Set(None),
    };
    refresh_token::Entity::insert(row)
        .exec_without_returning(work.connection())
        .await?;
    device::Entity::update_many()
        .col_expr(device::Column::SeenAt, Expr::value(work.now()))
        .filter(device::Column::Id.eq(device.uuid()))
        .exec(work.connection())
        .await?;
    Ok(())
}

/// What is known of a presented refresh token, and whose it is.
pub async fn find_refresh(
    source: &impl Source,
    hash: Sha256,
) -> Result<Option<(UserId, RefreshToken)>, AppError> {
    let Some(token) = refresh_token::Entity::find_by_id(hash.to_string())
        .one(source.connection())
        .await?
    else {
        return Ok(None);
    };
    let device = device::Entity::find_by_id(token.device_id)
        .one(source.connection())
        .await?;
    Ok(device.map(|device| {
        let known = RefreshToken {
            device: DeviceId::new(token.device_id),
            expires_at: token.expires_at,
            used_at: token.used_at,
            revoked_at: device.revoked_at,
        };
        (UserId::new(device.user_id), known)
    }))
}

/// Uses up a refresh token; of several that try, one succeeds.
pub async fn use_refresh(work: &Work, hash: Sha256) -> Result<bool, AppError> {
    let done = refresh_token::Entity::update_many()
        .col_expr(refresh_token::Column::UsedAt, Expr::value(work.now()))
        .filter(refresh_token::Column::TokenHash.eq(hash.to_string()))
        .filter(refresh_token::Column::UsedAt.is_null())
        .exec(work.connection())
        .await?;
    Ok(done.rows_affected == 1)
}

/// Deletes refresh tokens that no longer work. Those that one was exchanged for end later than it, so of a family the
/// oldest go first; one that comes back after it went is as dead as it was.
pub async fn delete_expired_refresh(db: &Db, now: DateTime<Utc>) -> Result<(), AppError> {
    let expired = Condition::all().add(refresh_token::Column::ExpiresAt.lte(now));
    let key = refresh_token::Column::TokenHash;
    leftovers::clear::<refresh_token::Entity, String>(db, key, expired).await
}

/// Reads a row of a refresh token.
pub(super) fn read_refresh(row: &refresh_token::Model) -> Result<Sha256, AppError> {
    digest(&row.token_hash, "refresh_token", "token_hash")
}
