//! Since when the badges of a merchant are void.

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
        let revocation = table("badge_revocation")
            .col(uuid("merchant_id").primary_key())
            .col(timestamp_with_time_zone("before"))
            .col(text("why"))
            .foreign_key(&mut to("merchant_id", "merchant"))
            .take();
        create(manager, vec![revocation], Vec::new()).await
    }
}
