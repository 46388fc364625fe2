//! How often a dispute about competence changed, so that a unit that answers says to what.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let version = integer("version").default(1).take();
        let alter = Table::alter()
            .table("competence_dispute")
            .add_column(version)
            .take();
        manager.alter_table(alter).await
    }
}
