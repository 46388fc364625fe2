//! Which tokens for the photos of a report still work: those of the present series. A report without a row is in its first.

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
        let upload_series = table("upload_series")
            .col(uuid("report_id").primary_key())
            .col(integer("number"))
            .foreign_key(&mut to("report_id", "report"))
            .take();
        create(manager, vec![upload_series], Vec::new()).await
    }
}
