//! Every signature under the record of a visit, and every reason why there is none, with the digest of the record as it was.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let alter = Table::alter()
            .table("visit")
            .add_column(text_null("signings"))
            .take();
        manager.alter_table(alter).await
    }
}
