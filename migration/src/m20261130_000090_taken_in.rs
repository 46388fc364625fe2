//! Similar reports are those that were taken in, by where and when.

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
        manager
            .create_index(index("report", &["latitude", "accepted_at"]))
            .await?;
        let mut before = Index::drop();
        before.name("ix_report_state_latitude").table("report");
        manager.drop_index(before).await
    }
}
