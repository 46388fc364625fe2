//! Which keys the database was filled with. The row of a key is written once; of several processes that start together on
//! an empty database, the database lets one write it.

use super::row::digest;
use crate::{
    error::AppError,
    work::{Db, Source as _},
};
use chrono::{DateTime, Utc};
use liangxin_domain::evidence::digest::Sha256;
use liangxin_entity::{
    command, complaint, contact, notice, password_code, recovery_code, refresh_token, report,
    sealed_field, sealed_identity, second_factor, server_key,
};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
    sea_query::{Expr, OnConflict},
};
use uuid::Uuid;

/// What stands in the database for a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proof {
    /// By which the key is known.
    pub check_value: Sha256,
    /// The secret root that it unwraps, for the key that wraps one.
    pub wrapped: Option<Vec<u8>>,
}

impl Proof {
    /// That of a key which wraps nothing.
    #[must_use]
    pub const fn of(check_value: Sha256) -> Self {
        Self {
            check_value,
            wrapped: None,
        }
    }
}

/// What stands for the key of that name.
pub async fn find(db: &Db, name: &str) -> Result<Option<Proof>, AppError> {
    let row = server_key::Entity::find_by_id(name)
        .one(db.connection())
        .await?;
    row.map(|row| {
        Ok(Proof {
            check_value: digest(&row.check_value, "server_key", "check_value")?,
            wrapped: row.wrapped,
        })
    })
    .transpose()
}

/// Writes what stands for a key, unless something does; answers what stands there after it.
pub async fn keep(
    db: &Db,
    name: &str,
    proof: Proof,
    since: DateTime<Utc>,
) -> Result<Proof, AppError> {
    let row = server_key::ActiveModel {
        name: Set(name.to_owned()),
        check_value: Set(proof.check_value.to_string()),
        wrapped: Set(proof.wrapped),
        since: Set(since),
    };
    server_key::Entity::insert(row)
        .on_conflict(
            OnConflict::column(server_key::Column::Name)
                .do_nothing()
                .to_owned(),
        )
        .try_insert()
        .exec_without_returning(db.writer())
        .await?;
    let kept = find(db, name).await?;
    kept.ok_or_else(|| AppError::damaged("server_key", "name"))
}

/// Puts another key in the place of one, if that is still the one; of two who do it at once, one does.
pub async fn replace(
    db: &Db,
    name: &str,
    (before, after): (Sha256, Proof),
    since: DateTime<Utc>,
) -> Result<bool, AppError> {
    let done = server_key::Entity::update_many()
        .col_expr(
            server_key::Column::CheckValue,
            Expr::value(after.check_value.to_string()),
        )
        .col_expr(server_key::Column::Wrapped, Expr::value(after.wrapped))
        .col_expr(server_key::Column::Since, Expr::value(since))
        .filter(server_key::Column::Name.eq(name))
        .filter(server_key::Column::CheckValue.eq(before.to_string()))
        .exec(db.writer())
        .await?;
    Ok(done.rows_affected == 1)
}

/// Every key that is known, by name, with the time since when it is the one.
pub async fn list(db: &Db) -> Result<Vec<(String, DateTime<Utc>, Proof)>, AppError> {
    let rows = server_key::Entity::find()
        .order_by_asc(server_key::Column::Name)
        .all(db.connection())
        .await?;
    rows.into_iter()
        .map(|row| {
            let proof = Proof {
                check_value: digest(&row.check_value, "server_key", "check_value")?,
                wrapped: row.wrapped,
            };
            Ok((row.name, row.since, proof))
        })
        .collect()
}

/// Whether a table has a row.
macro_rules! has {
    ($table:ident, $column:ident, $db:expr) => {{
        let found: Option<bool> = $table::Entity::find()
            .select_only()
            .expr(sea_orm::sea_query::Expr::value(true))
            .filter($table::Column::$column.is_not_null())
            .limit(1)
            .into_tuple()
            .one($db.connection())
            .await?;
        found.is_some()
    }};
}

/// Whether anything was sealed to an identity key.
pub async fn has_sealed_fields(db: &Db) -> Result<bool, AppError> {
    Ok(has!(sealed_field, IdentityId, db))
}

/// Whether anything in the database hangs on the keys of the server: a receipt code, a write that may come again, a sign-in,
/// something sealed. An account alone does not, its password is hashed without a key.
pub async fn hangs_on_keys(db: &Db) -> Result<bool, AppError> {
    Ok(has!(command, Id, db)
        || has!(report, Id, db)
        || has!(complaint, Id, db)
        || has!(refresh_token, TokenHash, db)
        || has!(password_code, UserId, db)
        || has!(recovery_code, UserId, db)
        || has!(second_factor, UserId, db)
        || has!(sealed_identity, Id, db)
        || has!(notice, Id, db))
}

/// The sealed parties of any complaint, with its id.
pub async fn find_particulars(db: &Db) -> Result<Option<(Uuid, Vec<u8>)>, AppError> {
    Ok(complaint::Entity::find()
        .select_only()
        .columns([complaint::Column::Id, complaint::Column::ParticularsSealed])
        .limit(1)
        .into_tuple()
        .one(db.connection())
        .await?)
}

/// The sealed address for news of any matter, with the id of the matter.
pub async fn find_contact(db: &Db) -> Result<Option<(Uuid, Vec<u8>)>, AppError> {
    Ok(contact::Entity::find()
        .select_only()
        .columns([contact::Column::SubjectId, contact::Column::Sealed])
        .limit(1)
        .into_tuple()
        .one(db.connection())
        .await?)
}
