//! Declared photos whose bytes came and are no whole picture: why they are not taken.

use crate::table::{create, table};
use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let refusal = table("photo_refusal")
            .col(uuid("photo_id").primary_key())
            .col(text("code"))
            .col(text_null("detail"))
            .col(timestamp_with_time_zone("refused_at"))
            .take();
        create(manager, vec![refusal], Vec::new()).await
    }
}
