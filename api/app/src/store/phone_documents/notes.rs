//! What a work changed, told to the phones that it concerns, in the work itself and as its last act.
//!
//! Whom a visit concerns is who is sent on it and who was there; whom a merchant, who has a visit to it on the phone; whom an
//! instrument, whom its merchant does. On PostgreSQL two works that change these relations at once would each not see the
//! other: so whoever tells phones of a visit or of a merchant holds its row first, visits before merchants and each in the
//! order of their ids. The place of a change is its transaction (see [`super::tide`]).

use crate::{
    error::AppError,
    store::row::list_each,
    work::{Source as _, Touched, Work},
};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use liangxin_domain::{
    limits::{PULLED_DAYS, PULLED_GONE_DAYS},
    pull::Collection,
};
use liangxin_entity::{
    instrument, merchant, phone_document, visit, visit_arrival, visit_inspector,
};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait as _, Condition, ConnectionTrait as _, DbBackend, EntityTrait as _, JoinType,
    QueryFilter as _, QueryOrder as _, QuerySelect as _, RelationDef, Statement,
    sea_query::{LockType, OnConflict},
};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// As many rows are written at once.
const ROWS: usize = 500;

type Ids = BTreeSet<Uuid>;

/// Until when a document stays, where that is known.
type Until = Option<DateTime<Utc>>;

/// Who should have which document: a person and a document.
type Pair = (Uuid, Uuid);

/// Tells phones what a work touched.
pub(crate) async fn keep(work: &Work) -> Result<(), AppError> {
    let (mut visits, mut merchants, mut instruments) = (Ids::new(), Ids::new(), Ids::new());
    let mut ledgers = Ids::new();
    for touched in work.take_touched() {
        match touched {
            Touched::Visit(visit) => visits.insert(visit.uuid()),
            Touched::Merchant(merchant) => merchants.insert(merchant.uuid()),
            Touched::Instrument(instrument, merchant) => {
                ledgers.insert(merchant.uuid());
                instruments.insert(instrument.uuid())
            }
        };
    }
    let around = keep_visits(work, &visits).await?;
    let shown: Ids = &(&merchants | &ledgers) | &around;
    if shown.is_empty() {
        return Ok(());
    }
    hold_merchants(work, &shown).await?;
    let users = users_at(work, &shown).await?;
    let all = &merchants | &around;
    let wanted = all.iter().flat_map(|merchant| {
        let users = users.get(merchant).into_iter().flatten();
        users.map(move |user| ((*user, *merchant), None))
    });
    let wanted: BTreeMap<Pair, Until> = wanted.collect();
    let moved = settle(work, Collection::Merchant, (&all, &merchants), &wanted).await?;
    keep_instruments(work, (&instruments, &moved), &users).await
}

/// Tells of visits; answers the merchants of those that somebody got or lost.
async fn keep_visits(work: &Work, visits: &Ids) -> Result<Ids, AppError> {
    if visits.is_empty() {
        return Ok(Ids::new());
    }
    let held: Vec<(Uuid, Uuid, Until)> = visit::Entity::find()
        .select_only()
        .column(visit::Column::Id)
        .column(visit::Column::MerchantId)
        .column(visit::Column::SubmittedAt)
        .filter(visit::Column::Id.is_in(visits.iter().copied()))
        .order_by_asc(visit::Column::Id)
        .lock(LockType::NoKeyUpdate)
        .into_tuple()
        .all(work.connection())
        .await?;
    let stay = |closed_at: Until| Some(closed_at? + TimeDelta::days(PULLED_DAYS));
    let untils = held.iter().map(|(id, _, closed)| (*id, stay(*closed)));
    let untils: BTreeMap<Uuid, Until> = untils
        .filter(|(_, until)| until.is_none_or(|until| until > work.now()))
        .collect();
    let mut wanted = BTreeMap::new();
    for (visit, user) in people_of(work, visits).await? {
        if let Some(until) = untils.get(&visit) {
            wanted.insert((user, visit), *until);
        }
    }
    let moved = settle(work, Collection::Visit, (visits, visits), &wanted).await?;
    let merchants = held.iter().filter(|(id, ..)| moved.contains(id));
    Ok(merchants.map(|(_, merchant, _)| *merchant).collect())
}

/// Visits with who is sent on them and who was there.
async fn people_of(work: &Work, visits: &Ids) -> Result<Vec<Pair>, AppError> {
    let mut people: Vec<Pair> = visit_inspector::Entity::find()
        .select_only()
        .column(visit_inspector::Column::VisitId)
        .column(visit_inspector::Column::UserId)
        .filter(visit_inspector::Column::VisitId.is_in(visits.iter().copied()))
        .into_tuple()
        .all(work.connection())
        .await?;
    let there: Vec<Pair> = visit_arrival::Entity::find()
        .select_only()
        .column(visit_arrival::Column::VisitId)
        .column(visit_arrival::Column::UserId)
        .filter(visit_arrival::Column::VisitId.is_in(visits.iter().copied()))
        .into_tuple()
        .all(work.connection())
        .await?;
    people.extend(there);
    Ok(people)
}

/// Holds merchants until the work ends.
async fn hold_merchants(work: &Work, merchants: &Ids) -> Result<(), AppError> {
    merchant::Entity::find()
        .select_only()
        .column(merchant::Column::Id)
        .filter(merchant::Column::Id.is_in(merchants.iter().copied()))
        .order_by_asc(merchant::Column::Id)
        .lock(LockType::NoKeyUpdate)
        .into_tuple::<Uuid>()
        .all(work.connection())
        .await?;
    Ok(())
}

/// Who has a visit to which of some merchants on the phone.
async fn users_at(work: &Work, merchants: &Ids) -> Result<BTreeMap<Uuid, Ids>, AppError> {
    let to: RelationDef = phone_document::Entity::belongs_to(visit::Entity)
        .from(phone_document::Column::DocumentId)
        .to(visit::Column::Id)
        .into();
    let found: Vec<Pair> = phone_document::Entity::find()
        .select_only()
        .column(visit::Column::MerchantId)
        .column(phone_document::Column::UserId)
        .join(JoinType::InnerJoin, to)
        .filter(visit::Column::MerchantId.is_in(merchants.iter().copied()))
        .filter(phone_document::Column::Collection.eq(Collection::Visit.to_string()))
        .filter(phone_document::Column::IsGone.eq(false))
        .into_tuple()
        .all(work.connection())
        .await?;
    let mut users: BTreeMap<_, Ids> = BTreeMap::new();
    for (merchant, user) in found {
        users.entry(merchant).or_default().insert(user);
    }
    Ok(users)
}

/// Tells of instruments that were touched, and of those on the ledgers of merchants that somebody got or lost.
async fn keep_instruments(
    work: &Work,
    (touched, moved): (&Ids, &Ids),
    users: &BTreeMap<Uuid, Ids>,
) -> Result<(), AppError> {
    if touched.is_empty() && moved.is_empty() {
        return Ok(());
    }
    let in_use_there = Condition::all()
        .add(instrument::Column::MerchantId.is_in(moved.iter().copied()))
        .add(instrument::Column::RetiredOn.is_null());
    let concerned = Condition::any()
        .add(instrument::Column::Id.is_in(touched.iter().copied()))
        .add(in_use_there);
    let found: Vec<(Uuid, Uuid, Option<NaiveDate>)> = instrument::Entity::find()
        .select_only()
        .column(instrument::Column::Id)
        .column(instrument::Column::MerchantId)
        .column(instrument::Column::RetiredOn)
        .filter(concerned)
        .into_tuple()
        .all(work.connection())
        .await?;
    let all: Ids = found.iter().map(|(id, ..)| *id).collect();
    let in_use = found.iter().filter(|(.., retired_on)| retired_on.is_none());
    let wanted = in_use.flat_map(|(id, merchant, _)| {
        let users = users.get(merchant).into_iter().flatten();
        users.map(move |user| ((*user, *id), None))
    });
    let wanted: BTreeMap<Pair, Until> = wanted.collect();
    settle(work, Collection::Instrument, (&all, touched), &wanted).await?;
    Ok(())
}

/// Tells of some documents, of which some were touched: whoever should have one and has not gets it, whoever should not and
/// has loses it, and whoever has a touched one gets it again. Answers those that somebody got or lost.
async fn settle(
    work: &Work,
    collection: Collection,
    (all, touched): (&Ids, &Ids),
    wanted: &BTreeMap<Pair, Until>,
) -> Result<Ids, AppError> {
    if all.is_empty() {
        return Ok(Ids::new());
    }
    let had = phone_document::Entity::find()
        .filter(phone_document::Column::Collection.eq(collection.to_string()))
        .filter(phone_document::Column::DocumentId.is_in(all.iter().copied()))
        .filter(phone_document::Column::IsGone.eq(false));
    let had = list_each(work, had).await?.into_iter();
    let had: BTreeSet<Pair> = had.map(|row| (row.user_id, row.document_id)).collect();
    let mut rows: BTreeMap<Pair, (bool, Until)> = BTreeMap::new();
    let mut moved = Ids::new();
    for (pair, until) in wanted {
        let is_new = !had.contains(pair);
        if is_new {
            moved.insert(pair.1);
        }
        if is_new || touched.contains(&pair.1) {
            rows.insert(*pair, (false, *until));
        }
    }
    let forgotten_at = work.now() + TimeDelta::days(PULLED_GONE_DAYS);
    for pair in had.iter().filter(|pair| !wanted.contains_key(pair)) {
        moved.insert(pair.1);
        rows.insert(*pair, (true, Some(forgotten_at)));
    }
    write(work, collection, rows).await?;
    Ok(moved)
}

/// Writes rows in the order of their keys, in which everybody who writes some meets them.
async fn write(
    work: &Work,
    collection: Collection,
    rows: BTreeMap<Pair, (bool, Until)>,
) -> Result<(), AppError> {
    if rows.is_empty() {
        return Ok(());
    }
    let position = position(work).await?;
    let row =
        |((user, document), (is_gone, until)): (Pair, (bool, Until))| phone_document::ActiveModel {
            user_id: Set(user),
            collection: Set(collection.to_string()),
            document_id: Set(document),
            position: Set(position),
            is_gone: Set(is_gone),
            until: Set(until),
            noted_at: Set(Some(work.now())),
        };
    let rows: Vec<_> = rows.into_iter().map(row).collect();
    for some in rows.chunks(ROWS) {
        let anew = OnConflict::columns([
            phone_document::Column::UserId,
            phone_document::Column::Collection,
            phone_document::Column::DocumentId,
        ])
        .update_columns([
            phone_document::Column::Position,
            phone_document::Column::IsGone,
            phone_document::Column::Until,
            phone_document::Column::NotedAt,
        ])
        .to_owned();
        phone_document::Entity::insert_many(some.to_vec())
            .on_conflict(anew)
            .exec_without_returning(work.connection())
            .await?;
    }
    Ok(())
}

/// Where the changes of this work stand.
async fn position(work: &Work) -> Result<i64, AppError> {
    let connection = work.connection();
    let (backend, sql) = match connection.get_database_backend() {
        DbBackend::Postgres => (
            DbBackend::Postgres,
            "SELECT pg_current_xact_id()::text::bigint AS position",
        ),
        other => (
            other,
            "SELECT COALESCE(MAX(position), 0) + 1 AS position FROM phone_document \
             WHERE position < 9223372036854775807",
        ),
    };
    let statement = Statement::from_string(backend, sql);
    let row = connection.query_one_raw(statement).await?;
    let row = row.ok_or_else(|| AppError::unavailable("place a change", "no row"))?;
    Ok(row.try_get("", "position")?)
}
