//! Writes from the field that are held, and the look that is made at those that wait.

use crate::table::{create, index, table};
use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let item = table("held_item")
            .col(uuid("id").primary_key())
            .col(uuid("write_id"))
            .col(uuid("sender_id"))
            .col(uuid("device_id"))
            .col(string_len("division", 6))
            .col(string_len("operation", 64))
            .col(uuid("thing"))
            .col(text("content"))
            .col(integer("size_bytes"))
            .col(string_len("reason", 16))
            .col(string_len_null("refused_with", 64))
            .col(timestamp_with_time_zone("arrived_at"))
            .col(timestamp_with_time_zone("tried_at"))
            .col(string_len("state", 16))
            .col(timestamp_with_time_zone_null("settled_at"))
            .col(uuid_null("settled_by"))
            .col(text_null("settle_reason"))
            .col(integer("version"))
            .take();
        let indexes = vec![
            index("held_item", &["sender_id", "state"]),
            index("held_item", &["thing", "state"]),
            index("held_item", &["state", "tried_at", "id"]),
            index("held_item", &["division", "state", "arrived_at", "id"]),
        ];
        create(manager, vec![item], indexes).await?;
        let look = "INSERT INTO sweep (kind, run_at, attempt) VALUES ('held', '2026-01-01T00:00:00+00:00', 0)";
        manager
            .get_connection()
            .execute_unprepared(look)
            .await
            .map(drop)
    }
}
