//! People, devices, refresh tokens, and the brake on guessed passwords.

use crate::{
    error::AppError,
    store::row::{optional_word, word},
    work::{Source, Work},
};
use chrono::{DateTime, Utc};
use liangxin_domain::{
    accounts::{
        role::{Role, Roles},
        session::RefreshToken,
        throttle::Throttle,
    },
    actor::{Seat, SignedIn},
    evidence::digest::Sha256,
    id::{BureauId, DeviceId, MerchantId, UserId},
    inspections::visit::Inspector,
    places::division::DivisionCode,
    text::Email,
};
use liangxin_entity::{device, refresh_token, throttle, user, user_role};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait as _, Condition, EntityTrait as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _,
    sea_query::{Expr, ExprTrait as _, OnConflict},
};
use std::collections::HashMap;

/// A person with an account, without the password.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// The person.
    pub id: UserId,
    /// Sign-in name.
    pub email: Email,
    /// Name in Chinese.
    pub name_zh: String,
    /// Name in English.
    pub name_en: String,
    /// What the person may be.
    pub roles: Roles,
    /// Where the person sits.
    pub seat: Seat,
    /// Number of the enforcement certificate.
    pub certificate_no: Option<String>,
}

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

/// Adds a person.
pub async fn insert(
    source: &impl Source,
    new: &Account,
    password_hash: String,
) -> Result<(), AppError> {
    let (bureau_id, division, merchant_id) = match &new.seat {
        Seat::Bureau { bureau, division } => {
            (Some(bureau.uuid()), Some(division.to_string()), None)
        }
        Seat::Merchant(merchant) => (None, None, Some(merchant.uuid())),
    };
    let row = user::ActiveModel {
        id: Set(new.id.uuid()),
        email: Set(new.email.as_str().to_owned()),
        name_zh: Set(new.name_zh.clone()),
        name_en: Set(new.name_en.clone()),
        password_hash: Set(password_hash),
        bureau_id: Set(bureau_id),
        division: Set(division),
        merchant_id: Set(merchant_id),
        certificate_no: Set(new.certificate_no.clone()),
        disabled_at: Set(None),
    };
    user::Entity::insert(row)
        .exec_without_returning(source.connection())
        .await?;
    let roles = new.roles.iter().map(|role| user_role::ActiveModel {
        user_id: Set(new.id.uuid()),
        role: Set(role.to_string()),
    });
    user_role::Entity::insert_many(roles)
        .exec_without_returning(source.connection())
        .await?;
    Ok(())
}

/// The person behind a sign-in name with the password's hash, unless disabled.
pub async fn find_by_email(
    source: &impl Source,
    email: &Email,
) -> Result<Option<(UserId, String)>, AppError> {
    Ok(user::Entity::find()
        .filter(user::Column::Email.eq(email.as_str()))
        .filter(user::Column::DisabledAt.is_null())
        .one(source.connection())
        .await?
        .map(|row| (UserId::new(row.id), row.password_hash)))
}

/// A person, unless disabled.
pub async fn find(source: &impl Source, id: UserId) -> Result<Option<Account>, AppError> {
    Ok(
        list(source, Condition::all().add(user::Column::Id.eq(id.uuid())))
            .await?
            .pop(),
    )
}

/// People by their ids, for showing names beside what they did.
pub async fn list_by_ids(
    source: &impl Source,
    ids: &[UserId],
) -> Result<HashMap<UserId, Account>, AppError> {
    let them = Condition::all().add(user::Column::Id.is_in(ids.iter().map(|id| id.uuid())));
    Ok(list(source, them)
        .await?
        .into_iter()
        .map(|account| (account.id, account))
        .collect())
}

/// The inspectors of a division and below, for dispatch; at most 200.
pub async fn list_inspectors(
    source: &impl Source,
    division: DivisionCode,
) -> Result<Vec<Account>, AppError> {
    let within = Condition::all()
        .add(Expr::col(user::Column::Division).like(format!("{}%", division.prefix())));
    let mut found = list(source, within).await?;
    found.retain(|account| account.roles.has(Role::Inspector));
    Ok(found)
}

/// Those of the given people who are inspectors in a division or below.
pub async fn inspectors_among(
    source: &impl Source,
    ids: &[UserId],
    division: DivisionCode,
) -> Result<Vec<Inspector>, AppError> {
    let them = Condition::all()
        .add(user::Column::Id.is_in(ids.iter().map(|id| id.uuid())))
        .add(Expr::col(user::Column::Division).like(format!("{}%", division.prefix())));
    let found = list(source, them).await?;
    Ok(found
        .into_iter()
        .filter(|account| account.roles.has(Role::Inspector))
        .map(|account| Inspector {
            user: account.id,
            certificate_no: account.certificate_no,
        })
        .collect())
}

async fn list(source: &impl Source, which: Condition) -> Result<Vec<Account>, AppError> {
    let rows = user::Entity::find()
        .filter(which)
        .filter(user::Column::DisabledAt.is_null())
        .order_by_asc(user::Column::Id)
        .limit(200)
        .all(source.connection())
        .await?;
    let roles = user_role::Entity::find()
        .filter(user_role::Column::UserId.is_in(rows.iter().map(|row| row.id)))
        .all(source.connection())
        .await?;
    rows.into_iter()
        .map(|row| {
            let own = roles.iter().filter(|role| role.user_id == row.id);
            let own = own
                .map(|role| word(&role.role, "user_role", "role"))
                .collect::<Result<_, _>>()?;
            read(row, own)
        })
        .collect()
}

fn read(row: user::Model, roles: Roles) -> Result<Account, AppError> {
    let division = optional_word(row.division.as_deref(), "user", "division")?;
    let seat = match (row.bureau_id, division, row.merchant_id) {
        (Some(bureau), Some(division), None) => Seat::Bureau {
            bureau: BureauId::new(bureau),
            division,
        },
        (None, None, Some(merchant)) => Seat::Merchant(MerchantId::new(merchant)),
        _ => return Err(AppError::damaged("user", "bureau_id")),
    };
    Ok(Account {
        id: UserId::new(row.id),
        email: Email::parse(&row.email, "email").map_err(|_| AppError::damaged("user", "email"))?,
        name_zh: row.name_zh,
        name_en: row.name_en,
        roles,
        seat,
        certificate_no: row.certificate_no,
    })
}

/// The person who holds a live device, as an actor; `None` once either is gone.
pub async fn find_signed_in(
    source: &impl Source,
    person: UserId,
    device: DeviceId,
) -> Result<Option<SignedIn>, AppError> {
    let live = device::Entity::find_by_id(device.uuid())
        .filter(device::Column::UserId.eq(person.uuid()))
        .filter(device::Column::RevokedAt.is_null())
        .one(source.connection())
        .await?;
    if live.is_none() {
        return Ok(None);
    }
    Ok(find(source, person).await?.map(|account| SignedIn {
        user: person,
        device,
        roles: account.roles,
        seat: account.seat,
    }))
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
    device::Entity::insert(row)
        .exec_without_returning(work.connection())
        .await?;
    Ok(())
}

/// The devices of a person, newest first; at most 100.
pub async fn devices_of(source: &impl Source, owner: UserId) -> Result<Vec<Device>, AppError> {
    let rows = device::Entity::find()
        .filter(device::Column::UserId.eq(owner.uuid()))
        .order_by_desc(device::Column::CreatedAt)
        .order_by_desc(device::Column::Id)
        .limit(100)
        .all(source.connection())
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| Device {
            id: DeviceId::new(row.id),
            user: UserId::new(row.user_id),
            name: row.name,
            created_at: row.created_at,
            seen_at: row.seen_at,
            revoked_at: row.revoked_at,
        })
        .collect())
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

/// What is remembered of wrong tries under a key.
pub async fn find_throttle(
    source: &impl Source,
    key: Sha256,
) -> Result<Option<Throttle>, AppError> {
    Ok(throttle::Entity::find_by_id(key.to_string())
        .one(source.connection())
        .await?
        .map(|row| Throttle {
            failures: row.failures,
            last_failed_at: row.last_failed_at,
        }))
}

/// Remembers wrong tries under a key.
pub async fn save_throttle(work: &Work, key: Sha256, throttle: Throttle) -> Result<(), AppError> {
    let row = throttle::ActiveModel {
        key: Set(key.to_string()),
        failures: Set(throttle.failures),
        last_failed_at: Set(throttle.last_failed_at),
    };
    throttle::Entity::insert(row)
        .on_conflict(
            OnConflict::column(throttle::Column::Key)
                .update_columns([throttle::Column::Failures, throttle::Column::LastFailedAt])
                .to_owned(),
        )
        .exec_without_returning(work.connection())
        .await?;
    Ok(())
}

/// Forgets wrong tries after a right one.
pub async fn clear_throttle(work: &Work, key: Sha256) -> Result<(), AppError> {
    throttle::Entity::delete_by_id(key.to_string())
        .exec(work.connection())
        .await?;
    Ok(())
}
