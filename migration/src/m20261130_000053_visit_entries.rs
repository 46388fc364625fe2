//! What was written on visits: each write with what its phone said of when it was, and between which moments it can have been.

use crate::table::{create, index, table, to};
use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let entry = table("visit_entry")
            .col(uuid("id").primary_key())
            .col(uuid("visit_id"))
            .col(string_len("act", 32))
            .col(uuid_null("entry_id"))
            .col(uuid("user_id"))
            .col(string_len_null("boot_id", 64))
            .col(timestamp_with_time_zone("received_at"))
            .col(text("occurred"))
            .foreign_key(&mut to("visit_id", "visit"))
            .foreign_key(&mut to("user_id", "user"))
            .take();
        let lists = vec![
            index("visit_entry", &["visit_id", "received_at"]),
            index("visit_entry", &["entry_id"]),
            index("visit_entry", &["user_id", "boot_id", "received_at"]),
        ];
        create(manager, vec![entry], lists).await
    }
}
