//! Photos on their way: how much of each came, and in which pieces it lies among the objects.

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
        let upload = table("upload")
            .col(uuid("id").primary_key())
            .col(uuid("photo_id"))
            .col(big_integer("size_bytes"))
            .col(big_integer("offset_bytes"))
            .col(uuid_null("holder"))
            .col(timestamp_with_time_zone_null("finishing_until"))
            .col(timestamp_with_time_zone("created_at"))
            .col(timestamp_with_time_zone("expires_at"))
            .foreign_key(&mut to("photo_id", "photo"))
            .take();
        // No foreign key: what was put among the objects is remembered until it is gone from there.
        let part = table("upload_part")
            .col(uuid("id").primary_key())
            .col(uuid("upload_id"))
            .col(big_integer("offset_bytes"))
            .col(big_integer("size_bytes"))
            .col(word("state", &["coming", "held", "dropped"]))
            .col(timestamp_with_time_zone("made_at"))
            .take();
        let lookups = vec![
            index("upload", &["photo_id"]),
            index("upload", &["expires_at"]),
            index("upload_part", &["upload_id", "offset_bytes"]),
            index("upload_part", &["state", "made_at"]),
        ];
        create(manager, vec![upload, part], lookups).await?;
        let db = manager.get_connection();
        db.execute_unprepared(
            "INSERT INTO sweep (kind, run_at, attempt) VALUES ('uploads', '2026-01-01T00:00:00+00:00', 0)",
        )
        .await?;
        Ok(())
    }
}
