//! What a reporter claims a reward with: a table apart from the reward and from the case, so that no
//! screen of either can show it by accident.

use crate::table::{create, table, to};
use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        create(manager, vec![claim_secret()], Vec::new()).await
    }
}

fn claim_secret() -> TableCreateStatement {
    table("claim_secret")
        .col(uuid("report_id").primary_key())
        .col(string_len("password_hash", 255))
        .foreign_key(&mut to("report_id", "report"))
        .take()
}
