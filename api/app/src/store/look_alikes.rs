//! Photos that look alike: the words that each is searched by, the search, and what was found.
//!
//! A search asks each of the four indexed columns for the bands of the words and all that differ from one of them in one
//! bit, reads nothing but the words out of the index, and only then the rows of those that are near. It costs what is
//! near, not what the table holds.

use crate::{
    error::AppError,
    store::row::{digest, insert_unless_there, word},
    work::{Source, Work},
};
use liangxin_domain::{
    evidence::{
        look_alike::{LookAlike, Resemblance},
        photo::{PhotoKind, PhotoOwner},
    },
    id::{PhotoId, ReportId, VisitId},
};
use liangxin_entity::{photo, photo_look_alike, photo_probe};
use liangxin_picture::likeness::{Likeness, MOST_APART, neighbours};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait as _, Condition, EntityTrait as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _, Select,
    sea_query::{Expr, OnConflict},
};
use std::collections::{BTreeSet, HashMap};
use uuid::Uuid;

/// Most words that a column is asked for in one search. A million photos without a pattern have some two thousand near
/// ones; pictures of one kind of paper may have more, and then the search sees a part of them. A proposal.
const MOST_WORDS: u64 = 50_000;

/// Most words of those that are looked at closer, the nearest first. A proposal.
const MOST_NEAR: usize = 200;

/// Most rows that a search reads. A proposal.
const MOST_ROWS: u64 = 500;

/// Keeps the words that a photo is searched by.
pub async fn insert_probes(work: &Work, id: PhotoId, probes: &[Likeness]) -> Result<(), AppError> {
    let row = photo_probe::ActiveModel {
        photo_id: Set(id.uuid()),
        probes: Set(probes.iter().map(written).collect::<Vec<_>>().join(" ")),
        searched_at: Set(None),
    };
    insert_unless_there(work, row, [photo_probe::Column::PhotoId]).await?;
    Ok(())
}

/// The words that a photo is searched by; none of one that nobody could look at.
pub async fn list_probes(source: &impl Source, id: PhotoId) -> Result<Vec<Likeness>, AppError> {
    let row = photo_probe::Entity::find_by_id(id.uuid())
        .one(source.connection())
        .await?;
    let Some(row) = row else {
        return Ok(Vec::new());
    };
    let words = row.probes.split_whitespace().map(read_word);
    words
        .collect::<Option<_>>()
        .ok_or_else(|| AppError::damaged("photo_probe", "probes"))
}

fn written(word: &Likeness) -> String {
    format!("{:016x}{:016x}", word.frequencies, word.fields)
}

fn read_word(text: &str) -> Option<Likeness> {
    let (frequencies, fields) = text.split_at_checked(16)?;
    Some(Likeness {
        frequencies: u64::from_str_radix(frequencies, 16).ok()?,
        fields: u64::from_str_radix(fields, 16).ok()?,
    })
}

/// The photos of other records that look like one, of any record: those with the same bytes, and those that are like one
/// of the words. Blank pictures are like nothing, and of signatures, which all look alike, only the same bytes count.
pub async fn search(
    source: &impl Source,
    id: PhotoId,
    probes: &[Likeness],
) -> Result<Vec<LookAlike>, AppError> {
    let Some(own) = photo::Entity::find_by_id(id.uuid())
        .one(source.connection())
        .await?
    else {
        return Ok(Vec::new());
    };
    if own.is_blank == Some(true) {
        return Ok(Vec::new());
    }
    let sha256 = digest(&own.sha256, "photo", "sha256")?.to_string();
    let mut rows = held_elsewhere(&own)
        .filter(photo::Column::Sha256.eq(&sha256))
        .all(source.connection())
        .await?;
    let kind: PhotoKind = word(&own.kind, "photo", "kind")?;
    if kind != PhotoKind::Signature {
        let near = near(source, probes).await?;
        rows.extend(list_with(source, &own, &near).await?);
    }
    let found = rows.iter().filter_map(|row| compared(row, &sha256, probes));
    Ok(found.collect())
}

/// How a row looks like what is searched by its digest and its words, if it does.
fn compared(row: &photo::Model, sha256: &str, probes: &[Likeness]) -> Option<LookAlike> {
    let owner = owner(row)?;
    let stored_at = row.stored_at?;
    let like = row.frequencies.zip(row.fields).and_then(|words| {
        let held = Likeness {
            frequencies: words.0.cast_unsigned(),
            fields: words.1.cast_unsigned(),
        };
        let like = probes.iter().filter(|probe| probe.is_like(held));
        like.map(|probe| probe.apart(held)).min()
    });
    let (resemblance, bits_apart) = match like {
        _ if row.sha256 == sha256 => (Resemblance::Exact, 0),
        Some(bits) => (Resemblance::Alike, bits),
        None => return None,
    };
    Some(LookAlike {
        photo: PhotoId::new(row.id),
        owner,
        resemblance,
        bits_apart,
        stored_at,
    })
}

/// The words of all photos that are near one of those that are searched by, the nearest first.
pub async fn near(source: &impl Source, probes: &[Likeness]) -> Result<Vec<Likeness>, AppError> {
    let columns = [
        photo::Column::BandFirst,
        photo::Column::BandSecond,
        photo::Column::BandThird,
        photo::Column::BandFourth,
    ];
    let mut near = BTreeSet::new();
    for (place, column) in columns.into_iter().enumerate() {
        let bands: BTreeSet<i32> = probes
            .iter()
            .filter_map(|probe| probe.bands().get(place).copied())
            .flat_map(neighbours)
            .map(i32::from)
            .collect();
        let words: Vec<i64> = photo::Entity::find()
            .select_only()
            .distinct()
            .column(photo::Column::Frequencies)
            .filter(column.is_in(bands))
            .filter(photo::Column::Frequencies.is_not_null())
            .limit(MOST_WORDS)
            .into_tuple()
            .all(source.connection())
            .await?;
        near.extend(words.into_iter().filter_map(|word| {
            let word = Likeness {
                frequencies: word.cast_unsigned(),
                fields: 0,
            };
            let apart = probes.iter().map(|probe| probe.apart(word)).min()?;
            (apart <= MOST_APART).then_some((apart, word.frequencies))
        }));
    }
    let nearest = near.into_iter().take(MOST_NEAR);
    Ok(nearest
        .map(|(_, frequencies)| Likeness {
            frequencies,
            fields: 0,
        })
        .collect())
}

/// The held photos of other records with one of the words.
async fn list_with(
    source: &impl Source,
    own: &photo::Model,
    words: &[Likeness],
) -> Result<Vec<photo::Model>, AppError> {
    if words.is_empty() {
        return Ok(Vec::new());
    }
    // The band leads to the words in the index.
    let bands: BTreeSet<i32> = words
        .iter()
        .map(|word| i32::from(word.bands()[0]))
        .collect();
    let frequencies = words.iter().map(|word| word.frequencies.cast_signed());
    Ok(held_elsewhere(own)
        .filter(photo::Column::BandFirst.is_in(bands))
        .filter(photo::Column::Frequencies.is_in(frequencies))
        .filter(photo::Column::Kind.ne(PhotoKind::Signature.to_string()))
        .all(source.connection())
        .await?)
}

/// Photos that are held, not blank, and another record's, the oldest first.
fn held_elsewhere(own: &photo::Model) -> Select<photo::Entity> {
    let others = |column: photo::Column, id: Option<Uuid>| {
        id.map(|id| Condition::any().add(column.is_null()).add(column.ne(id)))
    };
    let mut select = photo::Entity::find()
        .filter(photo::Column::StoredAt.is_not_null())
        .filter(
            Condition::any()
                // Nobody could look at it.
                .add(photo::Column::IsBlank.is_null())
                .add(photo::Column::IsBlank.eq(false)),
        );
    for condition in [
        others(photo::Column::ReportId, own.report_id),
        others(photo::Column::VisitId, own.visit_id),
    ] {
        select = select.filter(condition.unwrap_or_else(Condition::all));
    }
    select
        .order_by_asc(photo::Column::StoredAt)
        .order_by_asc(photo::Column::Id)
        .limit(MOST_ROWS)
}

/// Keeps what was found for a photo, so that it is seen from both; answers whether any of it is new.
pub async fn insert(work: &Work, id: PhotoId, found: &[LookAlike]) -> Result<bool, AppError> {
    photo_probe::Entity::update_many()
        .col_expr(photo_probe::Column::SearchedAt, Expr::value(work.now()))
        .filter(photo_probe::Column::PhotoId.eq(id.uuid()))
        .exec(work.connection())
        .await?;
    if found.is_empty() {
        return Ok(false);
    }
    let rows = found.iter().flat_map(|found| {
        let ways = [(id, found.photo), (found.photo, id)];
        ways.map(|(one, other)| photo_look_alike::ActiveModel {
            photo_id: Set(one.uuid()),
            other_id: Set(other.uuid()),
            is_exact: Set(found.resemblance == Resemblance::Exact),
            bits_apart: Set(i32::try_from(found.bits_apart).unwrap_or(i32::MAX)),
            found_at: Set(work.now()),
        })
    });
    let inserted = photo_look_alike::Entity::insert_many(rows)
        .on_conflict(OnConflict::new().do_nothing().to_owned())
        .try_insert()
        .exec_without_returning(work.connection())
        .await?;
    Ok(matches!(inserted, sea_orm::TryInsertResult::Inserted(1..)))
}

/// What was found for a photo, of any record: officers' photos first, then the same bytes, then the nearer ones. Whoever
/// asks for somebody leaves out what this person may not see.
pub async fn list(source: &impl Source, id: PhotoId) -> Result<Vec<LookAlike>, AppError> {
    let links = photo_look_alike::Entity::find()
        .filter(photo_look_alike::Column::PhotoId.eq(id.uuid()))
        .order_by_desc(photo_look_alike::Column::IsExact)
        .order_by_asc(photo_look_alike::Column::BitsApart)
        .order_by_asc(photo_look_alike::Column::FoundAt)
        .limit(MOST_ROWS)
        .all(source.connection())
        .await?;
    let links: HashMap<Uuid, photo_look_alike::Model> = links
        .into_iter()
        .map(|link| (link.other_id, link))
        .collect();
    let photos = photo::Entity::find()
        .filter(photo::Column::Id.is_in(links.keys().copied()))
        .all(source.connection())
        .await?;
    let mut found: Vec<LookAlike> = photos
        .iter()
        .filter_map(|row| {
            let link = links.get(&row.id)?;
            Some(LookAlike {
                photo: PhotoId::new(row.id),
                owner: owner(row)?,
                resemblance: match link.is_exact {
                    true => Resemblance::Exact,
                    false => Resemblance::Alike,
                },
                bits_apart: u32::try_from(link.bits_apart).unwrap_or_default(),
                stored_at: row.stored_at?,
            })
        })
        .collect();
    found.sort_by_key(|found| {
        let is_of_report = matches!(found.owner, PhotoOwner::Report(_));
        let is_exact = found.resemblance == Resemblance::Exact;
        let order = (is_of_report, !is_exact, found.bits_apart);
        (order, found.stored_at, found.photo.uuid())
    });
    Ok(found)
}

fn owner(row: &photo::Model) -> Option<PhotoOwner> {
    match (row.report_id, row.visit_id) {
        (Some(report), None) => Some(PhotoOwner::Report(ReportId::new(report))),
        (None, Some(visit)) => Some(PhotoOwner::Visit(VisitId::new(visit))),
        _ => None,
    }
}
