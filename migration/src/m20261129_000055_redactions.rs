//! Parts of photos that are covered on every copy. A copy notes how many acts about them it knows, so that one that was made
//! before the last of them is never shown again.

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
        let redaction = table("redaction")
            .col(uuid("id").primary_key())
            .col(uuid("photo_id"))
            .col(integer("left"))
            .col(integer("top"))
            .col(integer("width"))
            .col(integer("height"))
            .col(text("reason"))
            .col(uuid("made_by"))
            .col(timestamp_with_time_zone("made_at"))
            .col(text_null("removal_reason"))
            .col(uuid_null("removed_by"))
            .col(timestamp_with_time_zone_null("removed_at"))
            .foreign_key(&mut to("photo_id", "photo"))
            .foreign_key(&mut to("made_by", "user"))
            .foreign_key(&mut to("removed_by", "user"))
            .take();
        create(
            manager,
            vec![redaction],
            vec![index("redaction", &["photo_id", "made_at"])],
        )
        .await?;
        let acts = integer("acts").default(0).take();
        let alter = Table::alter().table("photo_copy").add_column(acts).take();
        manager.alter_table(alter).await
    }
}
