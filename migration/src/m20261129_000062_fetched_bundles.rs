//! On which device the file of a case was taken out, and what was fetched by its link: the list of all its parts by its digest.

use crate::table::{create, table, to};
use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let device = uuid_null("device_id").take();
        let alter = Table::alter()
            .table("case_bundle")
            .add_column(device)
            .take();
        manager.alter_table(alter).await?;
        let fetched = table("fetched_bundle")
            .col(uuid("bundle_id"))
            .col(string_len("manifest_sha256", 64))
            .col(timestamp_with_time_zone("at"))
            .primary_key(Index::create().col("bundle_id").col("manifest_sha256"))
            .foreign_key(&mut to("bundle_id", "case_bundle"))
            .take();
        create(manager, vec![fetched], Vec::new()).await
    }
}
