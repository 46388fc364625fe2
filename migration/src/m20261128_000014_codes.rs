//! Receipt codes are opened by one look; proofs of work are remembered by nobody.
//!
//! Made before the first release, when no replica of another version can run beside it.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .drop_table(Table::drop().table("spent_proof").take())
            .await
    }
}
