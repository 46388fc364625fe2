//! Which keys a database was filled with: a check value of each, and the secret root that only the present `secret.key`
//! unwraps.

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
        let server_key = table("server_key")
            .col(string_len("name", 32).primary_key())
            .col(string_len("check_value", 64))
            .col(binary_null("wrapped"))
            .col(timestamp_with_time_zone("since"))
            .take();
        create(manager, vec![server_key], Vec::new()).await
    }
}
