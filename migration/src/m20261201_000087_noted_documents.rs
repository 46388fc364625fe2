//! When the last change of what a phone takes along was noted. A database that was brought back from a copy counts changes anew
//! from there on, and what it writes then is later than the phones that saw as much before. Of what was noted before this came
//! nobody knows it.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let noted_at = timestamp_with_time_zone_null("noted_at").take();
        let alter = Table::alter()
            .table("phone_document")
            .add_column(noted_at)
            .take();
        manager.alter_table(alter).await
    }
}
