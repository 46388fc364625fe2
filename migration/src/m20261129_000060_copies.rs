//! Copies of photos lie under names of their own, one for each making, so that the bytes of one that is not shown any more go, and no
//! original can be meant. Copies that were made before are made anew when somebody looks.

use crate::table::{create, index, table, to, word};
use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .drop_table(Table::drop().table("photo_copy").take())
            .await?;
        let copy = table("photo_copy")
            .col(uuid("id").primary_key())
            .col(uuid("photo_id"))
            .col(integer("acts"))
            .col(string_len("large_sha256", 64))
            .col(string_len("small_sha256", 64))
            .col(word("state", &["coming", "held", "dropped"]))
            .col(timestamp_with_time_zone("made_at"))
            .foreign_key(&mut to("photo_id", "photo"))
            .take();
        let lookups = vec![
            index("photo_copy", &["photo_id", "state"]),
            index("photo_copy", &["state", "made_at"]),
            // Compared with the store in the order of their names, which begin with the digest.
            index("photo_copy", &["large_sha256", "id"]),
            index("photo_copy", &["small_sha256", "id"]),
        ];
        create(manager, vec![copy], lookups).await
    }
}
