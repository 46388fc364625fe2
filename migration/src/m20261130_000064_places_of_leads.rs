//! A lead lies where its merchant does, and the address of a merchant may be longer than what a citizen says of a place. SQLite
//! holds no text to its length.

use sea_orm_migration::{prelude::*, sea_orm::DbBackend};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        if manager.get_database_backend() != DbBackend::Postgres {
            return Ok(());
        }
        let db = manager.get_connection();
        let longer = "ALTER TABLE report ALTER COLUMN place TYPE varchar(200)";
        db.execute_unprepared(longer).await.map(|_| ())
    }
}
