//! People by their ids, as pages and papers name them.

use super::{list, read_list};
use crate::{error::AppError, work::Source};
use liangxin_domain::{accounts::account::Account, id::UserId};
use liangxin_entity::user;
use sea_orm::{ColumnTrait as _, Condition, EntityTrait as _, QueryFilter as _};
use std::collections::HashMap;

/// People by their ids, for telling them something; without those who left.
pub async fn list_by_ids(
    source: &impl Source,
    ids: &[UserId],
) -> Result<HashMap<UserId, Account>, AppError> {
    let them = Condition::all().add(user::Column::Id.is_in(ids.iter().map(|id| id.uuid())));
    let people = list(source, them).await?;
    Ok(people
        .into_iter()
        .map(|account| (account.id, account))
        .collect())
}

/// People by their ids, for showing names beside what they did; those too who left: what somebody did stays theirs.
pub async fn list_named(
    source: &impl Source,
    ids: &[UserId],
) -> Result<HashMap<UserId, Account>, AppError> {
    let them = user::Column::Id.is_in(ids.iter().map(|id| id.uuid()));
    let people = read_list(source, user::Entity::find().filter(them)).await?;
    Ok(people
        .into_iter()
        .map(|account| (account.id, account))
        .collect())
}

/// The Chinese name of somebody, who may have left.
pub async fn name_zh(source: &impl Source, id: UserId) -> Result<String, AppError> {
    let mut people = list_named(source, &[id]).await?;
    let person = people.remove(&id);
    person
        .map(|account| account.name_zh)
        .ok_or_else(|| AppError::damaged("user", "id"))
}
