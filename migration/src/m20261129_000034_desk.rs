//! What a desk looks matters up by: whose they are, whom they are about, and the stalls of a market.

use crate::table::index;
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for (table, columns) in [
            ("report", &["accepted_by", "queue_at", "id"][..]),
            ("report", &["merchant_id", "queue_at", "id"]),
            ("reward", &["screened_by", "queue_at", "id"]),
            ("merchant", &["market_id"]),
        ] {
            manager.create_index(index(table, columns)).await?;
        }
        Ok(())
    }
}
