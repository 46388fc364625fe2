//! The files of cases that were taken out: which, by whom, for what.

use crate::{
    error::AppError,
    work::{Source, Work},
};
use chrono::{DateTime, Utc};
use liangxin_domain::{
    id::{BundleId, CaseId, UserId},
    text::Line,
};
use liangxin_entity::{case_bundle, user};
use sea_orm::{ActiveValue::Set, ColumnTrait as _, EntityTrait as _, QueryFilter as _};
use std::collections::HashMap;

/// The file of a case, taken out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    /// Its id.
    pub id: BundleId,
    /// Of which case.
    pub case: CaseId,
    /// By whom.
    pub by: UserId,
    /// For what.
    pub purpose: Line,
    /// When.
    pub at: DateTime<Utc>,
}

/// Notes that the file of a case is taken out.
pub async fn insert(work: &Work, taken: &Taken) -> Result<(), AppError> {
    let Taken {
        id,
        case,
        by,
        purpose,
        at,
    } = taken;
    let row = case_bundle::ActiveModel {
        id: Set(id.uuid()),
        case_id: Set(case.uuid()),
        user_id: Set(by.uuid()),
        purpose: Set(purpose.to_string()),
        at: Set(*at),
    };
    case_bundle::Entity::insert(row)
        .exec_without_returning(work.connection())
        .await?;
    Ok(())
}

/// What was noted, if it was.
pub async fn find(source: &impl Source, id: BundleId) -> Result<Option<Taken>, AppError> {
    let row = case_bundle::Entity::find_by_id(id.uuid())
        .one(source.connection())
        .await?;
    Ok(row.map(|row| Taken {
        id,
        case: CaseId::new(row.case_id),
        by: UserId::new(row.user_id),
        purpose: Line::stored(row.purpose),
        at: row.at,
    }))
}

/// An officer as the file of a case names one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// In Chinese.
    pub name_zh: String,
    /// In English.
    pub name_en: String,
    /// Number of the enforcement certificate.
    pub certificate_no: Option<String>,
}

/// Who they are, also of those whose access ended: who did what stays known by name.
pub async fn names(
    source: &impl Source,
    people: impl IntoIterator<Item = UserId>,
) -> Result<HashMap<UserId, Named>, AppError> {
    let people = people.into_iter().map(UserId::uuid);
    let rows = user::Entity::find()
        .filter(user::Column::Id.is_in(people))
        .all(source.connection())
        .await?;
    let named = rows.into_iter().map(|row| {
        let named = Named {
            name_zh: row.name_zh,
            name_en: row.name_en,
            certificate_no: row.certificate_no,
        };
        (UserId::new(row.id), named)
    });
    Ok(named.collect())
}
