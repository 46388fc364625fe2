//! The receipts that say that all photos of a record are durably held, as they were signed: asked for again, the same bytes
//! are answered.

use crate::table::{create, table, unique};
use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // The record is a report or a visit, so no one table is referred to.
        let receipt = table("holding_receipt")
            .col(uuid("record_id"))
            .col(integer("version"))
            .col(string_len("content", 64))
            .col(timestamp_with_time_zone("signed_at"))
            .col(text("line"))
            .primary_key(Index::create().col("record_id").col("version"))
            .take();
        let once = unique("holding_receipt", &["record_id", "content"]);
        create(manager, vec![receipt], vec![once]).await
    }
}
