//! The digest of what was recorded beside an event, so that the seals cover it. Events of before name none, and their bytes
//! under the seals are the same as ever.
//!
//! A replica of the version before seals an event without the digest, and `verify log` would name it as changed: none may run
//! beside this version (`OPERATING.md`).

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
            .table("event")
            .add_column(string_len_null("beside", 64))
            .take();
        manager.alter_table(alter).await
    }
}
