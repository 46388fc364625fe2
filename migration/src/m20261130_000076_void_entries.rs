//! Entries of a visit's record that are void, with who made them so, when and why, and what stands in their place; and which
//! finding for the merchant's grade comes from which entry, so that it goes with it.

use crate::table::index;
use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in ["measurement", "instrument_check"] {
            add(manager, table, timestamp_with_time_zone_null("voided_at")).await?;
            add(manager, table, uuid_null("voided_by")).await?;
            add(manager, table, text_null("void_reason")).await?;
        }
        add(manager, "measurement", uuid_null("replaced_by")).await?;
        add(manager, "measurement", uuid_null("replaces")).await?;
        add(manager, "finding", uuid_null("entry_id")).await?;
        add(
            manager,
            "finding",
            timestamp_with_time_zone_null("voided_at"),
        )
        .await?;
        manager.create_index(index("finding", &["entry_id"])).await
    }
}

async fn add(
    manager: &SchemaManager<'_>,
    table: &'static str,
    column: ColumnDef,
) -> Result<(), DbErr> {
    let alter = Table::alter().table(table).add_column(column).take();
    manager.alter_table(alter).await
}
