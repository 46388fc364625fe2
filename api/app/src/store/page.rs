//! Pages of a list: by key, never by offset, so that a row that comes or goes shifts nothing.

use chrono::{DateTime, Utc};
use liangxin_domain::{
    limits::PageLimit,
    refusal::{Code, Refusal},
};
use sea_orm::{
    ColumnTrait as _, EntityTrait, IdenStatic as _, QueryFilter as _, QueryOrder as _, QueryResult,
    QuerySelect as _, Select,
    sea_query::{Expr, ExprTrait as _},
};
use uuid::Uuid;

use crate::{
    error::AppError,
    store::{
        row::{leave_out, raw_rows, read_each, take_apart},
        visibility::Sight,
    },
    work::Source,
};

/// Where a page begins and how long it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Page {
    /// The last row of the page before.
    pub after: Option<Cursor>,
    /// How many rows.
    pub first: u64,
}

/// The key of a row in a list that is ordered by time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
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

/// Rows that are seen in one way, and the columns of the index that has them in order: a time and an id, the same that
/// the rows hold.
pub(super) struct Turn<E: EntityTrait> {
    /// The rows.
    pub(super) select: Select<E>,
    /// Their time.
    pub(super) at: Expr,
    /// Their id.
    pub(super) id: Expr,
}

impl<E: EntityTrait> Turn<E> {
    /// Each way of a sight, in the order of columns of the rows themselves.
    pub(super) fn each(
        select: &Select<E>,
        sight: Sight,
        (at, id): (E::Column, E::Column),
    ) -> Vec<Self> {
        let ways = sight.ways().into_iter();
        ways.map(|way| Self {
            select: select.clone().filter(way),
            at: at.into_expr(),
            id: id.into_expr(),
        })
        .collect()
    }
}

/// Rows that stand behind a place in the order of two columns. Both are compared at once: of an "or" PostgreSQL makes two
/// ranges of an index, which it then has to sort.
pub(super) fn behind(columns: [Expr; 2], place: [Expr; 2]) -> Expr {
    Expr::tuple(columns).gt(Expr::tuple(place))
}

impl Page {
    /// The rows of the page that are seen in any of the ways, by a time and an id, the earliest first. Each way is one
    /// range of an index, of which no more is read than the page shows.
    pub(super) async fn in_turn<E: EntityTrait>(
        self,
        source: &impl Source,
        (select, sight): (Select<E>, Sight),
        key: (E::Column, E::Column),
    ) -> Result<Rows<E::Model>, AppError> {
        let turns = Turn::each(&select, sight, key);
        self.merged(source, turns, key).await
    }

    /// As [`Page::in_turn`], where a way can have an order of its own.
    pub(super) async fn merged<E: EntityTrait>(
        self,
        source: &impl Source,
        turns: Vec<Turn<E>>,
        key: (E::Column, E::Column),
    ) -> Result<Rows<E::Model>, AppError> {
        let mut rows: Vec<(Cursor, Option<E::Model>)> = Vec::new();
        for turn in turns {
            rows.extend(self.read(source, turn, key).await?);
        }
        rows.sort_by_key(|(at, _)| *at);
        // What is seen in two ways is one row.
        rows.dedup_by_key(|(at, _)| at.id);
        Ok(self.cut(rows))
    }

    /// The rows of a select in an order of its own, in which an id alone leads back to a row's place.
    pub(super) async fn by_id<E: EntityTrait>(
        self,
        source: &impl Source,
        select: Select<E>,
        id: E::Column,
    ) -> Result<Rows<E::Model>, AppError> {
        let rows = raw_rows(source, select.limit(self.first + 1)).await?;
        let rows = read_each(rows, |row| {
            let id = row.try_get("", id.as_str())?;
            let at = DateTime::UNIX_EPOCH;
            Ok(placed::<E>(Cursor { at, id }, &row))
        })?;
        Ok(self.cut(rows))
    }

    /// Of rows and the one behind them, the page. One that cannot be taken apart takes its place in it, so that the next
    /// page begins behind it.
    fn cut<T>(self, mut rows: Vec<(Cursor, Option<T>)>) -> Rows<T> {
        let most = usize::try_from(self.first).unwrap_or(usize::MAX);
        let has_more = rows.len() > most;
        rows.truncate(most);
        let end = rows.last().map(|(at, _)| *at);
        let whole = |(at, row): (Cursor, Option<T>)| Some((at, row?));
        Rows {
            rows: rows.into_iter().filter_map(whole).collect(),
            end,
            has_more,
        }
    }

    /// The rows from where the page begins: one more than it shows, which tells whether more follow. Of one that cannot
    /// be taken apart, its place alone.
    async fn read<E: EntityTrait>(
        self,
        source: &impl Source,
        Turn {
            mut select,
            at: turn,
            id: own,
        }: Turn<E>,
        (time, id): (E::Column, E::Column),
    ) -> Result<Vec<(Cursor, Option<E::Model>)>, AppError> {
        if let Some(last) = self.after {
            let last = [Expr::value(last.at), Expr::value(last.id)];
            select = select.filter(behind([turn.clone(), own.clone()], last));
        }
        let select = select
            .order_by_asc(turn)
            .order_by_asc(own)
            .limit(self.first + 1);
        read_each(raw_rows(source, select).await?, |row| {
            let at = Cursor {
                at: row.try_get("", time.as_str())?,
                id: row.try_get("", id.as_str())?,
            };
            Ok(placed::<E>(at, &row))
        })
    }
}

/// A row at its place. One that cannot be taken apart is told to the log.
fn placed<E: EntityTrait>(at: Cursor, row: &QueryResult) -> (Cursor, Option<E::Model>) {
    let whole = take_apart::<E>(row);
    if let Err(error) = &whole {
        tracing::error!(row = %at.id, "a row of a list cannot be read");
        leave_out(error);
    }
    (at, whole.ok())
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
                    leave_out(&error);
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
