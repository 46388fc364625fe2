//! Which photos look alike: the words that each photo is searched by, written when its bytes are held, and what was found
//! for it, in both directions. The words that are looked up stand in the indexed bands of the photo itself.

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
        let probes = table("photo_probe")
            .col(uuid("photo_id").primary_key())
            .col(text("probes"))
            .col(timestamp_with_time_zone_null("searched_at"))
            .foreign_key(&mut to("photo_id", "photo"))
            .take();
        let alike = table("photo_look_alike")
            .col(uuid("photo_id"))
            .col(uuid("other_id"))
            .col(boolean("is_exact"))
            .col(integer("bits_apart"))
            .col(timestamp_with_time_zone("found_at"))
            .primary_key(Index::create().col("photo_id").col("other_id"))
            .foreign_key(&mut to("photo_id", "photo"))
            .foreign_key(&mut to("other_id", "photo"))
            .take();
        let other = index("photo_look_alike", &["other_id"]);
        create(manager, vec![probes, alike], vec![other]).await
    }
}
