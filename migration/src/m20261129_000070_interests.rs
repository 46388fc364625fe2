//! What officers said of themselves: which merchants are a relative's, or of interest to them.

use crate::table::{create, index, table, to};
use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let declared = table("declared_interest")
            .col(uuid("id").primary_key())
            .col(uuid("user_id"))
            .col(uuid("merchant_id"))
            .col(text("kind"))
            .col(text("words"))
            .col(timestamp_with_time_zone("declared_at"))
            .foreign_key(&mut to("user_id", "user"))
            .foreign_key(&mut to("merchant_id", "merchant"))
            .take();
        let indexes = vec![
            index("declared_interest", &["merchant_id"]),
            index("declared_interest", &["user_id"]),
        ];
        create(manager, vec![declared], indexes).await
    }
}
