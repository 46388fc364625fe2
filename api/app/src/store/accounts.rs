//! People with an account.

mod administered;
mod named;

pub use administered::{
    Named, find_ever, find_named, find_within, list_of_name, lock, note_given, page,
};
pub use named::{list_by_ids, list_named, name_zh};

use crate::{
    error::AppError,
    store::{
        row::{insert_unless_there, list_each, meet, optional_word, read_each, word},
        visibility::within,
    },
    work::{Source, Work},
};
use chrono::{DateTime, Utc};
use liangxin_domain::{
    accounts::{
        account::Account,
        role::{Role, Roles},
    },
    actor::{Seat, SignedIn},
    id::{BureauId, DeviceId, MerchantId, UserId},
    inspections::visit::Inspector,
    places::division::DivisionCode,
    refusal::Code,
    text::Email,
};
use liangxin_entity::{device, user, user_role};
use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, Condition, EntityTrait as _, JoinType, QueryFilter as _,
    QueryOrder as _, QuerySelect as _, QueryTrait as _, RelationDef, Select, sea_query::Expr,
};
use uuid::Uuid;

/// What stands for a hash where no password was chosen yet; it is the hash of nothing.
const NO_PASSWORD: &str = "!";

/// Adds a person with a password.
pub async fn insert(
    source: &impl Source,
    new: &Account,
    password_hash: String,
) -> Result<(), AppError> {
    match insert_if_free(source, new, Some(password_hash)).await? {
        Inserted::Yes => Ok(()),
        Inserted::Taken => Err(AppError::internal("add a person", "the name is taken")),
    }
}

/// Whether a person was added.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Inserted {
    /// Yes.
    Yes,
    /// No: somebody signs in by that name.
    Taken,
}

/// Adds a person, unless the sign-in name is taken.
pub async fn insert_if_free(
    source: &impl Source,
    new: &Account,
    password_hash: Option<String>,
) -> Result<Inserted, AppError> {
    let (bureau_id, division, merchant_id) = columns(&new.seat);
    let row = user::ActiveModel {
        id: Set(new.id.uuid()),
        email: Set(new.email.as_str().to_owned()),
        name_zh: Set(new.name_zh.clone()),
        name_en: Set(new.name_en.clone()),
        password_hash: Set(password_hash.unwrap_or_else(|| NO_PASSWORD.to_owned())),
        bureau_id: Set(bureau_id),
        division: Set(division),
        merchant_id: Set(merchant_id),
        certificate_no: Set(new.certificate_no.clone()),
        disabled_at: Set(new.disabled_at),
        second_factor_at: Set(new.second_factor_at),
        given_at: Set(new.given_at),
    };
    if !insert_unless_there(source, row, [user::Column::Email]).await? {
        return Ok(Inserted::Taken);
    }
    insert_roles(source, new).await?;
    Ok(Inserted::Yes)
}

async fn insert_roles(source: &impl Source, account: &Account) -> Result<(), AppError> {
    let roles = account.roles.iter().map(|role| user_role::ActiveModel {
        user_id: Set(account.id.uuid()),
        role: Set(role.to_string()),
    });
    user_role::Entity::insert_many(roles)
        .exec_without_returning(source.connection())
        .await?;
    Ok(())
}

/// Writes an account as it is after a step.
pub async fn save(work: &Work, account: &Account) -> Result<(), AppError> {
    let (bureau_id, division, merchant_id) = columns(&account.seat);
    user::Entity::update_many()
        .col_expr(user::Column::BureauId, Expr::value(bureau_id))
        .col_expr(user::Column::Division, Expr::value(division))
        .col_expr(user::Column::MerchantId, Expr::value(merchant_id))
        .col_expr(user::Column::DisabledAt, Expr::value(account.disabled_at))
        .col_expr(
            user::Column::SecondFactorAt,
            Expr::value(account.second_factor_at),
        )
        .col_expr(user::Column::GivenAt, Expr::value(account.given_at))
        .filter(user::Column::Id.eq(account.id.uuid()))
        .exec(work.connection())
        .await?;
    user_role::Entity::delete_many()
        .filter(user_role::Column::UserId.eq(account.id.uuid()))
        .exec(work.connection())
        .await?;
    insert_roles(work, account).await
}

fn columns(seat: &Seat) -> (Option<Uuid>, Option<String>, Option<Uuid>) {
    match seat {
        Seat::Bureau { bureau, division } => {
            (Some(bureau.uuid()), Some(division.to_string()), None)
        }
        Seat::Merchant(merchant) => (None, None, Some(merchant.uuid())),
    }
}

/// What is known of somebody who signs in.
#[derive(Clone)]
pub struct Known {
    /// The person.
    pub user: UserId,
    /// The password's hash, if one was chosen.
    pub password_hash: Option<String>,
    /// When a second factor was set up, while there is one.
    pub second_factor_at: Option<DateTime<Utc>>,
}

/// The person behind a sign-in name, unless disabled.
pub async fn find_by_email(source: &impl Source, email: &Email) -> Result<Option<Known>, AppError> {
    Ok(user::Entity::find()
        .filter(user::Column::Email.eq(email.as_str()))
        .filter(user::Column::DisabledAt.is_null())
        .one(source.connection())
        .await?
        .map(|row| Known {
            user: UserId::new(row.id),
            password_hash: chosen(row.password_hash),
            second_factor_at: row.second_factor_at,
        }))
}

/// The sign-in name of a person and the password's hash, unless disabled.
pub async fn find_password(
    source: &impl Source,
    id: UserId,
) -> Result<Option<(Email, Option<String>)>, AppError> {
    let row = user::Entity::find_by_id(id.uuid())
        .filter(user::Column::DisabledAt.is_null())
        .one(source.connection())
        .await?;
    row.map(|row| Ok((email_of(&row)?, chosen(row.password_hash))))
        .transpose()
}

fn chosen(hash: String) -> Option<String> {
    (hash != NO_PASSWORD).then_some(hash)
}

/// Writes the hash of a new password, unless another one was written since `before` was read.
pub async fn save_password(
    work: &Work,
    id: UserId,
    before: Option<&str>,
    after: String,
) -> Result<(), AppError> {
    let update = user::Entity::update_many()
        .col_expr(user::Column::PasswordHash, Expr::value(after))
        .filter(user::Column::Id.eq(id.uuid()))
        .filter(user::Column::PasswordHash.eq(before.unwrap_or(NO_PASSWORD)));
    meet(work, update, Code::Stale).await
}

/// A person, unless disabled.
pub async fn find(source: &impl Source, id: UserId) -> Result<Option<Account>, AppError> {
    let this = Condition::all().add(user::Column::Id.eq(id.uuid()));
    let rows = enabled(this).all(source.connection()).await?;
    Ok(read_all(source, rows).await?.pop())
}

/// The inspectors of a division and below, for dispatch; at most 200.
pub async fn list_inspectors(
    source: &impl Source,
    division: DivisionCode,
) -> Result<Vec<Account>, AppError> {
    let here = within(division, user::Column::Division.into_expr());
    list(source, with_role(Role::Inspector).add(here)).await
}

/// People of a role. Picked by the database: of those who were listed, all could be of others.
fn with_role(role: Role) -> Condition {
    let them = user_role::Entity::find()
        .select_only()
        .column(user_role::Column::UserId)
        .filter(user_role::Column::Role.eq(role.to_string()))
        .into_query();
    Condition::all().add(user::Column::Id.in_subquery(them))
}

/// The people of a role who sit in exactly that division; at most 200.
pub async fn list_by_role(
    source: &impl Source,
    role: Role,
    division: DivisionCode,
) -> Result<Vec<Account>, AppError> {
    let there = user::Column::Division.eq(division.to_string());
    list(source, with_role(role).add(there)).await
}

/// The administrators, wherever they sit; at most 200.
pub async fn list_administrators(source: &impl Source) -> Result<Vec<Account>, AppError> {
    list(source, with_role(Role::Administrator)).await
}

/// Those of the given people who are inspectors in a division or below.
pub async fn inspectors_among(
    source: &impl Source,
    ids: &[UserId],
    division: DivisionCode,
) -> Result<Vec<Inspector>, AppError> {
    let them = Condition::all()
        .add(user::Column::Id.is_in(ids.iter().map(|id| id.uuid())))
        .add(within(division, user::Column::Division.into_expr()));
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

/// People who are not disabled, at most 200; one who cannot be read keeps none of the others.
async fn list(source: &impl Source, which: Condition) -> Result<Vec<Account>, AppError> {
    read_list(source, enabled(which)).await
}

async fn read_list(
    source: &impl Source,
    select: Select<user::Entity>,
) -> Result<Vec<Account>, AppError> {
    let rows = list_each(source, select).await?;
    let roles = roles_of(source, rows.iter().map(|row| row.id)).await?;
    read_each(rows, |row| read_with(row, &roles))
}

/// People who are not disabled, at most 200.
fn enabled(which: Condition) -> Select<user::Entity> {
    user::Entity::find()
        .filter(which)
        .filter(user::Column::DisabledAt.is_null())
        .order_by_asc(user::Column::Id)
        .limit(200)
}

async fn read_all(source: &impl Source, rows: Vec<user::Model>) -> Result<Vec<Account>, AppError> {
    let roles = roles_of(source, rows.iter().map(|row| row.id)).await?;
    let rows = rows.into_iter();
    rows.map(|row| read_with(row, &roles)).collect()
}

/// The roles of people, each in a row.
async fn roles_of(
    source: &impl Source,
    people: impl IntoIterator<Item = Uuid>,
) -> Result<Vec<user_role::Model>, AppError> {
    let theirs = user_role::Column::UserId.is_in(people);
    let roles = user_role::Entity::find().filter(theirs);
    Ok(roles.all(source.connection()).await?)
}

fn read_with(row: user::Model, roles: &[user_role::Model]) -> Result<Account, AppError> {
    let own = roles.iter().filter(|role| role.user_id == row.id);
    let own = own.map(read_role).collect::<Result<_, _>>()?;
    read(row, own)
}

pub(super) fn read_role(row: &user_role::Model) -> Result<Role, AppError> {
    word(&row.role, "user_role", "role")
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
        email: email_of(&row)?,
        name_zh: row.name_zh,
        name_en: row.name_en,
        roles,
        seat,
        certificate_no: row.certificate_no,
        disabled_at: row.disabled_at,
        second_factor_at: row.second_factor_at,
        given_at: row.given_at,
    })
}

fn email_of(row: &user::Model) -> Result<Email, AppError> {
    Email::parse(&row.email, "email").map_err(|_| AppError::damaged("user", "email"))
}

/// Who holds a live device.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holder {
    /// As an actor.
    pub person: SignedIn,
    /// When a second factor was set up, while there is one.
    pub second_factor_at: Option<DateTime<Utc>>,
    /// When an administrator last gave the access.
    pub given_at: Option<DateTime<Utc>>,
}

/// The person who holds a live device; `None` once either is gone. Every request asks, so that it is one
/// statement.
pub async fn find_signed_in(
    source: &impl Source,
    person: UserId,
    device: DeviceId,
) -> Result<Option<Holder>, AppError> {
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
    Ok(Some(Holder {
        person: SignedIn {
            user: person,
            device,
            roles: account.roles,
            seat: account.seat,
            settles_on: None,
        },
        second_factor_at: account.second_factor_at,
        given_at: account.given_at,
    }))
}
