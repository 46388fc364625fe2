//! Pages of a list: by key, never by offset, so that a row that comes or goes shifts nothing.

use chrono::{DateTime, Utc};
use liangxin_domain::{
    limits::PageLimit,
    refusal::{Code, Refusal},
};
use uuid::Uuid;

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

impl<T> Rows<T> {
    /// Cuts the one row that was fetched to see whether more follow.
    pub(super) fn cut(mut rows: Vec<(Cursor, T)>, page: Page) -> Self {
        let most = usize::try_from(page.first).unwrap_or(usize::MAX);
        let has_more = rows.len() > most;
        rows.truncate(most);
        Self { rows, has_more }
    }
}
