//! Photos of forms that are not filed yet.

use crate::table::{create, index, table};
use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let draft = table("draft_photo")
            .col(uuid("id").primary_key())
            .col(text("form"))
            .col(text("sha256"))
            .col(big_integer("size_bytes"))
            .col(timestamp_with_time_zone("made_at"))
            .take();
        let lookups = vec![
            index("draft_photo", &["form"]),
            index("draft_photo", &["made_at"]),
        ];
        create(manager, vec![draft], lookups).await
    }
}
