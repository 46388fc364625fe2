//! Rows that are needed for a while only, and how they go.

use crate::{
    error::AppError,
    work::{Db, Source as _},
};
use sea_orm::{
    ColumnTrait as _, Condition, EntityTrait, QueryFilter as _, QuerySelect as _, TryGetable, Value,
};

/// How many go at once, so that nobody waits long for the writer.
const AT_ONCE: u64 = 1000;

/// Deletes the rows of a table that nobody needs any more. `key` is its key.
pub(super) async fn clear<E, K>(db: &Db, key: E::Column, gone: Condition) -> Result<(), AppError>
where
    E: EntityTrait,
    K: TryGetable + Into<Value> + Send,
{
    loop {
        // A look takes no lock; most find nothing.
        let found: Vec<K> = E::find()
            .select_only()
            .column(key)
            .filter(gone.clone())
            .limit(AT_ONCE)
            .into_tuple()
            .all(db.connection())
            .await?;
        if found.is_empty() {
            return Ok(());
        }
        // Again under the condition: a key can come to life in between.
        E::delete_many()
            .filter(key.is_in(found))
            .filter(gone.clone())
            .exec(db.writer())
            .await?;
    }
}
