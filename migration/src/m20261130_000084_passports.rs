//! The passports of visits: of each the keyed hash of its code, and for which of the teams of the visit it was made.

use crate::table::{create, table, to, unique};
use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let passport = table("visit_passport")
            .col(string_len("code_key", 64).primary_key())
            .col(uuid("visit_id"))
            .col(integer("number"))
            .foreign_key(&mut to("visit_id", "visit"))
            .take();
        let once = unique("visit_passport", &["visit_id", "number"]);
        create(manager, vec![passport], vec![once]).await
    }
}
