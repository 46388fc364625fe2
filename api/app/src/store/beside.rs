//! What stands beside events now, as the rows say it: the digests of bytes, purposes and reasons. A row that cannot be read
//! says nothing, and is missed by whoever compares.

use crate::{error::AppError, store::row::list_each, work::Source};
use liangxin_domain::{
    event::beside::Beside,
    evidence::digest::{Sha256, Sm3},
    id::{PhotoId, RedactionId, UserId},
};
use liangxin_entity::{case_bundle, original_digest, original_opening, photo, redaction};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};
use std::collections::HashMap;
use uuid::Uuid;

/// What stands beside the events about some things: photos, and the files of cases that were taken out.
pub async fn list(source: &impl Source, about: &[Uuid]) -> Result<Vec<Beside>, AppError> {
    let mut found = photos(source, about).await?;
    found.extend(openings(source, about).await?);
    found.extend(bundles(source, about).await?);
    found.extend(redactions(source, about).await?);
    Ok(found)
}

async fn photos(source: &impl Source, about: &[Uuid]) -> Result<Vec<Beside>, AppError> {
    let rows = photo::Entity::find().filter(photo::Column::Id.is_in(about.iter().copied()));
    let rows = list_each(source, rows).await?;
    let digests = rows.iter().map(|row| row.sha256.clone());
    let others =
        original_digest::Entity::find().filter(original_digest::Column::Sha256.is_in(digests));
    let others = list_each(source, others).await?;
    let others: HashMap<String, String> =
        others.into_iter().map(|it| (it.sha256, it.sm3)).collect();
    let mut found = Vec::new();
    for row in rows {
        found.extend(others.get(&row.sha256).and_then(|sm3| held(&row, sm3)));
        found.extend(withdrawn(row));
    }
    Ok(found)
}

fn held(row: &photo::Model, sm3: &str) -> Option<Beside> {
    Some(Beside::Photo {
        id: PhotoId::new(row.id),
        sha256: Sha256::parse(&row.sha256, "sha256").ok()?,
        size_bytes: u64::try_from(row.size_bytes).ok()?,
        sm3: Sm3::parse(sm3, "sm3").ok()?,
    })
}

fn withdrawn(row: photo::Model) -> Option<Beside> {
    Some(Beside::Withdrawn {
        by: UserId::new(row.withdrawn_by?),
        id: PhotoId::new(row.id),
        reason: row.withdrawn_reason?,
    })
}

async fn openings(source: &impl Source, about: &[Uuid]) -> Result<Vec<Beside>, AppError> {
    let rows = original_opening::Entity::find()
        .filter(original_opening::Column::PhotoId.is_in(about.iter().copied()));
    let rows = list_each(source, rows).await?.into_iter();
    let opened = rows.map(|row| Beside::Purpose {
        by: UserId::new(row.user_id),
        id: row.id,
        of: row.photo_id,
        purpose: row.purpose,
    });
    Ok(opened.collect())
}

async fn bundles(source: &impl Source, about: &[Uuid]) -> Result<Vec<Beside>, AppError> {
    let rows =
        case_bundle::Entity::find().filter(case_bundle::Column::Id.is_in(about.iter().copied()));
    let rows = list_each(source, rows).await?.into_iter();
    let taken = rows.map(|row| Beside::Purpose {
        by: UserId::new(row.user_id),
        id: row.id,
        of: row.case_id,
        purpose: row.purpose,
    });
    Ok(taken.collect())
}

async fn redactions(source: &impl Source, about: &[Uuid]) -> Result<Vec<Beside>, AppError> {
    let rows =
        redaction::Entity::find().filter(redaction::Column::PhotoId.is_in(about.iter().copied()));
    let mut found = Vec::new();
    for row in list_each(source, rows).await? {
        let (id, of) = (RedactionId::new(row.id), PhotoId::new(row.photo_id));
        found.push(Beside::Covered {
            area: [row.left, row.top, row.width, row.height],
            by: UserId::new(row.made_by),
            id,
            of,
            reason: row.reason,
        });
        if let (Some(by), Some(reason)) = (row.removed_by, row.removal_reason) {
            let by = UserId::new(by);
            found.push(Beside::Uncovered { by, id, of, reason });
        }
    }
    Ok(found)
}
