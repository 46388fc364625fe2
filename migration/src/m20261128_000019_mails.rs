//! Which mails of a job were taken, so that a job that was cut sends none of them again.

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
        create(manager, vec![sent_mail()], Vec::new()).await
    }
}

fn sent_mail() -> TableCreateStatement {
    table("sent_mail")
        .col(uuid("job_id"))
        .col(uuid("mail_id"))
        .col(timestamp_with_time_zone("at"))
        .primary_key(Index::create().col("job_id").col("mail_id"))
        .foreign_key(&mut to("job_id", "job"))
        .take()
}
