//! The files of cases that were taken out, and the SM3 of originals beside their SHA-256. Of what is held already the SM3 is
//! noted when it is first asked for.

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
        let digest = table("original_digest")
            .col(string_len("sha256", 64).primary_key())
            .col(string_len("sm3", 64))
            .take();
        let bundle = table("case_bundle")
            .col(uuid("id").primary_key())
            .col(uuid("case_id"))
            .col(uuid("user_id"))
            .col(text("purpose"))
            .col(timestamp_with_time_zone("at"))
            .foreign_key(&mut to("case_id", "case_file"))
            .foreign_key(&mut to("user_id", "user"))
            .take();
        let indexes = vec![
            index("case_bundle", &["case_id", "at"]),
            // What a case ordered is looked at again: found by the case.
            index("visit", &["origin_id"]),
        ];
        create(manager, vec![digest, bundle], indexes).await
    }
}
