//! Comparing what the database says is held with what lies in the store. Both are read in one order, page by page, so that it
//! takes no more memory than one object; nothing is mended.

use crate::{
    app::{App, sha256},
    error::AppError,
    ports::objects::Listed,
    store::held_objects::{self, HeldObject},
};
use chrono::TimeDelta;
use liangxin_domain::evidence::{
    digest::Sha256,
    object::{Area, Name},
};
use std::{cmp::Ordering, collections::VecDeque, fmt};
use strum::IntoEnumIterator as _;

/// How many rows and keys are read together.
const ROWS: usize = 500;

/// What lies in the store for less than this may still be on its way: bytes are kept first and noted then.
const ON_ITS_WAY: TimeDelta = TimeDelta::hours(1);

/// More bytes than any original or copy has. What is longer was altered, and is not read.
const MOST_BYTES: u64 = 200_000_000;

/// Where the store and the database differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Difference {
    /// What the database says is held is not there.
    Missing(Sha256),
    /// What is there is not what was put there.
    Altered(Sha256),
    /// Nothing in the database says that it is held: a photo that was kept and not noted, or something foreign.
    Orphaned(String),
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing(digest) => write!(f, "missing: {digest}"),
            Self::Altered(digest) => write!(f, "altered: {digest}"),
            Self::Orphaned(key) => write!(f, "orphaned: {key}"),
        }
    }
}

/// Reads all that is held back and compares it; tells each difference, and answers how many objects should be there.
pub async fn verify_objects(
    app: &App,
    told: &mut impl FnMut(Difference),
) -> Result<usize, AppError> {
    let mut seen = 0;
    for area in Area::iter() {
        seen += compare(app, area, told).await?;
    }
    Ok(seen)
}

async fn compare(
    app: &App,
    area: Area,
    told: &mut impl FnMut(Difference),
) -> Result<usize, AppError> {
    let (mut held, mut there) = (HeldRows::of(area), ThereRows::of(area));
    let mut seen = 0;
    loop {
        let (kept, listed) = (held.first(app).await?, there.first(app).await?);
        let key = kept.as_ref().map(|kept| kept.name.key());
        let order = match (&key, &listed) {
            (Some(key), Some(listed)) => key.cmp(&listed.key),
            (Some(_), None) => Ordering::Less,
            (None, _) => Ordering::Greater,
        };
        match (order, kept, listed) {
            (Ordering::Equal, Some(kept), Some(listed)) => {
                seen += 1;
                if !is_whole(app, &kept, &listed).await? {
                    told(Difference::Altered(kept.name.digest()));
                }
                held.rows.pop_front();
                there.rows.pop_front();
            }
            (Ordering::Less, Some(kept), _) => {
                seen += 1;
                // It may have come since the page of the store was read, and a copy may be gone since that of the database was.
                if fetch(app, kept.name).await?.is_none()
                    && held_objects::is_known(&app.db, kept.name).await?
                {
                    told(Difference::Missing(kept.name.digest()));
                }
                held.rows.pop_front();
            }
            (_, _, Some(listed)) => {
                if is_orphan(app, &listed).await? {
                    told(Difference::Orphaned(listed.key));
                }
                there.rows.pop_front();
            }
            _ => return Ok(seen),
        }
    }
}

async fn fetch(app: &App, name: Name) -> Result<Option<Vec<u8>>, AppError> {
    let fetched = match name {
        Name::Original(digest) => app.objects.get(digest).await,
        Name::Copy(digest, copy) => app.objects.get_copy(copy, digest).await,
    };
    fetched.map_err(|error| AppError::unavailable("fetch an object", error))
}

async fn is_whole(app: &App, kept: &HeldObject, listed: &Listed) -> Result<bool, AppError> {
    let is_long = kept
        .size_bytes
        .is_some_and(|size| size != listed.size_bytes);
    if is_long || listed.size_bytes > MOST_BYTES {
        return Ok(false);
    }
    let bytes = fetch(app, kept.name).await?;
    let digest = kept.name.digest();
    Ok(match bytes {
        Some(bytes) => sha256(&bytes) == digest,
        // A copy may be gone since the page of the store was read.
        None => !held_objects::is_known(&app.db, kept.name).await?,
    })
}

async fn is_orphan(app: &App, listed: &Listed) -> Result<bool, AppError> {
    if listed
        .came_at
        .is_some_and(|came| came > app.now() - ON_ITS_WAY)
    {
        return Ok(false);
    }
    match Name::of(&listed.key) {
        // It may have been noted since the page of the database was read.
        Some(name) => Ok(!held_objects::is_known(&app.db, name).await?),
        None => Ok(true),
    }
}

/// What the database says is held, in the order of the names.
struct HeldRows {
    area: Area,
    rows: VecDeque<HeldObject>,
    after: Option<Name>,
    is_over: bool,
}

impl HeldRows {
    const fn of(area: Area) -> Self {
        Self {
            area,
            rows: VecDeque::new(),
            after: None,
            is_over: false,
        }
    }

    async fn first(&mut self, app: &App) -> Result<Option<HeldObject>, AppError> {
        if self.rows.is_empty() && !self.is_over {
            let rows = held_objects::list(&app.db, self.area, self.after, ROWS).await?;
            self.rows = rows.into();
            self.after = self.rows.back().map(|kept| kept.name);
            self.is_over = self.rows.is_empty();
        }
        Ok(self.rows.front().cloned())
    }
}

/// What lies in the store, in the order of the keys, which is that of the names.
struct ThereRows {
    area: Area,
    rows: VecDeque<Listed>,
    after: Option<String>,
    is_over: bool,
}

impl ThereRows {
    const fn of(area: Area) -> Self {
        Self {
            area,
            rows: VecDeque::new(),
            after: None,
            is_over: false,
        }
    }

    async fn first(&mut self, app: &App) -> Result<Option<Listed>, AppError> {
        if self.rows.is_empty() && !self.is_over {
            let listed = app.objects.list(self.area, self.after.take(), ROWS).await;
            let listed = listed.map_err(|error| AppError::unavailable("list objects", error))?;
            self.rows = listed.into();
            self.after = self.rows.back().map(|listed| listed.key.clone());
            self.is_over = self.rows.is_empty();
        }
        Ok(self.rows.front().cloned())
    }
}
