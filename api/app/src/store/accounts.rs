//! People with an account.

use crate::{
    error::AppError,
    store::row::{optional_word, word},
    work::Source,
};
use liangxin_domain::{
    accounts::role::{Role, Roles},
    actor::{Seat, SignedIn},
    id::{BureauId, DeviceId, MerchantId, UserId},
    inspections::visit::Inspector,
    places::division::DivisionCode,
    text::Email,
};
use liangxin_entity::{device, user, user_role};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait as _, Condition, EntityTrait as _, JoinType, QueryFilter as _, QueryOrder as _,
    QuerySelect as _, QueryTrait as _, RelationDef,
    sea_query::{Expr, ExprTrait as _},
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

/// The people of a role who sit in exactly that division; at most 200.
pub async fn list_by_role(
    source: &impl Source,
    role: Role,
    division: DivisionCode,
) -> Result<Vec<Account>, AppError> {
    let there = Condition::all().add(user::Column::Division.eq(division.to_string()));
    let mut found = list(source, there).await?;
    found.retain(|account| account.roles.has(role));
    Ok(found)
}

/// The administrators, wherever they sit; at most 200.
pub async fn list_administrators(source: &impl Source) -> Result<Vec<Account>, AppError> {
    let ids = user_role::Entity::find()
        .filter(user_role::Column::Role.eq(Role::Administrator.to_string()))
        .all(source.connection())
        .await?;
    let them = Condition::all().add(user::Column::Id.is_in(ids.into_iter().map(|row| row.user_id)));
    list(source, them).await
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

pub(super) fn read(row: user::Model, roles: Roles) -> Result<Account, AppError> {
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

/// The person who holds a live device, as an actor; `None` once either is gone. Every request asks, so
/// that it is one statement.
pub async fn find_signed_in(
    source: &impl Source,
    person: UserId,
    device: DeviceId,
) -> Result<Option<SignedIn>, AppError> {
    let live = device::Entity::find_by_id(device.uuid())
        .filter(device::Column::UserId.eq(person.uuid()))
        .filter(device::Column::RevokedAt.is_null())
        .select_only()
        .column(device::Column::Id)
        .into_query();
    let with_roles: RelationDef = user_role::Entity::belongs_to(user::Entity)
        .from(user_role::Column::UserId)
        .to(user::Column::Id)
        .into();
    let rows = user::Entity::find_by_id(person.uuid())
        .filter(user::Column::DisabledAt.is_null())
        .filter(Expr::exists(live))
        .join_rev(JoinType::LeftJoin, with_roles)
        .select_also(user_role::Entity)
        .all(source.connection())
        .await?;
    let roles = rows.iter().filter_map(|(_, role)| role.as_ref());
    let roles = roles
        .map(|row| word(&row.role, "user_role", "role"))
        .collect::<Result<_, _>>()?;
    let Some((row, _)) = rows.into_iter().next() else {
        return Ok(None);
    };
    let account = read(row, roles)?;
    Ok(Some(SignedIn {
        user: person,
        device,
        roles: account.roles,
        seat: account.seat,
    }))
}
