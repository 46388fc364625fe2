//! Reference standards that bureaus keep.

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
        let indexes = vec![index("reference_standard", &["division", "serial"])];
        create(manager, vec![reference_standard()], indexes).await
    }
}

fn reference_standard() -> TableCreateStatement {
    table("reference_standard")
        .col(uuid("bureau_id"))
        .col(string_len("serial", 60))
        .col(string_len("division", 6))
        .col(string_len("name", 120))
        .col(string_len("certificate_no", 60))
        .col(date("valid_until"))
        .primary_key(Index::create().col("bureau_id").col("serial"))
        .foreign_key(&mut to("bureau_id", "bureau"))
        .take()
}
