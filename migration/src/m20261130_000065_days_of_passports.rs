//! On which day the passport of a visit was asked for last: that of a visit that is never closed is not good for ever.

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
            .table("visit_passport")
            .add_column(date_null("made_on").take())
            .take();
        manager.alter_table(alter).await
    }
}
