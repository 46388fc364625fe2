//! Numbers on paper: a series for each kind, division and year.

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
        create(manager, vec![paper_number()], Vec::new()).await
    }
}

fn paper_number() -> TableCreateStatement {
    table("paper_number")
        .col(string_len("series", 8))
        .col(string_len("division", 6))
        .col(integer("year"))
        .col(big_integer("last"))
        .primary_key(Index::create().col("series").col("division").col("year"))
        .take()
}
