//! Photos of reporters are shown as copies without what a phone wrote into them; the original is opened for a purpose. A
//! reporter says of each photo whether its place is told; inspectors' photos tell it.

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
        let copy = table("photo_copy")
            .col(uuid("photo_id").primary_key())
            .col(string_len("sha256", 64))
            .col(timestamp_with_time_zone("made_at"))
            .foreign_key(&mut to("photo_id", "photo"))
            .take();
        let opening = table("original_opening")
            .col(uuid("id").primary_key())
            .col(uuid("photo_id"))
            .col(uuid("user_id"))
            .col(string_len("purpose", 480))
            .col(timestamp_with_time_zone("at"))
            .foreign_key(&mut to("photo_id", "photo"))
            .foreign_key(&mut to("user_id", "user"))
            .take();
        let lookups = vec![index("original_opening", &["photo_id", "user_id", "at"])];
        create(manager, vec![copy, opening], lookups).await?;
        let told = boolean("place_told").default(false).take();
        let alter = Table::alter().table("photo").add_column(told).take();
        manager.alter_table(alter).await?;
        let db = manager.get_connection();
        db.execute_unprepared("UPDATE photo SET place_told = TRUE WHERE visit_id IS NOT NULL")
            .await?;
        Ok(())
    }
}
