//! The files of cases that were taken out: which, by whom, for what.

use crate::{
    error::AppError,
    store::row::{digest, insert_new, insert_unless_there},
    work::{Source, Work},
};
use chrono::{DateTime, Utc};
use liangxin_domain::{
    evidence::digest::Sha256,
    id::{BundleId, CaseId, DeviceId, UserId},
    text::Line,
};
use liangxin_entity::{case_bundle, fetched_bundle, user};
use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _,
};
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
    /// When it was taken out.
    pub at: DateTime<Utc>,
    /// On which device; not known of the first ones.
    pub device: Option<DeviceId>,
}

/// What was fetched by a link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fetched {
    /// Digest of the list that names the digest of every other part.
    pub manifest: Sha256,
    /// When it was fetched so for the first time.
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
        device,
    } = taken;
    let row = case_bundle::ActiveModel {
        id: Set(id.uuid()),
        case_id: Set(case.uuid()),
        user_id: Set(by.uuid()),
        purpose: Set(purpose.to_string()),
        at: Set(*at),
        device_id: Set(device.map(DeviceId::uuid)),
    };
    insert_new(work, row).await
}

/// What was noted, if it was.
pub async fn find(source: &impl Source, id: BundleId) -> Result<Option<Taken>, AppError> {
    let row = case_bundle::Entity::find_by_id(id.uuid())
        .one(source.connection())
        .await?;
    Ok(row.map(read))
}

/// How often the file of a case was taken out, the last time first; at most `most` times.
pub async fn list(
    source: &impl Source,
    case: CaseId,
    most: u64,
) -> Result<Vec<(Taken, Vec<Fetched>)>, AppError> {
    let rows = case_bundle::Entity::find()
        .filter(case_bundle::Column::CaseId.eq(case.uuid()))
        .order_by_desc(case_bundle::Column::At)
        .order_by_desc(case_bundle::Column::Id)
        .limit(most)
        .all(source.connection())
        .await?;
    let ids = rows.iter().map(|row| row.id);
    let fetched = fetched_bundle::Entity::find()
        .filter(fetched_bundle::Column::BundleId.is_in(ids))
        .order_by_asc(fetched_bundle::Column::At)
        .order_by_asc(fetched_bundle::Column::ManifestSha256)
        .all(source.connection())
        .await?;
    let mut of_bundle: HashMap<_, Vec<Fetched>> = HashMap::new();
    for row in fetched {
        let manifest = digest(&row.manifest_sha256, "fetched_bundle", "manifest_sha256")?;
        let fetched = of_bundle.entry(row.bundle_id).or_default();
        fetched.push(Fetched {
            manifest,
            at: row.at,
        });
    }
    let taken = rows.into_iter().map(|row| {
        let fetched = of_bundle.remove(&row.id).unwrap_or_default();
        (read(row), fetched)
    });
    Ok(taken.collect())
}

/// Notes what is fetched by a link. The same again is the same.
pub async fn note_fetched(work: &Work, id: BundleId, manifest: Sha256) -> Result<(), AppError> {
    let row = fetched_bundle::ActiveModel {
        bundle_id: Set(id.uuid()),
        manifest_sha256: Set(manifest.to_string()),
        at: Set(work.now()),
    };
    let key = [
        fetched_bundle::Column::BundleId,
        fetched_bundle::Column::ManifestSha256,
    ];
    insert_unless_there(work, row, key).await?;
    Ok(())
}

fn read(row: case_bundle::Model) -> Taken {
    Taken {
        id: BundleId::new(row.id),
        case: CaseId::new(row.case_id),
        by: UserId::new(row.user_id),
        purpose: Line::stored(row.purpose),
        at: row.at,
        device: row.device_id.map(DeviceId::new),
    }
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
