//! Pages of a list: by key, never by offset, so that a row that comes or goes shifts nothing.

use chrono::{DateTime, Utc};
use liangxin_domain::{
    limits::PageLimit,
    refusal::{Code, Refusal},
};
use sea_orm::{
    ColumnTrait as _, Condition, EntityTrait, ModelTrait as _, Order, QueryFilter as _,
    QueryOrder as _, QuerySelect as _, Select, Value,
};
use uuid::Uuid;

use crate::{error::AppError, work::Source};

/// Where a page begins and how long it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Page {
    /// The last row of the page before.
    pub after: Option<Cursor>,
    /// How many rows.
    pub first: u64,
}

/// The key of a row in a list that is ordered by time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cursor {
    /// The time.
    pub at: DateTime<Utc>,
    /// The id, to tell equal times apart.
    pub id: Uuid,
}

/// A page of rows.
#[derive(Debug, Clone, PartialEq)]
pub struct Rows<T> {
    /// The rows with their keys.
    pub rows: Vec<(Cursor, T)>,
    /// Where the page ends, also if its last row could not be read.
    pub end: Option<Cursor>,
    /// Whether more follow.
    pub has_more: bool,
}

impl Page {
    /// Reads what a client asked for; too much is refused, not clamped.
    pub fn parse(
        first: Option<i32>,
        after: Option<Cursor>,
        limit: PageLimit,
    ) -> Result<Self, Refusal> {
        let refusal = || Refusal::on(Code::PageTooLarge, "first").with(limit.most.to_string());
        let first = match first {
            None => limit.default,
            Some(first) => u32::try_from(first).map_err(|_| refusal())?,
        };
        if first > limit.most {
            return Err(refusal());
        }
        Ok(Self {
            after,
            first: u64::from(first),
        })
    }
}

impl Page {
    /// The rows of the page, by a time and an id, oldest first.
    pub(super) async fn oldest_first<E: EntityTrait>(
        self,
        source: &impl Source,
        select: Select<E>,
        key: (E::Column, E::Column),
    ) -> Result<Rows<E::Model>, AppError> {
        self.fetch(source, select, key, Order::Asc).await
    }

    /// The rows of the page, by a time and an id, newest first.
    pub(super) async fn newest_first<E: EntityTrait>(
        self,
        source: &impl Source,
        select: Select<E>,
        key: (E::Column, E::Column),
    ) -> Result<Rows<E::Model>, AppError> {
        self.fetch(source, select, key, Order::Desc).await
    }

    async fn fetch<E: EntityTrait>(
        self,
        source: &impl Source,
        mut select: Select<E>,
        (time, id): (E::Column, E::Column),
        order: Order,
    ) -> Result<Rows<E::Model>, AppError> {
        if let Some(last) = self.after {
            let (beyond, next) = match order {
                Order::Desc => (time.lt(last.at), id.lt(last.id)),
                _ => (time.gt(last.at), id.gt(last.id)),
            };
            let equal = Condition::all().add(time.eq(last.at)).add(next);
            select = select.filter(Condition::any().add(beyond).add(equal));
        }
        // One more than was asked for tells whether more follow.
        let found = select
            .order_by(time, order.clone())
            .order_by(id, order)
            .limit(self.first + 1)
            .all(source.connection())
            .await?;
        let most = usize::try_from(self.first).unwrap_or(usize::MAX);
        let has_more = found.len() > most;
        let keyed = found.into_iter().take(most).map(|row| {
            let (Value::ChronoDateTimeUtc(Some(at)), Value::Uuid(Some(id))) =
                (row.get(time), row.get(id))
            else {
                return Err(AppError::internal(
                    "page a list",
                    "its key is no time and id",
                ));
            };
            Ok((Cursor { at, id }, row))
        });
        let rows: Vec<_> = keyed.collect::<Result<_, AppError>>()?;
        Ok(Rows {
            end: rows.last().map(|(key, _)| *key),
            rows,
            has_more,
        })
    }
}

impl<T> Rows<T> {
    /// What the rows say. One that cannot be read is told to the log and left out: it must not empty a
    /// list. The page goes on behind it all the same.
    pub(super) fn read<U>(
        self,
        mut read: impl FnMut(T) -> Result<U, AppError>,
    ) -> Result<Rows<U>, AppError> {
        let mut rows = Vec::with_capacity(self.rows.len());
        for (key, row) in self.rows {
            match read(row) {
                Ok(row) => rows.push((key, row)),
                Err(error @ AppError::Internal { .. }) => {
                    tracing::error!(row = %key.id, "a row of a list cannot be read");
                    error.log();
                }
                Err(error) => return Err(error),
            }
        }
        Ok(Rows {
            rows,
            end: self.end,
            has_more: self.has_more,
        })
    }
}
